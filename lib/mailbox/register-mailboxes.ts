import "server-only";
import { registerRelay } from "@/lib/mailbox/relay/register-relay";
import { relayAt } from "@/lib/mailbox/relay/relay-client";
import { ensure, unwrap } from "@/lib/server/database-error";
import { serviceDb } from "@/lib/server/service-client";
import { mailboxesOf } from "./join-transports";
import { MailboxError } from "./transport";

export interface MailboxToSync {
  readonly id: string;
  readonly address: string;
}

/**
 * Asks the relay this console is set to which accounts it has and makes each a mailbox of this desk; relays elsewhere
 * report by themselves. A relay that is quiet changes nothing: its mails wait.
 * @returns every mailbox, seen or not.
 */
export async function registerMailboxes(): Promise<MailboxToSync[]> {
  const db = serviceDb();
  try {
    const asked = Date.now();
    const health = await relayAt(null).health();
    // Half of the way there and back is the best guess of when the relay read its clock.
    const clockOffsetMs = Date.parse(health.time) - (asked + Date.now()) / 2;
    await registerRelay(
      {
        url: null,
        name: health.name ?? "",
        version: health.relayVersion ?? "",
        mailboxes: mailboxesOf("outlook", health),
      },
      Number.isNaN(clockOffsetMs) ? null : clockOffsetMs,
    );
  } catch (error) {
    if (!(error instanceof MailboxError)) throw error;
    ensure(await db.from("mailboxes").update({ sync_error: error.message }).is("relay_url", null));
  }
  return unwrap(await db.from("mailboxes").select("id, address").order("address"));
}
