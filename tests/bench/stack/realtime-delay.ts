import { setTimeout as pause } from "node:timers/promises";
import { percentile, round } from "../suite";
import type { BenchDesk } from "./bench-desk";
import { Marks } from "./marks";

const INSERTS = 150;

/** From the call that inserts a row until a signed-in subscriber has its event, p95, ms. */
export async function measureRealtimeDelay({ service, operator }: BenchDesk): Promise<number> {
  const heard = new Marks();
  const channel = operator.channel("bench");
  await new Promise<void>((resolve, reject) => {
    channel
      .on("postgres_changes", { event: "INSERT", schema: "public", table: "mailboxes" }, (change) =>
        heard.mark(String(change.new.address)),
      )
      .on("system", {}, ({ status, message }) =>
        status === "ok" ? resolve() : reject(new Error(`Realtime: ${message}`)),
      )
      .subscribe();
  });
  const values: number[] = [];
  for (let index = 0; index < INSERTS; index += 1) {
    const address = `realtime-${index}@example.com`;
    const startedAt = performance.now();
    const { error } = await service.from("mailboxes").insert({ address });
    if (error) throw error;
    values.push((await heard.at(address)) - startedAt);
    await pause(5);
  }
  await operator.removeChannel(channel);
  return round(percentile(values, 0.95));
}
