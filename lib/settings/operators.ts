import "server-only";
import type { Db } from "@/lib/server/client-options";
import type { Tables } from "@/lib/server/database.types";
import { unwrap } from "@/lib/server/database-error";

/** Everybody who signs in here, in the order they were added. */
export async function listOperators(db: Db): Promise<Tables<"operators">[]> {
  return unwrap(await db.from("operators").select("*").order("created_at"));
}
