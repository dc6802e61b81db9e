"use client";

import { FilePlusIcon } from "lucide-react";
import Link from "next/link";
import { Button } from "@/components/ui/button";
import { DismissButton } from "./dismiss-button";
import { listSearchDraft } from "./proposal-words";

type SearchProposalProps = {
  proposalId: string;
  draft: unknown;
  pending: boolean;
  onDismiss: (reason: string) => void;
};

/** Someone wants to buy. Opening shows the form of a new search with what they said; nothing starts before a person does. */
export function SearchProposal({ proposalId, draft, pending, onDismiss }: SearchProposalProps) {
  const rows = listSearchDraft(draft);
  return (
    <div className="grid gap-3">
      <p className="text-muted-foreground">
        Opening it shows the form of a new search with what the mail says. Nothing starts until you complete
        the form.
      </p>
      {rows.length > 0 && (
        <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1">
          {rows.map(({ label, value }) => (
            <div key={label} className="contents">
              <dt className="text-muted-foreground">{label}</dt>
              <dd className="break-words tabular-nums">{value}</dd>
            </div>
          ))}
        </dl>
      )}
      <div className="flex flex-wrap gap-2">
        <Button asChild>
          <Link href={`/replies/proposals/${proposalId}`}>
            <FilePlusIcon /> Open as a new search
          </Link>
        </Button>
        <DismissButton
          what="this search"
          description="No search is made. Your reason stays with the proposal."
          pending={pending}
          onDismiss={onDismiss}
        />
      </div>
    </div>
  );
}
