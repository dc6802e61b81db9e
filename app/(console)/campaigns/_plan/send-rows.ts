import type { SendRow } from "@/components/campaigns/send-table";
import { describeMoment } from "@/components/format/moment";
import type { listSends } from "@/lib/campaigns/list-sends";
import { explainUnsent } from "@/lib/sending/explain-unsent";
import type { KillSwitch } from "@/lib/sending/kill-switch";

type Send = Awaited<ReturnType<typeof listSends>>["items"][number];

/** Sends as their table shows them, each with the reason it has not gone. Times are in the contact's own zone. */
export function toSendRows(sends: readonly Send[], killSwitch: KillSwitch, now = Date.now()): SendRow[] {
  return sends.map((send) => {
    const zone = send.enrollments?.time_zone;
    const why = explainUnsent(
      {
        status: send.status,
        reason: send.reason,
        dueAt: send.due_at,
        campaignStatus: send.campaigns?.status ?? null,
        campaignReason: send.campaigns?.status_reason ?? null,
        enrollmentStatus: send.enrollments?.status ?? null,
        enrollmentReason: send.enrollments?.reason ?? null,
        mailboxStatus: send.mailboxes.status,
        mailboxReason: send.mailboxes.status_reason,
        killSwitchPulled: killSwitch.pulled,
        killSwitchReason: killSwitch.reason,
      },
      now,
      (iso) => describeMoment(new Date(iso), zone ?? "UTC"),
    );
    return {
      id: send.id,
      contactId: send.contacts.id,
      contact: send.contacts.full_name,
      to: send.to_email,
      subject: send.subject,
      what: send.kind === "manual_reply" ? "Answer" : `Mail ${send.step}`,
      status: send.status,
      at: send.sent_at ?? send.due_at,
      zone,
      why,
    };
  });
}
