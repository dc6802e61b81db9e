import { CampaignPlan } from "@/components/campaigns/campaign-plan";
import { PlanChanges } from "@/components/campaigns/plan-changes";
import { PlanContacts, type SortLink } from "@/components/campaigns/plan-contacts";
import { PlanTimeline } from "@/components/campaigns/plan-timeline";
import { PlanTotals } from "@/components/campaigns/plan-totals";
import { ScheduleForm } from "@/components/campaigns/schedule-form";
import { TemplateEditor } from "@/components/campaigns/template-editor";
import { Section } from "@/components/shell/section";
import type { CampaignProposal } from "@/lib/approvals/proposals";
import { campaignSettingsSchema } from "@/lib/campaigns/campaign-settings";
import type { loadCampaign } from "@/lib/campaigns/load-plan";
import { loadPlanView } from "@/lib/campaigns/load-plan-view";
import type { PLAN_SORTS, PlanView } from "@/lib/campaigns/plan-view";
import type { Db } from "@/lib/server/client-options";
import { revise } from "../actions";

interface PlanOfCampaignProps {
  readonly db: Db;
  readonly campaign: NonNullable<Awaited<ReturnType<typeof loadCampaign>>>;
  readonly totals: CampaignProposal["totals"];
  readonly view: PlanView;
  /** The page this plan stands on; filters go into its query. */
  readonly path: string;
  readonly canChange: boolean;
  /** What was asked for of this revision and how it was understood */
  readonly notes?: readonly string[];
}

/** A campaign's plan with everything loaded: the same on the approval and on the campaign's own page. */
export async function PlanOfCampaign(props: PlanOfCampaignProps) {
  const { db, campaign, totals, view, path, canChange, notes = [] } = props;
  const revision = campaign.plan_revision;
  const plan = await loadPlanView(db, campaign, view);
  const { contacts, preview, timeline } = plan;
  const href = (change: Partial<Record<keyof PlanView, string | null>>) => {
    const query = new URLSearchParams();
    const shown = { ...view, ...change };
    for (const [key, value] of Object.entries(shown))
      if (value && !isUsual(key, value)) query.set(key, value);
    return query.size > 0 ? `${path}?${query}` : path;
  };
  // A narrower list begins at its first page.
  const list = (change: Partial<Record<keyof PlanView, string | null>>) =>
    href({ after: null, before: null, ...change });
  const sortBy = (sort: (typeof PLAN_SORTS)[number]): SortLink => ({
    now: view.sort === sort ? view.dir : null,
    href: list({ sort, dir: view.sort === sort && view.dir === "up" ? "down" : "up" }),
  });
  const settings = campaignSettingsSchema.parse(campaign.settings);
  const steps = [...campaign.sequence_steps].sort((a, b) => a.step - b.step);
  return (
    <CampaignPlan
      totals={<PlanTotals totals={totals} timeZone={campaign.time_zone} />}
      changes={
        plan.changes && <PlanChanges changes={plan.changes} notes={notes} timeZone={campaign.time_zone} />
      }
      timeline={
        <PlanTimeline
          days={timeline.days.map((day) => ({ ...day, href: href({ day: day.label }) }))}
          day={timeline.day}
          hours={timeline.hours}
          timeZone={campaign.time_zone}
          dailyLimit={settings.dailyLimit}
          deskDailyLimit={plan.desk.daily_limit}
          hourlyLimit={Math.min(settings.hourlyLimit, plan.desk.hourly_limit)}
        />
      }
      preview={
        preview && {
          ...preview,
          previousHref: preview.previous && href({ contact: preview.previous }),
          nextHref: preview.next && href({ contact: preview.next }),
        }
      }
      query={view.q ?? ""}
      path={path}
      keep={{
        show: view.show,
        sort: view.sort,
        dir: view.dir,
        contact: view.contact,
        day: view.day,
      }}
      tabs={[
        {
          label: "Will be mailed",
          count: totals.enrolled,
          active: view.show === "enroll",
          href: list({ show: "enroll", why: null }),
        },
        {
          label: "Left out",
          count: totals.contacts - totals.enrolled,
          active: view.show === "left-out",
          href: list({ show: "left-out", why: null }),
        },
      ]}
      reasons={
        view.show === "left-out"
          ? [
              { label: "Any reason", active: !view.why, href: list({ why: null }) },
              ...Object.entries(totals.leftOut)
                .sort(([, a], [, b]) => b - a)
                .map(([why, count]) => ({
                  label: why,
                  count,
                  active: view.why === why,
                  href: list({ why }),
                })),
            ]
          : []
      }
      previousHref={contacts.previous ? list({ before: contacts.previous }) : null}
      nextHref={contacts.next ? list({ after: contacts.next }) : null}
      contacts={
        <PlanContacts
          key={`${revision} ${view.show}`}
          campaignId={campaign.id}
          isLeftOut={view.show === "left-out"}
          canChange={canChange}
          sorts={{ name: sortBy("name"), company: sortBy("company"), firstMail: sortBy("first-mail") }}
          search={view.q && plan.matches !== null ? { words: view.q, matches: plan.matches } : null}
          onRevise={revise}
          contacts={contacts.rows.map((item) => ({
            id: item.contact_id,
            name: item.contacts.full_name,
            title: item.contacts.title,
            email: item.contacts.email,
            company: item.contacts.companies?.name ?? null,
            property: item.properties
              ? [item.properties.address, item.properties.city].filter(Boolean).join(", ")
              : null,
            reason: item.reason,
            isDropped: item.decision === "dropped",
            firstDueAt: item.first_due_at,
            timeZone: item.time_zone,
            previewHref: href({ contact: item.contact_id }),
          }))}
        />
      }
      editors={
        canChange && (
          <>
            <Section
              title="Schedule"
              description="A change plans every mail again and asks for a new approval."
              frame="card"
            >
              <ScheduleForm
                key={`schedule ${revision}`}
                campaignId={campaign.id}
                timeZone={campaign.time_zone}
                startAt={settings.startAt}
                windowStart={campaign.window_start.slice(0, 5)}
                windowEnd={campaign.window_end.slice(0, 5)}
                dailyLimit={settings.dailyLimit}
                gaps={steps.map((step) => step.gap_business_days)}
                onRevise={revise}
              />
            </Section>
            <Section title="Templates" description="What the mails are written from." frame="card">
              <TemplateEditor
                key={`templates ${revision}`}
                campaignId={campaign.id}
                templates={steps.map((step) => ({
                  step: step.step,
                  subject: step.subject_template,
                  body: step.body_template,
                }))}
                preview={preview && plan.values && { name: preview.name, values: plan.values }}
                onRevise={revise}
              />
            </Section>
          </>
        )
      }
    />
  );
}

const USUAL: Readonly<Record<string, string>> = { show: "enroll", sort: "name", dir: "up" };

/** What an address need not say, because it is so anyway. */
function isUsual(key: string, value: string): boolean {
  return USUAL[key] === value;
}
