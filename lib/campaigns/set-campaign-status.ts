import "server-only";
import type { Db } from "@/lib/server/client-options";
import { unwrap } from "@/lib/server/database-error";

/** Pauses, resumes or stops a running campaign, with the reason in the audit log. */
export async function setCampaignStatus(
  db: Db,
  id: string,
  to: "active" | "paused" | "stopped",
  reason?: string,
): Promise<boolean> {
  return unwrap(await db.rpc("set_campaign_status", { p_id: id, p_to: to, p_reason: reason }));
}
