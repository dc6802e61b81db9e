import "server-only";
import { z } from "zod";
import type { Db } from "@/lib/server/client-options";
import { unwrap } from "@/lib/server/database-error";
import { cursorOf, finishPage, startPage } from "@/lib/server/page-by-key";
import { checkpointSchema } from "./proposals";

const APPROVAL_STATUSES = [
  "pending",
  "approved",
  "rejected",
  "changes_requested",
  "superseded",
  "expired",
] as const;

export const approvalFilterSchema = z.object({
  status: z.enum(APPROVAL_STATUSES).optional(),
  checkpoint: checkpointSchema.optional(),
  /** What auto let through and still asks a verdict on. */
  look: z.literal("back").optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z
    .string()
    .regex(/^[^~]+~[0-9a-f-]{36}$/, "not a cursor of this list")
    .optional(),
});
export type ApprovalFilter = z.infer<typeof approvalFilterSchema>;

const ORDER = [
  { name: "requested_at", ascending: false },
  { name: "id", ascending: false },
];

const COLUMNS =
  "id, run_key, checkpoint, revision, search_id, campaign_id, email_id, mode, status, title, summary, content_hash, priority, requested_at, deadline_at, reminded_at, snoozed_until, decided_at, decided_by, feedback" as const;

/**
 * One page of the queue, newest request first, by key: `nextCursor` continues after the last row however the list
 * changes meanwhile.
 */
export async function listApprovals(db: Db, filter: ApprovalFilter) {
  let query = db.from("approval_queue").select(COLUMNS);
  if (filter.status) query = query.eq("status", filter.status);
  if (filter.checkpoint) query = query.eq("checkpoint", filter.checkpoint);
  if (filter.look) query = query.eq("sampled", true).is("verdict", null);
  const start = { after: filter.cursor };
  const rows = unwrap(await startPage(query, ORDER, start).limit(filter.limit + 1));
  const page = finishPage(rows, filter.limit, start, (row) => cursorOf([row.requested_at, row.id]));
  return { items: page.rows, nextCursor: page.next };
}

/** What waits for a person now, most urgent first; snoozed items come at the end, with the time they return. */
export async function listWaiting(db: Db, now = new Date()) {
  const rows = unwrap(
    await db
      .from("approval_queue")
      .select(COLUMNS)
      .eq("status", "pending")
      .order("priority")
      .order("requested_at")
      .order("id")
      .limit(200),
  );
  const isSnoozed = (row: (typeof rows)[number]) =>
    row.snoozed_until !== null && new Date(row.snoozed_until) > now;
  return [...rows.filter((row) => !isSnoozed(row)), ...rows.filter(isSnoozed)];
}
