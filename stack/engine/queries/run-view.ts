import type { Core } from "../core";
import type { FunctionConfig } from "../functions/config";
import type { Run } from "../state/rows";
import type { ListedRun } from "./runs";

/** A function's id as its author wrote it, without the app in front. */
export function publicFunctionId(fn: Pick<FunctionConfig, "slug" | "appId">): string {
  return fn.slug.startsWith(`${fn.appId}-`) ? fn.slug.slice(fn.appId.length + 1) : fn.slug;
}

const iso = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

/** Why a run is not getting on, in words: its app is down, or its last attempt failed. */
export function reasonOf(core: Core, run: Run): string | null {
  return (run.endedAt === null ? core.apps.reasonDown(run.appId) : undefined) ?? run.reason;
}

/** A run in the form of `/v1`. */
export function runViewV1(core: Core, run: Run): Record<string, unknown> {
  return {
    run_id: run.id,
    run_started_at: iso(run.startedAt ?? run.queuedAt),
    function_id: run.functionId,
    function_slug: core.functions.byId(run.functionId)?.slug ?? null,
    event_id: run.eventIds[0] ?? null,
    status: run.status === "Queued" ? "Running" : run.status,
    ended_at: iso(run.endedAt),
    output: run.output === null ? null : (JSON.parse(run.output) as unknown),
    reason: reasonOf(core, run),
  };
}

/** A run in the form of `/api/v2`, plus `reason` and `rerunOf`, which only this engine has. */
export function runViewV2(core: Core, run: ListedRun, withOutput: boolean): Record<string, unknown> {
  const fn = core.functions.byId(run.functionId);
  const reason = reasonOf(core, run);
  return {
    id: run.id,
    function: {
      id: fn ? publicFunctionId(fn) : run.functionId,
      name: fn?.name ?? run.functionId,
      slug: fn?.slug ?? null,
    },
    app: { id: run.appId },
    status: run.status.toUpperCase(),
    queuedAt: iso(run.queuedAt),
    ...(run.startedAt === null ? {} : { startedAt: iso(run.startedAt) }),
    ...(run.endedAt === null
      ? {}
      : { endedAt: iso(run.endedAt), durationMs: String(run.endedAt - (run.startedAt ?? run.queuedAt)) }),
    trigger: {
      eventIds: run.eventIds,
      isBatch: run.eventIds.length > 1,
      ...(run.eventName === null ? {} : { eventName: run.eventName }),
      ...(run.cron === null ? {} : { cronSchedule: run.cron }),
    },
    ...(withOutput && run.output !== null ? { output: asObject(run.output) } : {}),
    ...(reason === null ? {} : { reason }),
    ...(run.rerunOf === null ? {} : { rerunOf: run.rerunOf }),
  };
}

/** Outputs that are not objects come as `{ data }`, as upstream's protobuf has it. */
export function asObject(json: string): Record<string, unknown> {
  const value = JSON.parse(json) as unknown;
  return value !== null && typeof value === "object" && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : { data: value };
}
