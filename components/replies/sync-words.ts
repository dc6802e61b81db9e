import type { MailboxSync } from "@/lib/replies/sync-health";

export interface SyncWords {
  readonly mailboxId: string;
  readonly text: string;
  readonly tone: "neutral" | "attention" | "danger";
  /** When reading failed first, where it does. */
  readonly since: string | null;
}

/** A mailbox is read every minute; three missed runs are no coincidence. */
const OVERDUE_MS = 3 * 60_000;
const FOLDERS: Readonly<Record<string, string>> = { inbox: "Inbox", junk: "Junk", sent: "Sent Items" };

/** What is not as it should be with reading the mailboxes, one sentence each, and the last time all of them were read. */
export function saySync(
  mailboxes: readonly MailboxSync[],
  now: Date,
): { lastRead: string | null; remarks: SyncWords[] } {
  const reads = mailboxes.flatMap(({ readAt }) => readAt ?? []).sort();
  return {
    lastRead: reads[0] ?? null,
    remarks: mailboxes.flatMap((mailbox) => judgeMailbox(mailbox, now) ?? []),
  };
}

function judgeMailbox(mailbox: MailboxSync, now: Date): SyncWords | null {
  const { mailboxId, address, behindS, problems, readAt } = mailbox;
  const [problem] = problems;
  if (problem) {
    const folders = problems.map(({ folder }) => FOLDERS[folder] ?? folder).join(", ");
    return {
      mailboxId,
      text: `${address} (${folders})${behindS > 0 ? ` is ${saySpan(behindS)} behind` : " cannot be read"}: ${problem.problem}`,
      tone: "danger",
      since: problem.since,
    };
  }
  if (readAt === null)
    return { mailboxId, text: `${address} has not been read yet.`, tone: "attention", since: null };
  if (behindS > 0)
    return {
      mailboxId,
      text: `${address} is ${saySpan(behindS)} behind: older mail is still being fetched.`,
      tone: "attention",
      since: null,
    };
  const quietMs = now.getTime() - Date.parse(readAt);
  if (quietMs > OVERDUE_MS)
    return {
      mailboxId,
      text: `${address} was last read ${saySpan(quietMs / 1000)} ago; it should be read every minute.`,
      tone: "attention",
      since: null,
    };
  return null;
}

/** A span as people say it: "40 seconds", "6 minutes", "3 hours", "4 days". */
function saySpan(seconds: number): string {
  if (seconds < 60) return amount(seconds, "second");
  if (seconds < 3_600) return amount(seconds / 60, "minute");
  if (seconds < 172_800) return amount(seconds / 3_600, "hour");
  return amount(seconds / 86_400, "day");
}

function amount(value: number, unit: string): string {
  const whole = Math.max(1, Math.floor(value));
  return `${whole} ${unit}${whole === 1 ? "" : "s"}`;
}
