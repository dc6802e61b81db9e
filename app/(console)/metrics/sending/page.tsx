import { SendIcon } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { DaysFigure } from "@/components/metrics/days-figure";
import { everyDay } from "@/components/metrics/every-day";
import { ExportLink } from "@/components/metrics/export-link";
import { LimitMeter } from "@/components/metrics/limit-meter";
import { sayDay } from "@/components/metrics/say-cell";
import { TableFigure } from "@/components/metrics/table-figure";
import { TableSection } from "@/components/metrics/table-section";
import { Section } from "@/components/shell/section";
import { Stat, StatGrid } from "@/components/shell/stat";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { formatCount, formatPercent } from "@/components/words/numbers";
import { loadTables } from "@/lib/metrics/load-tables";
import { loadView } from "@/lib/metrics/load-view";
import { metricsQuerySchema, saySpan, viewHref } from "@/lib/metrics/view";
import { requireOperator } from "@/lib/server/operator";
import { type PageQuery, readQuery } from "@/lib/server/read-query";
import { MetricsFrame } from "../metrics-frame";

export const metadata: Metadata = { title: "Sending metrics" };

export default async function SendingMetricsPage({ searchParams }: { searchParams: PageQuery }) {
  const { db } = await requireOperator();
  const view = await loadView(db, await readQuery(searchParams, metricsQuerySchema));
  const tables = await loadTables(db, view, ["send-days", "mailboxes", "domains", "limits"]);
  const days = tables["send-days"].rows;
  const total = (key: string) => days.reduce((sum, { cells }) => sum + Number(cells[key] ?? 0), 0);
  const sent = total("sent");
  const points = days.map(({ cells }) => ({
    label: String(cells.day),
    arrived: Number(cells.sent) - Number(cells.bounced),
    bounced: Number(cells.bounced),
  }));
  const daily = Number(tables.limits.rows[0]?.cells.day_limit ?? 0);
  return (
    <MetricsFrame
      db={db}
      path="/metrics/sending"
      view={view}
      filters={["search", "market"]}
      description="What left the desk, against its limits, and what bounced or drew a complaint."
    >
      <Section
        title="Against the limits, now"
        description="Rolling windows. Mail sent by hand from a mailbox takes places too."
        actions={<ExportLink table="limits" title="Against the limits, now" view={view} />}
      >
        <div className="grid gap-3 md:grid-cols-2 xl:grid-cols-3">
          {tables.limits.rows.map(({ id, cells, links }) => (
            <div key={id} className="grid gap-4 rounded-lg border bg-card p-4">
              <h3 className="font-semibold break-all">{cells.name}</h3>
              <LimitMeter
                label="Last 60 minutes"
                used={Number(cells.hour_used)}
                limit={Number(cells.hour_limit)}
                href={links?.hour_used}
              />
              <LimitMeter
                label="Last 24 hours"
                used={Number(cells.day_used)}
                limit={Number(cells.day_limit)}
                href={links?.day_used}
              />
            </div>
          ))}
        </div>
      </Section>
      {sent === 0 ? (
        <EmptyState
          icon={SendIcon}
          title="No mail left in this time"
          action={
            <Button asChild variant="outline">
              <Link href="/campaigns">Go to campaigns</Link>
            </Button>
          }
        >
          Mail leaves once a campaign is approved. Choose a longer time or clear the filters.
        </EmptyState>
      ) : (
        <>
          <StatGrid>
            <Stat
              label="Sent"
              value={formatCount(sent)}
              hint={`in ${saySpan(view)}`}
              href={viewHref("/metrics/rows", view, { of: "mails-sent" })}
            />
            <Stat
              label="Bounced"
              value={formatPercent(total("bounced") / sent)}
              hint={`${formatCount(total("bounced"))} mails`}
              href={viewHref("/metrics/rows", view, { of: "bounced" })}
            />
            <Stat
              label="Complaints"
              value={formatPercent(total("complained") / sent, 2)}
              hint={`${formatCount(total("complained"))} mails`}
              href={viewHref("/metrics/rows", view, { of: "complained" })}
            />
          </StatGrid>
          <div className="mb-8 grid gap-4">
            <TableFigure
              table={tables["send-days"]}
              view={view}
              unit="mails, by day of leaving"
              empty="No mail left in this time."
              note={`The desk may send ${formatCount(daily)} mails in any 24 hours. A bounce or complaint counts on the day its mail left.`}
            >
              <DaysFigure
                label={`Mails sent per day: ${formatCount(sent)} in all, ${formatCount(total("bounced"))} bounced`}
                points={everyDay(points, view.from, view.to).map((point) => ({
                  ...point,
                  label: sayDay(point.label),
                }))}
                series={[
                  { key: "arrived", label: "Sent and not bounced" },
                  { key: "bounced", label: "Bounced" },
                ]}
                limit={{ value: daily, label: "daily limit" }}
              />
            </TableFigure>
          </div>
          <TableSection table={tables.mailboxes} view={view} empty="No mailbox sent in this time." />
          <TableSection
            table={tables.domains}
            view={view}
            description={`The 50 domains most mails went to, in whole months (UTC) from ${view.from.slice(0, 7)} to ${view.to.slice(0, 7)}, over all searches and markets.`}
            empty="No mail left in these months."
          />
        </>
      )}
    </MetricsFrame>
  );
}
