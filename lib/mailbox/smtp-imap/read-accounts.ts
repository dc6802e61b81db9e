import { readFileSync } from "node:fs";
import { z } from "zod";
import { ConfigError, type Env } from "@/lib/server/env";
import { accountSchema, type MailAccount } from "./account";

type Source = Readonly<Record<string, string | undefined>>;
type Settings = Pick<
  Env,
  | "MAIL_ACCOUNTS_FILE"
  | "MAIL_ADDRESS"
  | "MAIL_NAME"
  | "MAIL_USER"
  | "MAIL_PASSWORD"
  | "SMTP_HOST"
  | "SMTP_PORT"
  | "IMAP_HOST"
  | "IMAP_PORT"
>;

/** Which field of an account an environment variable fills, for messages that name what the reader wrote. */
const VARIABLES: Readonly<Record<string, string>> = {
  address: "MAIL_ADDRESS",
  name: "MAIL_NAME",
  user: "MAIL_USER",
  password: "MAIL_PASSWORD",
  "smtp.host": "SMTP_HOST",
  "smtp.port": "SMTP_PORT",
  "imap.host": "IMAP_HOST",
  "imap.port": "IMAP_PORT",
};

/**
 * The SMTP + IMAP accounts of this machine: one from MAIL_*, SMTP_* and IMAP_*, or any number from the JSON file
 * MAIL_ACCOUNTS_FILE names (a list of accounts; see docs/mail-accounts.md). None configured is an empty list.
 * @throws {ConfigError} naming each field that is wrong and what is allowed; a secret is never quoted.
 */
export function readAccounts(settings: Settings, environment: Source): MailAccount[] {
  const accounts = settings.MAIL_ACCOUNTS_FILE
    ? fromFile(settings.MAIL_ACCOUNTS_FILE, environment)
    : fromVariables(settings);
  const twice = accounts.find((one, index) => accounts.findIndex((it) => it.address === one.address) < index);
  if (twice) throw new ConfigError([`MAIL_ACCOUNTS_FILE: ${twice.address} is in it twice`]);
  return accounts;
}

function fromVariables(settings: Settings): MailAccount[] {
  if (!settings.MAIL_ADDRESS && !settings.SMTP_HOST && !settings.IMAP_HOST) return [];
  const written = {
    address: settings.MAIL_ADDRESS ?? "",
    name: settings.MAIL_NAME,
    user: settings.MAIL_USER,
    password: settings.MAIL_PASSWORD,
    smtp: { host: settings.SMTP_HOST ?? "", port: settings.SMTP_PORT },
    imap: { host: settings.IMAP_HOST ?? "", port: settings.IMAP_PORT },
  };
  const parsed = accountSchema.safeParse(written);
  if (!parsed.success)
    throw new ConfigError(
      parsed.error.issues.map(({ path, message }) => {
        const field = path.join(".");
        return `${VARIABLES[field] ?? field} for SMTP + IMAP: ${message}`;
      }),
    );
  if (!settings.MAIL_PASSWORD) throw new ConfigError(["MAIL_PASSWORD for SMTP + IMAP: it is missing"]);
  return [complete(parsed.data, settings.MAIL_PASSWORD, undefined)];
}

function fromFile(file: string, environment: Source): MailAccount[] {
  const where = (index: number, field: string) => `${file}: account ${index + 1}, ${field}`;
  const parsed = z.array(accountSchema).min(1, "it lists no account").safeParse(parseFile(file));
  if (!parsed.success)
    throw new ConfigError(
      parsed.error.issues.map(({ path: [index, ...rest], message }) =>
        typeof index === "number"
          ? `${where(index, rest.join(".") || "it")}: ${message}`
          : `${file}: ${message}`,
      ),
    );
  return parsed.data.map((account, index) => {
    const password = account.password ?? (account.passwordEnv ? environment[account.passwordEnv] : undefined);
    if (!password)
      throw new ConfigError([
        account.passwordEnv
          ? `${where(index, "passwordEnv")}: the variable ${account.passwordEnv} is not set`
          : `${where(index, "password")}: it is missing; give password or passwordEnv`,
      ]);
    return complete(account, password, account.caFile && readText(account.caFile, where(index, "caFile")));
  });
}

function parseFile(file: string): unknown {
  const text = readText(file, "MAIL_ACCOUNTS_FILE");
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own message quotes what it met, which may be a password.
    throw new ConfigError([`MAIL_ACCOUNTS_FILE: ${file} is not JSON`]);
  }
}

function readText(file: string, field: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw new ConfigError([`${field}: ${file} cannot be read (${(cause as NodeJS.ErrnoException).code})`]);
  }
}

function complete(account: z.output<typeof accountSchema>, password: string, ca?: string): MailAccount {
  const { passwordEnv: _name, caFile: _file, ...rest } = account;
  return { ...rest, user: account.user ?? account.address, password, ca };
}
