import type { Job, Run, Step, StoredEvent } from "./rows";

/** The protocol's name for a discovery call: run the function until it reports something new. */
export const DISCOVERY = "step";

/** A run with everything a decision about it or a call for it needs. */
export interface RunState {
  readonly run: Run;
  readonly steps: Map<string, Step>;
  /** Calls queued or in flight, by step id. */
  readonly calls: Map<string, Job>;
  /** In the order of `run.eventIds`; an event already pruned is missing. */
  readonly events: readonly StoredEvent[];
}

/** Steps that are done, in the order they were completed. */
export function completedSteps(state: RunState): Step[] {
  return [...state.steps.values()]
    .filter((step) => step.position !== null)
    .sort((left, right) => (left.position ?? 0) - (right.position ?? 0));
}

export function isDone(state: RunState, stepId: string): boolean {
  const step = state.steps.get(stepId);
  return step !== undefined && step.position !== null;
}
