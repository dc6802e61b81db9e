import { percentile, round } from "../suite";
import type { BenchDesk } from "./bench-desk";

const ROUNDS = 5;

/** From starting the stack server's process on an existing data folder until every part answers, median, ms. */
export async function measureColdStart({ restart }: BenchDesk): Promise<number> {
  const values: number[] = [];
  for (let index = 0; index < ROUNDS; index += 1) values.push(await restart());
  return round(percentile(values, 0.5));
}
