import { ImportChoices } from "@/components/imports/import-choices";
import { ImportRows } from "@/components/imports/import-rows";
import { ImportSearchForm } from "@/components/imports/import-search-form";
import { ImportStart } from "@/components/imports/import-start";
import { ImportTotals } from "@/components/imports/import-totals";
import { OUTCOME_WORDS } from "@/components/imports/import-words";
import { FilterTabs } from "@/components/shell/filter-tabs";
import { Section } from "@/components/shell/section";
import { EmptyState } from "@/components/ui/empty-state";
import { PaginationByKey } from "@/components/ui/pagination-by-key";
import { formatCount } from "@/components/words/numbers";
import { EMPTY_DRAFT } from "@/lib/criteria/criteria-draft";
import { loadLookups } from "@/lib/criteria/lookups";
import { loadDifferences } from "@/lib/imports/choose-value";
import { countContacts, describeImport, type ImportCounts } from "@/lib/imports/import-counts";
import {
  IMPORT_OUTCOMES,
  type ImportView,
  type LoadedImport,
  listCheckedRows,
} from "@/lib/imports/load-import";
import type { Db } from "@/lib/server/client-options";
import { begin, choose, discard } from "./actions";

type CheckedImportProps = { db: Db; found: LoadedImport; counts: ImportCounts; view: ImportView };

/** A checked import: what it would do, row by row, and then the button. */
export async function CheckedImport({ db, found, counts, view }: CheckedImportProps) {
  const isReady = found.status === "ready";
  const [page, lookups, differences] = await Promise.all([
    listCheckedRows(db, found.id, view),
    isReady && !found.search_id ? loadLookups(db) : null,
    counts.differing > 0 ? loadDifferences(db, found.id) : [],
  ]);
  const sentence = describeImport(
    counts,
    differences.reduce((sum, { taken }) => sum + taken, 0),
  );
  const choice = { importId: found.id, onChoose: isReady ? choose : null };
  const path = `/searches/imports/${found.id}`;
  const hrefOf = (more: Record<string, string | undefined>) => {
    const query = new URLSearchParams(
      Object.entries(more).filter((entry): entry is [string, string] => Boolean(entry[1])),
    );
    return query.size > 0 ? `${path}?${query}` : path;
  };
  const tabs = [
    { label: "All", show: undefined, count: found.row_count },
    ...IMPORT_OUTCOMES.map((outcome) => ({
      label: OUTCOME_WORDS[outcome].tab,
      show: outcome,
      count: counts[outcome],
    })),
    { label: "Differ", show: "differing" as const, count: counts.differing },
  ];
  const canStart = counts.newProperties + counts.knownProperties > 0;
  const contacts = countContacts(counts);
  const start = {
    importId: found.id,
    searchId: found.search_id,
    checkNo: found.check_no,
    summary: sentence,
    label: canStart ? `Import ${formatCount(contacts)} ${contacts === 1 ? "contact" : "contacts"}` : null,
    onBegin: begin,
    onDiscard: discard,
  };
  return (
    <>
      <p className="mb-4 text-base">
        {isReady ? sentence : "What the check came to before the import began."}
      </p>
      <ImportTotals importId={found.id} counts={counts} />
      {differences.length > 0 && (
        <Section
          title="Where the file says something else"
          description={
            isReady
              ? "What is known stays unless you take the file's value: here for every row of a column, below for one row. Each replaced value is on record with what stood there before."
              : "What was chosen before the import began."
          }
          frame="card"
        >
          <ImportChoices {...choice} columns={differences} rowsHref={hrefOf({ show: "differing" })} />
        </Section>
      )}
      <Section title="Row by row">
        <FilterTabs
          label="Filter rows"
          tabs={tabs.map(({ label, show, count }) => ({
            label,
            href: hrefOf({ show }),
            active: view.show === show,
            count,
          }))}
        />
        {page.rows.length > 0 ? (
          <ImportRows rows={page.rows} choice={choice} />
        ) : (
          <EmptyState title="No rows here">Others stand under the other tabs.</EmptyState>
        )}
        <PaginationByKey
          label="Pages of rows"
          previousHref={page.previous && hrefOf({ show: view.show, before: page.previous })}
          nextHref={page.next && hrefOf({ show: view.show, after: page.next })}
        />
      </Section>
      {isReady && lookups && (
        <ImportSearchForm
          {...start}
          lookups={lookups}
          start={{ ...EMPTY_DRAFT, name: found.file_name.replace(/\.[a-z]+(\.gz)?$/i, "") }}
        />
      )}
      {isReady && !lookups && <ImportStart {...start} />}
    </>
  );
}
