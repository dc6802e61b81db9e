import "server-only";
import { z } from "zod";
import type { Db } from "@/lib/db/client-options";
import { ensure, unwrap } from "@/lib/db/errors";

export const SEND_STATUSES = [
  "scheduled",
  "sending",
  "sent",
  "uncertain",
  "failed",
  "skipped",
  "cancelled",
] as const;

export const sendFilterSchema = z.object({
  status: z.enum(SEND_STATUSES).optional().catch(undefined),
  cursor: z
    .string()
    .regex(/^[^~]+~[0-9a-f-]{36}$/)
    .optional()
    .catch(undefined),
});
export type SendFilter = z.infer<typeof sendFilterSchema>;

const PAGE = 50;

/** One page of sends by due time, with everything needed to say why one has not gone yet. */
export async function listSends(db: Db, filter: SendFilter, campaignId?: string) {
  let query = db
    .from("sends")
    .select(
      "id, step, kind, status, reason, due_at, sent_at, to_email, subject, needs_person, contacts(id, full_name), enrollments(status, reason, time_zone), campaigns(id, name, status, status_reason), mailboxes(address, status, status_reason)",
    )
    .order("due_at")
    .order("id")
    .limit(PAGE + 1);
  if (campaignId) query = query.eq("campaign_id", campaignId);
  if (filter.status) query = query.eq("status", filter.status);
  if (filter.cursor) {
    const [at = "", id = ""] = filter.cursor.split("~");
    query = query.or(`due_at.gt."${at}",and(due_at.eq."${at}",id.gt.${id})`);
  }
  const rows = unwrap(await query);
  const items = rows.slice(0, PAGE);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > PAGE && last ? `${last.due_at}~${last.id}` : null };
}

/** How many of a campaign's mails are in each state. */
export async function countSendsByStatus(db: Db, campaignId: string): Promise<Record<string, number>> {
  const counts = await Promise.all(
    SEND_STATUSES.map(async (status) => {
      const { count, error } = await db
        .from("sends")
        .select("id", { count: "exact", head: true })
        .eq("campaign_id", campaignId)
        .eq("status", status);
      ensure({ error });
      return [status, count ?? 0] as const;
    }),
  );
  return Object.fromEntries(counts);
}
