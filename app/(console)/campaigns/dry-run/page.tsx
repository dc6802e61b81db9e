import type { Metadata } from "next";
import Link from "next/link";
import { ForecastSums } from "@/components/campaigns/forecast-sums";
import { ForecastTable } from "@/components/campaigns/forecast-table";
import { FilterTabs } from "@/components/shell/filter-tabs";
import { PageHeader } from "@/components/shell/page-header";
import { Section } from "@/components/shell/section";
import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert";
import { EmptyState } from "@/components/ui/empty-state";
import { PaginationByKey } from "@/components/ui/pagination-by-key";
import { formatCount } from "@/components/words/numbers";
import { forecastSending } from "@/lib/sending/forecast/forecast-sending";
import {
  forecastViewSchema,
  pageOfForecast,
  sumByMailbox,
  sumSkips,
} from "@/lib/sending/forecast/page-of-forecast";
import { env } from "@/lib/server/env";
import { requireOperator } from "@/lib/server/operator";
import { type PageQuery, readQuery } from "@/lib/server/read-query";

export const metadata: Metadata = { title: "What would leave" };

const SPANS = [
  ["1", "Next hour"],
  ["24", "24 hours"],
  ["72", "3 days"],
  ["168", "7 days"],
] as const;
const HOUR_MS = 3_600_000;

/** What would leave, when, and from which mailbox: the dispatcher's rules on today's rows, with nothing sent or changed. */
export default async function DryRunPage({ searchParams }: { searchParams: PageQuery }) {
  const { db } = await requireOperator();
  const { hours, after } = await readQuery(searchParams, forecastViewSchema);
  const forecast = await forecastSending(db, Date.now() + Number(hours) * HOUR_MS);
  const { rows, next } = pageOfForecast(forecast.leaves, after);
  const href = (span: string, key?: string) =>
    `/campaigns/dry-run?${new URLSearchParams({ hours: span, ...(key ? { after: key } : {}) })}`;
  return (
    <>
      <PageHeader
        above={
          <Link href="/campaigns" className="text-sm text-muted-foreground">
            ← Campaigns
          </Link>
        }
        title="What would leave"
        description={
          env().DRY_RUN
            ? "This is a dry run: nothing leaves. These mails would have, if every relay answered and nobody replied."
            : "The next mails if every relay answers and nobody replies or presses a button. Looking changes nothing."
        }
      />
      <FilterTabs
        label="How far ahead"
        tabs={SPANS.map(([span, label]) => ({ label, href: href(span), active: span === hours }))}
      />
      {forecast.stoppedBecause && (
        <Alert variant="attention" className="mb-4">
          <AlertTitle>Nothing would leave: sending is stopped</AlertTitle>
          <AlertDescription>{forecast.stoppedBecause}</AlertDescription>
        </Alert>
      )}
      {forecast.isCut && (
        <Alert variant="info" className="mb-4">
          <AlertTitle>More is scheduled than is shown</AlertTitle>
          <AlertDescription>Choose a shorter span to see all of it.</AlertDescription>
        </Alert>
      )}
      <Section
        title={`${formatCount(forecast.leaves.length)} mails`}
        description={
          forecast.stays > 0
            ? `${formatCount(forecast.stays)} more fall due and would still wait: for a limit, a window, the pace or a paused mailbox.`
            : undefined
        }
      >
        <ForecastSums mailboxes={sumByMailbox(forecast.leaves)} skips={sumSkips(forecast.skips)} />
        {rows.length === 0 ? (
          <EmptyState title="No mail would leave in this time">
            Choose a longer span above, or see <Link href="/campaigns">the campaigns</Link>.
          </EmptyState>
        ) : (
          <ForecastTable rows={rows} />
        )}
        <PaginationByKey
          previousHref={after ? href(hours) : null}
          nextHref={next ? href(hours, next) : null}
          label="Mails"
        />
      </Section>
    </>
  );
}
