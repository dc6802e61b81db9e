import { splitLines } from "@/lib/files/text-limits";
import { parseHeaderBlock } from "./header-block";
import { findAddresses, parseAddressHeader } from "./mail-addresses";
import { type MailHeader, type ParsedMail, reportContents } from "./mail-types";

/** A report's own words, and the header of the message it returns (empty when it returns none). */
export interface ReportText {
  notice: string;
  returnedHeaders: MailHeader[];
}

/** The line many mail systems put above the message they return, in whatever frame of dashes. */
const RETURN_MARKER =
  /^[\s>*=_-]{0,90}(?:(?:start of |the )?(?:returned|original|unsent|undelivered|failed) (?:message|mail|e-?mail)(?: (?:headers?|text|is|follows?|attached|below|as received|contents?|transcript|is as follows|message|information)){0,4}|(?:below|this|here|included|attached)\b.{0,40}\bcopy of (?:the|your) (?:\w+ ){0,2}(?:message|mail|header)s?.{0,60}|(?:your )?(?:message|mail)(?: (?:headers?|text|body|contents?))? follows?|original mail info|header of (?:the )?original.{0,40}|original message headers|oorspronkelijke berichtkoppen|ursprüngliche nachrichtenkopfzeilen|en-têtes de message d'origine|encabezados de mensajes? originale?s?|intestazioni messaggio originale)[\s:.*=_-]{0,90}$/i;

const RETURNED_FIRST_FIELD =
  /^>?(?:Return-Path|Received|Delivered-To|DKIM-Signature|X-Google-Smtp-Source|Message-ID):/i;

/**
 * Separates what a mail system says from the message it gives back, so that no address and no phrase of our
 * own mail is read as the reason. Uses the returned part (RFC 3462) when there is one, else marker lines.
 */
export function splitReport(mail: ParsedMail, bodyText: string): ReportText {
  const part = reportContents(
    mail,
    "message/rfc822",
    "text/rfc822-headers",
    "message/global",
    "message/rfc822-headers",
  )[0];
  const lines = splitLines(bodyText);
  const cut = findReturnedStart(lines);
  const notice = lines.slice(0, cut).join("\n");
  if (part !== undefined) return { notice, returnedHeaders: parseHeaderBlock(part) };
  const rest = lines.slice(cut).map((line) => line.replace(/^> ?/, ""));
  const first = rest.findIndex((line) => /^[A-Za-z][A-Za-z-]{1,40}:/.test(line) && !RETURN_MARKER.test(line));
  return { notice, returnedHeaders: first < 0 ? [] : parseHeaderBlock(rest.slice(first).join("\n")) };
}

function findReturnedStart(lines: string[]): number {
  let text = 0;
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? "";
    if (text > 0 && RETURN_MARKER.test(line)) return index;
    if (text > 0 && RETURNED_FIRST_FIELD.test(line) && isHeaderRun(lines, index)) return index;
    if (line.trim() !== "") text += 1;
  }
  return lines.length;
}

/** Three fields within the next lines: a header, not a sentence that happens to start with "Received:". */
function isHeaderRun(lines: string[], from: number): boolean {
  const next = lines.slice(from, from + 14);
  return next.filter((line) => /^>?[A-Z][A-Za-z-]{1,40}:\s/.test(line)).length >= 3;
}

/** To of the returned message, lower-cased; what is left when a report names nobody. */
export function returnedRecipients(headers: MailHeader[]): string[] {
  const to = headers.find((header) => header.name === "to")?.value ?? "";
  const boxes = parseAddressHeader(to).flatMap((box) => findAddresses(box.address));
  return boxes.length > 0 ? boxes : findAddresses(to);
}

/** Message-ID of the returned message, or null. */
export function returnedMessageId(headers: MailHeader[]): string | null {
  const value = headers.find((header) => header.name === "message-id")?.value ?? "";
  return /<[^<>\s]{1,500}>/.exec(value)?.[0] ?? null;
}
