import { cutText, quoteForWhy } from "@/lib/files/text-limits";
import { FULL_OR_TOO_BIG, NO_SUCH_ADDRESS, REFUSED_FOR_NOW, SENDER_FAULT } from "./bounce-phrases";

/**
 * "hard": the address, host or person is gone, never mail it again. "soft": full, throttled, refused by policy,
 * late; the address stays. "undecided": the report does not say; a person looks.
 */
export type BounceVerdict = "hard" | "soft" | "undecided";

export interface JudgedReason {
  verdict: BounceVerdict;
  /** The words or the code that decided. */
  why: string;
}

/** Why a notice that a mail is late so far (RFC 3464, 2.3.3) is soft; another of the same mail says nothing new. */
export const DELAYED = `the report says "delayed"`;

/** RFC 3463 codes (and Exchange Online's) that say the destination is gone, when no words say otherwise. */
const HARD_STATUS = /^5\.(?:1\.(?:1|2|3|4|6|10|20|351)|4\.(?:4|310)|7\.17)$/;

/** Codes about our own address or our standing: 5.1.7 and 5.1.8 are the sender's address. */
const SOFT_STATUS = /^(?:4\.\d+\.\d+|5\.(?:1\.[789]|2\.[23]|3\.\d+|4\.[1-9]\d*|5\.\d+|6\.\d+|7\.\d+))$/;

/**
 * Judges one recipient's failure from its action (RFC 3464), status code (RFC 3463) and the server's words.
 * Words go before codes: half of the servers send 5.7.1 for "user unknown" and 5.1.1 for "sender refused".
 */
export function judgeBounce(action: string, status: string, diagnostic: string): JudgedReason {
  const text = readable(diagnostic);
  if (action === "delayed" && !/^5/.test(status)) return { verdict: "soft", why: DELAYED };
  const sender = SENDER_FAULT.exec(text);
  const full = FULL_OR_TOO_BIG.exec(text);
  const gone = NO_SUCH_ADDRESS.exec(text);
  const refused = REFUSED_FOR_NOW.exec(text);
  if (full) return said("soft", full[0]);
  const refusedRecipient = /recipient address rejected: access denied/i.exec(text);
  if (refusedRecipient) return said("hard", refusedRecipient[0]);
  if (sender && !saysUserUnknown(text) && !/^5\.1\.(?:1|10)$/.test(status)) return said("soft", sender[0]);
  if (gone && !(refused && isWeakGone(gone[0]))) {
    const contradicted = action === "delayed" || status.startsWith("4");
    return said(
      contradicted ? "undecided" : "hard",
      contradicted ? `${gone[0]}, yet called temporary` : gone[0],
    );
  }
  if (refused && !isWeakRefusal(refused[0])) return said("soft", refused[0]);
  if (HARD_STATUS.test(status) && action !== "delayed") return { verdict: "hard", why: `status ${status}` };
  if (refused) return said("soft", refused[0]);
  if (SOFT_STATUS.test(status)) return { verdict: "soft", why: `status ${status}` };
  const replyCode = /\b([45])\d\d[ -]/.exec(text)?.[1];
  if (replyCode === "4") return { verdict: "soft", why: "a 4xx reply" };
  return {
    verdict: "undecided",
    why: status ? `status ${status} says too little` : "the report gives no reason",
  };
}

/** First RFC 3463 code in a text, "" when there is none. */
export function findStatus(text: string): string {
  const match = /(?:^|[\s(#<[-])([245]\.\d{1,3}\.\d{1,3})(?=$|[\s)>\],;:-])/m.exec(cutText(text, 8_000));
  return match?.[1] ?? "";
}

/** "address rejected" and "disabled" mean little beside a stated policy reason. */
function isWeakGone(phrase: string): boolean {
  return /(?:rejected|refused|disabled|unavailable|moved to|suspended)$/i.test(phrase);
}

/** Words that servers also put beside a plain "no such address". */
function isWeakRefusal(phrase: string): boolean {
  return /access|try again|resend|later|retry|giving up|security|connect|restricted|protocol|server|system|service|expired|deferred/i.test(
    phrase,
  );
}

function saysUserUnknown(text: string): boolean {
  return /user unknown|unknown user|no such user|recipient (?:not found|unknown)|unknown recipient|user (?:does ?n[o']t|doesn't) exist/i.test(
    text,
  );
}

function said(verdict: BounceVerdict, words: string): JudgedReason {
  return { verdict, why: `"${quoteForWhy(words, 60)}"` };
}

/** Joins folded SMTP replies ("550-5.1.1 … 550 5.1.1 …") and drops addresses and links, whose letters are no reason. */
function readable(diagnostic: string): string {
  return cutText(diagnostic, 8_000)
    .replace(/\s+/g, " ")
    .replace(/unknown address error/gi, " ")
    .replace(/\b([245]\d\d)-(?=[245]\.\d|\S)/g, " ")
    .replace(
      /https?:[^\s<>"')\]]{0,200}(?:spamhaus|spamcop|sorbs|blocklist|blacklist|dnsbl)[^\s<>"')\]]{0,200}/gi,
      " blacklisted ",
    )
    .replace(/https?:\/\/[^\s<>"')\]]{1,300}/gi, " ")
    .replace(/<?[^\s<>@"']{1,128}@[^\s<>@"',;:]{1,253}>?/g, " ")
    .replace(/\s+/g, " ");
}
