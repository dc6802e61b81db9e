import { round } from "../suite";
import { dispatchUntilWait } from "./dispatch-until";
import { fillDesk, type SendingDesk } from "./sending-desk";

// The hour's limit is 1,000.
const MAILS = 960;

/** Mails a second through eight mailboxes, from the reservation to the row that says it left. */
export async function measureThroughput(desk: SendingDesk): Promise<number> {
  const mailboxes = await fillDesk(desk.db, { sent: 0, due: MAILS, mailboxes: 8 });
  const startedAt = performance.now();
  const counts = await Promise.all(mailboxes.map((mailbox) => dispatchUntilWait(desk, mailbox)));
  const seconds = (performance.now() - startedAt) / 1000;
  const mails = counts.reduce((sum, count) => sum + count, 0);
  if (mails !== MAILS) throw new Error(`${mails} of ${MAILS} mails left`);
  return round(mails / seconds);
}
