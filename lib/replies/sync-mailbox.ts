import "server-only";
import { z } from "zod";
import type { Json } from "@/lib/db/database.types";
import { ensure, unwrap } from "@/lib/db/errors";
import { serviceDb } from "@/lib/db/service-client";
import { logger } from "@/lib/log/logger";
import { relayAt } from "@/lib/relay/relay-client";
import { readItem, toIngestRow } from "./read-item";

const PAGE = 100;
/** The cursor steps back this far each time: clocks differ, and a mail may appear late. Ingesting twice is harmless. */
const OVERLAP_MS = 10 * 60_000;
const FIRST_RUN_MS = 7 * 86_400_000;
const MAX_PAGES = 50;

const ingestedSchema = z.object({ inserted: z.boolean(), id: z.string().optional() });

export interface SyncResult {
  readonly seen: number;
  readonly newIds: readonly string[];
}

/**
 * Reads a mailbox's Inbox and Junk from the cursor on, oldest first, page by page until caught up, and stores each mail
 * once. The cursor moves only past mail that is stored. Sync health is written to the mailbox either way.
 * @throws {MailboxError} when the mailbox cannot be read.
 */
export async function syncMailbox(mailboxId: string, now = Date.now()): Promise<SyncResult> {
  const db = serviceDb();
  const mailbox = unwrap(
    await db.from("mailboxes").select("id, address, relay_url, sync_cursor").eq("id", mailboxId).single(),
  );
  const since = mailbox.sync_cursor ? Date.parse(mailbox.sync_cursor) - OVERLAP_MS : now - FIRST_RUN_MS;
  try {
    const own = new Set(unwrap(await db.from("mailboxes").select("address")).map((row) => row.address));
    const newIds: string[] = [];
    let seen = 0;
    let newest = mailbox.sync_cursor ? Date.parse(mailbox.sync_cursor) : since;
    for (const folder of ["inbox", "junk"] as const) {
      const result = await syncFolder({ ...mailbox, folder, since, own });
      newIds.push(...result.newIds);
      seen += result.seen;
      newest = Math.max(newest, result.newest);
    }
    ensure(
      await db
        .from("mailboxes")
        .update({
          // Never ahead of the clock: a mail dated in the future must not hide the ones after it.
          sync_cursor: new Date(Math.min(newest, now)).toISOString(),
          last_synced_at: new Date(now).toISOString(),
          sync_error: null,
        })
        .eq("id", mailboxId),
    );
    return { seen, newIds };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    ensure(await db.from("mailboxes").update({ sync_error: message }).eq("id", mailboxId));
    throw error;
  }
}

interface FolderJob {
  readonly id: string;
  readonly address: string;
  readonly relay_url: string | null;
  readonly folder: "inbox" | "junk";
  readonly since: number;
  readonly own: ReadonlySet<string>;
}

async function syncFolder(job: FolderJob): Promise<{ seen: number; newest: number; newIds: string[] }> {
  const relay = relayAt(job.relay_url);
  const known = new Set<string>();
  const newIds: string[] = [];
  let from = job.since;
  let limit = PAGE;
  for (let page = 0; page < MAX_PAGES; page++) {
    const { items, more } = await relay.list(job.address, job.folder, new Date(from).toISOString(), limit);
    const fresh = items.filter((item) => !known.has(item.entryId));
    for (const item of fresh) {
      known.add(item.entryId);
      const id = await ingest(job, item);
      if (id) newIds.push(id);
    }
    const last = items.at(-1)?.receivedUtc;
    if (last) from = Math.max(from, Date.parse(last));
    if (!more) return { seen: known.size, newest: from, newIds };
    // A whole page within one instant would be listed again for ever: ask for more at once.
    limit = fresh.length === 0 ? Math.min(500, limit * 2) : PAGE;
    if (fresh.length === 0 && limit === 500) from += 1000;
  }
  logger.warn(
    { mailbox: job.address, folder: job.folder },
    "more mail than one sync reads; the next one goes on",
  );
  return { seen: known.size, newest: from, newIds };
}

async function ingest(job: FolderJob, item: Parameters<typeof readItem>[0]): Promise<string | undefined> {
  if (item.from && job.own.has(item.from.toLowerCase()) && item.kind === "mail") return undefined;
  const row = toIngestRow(await readItem(item, job.own), new Date().toISOString());
  const answer = ingestedSchema.parse(
    unwrap(await serviceDb().rpc("ingest_email", { p_mailbox_id: job.id, p_email: row as unknown as Json })),
  );
  return answer.inserted ? answer.id : undefined;
}
