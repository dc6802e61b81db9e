import "server-only";
import { CHECKPOINTS, type Checkpoint } from "@/lib/approvals/proposals";
import type { Db } from "@/lib/db/client-options";
import { ensure, unwrap } from "@/lib/db/errors";
import { type Overview, overviewSchema, type RangeDays } from "./overview";

export interface WaitingCheckpoint {
  readonly checkpoint: Checkpoint;
  readonly mode: "plan" | "auto";
  readonly waiting: number;
}

export interface Metrics {
  readonly overview: Overview;
  /** Rolling limits over all mailboxes. */
  readonly limits: { readonly hourly: number; readonly daily: number };
  readonly checkpoints: readonly WaitingCheckpoint[];
}

const DAY_MS = 86_400_000;

/** Everything the Metrics page shows for the last `days` days, counted in the database. */
export async function loadMetrics(db: Db, days: RangeDays, now = Date.now()): Promise<Metrics> {
  const since = new Date(now - days * DAY_MS).toISOString();
  const [overview, desk, modes, waiting] = await Promise.all([
    db.rpc("desk_overview", { p_since: since }),
    db.from("desk_settings").select("hourly_limit, daily_limit").eq("id", 1).single(),
    db.from("checkpoint_settings").select("checkpoint, mode"),
    Promise.all(CHECKPOINTS.map((checkpoint) => countWaiting(db, checkpoint))),
  ]);
  const limits = unwrap(desk);
  const rows = unwrap(modes);
  return {
    overview: overviewSchema.parse(unwrap(overview)),
    limits: { hourly: limits.hourly_limit, daily: limits.daily_limit },
    checkpoints: CHECKPOINTS.map((checkpoint, index) => ({
      checkpoint,
      mode: rows.find((row) => row.checkpoint === checkpoint)?.mode === "auto" ? "auto" : "plan",
      waiting: waiting[index] ?? 0,
    })),
  };
}

async function countWaiting(db: Db, checkpoint: Checkpoint): Promise<number> {
  const answer = await db
    .from("approval_queue")
    .select("id", { count: "exact", head: true })
    .eq("status", "pending")
    .eq("checkpoint", checkpoint);
  ensure(answer);
  return answer.count ?? 0;
}
