import "server-only";
import type { Checkpoint } from "@/lib/approvals/proposals";
import type { Db } from "@/lib/server/client-options";
import { unwrap } from "@/lib/server/database-error";

export interface TrendWeek {
  /** The week's Monday, in the desk's zone. */
  readonly week: string;
  readonly decisions: number;
  readonly unchanged: number;
  readonly edited: number;
  readonly changesAsked: number;
  readonly rejected: number;
  /** The lower bound at the week's end, 0 to 1. */
  readonly bound: number;
}

/** What people made of a checkpoint's proposals, week by week over half a year. */
export async function loadTrend(db: Db, checkpoint: Checkpoint): Promise<TrendWeek[]> {
  const rows = unwrap(await db.rpc("trust_trend", { p_checkpoint: checkpoint }));
  return rows.map((row) => ({
    week: row.week,
    decisions: row.decisions,
    unchanged: row.unchanged,
    edited: row.edited,
    changesAsked: row.changes_asked,
    rejected: row.rejected,
    bound: row.bound,
  }));
}

export const MODE_CHANGES_SHOWN = 50;

/** The newest changes of a checkpoint's mode or limits. */
export async function loadModeChanges(db: Db, checkpoint: Checkpoint) {
  return unwrap(
    await db
      .from("mode_changes")
      .select("id, at, actor, from_mode, to_mode, kind, cause, reason, until, scope, evidence")
      .eq("checkpoint", checkpoint)
      .order("id", { ascending: false })
      .limit(MODE_CHANGES_SHOWN),
  );
}

/** What each definition of a checkpoint's agent has earned with each model, the newest first. */
export async function loadVersions(db: Db, checkpoint: Checkpoint) {
  return unwrap(await db.rpc("trust_by_version", { p_checkpoint: checkpoint }));
}

/** The newest judged proposals of a checkpoint: the evidence itself. */
export async function loadEvidence(db: Db, checkpoint: Checkpoint) {
  return unwrap(
    await db
      .from("trust_evidence")
      .select(
        "id, outcome, changed_bps, source, judged_by, at, approval_id, email_id, approval_queue(title), synced_emails(subject)",
      )
      .eq("checkpoint", checkpoint)
      .order("at", { ascending: false })
      .order("id", { ascending: false })
      .limit(20),
  );
}
