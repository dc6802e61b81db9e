import { MailIcon } from "lucide-react";
import type { Metadata } from "next";
import { MailboxCard } from "@/components/mailbox/mailbox-card";
import { RelayList } from "@/components/mailbox/relay-list";
import { PageHeader } from "@/components/shell/page-header";
import { Section } from "@/components/shell/section";
import { EmptyState } from "@/components/ui/empty-state";
import { listFolderHealth } from "@/lib/mailbox/list-folder-health";
import { listMailboxes } from "@/lib/mailbox/mailboxes";
import { listRelays } from "@/lib/mailbox/relay/list-relays";
import { requireOperator } from "@/lib/server/operator";
import { pauseMailbox, resumeMailbox, saveMailboxLimits } from "../actions";
import { forget, moveToRelay } from "./actions";

export const metadata: Metadata = { title: "Mailboxes" };

export default async function MailboxesPage() {
  const { db } = await requireOperator();
  const [mailboxes, { relays, servedBy, claims }, folders] = await Promise.all([
    listMailboxes(db),
    listRelays(db),
    listFolderHealth(db),
  ]);
  return (
    <>
      <PageHeader
        title="Mailboxes"
        description="The accounts that send and whose inboxes are read at least every 60 seconds. Each account a relay has shows up by itself and stays with that relay until you move it."
      />
      {mailboxes.length > 0 ? (
        <div className="mb-8 grid gap-4 xl:grid-cols-2">
          {mailboxes.map((mailbox) => (
            <MailboxCard
              key={mailbox.id}
              mailbox={mailbox}
              relay={servedBy.get(mailbox.id)}
              claims={claims.get(mailbox.id) ?? []}
              folders={folders.get(mailbox.id) ?? []}
              onPause={pauseMailbox}
              onResume={resumeMailbox}
              onSaveLimits={saveMailboxLimits}
              onMove={moveToRelay}
            />
          ))}
        </div>
      ) : (
        <EmptyState icon={MailIcon} title="No mailbox has shown up yet" className="mb-8">
          Start Outlook on the computer with the relay and sign in to the account that shall send, or set an
          account for SMTP and IMAP (MAIL_ADDRESS). It appears here within a minute. OUTLOOK_ACCOUNTS limits
          which accounts are used.
        </EmptyState>
      )}
      {relays.length > 0 && (
        <Section
          title="Relays"
          description="The processes beside the mailboxes. One that is quiet for three minutes is shown as such; its mails wait for it."
        >
          <RelayList relays={relays} onForget={forget} />
        </Section>
      )}
    </>
  );
}
