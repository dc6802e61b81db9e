import type { CallReply } from "../calls/reply";
import type { Job } from "../state/rows";
import { DISCOVERY, type RunState } from "../state/run-state";
import type { Unit } from "../state/unit";
import { applyOps } from "./apply-ops";
import { completeRun, failRun } from "./end-run";
import { requestDiscovery } from "./jobs";
import { retryCall } from "./retry-call";

/** Which dispatch a reply answers. */
export interface DispatchRef {
  readonly runId: string;
  readonly stepId: string;
  readonly generation: number;
}

/** The call in flight a reply or checkpoint belongs to; undefined when the engine has given up on that dispatch. */
export async function findDispatch(
  unit: Unit,
  ref: DispatchRef,
): Promise<{ state: RunState; job: Job } | undefined> {
  const state = await unit.find(ref.runId);
  const job = state?.calls.get(ref.stepId);
  const isCurrent = job?.state === "running" && job.generation === ref.generation;
  return state && job && isCurrent && state.run.endedAt === null ? { state, job } : undefined;
}

/** Moves a run on by an app's reply. A reply of a dispatch given up on changes nothing. */
export async function applyReply(unit: Unit, ref: DispatchRef, reply: CallReply): Promise<void> {
  const dispatch = await findDispatch(unit, ref);
  if (!dispatch) return;
  const { state, job } = dispatch;
  const { run } = state;
  if (reply.kind === "unreachable") {
    waitForApp(unit, state, job, reply.reason);
    return;
  }
  unit.dropCall(state, job);
  if (reply.kind === "returned") await completeRun(unit, state, reply.output);
  else if (reply.kind === "ops") await applyOps(unit, state, job, reply);
  else if (reply.noRetry || job.attempt + 1 >= run.maxAttempts) await failRun(unit, state, reply.error);
  else {
    run.reason = `attempt ${job.attempt + 1} of ${run.maxAttempts} failed: ${reply.error.message}`;
    retryCall(unit, state, job, reply.retryAt);
  }
  if (job.again && run.endedAt === null && job.stepId === DISCOVERY) requestDiscovery(unit, state);
}

// The attempt is not used up: the app was never reached. Its calls stay due and are claimed when it answers again.
function waitForApp(unit: Unit, state: RunState, job: Job, reason: string): void {
  const { apps, settings } = unit.core;
  if (apps.markDown(state.run.appId, reason)) settings.logger.warn(reason, { app: state.run.appId });
  state.run.reason = reason;
  unit.touch(state);
  unit.putCall(state, { ...job, state: "queued", leaseUntil: null });
}
