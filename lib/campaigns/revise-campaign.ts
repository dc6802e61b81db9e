import "server-only";
import { Temporal } from "temporal-polyfill";
import { z } from "zod";
import type { SequenceTemplate } from "@/lib/campaigns/templates/default-sequence";
import { checkTemplate } from "@/lib/campaigns/templates/template";
import type { Tables } from "@/lib/server/database.types";
import { ensure, unwrap } from "@/lib/server/database-error";
import { Refused } from "@/lib/server/refused";
import { serviceDb } from "@/lib/server/service-client";
import { campaignSettingsSchema } from "./campaign-settings";
import { changeable } from "./changeable";
import { findMatches } from "./load-plan";
import { toTemplates } from "./plan-campaign";
import { planViewSchema } from "./plan-view";
import { type CampaignOutcome, proposeCampaign } from "./propose-campaign";
import { changesOfWords, type SpokenOf } from "./words/changes-of-words";

const matchSchema = z.object({ q: z.string().trim().min(1).max(100) });

export const campaignChangesSchema = z.object({
  drop: z.array(z.uuid()).max(10_000).optional(),
  restore: z.array(z.uuid()).max(10_000).optional(),
  /** Drops everybody a search in the plan finds, or restores those of them a person dropped. */
  dropMatching: matchSchema.optional(),
  restoreMatching: matchSchema.optional(),
  ...changeable,
  windowStart: z
    .string()
    .regex(/^\d{2}:\d{2}$/)
    .optional(),
  windowEnd: z
    .string()
    .regex(/^\d{2}:\d{2}$/)
    .optional(),
});
export type CampaignChanges = z.infer<typeof campaignChangesSchema>;

/**
 * Changes a campaign that still waits for approval and plans it again: the old proposal is superseded by one with its own
 * hash. Nothing is approved here.
 * @throws {Refused} before anything is changed.
 */
export async function reviseCampaign(campaignId: string, changes: CampaignChanges): Promise<CampaignOutcome> {
  return proposeCampaign(campaignId, await applyChanges(campaignId, changes));
}

/**
 * Applies a person's words about a plan and plans it again. Words the rules cannot read are kept as a note beside the new
 * revision, so nobody believes they were applied.
 */
export async function reviseByFeedback(campaignId: string, words: string): Promise<CampaignOutcome> {
  const campaign = unwrap(
    await serviceDb().from("campaigns").select("*, sequence_steps(*)").eq("id", campaignId).single(),
  );
  const today = Temporal.Now.plainDateISO(campaign.time_zone).toString();
  const { changes, skipTitles, notes } = changesOfWords(words, spokenOf(campaign), today);
  const drop = await findByTitle(campaignId, campaign.plan_revision, skipTitles);
  await applyChanges(campaignId, { ...changes, drop });
  return proposeCampaign(campaignId, notes);
}

/** A stored campaign as words about it are read. */
export function spokenOf(
  campaign: Tables<"campaigns"> & { readonly sequence_steps: readonly Tables<"sequence_steps">[] },
): SpokenOf {
  return {
    timeZone: campaign.time_zone,
    windowStart: campaign.window_start,
    windowEnd: campaign.window_end,
    templates: toTemplates(campaign.sequence_steps),
  };
}

