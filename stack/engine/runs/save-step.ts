import type { Step } from "../state/rows";
import { isDone, type RunState } from "../state/run-state";
import type { Unit } from "../state/unit";
import { failRun } from "./end-run";
import { requestDiscovery } from "./jobs";

const MAX_STEPS = 1_000;
const MAX_STEP_BYTES = 4 * 1024 * 1024;
const MAX_RUN_BYTES = 32 * 1024 * 1024;

export interface StepResult {
  /** JSON text for `steps[id]`. */
  readonly memo: string;
  readonly isError?: boolean;
  /** What is known about a step that was not reported before it was done. */
  readonly seen?: Partial<Pick<Step, "op" | "name" | "input" | "startedAt" | "endedAt" | "race">>;
  readonly attempts?: number;
  /** A checkpointed step belongs to a call that is still running; the call itself goes on. */
  readonly goesOn?: boolean;
}

/** Records the outcome of a step, once; asks for the next discovery when its parallel group is complete. */
export async function saveStep(
  unit: Unit,
  state: RunState,
  stepId: string,
  result: StepResult,
): Promise<void> {
  const { run } = state;
  if (run.endedAt !== null || isDone(state, stepId)) return;
  const tooBig = findExcess(state, result.memo);
  if (tooBig !== undefined) {
    await failRun(unit, state, { name: "Error", message: tooBig });
    return;
  }
  const known = state.steps.get(stepId);
  const step: Step = {
    ...(known ?? newStep(run.id, stepId, unit.now)),
    ...result.seen,
    position: nextPosition(state),
    status: result.isError ? "Failed" : "Completed",
    memo: result.memo,
  };
  step.startedAt ??= unit.now;
  step.endedAt = result.seen?.endedAt ?? unit.now;
  step.attempts = result.attempts ?? Math.max(step.attempts, 1);
  unit.putStep(state, step);
  if (run.pending.length > 0) {
    run.pending = run.pending.filter((id) => id !== stepId);
    unit.touch(state);
  }
  if (result.goesOn) return;
  if (run.pending.length > 0 && !step.race && run.sdkVersion >= 2) return;
  if (run.planOnly && run.pending.length === 0) {
    run.planOnly = false;
    unit.touch(state);
  }
  requestDiscovery(unit, state);
}

export function newStep(runId: string, id: string, now: number): Step {
  return {
    runId,
    id,
    position: null,
    op: "StepRun",
    name: "",
    status: "Running",
    memo: null,
    input: null,
    error: null,
    race: false,
    attempts: 0,
    queuedAt: now,
    startedAt: null,
    endedAt: null,
  };
}

function nextPosition(state: RunState): number {
  let last = 0;
  for (const step of state.steps.values()) last = Math.max(last, step.position ?? 0);
  return last + 1;
}

function findExcess(state: RunState, memo: string): string | undefined {
  if (memo.length > MAX_STEP_BYTES)
    return `a step returned ${memo.length} bytes; the limit is ${MAX_STEP_BYTES}`;
  if (state.steps.size >= MAX_STEPS) return `a run has at most ${MAX_STEPS} steps`;
  let total = memo.length;
  for (const step of state.steps.values()) total += step.memo?.length ?? 0;
  return total > MAX_RUN_BYTES
    ? `the steps of a run returned more than ${MAX_RUN_BYTES} bytes in all`
    : undefined;
}
