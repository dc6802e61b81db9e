import { quoteForWhy } from "@/lib/files/text-limits";
import { parseDeliveryStatus } from "./delivery-status-fields";
import { headerValue, type ParsedMail, reportContents } from "./mail-types";

/** News about a mail that did arrive: nothing to answer, nothing to exclude. */
export interface Receipt {
  what: "delivered" | "read" | "deleted_unread";
  why: string;
}

const GOOD_ACTIONS = new Set(["delivered", "relayed", "expanded"]);

/** Subjects Exchange and Outlook give their receipts (English, German, French, Spanish, Italian, Dutch). */
const DELIVERED_SUBJECT =
  /^(?:delivered|relayed|expanded|zugestellt|remis|entregado|recapitato|bezorgd)\s?:/i;
const READ_SUBJECT = /^(?:read|gelesen|lu|leído|leido|letto|gelezen)\s?:/i;
const NOT_READ_SUBJECT = /^(?:not read|ungelesen|non lu|no leído|non letto|niet gelezen)\s?:/i;

/**
 * Reads a success report (RFC 3464 actions delivered, relayed, expanded) or a disposition notification
 * (RFC 8098), or Outlook's report items by class. A report with any failed or delayed recipient is no receipt.
 */
export function readReceipt(mail: ParsedMail): Receipt | null {
  const byClass = receiptByClass(mail.messageClass ?? "");
  if (byClass)
    return {
      what: byClass,
      why: `Outlook filed it as ${mail.messageClass}: "${quoteForWhy(mail.subject)}".`,
    };
  const notification = reportContents(mail, "message/disposition-notification")[0];
  const declared = /report-type\s*=\s*"?disposition-notification/i.test(headerValue(mail, "content-type"));
  if (notification !== undefined || declared) {
    const read = !/Disposition:[^\r\n]{0,200}\bdeleted\b/i.test(notification ?? "");
    const why = `A disposition notification (RFC 8098) says "${quoteForWhy(mail.subject)}".`;
    return { what: read ? "read" : "deleted_unread", why };
  }
  return deliveredReceipt(mail) ?? receiptBySubject(mail);
}

function receiptByClass(messageClass: string): Receipt["what"] | null {
  if (/^REPORT\..*\.DR$/i.test(messageClass)) return "delivered";
  if (/^REPORT\..*\.IPNRN$/i.test(messageClass)) return "read";
  if (/^REPORT\..*\.IPNNRN$/i.test(messageClass)) return "deleted_unread";
  return null;
}

function deliveredReceipt(mail: ParsedMail): Receipt | null {
  const recipients = reportContents(
    mail,
    "message/delivery-status",
    "message/global-delivery-status",
  ).flatMap(parseDeliveryStatus);
  const good = (action: string, status: string) => GOOD_ACTIONS.has(action) && !/^[45]/.test(status);
  if (recipients.length === 0 || !recipients.every((one) => good(one.action, one.status))) return null;
  const first = recipients[0];
  return {
    what: "delivered",
    why: `The delivery report says "${first?.action}" for ${first?.originalRecipient ?? first?.finalRecipient}.`,
  };
}

/** Only together with a machine's mark: a person may well write "Read: the attached". */
function receiptBySubject(mail: ParsedMail): Receipt | null {
  const isReport = /multipart\/report/i.test(headerValue(mail, "content-type"));
  const automatic = /^auto-/i.test(headerValue(mail, "auto-submitted"));
  if (!isReport && !automatic) return null;
  const what = DELIVERED_SUBJECT.test(mail.subject)
    ? "delivered"
    : NOT_READ_SUBJECT.test(mail.subject)
      ? "deleted_unread"
      : READ_SUBJECT.test(mail.subject)
        ? "read"
        : null;
  return what && { what, why: `An automatic mail has the subject "${quoteForWhy(mail.subject)}".` };
}
