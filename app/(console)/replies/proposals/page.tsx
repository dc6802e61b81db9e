import { InboxIcon } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { ProposalCard } from "@/components/replies/proposal-card";
import { ReplyTabsNav } from "@/components/replies/reply-tabs-nav";
import { PageHeader } from "@/components/shell/page-header";
import { EmptyState } from "@/components/ui/empty-state";
import { countReplies } from "@/lib/replies/list-replies";
import { countProposals } from "@/lib/replies/load-proposal";
import { listProposals } from "@/lib/replies/reply-proposals";
import { requireOperator } from "@/lib/server/operator";
import { dismiss, takeContact } from "../actions";

export const metadata: Metadata = { title: "Proposed by replies" };

export default async function ProposalsPage() {
  const { db, operator } = await requireOperator();
  const [proposals, count, counts] = await Promise.all([
    listProposals(db),
    countProposals(db),
    countReplies(db, operator.id),
  ]);
  return (
    <>
      <PageHeader
        title="Proposed by replies"
        description="Contacts somebody referred us to, and buyers who wrote to us. Nothing exists until you take it."
      />
      <ReplyTabsNav active="proposals" q="" counts={counts} proposals={count} />
      {proposals.length === 0 ? (
        <EmptyState icon={InboxIcon} title="No proposal waits">
          When a reply names somebody else, or comes from a buyer, the new contact or search is proposed here.
        </EmptyState>
      ) : (
        <ul className="grid gap-4 lg:grid-cols-2">
          {proposals.map((proposal) => (
            <li key={proposal.id} className="min-w-0">
              <ProposalCard
                proposal={proposal}
                origin={
                  <Link
                    href={`/replies/${proposal.email_id}`}
                    className="text-primary underline-offset-4 hover:underline touch:leading-11"
                  >
                    From {proposal.synced_emails.from_name || proposal.synced_emails.from_email}:{" "}
                    <bdi>{proposal.synced_emails.subject || "(no subject)"}</bdi>
                  </Link>
                }
                onTake={takeContact}
                onDismiss={dismiss}
              />
            </li>
          ))}
        </ul>
      )}
      {count > proposals.length && (
        <p className="mt-4 text-muted-foreground">
          These are the newest {proposals.length} of {count}; decide some to see the others.
        </p>
      )}
    </>
  );
}
