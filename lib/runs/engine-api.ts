import "server-only";
import { z } from "zod";
import { ask } from "./ask-engine";
import { EngineError } from "./engine-error";
import { readEngineKind } from "./engine-kind";
import { type EngineRun, type RunStatus, runSchema } from "./run-shape";
import { type RunStep, stepsOf, traceSchema } from "./trace-shape";

const listSchema = z.object({
  data: z.array(runSchema),
  page: z.object({ hasMore: z.boolean().nullish(), cursor: z.string().nullish() }).nullish(),
});
const eventSchema = z.object({
  data: z.object({ name: z.string().nullish(), data: z.unknown().optional() }),
});
const graphqlRerunSchema = z.object({
  data: z.object({ rerun: z.string().nullish() }).nullish(),
  errors: z.array(z.object({ message: z.string() })).nullish(),
});
const rerunSchema = z.object({ data: z.object({ runId: z.string() }) });
export interface RunFilter {
  readonly functionIds?: readonly string[] | undefined;
  readonly status?: RunStatus;
  readonly cursor?: string;
  readonly limit: number;
}

/** Runs, newest first. A server that does not know a filter is filtered here, so a page may be shorter than asked for. */
export async function listRuns(filter: RunFilter): Promise<{ runs: EngineRun[]; nextCursor: string | null }> {
  const query = new URLSearchParams({ limit: String(filter.limit), includeOutput: "true" });
  for (const id of filter.functionIds ?? []) query.append("functionId", id);
  if (filter.status) query.append("status", filter.status.toUpperCase());
  if (filter.cursor) query.set("cursor", filter.cursor);
  const { data, page } = await ask(`/api/v2/runs?${query}`, listSchema);
  const runs = data.filter(
    (run) =>
      (!filter.functionIds || filter.functionIds.includes(run.functionId)) &&
      (!filter.status || run.status === filter.status),
  );
  return { runs, nextCursor: page?.hasMore ? (page.cursor ?? null) : null };
}

/** One run. @throws {EngineError} `not_found` when the engine does not know it. */
export async function readRun(id: string): Promise<EngineRun> {
  const schema = z.object({ data: runSchema });
  return (await ask(`/api/v2/runs/${encodeURIComponent(id)}?includeOutput=true`, schema)).data;
}

/** The steps of a run with what went in and came out. */
export async function readSteps(id: string): Promise<RunStep[]> {
  const schema = z.object({ data: traceSchema });
  return stepsOf((await ask(`/api/v2/runs/${encodeURIComponent(id)}/trace?includeOutput=true`, schema)).data);
}

/** The data of the event that started a run; null when the engine has forgotten it. */
export async function readEventData(eventId: string): Promise<unknown> {
  try {
    return (await ask(`/v1/events/${encodeURIComponent(eventId)}`, eventSchema)).data.data ?? null;
  } catch (error) {
    if (error instanceof EngineError && error.kind === "not_found") return null;
    throw error;
  }
}

/**
 * Runs it again with the same event, from the start or from a step (by its id): the results of the steps before it are kept.
 * Returns the new run's id.
 */
export async function replayRun(id: string, fromStepId?: string): Promise<string> {
  if (fromStepId !== undefined && (await readEngineKind()) !== "embedded")
    return rerunFromStep(id, fromStepId);
  const answer = await ask(`/api/v2/runs/${encodeURIComponent(id)}/rerun`, rerunSchema, {
    method: "POST",
    body: JSON.stringify(fromStepId === undefined ? {} : { fromStep: { stepId: fromStepId } }),
  });
  return answer.data.runId;
}

/** An Inngest server takes the step only by GraphQL, which answers 200 also when it refuses. */
async function rerunFromStep(id: string, stepId: string): Promise<string> {
  const query = `mutation { rerun(runID: ${JSON.stringify(id)}, fromStep: { stepID: ${JSON.stringify(stepId)} }) }`;
  const answer = await ask("/v0/gql", graphqlRerunSchema, {
    method: "POST",
    body: JSON.stringify({ query }),
  });
  const runId = answer.data?.rerun;
  if (runId) return runId;
  throw new EngineError("refused", answer.errors?.[0]?.message ?? "The engine did not start a new run.");
}

/** Ends a run where it stands. @throws {EngineError} `refused` when it had ended already. */
export async function cancelRun(id: string): Promise<void> {
  await ask(`/api/v2/runs/${encodeURIComponent(id)}/cancel`, z.unknown(), { method: "POST", body: "{}" });
}
