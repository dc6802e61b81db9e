import "server-only";
import { z } from "zod";
import type { Db } from "@/lib/db/client-options";
import { unwrap } from "@/lib/db/errors";

export const campaignFilterSchema = z.object({
  status: z.enum(["awaiting_approval", "active", "paused", "completed", "stopped", "rejected"]).optional(),
  cursor: z
    .string()
    .regex(/^[^~]+~[0-9a-f-]{36}$/)
    .optional(),
});
export type CampaignFilter = z.infer<typeof campaignFilterSchema>;

const PAGE = 50;

/** One page of campaigns, newest first, each with how its mails stand. */
export async function listCampaigns(db: Db, filter: CampaignFilter) {
  let query = db
    .from("campaigns")
    .select(
      "id, name, status, status_reason, plan_revision, created_at, activated_at, searches(id, buyer_name)",
    )
    .order("created_at", { ascending: false })
    .order("id", { ascending: false })
    .limit(PAGE + 1);
  if (filter.status) query = query.eq("status", filter.status);
  if (filter.cursor) {
    const [at = "", id = ""] = filter.cursor.split("~");
    query = query.or(`created_at.lt."${at}",and(created_at.eq."${at}",id.lt.${id})`);
  }
  const rows = unwrap(await query);
  const items = rows.slice(0, PAGE);
  const last = items.at(-1);
  const progress = await Promise.all(items.map((item) => countSends(db, item.id)));
  return {
    items: items.map((item, index) => ({ ...item, sends: progress[index] ?? { sent: 0, scheduled: 0 } })),
    nextCursor: rows.length > PAGE && last ? `${last.created_at}~${last.id}` : null,
  };
}

async function countSends(db: Db, campaignId: string): Promise<{ sent: number; scheduled: number }> {
  const of = (status: string) =>
    db
      .from("sends")
      .select("id", { count: "exact", head: true })
      .eq("campaign_id", campaignId)
      .eq("status", status);
  const [sent, scheduled] = await Promise.all([of("sent"), of("scheduled")]);
  return { sent: sent.count ?? 0, scheduled: scheduled.count ?? 0 };
}
