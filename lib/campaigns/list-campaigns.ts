import "server-only";
import { z } from "zod";
import type { Db } from "@/lib/server/client-options";
import { unwrap } from "@/lib/server/database-error";
import { cursorOf, finishPage, startPage } from "@/lib/server/page-by-key";
import { countSends } from "./list-sends";

export const campaignFilterSchema = z.object({
  status: z.enum(["awaiting_approval", "active", "paused", "completed", "stopped", "rejected"]).optional(),
  cursor: z
    .string()
    .regex(/^[^~]+~[0-9a-f-]{36}$/)
    .optional(),
});
export type CampaignFilter = z.infer<typeof campaignFilterSchema>;

const PAGE = 50;
const ORDER = [
  { name: "created_at", ascending: false },
  { name: "id", ascending: false },
];

/** One page of campaigns, newest first, each with how its mails stand. */
export async function listCampaigns(db: Db, filter: CampaignFilter) {
  let query = db
    .from("campaigns")
    .select(
      "id, name, status, status_reason, auto_paused, plan_revision, created_at, activated_at, searches(id, buyer_name)",
    );
  if (filter.status) query = query.eq("status", filter.status);
  const start = { after: filter.cursor };
  const rows = unwrap(await startPage(query, ORDER, start).limit(PAGE + 1));
  const page = finishPage(rows, PAGE, start, (row) => cursorOf([row.created_at, row.id]));
  const counts = await countSends(
    db,
    page.rows.map((row) => row.id),
  );
  return {
    items: page.rows.map((row) => {
      const { sent = 0, scheduled = 0 } = counts.get(row.id) ?? {};
      return { ...row, sends: { sent, scheduled } };
    }),
    nextCursor: page.next,
  };
}
