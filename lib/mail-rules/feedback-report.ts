import { parseHeaderBlock } from "./header-block";
import { normaliseAddress } from "./mail-addresses";
import { headerValue, type ParsedMail, reportContents } from "./mail-types";

/** A complaint passed on by a mailbox provider: the person pressed "junk" (RFC 5965, section 3). */
export interface FeedbackReport {
  /** "abuse", "fraud", "opt-out", "auth-failure", "not-spam" …, lower case. */
  feedbackType: string;
  /** Who complained, where the report says so; providers often redact it. */
  recipient: string | null;
  /** Message-ID of the mail complained about, when the report returns its header. */
  originalMessageId: string | null;
  why: string;
}

/** Fields that name the complaining recipient (RFC 5965, 3.2; "Removal-Recipient" from its drafts, still sent). */
const RECIPIENT_FIELDS = ["original-rcpt-to", "removal-recipient", "redacted-address"];

/**
 * Reads an Abuse Reporting Format mail (RFC 5965; RFC 6591 for auth-failure), or null when the mail is none.
 * Microsoft's Junk Mail Reporting Programme sends no ARF: it is known by its sender and the returned message.
 */
export function readFeedbackReport(mail: ParsedMail): FeedbackReport | null {
  const part = reportContents(mail, "message/feedback-report")[0];
  const declared = /report-type\s*=\s*"?feedback-report/i.test(headerValue(mail, "content-type"));
  const junkReport = /^(?:staff|jmrp)@hotmail\.com$/i.test(mail.from?.address ?? "") && returned(mail) !== "";
  const inText = declared ? /^Feedback-Type:[ \t]*[a-z-]+/im.exec(mail.text) : null;
  if (part === undefined && !declared && !junkReport) return null;
  const fields = parseHeaderBlock(part ?? (inText ? mail.text.slice(inText.index) : ""));
  const field = (name: string) => fields.find((entry) => entry.name === name)?.value ?? "";
  const feedbackType = (field("feedback-type") || "abuse").toLowerCase();
  const original = parseHeaderBlock(returned(mail));
  const recipient = RECIPIENT_FIELDS.map((name) => normaliseAddress(field(name))).find(Boolean) ?? null;
  return {
    feedbackType,
    recipient,
    originalMessageId: original.find((entry) => entry.name === "message-id")?.value ?? null,
    why: `A feedback report (RFC 5965) of type "${feedbackType.slice(0, 40)}" came from ${mail.from?.address || "an unnamed sender"}.`,
  };
}

/** True when the report is about a person's complaint rather than about authentication or a false alarm. */
export function isComplaint(report: FeedbackReport): boolean {
  return !/^(?:not-spam|auth-failure|dmarc)/.test(report.feedbackType);
}

function returned(mail: ParsedMail): string {
  return reportContents(mail, "message/rfc822", "text/rfc822-headers", "message/global")[0] ?? "";
}
