import type { ReactNode } from "react";
import { FilterTabs } from "@/components/page/filter-tabs";
import { Section } from "@/components/page/section";
import { Input } from "@/components/ui/input";
import { PaginationByKey } from "@/components/ui/pagination-by-key";
import { MailPreview } from "./mail-preview";
import { TimelineChart } from "./timeline-chart";

interface CampaignPlanProps {
  readonly totals: ReactNode;
  readonly contacts: ReactNode;
  /** Template and schedule editors, while the plan may still change. */
  readonly editors?: ReactNode;
  readonly timeline: Parameters<typeof TimelineChart>[0]["days"];
  readonly timeZone: string;
  readonly dailyLimit: number;
  readonly preview: Parameters<typeof MailPreview>[0] | null;
  readonly query: string;
  readonly show: "enroll" | "left-out";
  readonly tabs: Parameters<typeof FilterTabs>[0]["tabs"];
  readonly firstHref: string | null;
  readonly nextHref: string | null;
}

/** A plan a person can trust in a minute: totals, timeline, mails word for word, contacts. */
export function CampaignPlan(props: CampaignPlanProps) {
  return (
    <>
      <Section title="The plan">{props.totals}</Section>
      <Section
        title={`Mails per day (${props.timeZone})`}
        description={`At most ${props.dailyLimit.toLocaleString("en-US")} in any 24 hours.`}
        frame="card"
      >
        <TimelineChart days={props.timeline} />
        <details className="mt-2 text-sm">
          <summary className="cursor-pointer text-muted-foreground">As a table</summary>
          <table className="mt-2 text-xs tabular-nums">
            <thead>
              <tr className="text-left">
                <th className="pr-6">Day</th>
                <th className="pr-6">First</th>
                <th className="pr-6">Second</th>
                <th>Third</th>
              </tr>
            </thead>
            <tbody>
              {props.timeline.map((day) => (
                <tr key={day.day}>
                  <td className="pr-6">{day.day}</td>
                  <td className="pr-6">{day.first}</td>
                  <td className="pr-6">{day.second}</td>
                  <td>{day.third}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </details>
      </Section>
      {props.preview && (
        <Section title="Every mail, as it will leave">
          <MailPreview {...props.preview} />
        </Section>
      )}
      <Section title="Contacts">
        <FilterTabs label="Who" tabs={props.tabs} />
        <search>
          <form className="max-w-sm">
            <input type="hidden" name="show" value={props.show} />
            <label htmlFor="plan-search" className="sr-only">
              Search contacts
            </label>
            <Input
              id="plan-search"
              data-page-search
              type="search"
              name="q"
              defaultValue={props.query}
              placeholder="Name, title or address"
            />
          </form>
        </search>
        {props.contacts}
        <PaginationByKey previousHref={props.firstHref} nextHref={props.nextHref} label="Contacts" />
      </Section>
      {props.editors}
    </>
  );
}
