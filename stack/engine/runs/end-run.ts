import { announceEnd, describeFailure, type FailureValue } from "../events/system-events";
import type { RunStatus } from "../state/rows";
import type { RunState } from "../state/run-state";
import type { Unit } from "../state/unit";
import { saveStep } from "./save-step";

/** Ends a run with its return value, as JSON text. */
export async function completeRun(unit: Unit, state: RunState, output: string): Promise<void> {
  await endRun(unit, state, "Completed", output, undefined);
}

/** Ends a run with an error. `onFailure` follows by way of the event this emits. */
export async function failRun(unit: Unit, state: RunState, failure: FailureValue): Promise<void> {
  state.run.reason = `${failure.name}: ${failure.message}`;
  await endRun(unit, state, "Failed", JSON.stringify(failure), failure);
}

/** Ends a run without a result; what its call in flight still answers is dropped. */
export async function cancelRun(unit: Unit, state: RunState, reason: string): Promise<void> {
  if (state.run.endedAt !== null) return;
  state.run.reason = reason;
  await endRun(unit, state, "Cancelled", "{}", undefined);
}

async function endRun(
  unit: Unit,
  state: RunState,
  status: RunStatus,
  output: string,
  failure: FailureValue | undefined,
): Promise<void> {
  const { run } = state;
  if (run.endedAt !== null) return;
  run.status = status;
  run.output = output;
  run.endedAt = unit.now;
  run.pending = [];
  if (status === "Completed") run.reason = null;
  for (const step of state.steps.values()) {
    if (step.position !== null) continue;
    step.status = "Cancelled";
    step.endedAt = unit.now;
    unit.putStep(state, step);
  }
  unit.dropWorkOf(state);
  unit.touch(state);
  await answerInvoker(unit, state, failure);
  announceEnd(unit, state, failure);
}

async function answerInvoker(
  unit: Unit,
  { run }: RunState,
  failure: FailureValue | undefined,
): Promise<void> {
  if (run.invokedBy === null) return;
  const separator = run.invokedBy.indexOf(".");
  const [parentId, stepId] = [run.invokedBy.slice(0, separator), run.invokedBy.slice(separator + 1)];
  const parent = await unit.find(parentId);
  if (!parent) return;
  const memo =
    run.status === "Completed"
      ? `{"data":${run.output ?? "null"}}`
      : JSON.stringify({ error: describeFailure(run, failure) });
  unit.dropWait(parentId, stepId);
  await saveStep(unit, parent, stepId, { memo, isError: run.status !== "Completed" });
}
