import "server-only";
import { z } from "zod";
import type { Db } from "@/lib/server/client-options";
import { unwrap } from "@/lib/server/database-error";
import { cursorOf, finishPage, startPage } from "@/lib/server/page-by-key";

export const SEND_STATUSES = [
  "scheduled",
  "sending",
  "sent",
  "uncertain",
  "failed",
  "skipped",
  "cancelled",
] as const;

type SendStatus = (typeof SEND_STATUSES)[number];
export type SendCounts = Readonly<Partial<Record<SendStatus, number>>>;

const countsSchema = z.array(
  z.object({ campaign_id: z.string(), status: z.enum(SEND_STATUSES), sends: z.number() }),
);

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
const ORDER = [
  { name: "due_at", ascending: true },
  { name: "id", ascending: true },
];

/** One page of sends by due time, with everything needed to say why one has not gone yet. */
export async function listSends(db: Db, filter: SendFilter, campaignId?: string) {
  let query = db
    .from("sends")
    .select(
      "id, step, kind, status, reason, due_at, sent_at, to_email, subject, needs_person, contacts(id, full_name), enrollments(status, reason, time_zone), campaigns(id, name, status, status_reason), mailboxes(address, status, status_reason)",
    );
  if (campaignId) query = query.eq("campaign_id", campaignId);
  if (filter.status) query = query.eq("status", filter.status);
  const start = { after: filter.cursor };
  const rows = unwrap(await startPage(query, ORDER, start).limit(PAGE + 1));
  const page = finishPage(rows, PAGE, start, (row) => cursorOf([row.due_at, row.id]));
  return { items: page.rows, nextCursor: page.next };
}

/** How many mails of each campaign are in each state; a state without mails is left out. */
export async function countSends(db: Db, campaignIds: readonly string[]): Promise<Map<string, SendCounts>> {
  const rows = countsSchema.parse(unwrap(await db.rpc("send_counts", { p_campaign_ids: [...campaignIds] })));
  const counts = new Map<string, Partial<Record<SendStatus, number>>>();
  for (const { campaign_id: id, status, sends } of rows)
    counts.set(id, { ...counts.get(id), [status]: sends });
  return counts;
}
