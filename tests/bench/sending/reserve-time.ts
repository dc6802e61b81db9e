import { percentile, round } from "../suite";
import { fillDesk, type SendingDesk } from "./sending-desk";

const RESERVATIONS = 300;

/** How long one reservation takes when the day's ledger is full but for these, and 20,000 mails wait behind it. */
export async function measureReserve({ db, reserveSend }: SendingDesk): Promise<number> {
  const [mailbox = ""] = await fillDesk(db, { sent: 10_000 - RESERVATIONS, due: 20_000, mailboxes: 1 });
  const times: number[] = [];
  for (let index = 0; index < RESERVATIONS; index++) {
    const startedAt = performance.now();
    const { outcome } = await reserveSend(mailbox);
    times.push(performance.now() - startedAt);
    if (outcome !== "reserved") throw new Error(`reservation ${index} was told to wait`);
  }
  return round(percentile(times, 0.95));
}
