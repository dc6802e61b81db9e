import { failure } from "./failure.mts";
import { readValue } from "./properties.mts";

/** The account with this address. Throws a failure of the kind `unknown-mailbox`. */
export function findAccount(session: Outlook.NameSpace, address: string): Outlook.Account {
  var wanted = address.toLowerCase();
  for (var i = 1; i <= session.Accounts.Count; i++) {
    var account = session.Accounts.Item(i);
    if (String(account.SmtpAddress).toLowerCase() === wanted) return account;
  }
  throw failure("unknown-mailbox", `Outlook has no account ${address}`);
}

/** Addresses of all accounts, lower case. */
export function listAccounts(session: Outlook.NameSpace): string[] {
  var addresses: string[] = [];
  for (var i = 1; i <= session.Accounts.Count; i++)
    addresses.push(String(session.Accounts.Item(i).SmtpAddress).toLowerCase());
  return addresses;
}

/** The store an account delivers into; null for the profile's default store. */
function storeOf(account: Outlook.Account): Outlook.Store | null {
  return readValue(() => account.DeliveryStore);
}

/**
 * The folders of one kind a mail of this account can be in: in the store the account delivers into, and in the profile's
 * default store, where Outlook keeps new drafts of every account.
 */
export function foldersOf(
  session: Outlook.NameSpace,
  account: Outlook.Account,
  kind: Outlook.OlDefaultFolders,
): Outlook.Folder[] {
  var folders: Outlook.Folder[] = [];
  var store = storeOf(account);
  var main = readValue(() => session.DefaultStore);
  if (store) folders.push(store.GetDefaultFolder(kind));
  if (!store || !main || store.StoreID !== main.StoreID) folders.push(session.GetDefaultFolder(kind));
  return folders;
}

/** An item by its entry id, wherever this account keeps it; null when it is not there. */
export function openItem(
  session: Outlook.NameSpace,
  account: Outlook.Account,
  entryId: string,
): Outlook.MailItem | null {
  var store = storeOf(account);
  var inStore =
    store &&
    readValue(() => session.GetItemFromID(entryId, (store as Outlook.Store).StoreID) as Outlook.MailItem);
  if (inStore) return inStore;
  return readValue(() => session.GetItemFromID(entryId) as Outlook.MailItem);
}
