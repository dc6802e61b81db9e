import { openItem } from "./accounts.mts";
import { failure } from "./failure.mts";
import { PROPERTY, readValue } from "./properties.mts";
import type { SendRequest } from "./request.mts";

var MAIL_ITEM: Outlook.OlItemType.olMailItem = 0;
var PLAIN: Outlook.OlBodyFormat.olFormatPlain = 1;

/** A mail that carries the key: new, or a real reply on the original so that the thread holds. */
export function createMail(
  app: Outlook.Application,
  session: Outlook.NameSpace,
  account: Outlook.Account,
  request: SendRequest,
): Outlook.MailItem {
  var mail = request.replyToEntryId
    ? openOriginal(session, account, request.replyToEntryId).Reply()
    : (app.CreateItem(MAIL_ITEM) as Outlook.MailItem);
  mail.PropertyAccessor.SetProperty(PROPERTY.key, request.idempotencyId);
  return mail;
}

function openOriginal(
  session: Outlook.NameSpace,
  account: Outlook.Account,
  entryId: string,
): Outlook.MailItem {
  var original = openItem(session, account, entryId);
  if (original) return original;
  throw failure("invalid", "the mail to reply to is not in this mailbox any more");
}

/** Puts everything into the mail and saves it as a draft. Nothing has left when this ends or fails. */
export function composeMail(
  session: Outlook.NameSpace,
  account: Outlook.Account,
  mail: Outlook.MailItem,
  request: SendRequest,
): void {
  mail.SendUsingAccount = account;
  mail.To = request.to.join("; ");
  mail.CC = "";
  mail.BCC = "";
  mail.Subject = request.subject;
  // The format first: setting it later would convert the text through Word.
  mail.BodyFormat = PLAIN;
  mail.Body = request.bodyText.replace(/\r\n|\n/g, "\r\n");
  if (request.listUnsubscribe) setUnsubscribe(mail, request.listUnsubscribe);
  if (!mail.Recipients.ResolveAll()) throw failure("rejected", "Outlook cannot resolve the recipient");
  if (mail.Recipients.Count !== request.to.length)
    throw failure("rejected", "Outlook made other recipients of the address than were asked for");
  mail.Save();
  checkAccount(session, account, mail);
}

/** RFC 2369; a web page that takes a single POST (RFC 8058) has to be https. */
function setUnsubscribe(mail: Outlook.MailItem, by: { mailto: string; url?: string }): void {
  var ways = by.url ? `<${by.url}>, <${by.mailto}>` : `<${by.mailto}>`;
  mail.PropertyAccessor.SetProperty(PROPERTY.listUnsubscribe, ways);
  if (by.url && /^https:/.test(by.url))
    mail.PropertyAccessor.SetProperty(PROPERTY.listUnsubscribePost, "List-Unsubscribe=One-Click");
}

/** Outlook quietly falls back to its default account; a mail must not leave from another address than the one approved. */
function checkAccount(session: Outlook.NameSpace, account: Outlook.Account, mail: Outlook.MailItem): void {
  var taken = readValue(() => mail.SendUsingAccount);
  var isTaken = taken
    ? String(taken.SmtpAddress).toLowerCase() === String(account.SmtpAddress).toLowerCase()
    : session.Accounts.Count === 1;
  if (!isTaken) throw failure("failed", `Outlook would not send from ${account.SmtpAddress}`);
}
