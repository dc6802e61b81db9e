import type { Job, JobKind, Run } from "../state/rows";
import { DISCOVERY, type RunState } from "../state/run-state";
import type { Unit } from "../state/unit";

/** A queued call of a run; `stepId` is `step` for a discovery or the id of a planned step. */
export function newCall(run: Run, stepId: string, dueAt: number): Job {
  return {
    id: `call:${run.id}:${stepId}`,
    kind: "call",
    runId: run.id,
    stepId,
    functionId: run.functionId,
    state: "queued",
    attempt: 0,
    generation: 0,
    again: false,
    dueAt,
    rank: dueAt - run.priorityMs,
    leaseUntil: null,
    keys: [...run.concurrencyKeys, `app:${run.appId}`],
    payload: null,
  };
}

/** A job that only waits for its time. */
export function newTimer(
  id: string,
  kind: Exclude<JobKind, "call">,
  dueAt: number,
  of: {
    readonly runId?: string;
    readonly stepId?: string;
    readonly functionId?: string;
    readonly payload?: unknown;
  },
): Job {
  return {
    id,
    kind,
    runId: of.runId ?? null,
    stepId: of.stepId ?? null,
    functionId: of.functionId ?? null,
    state: "queued",
    attempt: 0,
    generation: 0,
    again: false,
    dueAt,
    rank: dueAt,
    leaseUntil: null,
    keys: [],
    payload: of.payload === undefined ? null : JSON.stringify(of.payload),
  };
}

/** Asks the run's function what comes next, once: a discovery already queued serves, one in flight is followed by another. */
export function requestDiscovery(unit: Unit, state: RunState): void {
  const existing = state.calls.get(DISCOVERY);
  if (!existing) {
    unit.putCall(state, newCall(state.run, DISCOVERY, unit.now));
  } else if (existing.state === "running" && !existing.again) {
    existing.again = true;
    unit.putCall(state, existing);
  }
}
