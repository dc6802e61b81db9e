import { MailIcon } from "lucide-react";
import type { Metadata } from "next";
import { PageHeader } from "@/components/page/page-header";
import { MailboxCard } from "@/components/settings/mailbox-card";
import { EmptyState } from "@/components/ui/empty-state";
import { requireOperator } from "@/lib/auth/operator";
import { listMailboxes } from "@/lib/settings/mailboxes";
import { pauseMailbox, resumeMailbox } from "../actions";

export const metadata: Metadata = { title: "Mailboxes" };

export default async function MailboxesPage() {
  const { db } = await requireOperator();
  const mailboxes = await listMailboxes(db);
  return (
    <>
      <PageHeader
        title="Mailboxes"
        description="The accounts that send and whose inboxes are read every 60 seconds. Each account of the Outlook profile shows up by itself."
      />
      {mailboxes.length > 0 ? (
        <div className="grid gap-4 xl:grid-cols-2">
          {mailboxes.map((mailbox) => (
            <MailboxCard key={mailbox.id} mailbox={mailbox} onPause={pauseMailbox} onResume={resumeMailbox} />
          ))}
        </div>
      ) : (
        <EmptyState icon={MailIcon} title="No mailbox has shown up yet">
          Start Outlook on the computer with the relay and sign in to the account that shall send. It appears
          here within a minute. OUTLOOK_ACCOUNTS limits which accounts are used.
        </EmptyState>
      )}
    </>
  );
}
