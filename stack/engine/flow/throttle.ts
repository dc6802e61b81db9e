import type { FunctionConfig } from "../functions/config";
import type { StoredEvent } from "../state/rows";
import type { Unit } from "../state/unit";
import { nextPass } from "./gates";
import { keyValue } from "./keys";

export function throttleGate(fn: FunctionConfig, event: StoredEvent): string | undefined {
  return fn.throttle && `throttle:${fn.id}:${keyValue(fn.throttle.key, event)}`;
}

/**
 * When a run may start, epoch ms: not before its event's own time, nor before the throttle has room. A throttle delays, it never
 * drops; `limit + burst - 1` runs start at once.
 */
export async function throttledStart(unit: Unit, fn: FunctionConfig, event: StoredEvent): Promise<number> {
  const earliest = Math.max(unit.now, event.ts);
  const key = throttleGate(fn, event);
  if (key === undefined || !fn.throttle) return earliest;
  const { limit, burst, periodMs } = fn.throttle;
  const pass = nextPass((await unit.gate(key))?.opensAt, earliest, { limit, periodMs }, limit + burst - 1);
  unit.putGate({ key, opensAt: pass.opensAt, expiresAt: pass.opensAt + periodMs });
  return pass.at;
}
