import { cutText, MAX_BODY_CHARS, MAX_HTML_CHARS } from "@/lib/files/text-limits";
import { parseHeaderBlock } from "./header-block";
import { parseAddressHeader } from "./mail-addresses";
import type { MailAddress, MailAttachment, ParsedMail } from "./mail-types";
import { emptyMail, messageIds } from "./parse-mail";

/**
 * A mail as a mailbox hands it over in fields: Outlook's object model gives no RFC 5322 source.
 * `headersText` is PR_TRANSPORT_MESSAGE_HEADERS, empty for internal mail and for Outlook's own reports.
 * `messageClass` is the item class: "IPM.Note", "REPORT.IPM.Note.NDR" (not delivered), ".DR" (delivered),
 * ".IPNRN" (read), ".IPNNRN" (deleted unread), ".DELAYED" (MS-OXOMSG, section 2.2; ReportItem in the Outlook model).
 */
export interface MailFields {
  subject?: string;
  text?: string;
  html?: string;
  headersText?: string;
  messageClass?: string;
  messageId?: string;
  inReplyTo?: string;
  references?: string;
  from?: MailAddress;
  to?: readonly MailAddress[];
  cc?: readonly MailAddress[];
  /** ISO 8601. */
  date?: string;
  attachments?: readonly MailAttachment[];
}

/** Builds the same value `parseMail` gives, from fields; a field that is absent is looked up in `headersText`. */
export function mailFromFields(fields: MailFields): ParsedMail {
  const headers = parseHeaderBlock(fields.headersText ?? "");
  const header = (name: string) => headers.find((entry) => entry.name === name)?.value ?? "";
  const at = Date.parse(fields.date ?? header("date"));
  const date = Number.isNaN(at) ? null : new Date(at).toISOString();
  const from = fields.from ?? parseAddressHeader(header("from"))[0] ?? null;
  const isReport = /^REPORT\./i.test(fields.messageClass ?? "");
  const problems: string[] = [];
  if (!from?.address && !isReport) problems.push("The mail names no sender address.");
  if (!date) problems.push("The mail has no date.");
  return {
    ...emptyMail(),
    headers,
    from,
    date,
    messageId: messageIds(fields.messageId ?? header("message-id"))[0] ?? null,
    inReplyTo: messageIds(fields.inReplyTo ?? header("in-reply-to"))[0] ?? null,
    references: messageIds(fields.references ?? header("references")),
    otherSenders: parseAddressHeader(header("from")).slice(1),
    replyTo: parseAddressHeader(header("reply-to")),
    to: [...(fields.to ?? parseAddressHeader(header("to")))],
    cc: [...(fields.cc ?? parseAddressHeader(header("cc")))],
    subject: cutText(fields.subject ?? header("subject"), 2_000),
    text: cutText(repairReportBody(fields.text ?? ""), MAX_BODY_CHARS),
    html: cutText(fields.html ?? "", MAX_HTML_CHARS),
    attachments: [...(fields.attachments ?? [])],
    messageClass: fields.messageClass ?? null,
    problems,
  };
}

/**
 * ReportItem.Body of Outlook 2013 and later can be 8-bit text read as UTF-16, which shows as CJK characters.
 * When most characters are CJK and splitting each into two bytes gives printable ASCII, the split text is meant.
 */
function repairReportBody(text: string): string {
  const sample = text.slice(0, 200);
  const wide = [...sample].filter((char) => char >= "\u0a00").length;
  if (sample.length < 20 || wide < sample.length * 0.8) return text;
  let split = "";
  for (const unit of cutText(text, MAX_BODY_CHARS).split("")) {
    const code = unit.charCodeAt(0);
    split += String.fromCharCode(code & 0xff, code >> 8);
  }
  const printable = [...split.slice(0, 400)].filter((char) => /[\t\r\n -~]/.test(char)).length;
  return printable >= split.slice(0, 400).length * 0.9 ? split.replace(/\0/g, "") : text;
}
