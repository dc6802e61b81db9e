import "server-only";
import { z } from "zod";
import { type AgentName, withModel } from "@/lib/agents/definition-text";
import { fileVersion, saveDefinition } from "@/lib/agents/definitions";
import type { Db } from "@/lib/server/client-options";
import { ensure, unwrap, unwrapMaybe } from "@/lib/server/database-error";

const count = z.coerce.number();

const totalsSchema = z.object({
  runs: count,
  finished: count,
  succeeded: count,
  liveSucceeded: count,
  firstPass: count,
  liveFirstPass: count,
  compared: count,
  same: count,
  agreementBps: count.nullable(),
  cost: count,
  liveCost: count,
  medianMs: count.nullable(),
  liveMedianMs: count.nullable(),
  model: z.string().nullable(),
  liveModel: z.string().nullable(),
  liveModels: count,
});
/** Candidate and live on the same inputs. Costs in millionths of a dollar, agreement in basis points, times in ms. */
export type ShadowTotals = z.infer<typeof totalsSchema>;

/** Trials of an agent's candidates, the running one and the newest ones first. */
export async function listShadows(db: Db, agent: AgentName) {
  return unwrap(
    await db
      .from("agent_shadows")
      .select("id, version, share_pct, status, status_reason, started_by, started_at, ended_at")
      .eq("agent", agent)
      .order("started_at", { ascending: false })
      .order("id", { ascending: false })
      .limit(10),
  );
}
export type ListedShadow = Awaited<ReturnType<typeof listShadows>>[number];

/** A trial with its totals and its newest runs, disagreements first; null when there is none. */
export async function loadShadow(db: Db, id: string) {
  const shadow = unwrapMaybe(await db.from("agent_shadows").select("*").eq("id", id).maybeSingle());
  if (!shadow) return null;
  const [totals, runs] = await Promise.all([
    db.rpc("shadow_totals", { p_id: id }),
    db
      .from("agent_runs")
      .select(
        "id, status, purpose, agreement_bps, agreement_note, failure_message, duration_ms, cost_microusd, started_at, shadow_of",
      )
      .eq("shadow_id", id)
      .eq("kind", "shadow")
      .order("agreement_bps", { ascending: true, nullsFirst: true })
      .order("started_at", { ascending: false })
      .limit(50),
  ]);
  return { shadow, totals: totalsSchema.parse(unwrap(totals)), runs: unwrap(runs) };
}
export type ShadowRun = NonNullable<Awaited<ReturnType<typeof loadShadow>>>["runs"][number];

export interface Candidate {
  readonly agent: AgentName;
  /** A kept version. */
  readonly version: string;
  readonly sharePct: number;
  readonly budgetUsd: number;
}

/** Begins to show a candidate what the live agent is asked from now on. */
export async function startShadow(db: Db, candidate: Candidate): Promise<string> {
  return unwrap(
    await db.rpc("start_shadow", {
      p_agent: candidate.agent,
      p_version: candidate.version,
      p_share_pct: candidate.sharePct,
      p_budget_microusd: Math.round(candidate.budgetUsd * 1e6),
    }),
  );
}

/** Keeps the same definition with another model, as a candidate. @returns its version. */
export async function saveWithModel(
  db: Db,
  agent: AgentName,
  source: string,
  model: string,
  expected: string,
): Promise<string> {
  const changed = withModel(source, model);
  return saveDefinition(db, agent, { source: changed, note: `With model ${model}`, live: false, expected });
}

export async function stopShadow(db: Db, id: string, why?: string): Promise<void> {
  ensure(await db.rpc("stop_shadow", { p_id: id, ...(why ? { p_why: why } : {}) }));
}

/** Ends the trial and makes the candidate live. @throws {DatabaseError} when the live definition is not the expected one. */
export async function switchShadow(
  db: Db,
  id: string,
  agent: AgentName,
  expected: string,
  why: string,
): Promise<void> {
  ensure(
    await db.rpc("switch_shadow", {
      p_id: id,
      p_expected: expected,
      p_file_version: await fileVersion(agent),
      p_why: why,
    }),
  );
}
