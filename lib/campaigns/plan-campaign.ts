import "server-only";
import { z } from "zod";
import type { SequenceTemplate } from "@/lib/campaigns/templates/default-sequence";
import { planSends } from "@/lib/schedule/plan-sends";
import type { PlannedContact } from "@/lib/schedule/planned-contact";
import { seedFrom } from "@/lib/schedule/random";
import type { SendWindow } from "@/lib/schedule/send-window";
import type { Json, Tables } from "@/lib/server/database.types";
import { ensure, unwrap } from "@/lib/server/database-error";
import { Refused } from "@/lib/server/refused";
import { serviceDb } from "@/lib/server/service-client";
import { campaignSettingsSchema } from "./campaign-settings";
import { type Candidate, candidateSchema, type DeskVoice, mergeValues, voiceOf, zoneOf } from "./candidate";
import { loadPlanningMailboxes } from "./planning-mailboxes";
import { readByContact } from "./read-by-contact";
import { type RenderedMail, renderSequence } from "./render-sequence";

const PAGE = 500;

const totalsSchema = z.object({
  planHash: z.string(),
  contacts: z.number(),
  enrolled: z.number(),
  leftOut: z.record(z.string(), z.number()),
  sends: z.number(),
  mailboxes: z.number(),
  firstDueAt: z.string().nullable(),
  lastDueAt: z.string().nullable(),
});
export type PlanTotals = z.infer<typeof totalsSchema>;

/** There is nothing to send from. */
class NoMailboxError extends Refused {
  override name = "NoMailboxError";
  constructor() {
    super("No mailbox is active. Add or resume one in Settings, then try again.");
  }
}

/**
 * Plans a campaign anew as its next revision: every contact of the search, enrolled or left out with a reason; every
 * mail rendered word for word and placed in time. Nothing real is scheduled until the plan is approved and activated.
 * @throws {NoMailboxError} when somebody could be mailed but nothing can send.
 */
export async function planCampaign(campaignId: string): Promise<{ revision: number; totals: PlanTotals }> {
  const db = serviceDb();
  const campaign = unwrap(
    await db
      .from("campaigns")
      .select("*, searches(buyer_name), sequence_steps(*)")
      .eq("id", campaignId)
      .single(),
  );
  const desk = unwrap(await db.from("desk_settings").select("*").eq("id", 1).single());
  const revision = campaign.plan_revision + 1;
  const voice = voiceOf(desk, campaign.searches.buyer_name);
  const templates = toTemplates(campaign.sequence_steps);
  const candidates = await readByContact("campaign_candidates", campaignId, candidateSchema);
  const drafts = candidates.map((candidate) => draft(candidate, templates, voice, campaign.time_zone));
  const sendable = drafts.filter((item) => item.mails.length > 0);
  const { mailboxes, takenElsewhere } = await loadPlanningMailboxes(sendable.length > 0);
  if (sendable.length > 0 && mailboxes.length === 0) throw new NoMailboxError();
  const settings = campaignSettingsSchema.parse(campaign.settings);
  const sends = planSends(
    sendable.map((item): PlannedContact => ({ contactId: item.candidate.contactId, zone: item.zone })),
    mailboxes,
    {
      ...settings,
      startAt: Math.max(Date.parse(settings.startAt), Date.now()),
      window: windowOf(campaign),
      hourlyLimit: Math.min(settings.hourlyLimit, desk.hourly_limit),
      dailyLimit: desk.daily_limit,
      campaignDailyLimit: settings.dailyLimit,
      takenElsewhere,
      gapBusinessDays: [...campaign.sequence_steps]
        .sort((a, b) => a.step - b.step)
        .map((step) => step.gap_business_days),
      seed: seedFrom(campaign.id),
    },
  );
  await savePlan(campaignId, revision, drafts, sends);
  const totals = totalsSchema.parse(
    unwrap(await db.rpc("seal_plan", { p_campaign_id: campaignId, p_revision: revision })),
  );
  return { revision, totals };
}

interface Draft {
  readonly candidate: Candidate;
  readonly zone: string;
  readonly decision: "enroll" | "excluded" | "dropped" | "blocked";
  readonly reason: string | null;
  readonly mails: readonly RenderedMail[];
}

function draft(
  candidate: Candidate,
  templates: readonly SequenceTemplate[],
  voice: DeskVoice,
  campaignZone: string,
): Draft {
  const zone = zoneOf(candidate, campaignZone);
  if (candidate.reason) {
    const decision = candidate.reason.startsWith("dropped") ? "dropped" : "excluded";
    return { candidate, zone, decision, reason: candidate.reason, mails: [] };
  }
  const rendered = renderSequence(templates, mergeValues(candidate, voice));
  if (!rendered.ok) return { candidate, zone, decision: "blocked", reason: rendered.reason, mails: [] };
  return { candidate, zone, decision: "enroll", reason: null, mails: rendered.mails };
}

/** When a campaign's mails may leave, as its schedule reads it. */
export function windowOf(
  campaign: Pick<Tables<"campaigns">, "window_start" | "window_end" | "window_days" | "closed_dates">,
): SendWindow {
  return {
    start: campaign.window_start.slice(0, 5),
    end: campaign.window_end.slice(0, 5),
    days: campaign.window_days,
    closedDates: new Set(campaign.closed_dates),
  };
}

export function toTemplates(steps: readonly Tables<"sequence_steps">[]): SequenceTemplate[] {
  return [...steps]
    .sort((a, b) => a.step - b.step)
    .map((step) => ({ step: step.step, subject: step.subject_template, body: step.body_template }));
}

async function savePlan(
  campaignId: string,
  revision: number,
  drafts: readonly Draft[],
  sends: ReturnType<typeof planSends>,
): Promise<void> {
  const byContact = groupByContact(sends);
  for (let start = 0; start < drafts.length; start += PAGE) {
    const chunk = drafts.slice(start, start + PAGE);
    const planned = chunk.flatMap((item) =>
      (byContact.get(item.candidate.contactId) ?? []).map((send) => {
        const mail = item.mails[send.step - 1];
        return {
          contact_id: send.contactId,
          step: send.step,
          due_at: new Date(send.dueAt).toISOString(),
          to_email: item.candidate.email,
          subject: mail?.subject,
          body: mail?.body,
        };
      }),
    );
    ensure(
      await serviceDb().rpc("save_plan_chunk", {
        p_campaign_id: campaignId,
        p_revision: revision,
        p_enrollments: chunk.map((item) => ({
          contact_id: item.candidate.contactId,
          property_id: item.candidate.propertyId,
          mailbox_id: byContact.get(item.candidate.contactId)?.[0]?.mailboxId ?? null,
          time_zone: item.zone,
          decision: item.decision,
          reason: item.reason,
        })) as unknown as Json,
        p_sends: planned as unknown as Json,
      }),
    );
  }
}

function groupByContact(sends: ReturnType<typeof planSends>): Map<string, ReturnType<typeof planSends>> {
  const groups = new Map<string, ReturnType<typeof planSends>>();
  for (const send of sends) {
    const group = groups.get(send.contactId);
    if (group) group.push(send);
    else groups.set(send.contactId, [send]);
  }
  return groups;
}
