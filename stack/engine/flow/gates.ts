import type { RateConfig } from "../functions/config";
import type { Unit } from "../state/unit";

/**
 * The generic cell rate algorithm (ITU-T I.371): `capacity` at once, then one per `period / limit`. Returns when the next one may pass
 * and the arrival time to remember if it does, both epoch ms.
 */
export function nextPass(
  opensAt: number | undefined,
  now: number,
  rate: RateConfig,
  capacity: number,
): { readonly at: number; readonly opensAt: number } {
  const interval = rate.periodMs / rate.limit;
  const expected = Math.max(opensAt ?? now, now);
  const at = Math.max(now, expected - (capacity - 1) * interval);
  return { at, opensAt: Math.max(expected, at) + interval };
}

/** Passes once per key until `forMs` is over; false for everyone who comes later. */
export async function passOnce(unit: Unit, key: string, forMs: number): Promise<boolean> {
  const gate = await unit.gate(key);
  if (gate && gate.expiresAt > unit.now) return false;
  unit.putGate({ key, opensAt: unit.now, expiresAt: unit.now + forMs });
  return true;
}
