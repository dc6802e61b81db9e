import { addressParser } from "postal-mime";
import { cutText } from "@/lib/files/text-limits";
import type { MailAddress } from "./mail-types";

/** An address in running text. Bounded repetitions, and no nested ones, so it is linear. */
const ADDRESS =
  /[A-Za-z0-9_!#$%&'*+/=?^`{|}~.-]{1,128}@[A-Za-z0-9](?:[A-Za-z0-9-]{0,63}\.){0,8}[A-Za-z0-9-]{1,63}/g;

/**
 * Lower-cased bare address, or null when the text is not one. Takes the forms of RFC 3464 recipient fields:
 * "rfc822; <a@b.c>", "'a@b.c'", "a@b.c (reason)", and Sendmail's "user@host_daemon" debris is refused.
 */
export function normaliseAddress(written: string): string | null {
  const bare = cutText(written, 1_000)
    .trim()
    .replace(/^(?:rfc ?822|smtp|utf-8|x-local|dns|local|unknown)\s*;\s*/i, "")
    .replace(/^(?:smtp|mailto|RCPT TO):/i, "")
    .trim();
  const inBrackets = /<\s*([^<>\s]{3,320})\s*>/.exec(bare)?.[1] ?? bare;
  const quoted = inBrackets.replace(/^["'<(]+|["'>):;,.]+$/g, "").toLowerCase();
  if (!/^[^\s@<>()",;:[\]]{1,128}@[a-z0-9\u00a1-\uffff][a-z0-9.\u00a1-\uffff-]{0,252}$/.test(quoted))
    return null;
  return quoted.replace(/\.$/, "");
}

/** Every address in a text, lower-cased, in order, without repeats (at most 200). */
export function findAddresses(text: string): string[] {
  const found = new Set<string>();
  for (const match of text.matchAll(ADDRESS)) {
    const address = normaliseAddress(match[0].replace(/^['`/=|]+/, ""));
    if (address) found.add(address);
    if (found.size >= 200) break;
  }
  return [...found];
}

/** Mailboxes of an address header (RFC 5322, section 3.4), groups unwrapped; never throws. */
export function parseAddressHeader(value: string): MailAddress[] {
  try {
    return addressParser(cutText(value, 64 * 1024), { flatten: true }).map((box) => ({
      address: box.address ?? "",
      name: box.name,
    }));
  } catch {
    return findAddresses(value).map((address) => ({ address, name: "" }));
  }
}
