import "server-only";
import { randomUUID } from "node:crypto";
import { rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { execa } from "execa";
import { MailboxError } from "../transport";
import { type OutlookRequest, outlookAnswerSchema } from "./contract";

const TIMEOUT_MS = 60_000;

// Outlook serves one automation call at a time; a second one would only get "busy".
let queue: Promise<unknown> = Promise.resolve();

/** One call of the Outlook host after the other, each in a process of its own that is killed when it hangs. */
export function runHost(request: OutlookRequest, command: readonly [string, ...string[]]): Promise<unknown> {
  const turn = queue.then(() => callHost(request, command));
  queue = turn.catch(() => undefined);
  return turn;
}

async function callHost(
  request: OutlookRequest,
  [program, ...fixed]: readonly [string, ...string[]],
): Promise<unknown> {
  const file = path.join(os.tmpdir(), `upstream-outlook-${randomUUID()}.json`);
  // The request holds a mail: readable by this user only, gone when the call ends. Non-ASCII is escaped because a Windows
  // script host reads files in the machine's own code page.
  await writeFile(file, toAsciiJson(request), { mode: 0o600 });
  try {
    const result = await execa(program, [...fixed, file], {
      reject: false,
      timeout: TIMEOUT_MS,
      forceKillAfterDelay: 2000,
      windowsHide: true,
      maxBuffer: 64_000_000,
    });
    if (result.code === "ENOENT" || result.code === "EACCES")
      throw new MailboxError(`The Outlook host ${program} could not be started.`, true);
    if (result.timedOut)
      throw new MailboxError(
        "Outlook did not answer within 60 seconds. A prompt may be open in Outlook; look at its window.",
        false,
      );
    return readAnswer(result.stdout, result.stderr);
  } finally {
    await rm(file, { force: true });
  }
}

function readAnswer(stdout: string, stderr: string): unknown {
  const line = stdout.trim().split("\n").at(-1) ?? "";
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch (cause) {
    throw new MailboxError(`The Outlook host printed no answer: ${(stderr || stdout).slice(0, 300)}`, false, {
      cause,
    });
  }
  const answer = outlookAnswerSchema.safeParse(json);
  if (!answer.success)
    throw new MailboxError(`The Outlook host's answer has another shape: ${line.slice(0, 300)}`, false);
  if (answer.data.ok) return answer.data.result;
  const { message, hresult, notSent } = answer.data.error;
  throw new MailboxError(`Outlook says: ${message} (${hresult})`, notSent);
}

function toAsciiJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[\u007f-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
