import { RequestError } from "../errors";
import type { Step } from "../state/rows";
import { completedSteps, type RunState } from "../state/run-state";
import type { Unit } from "../state/unit";
import { newStep } from "./save-step";
import { startRun } from "./start-run";

export interface FromStep {
  /** The step's name, or its hashed id. */
  readonly stepId: string;
  /** Replaces the step's arguments. */
  readonly input?: readonly unknown[];
}

/**
 * Runs a run again: from the start, or from a step, keeping the results of all steps completed before it. Flow control other than
 * concurrency does not apply, since a person asked. Returns the new run's id.
 * @throws {RequestError} 404 when the run, its function or its event is gone; 400 when the step is not found or its name is not unique.
 */
export async function rerun(unit: Unit, runId: string, fromStep?: FromStep): Promise<string> {
  const original = await unit.find(runId);
  if (!original) throw new RequestError(404, "Run not found", "not_found");
  const fn = unit.core.functions.byId(original.run.functionId);
  if (!fn) throw new RequestError(404, "the function of this run is no longer registered", "not_found");
  const [event, ...rest] = original.events;
  if (!event) throw new RequestError(404, "the event of this run is no longer stored", "not_found");
  const keep = fromStep ? stepsBefore(original, findStep(original, fromStep.stepId)) : [];
  const state = startRun(unit, fn, [event, ...rest], { startAt: unit.now, rerunOf: runId });
  for (const step of keep) unit.putStep(state, { ...step, runId: state.run.id });
  if (fromStep?.input) {
    const { id, name } = findStep(original, fromStep.stepId);
    const memo = JSON.stringify({ input: fromStep.input });
    unit.putStep(state, { ...newStep(state.run.id, id, unit.now), name, memo });
  }
  return state.run.id;
}

function findStep(state: RunState, nameOrId: string): Step {
  const byId = state.steps.get(nameOrId);
  if (byId) return byId;
  const [step, second] = [...state.steps.values()].filter((each) => each.name === nameOrId);
  if (!step) throw new RequestError(400, "Step not found in original run");
  if (second) throw new RequestError(400, "Step name matches multiple steps in original run");
  return step;
}

function stepsBefore(state: RunState, step: Step): Step[] {
  return completedSteps(state).filter(
    (each) => step.position === null || (each.position ?? 0) < step.position,
  );
}
