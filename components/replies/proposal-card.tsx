"use client";

import type { ReactNode } from "react";
import { type Action, useAct } from "@/components/shell/use-act";
import { Badge } from "@/components/ui/badge";
import { toast } from "@/components/ui/sonner";
import { Time } from "@/components/words/time";
import { readContactDraft } from "@/lib/replies/contact-draft";
import { ContactProposal, type TakeContact } from "./contact-proposal";
import { sayProposalEnd } from "./proposal-words";
import { SearchProposal } from "./search-proposal";

type ShownProposal = {
  id: string;
  kind: string;
  draft: unknown;
  status: string;
  contact_id: string | null;
  search_id: string | null;
  decided_by: string | null;
  decided_at: string | null;
  reason: string | null;
  created_at: string;
  companies: { id: string; name: string } | null;
};

type ProposalCardProps = {
  proposal: ShownProposal;
  /** The mail it comes from, where that is not the page itself. */
  origin?: ReactNode;
  onTake: TakeContact;
  onDismiss: Action<{ proposalId: string; reason: string }, { dismissed: boolean }>;
};

/** What a reply made us propose: a person takes it, changes it, or says why not. */
export function ProposalCard({ proposal, origin, onTake, onDismiss }: ProposalCardProps) {
  const { pending, act } = useAct();
  const isContact = proposal.kind === "contact";
  const end = sayProposalEnd(proposal);
  function dismiss(reason: string) {
    act(
      "The proposal still waits.",
      () => onDismiss({ proposalId: proposal.id, reason }),
      ({ dismissed }) =>
        dismissed
          ? toast.success("Dismissed; nothing was created.")
          : toast.info("Somebody decided it before."),
    );
  }
  return (
    <article
      aria-label={isContact ? "Proposed contact" : "Proposed search"}
      className="grid gap-3 rounded-lg border bg-card p-4"
    >
      <header className="flex flex-wrap items-baseline justify-between gap-x-3 gap-y-1">
        <h3 className="text-sm font-semibold">{isContact ? "Proposed contact" : "Proposed search"}</h3>
        <Time iso={proposal.created_at} className="text-xs text-muted-foreground" />
        {origin && <div className="min-w-0 basis-full break-words text-muted-foreground">{origin}</div>}
      </header>
      {end ? (
        <p>
          <Badge variant="outline" className="mr-2">
            {end.badge}
          </Badge>
          {end.text}{" "}
          {end.href && (
            <a href={end.href} className="text-primary underline underline-offset-4 touch:leading-11">
              {end.link}
            </a>
          )}
        </p>
      ) : isContact ? (
        <ContactProposal
          proposalId={proposal.id}
          draft={readContactDraft(proposal.draft)}
          company={proposal.companies?.name ?? null}
          pending={pending}
          onTake={onTake}
          onDismiss={dismiss}
        />
      ) : (
        <SearchProposal
          proposalId={proposal.id}
          draft={proposal.draft}
          pending={pending}
          onDismiss={dismiss}
        />
      )}
    </article>
  );
}
