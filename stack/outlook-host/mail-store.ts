/**
 * The stand-in's mail as a program in this process sees it: the launcher prepares it, the owners answer from it, a
 * mailbox viewer reads it. The host process uses the same files.
 */
export {
  accountOf,
  type MailStore,
  openMailStore,
  prepareMailStore,
  type StoreAccount,
} from "./store/accounts";
export { type DeliverOptions, deliverToInbox, type PlainMail } from "./store/deliver-mail";
export { findByKey } from "./store/find-mail";
export { type Listing, listEntryIds, listMails } from "./store/list-mails";
export { findByEntryId, readMail } from "./store/read-mail";
export { type SendOptions, type SendStage, sendMail } from "./store/send-mail";
export { FOLDERS, type Folder, type StoredMail } from "./store/stored-mail";
