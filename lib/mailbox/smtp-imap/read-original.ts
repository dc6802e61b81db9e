import type { ImapFlow } from "imapflow";
import { parseHeaderBlock } from "@/lib/mail-rules/header-block";
import { MailboxError } from "../mailbox-error";
import type { ThreadOriginal } from "./compose-mail";
import { readEntryId } from "./entry-id";

const MESSAGE_ID = /<[^<>\s]{1,500}>/g;

/**
 * What a follow-up has to name so that the thread holds. When the original is gone from its folder, or the folder was
 * rebuilt, its Message-ID alone does.
 * @throws {MailboxError} kind `invalid` for an entry id that is not of this transport.
 */
export async function readOriginal(client: ImapFlow, entryId: string): Promise<ThreadOriginal> {
  const place = readEntryId(entryId);
  if (!place)
    throw new MailboxError("The mail to reply to is not in this mailbox's folders.", true, {
      kind: "invalid",
    });
  const { folder, uid, uidValidity, messageId } = place;
  const known: ThreadOriginal = { messageId, references: [] };
  if (!folder || uid === 0) return known;
  const lock = await client.getMailboxLock(folder, { readOnly: true }).catch(() => null);
  if (!lock) return known;
  try {
    if (!client.mailbox || String(client.mailbox.uidValidity) !== uidValidity) return known;
    const wanted = { uid: true, headers: ["Message-ID", "References", "In-Reply-To"] };
    const message = await client.fetchOne(String(uid), wanted, { uid: true });
    if (!message) return known;
    const headers = parseHeaderBlock(message.headers?.toString("utf8") ?? "");
    const ids = (name: string) => headers.find((one) => one.name === name)?.value.match(MESSAGE_ID) ?? [];
    const references = ids("references");
    return {
      messageId: ids("message-id")[0] ?? messageId,
      references: references.length > 0 ? references : ids("in-reply-to").slice(0, 1),
    };
  } finally {
    lock.release();
  }
}
