import { ActivityIcon } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { formatCount, formatPercent } from "@/components/format/numbers";
import { AgentTable } from "@/components/metrics/agent-table";
import { CategoryFigure } from "@/components/metrics/category-figure";
import { FunnelFigure } from "@/components/metrics/funnel-figure";
import { LimitMeter } from "@/components/metrics/limit-meter";
import { WaitingList } from "@/components/metrics/waiting-list";
import { FilterTabs } from "@/components/page/filter-tabs";
import { PageHeader } from "@/components/page/page-header";
import { Section } from "@/components/page/section";
import { Stat, StatGrid } from "@/components/page/stat";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { requireOperator } from "@/lib/auth/operator";
import { loadMetrics } from "@/lib/metrics/load-metrics";
import { categoriesOf, funnelOf, RANGES, rangeSchema } from "@/lib/metrics/overview";

export const metadata: Metadata = { title: "Metrics" };

export default async function MetricsPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { db } = await requireOperator();
  const days = rangeSchema.parse((await searchParams).days);
  const { overview, limits, checkpoints } = await loadMetrics(db, days);
  const funnel = funnelOf(overview);
  const warm = funnel.at(-1)?.count ?? 0;
  const nothing = overview.searches === 0 && overview.sent === 0 && overview.agents.length === 0;
  return (
    <>
      <PageHeader title="Metrics" description="What the desk's work came to, and how the agents did." />
      <FilterTabs
        label="Time range"
        tabs={RANGES.map((range) => ({
          label: `${range} days`,
          href: range === 30 ? "/metrics" : `/metrics?days=${range}`,
          active: range === days,
        }))}
      />
      <StatGrid>
        <Stat
          label="Wait for a decision"
          value={formatCount(overview.approvalsPending)}
          href="/"
          hint="now"
        />
        <Stat
          label="Replies for a person"
          value={formatCount(overview.repliesForAPerson)}
          href="/replies"
          hint="now"
        />
        <Stat
          label="Contacts who replied"
          value={formatCount(overview.replied)}
          hint={
            overview.enrolled > 0
              ? `${formatPercent(Math.min(1, overview.replied / overview.enrolled))} of enrolled, last ${days} days`
              : `last ${days} days`
          }
        />
        <Stat
          label="Interested or priced"
          value={formatCount(warm)}
          hint={`last ${days} days`}
          href="/replies?tab=all"
        />
        <Stat
          label="Uncertain sends"
          value={formatCount(overview.uncertainSends)}
          hint={overview.uncertainSends > 0 ? "a person settles them" : "none to settle"}
        />
      </StatGrid>
      {nothing ? (
        <EmptyState
          icon={ActivityIcon}
          title={`Nothing happened in the last ${days} days`}
          action={
            <Button asChild variant="outline">
              <Link href="/searches">Go to searches</Link>
            </Button>
          }
        >
          Create a search: what it finds, sends and brings back is counted here as it happens.
        </EmptyState>
      ) : (
        <div className="mb-8 grid items-start gap-4 lg:grid-cols-2">
          <FunnelFigure stages={funnel} days={days} />
          <CategoryFigure categories={categoriesOf(overview)} days={days} />
        </div>
      )}
      <div className="grid gap-x-4 lg:grid-cols-2">
        <Section
          title="Sending against the limits"
          description="Rolling windows over all mailboxes, as of now."
          frame="card"
        >
          <div className="grid gap-5">
            <LimitMeter label="Last 60 minutes" used={overview.sentLastHour} limit={limits.hourly} />
            <LimitMeter label="Last 24 hours" used={overview.sentLastDay} limit={limits.daily} />
            <p className="text-xs text-muted-foreground tabular-nums">
              {formatCount(overview.scheduled)} more mails are scheduled.
            </p>
          </div>
        </Section>
        <Section title="Checkpoints" description="What waits for a person now." frame="flush">
          <WaitingList checkpoints={checkpoints} />
        </Section>
      </div>
      <Section
        title="Agents"
        description={`Last ${days} days. Runs still going on count as neither success nor failure.`}
        frame="flush"
      >
        {overview.agents.length > 0 ? (
          <AgentTable agents={overview.agents} />
        ) : (
          <p className="px-4 py-6 text-center text-muted-foreground">No agent has run in this time.</p>
        )}
      </Section>
    </>
  );
}
