import "server-only";
import { findAddresses } from "@/lib/mail-rules/mail-addresses";
import { KEY_HEADER } from "@/lib/mailbox/outlook/contract";
import type { ListedItem } from "@/lib/mailbox/transport";
import type { Json } from "@/lib/server/database.types";
import { unwrap } from "@/lib/server/database-error";
import { serviceDb } from "@/lib/server/service-client";
import { storable } from "./storable";

const KEY_LINE = new RegExp(String.raw`^${KEY_HEADER}:[ \t]*([A-Za-z0-9_-]{8,64})`, "im");
/** Items this process has learned from; the overlap brings each one many times. */
const noted = new Set<string>();
const MOST_NOTED = 10_000;

/**
 * Learns from one item of Sent Items: our own mail settles its send, anything else was sent by hand, counts against the
 * limits and ends the sequence of the contact it went to.
 */
export async function noteSentItem(mailboxId: string, item: ListedItem): Promise<void> {
  const known = `${mailboxId} ${item.entryId}`;
  if (noted.has(known) || item.receivedUtc === null || item.kind !== "mail") return;
  unwrap(
    await serviceDb().rpc("note_sent_item", {
      p_mailbox_id: mailboxId,
      p_item: storable({
        entryId: item.entryId,
        messageId: item.internetMessageId,
        conversationId: item.conversationId,
        inReplyTo: item.inReplyTo,
        key: item.key ?? readKey(item),
        subject: item.subject ?? "",
        sentAt: item.receivedUtc,
        toEmails: item.to.flatMap((to) => findAddresses(to)),
      }) as Json,
    }),
  );
  if (noted.size >= MOST_NOTED) noted.clear();
  noted.add(known);
}

function readKey(item: ListedItem): string | null {
  const head = item.headers ?? item.rawSource?.slice(0, 20_000) ?? "";
  return KEY_LINE.exec(head.split(/\r?\n\r?\n/, 1)[0] ?? "")?.[1] ?? null;
}
