import { BotIcon } from "lucide-react";
import type { Metadata } from "next";
import { DaysFigure } from "@/components/metrics/days-figure";
import { everyDay } from "@/components/metrics/every-day";
import { pivot } from "@/components/metrics/pivot";
import { sayDay } from "@/components/metrics/say-cell";
import { TableFigure } from "@/components/metrics/table-figure";
import { TableSection } from "@/components/metrics/table-section";
import { Stat, StatGrid } from "@/components/shell/stat";
import { EmptyState } from "@/components/ui/empty-state";
import { formatCount, formatDuration, formatPercent, formatUsd } from "@/components/words/numbers";
import { loadTables } from "@/lib/metrics/load-tables";
import { loadView } from "@/lib/metrics/load-view";
import { metricsQuerySchema, saySpan, viewHref } from "@/lib/metrics/view";
import { requireOperator } from "@/lib/server/operator";
import { type PageQuery, readQuery } from "@/lib/server/read-query";
import { MetricsFrame } from "../metrics-frame";

export const metadata: Metadata = { title: "Agent metrics" };

export default async function AgentMetricsPage({ searchParams }: { searchParams: PageQuery }) {
  const { db } = await requireOperator();
  const view = await loadView(db, await readQuery(searchParams, metricsQuerySchema));
  const tables = await loadTables(db, view, ["agents", "agent-days", "learnings", "effects"]);
  const total = (key: string) =>
    tables.agents.rows.reduce((sum, { cells }) => sum + Number(cells[key] ?? 0), 0);
  const runs = total("runs");
  const slowest = tables.agents.rows.reduce<(typeof tables.agents.rows)[number] | undefined>(
    (worst, row) => (Number(row.cells.p95 ?? 0) > Number(worst?.cells.p95 ?? 0) ? row : worst),
    undefined,
  );
  const days = pivot(tables["agent-days"].rows, "day", "agent", "runs");
  return (
    <MetricsFrame
      db={db}
      path="/metrics/agents"
      view={view}
      filters={["search", "agent", "market"]}
      description="How the agents did, by the definition and model they ran with. A run counts for a search or market it was made for, or whose mail it read. Shadow and test runs are left out: nothing was done with them."
    >
      {runs === 0 ? (
        <EmptyState icon={BotIcon} title="No agent ran in this time">
          The sourcing agent runs when a search is created, the classifier when a reply needs reading. Choose
          a longer time or clear the filters.
        </EmptyState>
      ) : (
        <>
          <StatGrid>
            <Stat
              label="Runs"
              value={formatCount(runs)}
              hint={`in ${saySpan(view)}`}
              href={viewHref("/metrics/rows", view, { of: "runs" })}
            />
            <Stat
              label="Failed"
              value={formatCount(total("failed"))}
              hint={`${formatPercent(total("failed") / runs)} of the runs`}
              href={viewHref("/metrics/rows", view, { of: "runs", status: "failed" })}
            />
            <Stat
              label="Cost"
              value={formatUsd(total("cost"))}
              hint={`${formatCount(total("tokens"))} tokens`}
              href={viewHref("/metrics/rows", view, { of: "runs" })}
            />
            <Stat
              label="Slowest definition"
              value={formatDuration(slowest ? Number(slowest.cells.p95) : null)}
              hint="95% of its runs take up to this"
              {...(slowest?.links?.p95 ? { href: slowest.links.p95 } : {})}
            />
          </StatGrid>
          <div className="mb-8 grid gap-4">
            <TableFigure
              table={tables["agent-days"]}
              view={view}
              unit="runs, by agent"
              empty="No agent ran in this time."
            >
              <DaysFigure
                label={`Runs per day: ${formatCount(runs)} in all`}
                points={everyDay(days.points, view.from, view.to).map((point) => ({
                  ...point,
                  label: sayDay(point.label),
                }))}
                series={days.series}
              />
            </TableFigure>
          </div>
          <TableSection
            table={tables.agents}
            view={view}
            description="Right at once: the first answer fitted its schema, of all runs that got an answer. Learnings: how many stood in a prompt on average. A run that is still going counts as neither success nor failure."
            empty="No agent ran in this time."
          />
        </>
      )}
      <TableSection
        table={tables.learnings}
        view={view}
        description="Words people said about proposals. Better means more contacts, more people writing back, or fewer corrections than before they were said."
        empty="Nobody has said anything yet. Words given with a decision become learnings."
      />
      <TableSection
        table={tables.effects}
        view={view}
        description={tables.effects.rows.length < 20 ? undefined : "The 20 with the largest effect."}
        empty="No learning was measured in this time. Sourcing words are measured when their search is extracted again, classifier words after ten later mails or thirty days, words about a campaign fourteen days after its first mail."
      />
    </MetricsFrame>
  );
}
