import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { ImportMapping } from "@/components/imports/import-mapping";
import { PageHeader } from "@/components/shell/page-header";
import { RefreshWhile } from "@/components/shell/refresh-while";
import { Section } from "@/components/shell/section";
import { Trail } from "@/components/shell/trail";
import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert";
import { Progress } from "@/components/ui/progress";
import { formatCount } from "@/components/words/numbers";
import { StatusBadge } from "@/components/words/status-badge";
import { Time } from "@/components/words/time";
import { findEarlierImport, importViewSchema, loadImport, sampleRows } from "@/lib/imports/load-import";
import { requireOperator } from "@/lib/server/operator";
import { type PageQuery, readQuery } from "@/lib/server/read-query";
import { setMapping } from "./actions";
import { CheckedImport } from "./checked-import";

export const metadata: Metadata = { title: "Import" };

type Props = {
  params: Promise<{ importId: string }>;
  searchParams: PageQuery;
};

/** One export: what it holds, which column is what, what each row would do, and the button that does it. */
export default async function ImportPage({ params, searchParams }: Props) {
  const { db } = await requireOperator();
  const found = await loadImport(db, (await params).importId);
  if (!found) notFound();
  const isOpen = ["unmapped", "checking", "ready"].includes(found.status);
  const [samples, earlier] = await Promise.all([
    isOpen ? sampleRows(db, found.id) : [],
    isOpen ? findEarlierImport(db, found) : null,
  ]);
  const search = found.searches;
  return (
    <>
      <RefreshWhile moving={found.status === "checking" || found.status === "reading"} everyMs={1000} />
      <PageHeader
        above={<Trail list="Searches" href="/searches" here="Import" />}
        title={<span className="break-all">{found.file_name}</span>}
        aside={<StatusBadge of="import" status={found.status} />}
        description={
          <>
            <p>
              {search ? (
                <>
                  For{" "}
                  <Link href={`/searches/${search.id}`} className="underline underline-offset-2">
                    {search.name}
                  </Link>
                </>
              ) : (
                "For a new search"
              )}{" "}
              · {formatCount(found.row_count)} rows · {found.read_as} · uploaded by {found.created_by}{" "}
              <Time iso={found.created_at} />
            </p>
            {found.rows_deleted_at && (
              <p>
                The rows of this file were deleted <Time iso={found.rows_deleted_at} />; its time was over.
              </p>
            )}
          </>
        }
      />
      {earlier && (
        <Alert variant="attention" className="mb-6">
          <AlertTitle>This very file was imported before</AlertTitle>
          <AlertDescription>
            <p>
              {earlier.searches ? (
                <>
                  For{" "}
                  <Link href={`/searches/${earlier.searches.id}`} className="underline underline-offset-2">
                    {earlier.searches.name}
                  </Link>
                </>
              ) : (
                "For another search"
              )}
              {earlier.used_at && (
                <>
                  , <Time iso={earlier.used_at} />
                </>
              )}
              . Its contacts are known; importing it again adds none of them twice.
            </p>
          </AlertDescription>
        </Alert>
      )}
      {found.status === "checking" && (
        <Section title="Checking the rows" frame="card">
          <div className="grid gap-2" role="status">
            <Progress
              value={found.checked_rows}
              max={Math.max(1, found.row_count)}
              aria-label="Rows checked"
            />
            <p className="tabular-nums">
              {formatCount(found.checked_rows)} of {formatCount(found.row_count)} rows checked against what is
              known. Nothing is imported yet; you can leave this page and come back.
            </p>
          </div>
        </Section>
      )}
      {isOpen && (
        <Section title="Which column is what" frame="card">
          <details open={found.status === "unmapped"}>
            <summary className="cursor-pointer py-1.5 touch:min-h-11 touch:content-center">
              {found.status === "unmapped"
                ? "The file’s headers do not say where the addresses or e-mails are. Choose the columns."
                : `${Object.keys(found.mapping).length} of the file’s ${found.headers.length} columns are read. Look at them, or change them.`}
            </summary>
            <div className="mt-3">
              <ImportMapping
                key={JSON.stringify(found.mapping)}
                importId={found.id}
                headers={found.headers}
                mapping={found.mapping}
                samples={samples}
                onMap={setMapping}
              />
            </div>
          </details>
        </Section>
      )}
      {found.counts && !found.rows_deleted_at && (
        <CheckedImport
          db={db}
          found={found}
          counts={found.counts}
          view={await readQuery(searchParams, importViewSchema)}
        />
      )}
    </>
  );
}
