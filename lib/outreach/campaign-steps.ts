import "server-only";
import { z } from "zod";
import { backToSourcingSchema } from "@/lib/approvals/proposals";
import { draftCampaign } from "@/lib/campaigns/draft-campaign";
import { type CampaignOutcome, proposeCampaign } from "@/lib/campaigns/propose-campaign";
import { reviseByFeedback } from "@/lib/campaigns/revise-campaign";
import { moveSearch } from "@/lib/searches/move-search";
import { ensure, unwrap } from "@/lib/server/database-error";
import { serviceDb } from "@/lib/server/service-client";
import { isSearchEnded, latestApproval } from "./ensure-proposals";

/** Makes sure the search's campaign is planned and asked for, or planned again after a person asked for changes. */
export async function ensureCampaignProposed(
  searchId: string,
): Promise<(CampaignOutcome & { campaignId: string }) | { outcome: "ended" }> {
  if (await isSearchEnded(searchId)) return { outcome: "ended" };
  const campaignId = await draftCampaign(searchId);
  const latest = await latestApproval(searchId, "campaign");
  if (latest && latest.status !== "changes_requested" && latest.status !== "superseded")
    return {
      outcome: latest.status === "approved" ? "approved" : "asked",
      approvalId: latest.id,
      campaignId,
    };
  await moveSearch(searchId, ["extracting", "awaiting_campaign", "failed"], "scheduling");
  const outcome = await planAgain(campaignId, latest);
  if (outcome.outcome === "nobody") await endWithoutCampaign(searchId, campaignId, outcome.reason);
  else if (outcome.outcome === "asked") await moveSearch(searchId, ["scheduling"], "awaiting_campaign");
  return { ...outcome, campaignId };
}

/** A first plan, one changed by a person's words, or one with the contacts that better payloads found. */
async function planAgain(
  campaignId: string,
  latest: Awaited<ReturnType<typeof latestApproval>>,
): Promise<CampaignOutcome> {
  if (!latest?.feedback) return proposeCampaign(campaignId);
  if (backToSourcingSchema.safeParse(latest.edits).success)
    return proposeCampaign(campaignId, [
      `You said: “${latest.feedback}”`,
      "the payloads were changed and extracted again; these are the contacts they found",
    ]);
  return reviseByFeedback(campaignId, latest.feedback);
}

async function endWithoutCampaign(searchId: string, campaignId: string, reason: string): Promise<void> {
  ensure(
    await serviceDb().rpc("set_campaign_status", { p_id: campaignId, p_to: "stopped", p_reason: reason }),
  );
  await moveSearch(searchId, ["scheduling"], "completed", reason);
}

const activatedSchema = z.object({
  outcome: z.enum(["activated", "already_active"]),
  enrolled: z.number().optional(),
  sends: z.number().optional(),
});

/**
 * Turns an approved plan into sends, once.
 * @returns the mailboxes that now have mail to send.
 */
export async function activateCampaign(
  searchId: string,
  campaignId: string,
  approvalId: string,
): Promise<string[]> {
  const db = serviceDb();
  activatedSchema.parse(
    unwrap(await db.rpc("activate_campaign", { p_campaign_id: campaignId, p_approval_id: approvalId })),
  );
  await moveSearch(searchId, ["scheduling", "awaiting_campaign"], "active");
  const rows = unwrap(await db.from("mailboxes").select("id").eq("status", "active"));
  return rows.map((row) => row.id);
}

/** Ends a search at a person's word, and whatever campaign was drafted for it. */
export async function rejectSearch(searchId: string, reason: string | null): Promise<void> {
  const db = serviceDb();
  const campaigns = unwrap(
    await db
      .from("campaigns")
      .select("id, status")
      .eq("search_id", searchId)
      .in("status", ["draft", "awaiting_approval"]),
  );
  for (const campaign of campaigns)
    ensure(
      await db.rpc("set_campaign_status", {
        p_id: campaign.id,
        p_to: "rejected",
        p_reason: reason ?? undefined,
      }),
    );
  await moveSearch(searchId, OPEN_STATUSES, "rejected", reason ?? undefined);
}

/** Ends a search that cannot go on, keeping everything found so far; a person may try again. */
export async function failSearch(searchId: string, reason: string): Promise<void> {
  await moveSearch(searchId, OPEN_STATUSES, "failed", reason);
}

const OPEN_STATUSES = [
  "new",
  "sourcing",
  "awaiting_sourcing",
  "awaiting_extraction",
  "extracting",
  "scheduling",
  "awaiting_campaign",
  "active",
];
