import type { SendRow } from "@/components/campaigns/send-table";
import { whyText } from "@/components/campaigns/why-text";
import type { listSends } from "@/lib/campaigns/list-sends";
import { describeSends } from "@/lib/sending/describe-sends";
import type { Db } from "@/lib/server/client-options";
import { env } from "@/lib/server/env";

type Send = Awaited<ReturnType<typeof listSends>>["items"][number];

/** Sends as their table shows them, each with the reason it has not gone. Times are in the contact's own zone. */
export async function loadSendRows(db: Db, sends: readonly Send[]): Promise<SendRow[]> {
  return (await describeSends(db, sends)).map((send) => ({
    id: send.id,
    contactId: send.contacts.id,
    contact: send.contacts.full_name,
    to: send.to_email,
    subject: send.subject,
    what: send.kind === "manual_reply" ? "Answer" : `Mail ${send.step}`,
    status: send.status,
    at: send.sent_at ?? send.due_at,
    zone: send.enrollments?.time_zone,
    why: whyText(send.unsent, send.enrollments?.time_zone, env().DRY_RUN),
  }));
}
