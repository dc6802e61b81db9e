import type { ImapFlow } from "imapflow";
import type { ListedItem } from "../transport";
import { MAX_SOURCE_BYTES, readMessage } from "./read-message";

/** One answer carries at most about this much source; the rest is more to ask for. */
const MAX_ANSWER_BYTES = 8_000_000;
const DAY_MS = 86_400_000;

/**
 * Mails that arrived at or after an instant, oldest first. IMAP searches by the server's own calendar day, so a day more
 * is searched and the times are compared here; IMAP keeps whole seconds.
 */
export async function listFolder(
  client: ImapFlow,
  path: string,
  sinceUtc: string,
  limit: number,
): Promise<{ items: ListedItem[]; more: boolean }> {
  const since = Math.floor(Date.parse(sinceUtc) / 1000) * 1000;
  const lock = await client.getMailboxLock(path, { readOnly: true });
  try {
    const near = await client.search({ since: new Date(since - DAY_MS) }, { uid: true });
    if (!near || near.length === 0 || !client.mailbox) return { items: [], more: false };
    const uidValidity = String(client.mailbox.uidValidity);
    const arrivals = await client.fetchAll(
      near,
      { uid: true, internalDate: true, size: true },
      { uid: true },
    );
    const wanted = arrivals
      .map(({ uid, internalDate, size }) => ({ uid, at: timeOf(internalDate), size: size ?? 0 }))
      .filter(({ at }) => at >= since)
      .sort((a, b) => a.at - b.at || a.uid - b.uid);
    const page = firstPage(wanted, limit);
    const items = new Map<number, ListedItem>();
    if (page.length > 0) {
      const fields = {
        uid: true,
        internalDate: true,
        size: true,
        envelope: true,
        bodyStructure: true,
        threadId: true,
        source: { maxLength: MAX_SOURCE_BYTES },
      };
      for (const message of await client.fetchAll(page, fields, { uid: true }))
        items.set(message.uid, await readMessage(message, path, uidValidity));
    }
    return { items: page.flatMap((uid) => items.get(uid) ?? []), more: page.length < wanted.length };
  } finally {
    lock.release();
  }
}

/** The oldest mails that fit; always at least one, so that a large mail cannot stand in the way for ever. */
function firstPage(wanted: readonly { uid: number; size: number }[], limit: number): number[] {
  const page: number[] = [];
  let bytes = 0;
  for (const { uid, size } of wanted) {
    bytes += Math.min(size, MAX_SOURCE_BYTES);
    if (page.length === limit || (page.length > 0 && bytes > MAX_ANSWER_BYTES)) break;
    page.push(uid);
  }
  return page;
}

function timeOf(date: Date | string | undefined): number {
  const at = date ? new Date(date).getTime() : Number.NaN;
  // A mail without a time is never skipped.
  return Number.isNaN(at) ? Number.POSITIVE_INFINITY : at;
}
