import { quoteForWhy } from "@/lib/files/text-limits";
import { deliveryStatuses, detectBounce } from "./bounce-detection";
import { type BounceVerdict, findStatus, judgeBounce } from "./bounce-verdict";
import { parseDeliveryStatus, type RecipientStatus } from "./delivery-status-fields";
import { anyAddresses, recipientsInText } from "./failed-recipients";
import { findAddresses } from "./mail-addresses";
import { headerValue, type MailHeader, type ParsedMail } from "./mail-types";
import { returnedMessageId, returnedRecipients, splitReport } from "./returned-message";

export interface FailedRecipient {
  /** Lower case. With `mailedAddresses`: always one of them. */
  address: string;
  /** RFC 3463 code, "" when the report gives none. */
  status: string;
  diagnostic: string;
  verdict: BounceVerdict;
  why: string;
}

export interface Bounce {
  failedRecipients: FailedRecipient[];
  /** Status and diagnostic of the first recipient, for a one-line display. */
  status: string;
  diagnostic: string;
  /** "hard" or "soft" when all recipients agree, else "undecided". Route by each recipient's own verdict. */
  verdict: BounceVerdict;
  /** Message-ID of the mail that was not delivered, when the report returns its header. */
  originalMessageId: string | null;
  /** Addresses the report names that we never mailed; not to be excluded. */
  unmatchedAddresses: string[];
  /** One sentence for a person. */
  why: string;
}

export interface BounceOptions {
  /** Lower-cased addresses we have mailed. When given, no other address is ever a failed recipient. */
  mailedAddresses?: ReadonlySet<string>;
  /** Lower-cased addresses of our own mailboxes; never failed recipients. */
  ownAddresses?: ReadonlySet<string>;
}

interface Candidate {
  /** The same recipient under every name the report gives, best first. */
  addresses: string[];
  action: string;
  status: string;
  diagnostic: string;
}

/**
 * Reads a non-delivery or delay report, or null when the mail is none. `bodyText` is the mail's text (from HTML
 * when it has no other). Sources, in order: RFC 3464 fields, X-Failed-Recipients (Exim, Gmail), the wording of
 * Postfix, Exim, qmail, Sendmail, Exchange and others, then To of the returned message.
 */
export function readBounce(mail: ParsedMail, bodyText: string, options: BounceOptions = {}): Bounce | null {
  const { notice, returnedHeaders } = splitReport(mail, bodyText);
  const sign = detectBounce(mail, notice);
  if (!sign) return null;
  const own = ownAddresses(mail, options);
  const candidates = findCandidates(mail, notice, returnedHeaders, own);
  const failed: FailedRecipient[] = [];
  const unmatched: string[] = [];
  for (const candidate of candidates) {
    const address = candidate.addresses.find(
      (one) => !options.mailedAddresses || options.mailedAddresses.has(one),
    );
    if (address === undefined) unmatched.push(...candidate.addresses.slice(0, 1));
    else if (!failed.some((one) => one.address === address))
      failed.push(judgeCandidate(address, candidate, notice));
  }
  const verdicts = new Set(failed.map((one) => one.verdict));
  const judgedAlone = judgeBounce("", findStatus(notice), notice);
  const verdict =
    failed.length === 0
      ? judgedAlone.verdict
      : verdicts.size === 1
        ? (failed[0]?.verdict ?? "undecided")
        : "undecided";
  return {
    failedRecipients: failed,
    status: failed[0]?.status ?? findStatus(notice),
    diagnostic: failed[0]?.diagnostic ?? quoteForWhy(notice, 300),
    verdict,
    originalMessageId: returnedMessageId(returnedHeaders),
    unmatchedAddresses: unmatched,
    why: explain(sign, failed, unmatched),
  };
}

/** The notice's own sender (MAILER-DAEMON, postmaster) and our mailboxes are never the failed recipient. */
function ownAddresses(mail: ParsedMail, options: BounceOptions): Set<string> {
  const own = new Set(options.ownAddresses ?? []);
  if (mail.from?.address) own.add(mail.from.address.toLowerCase());
  return own;
}

