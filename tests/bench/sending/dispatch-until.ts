import type { SendingDesk } from "./sending-desk";

/** What a dispatcher does, without the engine around it: reserve, hand over, record, until told to wait. */
export async function dispatchUntilWait(
  { reserveSend, handOver }: SendingDesk,
  mailboxId: string,
  goesOn: () => boolean = () => true,
): Promise<number> {
  for (let mails = 0; ; mails++) {
    if (!goesOn()) return mails;
    const reservation = await reserveSend(mailboxId);
    if (reservation.outcome === "wait") return mails;
    await handOver(reservation.send);
  }
}
