import type { Metadata } from "next";
import Link from "next/link";
import { MetricsTabs } from "@/components/metrics/metrics-tabs";
import { sayRows } from "@/components/metrics/row-words";
import { ListKeys } from "@/components/shell/list-keys";
import { PageHeader } from "@/components/shell/page-header";
import { cn } from "@/components/ui/cn";
import { EmptyState } from "@/components/ui/empty-state";
import { PaginationByKey } from "@/components/ui/pagination-by-key";
import { StatusBadge } from "@/components/words/status-badge";
import { Time } from "@/components/words/time";
import type { BehindRow } from "@/lib/metrics/behind-row";
import { listRows } from "@/lib/metrics/list-rows";
import { loadView } from "@/lib/metrics/load-view";
import { rowsQuerySchema } from "@/lib/metrics/rows-query";
import { metricsQuerySchema, viewHref } from "@/lib/metrics/view";
import { requireOperator } from "@/lib/server/operator";
import { type PageQuery, readQuery } from "@/lib/server/read-query";

export const metadata: Metadata = { title: "Behind the numbers" };

const ROW = "flex min-h-11 flex-wrap items-baseline gap-x-4 gap-y-1 px-4 py-2 -outline-offset-2";

function Row({ row }: { row: BehindRow }) {
  return (
    <>
      <span className="min-w-0 flex-1 basis-64 break-words">
        <span className="font-semibold">{row.title}</span>
        <span className="block text-muted-foreground">{row.detail}</span>
      </span>
      {row.category && <StatusBadge of="category" status={row.category} />}
      <Time iso={row.at} className="text-xs whitespace-nowrap text-muted-foreground" />
    </>
  );
}

export default async function RowsPage({ searchParams }: { searchParams: PageQuery }) {
  const { db } = await requireOperator();
  const view = await loadView(db, await readQuery(searchParams, metricsQuerySchema));
  const query = await readQuery(searchParams, rowsQuerySchema);
  const page = await listRows(db, view, query);
  const { after: _after, before: _before, ...kept } = query;
  const { title, description } = sayRows(query, view);
  return (
    <>
      <PageHeader title={title} description={description} />
      <MetricsTabs active={null} view={view} />
      {page.rows.length > 0 ? (
        <>
          <ListKeys />
          <ul className="divide-y rounded-lg border bg-card">
            {page.rows.map((row) => (
              <li key={row.id}>
                {row.href ? (
                  <Link href={row.href} data-list-row className={cn(ROW, "hover:bg-muted/60")}>
                    <Row row={row} />
                  </Link>
                ) : (
                  <div className={ROW}>
                    <Row row={row} />
                  </div>
                )}
              </li>
            ))}
          </ul>
        </>
      ) : (
        <EmptyState title="There is nothing behind this number any more">
          Something may have been undone or corrected since. Go back to the page you came from and look again.
        </EmptyState>
      )}
      <PaginationByKey
        label="Pages of rows"
        previousHref={page.previous && viewHref("/metrics/rows", view, { ...kept, before: page.previous })}
        nextHref={page.next && viewHref("/metrics/rows", view, { ...kept, after: page.next })}
      />
    </>
  );
}
