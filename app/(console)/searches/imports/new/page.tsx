import type { Metadata } from "next";
import Link from "next/link";
import { z } from "zod";
import { ImportDrop } from "@/components/imports/import-drop";
import { PageHeader } from "@/components/shell/page-header";
import { Trail } from "@/components/shell/trail";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { canImport } from "@/lib/imports/can-import";
import { requireOperator } from "@/lib/server/operator";
import { type PageQuery, readQuery } from "@/lib/server/read-query";

const querySchema = z.object({ search: z.string().optional() });

export const metadata: Metadata = { title: "Import a CoStar export" };

/** Where an import begins: for the search in `?search=<id>` that waits for its extraction, or for a new one. */
export default async function NewImportPage({ searchParams }: { searchParams: PageQuery }) {
  const { db } = await requireOperator();
  const { search: searchId } = await readQuery(searchParams, querySchema);
  const standing = searchId ? await canImport(db, searchId) : null;
  if (standing && !standing.can)
    return (
      <>
        <PageHeader
          above={<Trail list="Searches" href="/searches" here="Import" />}
          title="Import a CoStar export"
        />
        <EmptyState
          title="Nothing can be imported into this search now"
          action={
            <Button asChild>
              <Link href="/searches/imports/new">Start a new search from a file</Link>
            </Button>
          }
        >
          {standing.why}
        </EmptyState>
      </>
    );
  return (
    <>
      <PageHeader
        above={<Trail list="Searches" href="/searches" here="Import" />}
        title="Import a CoStar export"
        description={
          standing
            ? `For “${standing.search.name}”, instead of running its payloads on CoStar. The search then goes on to its campaign as usual.`
            : "Starts a new search from a file you exported by hand. CoStar is asked nothing; the campaign waits for your approval as usual."
        }
      />
      <ImportDrop endpoint={standing ? `/api/searches/${standing.search.id}/import` : "/api/imports"} />
    </>
  );
}
