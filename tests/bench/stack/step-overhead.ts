import type { Context } from "@/stack/engine/scenarios/context";
import { percentile, round } from "../suite";
import type { Marks } from "./marks";
import { STEPS } from "./measured-functions";

const ROUNDS = 9;

/** What a step adds in a run of twenty that do nothing, median, ms. */
export async function measureStepOverhead(context: Context, marks: Marks): Promise<number> {
  const values: number[] = [];
  for (let index = 0; index < ROUNDS; index += 1) {
    const key = `${context.kit.appId} ${index}`;
    await context.send("seq20", { key });
    const began = await marks.at(`begin ${key}`);
    values.push(((await marks.at(`end ${key}`)) - began) / STEPS);
  }
  return round(percentile(values, 0.5));
}
