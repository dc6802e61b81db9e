import { percentile, round } from "../suite";
import type { BenchDesk } from "./bench-desk";

const READS = 3_000;
const WARM_UP = 500;
const ROUNDS = 3;

/**
 * Single rows by key, one request after the other, by a signed-in operator under row-level security, with supabase-js:
 * reads per second (the median round) and the 95th percentile of one read, ms.
 */
export async function measureRestReads(desk: BenchDesk) {
  const id = await makeMailbox(desk);
  for (let index = 0; index < WARM_UP; index += 1) await readMailbox(desk, id);
  const rates: number[] = [];
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const startedAt = performance.now();
    for (let index = 0; index < READS / ROUNDS; index += 1) {
      const askedAt = performance.now();
      await readMailbox(desk, id);
      times.push(performance.now() - askedAt);
    }
    rates.push((READS / ROUNDS / (performance.now() - startedAt)) * 1_000);
  }
  return {
    rest_reads_per_s: round(percentile(rates, 0.5)),
    rest_read_p95_ms: round(percentile(times, 0.95)),
  };
}

/** One mailbox to read. */
export async function makeMailbox({ service }: BenchDesk): Promise<string> {
  const row = { address: `bench-${process.hrtime.bigint()}@example.com` };
  const { data, error } = await service.from("mailboxes").insert(row).select("id").single();
  if (error) throw error;
  return String(data.id);
}

export async function readMailbox({ operator }: BenchDesk, id: string): Promise<void> {
  const { data, error } = await operator.from("mailboxes").select("*").eq("id", id).single();
  if (error) throw error;
  if (data.id !== id) throw new Error("another row came back");
}
