import path from "node:path";
import { headerValue, type MailAddress, type ParsedMail, reportContents } from "@/lib/mail-rules/mail-types";
import { parseMail } from "@/lib/mail-rules/parse-mail";
import { folderPath, type MailStore, type StoreAccount } from "./accounts";
import { entryTail, fileNameOf, newEntryId } from "./entry-id";
import { listEntryIds } from "./list-mails";
import { mailbox, writeSource } from "./rfc5322";
import type { StoredMail } from "./stored-mail";
import { findThread, newConversationId, rememberThread } from "./threads";
import { writeDurably } from "./write-durably";

export interface DeliverOptions {
  nowMs?: number;
  folder?: "inbox" | "junk";
  /** Delivering twice with one identity delivers once. */
  identity?: string;
}

/** The least a person writes: an ordinary text mail. */
export interface PlainMail {
  from: { address: string; name?: string };
  subject: string;
  text: string;
  inReplyTo?: string;
}

/**
 * Puts a mail into an account's inbox, as its mail server would: from RFC 5322 source, or from plain fields.
 * @returns the entry id, or null when a mail of this identity is there already.
 */
export async function deliverToInbox(
  store: MailStore,
  account: StoreAccount,
  mail: string | PlainMail,
  options: DeliverOptions = {},
): Promise<string | null> {
  const nowMs = options.nowMs ?? Date.now();
  const folder = options.folder ?? "inbox";
  const { identity } = options;
  if (identity !== undefined) {
    const tail = entryTail(identity);
    const there = await listEntryIds(store, account, folder);
    if (there.some((entryId) => entryId.endsWith(tail))) return null;
  }
  const rawSource = typeof mail === "string" ? mail : writePlainMail(account, mail, nowMs);
  const entryId = newEntryId(nowMs, identity);
  const stored = await readDelivered(store, account, rawSource, entryId, nowMs);
  const name = fileNameOf(entryId);
  if (name === null) throw new RangeError(`no mail can be received at ${nowMs}`);
  await writeDurably(path.join(folderPath(store, account, folder), name), `${JSON.stringify(stored)}\n`);
  return entryId;
}

async function readDelivered(
  store: MailStore,
  account: StoreAccount,
  rawSource: string,
  entryId: string,
  nowMs: number,
): Promise<StoredMail> {
  const mail = await parseMail(rawSource);
  const earlier = [mail.inReplyTo, ...mail.references].filter((id) => id !== null);
  const conversationId = (await findThread(store, account, earlier)) ?? newConversationId();
  if (mail.messageId) await rememberThread(store, account, mail.messageId, conversationId);
  const report = isDeliveryReport(mail);
  return {
    entryId,
    messageClass: report ? "REPORT.IPM.Note.NDR" : "IPM.Note",
    kind: report ? "report" : "mail",
    conversationId,
    subject: mail.subject,
    receivedUtc: new Date(nowMs).toISOString(),
    internetMessageId: mail.messageId,
    inReplyTo: mail.inReplyTo,
    references: mail.references.length > 0 ? mail.references.join(" ") : null,
    headers: /^[\s\S]*?(?=\r?\n\r?\n|$)/.exec(rawSource)?.[0] ?? null,
    from: mail.from?.address ?? null,
    fromName: mail.from?.name || mail.from?.address || null,
    to: mail.to.map((box: MailAddress) => box.address),
    bodyText: mail.text,
    bodyHtml: mail.html || null,
    rawSource,
    attachments: mail.attachments.map((part) => ({
      filename: part.filename ?? "attachment",
      sizeBytes: part.sizeBytes,
    })),
    key: null,
  };
}

/** What Exchange files as a ReportItem: a delivery status that is not mere good news (RFC 3464, 2.3.3). */
function isDeliveryReport(mail: ParsedMail): boolean {
  const statuses = reportContents(mail, "message/delivery-status");
  return (
    /multipart\/report/i.test(headerValue(mail, "content-type")) &&
    statuses.some((status) => /^action:\s*(failed|delayed)/im.test(status))
  );
}

function writePlainMail(account: StoreAccount, mail: PlainMail, nowMs: number): string {
  const domain = mail.from.address.slice(mail.from.address.indexOf("@") + 1);
  return writeSource(
    [
      ["From", mailbox(mail.from.name ?? "", mail.from.address)],
      ["To", mailbox(account.displayName, account.address)],
      ["Subject", { text: mail.subject }],
      ["Date", new Date(nowMs).toUTCString().replace("GMT", "+0000")],
      ["Message-ID", `<${newEntryId(nowMs).toLowerCase()}@${domain}>`],
      ["In-Reply-To", mail.inReplyTo ?? null],
      ["References", mail.inReplyTo ?? null],
    ],
    mail.text,
  );
}
