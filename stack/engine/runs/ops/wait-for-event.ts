import { type SdkOp, textOption } from "../../calls/sdk-op";
import { CelSyntaxError } from "../../cel/errors";
import { findMatchKey, type MatchKey } from "../../cel/match-key";
import { readDueTime } from "../../duration";
import { eventScope } from "../../events/event-json";
import { failRun } from "../end-run";
import type { OpContext } from "../op-context";
import { openStep } from "./open-step";

/** Waits for the next event of a name that meets a condition. The event's name is the operation's name. */
export async function waitForEvent(op: SdkOp, { unit, state }: OpContext): Promise<void> {
  const eventName = textOption(op, "event") ?? op.name ?? "";
  const timeout = textOption(op, "timeout") ?? "";
  const expression = textOption(op, "if") ?? null;
  const expiresAt = readDueTime(timeout, unit.now);
  const origin = state.events[0];
  let key: MatchKey | undefined;
  try {
    key = expression === null ? undefined : findMatchKey(expression, origin ? eventScope(origin) : {});
  } catch (error) {
    if (!(error instanceof CelSyntaxError)) throw error;
    await failRun(unit, state, { name: error.name, message: error.message });
    return;
  }
  if (expiresAt === undefined) {
    await failRun(unit, state, { name: "InvalidDurationError", message: `cannot wait for "${timeout}"` });
    return;
  }
  if (!openStep(unit, state, op, "Waiting")) return;
  unit.putWait({
    runId: state.run.id,
    stepId: op.id,
    kind: "event",
    eventName,
    expression,
    keyPath: key?.path ?? "",
    keyValue: key?.value ?? "",
    expiresAt,
  });
}
