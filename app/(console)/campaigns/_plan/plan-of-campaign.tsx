import { CampaignPlan } from "@/components/campaigns/campaign-plan";
import { PlanContacts } from "@/components/campaigns/plan-contacts";
import { PlanTotals } from "@/components/campaigns/plan-totals";
import { ScheduleForm } from "@/components/campaigns/schedule-form";
import { TemplateEditor } from "@/components/campaigns/template-editor";
import { Section } from "@/components/page/section";
import type { CampaignProposal } from "@/lib/approvals/proposals";
import { campaignSettingsSchema } from "@/lib/campaigns/campaign-settings";
import {
  type loadCampaign,
  loadPlanContacts,
  loadPlannedMails,
  loadTimeline,
  type PlanView,
} from "@/lib/campaigns/load-plan";
import type { Db } from "@/lib/db/client-options";
import { revise } from "../actions";

interface PlanOfCampaignProps {
  readonly db: Db;
  readonly campaign: NonNullable<Awaited<ReturnType<typeof loadCampaign>>>;
  readonly totals: CampaignProposal["totals"];
  readonly view: PlanView;
  /** The page this plan stands on; filters go into its query. */
  readonly path: string;
  readonly canChange: boolean;
}

/** A campaign's plan with everything loaded: the same on the approval and on the campaign's own page. */
export async function PlanOfCampaign({ db, campaign, totals, view, path, canChange }: PlanOfCampaignProps) {
  const revision = campaign.plan_revision;
  const [contacts, preview, timeline] = await Promise.all([
    loadPlanContacts(db, campaign.id, revision, view),
    loadPlannedMails(db, campaign.id, revision, view.contact),
    loadTimeline(db, campaign.id, revision),
  ]);
  const href = (change: Partial<Record<keyof PlanView, string | null>>) => {
    const query = new URLSearchParams();
    for (const [key, value] of Object.entries({ ...view, ...change })) if (value) query.set(key, value);
    return `${path}?${query}`;
  };
  const settings = campaignSettingsSchema.parse(campaign.settings);
  const steps = [...campaign.sequence_steps].sort((a, b) => a.step - b.step);
  return (
    <CampaignPlan
      totals={<PlanTotals totals={totals} timeZone={campaign.time_zone} />}
      timeline={timeline}
      timeZone={campaign.time_zone}
      dailyLimit={settings.dailyLimit}
      preview={
        preview && {
          ...preview,
          previousHref: preview.previous && href({ contact: preview.previous }),
          nextHref: preview.next && href({ contact: preview.next }),
        }
      }
      query={view.q ?? ""}
      show={view.show}
      tabs={[
        {
          label: "Will be mailed",
          count: totals.enrolled,
          active: view.show === "enroll",
          href: href({ show: "enroll", after: null }),
        },
        {
          label: "Left out",
          count: totals.contacts - totals.enrolled,
          active: view.show === "left-out",
          href: href({ show: "left-out", after: null }),
        },
      ]}
      firstHref={view.after ? href({ after: null }) : null}
      nextHref={contacts.next ? href({ after: contacts.next }) : null}
      contacts={
        <PlanContacts
          campaignId={campaign.id}
          isLeftOut={view.show === "left-out"}
          canChange={canChange}
          onRevise={revise}
          contacts={contacts.items.map((item) => ({
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
                onRevise={revise}
              />
            </Section>
          </>
        )
      }
    />
  );
}
