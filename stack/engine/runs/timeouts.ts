import type { Run } from "../state/rows";
import type { Unit } from "../state/unit";
import { newTimer } from "./jobs";

/** A run that has not started `timeouts.start` after it was queued is cancelled. */
export function scheduleStartTimeout(unit: Unit, run: Run): void {
  const ms = unit.core.functions.byId(run.functionId)?.timeouts.startMs;
  if (ms !== undefined)
    unit.putJob(newTimer(`start-timeout:${run.id}`, "start-timeout", unit.now + ms, { runId: run.id }));
}

/** A run that has not finished `timeouts.finish` after it started is cancelled. */
export function scheduleFinishTimeout(unit: Unit, run: Run): void {
  const ms = unit.core.functions.byId(run.functionId)?.timeouts.finishMs;
  if (ms !== undefined)
    unit.putJob(newTimer(`finish-timeout:${run.id}`, "finish-timeout", unit.now + ms, { runId: run.id }));
}
