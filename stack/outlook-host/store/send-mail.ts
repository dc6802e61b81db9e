import { rename, rm } from "node:fs/promises";
import path from "node:path";
import type { FoundItem, OutlookRequest } from "@/lib/mailbox/outlook/contract";
import { HostError, HRESULT } from "../host-error";
import { folderPath, type MailStore, type StoreAccount } from "./accounts";
import { composeMail } from "./compose-mail";
import { fileNameOf } from "./entry-id";
import { keyFile, locate, readClaim } from "./find-mail";
import { findByEntryId } from "./read-mail";
import type { StoredMail } from "./stored-mail";
import { rememberThread } from "./threads";
import { createDurably, hasCode, linkOnce, syncFolder } from "./write-durably";

type SendRequest = Extract<OutlookRequest, { action: "send" }>;

/** The instants a crash can fall between; a test stops at each. */
export type SendStage = "claimed" | "in outbox" | "sent";

export interface SendOptions {
  nowMs?: number;
  reached?: (stage: SendStage) => void;
}

/**
 * Sends one mail per idempotency key, whatever number of processes try and whenever they are killed. The key's file,
 * created exclusively and holding the whole mail, is the decision; the folders only show how far that mail has come,
 * and any later call carries it on under the same file name.
 * @throws {HostError} for a recipient that cannot be resolved or an original that is not there.
 */
export async function sendMail(
  store: MailStore,
  account: StoreAccount,
  request: SendRequest,
  options: SendOptions = {},
): Promise<{ status: "submitted" | "already"; item: FoundItem }> {
  const reached = options.reached ?? (() => {});
  let mail = await readClaim(store, account, request.idempotencyId);
  if (mail) {
    const item = await locate(store, account, mail);
    if (item.folder === "sent") return { status: "already", item };
  } else {
    mail = await claim(store, account, request, options.nowMs ?? Date.now());
  }
  reached("claimed");
  await handOver(store, account, mail, reached);
  reached("sent");
  return { status: "submitted", item: await locate(store, account, mail) };
}

async function claim(
  store: MailStore,
  account: StoreAccount,
  request: SendRequest,
  nowMs: number,
): Promise<StoredMail> {
  if (!request.to.every((address) => /^[^\s@<>]+@[^\s@<>]+$/.test(address))) {
    throw new HostError("Outlook does not recognize one or more names.", "rejected");
  }
  const original = request.replyToEntryId
    ? await findByEntryId(store, account, request.replyToEntryId)
    : null;
  if (request.replyToEntryId && !original) {
    throw new HostError("The message you specified cannot be found.", "invalid", HRESULT.notFound);
  }
  const mail = composeMail(account, request, original, nowMs);
  const won = await createDurably(
    keyFile(store, account, request.idempotencyId),
    `${JSON.stringify(mail)}\n`,
  );
  const claimed = won ? mail : await readClaim(store, account, request.idempotencyId);
  if (!claimed) throw new HostError("the mail was deleted while it was being sent", "failed");
  return claimed;
}

async function handOver(
  store: MailStore,
  account: StoreAccount,
  mail: StoredMail,
  reached: (stage: SendStage) => void,
): Promise<void> {
  const name = fileNameOf(mail.entryId);
  if (name === null || mail.key === null)
    throw new HostError(`the mail ${mail.entryId} is damaged`, "failed");
  if (mail.internetMessageId && mail.conversationId) {
    await rememberThread(store, account, mail.internetMessageId, mail.conversationId);
  }
  const outbox = path.join(folderPath(store, account, "outbox"), name);
  const sent = folderPath(store, account, "sent");
  await linkOnce(keyFile(store, account, mail.key), outbox);
  reached("in outbox");
  try {
    await rename(outbox, path.join(sent, name));
  } catch (error) {
    // Another process carried the same mail on between our two steps.
    if (!hasCode(error, "ENOENT")) throw error;
  }
  // Renaming one link of a file over another does nothing (rename(2)); a second hand-over leaves its link behind.
  await rm(outbox, { force: true });
  await syncFolder(sent);
  await deliverHere(store, account, mail, name);
}

/** Mail between accounts of this store, also from one to itself, arrives at once. */
async function deliverHere(
  store: MailStore,
  account: StoreAccount,
  mail: StoredMail,
  name: string,
): Promise<void> {
  const to = new Set(mail.to.map((address) => address.toLowerCase()));
  for (const recipient of store.accounts.filter((one) => to.has(one.address.toLowerCase())))
    await linkOnce(
      keyFile(store, account, mail.key ?? ""),
      path.join(folderPath(store, recipient, "inbox"), name),
    );
}
