import { BanIcon } from "lucide-react";
import type { Metadata } from "next";
import { ExcludeForm } from "@/components/settings/exclude-form";
import { ExclusionTable } from "@/components/settings/exclusion-table";
import { pageHref } from "@/components/settings/page-href";
import { PageHeader } from "@/components/shell/page-header";
import { SearchBox } from "@/components/shell/search-box";
import { Section } from "@/components/shell/section";
import { EmptyState } from "@/components/ui/empty-state";
import { PaginationByKey } from "@/components/ui/pagination-by-key";
import { formatCount } from "@/components/words/numbers";
import { requireOperator } from "@/lib/server/operator";
import { type PageQuery, readQuery } from "@/lib/server/read-query";
import { exclusionViewSchema, listExclusions } from "@/lib/settings/exclusions";
import { exclude, lift } from "../actions";

export const metadata: Metadata = { title: "Exclusions" };

export default async function ExclusionsPage({ searchParams }: { searchParams: PageQuery }) {
  const { db, operator } = await requireOperator();
  const view = await readQuery(searchParams, exclusionViewSchema);
  const page = await listExclusions(db, view);
  const hrefOf = (start: { after?: string; before?: string }) =>
    pageHref("/settings/exclusions", { q: view.q, ...start });
  return (
    <>
      <PageHeader
        title="Exclusions"
        description="Addresses and domains that are never mailed again. Every mail is checked against this list at the moment it would leave."
      />
      <Section title="Exclude by hand" frame="card">
        <ExcludeForm onExclude={exclude} />
      </Section>
      <Section title={`${formatCount(page.total)} excluded`}>
        <SearchBox action="/settings/exclusions" label="Address, domain, reason or name" value={view.q} />
        {page.rows.length > 0 ? (
          <div className="min-w-0 overflow-hidden rounded-lg border bg-card">
            <ExclusionTable rows={page.rows} onLift={operator.role === "admin" ? lift : null} />
          </div>
        ) : (
          <EmptyState
            icon={BanIcon}
            title={view.q ? `Nothing matches “${view.q}”` : "Nobody is excluded yet"}
          >
            {view.q
              ? "Try a part of the address or the domain."
              : "Bounces, opt-outs and complaints exclude their address by themselves. You can exclude others above."}
          </EmptyState>
        )}
        <PaginationByKey
          label="Pages of exclusions"
          previousHref={page.previous && hrefOf({ before: page.previous })}
          nextHref={page.next && hrefOf({ after: page.next })}
        />
        {operator.role !== "admin" && page.rows.length > 0 && (
          <p className="text-xs text-muted-foreground">An admin can lift an exclusion, with a reason.</p>
        )}
      </Section>
    </>
  );
}
