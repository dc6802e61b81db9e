import "server-only";
import { z } from "zod";
import type { Db } from "@/lib/db/client-options";
import type { Tables } from "@/lib/db/database.types";
import { unwrap, unwrapMaybe } from "@/lib/db/errors";

export type Approval = Tables<"approval_queue">;

/** One approval with the revisions before it, oldest first; null when there is none by this id. */
export async function getApproval(
  db: Db,
  id: string,
): Promise<{ approval: Approval; earlier: Approval[] } | null> {
  if (!z.uuid().safeParse(id).success) return null;
  const approval = unwrapMaybe(await db.from("approval_queue").select("*").eq("id", id).maybeSingle());
  if (!approval) return null;
  const earlier = unwrap(
    await db
      .from("approval_queue")
      .select("*")
      .eq("run_key", approval.run_key)
      .eq("checkpoint", approval.checkpoint)
      .lt("revision", approval.revision)
      .order("revision"),
  );
  return { approval, earlier };
}
