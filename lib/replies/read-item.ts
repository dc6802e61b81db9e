import { decideByRules, type RuleDecision, type RuleOptions } from "@/lib/mail-rules/decide-by-rules";
import { mailFromFields } from "@/lib/mail-rules/mail-from-fields";
import type { MailAddress, ParsedMail } from "@/lib/mail-rules/mail-types";
import { parseMail } from "@/lib/mail-rules/parse-mail";
import { KEY_HEADER } from "@/lib/mailbox/outlook/contract";
import type { ListedItem } from "@/lib/mailbox/transport";
import { storable } from "./storable";

/** Raw source is kept up to this many characters; what is longer is an attachment nobody needs here. */
const MAX_SOURCE_CHARS = 500_000;
const SEND_KEY = new RegExp(String.raw`^${KEY_HEADER}:[ \t]*([A-Za-z0-9_-]{8,64})[ \t]*\r?$`, "gim");

export interface ReadItem {
  readonly item: ListedItem;
  readonly mail: ParsedMail;
  readonly decision: RuleDecision;
}

/** Parses one listed item. Never throws: what cannot be parsed is kept with the reason, and a person sees it. */
export async function parseItem(item: ListedItem): Promise<ParsedMail> {
  if (item.rawSource) return parseMail(item.rawSource);
  return mailFromFields({
    subject: item.subject ?? "",
    text: item.bodyText ?? "",
    html: item.bodyHtml ?? "",
    headersText: item.headers ?? "",
    messageClass: item.messageClass,
    messageId: item.internetMessageId ?? undefined,
    inReplyTo: item.inReplyTo ?? undefined,
    references: item.references ?? undefined,
    from: item.from ? { address: item.from, name: item.fromName ?? "" } : undefined,
    to: item.to.map((address) => ({ address, name: "" })),
    date: item.receivedUtc ?? undefined,
    attachments: item.attachments.map((attachment) => ({
      ...attachment,
      mimeType: "application/octet-stream",
    })),
  });
}

/**
 * Parses one listed item and applies the rules.
 * @param known what the desk knows of the thread it stands in.
 */
export async function readItem(
  item: ListedItem,
  ownAddresses: ReadonlySet<string>,
  known: RuleOptions = {},
): Promise<ReadItem> {
  return judgeItem(item, await parseItem(item), { ...known, ownAddresses });
}

/** What the rules make of a parsed item. */
export function judgeItem(item: ListedItem, mail: ParsedMail, known: RuleOptions): ReadItem {
  const receivedAt = item.receivedUtc ?? mail.date;
  return { item, mail, decision: decideByRules(mail, { keyHeader: KEY_HEADER, ...known, receivedAt }) };
}

/** What `match_email` needs to say whose mail it is, before anything is decided. */
export function toMatch(item: ListedItem, mail: ParsedMail) {
  return {
    conversationId: item.conversationId,
    inReplyTo: mail.inReplyTo ?? item.inReplyTo,
    references: mail.references,
    sendKeys: readSendKeys(item, mail),
    fromEmail: (mail.from?.address || item.from || "").toLowerCase() || null,
    subject: mail.subject || item.subject || "",
  };
}

/** The row `ingest_email` stores, with what it needs to match the mail to a send. */
export function toIngestRow({ item, mail, decision }: ReadItem, now: string) {
  const failed = decision.kind === "bounce" ? decision.bounce.failedRecipients.map((one) => one.address) : [];
  const original =
    decision.kind === "bounce"
      ? decision.bounce.originalMessageId
      : decision.kind === "complaint"
        ? decision.report.originalMessageId
        : null;
  const { visibleText, facts, flags, ...ruling } = decision;
  return storable({
    ...toMatch(item, mail),
    entryId: item.entryId,
    messageId: mail.messageId ?? item.internetMessageId,
    references: [...mail.references, ...(original ? [original] : [])],
    messageClass: item.messageClass,
    receivedAt: item.receivedUtc ?? mail.date ?? now,
    fromName: mail.from?.name || item.fromName,
    toEmails: addressesOf(mail.to),
    ccEmails: addressesOf(mail.cc),
    replyToEmails: addressesOf(mail.replyTo),
    bodyText: mail.text || item.bodyText || "",
    bodyHtml: mail.html || item.bodyHtml || null,
    headers: item.headers?.slice(0, 100_000) ?? null,
    rawSource: item.rawSource?.slice(0, MAX_SOURCE_CHARS) ?? null,
    attachments: mail.attachments,
    parseProblem: decision.flags.includes("parse_problem") ? mail.problems.join(" ") : null,
    visibleText,
    facts,
    flags,
    ruling,
    failedRecipients: failed,
    // A receipt is written by a machine about a mail that arrived; its contact said nothing.
    holds: decision.kind !== "receipt",
  });
}

const addressesOf = (boxes: readonly MailAddress[]) =>
  boxes
    .map((box) => box.address)
    .filter(Boolean)
    .slice(0, 100);

/** The keys of mails of ours that this one returns: a notice often quotes our header where it drops the Message-ID. */
function readSendKeys(item: ListedItem, mail: ParsedMail): string[] {
  const quoted = [...mail.reportParts.map((part) => part.content), mail.text, item.bodyText ?? ""].join("\n");
  const keys = [...quoted.slice(0, MAX_SOURCE_CHARS).matchAll(SEND_KEY)].map((match) => match[1] ?? "");
  return [...new Set(keys)].slice(0, 10);
}
