import { percentile, round } from "../suite";
import type { BenchDesk } from "./bench-desk";

const EVENTS = 1_000;
const AT_ONCE = 100;
const ROUNDS = 5;

/** 1,000 events, each starting a run of one step: runs that reached their end per second, median. */
export async function measureFanOut(desk: BenchDesk): Promise<number> {
  const values: number[] = [];
  for (let index = 0; index < ROUNDS; index += 1) values.push(await fanOnce(desk));
  return round(percentile(values, 0.5));
}

async function fanOnce({ cp, marks }: BenchDesk): Promise<number> {
  const last = `counted ${marks.counted + EVENTS}`;
  const startedAt = performance.now();
  for (let sent = 0; sent < EVENTS; sent += AT_ONCE)
    await cp.sendAll(Array.from({ length: AT_ONCE }, () => ({ name: cp.kit.event("fan"), data: { sent } })));
  return (EVENTS / ((await marks.at(last)) - startedAt)) * 1_000;
}
