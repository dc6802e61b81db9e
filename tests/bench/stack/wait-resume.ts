import { setTimeout as pause } from "node:timers/promises";
import { percentile, round } from "../suite";
import type { BenchDesk } from "./bench-desk";

const ROUNDS = 25;

/** From POST of the event a run waits for until its next step runs, p50, ms. */
export async function measureWaitResume({ cp, marks }: BenchDesk): Promise<number> {
  const keys = Array.from({ length: ROUNDS }, (_, index) => `${index}`);
  const ids = await cp.sendAll(keys.map((key) => ({ name: cp.kit.event("wait"), data: { key } })));
  for (const id of ids)
    await cp.until("the wait", async () => {
      const [runId] = await cp.runIds(id);
      const { body } = await cp.get(`/api/v2/runs/${runId}/trace`);
      return JSON.stringify(body).includes("WAIT_FOR_EVENT");
    });
  const values: number[] = [];
  for (const key of keys) {
    const sentAt = performance.now();
    await cp.send("go", { key });
    values.push((await marks.at(`resumed ${key}`)) - sentAt);
    await pause(20);
  }
  return round(percentile(values, 0.5));
}
