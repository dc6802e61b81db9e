import type { ReactNode } from "react";
import { FilterTabs } from "@/components/shell/filter-tabs";
import { SearchBox } from "@/components/shell/search-box";
import { Section } from "@/components/shell/section";
import { PaginationByKey } from "@/components/ui/pagination-by-key";
import { MailPreview } from "./mail-preview";

interface CampaignPlanProps {
  readonly totals: ReactNode;
  readonly changes?: ReactNode;
  readonly timeline: ReactNode;
  readonly contacts: ReactNode;
  /** Template and schedule editors, while the plan may still change. */
  readonly editors?: ReactNode;
  readonly preview: Parameters<typeof MailPreview>[0] | null;
  readonly query: string;
  readonly path: string;
  /** The rest of the view, kept when searching. */
  readonly keep: Record<string, string | undefined>;
  readonly tabs: Parameters<typeof FilterTabs>[0]["tabs"];
  /** Why contacts are left out, each a narrower list; empty elsewhere. */
  readonly reasons: Parameters<typeof FilterTabs>[0]["tabs"];
  readonly previousHref: string | null;
  readonly nextHref: string | null;
}

/** A plan a person can trust in a minute: totals, what changed, timeline, mails word for word, contacts. */
export function CampaignPlan(props: CampaignPlanProps) {
  return (
    <>
      <Section title="The plan">{props.totals}</Section>
      {props.changes}
      {props.timeline}
      {props.preview && (
        <Section title="Every mail, as it will leave">
          <MailPreview {...props.preview} />
        </Section>
      )}
      <Section title="Contacts">
        <FilterTabs label="Who" tabs={props.tabs} />
        {props.reasons.length > 1 && <FilterTabs label="Why" tabs={props.reasons} />}
        <SearchBox
          action={props.path}
          label="Name, title, address, company or property"
          value={props.query}
          keep={props.keep}
        />
        {props.contacts}
        <PaginationByKey previousHref={props.previousHref} nextHref={props.nextHref} label="Contacts" />
      </Section>
      {props.editors}
    </>
  );
}
