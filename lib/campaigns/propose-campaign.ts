import "server-only";
import type { CampaignProposal } from "@/lib/approvals/proposals";
import { propose } from "@/lib/approvals/propose";
import { ensure, unwrap } from "@/lib/server/database-error";
import { serviceDb } from "@/lib/server/service-client";
import { planCampaign } from "./plan-campaign";
import { planSentence } from "./plan-sentence";

export type CampaignOutcome =
  | { readonly outcome: "asked" | "approved"; readonly approvalId: string }
  | { readonly outcome: "nobody"; readonly reason: string };

/**
 * Plans a campaign and asks for approval of exactly that plan. When nobody can be mailed there is nothing to ask, and
 * the reasons are given instead.
 * @param notes what was changed since the last revision, shown beside the plan.
 */
export async function proposeCampaign(
  campaignId: string,
  notes: readonly string[] = [],
): Promise<CampaignOutcome> {
  const db = serviceDb();
  const { revision, totals } = await planCampaign(campaignId);
  const campaign = unwrap(
    await db.from("campaigns").select("name, search_id, time_zone, status").eq("id", campaignId).single(),
  );
  if (totals.enrolled === 0) {
    const reasons = Object.entries(totals.leftOut).map(([reason, count]) => `${count} ${reason}`);
    return {
      outcome: "nobody",
      reason: `No contact can be mailed: ${reasons.join("; ") || "the search found none"}.`,
    };
  }
  const { planHash, ...shown } = totals;
  const content: CampaignProposal = {
    campaignId,
    planRevision: revision,
    planHash,
    totals: shown,
    timeZone: campaign.time_zone,
    notes: [...notes],
  };
  if (campaign.status === "draft")
    ensure(await db.rpc("set_campaign_status", { p_id: campaignId, p_to: "awaiting_approval" }));
  const approval = await propose({
    runKey: `search:${campaign.search_id}`,
    checkpoint: "campaign",
    revision,
    title: `Campaign: ${campaign.name}`,
    summary: planSentence(totals, campaign.time_zone),
    content,
    searchId: campaign.search_id,
    campaignId,
    priority: 30,
    deadlineAt: new Date(Date.now() + 2 * 86_400_000).toISOString(),
  });
  return { outcome: approval.status === "approved" ? "approved" : "asked", approvalId: approval.id };
}
