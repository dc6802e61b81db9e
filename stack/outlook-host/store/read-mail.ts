import { readFile } from "node:fs/promises";
import path from "node:path";
import { folderPath, type MailStore, type StoreAccount } from "./accounts";
import { fileNameOf } from "./entry-id";
import { FOLDERS, type Folder, type StoredMail } from "./stored-mail";
import { hasCode } from "./write-durably";

/** A mail by folder and entry id, or null when it is not there. */
export async function readMail(
  store: MailStore,
  account: StoreAccount,
  folder: Folder,
  entryId: string,
): Promise<StoredMail | null> {
  const name = fileNameOf(entryId);
  return name === null ? null : await readMailFile(path.join(folderPath(store, account, folder), name));
}

/** A mail by entry id, in whichever folder of the account it is. */
export async function findByEntryId(
  store: MailStore,
  account: StoreAccount,
  entryId: string,
): Promise<StoredMail | null> {
  for (const folder of FOLDERS) {
    const mail = await readMail(store, account, folder, entryId);
    if (mail) return mail;
  }
  return null;
}

export async function readMailFile(file: string): Promise<StoredMail | null> {
  try {
    // Only this program writes here, each file whole: a file that is not a message is a damaged disk and may throw.
    return JSON.parse(await readFile(file, "utf8")) as StoredMail;
  } catch (error) {
    if (hasCode(error, "ENOENT")) return null;
    throw error;
  }
}
