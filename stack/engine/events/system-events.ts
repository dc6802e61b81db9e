import { newUlid } from "../ids";
import type { Run } from "../state/rows";
import type { RunState } from "../state/run-state";
import type { Unit } from "../state/unit";
import { eventScope } from "./event-json";
import { makeEvent } from "./read-events";

export const FAILED = "inngest/function.failed";
export const FINISHED = "inngest/function.finished";
export const CANCELLED = "inngest/function.cancelled";
export const INVOKED = "inngest/function.invoked";
export const CRON = "inngest/scheduled.timer";

/** What went wrong in a run, as the SDK and `onFailure` read it. */
export interface FailureValue {
  readonly name: string;
  readonly message: string;
  readonly stack?: string;
}

/** Announces the end of a run. Nothing is announced about a run that was itself started by such an announcement. */
export function announceEnd(unit: Unit, state: RunState, failure: FailureValue | undefined): void {
  const { run, events } = state;
  const trigger = events[0];
  if (trigger?.name === FAILED || trigger?.name === FINISHED || trigger?.name === CANCELLED) return;
  const fn = unit.core.functions.byId(run.functionId);
  const data = {
    _inngest: { status: run.status },
    function_id: fn?.slug ?? run.functionId,
    run_id: run.id,
    event: trigger ? eventScope(trigger) : {},
    events: events.map(eventScope),
    ...(run.invokedBy === null ? {} : { correlation_id: run.invokedBy }),
    ...(failure
      ? { error: { ...failure, error: failure.name }, result: { ...failure, __serialized: true } }
      : { result: run.output === null ? null : (JSON.parse(run.output) as unknown) }),
  };
  const emit = (name: string, externalId: string): void => {
    unit.emitted.push(
      makeEvent({ id: newUlid(unit.now), externalId, name, data, ts: unit.now, now: unit.now }),
    );
  };
  if (run.status === "Failed") emit(FAILED, run.id);
  if (run.status === "Cancelled") emit(CANCELLED, run.id);
  // One more event per run would double the writes; it exists only where somebody listens.
  if (isListenedTo(unit, FINISHED)) emit(FINISHED, `${run.id}-finished`);
}

function isListenedTo(unit: Unit, name: string): boolean {
  return unit.core.functions.triggeredBy(name).length > 0 || unit.core.waitPaths.has(name);
}

/** The slug and error of a run's failure for the parent that invoked it. */
export function describeFailure(
  run: Run,
  failure: FailureValue | undefined,
): FailureValue & { error: string } {
  const value = failure ?? { name: "Error", message: `invoked function was ${run.status.toLowerCase()}` };
  return { ...value, error: value.name };
}
