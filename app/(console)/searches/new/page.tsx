import type { Metadata } from "next";
import { z } from "zod";
import { NewSearchTabs } from "@/components/searches/new-search-tabs";
import { PageHeader } from "@/components/shell/page-header";
import { Trail } from "@/components/shell/trail";
import { draftFromCriteria, EMPTY_DRAFT } from "@/lib/criteria/criteria-draft";
import { loadLookups } from "@/lib/criteria/lookups";
import { loadCriteria } from "@/lib/searches/load-search";
import { requireOperator } from "@/lib/server/operator";
import { type PageQuery, readQuery } from "@/lib/server/read-query";
import { startSearch } from "./actions";

const querySchema = z.object({ from: z.string().optional() });

export const metadata: Metadata = { title: "New search" };

/** Where a search begins; `?from=<id>` begins with an earlier one's criteria. */
export default async function NewSearchPage({ searchParams }: { searchParams: PageQuery }) {
  const { db } = await requireOperator();
  const { from } = await readQuery(searchParams, querySchema);
  const [lookups, earlier] = await Promise.all([loadLookups(db), from ? loadCriteria(db, from) : null]);
  const start = earlier
    ? { ...draftFromCriteria(earlier, lookups), name: `${earlier.criteria.name} (copy)`.slice(0, 200) }
    : EMPTY_DRAFT;
  const draftKey = `upstream:new-search${earlier ? `:${from}` : ""}`;
  return (
    <>
      <PageHeader
        above={<Trail list="Searches" href="/searches" here="New search" />}
        title="New search"
        description={
          earlier
            ? `Begins with the criteria of “${earlier.criteria.name}”. Change what is different.`
            : "What does the buyer want? The sourcing agent turns it into CoStar payloads."
        }
      />
      {from && !earlier && (
        <p className="mb-4 text-muted-foreground">
          The search to copy is not there, or is of an older shape; the form is empty.
        </p>
      )}
      <NewSearchTabs
        key={draftKey}
        lookups={lookups}
        start={start}
        draftKey={draftKey}
        onStart={startSearch}
      />
    </>
  );
}
