import { readdir } from "node:fs/promises";
import path from "node:path";
import { folderPath, type MailStore, type StoreAccount } from "./accounts";
import { entryIdOf, fileStamp } from "./entry-id";
import { readMailFile } from "./read-mail";
import type { Folder, StoredMail } from "./stored-mail";

export interface Listing {
  mails: StoredMail[];
  /** Younger mails were left out because of `limit`. */
  more: boolean;
}

/** Mails of a folder from `sinceMs` (included) on, oldest first. Reads only the files it returns. */
export async function listMails(
  store: MailStore,
  account: StoreAccount,
  folder: Folder,
  options: { sinceMs: number; limit: number },
): Promise<Listing> {
  const dir = folderPath(store, account, folder);
  const since = fileStamp(options.sinceMs);
  const names = (await messageFiles(dir)).filter((name) => name >= since);
  const files = names.slice(0, options.limit).map((name) => readMailFile(path.join(dir, name)));
  const mails = (await Promise.all(files)).filter((mail) => mail !== null);
  return { mails, more: names.length > options.limit };
}

/** Entry ids of a folder, oldest first. */
export async function listEntryIds(
  store: MailStore,
  account: StoreAccount,
  folder: Folder,
): Promise<string[]> {
  const names = await messageFiles(folderPath(store, account, folder));
  return names.map((name) => entryIdOf(name)).filter((id) => id !== null);
}

async function messageFiles(dir: string): Promise<string[]> {
  return (await readdir(dir)).filter((name) => entryIdOf(name) !== null).sort();
}
