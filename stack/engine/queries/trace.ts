import type { Core } from "../core";
import type { Step } from "../state/rows";
import type { RunState } from "../state/run-state";
import { asObject, reasonOf } from "./run-view";

const STEP_OPS: Readonly<Record<string, string>> = {
  StepRun: "RUN",
  Step: "RUN",
  Sleep: "SLEEP",
  WaitForEvent: "WAIT_FOR_EVENT",
  InvokeFunction: "INVOKE",
  WaitForSignal: "WAIT_FOR_SIGNAL",
  "step.sendEvent": "SEND_EVENT",
};

const iso = (ms: number): string => new Date(ms).toISOString();

/** A run and its steps in the form of `GET /api/v2/runs/:id/trace`. */
export function traceOf(core: Core, { run, steps }: RunState, withOutput: boolean): Record<string, unknown> {
  const reason = reasonOf(core, run);
  const children = [...steps.values()]
    .sort(
      (left, right) =>
        (left.startedAt ?? left.queuedAt) - (right.startedAt ?? right.queuedAt) || inOrder(left, right),
    )
    .map((step) => spanOf(step, withOutput));
  return {
    runId: run.id,
    rootSpan: {
      id: run.id,
      name: core.functions.byId(run.functionId)?.name ?? run.functionId,
      status: run.status === "Queued" ? "WAITING" : run.status.toUpperCase(),
      ...times(run),
      ...(withOutput && run.output !== null ? { output: asObject(run.output) } : {}),
      ...(reason === null ? {} : { reason }),
      children,
    },
  };
}

function spanOf(step: Step, withOutput: boolean): Record<string, unknown> {
  return {
    id: `${step.runId}.${step.id}`,
    name: step.name,
    status: step.status.toUpperCase(),
    stepOp: STEP_OPS[step.op] ?? "RUN",
    stepId: step.id,
    attempts: step.attempts,
    ...times(step),
    ...(withOutput && step.input !== null ? { input: asObject(step.input) } : {}),
    ...(withOutput && step.memo !== null && step.position !== null ? { output: outputOf(step.memo) } : {}),
    ...(step.error === null ? {} : { error: asObject(step.error) }),
    children: [],
  };
}

// Results are kept as the SDK wants them: `{data}` or `{error}` for steps, bare for waits and sleeps.
function outputOf(memo: string): Record<string, unknown> {
  const value = asObject(memo);
  const keys = Object.keys(value);
  return keys.length === 1 && keys[0] === "data" ? asObject(JSON.stringify(value.data)) : value;
}

function times(span: {
  queuedAt: number;
  startedAt: number | null;
  endedAt: number | null;
}): Record<string, unknown> {
  const { queuedAt, startedAt, endedAt } = span;
  return {
    queuedAt: iso(queuedAt),
    ...(startedAt === null ? {} : { startedAt: iso(startedAt) }),
    ...(endedAt === null
      ? {}
      : { endedAt: iso(endedAt), durationMs: String(Math.max(0, endedAt - (startedAt ?? queuedAt))) }),
  };
}

function inOrder(left: Step, right: Step): number {
  return (left.position ?? Number.POSITIVE_INFINITY) - (right.position ?? Number.POSITIVE_INFINITY);
}
