import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { HOST_FILE } from "@/lib/mailbox/outlook/bundle-host";
import { outlookAnswerSchema } from "@/lib/mailbox/outlook/contract";
import { toAscii } from "./call-host";
import { list, SEND } from "./requests";

const hasWine =
  spawnSync("wine", ["--version"], { env: { ...process.env, WINEPREFIX: os.tmpdir() } }).status === 0;
const why = hasWine ? "" : " (left out: there is no wine on this machine)";
const folder = hasWine ? mkdtempSync(path.join(os.tmpdir(), "upstream-wine-")) : "";
const env = {
  ...process.env,
  WINEPREFIX: path.join(folder, "prefix"),
  WINEDLLOVERRIDES: "mscoree,mshtml=",
  WINEDEBUG: "-all",
  TZ: "Europe/Berlin",
};

function wine(...args: string[]): string {
  const { stdout, stderr, error } = spawnSync("wine", args, { env, encoding: "utf8", timeout: 120_000 });
  if (error) throw error;
  return stdout || stderr;
}

/** A path of this machine as a Windows program sees it. */
function windowsPath(file: string): string {
  return `Z:${file.replaceAll("/", "\\")}`;
}

function call(request: object) {
  const file = path.join(folder, "request.json");
  writeFileSync(file, toAscii(request));
  const line = wine("cscript.exe", "//Nologo", windowsPath(HOST_FILE), windowsPath(file)).trim();
  expect(line).toMatch(/^[\x20-\x7e]+$/);
  return outlookAnswerSchema.parse(JSON.parse(line));
}

describe.skipIf(!hasWine)(`under Wine's own script host${why}`, { timeout: 120_000 }, () => {
  beforeAll(() => {
    wine("wineboot", "-i");
    const scriptlet = windowsPath(path.resolve("tests/unit/outlook/wine/fake-outlook.wsc"));
    wine("regsvr32.exe", "/n", "/s", `/i:${scriptlet}`, "scrobj.dll");
  }, 180_000);

  afterAll(() => {
    spawnSync("wine", ["wineboot", "-k"], { env });
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  });

  test("the script talks to an Outlook over COM", () => {
    expect(call({ action: "ping" })).toMatchObject({
      ok: true,
      result: {
        product: "Microsoft Outlook",
        version: "16.0",
        accounts: ["desk@example.com"],
        trusted: true,
      },
    });
  });

  test("it sends a mail and finds it by its key", () => {
    const listUnsubscribe = {
      mailto: "mailto:desk@example.com?subject=unsubscribe",
      url: "https://desk.example/u",
    };
    expect(call({ ...SEND, listUnsubscribe })).toMatchObject({
      ok: true,
      result: { status: "submitted", item: { folder: "sent", sentAtUtc: "2026-01-01T00:00:00Z" } },
    });
    expect(call({ ...SEND, replyToEntryId: "I1" })).toMatchObject({
      ok: true,
      result: { item: { conversationId: "C-I1" } },
    });
  });

  test("it lists mail and reports with the right times and every character", () => {
    expect(call(list())).toMatchObject({
      ok: true,
      result: {
        more: false,
        items: [
          {
            entryId: "I2",
            kind: "report",
            receivedUtc: "2026-01-15T09:30:05Z",
            bodyText: "550 5.1.1 nobody@oak.example",
          },
          {
            entryId: "I1",
            kind: "mail",
            receivedUtc: "2026-07-01T10:00:00Z",
            subject: "Angebot € 5",
            fromName: "Müller",
            bodyText: '„Zitat“ "q" \\ \u0001',
          },
        ],
      },
    });
  });

  test("it refuses what it must", () => {
    for (const bad of [
      { ...SEND, subject: "Hi\r\nBcc: a@b.example" },
      { ...SEND, bodyText: "a\rb" },
      { ...SEND, to: ["a@b.example; c@d.example"] },
    ])
      expect(call(bad)).toMatchObject({ ok: false, error: { kind: "invalid", notSent: true } });
    expect(call({ ...SEND, account: "x@other.example" })).toMatchObject({
      ok: false,
      error: { kind: "unknown-mailbox" },
    });
  });
});
