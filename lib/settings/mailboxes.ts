import "server-only";
import type { Db } from "@/lib/db/client-options";
import type { Tables } from "@/lib/db/database.types";
import { ensure, unwrap } from "@/lib/db/errors";

export interface MailboxState extends Tables<"mailboxes"> {
  /** Mails handed over in the last 60 minutes and 24 hours, as the rolling limits count them. */
  readonly sentLastHour: number;
  readonly sentLastDay: number;
}

const HOUR_MS = 3_600_000;

/** Every mailbox with how much of its limits is used. */
export async function listMailboxes(db: Db, now = Date.now()): Promise<MailboxState[]> {
  const rows = unwrap(await db.from("mailboxes").select("*").order("address"));
  return Promise.all(
    rows.map(async (row) => ({
      ...row,
      sentLastHour: await countHanded(db, row.id, now - HOUR_MS),
      sentLastDay: await countHanded(db, row.id, now - 24 * HOUR_MS),
    })),
  );
}

async function countHanded(db: Db, mailboxId: string, since: number): Promise<number> {
  const answer = await db
    .from("sends")
    .select("id", { count: "exact", head: true })
    .eq("mailbox_id", mailboxId)
    .gt("handed_at", new Date(since).toISOString());
  ensure(answer);
  return answer.count ?? 0;
}

/** Pauses a mailbox or lets it send again; false when it was so already. */
export async function setMailboxStatus(
  db: Db,
  id: string,
  status: "active" | "paused",
  reason?: string,
): Promise<boolean> {
  return unwrap(
    await db.rpc("set_mailbox_status", { p_id: id, p_to: status, ...(reason ? { p_reason: reason } : {}) }),
  );
}
