import type { SdkOp } from "../../calls/sdk-op";
import { newCall } from "../jobs";
import type { OpContext } from "../op-context";
import { openStep } from "./open-step";

/** Calls the function for exactly this step. */
export function planStep(op: SdkOp, { unit, state }: OpContext): void {
  if (state.calls.has(op.id)) return;
  const step = openStep(unit, state, { ...op, op: "StepRun" }, "Running");
  if (step) unit.putCall(state, newCall(state.run, op.id, unit.now));
}
