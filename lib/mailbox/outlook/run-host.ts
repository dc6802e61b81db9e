import "server-only";
import { execa, type ResultPromise } from "execa";
import { endTree } from "@/lib/server/end-tree";
import { MailboxError } from "../mailbox-error";
import { type OutlookRequest, outlookAnswerSchema, outlookRequestSchema } from "./contract";
import { removeOldRequests, removeRequestFile, writeRequestFile } from "./request-file";

export type HostCommand = readonly [program: string, ...fixedArguments: string[]];

const TIMEOUT_MS = 60_000;
const MAX_ANSWER_BYTES = 64_000_000;

// Outlook serves one automation call at a time; a second one would only get "busy".
let queue: Promise<unknown> = Promise.resolve();

/**
 * Makes one call of the Outlook host, after those that were asked for before it, in a process of its own.
 * @returns the answer's `result`, not yet checked.
 * @throws {MailboxError} with the host's kind; `certain` only where the mail surely did not leave.
 */
export function runHost(
  request: OutlookRequest,
  command: HostCommand,
  timeoutMs = TIMEOUT_MS,
): Promise<unknown> {
  const turn = queue.then(() => callHost(request, command, timeoutMs));
  queue = turn.catch(() => undefined);
  return turn;
}

async function callHost(
  request: OutlookRequest,
  [program, ...fixed]: HostCommand,
  timeoutMs: number,
): Promise<unknown> {
  await removeOldRequests();
  const file = await writeRequestFile(checked(request));
  try {
    const child = execa(program, [...fixed, file], {
      reject: false,
      stdin: "ignore",
      windowsHide: true,
      maxBuffer: MAX_ANSWER_BYTES,
      // A group of its own, so that all of it can be ended; and Ctrl-C does not cut a hand-over in two.
      detached: process.platform !== "win32",
    });
    let isTimedOut = false;
    const timer = setTimeout(() => {
      isTimedOut = true;
      endAll(child).catch(() => undefined);
    }, timeoutMs);
    const result = await child.finally(() => clearTimeout(timer));
    if (isTimedOut)
      throw new MailboxError(
        `Outlook did not answer within ${timeoutMs / 1000} seconds. A prompt may be open in Outlook; look at its window.`,
        false,
        { kind: "busy" },
      );
    if (result.code === "ENOENT" || result.code === "EACCES")
      throw new MailboxError(`The Outlook host ${program} could not be started.`, true, {
        cause: result,
        kind: "unreachable",
      });
    if (result.isMaxBuffer)
      throw new MailboxError("The Outlook host's answer is too large to read.", false, { kind: "failed" });
    return readAnswer(String(result.stdout), String(result.stderr));
  } finally {
    await removeRequestFile(file);
  }
}

/** The host with all it started; the host itself at least, should the tree not be walked. */
async function endAll(child: Pick<ResultPromise, "pid" | "kill">): Promise<void> {
  try {
    if (child.pid !== undefined) await endTree(child.pid);
  } finally {
    child.kill("SIGKILL");
  }
}

/** The contract's own rules, before any program sees the request. */
function checked(request: OutlookRequest): OutlookRequest {
  const parsed = outlookRequestSchema.safeParse(request);
  if (parsed.success) return parsed.data;
  const what = parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`).join("; ");
  throw new MailboxError(`The mail was refused before it was handed over. ${what}`, true, {
    cause: parsed.error,
    kind: "invalid",
  });
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
    throw new MailboxError(`The Outlook host's answer has another shape: ${line.slice(0, 300)}`, false, {
      cause: answer.error,
    });
  if (answer.data.ok) return answer.data.result;
  const { message, kind, hresult, notSent } = answer.data.error;
  const code = hresult === "0x0" ? "" : ` (${hresult})`;
  throw new MailboxError(`Outlook says: ${message}${code}`, notSent, { kind });
}
