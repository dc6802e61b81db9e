import { isRace, type SdkOp } from "../../calls/sdk-op";
import type { Step, StepStatus } from "../../state/rows";
import type { RunState } from "../../state/run-state";
import type { Unit } from "../../state/unit";
import { newStep } from "../save-step";

/**
 * Records that a step has begun; undefined when it was reported before, which happens whenever a function is replayed while
 * a sibling is still open. Nothing may be started twice.
 */
export function openStep(
  unit: Unit,
  state: RunState,
  op: SdkOp,
  status: Extract<StepStatus, "Waiting" | "Running">,
): Step | undefined {
  const known = state.steps.get(op.id);
  // A step that is to run again with new input has a row with the input, but has not begun.
  if (known && !(known.position === null && known.memo !== null && known.startedAt === null))
    return undefined;
  const step: Step = {
    ...(known ?? newStep(state.run.id, op.id, unit.now)),
    op: op.op,
    name: op.displayName ?? op.name ?? op.id,
    input: op.opts?.input === undefined ? null : JSON.stringify(op.opts.input),
    status,
    race: isRace(op),
    startedAt: status === "Waiting" ? unit.now : null,
  };
  unit.putStep(state, step);
  return step;
}
