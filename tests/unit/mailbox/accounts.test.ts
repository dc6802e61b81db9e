import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { readAccounts } from "@/lib/mailbox/smtp-imap/read-accounts";
import { ConfigError } from "@/lib/server/env";

const folder = mkdtempSync(path.join(os.tmpdir(), "upstream-accounts-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const one = {
  MAIL_ADDRESS: "Dana@Oak.example",
  MAIL_PASSWORD: "hush-hush",
  SMTP_HOST: "smtp.oak.example",
  IMAP_HOST: "imap.oak.example",
};
const inFile = {
  address: "dana@oak.example",
  passwordEnv: "DANA_PASSWORD",
  smtp: { host: "smtp.oak.example" },
  imap: { host: "imap.oak.example" },
};
function fromFile(accounts: unknown, environment: Record<string, string> = { DANA_PASSWORD: "hush-hush" }) {
  const file = path.join(folder, "accounts.json");
  writeFileSync(file, typeof accounts === "string" ? accounts : JSON.stringify(accounts));
  return readAccounts({ MAIL_ACCOUNTS_FILE: file }, environment);
}
function complaintOf(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  throw new Error("nothing was wrong");
}

describe("Mail accounts", () => {
  test("are none until somebody sets them", () => {
    expect(readAccounts({}, {})).toEqual([]);
  });

  test("need a few variables, and use TLS without being told", () => {
    expect(readAccounts(one, {})).toMatchObject([
      {
        address: "dana@oak.example",
        user: "dana@oak.example",
        password: "hush-hush",
        smtp: { port: 465, security: "tls" },
        imap: { port: 993, security: "tls" },
        sentCopy: "auto",
      },
    ]);
    expect(readAccounts({ ...one, SMTP_PORT: 587, IMAP_PORT: 143 }, {})).toMatchObject([
      { smtp: { security: "starttls" }, imap: { security: "starttls" } },
    ]);
  });

  test("come from a file, whose passwords may stay in the environment", () => {
    const second = {
      ...inFile,
      address: "lee@oak.example",
      password: "written here",
      passwordEnv: undefined,
    };
    expect(fromFile([inFile, second]).map((account) => account.password)).toEqual([
      "hush-hush",
      "written here",
    ]);
  });

  test("without TLS are for a server on this machine only", () => {
    const bare = (host: string) => fromFile([{ ...inFile, smtp: { host, port: 25, security: "none" } }]);
    expect(bare("127.0.0.1")[0]?.smtp.security).toBe("none");
    for (const host of ["smtp.oak.example", "127.evil.example", "localhost.evil.example"])
      expect(complaintOf(() => bare(host))).toContain("smtp.security");
  });

  test.each([
    ["MAIL_ADDRESS", { ...one, MAIL_ADDRESS: undefined }],
    ["MAIL_PASSWORD", { ...one, MAIL_PASSWORD: undefined }],
    ["SMTP_HOST", { ...one, SMTP_HOST: undefined }],
    ["IMAP_HOST", { ...one, IMAP_HOST: undefined }],
  ])("that lack %s name it", (name, settings) => {
    expect(complaintOf(() => readAccounts(settings, {}))).toContain(name);
  });

  test.each([
    ["account 1, smtp.port", [{ ...inFile, smtp: { host: "x", port: 70_000 } }]],
    ["account 2, address", [inFile, { ...inFile, address: "lee" }]],
    ["account 1", [{ ...inFile, pasword: "hush-hush" }]],
    ["account 1, name", [{ ...inFile, name: "Dana\r\nBcc: x@y.example" }]],
    ["is in it twice", [inFile, inFile]],
    ["lists no account", []],
    ["is not JSON", '[{"password": "hush-hush"'],
  ])("in a file with a mistake name its place: %s", (place, accounts) => {
    const complaint = complaintOf(() => fromFile(accounts));
    expect(complaint).toContain(place);
    expect(complaint).not.toContain("hush-hush");
  });

  test("whose password is nowhere say where it was looked for", () => {
    expect(complaintOf(() => fromFile([inFile], {}))).toContain("DANA_PASSWORD");
    expect(complaintOf(() => fromFile([{ ...inFile, passwordEnv: undefined }]))).toContain("password");
    expect(
      complaintOf(() => readAccounts({ MAIL_ACCOUNTS_FILE: path.join(folder, "none.json") }, {})),
    ).toContain("ENOENT");
  });
});
