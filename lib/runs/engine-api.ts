import "server-only";
import { z } from "zod";
import { env } from "@/lib/config/env";
import { EngineError } from "./engine-error";
import { type EngineRun, type RunStatus, runSchema } from "./run-shape";
import { type RunStep, stepsOf, traceSchema } from "./trace-shape";

const TIMEOUT_MS = 5000;

const listSchema = z.object({
  data: z.array(runSchema),
  page: z.object({ hasMore: z.boolean().nullish(), cursor: z.string().nullish() }).nullish(),
});
const eventSchema = z.object({
  data: z.object({ name: z.string().nullish(), data: z.unknown().optional() }),
});
const rerunSchema = z.object({ data: z.object({ runId: z.string() }) });
const problemSchema = z.union([
  z
    .object({ errors: z.array(z.object({ message: z.string() })).min(1) })
    .transform(({ errors }) => errors[0]?.message),
  z.object({ error: z.string() }).transform(({ error }) => error),
  z.object({ message: z.string() }).transform(({ message }) => message),
]);

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

/** Runs it again from the start with the same event. Returns the new run's id. */
export async function replayRun(id: string): Promise<string> {
  const answer = await ask(`/api/v2/runs/${encodeURIComponent(id)}/rerun`, rerunSchema, {
    method: "POST",
    body: "{}",
  });
  return answer.data.runId;
}

/** Ends a run where it stands. @throws {EngineError} `refused` when it had ended already. */
export async function cancelRun(id: string): Promise<void> {
  await ask(`/api/v2/runs/${encodeURIComponent(id)}/cancel`, z.unknown(), { method: "POST", body: "{}" });
}

/** @throws {EngineError} always of a kind a page can explain. */
async function ask<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
  init: RequestInit = {},
): Promise<z.output<Schema>> {
  const base = env().INNGEST_BASE_URL.replace(/\/$/, "");
  const key = process.env.INNGEST_SIGNING_KEY;
  const response = await fetch(`${base}${path}`, {
    ...init,
    headers: { "content-type": "application/json", ...(key ? { authorization: `Bearer ${key}` } : {}) },
    signal: AbortSignal.timeout(TIMEOUT_MS),
    cache: "no-store",
  }).catch((cause: unknown) => {
    throw cause instanceof Error && cause.name === "TimeoutError"
      ? new EngineError("timeout", `The engine at ${base} did not answer within ${TIMEOUT_MS / 1000} s.`, {
          cause,
        })
      : new EngineError("unreachable", `The engine at ${base} cannot be reached.`, { cause });
  });
  const body = parse(await response.text());
  if (response.status === 404)
    throw new EngineError("not_found", problemOf(body) ?? "The engine does not know this run.");
  if (!response.ok)
    throw new EngineError("refused", problemOf(body) ?? `The engine answered ${response.status}.`);
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new EngineError("unexpected", "The engine's answer is not what this version expects.", {
    cause: parsed.error,
  });
}

function parse(text: string): unknown {
  try {
    return text === "" ? null : JSON.parse(text);
  } catch {
    // Not JSON: the schema says so in its own words.
    return text;
  }
}

function problemOf(body: unknown): string | undefined {
  const parsed = problemSchema.safeParse(body);
  return parsed.success ? parsed.data : undefined;
}
