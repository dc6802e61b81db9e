import type { FunctionConfig } from "../functions/config";
import { startRun } from "../runs/start-run";
import type { StoredEvent } from "../state/rows";
import type { RunState } from "../state/run-state";
import type { Unit } from "../state/unit";
import { keyValue } from "./keys";
import { makeWayForSingleton } from "./singleton";
import { throttledStart } from "./throttle";

/** What became of an event for one function. */
export type Scheduled = { readonly run: RunState } | { readonly run?: undefined; readonly skipped: string };

/** The gates right before a start, which debounced and batched events still have to pass. */
export async function startOne(
  unit: Unit,
  fn: FunctionConfig,
  events: readonly [StoredEvent, ...StoredEvent[]],
  invokedBy?: string,
): Promise<Scheduled> {
  const [event] = events;
  const singletonKey = fn.singleton ? keyValue(fn.singleton.key, event) : null;
  if (singletonKey !== null && !(await makeWayForSingleton(unit, fn, singletonKey)))
    return { skipped: "another run of this singleton is not finished" };
  const startAt = await throttledStart(unit, fn, event);
  return {
    run: startRun(unit, fn, events, {
      startAt,
      singletonKey,
      ...(invokedBy === undefined ? {} : { invokedBy }),
    }),
  };
}
