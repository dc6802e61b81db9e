import { mkdir, readFile } from "node:fs/promises";
import path from "node:path";
import { HostError, HRESULT } from "../host-error";
import { FOLDERS, type Folder } from "./stored-mail";
import { hasCode, writeDurably } from "./write-durably";

export interface StoreAccount {
  address: string;
  /** As it stands in From. */
  displayName: string;
}

export interface MailStore {
  dir: string;
  accounts: readonly StoreAccount[];
}

const ACCOUNTS_FILE = "accounts.json";
const SIDE_FOLDERS = ["keys", "threads"] as const;

/**
 * Makes (or completes) the folder a mail store lives in and lists these accounts in it; mail that is there stays.
 * Call it before the first host runs.
 */
export async function prepareMailStore(dir: string, accounts: readonly StoreAccount[]): Promise<MailStore> {
  for (const account of accounts) {
    for (const folder of [...FOLDERS, ...SIDE_FOLDERS]) {
      await mkdir(path.join(accountDir(dir, account), folder), { recursive: true });
    }
  }
  await mkdir(dir, { recursive: true });
  await writeDurably(path.join(dir, ACCOUNTS_FILE), `${JSON.stringify({ accounts }, null, 2)}\n`);
  return { dir, accounts };
}

/** @throws {HostError} when the folder was never prepared or its list of accounts is damaged. */
export async function openMailStore(dir: string): Promise<MailStore> {
  const file = path.join(dir, ACCOUNTS_FILE);
  try {
    return { dir, accounts: readAccounts(JSON.parse(await readFile(file, "utf8"))) };
  } catch (cause) {
    const why = hasCode(cause, "ENOENT") ? "does not exist" : "cannot be read";
    throw new HostError(
      `the Outlook stand-in has no mail store: ${file} ${why}`,
      "unreachable",
      HRESULT.failed,
      { cause },
    );
  }
}

/** @throws {HostError} in Outlook's words for an account that is not in the profile. */
export function accountOf(store: MailStore, address: string): StoreAccount {
  const wanted = address.trim().toLowerCase();
  const found = store.accounts.find((account) => account.address.toLowerCase() === wanted);
  if (!found)
    throw new HostError(
      `the account ${address} is not in this Outlook profile`,
      "unknown-mailbox",
      HRESULT.notFound,
    );
  return found;
}

export function folderPath(store: MailStore, account: StoreAccount, folder: Folder): string {
  return path.join(accountDir(store.dir, account), folder);
}

export function sidePath(
  store: MailStore,
  account: StoreAccount,
  folder: (typeof SIDE_FOLDERS)[number],
  name: string,
): string {
  return path.join(accountDir(store.dir, account), folder, name);
}

function accountDir(dir: string, account: StoreAccount): string {
  // encodeURIComponent leaves only "*" of what a Windows file name may not hold.
  return path.join(dir, encodeURIComponent(account.address.toLowerCase()).replaceAll("*", "%2A"));
}

function readAccounts(value: unknown): StoreAccount[] {
  const list = (value as { accounts?: unknown } | null)?.accounts;
  if (!Array.isArray(list)) throw new TypeError('no "accounts" list');
  return list.map((entry: unknown) => {
    const { address, displayName } = (entry ?? {}) as Partial<Record<keyof StoreAccount, unknown>>;
    if (typeof address !== "string") throw new TypeError('an account without "address"');
    return { address, displayName: typeof displayName === "string" ? displayName : address };
  });
}
