import type { FetchMessageObject, ImapFlow, SearchObject } from "imapflow";
import { parseHeaderBlock } from "@/lib/mail-rules/header-block";
import { KEY_HEADER } from "../outlook/contract";
import type { FoundItem } from "../transport";
import type { MailAccount } from "./account";
import { messageIdOf } from "./compose-mail";
import { writeEntryId } from "./entry-id";
import type { Folders } from "./find-folders";

/** The item with this key in Sent, else in Drafts. */
export async function findByKey(
  client: ImapFlow,
  account: MailAccount,
  folders: Folders,
  key: string,
): Promise<FoundItem | null> {
  for (const name of ["sent", "drafts"] as const) {
    const path = folders[name];
    const item = path ? await findIn(client, path, name, key, messageIdOf(key, account.address)) : null;
    if (item) return item;
  }
  return null;
}

async function findIn(
  client: ImapFlow,
  path: string,
  name: "sent" | "drafts",
  key: string,
  messageId: string,
): Promise<FoundItem | null> {
  const lock = await client.getMailboxLock(path, { readOnly: true });
  try {
    // Some servers index only the Message-ID, some replace it: either is enough.
    const query: SearchObject = {
      or: [{ header: { [KEY_HEADER]: key } }, { header: { "Message-ID": messageId } }],
    };
    const uids = await client.search(query, { uid: true });
    if (!uids || uids.length === 0 || !client.mailbox) return null;
    const { uidValidity } = client.mailbox;
    const wanted = { uid: true, internalDate: true, headers: [KEY_HEADER, "Message-ID"] };
    for (const message of await client.fetchAll(uids, wanted, { uid: true })) {
      const found = readHeaders(message);
      // A search matches within a value; only the whole value is this mail.
      if (found.key !== key && found.messageId !== messageId) continue;
      return {
        folder: name,
        entryId: writeEntryId({
          folder: path,
          uidValidity: String(uidValidity),
          uid: message.uid,
          messageId: found.messageId,
        }),
        conversationId: null,
        internetMessageId: found.messageId || null,
        sentAtUtc: message.internalDate ? new Date(message.internalDate).toISOString() : null,
      };
    }
    return null;
  } finally {
    lock.release();
  }
}

function readHeaders(message: FetchMessageObject): { key: string; messageId: string } {
  const headers = parseHeaderBlock(message.headers?.toString("utf8") ?? "");
  const value = (name: string) => headers.find((one) => one.name === name)?.value.trim() ?? "";
  return { key: value(KEY_HEADER.toLowerCase()), messageId: value("message-id") };
}
