import { BuildingIcon } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { NewSearchButton } from "@/components/searches/new-search-button";
import { SearchList } from "@/components/searches/search-list";
import { FilterTabs } from "@/components/shell/filter-tabs";
import { ListKeys } from "@/components/shell/list-keys";
import { PageHeader } from "@/components/shell/page-header";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PaginationByKey } from "@/components/ui/pagination-by-key";
import { countSearches, listSearches } from "@/lib/searches/list-searches";
import {
  readSearchGroup,
  SEARCH_GROUPS,
  type SearchGroupKey,
  searchViewSchema,
} from "@/lib/searches/status-groups";
import { requireOperator } from "@/lib/server/operator";
import { type PageQuery, readQuery } from "@/lib/server/read-query";

export const metadata: Metadata = { title: "Searches" };

/** Every search, newest first. */
export default async function SearchesPage({ searchParams }: { searchParams: PageQuery }) {
  const { db } = await requireOperator();
  const { group: key, ...start } = await readQuery(searchParams, searchViewSchema);
  const group = readSearchGroup(key);
  const [page, counts] = await Promise.all([listSearches(db, group, start), countSearches(db)]);
  return (
    <>
      <PageHeader
        title="Searches"
        description="One search is one buyer's criteria and what came of them."
        actions={<NewSearchButton />}
      />
      <FilterTabs
        label="Filter searches"
        tabs={SEARCH_GROUPS.map(({ key, label }) => ({
          label,
          href: hrefOf(key),
          active: key === group.key,
          count: counts[key],
        }))}
      />
      {page.rows.length > 0 ? (
        <>
          <ListKeys />
          <SearchList items={page.rows} />
          <PaginationByKey
            label="Pages of searches"
            previousHref={page.previous && hrefOf(group.key, { before: page.previous })}
            nextHref={page.next && hrefOf(group.key, { after: page.next })}
          >
            {page.rows.length} of {counts[group.key].toLocaleString("en-US")}
          </PaginationByKey>
        </>
      ) : (
        <NoSearches group={group.key} total={counts.all} />
      )}
    </>
  );
}

function NoSearches({ group, total }: { group: SearchGroupKey; total: number }) {
  if (total > 0)
    return (
      <EmptyState
        icon={BuildingIcon}
        title="No searches here"
        action={
          <Button asChild variant="outline">
            <Link href="/searches">Show all searches</Link>
          </Button>
        }
      >
        {group === "waiting" ? "No search waits for you. " : ""}Others stand under the other tabs.
      </EmptyState>
    );
  return (
    <EmptyState
      icon={BuildingIcon}
      title="No searches yet"
      action={
        <Button asChild>
          <Link href="/searches/new">Start the first search</Link>
        </Button>
      }
    >
      Enter what a buyer wants, or bring a JSON file. The sourcing agent writes CoStar payloads from it; you
      approve before CoStar is asked and before anyone is mailed.
    </EmptyState>
  );
}

function hrefOf(group: SearchGroupKey, key: { after?: string; before?: string } = {}): string {
  const query = new URLSearchParams({ ...(group !== "all" && { group }), ...key }).toString();
  return query ? `/searches?${query}` : "/searches";
}
