import "server-only";
import { relayAt } from "@/lib/mailbox/relay/relay-client";
import type { ListedItem } from "@/lib/mailbox/transport";
import { unwrap } from "@/lib/server/database-error";
import { env } from "@/lib/server/env";
import { serviceDb } from "@/lib/server/service-client";
import { findClockProblem } from "./clock-problem";
import type { Folder } from "./folders";
import { ingestItem } from "./ingest-item";
import { lastInstant, PAGE, type Place, placeAfter } from "./next-place";
import { noteSentItem } from "./note-sent-item";
import { listOwnAddresses } from "./open-email";
import { noteSync } from "./sync-health";

/** The cursor steps back this far each time: clocks differ, and a mail may appear late. Ingesting twice is harmless. */
const OVERLAP_MS = 10 * 60_000;
/** More new mails at once than this are a burst: they are read in batches, and no event is sent for each. */
export const BURST = 20;
/** Of a burst that ends in the present, the newest are read at once all the same: nothing new waits behind it. */
const NEWEST = 10;
/** While old mail is worked off, what came in this long is looked at before each page, this many mails at most. */
const FRESH_MS = 5 * 60_000;
const FRESH = 50;

export interface PageResult {
  readonly stored: number;
  /** New mails that are read one by one, at once. */
  readonly newIds: readonly string[];
  /** New mails that are read in batches. */
  readonly inBurst: number;
  /** Null when caught up. */
  readonly next: Place | null;
}

/**
 * Reads one page of a folder from its cursor on, oldest first, and stores each mail once; of Sent Items it learns what left.
 * The cursor moves only past what is stored. Health is written either way.
 * @param place where the page before ended; without one the run begins at the cursor.
 * @throws {MailboxError} when the mailbox cannot be read.
 */
export async function syncPage(
  mailboxId: string,
  folder: Folder,
  place: Place | null = null,
  now = Date.now(),
): Promise<PageResult> {
  const job = await openFolder(mailboxId, folder);
  try {
    const begin = place ?? { fromMs: startOf(job.readUpToMs, now), limit: PAGE };
    const { items, more } = await job.list(begin.fromMs, begin.limit);
    const fresh = more && folder === "inbox" && begin.fromMs < now - FRESH_MS ? await job.fresh(now) : [];
    const known = await findKnown(mailboxId, folder, [...items, ...fresh]);
    const unknown = items.filter((item) => !known.has(item.entryId));
    const burst = more || place !== null || unknown.length > BURST;
    const latest = await storeAll(job, fresh, known, false);
    const batched = !burst ? [] : more ? unknown : unknown.slice(0, -NEWEST);
    const paged = await storeAll(job, batched, known, true);
    latest.push(...(await storeAll(job, unknown.slice(batched.length), known, false)));
    const next = more ? placeAfter(items, begin, unknown.length > 0) : null;
    const readUpToMs = Math.min(lastInstant(items) ?? begin.fromMs, now);
    await noteSync(mailboxId, folder, {
      readUpTo: new Date(readUpToMs),
      behindS: next ? Math.max(0, Math.round((now - readUpToMs) / 1000)) : 0,
      stored: latest.length + paged.length,
      problem:
        findClockProblem(items, { sinceMs: begin.fromMs, now, relayOffsetMs: job.relayOffsetMs }) ??
        next?.problem,
    });
    return {
      stored: latest.length + paged.length,
      newIds: latest,
      inBurst: paged.length,
      next: next && { fromMs: next.fromMs, limit: next.limit },
    };
  } catch (error) {
    await noteSync(mailboxId, folder, { problem: error instanceof Error ? error.message : String(error) });
    throw error;
  }
}

interface FolderJob {
  readonly mailboxId: string;
  readonly folder: Folder;
  readonly readUpToMs: number | null;
  readonly relayOffsetMs: number | null;
  readonly own: ReadonlySet<string>;
  list(fromMs: number, limit: number): Promise<{ items: ListedItem[]; more: boolean }>;
  fresh(now: number): Promise<ListedItem[]>;
}

async function openFolder(mailboxId: string, folder: Folder): Promise<FolderJob> {
  const db = serviceDb();
  const [mailbox, cursor, own] = await Promise.all([
    db.from("mailboxes").select("address, relay_url").eq("id", mailboxId).single(),
    db
      .from("mailbox_folders")
      .select("read_up_to")
      .eq("mailbox_id", mailboxId)
      .eq("folder", folder)
      .maybeSingle(),
    listOwnAddresses(),
  ]);
  const { address, relay_url } = unwrap(mailbox);
  const relays = db.from("relays").select("clock_offset_ms");
  const clocks = unwrap(await (relay_url ? relays.eq("url", relay_url) : relays.is("url", null)).limit(1));
  const relay = relayAt(relay_url);
  const readUpTo = cursor.data?.read_up_to;
  const list = (fromMs: number, limit: number) =>
    relay.list(address, folder, new Date(fromMs).toISOString(), limit);
  return {
    mailboxId,
    folder,
    own,
    readUpToMs: readUpTo ? Date.parse(readUpTo) : null,
    relayOffsetMs: clocks[0]?.clock_offset_ms ?? null,
    list,
    fresh: async (now) => (await list(await freshFrom(mailboxId, now), FRESH)).items,
  };
}

/** What is stored already would only take the place of what is new. */
async function freshFrom(mailboxId: string, now: number): Promise<number> {
  const newest = unwrap(
    await serviceDb()
      .from("synced_emails")
      .select("received_at")
      .eq("mailbox_id", mailboxId)
      .lte("received_at", new Date(now).toISOString())
      .order("received_at", { ascending: false })
      .limit(1),
  );
  return Math.max(now - FRESH_MS, newest[0] ? Date.parse(newest[0].received_at) : 0);
}

function startOf(readUpToMs: number | null, now: number): number {
  return readUpToMs === null ? now - env().SYNC_FIRST_RUN_DAYS * 86_400_000 : readUpToMs - OVERLAP_MS;
}

async function storeAll(
  job: FolderJob,
  items: readonly ListedItem[],
  known: Set<string>,
  inBurst: boolean,
): Promise<string[]> {
  const newIds: string[] = [];
  for (const item of items) {
    if (known.has(item.entryId)) continue;
    known.add(item.entryId);
    if (job.folder === "sent") await noteSentItem(job.mailboxId, item);
    else {
      const id = await ingestItem(job.mailboxId, item, job.own, inBurst);
      if (id) newIds.push(id);
    }
  }
  return newIds;
}

/** Which of these are stored already: the overlap brings most mails again, and reading them again would cost the most. */
async function findKnown(
  mailboxId: string,
  folder: Folder,
  items: readonly ListedItem[],
): Promise<Set<string>> {
  const known = new Set<string>();
  const ids = folder === "sent" ? [] : [...new Set(items.map((item) => item.entryId))];
  for (let start = 0; start < ids.length; start += 50) {
    const rows = unwrap(
      await serviceDb()
        .from("synced_emails")
        .select("entry_id")
        .eq("mailbox_id", mailboxId)
        .in("entry_id", ids.slice(start, start + 50)),
    );
    for (const row of rows) known.add(row.entry_id);
  }
  return known;
}
