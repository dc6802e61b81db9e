import { isSameMailbox } from "./address-key";
import { findForgery } from "./authenticity";
import { type AutoReply, dateContext, readAutoReply } from "./auto-reply";
import { readBodyText } from "./body-text";
import { type Bounce, type BounceOptions, readBounce } from "./bounce";
import { type ContactFacts, readContactFacts } from "./contact-facts";
import { type DocumentFact, readDocuments } from "./document-facts";
import { type FeedbackReport, isComplaint, readFeedbackReport } from "./feedback-report";
import { type FollowUp, readFollowUp } from "./follow-up-date";
import { findInjectionSigns } from "./injection";
import { headerValue, type ParsedMail } from "./mail-types";
import { type NamedPerson, readNamedPeople } from "./named-people";
import { type OptOut, readOptOut } from "./opt-out";
import { hasPriceFacts, type PriceFacts, readPriceFacts } from "./price-facts";
import { type Receipt, readReceipt } from "./receipt";
import type { ReturnDate } from "./return-date";
import { readSpeaksFor } from "./speaks-for";
import { ownWordsOfHtml } from "./strip-html";
import { ownWords } from "./strip-quotes";

/** Remarks for the person or the next step; none of them decides. */
export type RuleFlag =
  | "asks_to_stop"
  | "left_company"
  | "challenge"
  | "acknowledgement"
  | "injection_attempt"
  | "no_failed_recipient"
  | "never_mailed"
  | "not_verified"
  | "another_writer"
  | "unrelated"
  | "not_a_complaint"
  | "empty"
  | "parse_problem"
  | "has_price"
  | "has_attachment";

/** What a reply says that somebody acts on, besides what it is. */
export interface IntentFacts {
  /** Whom it names to ask instead, or who represents the owner. */
  people: NamedPerson[];
  documents: DocumentFact[];
  /** When to write again, where it says so. */
  followUp: FollowUp | null;
  /** For whom a "never again" is said; null when that is open. */
  speaksFor: "company" | "person" | null;
}

export type MailFacts = PriceFacts & ContactFacts & IntentFacts;

interface Decided {
  /** One sentence, quoting the mail. */
  why: string;
  /** What the person or machine wrote, without quoted mails, signature and banners. Hostile text. */
  visibleText: string;
  facts: MailFacts;
  flags: RuleFlag[];
  /**
   * Why this mail may not end a contact for ever without a person, whatever it says and whoever reads it: an end of a sentence.
   * Null when only its words have to be sure.
   */
  notForEver: string | null;
}

/** `undecided` goes to the response-classifier; every other decision is final over the model. */
export type RuleDecision =
  | (Decided & { kind: "own"; category: null })
  | (Decided & { kind: "complaint"; category: "complaint"; report: FeedbackReport })
  | (Decided & { kind: "receipt"; category: "receipt"; receipt: Receipt })
  | (Decided & { kind: "bounce"; category: "bounce"; bounce: Bounce })
  | (Decided & {
      kind: "auto_reply";
      category: "out_of_office";
      autoReply: AutoReply;
      returnDate: ReturnDate | null;
    })
  | (Decided & { kind: "opt_out"; category: "opt_out"; optOut: OptOut })
  | (Decided & { kind: "undecided"; category: null });

/** What is known about the thread a mail stands in. Everything is optional: a mail nobody wrote to us before has none of it. */
export interface RuleOptions extends BounceOptions {
  /** Texts of the mails we sent in this thread or to this contact. */
  sent?: readonly string[];
  /** The address we mailed; the writer may be another. */
  mailedTo?: string | null;
  /** When it came, ISO 8601; the mail's own date stands in for it. */
  receivedAt?: string | null;
  /** Message-IDs of mails of ours, and the name of the header field our mails carry their key in. */
  sentIds?: ReadonlySet<string>;
  keyHeader?: string;
  /** Names the receiving server writes into Authentication-Results; see `findForgery`. */
  trustedServers?: readonly string[];
}

