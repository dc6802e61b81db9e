import "server-only";
import { z } from "zod";
import { AGENTS } from "@/lib/agents/definition";
import type { Db } from "@/lib/server/client-options";
import { unwrap, unwrapMaybe } from "@/lib/server/database-error";
import { cursorOf, finishPage, type KeyColumn, startPage, startShape } from "@/lib/server/page-by-key";

export const AGENT_NAMES = AGENTS;
export const AGENT_STATUSES = ["running", "succeeded", "failed"] as const;
/** Live runs are acted on; shadows and tests only look on and are in no count. */
export const AGENT_RUN_KINDS = ["live", "shadow", "test"] as const;

export const agentViewSchema = z.object({
  agent: z.enum(AGENTS).optional().catch(undefined),
  status: z.enum(AGENT_STATUSES).optional().catch(undefined),
  kind: z.enum(AGENT_RUN_KINDS).catch("live"),
  ...startShape,
});
export type AgentView = z.infer<typeof agentViewSchema>;

const PAGE = 50;
const NEWEST: readonly KeyColumn[] = [
  { name: "started_at", ascending: false },
  { name: "id", ascending: false },
];

/** Agent runs, newest first. */
export async function listAgentRuns(db: Db, view: AgentView) {
  let query = db
    .from("agent_runs")
    .select(
      "id, agent, kind, purpose, model, status, failure_kind, failure_message, attempts, duration_ms, input_tokens, output_tokens, cost_microusd, started_at",
    )
    .eq("kind", view.kind);
  if (view.agent) query = query.eq("agent", view.agent);
  if (view.status) query = query.eq("status", view.status);
  const rows = unwrap(await startPage(query, NEWEST, view).limit(PAGE + 1));
  return finishPage(rows, PAGE, view, (row) => cursorOf([row.started_at, row.id]));
}
export type ListedAgentRun = Awaited<ReturnType<typeof listAgentRuns>>["rows"][number];

/** One agent run with the learnings that went into its prompt and whether its definition was kept; null when there is none. */
export async function loadAgentRun(db: Db, id: string) {
  const run = unwrapMaybe(await db.from("agent_runs").select("*, searches(name)").eq("id", id).maybeSingle());
  if (!run) return null;
  const [learnings, definition] = await Promise.all([
    db.rpc("run_learnings", { p_run_id: id }),
    db
      .from("agent_definitions")
      .select("version")
      .eq("agent", run.agent)
      .eq("version", run.agent_version)
      .maybeSingle(),
  ]);
  return { run, learnings: unwrap(learnings), isDefinitionKept: unwrapMaybe(definition) !== null };
}
