import type { FunctionConfig } from "../functions/config";
import type { StoredEvent } from "../state/rows";
import type { Unit } from "../state/unit";
import { appendToBatch } from "./batch";
import { postpone } from "./debounce";
import { passOnce } from "./gates";
import { idempotencyGate, passRateLimit, rateLimitGate } from "./rate-limit";
import { type Scheduled, startOne } from "./start-one";
import { throttleGate } from "./throttle";

const DAY_MS = 86_400_000;

/** An event for a function it triggers. */
export interface Delivery {
  readonly fn: FunctionConfig;
  readonly event: StoredEvent;
}

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
