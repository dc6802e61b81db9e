import { InboxIcon } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { CalibrationFigure } from "@/components/metrics/calibration-figure";
import { ConfusionGrid } from "@/components/metrics/confusion-grid";
import { ExportLink } from "@/components/metrics/export-link";
import { LinesFigure } from "@/components/metrics/lines-figure";
import { sayDay } from "@/components/metrics/say-cell";
import { TableFigure } from "@/components/metrics/table-figure";
import { TableSection } from "@/components/metrics/table-section";
import { Section } from "@/components/shell/section";
import { Stat, StatGrid } from "@/components/shell/stat";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { formatCount, formatDuration, formatPercent, NO_VALUE } from "@/components/words/numbers";
import { calibrationError, scoreAll } from "@/lib/metrics/judge-categories";
import { loadJudged } from "@/lib/metrics/load-judged";
import { loadTables } from "@/lib/metrics/load-tables";
import { loadView } from "@/lib/metrics/load-view";
import { metricsQuerySchema, saySpan, viewHref } from "@/lib/metrics/view";
import { requireOperator } from "@/lib/server/operator";
import { type PageQuery, readQuery } from "@/lib/server/read-query";
import { MetricsFrame } from "../metrics-frame";

export const metadata: Metadata = { title: "Reply metrics" };

export default async function ReplyMetricsPage({ searchParams }: { searchParams: PageQuery }) {
  const { db } = await requireOperator();
  const view = await loadView(db, await readQuery(searchParams, metricsQuerySchema));
  const [{ confusion, calibration }, tables] = await Promise.all([
    loadJudged(db, view),
    loadTables(db, view, ["categories", "calibration", "replies", "reply-weeks"]),
  ]);
  const { judged, right, accuracy } = scoreAll(confusion);
  const off = calibrationError(calibration);
  const all = tables.replies.rows.find(({ id }) => id === "all")?.cells ?? {};
  const weeks = tables["reply-weeks"];
  const number = (key: string) => Number(all[key] ?? 0);
  return (
    <MetricsFrame
      db={db}
      path="/metrics/replies"
      view={view}
      filters={["search", "market"]}
      description="How soon mail is routed and answered, and how often the classifier reads it as people do."
    >
      {number("mails") === 0 ? (
        <EmptyState
          icon={InboxIcon}
          title="No mail came in in this time"
          action={
            <Button asChild variant="outline">
              <Link href="/settings/mailboxes">Look at the mailboxes</Link>
            </Button>
          }
        >
          Mail is read as soon as a mailbox is connected. Choose a longer time or clear the filters.
        </EmptyState>
      ) : (
        <>
          <StatGrid>
            <Stat
              label="Mails"
              value={formatCount(number("mails"))}
              hint={`in ${saySpan(view)}`}
              href={viewHref("/metrics/rows", view, { of: "mails" })}
            />
            <Stat
              label="Routed, half within"
              value={formatDuration(all.routedP50 === null ? null : number("routedP50"))}
              hint={`95% within ${formatDuration(all.routedP95 === null ? null : number("routedP95"))} of arrival`}
              href={viewHref("/metrics/rows", view, { of: "routed" })}
            />
            <Stat
              label="Answered, half within"
              value={formatDuration(all.answeredP50 === null ? null : number("answeredP50"))}
              hint={`${formatCount(number("answered"))} answered by a person`}
              href={viewHref("/metrics/rows", view, { of: "answered" })}
            />
            <Stat
              label="Classifier agreed with people"
              value={formatPercent(accuracy)}
              hint={
                judged > 0
                  ? `${formatCount(right)} of ${formatCount(judged)} judged mails`
                  : "no mail was judged"
              }
              {...(judged > 0 ? { href: viewHref("/metrics/rows", view, { of: "judged" }) } : {})}
            />
          </StatGrid>
          <div className="mb-8 grid gap-4">
            <TableFigure
              table={weeks}
              view={view}
              unit="half of the mails took up to this, by week of arrival"
              empty="No mail came in in this time."
            >
              <LinesFigure
                label="Response times by week"
                kind="ms"
                series={[
                  { key: "routed", label: "Arrival to routed" },
                  { key: "answered", label: "Arrival to answered" },
                ]}
                points={weeks.rows.map(({ cells }) => ({
                  label: sayDay(String(cells.week)),
                  routed: cells.routedP50 ?? null,
                  answered: cells.answeredP50 ?? null,
                }))}
              />
            </TableFigure>
          </div>
          <TableSection
            table={tables.replies}
            view={view}
            description="From arrival in the mailbox. Answered means a person's mail back has left."
            empty="No mail came in in this time."
          />
        </>
      )}
      <Section
        title="Classifier against people"
        description={
          judged > 0
            ? `${formatCount(judged)} mails the classifier read were judged by a person in this time: by deciding its proposal, looking back, or correcting the category. A mail nobody judged is in none of these numbers.`
            : "A mail counts here once a person has decided its proposal, looked back at it, or corrected its category."
        }
        frame={judged > 0 ? "flush" : "none"}
        actions={judged > 0 && <ExportLink table="confusion" title="Classifier against people" view={view} />}
      >
        {judged > 0 ? (
          <ConfusionGrid pairs={confusion} view={view} />
        ) : (
          <EmptyState
            title="Nobody judged a mail in this time"
            action={
              <Button asChild variant="outline">
                <Link href="/approvals?look=back">Look back at some</Link>
              </Button>
            }
          >
            Open a reply and say what it really is, or look back at what passed in auto.
          </EmptyState>
        )}
      </Section>
      {judged > 0 && (
        <>
          <TableSection
            table={tables.categories}
            view={view}
            description="Precision: of the mails the classifier put here, how many belong here. Recall: of the mails that belong here, how many it put here."
            empty="No mail was judged in this time."
          />
          <TableFigure
            table={tables.calibration}
            view={view}
            unit="share that was right, by confidence"
            empty="No judged mail has a confidence."
            note={`On the dashed line the classifier is right as often as it says. It is off by ${off === null ? NO_VALUE : formatPercent(off)} on average; below the line it is too sure of itself.`}
          >
            <CalibrationFigure
              label={`Confidence against being right, off by ${formatPercent(off)} on average`}
              points={tables.calibration.rows.map(({ cells }) => ({
                confidence: Number(cells.confidence),
                right: Number(cells.right),
                mails: `${formatCount(Number(cells.mails))} mails`,
              }))}
            />
          </TableFigure>
        </>
      )}
    </MetricsFrame>
  );
}
