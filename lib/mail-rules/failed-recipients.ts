import { splitLines } from "@/lib/files/text-limits";
import { findAddresses, normaliseAddress } from "./mail-addresses";

/** A recipient named by a report's words, with the words that follow it (its reason). */
export interface NamedRecipient {
  address: string;
  reason: string;
}

const ADDR = String.raw`["'(<\[]{0,2}([^\s<>"'()\[\],;:|*]{1,128}@[A-Za-z0-9.-]{1,253})[>"')\]]{0,2}`;

/** "<a@b.c>: reason", "a@b.c:", "* a@b.c", "a@b.c on Thu, …": an address that opens its line. */
const LEADING = new RegExp(
  String.raw`^[\s>*•-]{0,20}${ADDR}(?:\s*<mailto:[^>]{1,254}>(?:\s|$)|\s*(?::|\.\.\.| - | on \S|\(|\s{2}|$)|\s*,?\s*$)`,
  "i",
);

/** The sentence that announces a list of failed addresses. */
const ANNOUNCES =
  /(?:following|these|this|intended|listed) (?:e-?mail )?(?:address|recipient|user|group|destination|mail ?box)|(?:permanent fatal|transient non-fatal|delivery) (?:errors|problems)|(?:was|were|is) not delivered to|could not be delivered to|address to which the message|recipients? (?:were|was) affected|failed permanently|volgende geadresseerden|folgenden empfänger|destinataires? suivants?|siguientes destinatarios|seguenti destinatari|seguintes destinatários|одному или нескольким получателям|無法|宛先|アドレスへの送信/i;

/** One sentence that names the address itself. Ordered: the first that matches anything decides. */
const NAMING = [
  new RegExp(String.raw`addressed(?: to)?,?\s+${ADDR}`, "gi"),
  new RegExp(
    String.raw`(?:failed|final|intended|original|invalid|rejected|unknown|undeliverable)[ -]+recipient(?: address)?\s*[:<]?\s*(?:rfc822;\s*)?${ADDR}`,
    "gi",
  ),
  new RegExp(String.raw`\brecipient(?: address)?\s*:\s*${ADDR}`, "gi"),
  new RegExp(
    String.raw`(?:delivering|deliver|delivered|delivery of|send|sending|transmit)\b[^\n<@]{0,60}\b(?:to|for)\s*:?\s+${ADDR}`,
    "gi",
  ),
  new RegExp(
    `(?:message|mail|e-?mail) (?:to|for|addressed to),? ?(?:the )?(?:recipient |address )?${ADDR}`,
    "gi",
  ),
  new RegExp(
    String.raw`(?:undeliverable +to|userid:|attempts:|full:|address:?|user|account|mailbox|list)\s+${ADDR}`,
    "gi",
  ),
  new RegExp(String.raw`(?:generated|expanded) (?:from|by):?\s+${ADDR}`, "gi"),
  new RegExp(String.raw`RCPT TO:?\s*${ADDR}`, "gi"),
  /"emailAddress\\{0,4}"\s*:\s*\\{0,4}"([^"\\\s]{3,254})/gi,
];

/** "For further assistance, please contact <support@…>": a helper, never the one that failed. */
const HELPER =
  /\b(?:contact|assistance|questions?|help ?desk|write to|report (?:this )?to)\b[^\n@]{0,60}\s<?[^\s<>@]{1,64}@[A-Za-z0-9.-]{1,128}/gi;

/** A mailing list that refuses a stranger names itself, then the addresses of its helpers. */
const NOT_A_MEMBER = new RegExp(`not (?:a )?members? of (?:this|the) mailing list,? ${ADDR}`, "i");

const MAX_RECIPIENTS = 100;

/**
 * Addresses a report names in its own words, for reports without usable RFC 3464 fields (half of all).
 * `notice` is the report without the returned message. Order: addresses that open a line, then naming sentences.
 */
export function recipientsInText(notice: string): NamedRecipient[] {
  const lines = splitLines(notice).slice(0, 2_000);
  const helpers = new Set(findAddresses((notice.match(HELPER) ?? []).join(" ")));
  return namedRecipients(notice, lines).filter((one) => !helpers.has(one.address));
}

function namedRecipients(notice: string, lines: string[]): NamedRecipient[] {
  const list = normaliseAddress(NOT_A_MEMBER.exec(notice)?.[1] ?? "");
  if (list) return [{ address: list, reason: notice }];
  const leading = leadingRecipients(lines);
  if (leading.length > 0) return leading;
  for (const pattern of NAMING) {
    const found = new Set<string>();
    for (const match of notice.matchAll(pattern)) {
      const address = normaliseAddress(match[1] ?? "");
      if (address && found.size < MAX_RECIPIENTS) found.add(address);
    }
    if (found.size > 0) return [...found].map((address) => ({ address, reason: notice }));
  }
  return [];
}

/** All addresses of a notice: the last resort, used only when exactly one remains after exclusions. */
export function anyAddresses(notice: string): string[] {
  return findAddresses(notice);
}

function leadingRecipients(lines: string[]): NamedRecipient[] {
  const announced = lines.findIndex((line) => ANNOUNCES.test(line));
  const found = new Map<string, string[]>();
  let current: string[] | null = null;
  const preamble = lines.slice(0, 40).join(" ");
  let indent = Number.POSITIVE_INFINITY;
  lines.forEach((line, index) => {
    const match = LEADING.exec(line);
    const address = match?.[1] ? normaliseAddress(match[1]) : null;
    const opensLine = address && (announced < 0 || index > announced || /^\s*<[^>]+>:/.test(line));
    const depth = line.search(/\S/);
    // Deeper lines continue the reason above ("    <sender@…>: unauthorized"); recipients share one depth.
    if (address && opensLine && depth <= indent && found.size < MAX_RECIPIENTS) {
      indent = depth;
      current = found.get(address) ?? [];
      found.set(address, current);
    }
    current?.push(line);
  });
  return [...found].map(([address, words]) => ({
    address,
    reason: words.join("\n").slice(0, 4_000) || preamble,
  }));
}
