import "server-only";
import { z } from "zod";
import { planSends } from "@/lib/schedule/plan-sends";
import { seedFrom } from "@/lib/schedule/random";
import type { Tables } from "@/lib/server/database.types";
import { unwrap } from "@/lib/server/database-error";
import { serviceDb } from "@/lib/server/service-client";
import { campaignSettingsSchema } from "../campaign-settings";
import { windowOf } from "../plan-campaign";
import { loadPlanningMailboxes } from "../planning-mailboxes";
import type { EditChanges } from "./edit-proposal";
import type { Unsent } from "./rewrite-unsent";

// As `changeable_from` in the database, and a little for the person who reads the proposal.
const SOONEST_MS = 10 * 60_000;

/**
 * Places the unsent mails of a running campaign anew under a changed schedule. Threads keep their mailbox, and gaps are counted from the
 * mail that left.
 * @returns when each is due (epoch milliseconds), by "contact step".
 */
export async function retimeUnsent(
  campaign: Tables<"campaigns"> & { readonly sequence_steps: readonly Tables<"sequence_steps">[] },
  desk: Tables<"desk_settings">,
  unsent: readonly Unsent[],
  changes: EditChanges,
): Promise<Map<string, number>> {
  const settings = campaignSettingsSchema.parse(campaign.settings);
  const { mailboxes, takenElsewhere } = await loadPlanningMailboxes(unsent.length > 0, {
    without: campaign.id,
    threads: new Set(unsent.map((contact) => contact.mailboxId)),
  });
  const plan = planSends(
    unsent.map(({ contactId, timeZone, mailboxId, stepBefore, leftAt }) => ({
      contactId,
      zone: timeZone,
      mailboxId,
      ...(stepBefore !== null && leftAt !== null ? { left: { step: stepBefore, at: leftAt } } : {}),
    })),
    mailboxes,
    {
      ...settings,
      startAt: Math.max(Date.parse(changes.startAt ?? settings.startAt), Date.now() + SOONEST_MS),
      window: windowOf({
        ...campaign,
        window_start: changes.windowStart ?? campaign.window_start,
        window_end: changes.windowEnd ?? campaign.window_end,
      }),
      gapBusinessDays:
        changes.gaps ??
        [...campaign.sequence_steps].sort((a, b) => a.step - b.step).map((step) => step.gap_business_days),
      hourlyLimit: Math.min(settings.hourlyLimit, desk.hourly_limit),
      dailyLimit: desk.daily_limit,
      campaignDailyLimit: changes.dailyLimit ?? settings.dailyLimit,
      campaignTaken: await loadHandedOver(campaign.id),
      takenElsewhere,
      seed: seedFrom(campaign.id),
    },
  );
  return new Map(plan.map((send) => [`${send.contactId} ${send.step}`, send.dueAt]));
}

/** When this campaign's own mails of the last day were handed over, and when those that cannot change any more are due. */
async function loadHandedOver(campaignId: string): Promise<number[]> {
  return z
    .array(z.number())
    .parse(unwrap(await serviceDb().rpc("campaign_load", { p_campaign_id: campaignId })));
}