/** Writes changes down and says what was done, in words. @throws {Refused} before anything is changed. */
async function applyChanges(campaignId: string, changes: CampaignChanges): Promise<string[]> {
  const db = serviceDb();
  const campaign = unwrap(await db.from("campaigns").select("*").eq("id", campaignId).single());
  const { start, end } = checkChanges(campaign, changes);
  const notes: string[] = [];
  for (const template of changes.templates ?? []) {
    ensure(
      await db
        .from("sequence_steps")
        .update({ subject_template: template.subject, body_template: template.body })
        .eq("campaign_id", campaignId)
        .eq("step", template.step),
    );
    notes.push(`mail ${template.step} was rewritten`);
  }
  const dropped = new Set(campaign.dropped_contact_ids);
  const match = (show: "enroll" | "left-out", words: { q: string } | undefined) =>
    words
      ? findMatches(db, campaignId, campaign.plan_revision, planViewSchema.parse({ show, q: words.q }))
      : [];
  const drop = [...(changes.drop ?? []), ...(await match("enroll", changes.dropMatching))];
  const restore = [
    ...(changes.restore ?? []),
    ...(await match("left-out", changes.restoreMatching)).filter((id) => dropped.has(id)),
  ];
  for (const id of drop) dropped.add(id);
  for (const id of restore) dropped.delete(id);
  if (drop.length > 0) notes.push(`${drop.length.toLocaleString("en-US")} dropped by hand`);
  if (restore.length > 0) notes.push(`${restore.length.toLocaleString("en-US")} restored by hand`);
  const settings = campaignSettingsSchema.parse(campaign.settings);
  if (changes.startAt) notes.push("the start was moved");
  if (changes.windowStart || changes.windowEnd) notes.push(`the send window is ${start} to ${end}`);
  if (changes.dailyLimit)
    notes.push(`at most ${changes.dailyLimit.toLocaleString("en-US")} mails in any 24 hours`);
  if (changes.gaps) notes.push(`gaps of ${changes.gaps.join("/")} business days`);
  ensure(
    await db
      .from("campaigns")
      .update({
        dropped_contact_ids: [...dropped],
        window_start: start,
        window_end: end,
        settings: {
          ...settings,
          startAt: changes.startAt ?? settings.startAt,
          dailyLimit: changes.dailyLimit ?? settings.dailyLimit,
        },
      })
      .eq("id", campaignId),
  );
  if (changes.gaps) await setGaps(campaignId, changes.gaps);
  return notes;
}

function checkChanges(campaign: Tables<"campaigns">, changes: CampaignChanges) {
  if (campaign.status !== "draft" && campaign.status !== "awaiting_approval")
    throw new Refused("This campaign is no longer waiting for approval, so its plan cannot change.");
  checkTemplates(changes.templates ?? []);
  return windowAfter(campaign, changes);
}

/** @throws {Refused} naming the mail and what is wrong with it. */
export function checkTemplates(templates: readonly SequenceTemplate[]): void {
  for (const template of templates) {
    const problem = [...checkTemplate(template.subject), ...checkTemplate(template.body)][0];
    if (problem) throw new Refused(`Mail ${template.step}: ${problem.message}`);
  }
}

/** The send window with changes made. @throws {Refused} when it would end before it starts. */
export function windowAfter(
  campaign: Pick<Tables<"campaigns">, "window_start" | "window_end">,
  changes: { readonly windowStart?: string | undefined; readonly windowEnd?: string | undefined },
): { start: string; end: string } {
  const start = changes.windowStart ?? campaign.window_start.slice(0, 5);
  const end = changes.windowEnd ?? campaign.window_end.slice(0, 5);
  if (start >= end) throw new Refused("The send window must end after it starts.");
  return { start, end };
}

async function setGaps(campaignId: string, gaps: readonly number[]): Promise<void> {
  for (const [index, gap] of gaps.entries()) {
    ensure(
      await serviceDb()
        .from("sequence_steps")
        .update({ gap_business_days: gap })
        .eq("campaign_id", campaignId)
        .eq("step", index + 1),
    );
  }
}

async function findByTitle(
  campaignId: string,
  revision: number,
  titles: readonly string[],
): Promise<string[]> {
  const found: string[] = [];
  for (const title of titles) {
    for (let after = "00000000-0000-0000-0000-000000000000"; ; ) {
      const page = unwrap(
        await serviceDb()
          .from("planned_enrollments")
          .select("contact_id, contacts!inner(title)")
          .eq("campaign_id", campaignId)
          .eq("revision", revision)
          .eq("decision", "enroll")
          .gt("contact_id", after)
          .ilike("contacts.title", `%${title}%`)
          .order("contact_id")
          .limit(500),
      );
      found.push(...page.map((row) => row.contact_id));
      const last = page.at(-1);
      if (!last || page.length < 500) break;
      after = last.contact_id;
    }
  }
  return found;
}
