import { createHash, randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { type MailStore, type StoreAccount, sidePath } from "./accounts";
import { hasCode, writeDurably } from "./write-durably";

/** A conversation of its own, in the shape of Outlook's ConversationID. */
export function newConversationId(): string {
  return randomBytes(16).toString("hex").toUpperCase();
}

/** Remembers which conversation a Message-ID belongs to, so that answers on it join. */
export async function rememberThread(
  store: MailStore,
  account: StoreAccount,
  messageId: string,
  conversationId: string,
): Promise<void> {
  await writeDurably(threadFile(store, account, messageId), conversationId);
}

/** The conversation of the first of these Message-IDs that is known, or null. */
export async function findThread(
  store: MailStore,
  account: StoreAccount,
  messageIds: readonly string[],
): Promise<string | null> {
  for (const messageId of messageIds) {
    try {
      return await readFile(threadFile(store, account, messageId), "utf8");
    } catch (error) {
      if (!hasCode(error, "ENOENT")) throw error;
    }
  }
  return null;
}

function threadFile(store: MailStore, account: StoreAccount, messageId: string): string {
  return sidePath(store, account, "threads", createHash("sha256").update(messageId).digest("hex"));
}
