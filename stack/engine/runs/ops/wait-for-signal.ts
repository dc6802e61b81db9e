import { type SdkOp, textOption } from "../../calls/sdk-op";
import { readDueTime } from "../../duration";
import type { OpContext } from "../op-context";
import { saveStep } from "../save-step";
import { openStep } from "./open-step";

const OTHERS = "select run_id, step_id from engine.wait where event_name = $1 and kind = 'signal'";

/** Waits for a signal. Only one run may wait for a name: a second one fails its step, or takes over with `conflict: "replace"`. */
export async function waitForSignal(op: SdkOp, { unit, state }: OpContext): Promise<void> {
  const signal = textOption(op, "signal") ?? op.name ?? "";
  if (!openStep(unit, state, op, "Waiting")) return;
  const others = await unit.query<{ run_id: string; step_id: string }>(OTHERS, [signal]);
  if (others.length > 0 && textOption(op, "conflict") !== "replace") {
    const error = { name: "Error", message: `another run is waiting for the signal "${signal}"` };
    await saveStep(unit, state, op.id, { memo: JSON.stringify({ error }), isError: true });
    return;
  }
  for (const other of others) unit.dropWait(other.run_id, other.step_id);
  unit.putWait({
    runId: state.run.id,
    stepId: op.id,
    kind: "signal",
    eventName: signal,
    expression: null,
    keyPath: "",
    keyValue: "",
    expiresAt: readDueTime(textOption(op, "timeout") ?? "", unit.now) ?? unit.now,
  });
}
