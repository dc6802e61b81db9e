import "server-only";
import { dailyLimitAt, limitsOf } from "@/lib/schedule/mailbox-limits";
import type { Db } from "@/lib/server/client-options";
import type { Tables } from "@/lib/server/database.types";
import { ensure, unwrap } from "@/lib/server/database-error";

export interface MailboxState extends Tables<"mailboxes"> {
  /** Mails handed over in the last 60 minutes and 24 hours, as the rolling limits count them. */
  readonly sentLastHour: number;
  readonly sentLastDay: number;
  /** The daily limit that holds now: less than `daily_limit` while the mailbox warms up. */
  readonly dailyLimitToday: number;
  /** ISO date in the desk's zone */
  readonly today: string;
}

const HOUR_MS = 3_600_000;

/** Every mailbox with how much of its limits is used. */
export async function listMailboxes(db: Db, now = Date.now()): Promise<MailboxState[]> {
  const [mailboxes, desk] = await Promise.all([
    db.from("mailboxes").select("*").order("address"),
    db.from("desk_settings").select("time_zone").eq("id", 1).single(),
  ]);
  const zone = unwrap(desk).time_zone;
  const today = new Intl.DateTimeFormat("en-CA", { timeZone: zone }).format(now);
  return Promise.all(
    unwrap(mailboxes).map(async (row) => ({
      ...row,
      sentLastHour: await countSent(db, row.id, now - HOUR_MS),
      sentLastDay: await countSent(db, row.id, now - 24 * HOUR_MS),
      dailyLimitToday: dailyLimitAt(limitsOf(row), now, zone),
      today,
    })),
  );
}

/** As the limits count: mails handed over, and the recipients of mail somebody sent by hand. */
async function countSent(db: Db, mailboxId: string, since: number): Promise<number> {
  const from = new Date(since).toISOString();
  const [handed, byHand] = await Promise.all([
    db
      .from("sends")
      .select("id", { count: "exact", head: true })
      .eq("mailbox_id", mailboxId)
      .gt("handed_at", from),
    db.from("hand_sent_mails").select("recipients").eq("mailbox_id", mailboxId).gt("sent_at", from),
  ]);
  ensure(handed);
  return unwrap(byHand).reduce((sum, mail) => sum + (mail.recipients ?? 1), handed.count ?? 0);
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
