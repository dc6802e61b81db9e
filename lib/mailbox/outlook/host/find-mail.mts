import { foldersOf } from "./accounts.mts";
import { PROPERTY, textOf, timeOf } from "./properties.mts";
import { toIso } from "./times.mts";

var OUTBOX: Outlook.OlDefaultFolders.olFolderOutbox = 4;
var SENT: Outlook.OlDefaultFolders.olFolderSentMail = 5;
var DRAFTS: Outlook.OlDefaultFolders.olFolderDrafts = 16;

export interface Located {
  folder: "sent" | "outbox" | "drafts";
  mail: Outlook.MailItem;
}

/** `FoundItem` of the contract. */
export interface FoundItem {
  folder: "sent" | "outbox" | "drafts";
  entryId: string;
  conversationId: string | null;
  internetMessageId: string | null;
  sentAtUtc: string | null;
}

function locateIn(
  session: Outlook.NameSpace,
  account: Outlook.Account,
  kind: Outlook.OlDefaultFolders,
  key: string,
): Outlook.MailItem | null {
  var folders = foldersOf(session, account, kind);
  for (var i = 0; i < folders.length; i++) {
    // The key was checked to hold letters, digits, "-" and "_" only: it cannot end the literal.
    var filter = `@SQL="${PROPERTY.key}" = '${key}'`;
    var mail = (folders[i] as Outlook.Folder).Items.Find(filter) as Outlook.MailItem | null;
    if (mail) return mail;
  }
  return null;
}

/**
 * The mail with this key, or null when it is in none of the folders. Sent Items is read twice: a mail can move there from
 * the Outbox between the two looks. A folder that cannot be read is an error, never "not there".
 */
export function locateMail(
  session: Outlook.NameSpace,
  account: Outlook.Account,
  key: string,
): Located | null {
  var mail = locateIn(session, account, SENT, key);
  if (mail) return { folder: "sent", mail: mail };
  mail = locateIn(session, account, OUTBOX, key);
  if (mail) return { folder: "outbox", mail: mail };
  mail = locateIn(session, account, DRAFTS, key);
  if (mail) return { folder: "drafts", mail: mail };
  mail = locateIn(session, account, SENT, key);
  return mail ? { folder: "sent", mail: mail } : null;
}

export function describeFound(located: Located): FoundItem {
  var at = timeOf(located.mail, PROPERTY.submitTime);
  return {
    folder: located.folder,
    entryId: located.mail.EntryID,
    conversationId: located.mail.ConversationID || null,
    internetMessageId: textOf(located.mail, PROPERTY.messageId),
    sentAtUtc: at === null ? null : toIso(at),
  };
}

export function findMail(
  session: Outlook.NameSpace,
  account: Outlook.Account,
  key: string,
): FoundItem | null {
  var located = locateMail(session, account, key);
  return located && describeFound(located);
}
