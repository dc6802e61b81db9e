import Link from "next/link";
import type { ReactNode } from "react";
import { KeyValueList } from "@/components/shell/key-value-list";
import { Time } from "@/components/words/time";
import type { UncertainSend } from "@/lib/sending/list-uncertain";

type UncertainListProps = {
  sends: readonly UncertainSend[];
  actionsOf: (send: UncertainSend) => ReactNode;
};

/** Mails of unknown fate: what is known of each, where to look, and what a person may say. */
export function UncertainList({ sends, actionsOf }: UncertainListProps) {
  return (
    <ul className="grid gap-4">
      {sends.map((send) => (
        <li key={send.id} className="grid gap-3 rounded-lg border bg-card p-4">
          <h2 className="text-sm break-words">
            <Link href={`/contacts/${send.contacts.id}`}>{send.contacts.full_name}</Link>
            <span className="font-normal text-muted-foreground"> · {send.to_email}</span>
          </h2>
          <p className="break-words">{send.subject}</p>
          <p className="text-attention">{send.reason ?? "The hand-over was not confirmed."}</p>
          <KeyValueList
            items={[
              {
                key: "Mail",
                value: send.kind === "manual_reply" ? "An answer" : `Mail ${send.step} of the sequence`,
              },
              { key: "Campaign", value: send.campaigns?.name ?? "none" },
              { key: "From", value: send.mailboxes.address },
              { key: "Handed over", value: <Time iso={send.begun_at ?? send.handed_at} show="both" /> },
              { key: "Mailbox last seen", value: <Time iso={send.mailboxes.last_seen_at} show="both" /> },
              {
                key: "Its key",
                value: <code className="break-all">X-Outreach-Id: {send.idempotency_key}</code>,
              },
            ]}
          />
          {actionsOf(send)}
        </li>
      ))}
    </ul>
  );
}
