import { decideByRules, type RuleDecision } from "@/lib/mail-rules/decide-by-rules";
import { mailFromFields } from "@/lib/mail-rules/mail-from-fields";
import type { ParsedMail } from "@/lib/mail-rules/mail-types";
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

/**
 * Parses one listed item and applies the rules. Never throws: what cannot be parsed is kept with the reason, and a
 * person sees it.
 */
export async function readItem(item: ListedItem, ownAddresses: ReadonlySet<string>): Promise<ReadItem> {
  const mail = item.rawSource
    ? await parseMail(item.rawSource)
    : mailFromFields({
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
  return { item, mail, decision: decideByRules(mail, { ownAddresses }) };
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
  return storable({
    entryId: item.entryId,
    messageId: mail.messageId ?? item.internetMessageId,
    conversationId: item.conversationId,
    inReplyTo: mail.inReplyTo ?? item.inReplyTo,
    references: [...mail.references, ...(original ? [original] : [])],
    sendKeys: readSendKeys(item, mail),
    messageClass: item.messageClass,
    receivedAt: item.receivedUtc ?? mail.date ?? now,
    fromEmail: (mail.from?.address || item.from || "").toLowerCase() || null,
    fromName: mail.from?.name || item.fromName,
    toEmails: mail.to.map((to) => to.address).filter(Boolean),
    subject: mail.subject || item.subject || "",
    bodyText: mail.text || item.bodyText || "",
    bodyHtml: mail.html || item.bodyHtml || null,
    headers: item.headers?.slice(0, 100_000) ?? null,
    rawSource: item.rawSource?.slice(0, MAX_SOURCE_CHARS) ?? null,
    attachments: mail.attachments,
    parseProblem: decision.flags.includes("parse_problem") ? mail.problems.join(" ") : null,
    visibleText: decision.visibleText,
    facts: decision.facts,
    flags: decision.flags,
    failedRecipients: failed,
    // A receipt is written by a machine about a mail that arrived; its contact said nothing.
    holds: decision.kind !== "receipt",
  });
}

/** The keys of mails of ours that this one returns: a notice often quotes our header where it drops the Message-ID. */
function readSendKeys(item: ListedItem, mail: ParsedMail): string[] {
  const quoted = [...mail.reportParts.map((part) => part.content), mail.text, item.bodyText ?? ""].join("\n");
  const keys = [...quoted.slice(0, MAX_SOURCE_CHARS).matchAll(SEND_KEY)].map((match) => match[1] ?? "");
  return [...new Set(keys)].slice(0, 10);
}
