import "server-only";
import type { Json } from "@/lib/server/database.types";
import { unwrap } from "@/lib/server/database-error";
import { serviceDb } from "@/lib/server/service-client";
import type { Checkpoint } from "./proposals";

export interface Decision {
  readonly approvalId: string;
  readonly revision: number;
  readonly status: "approved" | "rejected" | "changes_requested";
  readonly feedback: string | null;
  readonly proposal: Json;
  readonly edits: Json | null;
  readonly decidedBy: string;
}

/**
 * What has been decided about a run's checkpoint, or null while it waits. The latest revision counts: a superseded one
 * was replaced by a newer proposal that is waited for instead.
 */
export async function readDecision(runKey: string, checkpoint: Checkpoint): Promise<Decision | null> {
  const rows = unwrap(
    await serviceDb()
      .from("approval_queue")
      .select("id, revision, status, feedback, proposal, edits, decided_by")
      .eq("run_key", runKey)
      .eq("checkpoint", checkpoint)
      .order("revision", { ascending: false })
      .limit(1),
  );
  const row = rows[0];
  if (!row || !isDecided(row.status)) return null;
  return {
    approvalId: row.id,
    revision: row.revision,
    status: row.status,
    feedback: row.feedback,
    proposal: row.proposal,
    edits: row.edits,
    decidedBy: row.decided_by ?? "auto",
  };
}

function isDecided(status: string): status is Decision["status"] {
  return status === "approved" || status === "rejected" || status === "changes_requested";
}