/**
 * Applies the rules in their fixed order: feedback report, receipt, bounce, own mail, auto-reply, whose words, opt-out, facts.
 * The bounce check runs before the auto-reply check because half of all bounces carry Auto-Submitted. Pure.
 *
 * An automatic reply that says "stop emailing me" stays an auto-reply with the flag `asks_to_stop`: public suites
 * disagree about it, so a person decides. A feedback report that is no complaint (DMARC, "not spam") has the flag
 * `not_a_complaint`. Never throws: a mail that could not be read is `undecided` with the flag `parse_problem`.
 */
export function decideByRules(mail: ParsedMail, options: RuleOptions = {}): RuleDecision {
  const body = readBodyText(mail);
  return readMachineMail(mail, body, options) ?? readWrittenMail(mail, body, options);
}

function readMachineMail(mail: ParsedMail, body: string, options: RuleOptions): RuleDecision | null {
  const report = readFeedbackReport(mail);
  if (report) {
    const flags: RuleFlag[] = isComplaint(report) ? [] : ["not_a_complaint"];
    const told = machineMail(mail, body, report.why, flags);
    return { kind: "complaint", category: "complaint", report, ...told };
  }
  const receipt = readReceipt(mail);
  if (receipt)
    return { kind: "receipt", category: "receipt", receipt, ...machineMail(mail, body, receipt.why, []) };
  const bounce = readBounce(mail, body, options);
  if (bounce) {
    const told = machineMail(mail, body, bounce.why, bounceFlags(bounce));
    return { kind: "bounce", category: "bounce", bounce, ...told };
  }
  const ours = findOwnSign(mail, options);
  return ours === null ? null : { kind: "own", category: null, ...machineMail(mail, body, ours, []) };
}

function readWrittenMail(mail: ParsedMail, body: string, options: RuleOptions): RuleDecision {
  const visibleText = readOwnWords(mail, options.sent);
  const writtenAt = options.receivedAt ?? mail.date;
  const prices = readPriceFacts(visibleText);
  const facts = {
    ...prices,
    ...readContactFacts(visibleText, writtenAt),
    ...readIntentFacts(mail, visibleText, writtenAt, options),
  };
  const flags = commonFlags(mail, body, visibleText, prices);
  const notForEver = findHindrance(mail, options);
  if (notForEver) flags.push(notForEver.flag);
  if (isUnrelated(mail, options, notForEver?.flag === "another_writer")) flags.push("unrelated");
  const read = { visibleText, facts, flags, notForEver: notForEver?.why ?? null };
  const optOut = readOptOut(visibleText, mail.subject);
  const autoReply = isUnsubscribeRequest(visibleText) ? null : readAutoReply(mail, visibleText, writtenAt);
  if (autoReply) {
    const { returnDate, why } = autoReply;
    const all = [...flags, ...autoReplyFlags(autoReply, optOut)];
    return { kind: "auto_reply", category: "out_of_office", autoReply, returnDate, why, ...read, flags: all };
  }
  if (optOut) {
    const ask = optOut.ask ?? notForEver?.why ?? null;
    const sure = { ...optOut, ask };
    const why = ask === null ? optOut.why : `${optOut.why} A person decides, because ${ask}.`;
    return { kind: "opt_out", category: "opt_out", optOut: sure, why, ...read };
  }
  const why =
    visibleText === ""
      ? "The mail has no text of its own."
      : "No rule decides this mail; the classifier reads it.";
  return { kind: "undecided", category: null, why, ...read };
}

/** Why a mail is one of ours, wherever it lies: its sender, our key, our Message-ID. */
function findOwnSign(mail: ParsedMail, options: RuleOptions): string | null {
  const from = mail.from?.address ?? "";
  if ([...(options.ownAddresses ?? [])].some((own) => isSameMailbox(own, from)))
    return "It came from one of the desk's own addresses.";
  if (options.keyHeader && headerValue(mail, options.keyHeader.toLowerCase()) !== "")
    return "It carries the key of a mail of ours.";
  if (mail.messageId && options.sentIds?.has(mail.messageId))
    return "It has the Message-ID of a mail of ours.";
  return null;
}

