import PostalMime, { type Address, type Attachment, type Email } from "postal-mime";
import { cutText, MAX_BODY_CHARS, MAX_HTML_CHARS, MAX_SOURCE_LENGTH } from "@/lib/files/text-limits";
import { condenseSource } from "./condense-source";
import { sourceInUtf8 } from "./decode-source";
import { parseHeaderBlock } from "./header-block";
import { parseAddressHeader } from "./mail-addresses";
import type { MailAddress, MailAttachment, MailHeader, ParsedMail, ReportPart } from "./mail-types";

/** Parts that are evidence about another mail (RFC 3464, 3462, 5965, 8098, 6533) rather than something to open. */
const REPORT_TYPES = /^(?:message\/|text\/rfc822-headers$|multipart\/report$)/;
const MAX_REPORT_PARTS = 50;
const MAX_MESSAGE_IDS = 100;

/**
 * Reads RFC 5322 source (RFC 2045-2049 MIME) into a ParsedMail. Never throws: what cannot be read is named in
 * `problems` and the rest of the value is what could be recovered (at worst the header block and the raw text).
 * Pass bytes where they are known, or a string that `decodeSource` made of them: any other loses other character sets.
 */
export async function parseMail(source: string | Uint8Array): Promise<ParsedMail> {
  const problems: string[] = [];
  const bytes =
    typeof source === "string" ? new TextEncoder().encode(cutText(source, MAX_SOURCE_LENGTH)) : source;
  if (source.length > MAX_SOURCE_LENGTH)
    problems.push("The mail is over 40 MB; only its beginning was read.");
  const { bytes: body, wasCut } = condenseSource(withoutMboxLine(bytes.subarray(0, MAX_SOURCE_LENGTH)));
  if (wasCut) problems.push("The mail has over 40,000 lines; only its beginning was read.");
  if (body.length === 0) return { ...emptyMail(), problems: ["The mail is empty."] };
  try {
    const email = await PostalMime.parse(sourceInUtf8(body), {
      forceRfc822Attachments: true,
      maxNestingDepth: 60,
    });
    const mail = fromEmail(email, problems);
    if (mail.text || mail.html || mail.reportParts.length > 0 || mail.attachments.length > 0) return mail;
    const text = rawBody(body);
    if (text.trim() === "") return mail;
    const problem = "The MIME parts could not be told apart; the body is shown as it came.";
    return { ...mail, text, problems: [...mail.problems, problem] };
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    return recoverMail(body, [...problems, `The MIME structure could not be read (${cutText(why, 120)}).`]);
  }
}

/** A mail with nothing in it; the base for mails built from other sources than RFC 5322 text. */
export function emptyMail(): ParsedMail {
  return {
    messageId: null,
    inReplyTo: null,
    references: [],
    from: null,
    otherSenders: [],
    to: [],
    cc: [],
    replyTo: [],
    subject: "",
    date: null,
    headers: [],
    text: "",
    html: "",
    reportParts: [],
    attachments: [],
    messageClass: null,
    problems: [],
  };
}

/** Message-IDs of an In-Reply-To or References field (RFC 5322, section 3.6.4), angle brackets kept. */
export function messageIds(value: string): string[] {
  const found = cutText(value, 64 * 1024).match(/<[^<>\s]{1,500}>/g) ?? [];
  return [...new Set(found)].slice(0, MAX_MESSAGE_IDS);
}

function fromEmail(email: Email, problems: string[]): ParsedMail {
  const headers = email.headers.map((header) => ({ name: header.key, value: header.value }));
  if (headers.length === 0) problems.push("The mail has no header fields.");
  const [from = null, ...otherSenders] = sendersOf(email, headers);
  if (!from?.address) problems.push("The mail names no sender address.");
  const date = readDate(email.date);
  if (!date) problems.push(email.date ? "The date of the mail could not be read." : "The mail has no date.");
  const text = email.text ?? "";
  const html = email.html ?? "";
  if (text.length > MAX_BODY_CHARS || html.length > MAX_HTML_CHARS) {
    problems.push("The body is very long; only its beginning was read.");
  }
  return {
    messageId: messageIds(email.messageId ?? "")[0] ?? null,
    inReplyTo: messageIds(email.inReplyTo ?? "")[0] ?? null,
    references: messageIds(email.references ?? ""),
    from,
    otherSenders,
    to: flatten(email.to ?? []),
    cc: flatten(email.cc ?? []),
    replyTo: flatten(email.replyTo ?? []),
    subject: cutText(email.subject ?? "", 2_000),
    date,
    headers,
    text: cutText(text, MAX_BODY_CHARS),
    html: cutText(html, MAX_HTML_CHARS),
    reportParts: email.attachments.filter(isReportPart).slice(0, MAX_REPORT_PARTS).map(readReportPart),
    attachments: email.attachments.filter((part) => !isReportPart(part)).map(readAttachment),
    messageClass: null,
    problems,
  };
}

