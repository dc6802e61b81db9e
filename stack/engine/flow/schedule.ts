import type { Delivery } from "../events/route-events";
import type { FunctionConfig } from "../functions/config";
import { startRun } from "../runs/start-run";
import type { StoredEvent } from "../state/rows";
import type { RunState } from "../state/run-state";
import type { Unit } from "../state/unit";
import { appendToBatch } from "./batch";
import { postpone } from "./debounce";
import { passOnce } from "./gates";
import { keyValue } from "./keys";
import { idempotencyGate, passRateLimit, rateLimitGate } from "./rate-limit";
import { makeWayForSingleton } from "./singleton";
import { throttledStart, throttleGate } from "./throttle";

const DAY_MS = 86_400_000;

/** What became of an event for one function. */
export type Scheduled = { readonly run: RunState } | { readonly run?: undefined; readonly skipped: string };

/** Applies each function's flow control to its event and starts what passes. */
export async function scheduleAll(unit: Unit, deliveries: readonly Delivery[]): Promise<void> {
  await unit.loadGates(deliveries.flatMap(gatesOf));
  for (const { fn, event } of deliveries) await schedule(unit, fn, event);
}

/** Runs an event through the function's gates in Inngest's order; it may be dropped, held back, merged or started. */
export async function schedule(unit: Unit, fn: FunctionConfig, event: StoredEvent): Promise<Scheduled> {
  const duplicate = dedupGate(fn, event);
  if (duplicate !== undefined && !(await passOnce(unit, duplicate, DAY_MS)))
    return { skipped: "an event with this id was handled in the last 24 hours" };
  if (!(await passRateLimit(unit, fn, event))) return { skipped: "over the rate limit" };
  if (fn.debounce) {
    await postpone(unit, fn, fn.debounce, event);
    return { skipped: "debounced" };
  }
  if (fn.batch) {
    await appendToBatch(unit, fn, fn.batch, event);
    return { skipped: "batched" };
  }
  return startOne(unit, fn, [event]);
}

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

// Only a sender's own id can repeat; the engine's ids are new each time.
function dedupGate(fn: FunctionConfig, event: StoredEvent): string | undefined {
  return event.externalId === null ? undefined : `event:${fn.id}:${event.externalId}`;
}

function gatesOf({ fn, event }: Delivery): string[] {
  return [
    dedupGate(fn, event),
    idempotencyGate(fn, event),
    rateLimitGate(fn, event),
    throttleGate(fn, event),
  ].filter((key) => key !== undefined);
}
