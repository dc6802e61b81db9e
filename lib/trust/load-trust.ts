import "server-only";
import { CHECKPOINTS, type Checkpoint } from "@/lib/approvals/proposals";
import type { Db } from "@/lib/server/client-options";
import { unwrap } from "@/lib/server/database-error";
import { type AutoScope, autoScopeSchema } from "./auto-limits";
import type { Verdict } from "./burst";

/** Counts of judged proposals; the four kinds add up to `decisions`. */
interface Counts {
  readonly decisions: number;
  readonly unchanged: number;
  readonly edited: number;
  readonly changesAsked: number;
  readonly rejected: number;
}

export interface CheckpointTrust {
  readonly checkpoint: Checkpoint;
  readonly agent: string;
  readonly agentVersion: string | null;
  /** The model behind its newest proposal; null where none is known, or rules propose. */
  readonly model: string | null;
  /** What holds this moment. */
  readonly mode: "plan" | "auto";
  readonly autoUntil: string | null;
  readonly autoScope: AutoScope;
  readonly scopeWords: string | null;
  readonly reason: string | null;
  readonly updatedBy: string;
  readonly updatedAt: string;
  /** The newest judged proposals of the live definition. */
  readonly recent: Counts & {
    /** Wilson's lower bound, 0 to 1. */
    readonly bound: number;
    /** Average share of fields changed where something was edited, in basis points. */
    readonly changedBps: number;
    readonly sentence: string;
    readonly passes: boolean;
    /** Approvals in a row, without a change, that would pass the bar. */
    readonly missing: number;
    /** When trust was last lost, from which on it counts; null from the start. */
    readonly since: string | null;
  };
  readonly allTime: Counts;
  readonly bar: { readonly bar: number; readonly minDecisions: number; readonly windowSize: number };
  /** Verdicts on what was sampled since it went to auto, newest first, at most five. */
  readonly verdicts: readonly Verdict[];
}

/** How each checkpoint stands and what it has earned, in the order a search meets them. */
export async function loadTrust(db: Db): Promise<CheckpointTrust[]> {
  const [modes, trust] = await Promise.all([
    db.from("checkpoint_modes").select("*"),
    db.rpc("checkpoint_trust"),
  ]);
  const earned = unwrap(trust);
  const rows = unwrap(modes);
  return Promise.all(
    CHECKPOINTS.flatMap((checkpoint) => {
      const row = rows.find((each) => each.checkpoint === checkpoint);
      const evidence = earned.find((each) => each.checkpoint === checkpoint);
      return row && evidence ? [describeTrust(db, checkpoint, row, evidence)] : [];
    }),
  );
}

type ModeRow = NonNullable<Awaited<ReturnType<typeof readModes>>["data"]>[number];
type EvidenceRow = NonNullable<Awaited<ReturnType<typeof readEvidence>>["data"]>[number];
const readModes = (db: Db) => db.from("checkpoint_modes").select("*");
const readEvidence = (db: Db) => db.rpc("checkpoint_trust");

async function describeTrust(
  db: Db,
  checkpoint: Checkpoint,
  row: ModeRow,
  evidence: EvidenceRow,
): Promise<CheckpointTrust> {
  const mode = row.mode === "auto" ? "auto" : "plan";
  return {
    checkpoint,
    agent: evidence.agent,
    agentVersion: evidence.agent_version,
    model: evidence.model,
    mode,
    autoUntil: mode === "auto" ? row.auto_until : null,
    autoScope: autoScopeSchema.parse(row.auto_scope ?? {}),
    scopeWords: mode === "auto" ? row.scope_words : null,
    reason: row.reason,
    updatedBy: row.updated_by ?? "system",
    updatedAt: row.updated_at ?? "",
    recent: {
      decisions: evidence.decisions,
      unchanged: evidence.unchanged,
      edited: evidence.edited,
      changesAsked: evidence.changes_asked,
      rejected: evidence.rejected,
      bound: evidence.bound,
      changedBps: evidence.changed_bps,
      sentence: evidence.sentence,
      passes: evidence.passes,
      missing: evidence.missing,
      since: evidence.since,
    },
    allTime: {
      decisions: evidence.all_decisions,
      unchanged: evidence.all_unchanged,
      edited: evidence.all_edited,
      changesAsked: evidence.all_changes_asked,
      rejected: evidence.all_rejected,
    },
    bar: { bar: evidence.bar, minDecisions: evidence.min_decisions, windowSize: evidence.window_size },
    verdicts: mode === "auto" && row.auto_since ? await recentVerdicts(db, checkpoint, row.auto_since) : [],
  };
}

async function recentVerdicts(db: Db, checkpoint: Checkpoint, since: string): Promise<Verdict[]> {
  const rows = unwrap(
    await db
      .from("approval_queue")
      .select("verdict")
      .eq("checkpoint", checkpoint)
      .eq("sampled", true)
      .not("verdict", "is", null)
      .gte("requested_at", since)
      .order("verdict_at", { ascending: false })
      .order("id")
      .limit(5),
  );
  return rows.flatMap(({ verdict }) => (isVerdict(verdict) ? [verdict] : []));
}

function isVerdict(word: string | null): word is Verdict {
  return word === "agree" || word === "would_change" || word === "would_reject";
}