/** Every address of every From field; a second field, and a second address, are what a forger adds. */
function sendersOf(email: Email, headers: readonly MailHeader[]): MailAddress[] {
  const first = flatten(email.from ? [email.from] : []);
  const written = headers
    .filter((header) => header.name === "from")
    .flatMap((header) => parseAddressHeader(header.value))
    .filter((box) => /^[^\s@]+@[^\s@]+$/.test(box.address));
  const seen = new Set(first.map((box) => box.address.toLowerCase()));
  const others = written.filter((box) => {
    const isNew = !seen.has(box.address.toLowerCase());
    seen.add(box.address.toLowerCase());
    return isNew;
  });
  return [...first, ...others].slice(0, 10);
}

function flatten(addresses: Address[]): MailAddress[] {
  return addresses.flatMap((entry) =>
    entry.group
      ? entry.group.map((box) => ({ ...box }))
      : [{ address: entry.address ?? "", name: entry.name }],
  );
}

function isReportPart(part: Attachment): boolean {
  return REPORT_TYPES.test(part.mimeType);
}

function readReportPart(part: Attachment): ReportPart {
  return { mimeType: part.mimeType, content: cutText(contentText(part), MAX_BODY_CHARS) };
}

function readAttachment(part: Attachment): MailAttachment {
  const sizeBytes = typeof part.content === "string" ? part.content.length : part.content.byteLength;
  return { filename: part.filename, mimeType: part.mimeType, sizeBytes };
}

function contentText(part: Attachment): string {
  if (typeof part.content === "string") return part.content;
  return new TextDecoder().decode(new Uint8Array(part.content).subarray(0, MAX_BODY_CHARS * 2));
}

function readDate(value: string | undefined): string | null {
  const at = Date.parse(value ?? "");
  if (Number.isNaN(at)) return null;
  const date = new Date(at);
  const year = date.getUTCFullYear();
  return year >= 1970 && year <= 9999 ? date.toISOString() : null;
}

/** Drops the "From sender date" line of an mbox (RFC 4155) and empty lines before the header. */
function withoutMboxLine(bytes: Uint8Array): Uint8Array {
  let start = 0;
  while (start < bytes.length && (bytes[start] === 10 || bytes[start] === 13)) start += 1;
  const head = new TextDecoder("latin1").decode(bytes.subarray(start, start + 6));
  if (!/^>?From /.test(head)) return bytes.subarray(start);
  const lineEnd = bytes.indexOf(10, start);
  return lineEnd < 0 ? bytes.subarray(start) : bytes.subarray(lineEnd + 1);
}

/** Everything after the header, undecoded: reports with a wrong boundary are still readable that way. */
function rawBody(bytes: Uint8Array): string {
  const source = new TextDecoder().decode(bytes.subarray(0, MAX_BODY_CHARS * 2));
  const split = source.search(/\r?\n\r?\n/);
  return split < 0 ? "" : cutText(source.slice(split).trimStart(), MAX_BODY_CHARS);
}

function recoverMail(bytes: Uint8Array, problems: string[]): ParsedMail {
  const source = new TextDecoder().decode(bytes.subarray(0, MAX_BODY_CHARS * 2));
  const split = source.search(/\r?\n\r?\n/);
  const headers = parseHeaderBlock(split < 0 ? source : source.slice(0, split));
  const subject = headers.find((header) => header.name === "subject")?.value ?? "";
  return {
    ...emptyMail(),
    headers,
    subject: cutText(subject, 2_000),
    messageId: messageIds(headers.find((header) => header.name === "message-id")?.value ?? "")[0] ?? null,
    text: cutText(split < 0 ? source : source.slice(split).trimStart(), MAX_BODY_CHARS),
    problems,
  };
}
