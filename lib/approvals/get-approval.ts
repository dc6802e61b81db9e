import "server-only";
import { z } from "zod";
import type { Db } from "@/lib/server/client-options";
import type { Tables } from "@/lib/server/database.types";
import { unwrap, unwrapMaybe } from "@/lib/server/database-error";

export type Approval = Tables<"approval_queue">;

export interface FoundApproval {
  readonly approval: Approval;
  /** The revisions before it, oldest first. */
  readonly earlier: Approval[];
  /** The newest revision, when this is not it. */
  readonly newest: Approval | null;
}

/** One approval among its revisions; null when there is none by this id. */
export async function getApproval(db: Db, id: string): Promise<FoundApproval | null> {
  if (!z.uuid().safeParse(id).success) return null;
  const approval = unwrapMaybe(await db.from("approval_queue").select("*").eq("id", id).maybeSingle());
  if (!approval) return null;
  const revisions = unwrap(
    await db
      .from("approval_queue")
      .select("*")
      .eq("run_key", approval.run_key)
      .eq("checkpoint", approval.checkpoint)
      .order("revision"),
  );
  return {
    approval,
    earlier: revisions.filter(({ revision }) => revision < approval.revision),
    newest: revisions.findLast(({ revision }) => revision > approval.revision) ?? null,
  };
}
