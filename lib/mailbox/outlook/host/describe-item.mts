import { PROPERTY, readValue, textOf } from "./properties.mts";
import { recipientAddresses, senderAddress } from "./sender-address.mts";
import { toIso } from "./times.mts";

var MAIL: Outlook.OlObjectClass.olMail = 43;
var REPORT: Outlook.OlObjectClass.olReport = 46;

/** A body beyond this says nothing that its start does not; one mail must not fill the answer. */
var MAX_TEXT = 1000000;

/** `ListedItem` of the contract. */
export interface ListedItem {
  entryId: string;
  messageClass: string;
  kind: "mail" | "report" | "other";
  conversationId: string | null;
  subject: string | null;
  receivedUtc: string | null;
  internetMessageId: string | null;
  inReplyTo: string | null;
  references: string | null;
  headers: string | null;
  from: string | null;
  fromName: string | null;
  to: string[];
  bodyText: string | null;
  bodyHtml: string | null;
  rawSource: null;
  attachments: { filename: string; sizeBytes: number }[];
  key: string | null;
}

/** Everything a folder of mail can hold has at least these. */
export type AnyItem = Outlook.MailItem | Outlook.ReportItem | Outlook.MeetingItem;

function cut(text: string | null): string | null {
  return text && text.length > MAX_TEXT ? text.slice(0, MAX_TEXT) : text;
}

function kindOfItem(item: AnyItem): ListedItem["kind"] {
  if (item.Class === MAIL) return "mail";
  return item.Class === REPORT ? "report" : "other";
}

/** Our key: the property of a mail we wrote, or the header it became on its way to us. */
function keyOf(item: AnyItem, headers: string | null): string | null {
  var key = textOf(item, PROPERTY.key);
  if (key) return key;
  var header = headers && /(?:^|\n)X-Outreach-Id:[ \t]*([A-Za-z0-9_-]{8,64})[ \t]*(?:\r?\n|$)/i.exec(headers);
  return header ? header[1] || null : null;
}

function attachmentsOf(item: Outlook.MailItem): ListedItem["attachments"] {
  var list: ListedItem["attachments"] = [];
  var attachments = readValue(() => item.Attachments);
  for (var i = 1; attachments && i <= attachments.Count; i++) {
    var attachment = attachments.Item(i);
    var name = readValue(() => attachment.FileName);
    // An embedded mail has no file name and a damaged one no size.
    var size = readValue(() => attachment.Size);
    list.push({ filename: String(name || "attachment"), sizeBytes: size && size > 0 ? size : 0 });
  }
  return list;
}

function bodyOf(item: AnyItem): string {
  // A report's Body may be decoded with the wrong width (ASCII read as UTF-16); the property is right.
  var stored = item.Class === REPORT ? textOf(item, PROPERTY.body) : null;
  var shown = stored || readValue(() => item.Body);
  return cut(shown) || "";
}

/**
 * An item as the product reads it. What an item does not have or will not show (a report has no sender, an encrypted mail
 * no body) is null or empty; only trouble with Outlook as a whole is thrown.
 * @param at its time in UTC milliseconds
 */
export function describeItem(item: AnyItem, at: number | null, withRecipients: boolean): ListedItem {
  var mail = item as Outlook.MailItem;
  var kind = kindOfItem(item);
  var isReport = kind === "report";
  var headers = textOf(item, PROPERTY.transportHeaders);
  var name = isReport ? null : readValue(() => mail.SenderName);
  return {
    entryId: item.EntryID,
    messageClass: item.MessageClass || "IPM.Note",
    kind: kind,
    conversationId: item.ConversationID || null,
    subject: readValue(() => item.Subject),
    receivedUtc: at === null ? null : toIso(at),
    internetMessageId: textOf(item, PROPERTY.messageId),
    inReplyTo: textOf(item, PROPERTY.inReplyTo),
    references: textOf(item, PROPERTY.references),
    headers: headers,
    from: isReport ? null : senderAddress(mail),
    fromName: name || null,
    to: withRecipients && kind === "mail" ? recipientAddresses(mail) : [],
    bodyText: bodyOf(item),
    bodyHtml: kind === "mail" ? htmlOf(mail) : null,
    rawSource: null,
    attachments: kind === "mail" ? attachmentsOf(mail) : [],
    key: keyOf(item, headers),
  };
}

function htmlOf(mail: Outlook.MailItem): string | null {
  var html = readValue(() => mail.HTMLBody);
  return cut(html) || null;
}
