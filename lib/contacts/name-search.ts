import "server-only";
import { z } from "zod";
import type { Db } from "@/lib/server/client-options";
import { unwrapMaybe } from "@/lib/server/database-error";

/** The search a list of contacts is narrowed to; null when the id is none of a search. */
export async function nameSearch(
  db: Db,
  id: string | undefined,
): Promise<{ id: string; name: string } | null> {
  if (!z.uuid().safeParse(id).success || !id) return null;
  return unwrapMaybe(await db.from("searches").select("id, name").eq("id", id).maybeSingle());
}
