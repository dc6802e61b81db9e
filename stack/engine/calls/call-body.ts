import { eventJson } from "../events/event-json";
import type { Job } from "../state/rows";
import { completedSteps, DISCOVERY, type RunState } from "../state/run-state";

/**
 * The body of a call. Events and step results are spliced in as the JSON text they are stored as: a run with megabytes
 * of results is never parsed on its way.
 */
export function callBody(state: RunState, job: Job): string {
  const { run } = state;
  const events = state.events.map(eventJson);
  const stack = completedSteps(state).map((step) => step.id);
  const steps = [...state.steps.values()]
    .filter((step) => step.memo !== null)
    .map((step) => `${JSON.stringify(step.id)}:${step.memo}`);
  const context = {
    run_id: run.id,
    fn_id: run.functionId,
    env: "",
    step_id: "step",
    attempt: job.attempt,
    max_attempts: run.maxAttempts,
    stack: { stack, current: stack.length },
    qi_id: job.id,
    job_id: job.id,
    request_id: `${run.id}.${job.generation}`,
    generation_id: job.generation,
    disable_immediate_execution: job.stepId !== DISCOVERY || run.planOnly,
    use_api: false,
  };
  return `{"ctx":${JSON.stringify(context)},"defers":{},"event":${events[0] ?? "{}"},"events":[${events.join(",")}],"steps":{${steps.join(",")}},"use_api":false,"version":${run.sdkVersion}}`;
}
