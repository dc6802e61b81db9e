import { round } from "../suite";
import type { BenchDesk } from "./bench-desk";
import { makeMailbox, readMailbox } from "./rest-reads";

const REQUESTS = 50_000;
/** Caches and the two young generations fill first; what grows after that is a leak. */
const WARM_UP = 10_000;
const AT_ONCE = 8;
const WRITE_EVERY = 10;

/** Resident memory the stack server gains over 50,000 requests, a tenth of them writes, MB. */
export async function measureMemoryGrowth(desk: BenchDesk): Promise<number> {
  const id = await makeMailbox(desk);
  await request(desk, id, WARM_UP);
  const before = desk.stack.residentMb();
  await request(desk, id, REQUESTS);
  return round(desk.stack.residentMb() - before);
}

async function request(desk: BenchDesk, id: string, requests: number): Promise<void> {
  let made = 0;
  const client = async () => {
    for (let index = made++; index < requests; index = made++)
      if (index % WRITE_EVERY === 0) await touchMailbox(desk, id, index);
      else await readMailbox(desk, id);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, client));
}

async function touchMailbox({ service }: BenchDesk, id: string, index: number): Promise<void> {
  const { error } = await service
    .from("mailboxes")
    .update({ display_name: `Bench ${index}` })
    .eq("id", id);
  if (error) throw error;
}