function findCandidates(
  mail: ParsedMail,
  notice: string,
  returnedHeaders: MailHeader[],
  own: Set<string>,
): Candidate[] {
  const notOwn = (candidate: Candidate): Candidate => ({
    ...candidate,
    addresses: candidate.addresses.filter((one) => !own.has(one)),
  });
  const inText = recipientsInText(notice);
  const statuses = [...deliveryStatuses(mail), ...parseDeliveryStatus(notice)];
  const fromFields = statuses
    .filter(isFailure)
    .map(fromStatus)
    .map((one) => withTextReason(one, inText))
    .map(notOwn);
  if (fromFields.some((one) => one.addresses.length > 0))
    return fromFields.filter((one) => one.addresses.length > 0);

  const reasons = new Map(inText.map((one) => [one.address, one.reason]));
  const plain = (address: string): Candidate => ({
    addresses: [address],
    action: "",
    status: "",
    diagnostic: reasons.get(address) ?? "",
  });
  const reportedTo = new Set([...own, ...mail.to.map((box) => box.address.toLowerCase())]);
  const sources = [
    findAddresses(headerValue(mail, "x-failed-recipients")),
    inText.map((one) => one.address),
    findAddresses(mail.subject).slice(0, 1),
    returnedRecipients(returnedHeaders),
    onlyOne(anyAddresses(notice).filter((one) => !reportedTo.has(one))),
  ];
  for (const addresses of sources) {
    const kept = addresses.filter((one) => !own.has(one));
    if (kept.length > 0) return kept.map(plain);
  }
  return [];
}

function isFailure(status: RecipientStatus): boolean {
  return !/^(?:delivered|relayed|expanded)$/.test(status.action) || /^5/.test(status.status);
}

function fromStatus(status: RecipientStatus): Candidate {
  const names = [status.originalRecipient, status.finalRecipient].filter((one) => one !== null);
  return {
    addresses: [...new Set(names)],
    action: status.action,
    status: status.status,
    diagnostic: status.diagnostic,
  };
}

/** A report whose fields carry no diagnostic usually says the reason in its text. */
function withTextReason(candidate: Candidate, inText: { address: string; reason: string }[]): Candidate {
  if (candidate.diagnostic.length > 3) return candidate;
  const reason = inText.find((one) => candidate.addresses.includes(one.address))?.reason ?? "";
  return { ...candidate, diagnostic: reason };
}

function judgeCandidate(address: string, candidate: Candidate, notice: string): FailedRecipient {
  const diagnostic = candidate.diagnostic || notice;
  const status = specificStatus(candidate.status) || findStatus(diagnostic) || candidate.status;
  let judged = judgeBounce(candidate.action, status, diagnostic);
  if (judged.verdict === "undecided" && diagnostic !== notice)
    judged = judgeBounce(candidate.action, status, notice);
  return {
    address,
    status,
    diagnostic: quoteForWhy(diagnostic, 500),
    verdict: judged.verdict,
    why: judged.why,
  };
}

/** x.0.0 is what a reporter writes that read no code; the server's own words may hold a better one. */
function specificStatus(status: string): string {
  return /^[245]\.0\.0$/.test(status) ? "" : status;
}

function onlyOne(addresses: string[]): string[] {
  return addresses.length === 1 ? addresses : [];
}

function explain(sign: string, failed: FailedRecipient[], unmatched: string[]): string {
  if (failed.length === 0) {
    const named =
      unmatched.length > 0
        ? `it names ${unmatched.slice(0, 3).join(", ")}, which we never mailed`
        : "it names no recipient";
    return `It is a bounce because ${sign}, but ${named}.`;
  }
  const first = failed[0];
  const others = failed.length > 1 ? ` and ${failed.length - 1} more` : "";
  return `It is a bounce because ${sign}; ${first?.address}${others} failed: ${first?.verdict}, ${first?.why}.`;
}
