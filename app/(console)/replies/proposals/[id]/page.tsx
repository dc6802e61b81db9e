import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { z } from "zod";
import { ProposedSearchForm } from "@/components/replies/proposed-search-form";
import { PageHeader } from "@/components/shell/page-header";
import { Button } from "@/components/ui/button";
import { loadLookups } from "@/lib/criteria/lookups";
import { loadSearchProposal } from "@/lib/replies/load-proposal";
import { loadProposedSearch } from "@/lib/replies/reply-proposals";
import { requireOperator } from "@/lib/server/operator";
import { startProposedSearch } from "./actions";

export const metadata: Metadata = { title: "New search for a buyer" };

/** The form of a new search, filled with what a buyer's mail says. */
export default async function ProposedSearchPage({ params }: { params: Promise<{ id: string }> }) {
  const { db } = await requireOperator();
  const id = z.uuid().safeParse((await params).id);
  if (!id.success) notFound();
  const [proposal, start, lookups] = await Promise.all([
    loadSearchProposal(db, id.data),
    loadProposedSearch(db, id.data),
    loadLookups(db),
  ]);
  if (!proposal) notFound();
  const mail = proposal.synced_emails;
  return (
    <>
      <PageHeader
        above={
          <Link
            href={`/replies/${proposal.email_id}`}
            className="text-primary underline-offset-4 hover:underline touch:leading-11"
          >
            The mail from {mail.from_name || mail.from_email}
          </Link>
        }
        title="New search for a buyer"
        description="Filled with what the mail says, and its words in the notes. Check every field: nothing starts before you start it."
      />
      {start ? (
        <ProposedSearchForm
          proposalId={proposal.id}
          lookups={lookups}
          start={start}
          onStart={startProposedSearch}
        />
      ) : (
        <div className="grid justify-items-start gap-3">
          <p>{proposal.decided_by ?? "Somebody"} decided this proposal before; it is not opened twice.</p>
          <Button asChild variant="outline">
            <Link href={proposal.search_id ? `/searches/${proposal.search_id}` : "/replies/proposals"}>
              {proposal.search_id ? "Show the search" : "Show what is proposed"}
            </Link>
          </Button>
        </div>
      )}
    </>
  );
}
