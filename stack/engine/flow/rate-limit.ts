import type { FunctionConfig } from "../functions/config";
import type { StoredEvent } from "../state/rows";
import type { Unit } from "../state/unit";
import { nextPass, passOnce } from "./gates";
import { keyValue } from "./keys";

const DAY_MS = 86_400_000;

export function idempotencyGate(fn: FunctionConfig, event: StoredEvent): string | undefined {
  return fn.idempotency === undefined ? undefined : `idempotency:${fn.id}:${keyValue(fn.idempotency, event)}`;
}

export function rateLimitGate(fn: FunctionConfig, event: StoredEvent): string | undefined {
  return fn.rateLimit && fn.idempotency === undefined
    ? `rate:${fn.id}:${keyValue(fn.rateLimit.key, event)}`
    : undefined;
}

/** Whether an event may start a run now; an idempotency key is a rate limit of one per 24 hours and replaces it. */
export async function passRateLimit(unit: Unit, fn: FunctionConfig, event: StoredEvent): Promise<boolean> {
  const once = idempotencyGate(fn, event);
  if (once !== undefined) return passOnce(unit, once, DAY_MS);
  const key = rateLimitGate(fn, event);
  if (key === undefined || !fn.rateLimit) return true;
  // Inngest lets a tenth of the limit through as a burst and spreads the rest over the period.
  const capacity = 1 + Math.floor(fn.rateLimit.limit / 10);
  const pass = nextPass((await unit.gate(key))?.opensAt, unit.now, fn.rateLimit, capacity);
  if (pass.at > unit.now) return false;
  unit.putGate({ key, opensAt: pass.opensAt, expiresAt: pass.opensAt + fn.rateLimit.periodMs });
  return true;
}
