"use client";

import { CriteriaForm } from "@/components/criteria/criteria-form";
import type { StartSearch } from "@/components/criteria/use-start";
import type { CriteriaDraft } from "@/lib/criteria/criteria-draft";
import type { Lookups } from "@/lib/criteria/lookups";

type ProposedSearchFormProps = {
  proposalId: string;
  lookups: Lookups;
  start: CriteriaDraft;
  onStart: (input: Parameters<StartSearch>[0] & { proposalId: string }) => ReturnType<StartSearch>;
};

/** The new search's form as a buyer's mail fills it; what is typed is kept in this browser for this proposal alone. */
export function ProposedSearchForm({ proposalId, lookups, start, onStart }: ProposedSearchFormProps) {
  return (
    <CriteriaForm
      lookups={lookups}
      start={start}
      draftKey={`upstream:new-search:proposal:${proposalId}`}
      onStart={(input) => onStart({ ...input, proposalId })}
    />
  );
}
