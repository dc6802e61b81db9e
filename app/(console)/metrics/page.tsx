import { ActivityIcon } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { BarFigure } from "@/components/metrics/bar-figure";
import { STAGE_WORDS } from "@/components/metrics/stage-words";
import { TableFigure } from "@/components/metrics/table-figure";
import { TableSection } from "@/components/metrics/table-section";
import { Stat, StatGrid } from "@/components/shell/stat";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { formatCount, formatPercent } from "@/components/words/numbers";
import { STAGES } from "@/lib/metrics/funnel";
import { loadTables } from "@/lib/metrics/load-tables";
import { loadView } from "@/lib/metrics/load-view";
import { metricsQuerySchema, saySpan, viewHref } from "@/lib/metrics/view";
import { requireOperator } from "@/lib/server/operator";
import { type PageQuery, readQuery } from "@/lib/server/read-query";
import { MetricsFrame } from "./metrics-frame";

export const metadata: Metadata = { title: "Metrics" };

export default async function FunnelPage({ searchParams }: { searchParams: PageQuery }) {
  const { db } = await requireOperator();
  const view = await loadView(db, await readQuery(searchParams, metricsQuerySchema));
  const tables = await loadTables(db, view, ["funnel", "funnel-searches", "funnel-markets"]);
  const stages = tables.funnel.rows.map(({ cells }, index) => {
    const stage = STAGES[index] ?? "properties";
    return { stage, count: Number(cells.count), ofPrevious: cells.ofPrevious, ...STAGE_WORDS[stage] };
  });
  const span = saySpan(view);
  return (
    <MetricsFrame
      db={db}
      path="/metrics"
      view={view}
      filters={["search", "market"]}
      description="What was found in a time, and how far it has come since."
    >
      {stages.every(({ count }) => count === 0) ? (
        <EmptyState
          icon={ActivityIcon}
          title="Nothing was found in this time"
          action={
            <Button asChild variant="outline">
              <Link href="/searches/new">Create a search</Link>
            </Button>
          }
        >
          Choose a longer time or clear the filters. What a search finds, sends and brings back is counted
          here as it happens.
        </EmptyState>
      ) : (
        <>
          <StatGrid className="md:grid-cols-4">
            {stages.map(({ stage, label, count, ofPrevious }) => (
              <Stat
                key={stage}
                label={label}
                value={formatCount(count)}
                hint={
                  typeof ofPrevious === "number"
                    ? `${formatPercent(ofPrevious)} of the stage before`
                    : `found in ${span}`
                }
                {...(count > 0 ? { href: viewHref("/metrics/rows", view, { of: stage }) } : {})}
              />
            ))}
          </StatGrid>
          <div className="mb-8 grid gap-4">
            <TableFigure
              table={tables.funnel}
              view={view}
              unit={`properties, then contacts; found in ${span}`}
              empty="Nothing was found in this time."
              note={`Each contact stays with the day it was found: a reply counts where its contact was found, whenever it came. ${stages
                .slice(2)
                .map(({ label, counts }) => `${label}: ${counts}`)
                .join("; ")}.`}
            >
              <BarFigure
                label={`From property to price: ${stages.map(({ label, count }) => `${label} ${formatCount(count)}`).join(", ")}`}
                items={stages.map(({ label, count }) => ({ label, value: count }))}
              />
            </TableFigure>
          </div>
          <TableSection
            table={tables["funnel-searches"]}
            view={view}
            description={
              tables["funnel-searches"].rows.length < 200
                ? "Most contacts first."
                : "The 200 searches with most contacts; the others count in the numbers above."
            }
            empty="No search found anything in this time."
          />
          <TableSection
            table={tables["funnel-markets"]}
            view={view}
            description="The market a property was asked for in, or its city where a list was imported."
            empty="No market is known for what was found."
          />
        </>
      )}
    </MetricsFrame>
  );
}
