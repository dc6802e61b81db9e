import { isRace, type SdkOp } from "../calls/sdk-op";
import type { Job } from "../state/rows";
import { isDone, type RunState } from "../state/run-state";
import type { Unit } from "../state/unit";
import { completeRun, failRun } from "./end-run";
import { requestDiscovery } from "./jobs";
import type { OpContext, OpsReply } from "./op-context";
import { invokeFunction } from "./ops/invoke-function";
import { planStep } from "./ops/plan-step";
import { sleep } from "./ops/sleep";
import { failStep } from "./ops/step-error";
import { finishStep } from "./ops/step-run";
import { waitForEvent } from "./ops/wait-for-event";
import { waitForSignal } from "./ops/wait-for-signal";

type Handler = (op: SdkOp, context: OpContext) => Promise<void> | void;

/** Operations that start something and are done later. */
const OPENING: Readonly<Record<string, Handler>> = {
  StepPlanned: planStep,
  Sleep: sleep,
  WaitForEvent: waitForEvent,
  InvokeFunction: invokeFunction,
  WaitForSignal: waitForSignal,
};

const HANDLERS: Readonly<Record<string, Handler>> = {
  ...OPENING,
  StepRun: finishStep,
  Step: finishStep,
  StepError: failStep,
  StepFailed: failStep,
  DiscoveryRequest: (_, { unit, state }) => requestDiscovery(unit, state),
  RunComplete: (op, { unit, state }) => completeRun(unit, state, JSON.stringify(op.data ?? null)),
};

const UNSUPPORTED: Readonly<Record<string, string>> = {
  Gateway: "step.fetch() is not supported by this engine; call fetch() inside step.run()",
  AIGateway: "step.ai.infer() is not supported by this engine; call the provider inside step.run()",
  DeferAdd: "defer() is not supported by this engine; use step.sendEvent()",
  DeferAbort: "defer() is not supported by this engine; use step.sendEvent()",
};

/**
 * Applies the operations of one reply. Several with at least one that opens something are a parallel group: its members become
 * the pending set, and one discovery follows when the set is empty.
 */
export async function applyOps(unit: Unit, state: RunState, job: Job, reply: OpsReply): Promise<void> {
  const { run } = state;
  if (run.sdkVersion === -1) {
    run.sdkVersion = reply.version;
    unit.touch(state);
  }
  if (run.reason !== null) {
    run.reason = null;
    unit.touch(state);
  }
  openGroup(unit, state, reply.ops);
  const context: OpContext = { unit, state, job, reply };
  for (const op of inOrder(reply.ops)) {
    if (run.endedAt !== null) return;
    const handler = HANDLERS[op.op];
    if (handler) await handler(op, context);
    else
      await failRun(unit, state, {
        name: "UnsupportedOperationError",
        message: UNSUPPORTED[op.op] ?? `operation "${op.op}" is not supported by this engine`,
      });
  }
  // `[]` reports nothing new; if nothing else is going on either, the function would never be called again.
  if (run.endedAt === null && reply.ops.length === 0 && state.calls.size === 0 && !hasOpenSteps(state))
    await failRun(unit, state, {
      name: "InvalidReplyError",
      message: "the function reported no step, no result and no error",
    });
}

function openGroup(unit: Unit, state: RunState, ops: readonly SdkOp[]): void {
  const { run } = state;
  const members = ops.filter((op) => op.op !== "RunComplete");
  if (members.length < 2 || run.sdkVersion < 2 || !members.some((op) => Object.hasOwn(OPENING, op.op)))
    return;
  const ids = members.filter((op) => !isDone(state, op.id) && !isRace(op)).map((op) => op.id);
  run.planOnly = true;
  run.pending = [...new Set([...run.pending, ...ids])];
  unit.touch(state);
}

// A wait must be in force before a sibling step can cause the event it waits for; the end comes last.
function inOrder(ops: readonly SdkOp[]): SdkOp[] {
  const rank = (op: SdkOp): number =>
    op.op === "WaitForEvent" || op.op === "WaitForSignal" ? 0 : op.op === "RunComplete" ? 2 : 1;
  return [...ops].sort((left, right) => rank(left) - rank(right));
}

function hasOpenSteps(state: RunState): boolean {
  return [...state.steps.values()].some((step) => step.position === null);
}
