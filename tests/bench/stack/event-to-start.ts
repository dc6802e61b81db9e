import { setTimeout as pause } from "node:timers/promises";
import { percentile, round } from "../suite";
import type { BenchDesk } from "./bench-desk";

const ROUNDS = 40;

/** From POST of an event until the function's first line, p50, ms. */
export async function measureEventToStart({ cp, marks }: BenchDesk): Promise<number> {
  const values: number[] = [];
  for (let index = 0; index < ROUNDS; index += 1) {
    const sentAt = performance.now();
    await cp.send("start", { key: `${index}` });
    values.push((await marks.at(`start ${index}`)) - sentAt);
    await pause(20);
  }
  return round(percentile(values, 0.5));
}
