import { randomBytes } from "node:crypto";
import type { KEY_HEADER as ContractKeyHeader, OutlookRequest } from "@/lib/mailbox/outlook/contract";
import type { StoreAccount } from "./accounts";
import { newEntryId } from "./entry-id";
import { type HeaderFields, mailbox, writeSource } from "./rfc5322";
import type { StoredMail } from "./stored-mail";
import { newConversationId } from "./threads";

type SendRequest = Extract<OutlookRequest, { action: "send" }>;
// A value import would pull the schema library into a process that lives for 100 ms; the type keeps the two equal.
const KEY_HEADER: typeof ContractKeyHeader = "X-Outreach-Id";

/**
 * The mail Outlook would put in Sent Items: a new one, or with `original` a reply on it — same conversation,
 * In-Reply-To and References (RFC 5322, 3.6.4), and "RE: " before the subject unless it is there.
 */
export function composeMail(
  account: StoreAccount,
  request: SendRequest,
  original: StoredMail | null,
  nowMs: number,
): StoredMail {
  const domain = account.address.slice(account.address.indexOf("@") + 1);
  const internetMessageId = `<${randomBytes(16).toString("hex")}@${domain}>`;
  const subject = original && !/^re:/i.test(request.subject) ? `RE: ${request.subject}` : request.subject;
  const inReplyTo = original?.internetMessageId ?? null;
  const references = inReplyTo ? [original?.references, inReplyTo].filter(Boolean).join(" ") : null;
  const fields: HeaderFields = [
    ["From", mailbox(account.displayName, account.address)],
    ["To", request.to.map((address) => mailbox("", address)).join(", ")],
    ["Subject", { text: subject }],
    ["Date", new Date(nowMs).toUTCString().replace("GMT", "+0000")],
    ["Message-ID", internetMessageId],
    ["In-Reply-To", inReplyTo],
    ["References", references],
    [KEY_HEADER, request.idempotencyId],
    ...unsubscribeFields(request.listUnsubscribe),
    ["X-Mailer", "Outlook stand-in"],
  ];
  return {
    entryId: newEntryId(nowMs),
    messageClass: "IPM.Note",
    kind: "mail",
    conversationId: original?.conversationId ?? newConversationId(),
    subject,
    receivedUtc: new Date(nowMs).toISOString(),
    internetMessageId,
    inReplyTo,
    references,
    // As in Outlook: a mail of our own has no transport headers.
    headers: null,
    from: account.address,
    fromName: account.displayName,
    to: request.to,
    bodyText: request.bodyText.replace(/\r?\n/g, "\r\n"),
    bodyHtml: null,
    rawSource: writeSource(fields, request.bodyText),
    attachments: [],
    key: request.idempotencyId,
  };
}

/** RFC 2369 and, where there is a page that takes one POST, RFC 8058. */
function unsubscribeFields(by: SendRequest["listUnsubscribe"]): HeaderFields {
  if (!by) return [];
  if (!by.url) return [["List-Unsubscribe", `<${by.mailto}>`]];
  const ways = ["List-Unsubscribe", `<${by.url}>, <${by.mailto}>`] as const;
  return by.url.startsWith("https:")
    ? [ways, ["List-Unsubscribe-Post", "List-Unsubscribe=One-Click"]]
    : [ways];
}
