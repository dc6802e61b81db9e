import { fillDesk, type SendingDesk } from "./sending-desk";

/** How many of 1,500 due mails 12 dispatchers over four mailboxes are granted under the hour's limit of 1,000. */
export async function measureLimit({ db, reserveSend }: SendingDesk): Promise<number> {
  const mailboxes = await fillDesk(db, { sent: 0, due: 1500, mailboxes: 4 });
  const granted = await Promise.all(
    Array.from({ length: 12 }, async (_, index) => {
      for (let mails = 0; ; mails++)
        if ((await reserveSend(mailboxes[index % mailboxes.length] ?? "")).outcome === "wait") return mails;
    }),
  );
  return granted.reduce((sum, count) => sum + count, 0);
}
