import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll } from "vitest";
import type { MailAccount } from "@/lib/mailbox/smtp-imap/account";
import { CERTIFICATE } from "./certificate";

/** Marks of hand-overs go here; set before anything reads the environment. */
export const dataFolder = mkdtempSync(path.join(os.tmpdir(), "upstream-mail-"));
afterAll(() => rmSync(dataFolder, { recursive: true, force: true }));
Object.assign(process.env, { UPSTREAM_DATA_DIR: dataFolder, LOG_LEVEL: "ERROR" });

export function accountOn(
  smtpPort: number,
  imapPort: number,
  change: Partial<MailAccount> = {},
): MailAccount {
  return {
    address: "desk@oak.example",
    name: "Dana Whitfield",
    user: "desk@oak.example",
    password: "right",
    smtp: { host: "127.0.0.1", port: smtpPort, security: "tls" },
    imap: { host: "127.0.0.1", port: imapPort, security: "tls" },
    ca: CERTIFICATE,
    sentCopy: "auto",
    folders: {},
    ...change,
  };
}

let keys = 0;

/** A mail with a key of its own. */
export function mailTo(to: string, change: object = {}) {
  return {
    account: "desk@oak.example",
    key: `up-${String(++keys).padStart(8, "0")}`,
    to,
    subject: "12 Main St, Irvine",
    bodyText: "Hello,\n\nwould you sell?",
    ...change,
  };
}
