import "server-only";
import { mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { logger } from "@/lib/server/logger";
import { MailboxError } from "../mailbox-error";
import type { OutlookRequest } from "./contract";

const PREFIX = "upstream-outlook-";
/** A call ends within a minute or two; a folder this old was left by a process that was killed. */
const LEFT_BEHIND_MS = 600_000;

let lastLook = Number.NEGATIVE_INFINITY;

/**
 * Writes a request where only this user can read it: a mail is in it. Non-ASCII is escaped because a Windows script host
 * reads files in the machine's own code page.
 * @returns the file's path; give it to `removeRequestFile` when the call ended.
 * @throws {MailboxError} certain, when it cannot be written (a full disk): nothing was handed over.
 */
export async function writeRequestFile(request: OutlookRequest): Promise<string> {
  let folder: string | undefined;
  try {
    folder = await mkdtemp(path.join(os.tmpdir(), PREFIX));
    const file = path.join(folder, "request.json");
    await writeFile(file, toAsciiJson(request), { mode: 0o600, flag: "wx" });
    return file;
  } catch (cause) {
    if (folder) await removeFolder(folder);
    const isFull = cause instanceof Error && (cause as NodeJS.ErrnoException).code === "ENOSPC";
    throw new MailboxError(
      isFull
        ? `The disk that holds ${os.tmpdir()} is full; nothing was handed to Outlook.`
        : `The request to Outlook could not be written to ${os.tmpdir()}; nothing was handed over.`,
      true,
      { cause, kind: "busy" },
    );
  }
}

/** Removes a request. Never throws: what became of the mail does not depend on it. */
export async function removeRequestFile(file: string): Promise<void> {
  await removeFolder(path.dirname(file));
}

/** Removes requests that a killed process left in the temp folder; looks at most every ten minutes. Never throws. */
export async function removeOldRequests(now = Date.now()): Promise<void> {
  if (now - lastLook < LEFT_BEHIND_MS) return;
  lastLook = now;
  const names = await readdir(os.tmpdir()).catch(() => []);
  for (const name of names.filter((one) => one.startsWith(PREFIX))) {
    const folder = path.join(os.tmpdir(), name);
    const info = await stat(folder).catch(() => undefined);
    if (info && now - info.mtimeMs > LEFT_BEHIND_MS) await removeFolder(folder);
  }
}

async function removeFolder(folder: string): Promise<void> {
  try {
    // A virus scanner on Windows may hold a new file for a moment.
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  } catch (error) {
    logger.warn({ err: error, folder }, "a request to Outlook could not be removed; it is tried again later");
  }
}

function toAsciiJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[\u007f-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
