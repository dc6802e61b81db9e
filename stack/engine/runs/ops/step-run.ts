import { isRace, opTimes, type SdkOp } from "../../calls/sdk-op";
import type { OpContext } from "../op-context";
import { type StepResult, saveStep } from "../save-step";

/** Saves the result of a step the app has run. */
export async function finishStep(op: SdkOp, { unit, state, job }: OpContext): Promise<void> {
  await saveStep(unit, state, op.id, { ...stepResult(op, unit.now), attempts: job.attempt + 1 });
}

/** What a finished `step.run` says about itself, in a reply or in a checkpoint. */
export function stepResult(op: SdkOp, now: number): StepResult {
  const type = op.opts?.type;
  return {
    memo: `{"data":${JSON.stringify(op.data ?? null)}}`,
    seen: {
      op: typeof type === "string" ? type : "StepRun",
      name: op.displayName ?? op.name ?? op.id,
      input: op.opts?.input === undefined ? null : JSON.stringify(op.opts.input),
      race: isRace(op),
      ...opTimes(op, now),
    },
  };
}
