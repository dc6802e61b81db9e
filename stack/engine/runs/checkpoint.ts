import type { SdkOp } from "../calls/sdk-op";
import type { Unit } from "../state/unit";
import { type DispatchRef, findDispatch } from "./apply-reply";
import { stepResult } from "./ops/step-run";
import { saveStep } from "./save-step";

/**
 * Saves steps a call reports while it is still running, and gives the call its attempts back. False when the dispatch has
 * been given up on: the SDK then stops.
 */
export async function saveCheckpoint(unit: Unit, ref: DispatchRef, ops: readonly SdkOp[]): Promise<boolean> {
  const dispatch = await findDispatch(unit, ref);
  if (!dispatch) return false;
  const { state, job } = dispatch;
  for (const op of ops) {
    // A planned step in a checkpoint is only a notice.
    if (op.op !== "StepRun" && op.op !== "Step") continue;
    await saveStep(unit, state, op.id, {
      ...stepResult(op, unit.now),
      attempts: job.attempt + 1,
      goesOn: true,
    });
  }
  if (job.attempt > 0 && state.run.endedAt === null) {
    job.attempt = 0;
    unit.putCall(state, job);
  }
  return state.run.endedAt === null;
}