/** No thread, no contact: a newsletter, an invoice, somebody who never heard of us. */
function isUnrelated(mail: ParsedMail, options: RuleOptions, anotherWriter: boolean): boolean {
  if (options.sent === undefined) return false;
  if (mail.inReplyTo || mail.references.length > 0 || /^\s*\p{L}{1,4}\s?:/u.test(mail.subject)) return false;
  const isBulk = ["list-unsubscribe", "list-id", "feedback-id"].some(
    (name) => headerValue(mail, name) !== "",
  );
  return (isBulk || anotherWriter) && (options.sent.length === 0 || anotherWriter);
}

/** A forged mail and somebody else's wish end nobody for ever by themselves. */
function findHindrance(mail: ParsedMail, options: RuleOptions): { flag: RuleFlag; why: string } | null {
  const forged = findForgery(mail, options.trustedServers);
  if (forged) return { flag: "not_verified", why: `it could not be verified: ${forged}` };
  const { mailedTo } = options;
  const from = mail.from?.address ?? "";
  if (!mailedTo || isSameMailbox(mailedTo, from)) return null;
  return { flag: "another_writer", why: `we mailed ${mailedTo} and ${from || "somebody else"} answered` };
}

/** What the writer wrote: of the plain part when there is one, else of the HTML part. */
export function readOwnWords(mail: ParsedMail, sent: readonly string[] = []): string {
  if (mail.text.trim() !== "" || mail.html === "") return ownWords(mail.text, sent);
  return ownWordsOfHtml(mail.html, sent);
}

/** Mail programs send an unsubscribe request for their user and mark it Auto-Submitted (Apple Mail, RFC 8058 mailto). */
function isUnsubscribeRequest(visibleText: string): boolean {
  return /\bsent this e-?mail to unsubscribe\b|^\s*(?:this is an )?unsubscribe(?: request)?\W*$/i.test(
    visibleText.replace(/\s+/g, " "),
  );
}

function machineMail(mail: ParsedMail, body: string, why: string, own: RuleFlag[]): Decided {
  const visibleText = body.slice(0, 4_000).trim();
  const prices = readPriceFacts("");
  const facts = { ...prices, ...readContactFacts("", null), ...NO_INTENT };
  const flags = commonFlags(mail, body, visibleText, prices).filter(
    (flag) => flag === "parse_problem" || flag === "injection_attempt",
  );
  return { why, visibleText, facts, flags: [...flags, ...own], notForEver: null };
}

function bounceFlags(bounce: Bounce): RuleFlag[] {
  if (bounce.failedRecipients.length > 0) return [];
  return bounce.unmatchedAddresses.length > 0 ? ["never_mailed"] : ["no_failed_recipient"];
}

function autoReplyFlags(autoReply: AutoReply, optOut: OptOut | null): RuleFlag[] {
  const flags: RuleFlag[] = [];
  const { what } = autoReply;
  if (what === "left_company" || what === "challenge" || what === "acknowledgement") flags.push(what);
  if (optOut) flags.push("asks_to_stop");
  return flags;
}

const NO_INTENT: IntentFacts = { people: [], documents: [], followUp: null, speaksFor: null };

function readIntentFacts(
  mail: ParsedMail,
  visibleText: string,
  writtenAt: string | null,
  options: RuleOptions,
): IntentFacts {
  return {
    people: readNamedPeople(visibleText, mail.from?.address ?? "", [...(options.ownAddresses ?? [])]),
    documents: readDocuments(visibleText, mail.attachments),
    followUp: readFollowUp(visibleText, writtenAt, dateContext(mail)),
    speaksFor: readSpeaksFor(visibleText),
  };
}

function commonFlags(mail: ParsedMail, body: string, visibleText: string, prices: PriceFacts): RuleFlag[] {
  const flags: RuleFlag[] = [];
  if (visibleText.trim() === "") flags.push("empty");
  if (mail.problems.some((problem) => /could not be (?:read|told)|is empty/.test(problem)))
    flags.push("parse_problem");
  if (findInjectionSigns(`${visibleText}\n${body}`, mail.subject).length > 0) flags.push("injection_attempt");
  if (hasPriceFacts(prices)) flags.push("has_price");
  if (mail.attachments.length > 0) flags.push("has_attachment");
  return flags;
}
