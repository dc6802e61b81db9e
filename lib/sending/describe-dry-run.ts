import "server-only";
import { relayAt } from "@/lib/mailbox/relay/relay-client";
import { readItem } from "@/lib/replies/read-item";
import { forecastSending } from "@/lib/sending/forecast/forecast-sending";
import type { Db } from "@/lib/server/client-options";
import { unwrap } from "@/lib/server/database-error";

const NEXT_HOUR_MS = 3_600_000;

export interface DryRunReport {
  readonly searchesToSource: readonly string[];
  readonly extractionsToRun: readonly string[];
  /** Mails that would leave within the hour, at the instant the limits, windows and pace let them */
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
  const { leaves } = await forecastSending(db, now.getTime() + NEXT_HOUR_MS, now.getTime());
  return {
    searchesToSource: searches
      .filter((search) => search.status !== "extracting")
      .map((search) => search.name),
    extractionsToRun: searches
      .filter((search) => search.status === "extracting")
      .map((search) => search.name),
    sendsDue: leaves.map(({ mail, mailbox, at }) => ({
      to: mail.to,
      from: mailbox,
      subject: mail.subject,
      dueAt: new Date(at).toISOString(),
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
