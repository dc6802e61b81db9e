import "server-only";
import type { MailAccount } from "@/lib/mailbox/smtp-imap/account";
import { inImap } from "@/lib/mailbox/smtp-imap/open-imap";
import { submitMail } from "@/lib/mailbox/smtp-imap/submit-mail";

/**
 * Signs in to one server of an account the way the product does, and leaves again before any mail is named.
 * @throws {MailboxError} with the server's own words.
 */
export async function signIn(account: MailAccount, server: "smtp" | "imap"): Promise<void> {
  if (server === "imap") return inImap(account, async () => undefined);
  let isIn = false;
  try {
    await submitMail(account, account.address, Buffer.alloc(0), async () => {
      isIn = true;
      throw new Error("signed in; nothing is to be sent");
    });
  } catch (error) {
    if (!isIn) throw error;
  }
}
