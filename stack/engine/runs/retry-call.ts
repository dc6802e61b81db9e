import type { Job } from "../state/rows";
import type { RunState } from "../state/run-state";
import type { Unit } from "../state/unit";

/** Queues the same call again with the next attempt number, after the delay the app asked for or the back-off. */
export function retryCall(unit: Unit, state: RunState, job: Job, retryAt: number | undefined): void {
  const attempt = job.attempt + 1;
  const dueAt = retryAt ?? unit.now + unit.core.settings.retryDelayMs(attempt);
  unit.touch(state);
  unit.putCall(state, {
    ...job,
    state: "queued",
    attempt,
    again: false,
    dueAt,
    rank: dueAt - state.run.priorityMs,
    leaseUntil: null,
  });
}
