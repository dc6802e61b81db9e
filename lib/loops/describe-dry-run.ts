import "server-only";
import type { Db } from "@/lib/db/client-options";
import { unwrap } from "@/lib/db/errors";
import { relayAt } from "@/lib/relay/relay-client";
import { readItem } from "@/lib/replies/read-item";

const NEXT_HOUR_MS = 3_600_000;

export interface DryRunReport {
  readonly searchesToSource: readonly string[];
  readonly extractionsToRun: readonly string[];
  readonly sendsDue: readonly {
    readonly to: string;
    readonly from: string;
    readonly subject: string;
    readonly dueAt: string;
  }[];
  readonly mailsToIngest: number;
  readonly mailsByRule: Readonly<Record<string, number>>;
}

/** What one tick would do now, read without writing anything: no send, no extraction, no row, no agent asked. */
export async function describeDryRun(db: Db, now = new Date()): Promise<DryRunReport> {
  const searches = unwrap(
    await db.from("searches").select("name, status").in("status", ["new", "sourcing", "extracting"]),
  );
  const sends = unwrap(
    await db
      .from("sends")
      .select("to_email, subject, due_at, mailboxes!inner(address, status)")
      .eq("status", "scheduled")
      .eq("mailboxes.status", "active")
      .lte("due_at", new Date(now.getTime() + NEXT_HOUR_MS).toISOString())
      .order("due_at")
      .limit(1000),
  );
  return {
    searchesToSource: searches
      .filter((search) => search.status !== "extracting")
      .map((search) => search.name),
    extractionsToRun: searches
      .filter((search) => search.status === "extracting")
      .map((search) => search.name),
    sendsDue: sends.map((send) => ({
      to: send.to_email,
      from: send.mailboxes.address,
      subject: send.subject,
      dueAt: send.due_at,
    })),
    ...(await describeInbox(db)),
  };
}

async function describeInbox(
  db: Db,
): Promise<{ mailsToIngest: number; mailsByRule: Record<string, number> }> {
  const relay = relayAt(null);
  const { accounts } = await relay.health();
  const mailsByRule: Record<string, number> = {};
  let mailsToIngest = 0;
  for (const account of accounts) {
    const since = new Date(Date.now() - 7 * 86_400_000).toISOString();
    const { items } = await relay.list(account, "inbox", since, 500);
    const ids = items.map((item) => item.entryId);
    const known = new Set<string>();
    for (let start = 0; start < ids.length; start += 100) {
      const rows = unwrap(
        await db
          .from("synced_emails")
          .select("entry_id")
          .in("entry_id", ids.slice(start, start + 100)),
      );
      for (const row of rows) known.add(row.entry_id);
    }
    for (const item of items.filter((one) => !known.has(one.entryId))) {
      const { decision } = await readItem(item, new Set(accounts));
      mailsToIngest++;
      mailsByRule[decision.kind] = (mailsByRule[decision.kind] ?? 0) + 1;
    }
  }
  return { mailsToIngest, mailsByRule };
}
