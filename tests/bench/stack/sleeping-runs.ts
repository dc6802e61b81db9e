import { setTimeout as pause } from "node:timers/promises";
import { round } from "../suite";
import type { BenchDesk } from "./bench-desk";

const RUNS = 10_000;
const AT_ONCE = 500;
const SETTLE_MS = 3_000;

/** Resident memory that ten thousand sleeping runs add to the stack server, MB. */
export async function measureSleepingRuns({ cp, marks, stack }: BenchDesk): Promise<number> {
  const before = stack.residentMb();
  const last = `counted ${marks.counted + RUNS}`;
  for (let sent = 0; sent < RUNS; sent += AT_ONCE)
    await cp.sendAll(
      Array.from({ length: AT_ONCE }, () => ({ name: cp.kit.event("asleep"), data: { sent } })),
    );
  await marks.at(last);
  await pause(SETTLE_MS);
  return round(stack.residentMb() - before);
}
