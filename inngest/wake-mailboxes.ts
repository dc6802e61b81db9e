import { activeMailboxes } from "@/lib/sending/active-mailboxes";
import { announce } from "./announce";
import { mailboxCheck } from "./events";

/** Tells every mailbox that may send that there is news: something was resumed, or is to be sent again. */
export async function wakeMailboxes(): Promise<void> {
  const mailboxes = await activeMailboxes();
  if (mailboxes.length > 0) announce(mailboxes.map((mailboxId) => mailboxCheck.create({ mailboxId })));
}
