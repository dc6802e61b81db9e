import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { SearchHeader } from "@/components/searches/search-header";
import { loadLookups } from "@/lib/criteria/lookups";
import { countResults, loadCoStarSession, loadExtraction } from "@/lib/searches/load-extraction";
import { listSearchRuns, loadSearch } from "@/lib/searches/load-search";
import { loadTimeline } from "@/lib/searches/load-timeline";
import { findWaiting } from "@/lib/searches/status-groups";
import { requireOperator } from "@/lib/server/operator";
import { AboutSearch } from "./about-search";
import { endSearch, retrySearch } from "./actions";
import { SearchProgress } from "./search-progress";

type Params = { params: Promise<{ id: string }> };

// The title and the page ask for the same search; it is read once.
const findSearch = cache(async (id: string) => {
  const { db } = await requireOperator();
  return { db, search: await loadSearch(db, id) };
});

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  const { search } = await findSearch((await params).id);
  return { title: search?.name ?? "Search" };
}

/** One search: what it asks for, where it stands, what came of it. */
export default async function SearchPage({ params }: Params) {
  const { db, search } = await findSearch((await params).id);
  if (!search) notFound();
  const [lookups, extraction, session, results, runs, timeline] = await Promise.all([
    loadLookups(db, { withRetired: true }),
    loadExtraction(db, search.id),
    loadCoStarSession(db),
    countResults(db, search.id),
    listSearchRuns(db, search.id),
    loadTimeline(db, search),
  ]);
  return (
    <>
      <SearchHeader
        search={{
          id: search.id,
          name: search.name,
          buyerName: search.buyer_name,
          status: search.status,
          statusReason: search.status_reason,
          extractionStatus: extraction?.status ?? null,
          sessionState: session.state,
          isImport: Boolean(extraction?.imports),
          waiting: findWaiting(search.status, search.approvals) ?? null,
        }}
        onRetry={retrySearch}
        onCancel={endSearch}
      />
      <div className="grid gap-x-8 xl:grid-cols-[minmax(0,1fr)_22rem]">
        <SearchProgress
          search={search}
          extraction={extraction}
          session={session}
          results={results}
          runs={runs}
          lookups={lookups}
        />
        <AboutSearch search={search} lookups={lookups} timeline={timeline} />
      </div>
    </>
  );
}
