import Link from "next/link";
import { Section } from "@/components/shell/section";
import { formatCount } from "@/components/words/numbers";
import { TimelineChart } from "./timeline-chart";
import { timelineLabel } from "./timeline-label";

type Entries = Parameters<typeof TimelineChart>[0]["entries"];

interface PlanTimelineProps {
  readonly days: readonly (Entries[number] & { readonly href: string })[];
  /** The day whose hours are shown */
  readonly day: string | null;
  readonly hours: Entries;
  readonly timeZone: string;
  /** The campaign's own in any 24 hours, and the desk's */
  readonly dailyLimit: number;
  readonly deskDailyLimit: number;
  readonly hourlyLimit: number;
}

/** A plan's mails per day, and per hour of a chosen one, against the limits, with what other campaigns send at the same time. */
export function PlanTimeline(props: PlanTimelineProps) {
  const { days, day, hours } = props;
  return (
    <>
      <Section
        title={`Mails per day (${props.timeZone})`}
        description={`At most ${formatCount(props.dailyLimit)} of this campaign and ${formatCount(props.deskDailyLimit)} of the desk in any 24 hours. Choose a day in the table for its hours.`}
        frame="card"
      >
        <TimelineChart kind="day" entries={days} limit={props.dailyLimit} />
        <details className="mt-2 text-sm" open={days.length <= 8}>
          <summary className="cursor-pointer text-muted-foreground touch:min-h-11 touch:content-center">
            As a table
          </summary>
          <TimelineTable
            first="Day"
            rows={days.map((entry) => ({
              entry,
              label: (
                <Link
                  href={entry.href}
                  scroll={false}
                  aria-current={entry.label === day ? "true" : undefined}
                  className={entry.label === day ? "font-semibold" : undefined}
                >
                  {timelineLabel("day", entry.label)}
                </Link>
              ),
            }))}
          />
        </details>
      </Section>
      {day && (
        <Section
          title={`Hours of ${timelineLabel("day", day)} (${props.timeZone})`}
          description={`The desk sends at most ${formatCount(props.hourlyLimit)} in any hour.`}
          frame="card"
        >
          <TimelineChart kind="hour" entries={hours} limit={props.hourlyLimit} />
          <details className="mt-2 text-sm">
            <summary className="cursor-pointer text-muted-foreground touch:min-h-11 touch:content-center">
              As a table
            </summary>
            <TimelineTable
              first="Hour"
              rows={hours.map((entry) => ({ entry, label: timelineLabel("hour", entry.label) }))}
            />
          </details>
        </Section>
      )}
    </>
  );
}

function TimelineTable({
  first,
  rows,
}: {
  first: string;
  rows: readonly { readonly entry: Entries[number]; readonly label: React.ReactNode }[];
}) {
  return (
    <div className="mt-2 overflow-x-auto">
      <table className="text-xs tabular-nums">
        <thead>
          <tr className="text-left">
            {[first, "First", "Second", "Third", "Other campaigns"].map((heading) => (
              <th key={heading} className="pr-6 font-semibold">
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ entry, label }) => (
            <tr key={entry.label}>
              <td className="pr-6 touch:h-11">{label}</td>
              <td className="pr-6">{formatCount(entry.first)}</td>
              <td className="pr-6">{formatCount(entry.second)}</td>
              <td className="pr-6">{formatCount(entry.third)}</td>
              <td>{formatCount(entry.others)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
