import "server-only";
import { setTimeout as wait } from "node:timers/promises";
import type { ImapFlow } from "imapflow";
import { logger } from "@/lib/server/logger";
import type { FoundItem } from "../transport";
import type { MailAccount } from "./account";
import { findByKey } from "./find-by-key";
import { findFolders } from "./find-folders";
import { keepTrying } from "./keep-trying";
import { inImap } from "./open-imap";

/** A server that files the copy itself may take a moment. */
const LOOKS_MS = [0, 300, 700, 1500] as const;

/**
 * Sees to it that Sent holds a copy of a mail the server took, and looks that it is there. A server that files copies
 * itself is waited for; otherwise the very bytes that were sent are appended.
 * @returns the copy, or null when it could not be filed or seen; the mail left all the same.
 */
export async function fileCopy(
  account: MailAccount,
  key: string,
  source: Buffer,
  date: Date,
): Promise<FoundItem | null> {
  try {
    return await keepTrying(() => inImap(account, (client) => fileIn(client, account, key, source, date)));
  } catch (error) {
    logger.warn({ err: error, account: account.address, key }, "the mail left, but no copy is in Sent");
    return null;
  }
}

async function fileIn(
  client: ImapFlow,
  account: MailAccount,
  key: string,
  source: Buffer,
  date: Date,
): Promise<FoundItem | null> {
  let folders = await findFolders(client, account);
  const look = async () => {
    const item = await findByKey(client, account, { ...folders, drafts: null }, key);
    return item;
  };
  if (filesItself(client, account)) {
    for (const pause of LOOKS_MS) {
      await wait(pause);
      const item = await look();
      if (item) return item;
    }
    if (account.sentCopy === "server") return null;
  }
  const there = await look();
  if (there) return there;
  if (!folders.sent) {
    await client.mailboxCreate("Sent");
    folders = { ...folders, sent: "Sent" };
  }
  await client.append(folders.sent ?? "Sent", source, ["\\Seen"], date);
  return look();
}

/** Gmail says who it is by its own extension. */
function filesItself(client: ImapFlow, account: MailAccount): boolean {
  return (
    account.sentCopy === "server" || (account.sentCopy === "auto" && client.capabilities.has("X-GM-EXT-1"))
  );
}
