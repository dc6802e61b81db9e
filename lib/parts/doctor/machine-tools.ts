import "server-only";
import { randomUUID } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { mkdir, rm, statfs, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { execa } from "execa";
import { z } from "zod";
import { askClaude } from "@/lib/agents/claude-cli";
import { toCliSchema } from "@/lib/agents/cli-schema";
import { closeBrowser, launchBrowser } from "@/lib/costar/launch-browser";
import { pingOutlook } from "@/lib/mailbox/outlook/outlook-transport";
import { localTransport } from "@/lib/mailbox/relay/local-transport";
import { relayAt } from "@/lib/mailbox/relay/relay-client";
import type { MailAccount } from "@/lib/mailbox/smtp-imap/account";
import { inImap } from "@/lib/mailbox/smtp-imap/open-imap";
import { readAccounts } from "@/lib/mailbox/smtp-imap/read-accounts";
import { submitMail } from "@/lib/mailbox/smtp-imap/submit-mail";
import type { Settings } from "./read-settings";
import type { ProgramRun, SendTest, Tools } from "./tools";

const FETCH_MS = 5000;
const CLAUDE_MS = 60_000;
const CLAUDE_BUDGET_USD = 0.05;

/** This machine, as the checks see it. */
export function machineTools(
  settings: Settings,
  given: Tools["given"],
  root: string,
  sendTest: SendTest,
): Tools {
  const { env } = settings;
  return {
    env,
    given,
    settingProblems: settings.problems,
    platform: process.platform,
    arch: process.arch,
    nodeVersion: process.versions.node,
    root,
    now: Date.now,
    pause: (ms) => pause(ms),
    run: runProgram,
    exists: existsSync,
    listFiles: (folder) => readdirSync(folder),
    readText: (file) => readFileSync(file, "utf8"),
    tryWrite,
    freeBytes: async (folder) => {
      const disk = await statfs(folder);
      return disk.bavail * disk.bsize;
    },
    fetch: (url, init) =>
      fetch(url, { ...init, signal: AbortSignal.timeout(FETCH_MS), cache: "no-store", redirect: "manual" }),
    startBrowser: async () => closeBrowser(await launchBrowser(null)),
    askClaude: async () => {
      await askClaude({
        program: env.CLAUDE_CODE_PATH,
        systemPrompt: "This checks that you can be reached. Answer with ok set to true.",
        input: {},
        jsonSchema: toCliSchema(z.object({ ok: z.boolean() })),
        model: env.CLAUDE_MODEL,
        timeoutMs: CLAUDE_MS,
        budgetUsd: CLAUDE_BUDGET_USD,
      });
    },
    mailAccounts: () => readAccounts(env, given),
    signIn,
    pingOutlook,
    transport: localTransport,
    askRelay: () => relayAt(null).health(),
    sendTest,
  };
}

async function runProgram(program: string, args: readonly string[], timeoutMs = 15_000): Promise<ProgramRun> {
  const result = await execa(program, args, {
    reject: false,
    stdin: "ignore",
    timeout: timeoutMs,
    forceKillAfterDelay: 1000,
    windowsHide: true,
  });
  const isMissing = result.code === "ENOENT" || result.code === "EACCES";
  return {
    outcome: isMissing ? "missing" : result.timedOut ? "timed out" : "ended",
    exitCode: result.exitCode ?? 1,
    stdout: result.stdout ?? "",
    stderr: result.stderr ?? "",
  };
}

async function tryWrite(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const file = path.join(folder, `.doctor-${randomUUID()}`);
  try {
    await writeFile(file, "a file like any other\n", { mode: 0o600, flag: "wx" });
  } finally {
    await rm(file, { force: true });
  }
}

/**
 * Signs in to one server of an account the way the product does, and leaves again before any mail is named.
 * @throws {MailboxError} with the server's own words.
 */
async function signIn(account: MailAccount, server: "smtp" | "imap"): Promise<void> {
  if (server === "imap") return inImap(account, async () => undefined);
  let isIn = false;
  try {
    await submitMail(account, account.address, Buffer.alloc(0), async () => {
      isIn = true;
      throw new Error("signed in; nothing is to be sent");
    });
  } catch (error) {
    if (!isIn) throw error;
  }
}
