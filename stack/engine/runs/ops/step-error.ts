import { isRace, opTimes, readSdkError, type SdkOp } from "../../calls/sdk-op";
import type { OpContext } from "../op-context";
import { retryCall } from "../retry-call";
import { newStep, saveStep } from "../save-step";

/** A step threw: the same call again while attempts are left, then the error is the step's result, which the function may catch. */
export async function failStep(op: SdkOp, { unit, state, job, reply }: OpContext): Promise<void> {
  const error = readSdkError(op.error ?? op.data);
  const seen = {
    op: "StepRun",
    name: op.displayName ?? op.name ?? op.id,
    race: isRace(op),
    ...opTimes(op, unit.now),
  };
  const attempts = job.attempt + 1;
  const known = state.steps.get(op.id) ?? newStep(state.run.id, op.id, unit.now);
  unit.putStep(state, {
    ...known,
    ...seen,
    endedAt: null,
    attempts,
    error: JSON.stringify(error),
  });
  if (op.op === "StepError" && !reply.noRetry && attempts < state.run.maxAttempts) {
    state.run.reason = `step "${seen.name}": attempt ${attempts} of ${state.run.maxAttempts} failed: ${error.message}`;
    retryCall(unit, state, job, reply.retryAt);
    return;
  }
  await saveStep(unit, state, op.id, { memo: JSON.stringify({ error }), isError: true, seen, attempts });
}
