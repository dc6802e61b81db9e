import { type SdkOp, textOption } from "../../calls/sdk-op";
import { readDueTime } from "../../duration";
import { failRun } from "../end-run";
import { newTimer } from "../jobs";
import type { OpContext } from "../op-context";
import { openStep } from "./open-step";

/** Sets a timer. The duration or date is the operation's name. */
export async function sleep(op: SdkOp, { unit, state }: OpContext): Promise<void> {
  const until = textOption(op, "duration") ?? op.name ?? "";
  const dueAt = readDueTime(until, unit.now);
  if (dueAt === undefined) {
    await failRun(unit, state, { name: "InvalidDurationError", message: `cannot sleep for "${until}"` });
    return;
  }
  if (!openStep(unit, state, op, "Waiting")) return;
  unit.putJob(
    newTimer(`sleep:${state.run.id}:${op.id}`, "sleep", dueAt, { runId: state.run.id, stepId: op.id }),
  );
}
