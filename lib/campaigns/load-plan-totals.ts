import "server-only";
import { type CampaignProposal, campaignProposalSchema } from "@/lib/approvals/proposals";
import type { Db } from "@/lib/server/client-options";
import { unwrap, unwrapMaybe } from "@/lib/server/database-error";

const totalsSchema = campaignProposalSchema.shape.totals;

/** A plan's totals, counted where its rows are; null before the first plan is sealed. */
export async function loadPlanTotals(
  db: Db,
  campaignId: string,
  revision: number,
): Promise<CampaignProposal["totals"] | null> {
  if (revision === 0) return null;
  return totalsSchema.parse(
    unwrap(await db.rpc("plan_totals", { p_campaign_id: campaignId, p_revision: revision })),
  );
}

/** The approval a campaign waits for, when it waits for one. */
export async function pendingApprovalOf(db: Db, campaignId: string): Promise<string | null> {
  const row = unwrapMaybe(
    await db
      .from("approval_queue")
      .select("id")
      .eq("campaign_id", campaignId)
      .eq("status", "pending")
      .limit(1)
      .maybeSingle(),
  );
  return row?.id ?? null;
}
