import "server-only";
import { env } from "@/lib/config/env";
import { ensure, unwrap } from "@/lib/db/errors";
import { serviceDb } from "@/lib/db/service-client";
import { relayAt } from "@/lib/relay/relay-client";
import { MailboxError } from "./transport";

export interface MailboxToSync {
  readonly id: string;
  readonly address: string;
}

/**
 * Asks the relay which accounts it has, makes each a mailbox of this desk (only those in OUTLOOK_ACCOUNTS when that is
 * set), and notes that they were seen. A relay that is quiet changes nothing: its mails wait.
 * @returns every mailbox, seen or not.
 */
export async function registerMailboxes(now = new Date()): Promise<MailboxToSync[]> {
  const db = serviceDb();
  try {
    const health = await relayAt(null).health();
    const wanted = env().OUTLOOK_ACCOUNTS;
    const addresses = health.accounts
      .map((account) => account.toLowerCase())
      .filter((account) => !wanted || wanted.includes(account));
    for (const address of addresses) {
      ensure(
        await db.from("mailboxes").upsert({ address }, { onConflict: "address", ignoreDuplicates: true }),
      );
    }
    if (addresses.length > 0)
      ensure(
        await db
          .from("mailboxes")
          .update({
            host_product: health.product,
            host_version: health.version,
            last_seen_at: now.toISOString(),
          })
          .in("address", addresses),
      );
  } catch (error) {
    if (!(error instanceof MailboxError)) throw error;
    ensure(await db.from("mailboxes").update({ sync_error: error.message }).is("relay_url", null));
  }
  return unwrap(await db.from("mailboxes").select("id, address").order("address"));
}
