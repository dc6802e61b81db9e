import type { FoundItem } from "@/lib/mailbox/outlook/contract";
import { type MailStore, type StoreAccount, sidePath } from "./accounts";
import { readMail, readMailFile } from "./read-mail";
import type { StoredMail } from "./stored-mail";

/**
 * Where the mail with this idempotency key is, or null when there is none. Reads the key's own file and at most two
 * folders; never scans. A mail that was saved but not handed over yet counts as a draft, as in Outlook.
 */
export async function findByKey(
  store: MailStore,
  account: StoreAccount,
  key: string,
): Promise<FoundItem | null> {
  const claimed = await readClaim(store, account, key);
  return claimed && (await locate(store, account, claimed));
}

export async function readClaim(
  store: MailStore,
  account: StoreAccount,
  key: string,
): Promise<StoredMail | null> {
  return await readMailFile(keyFile(store, account, key));
}

export function keyFile(store: MailStore, account: StoreAccount, key: string): string {
  return sidePath(store, account, "keys", `${key}.json`);
}

export async function locate(store: MailStore, account: StoreAccount, mail: StoredMail): Promise<FoundItem> {
  const { entryId, conversationId, internetMessageId } = mail;
  // Sent twice: between the first look and the one into the outbox the mail may have gone from there to sent.
  for (const folder of ["sent", "outbox", "sent"] as const) {
    if (await readMail(store, account, folder, entryId)) {
      const sentAtUtc = folder === "sent" ? mail.receivedUtc : null;
      return { folder, entryId, conversationId, internetMessageId, sentAtUtc };
    }
  }
  return { folder: "drafts", entryId, conversationId, internetMessageId, sentAtUtc: null };
}
