import { readFile } from "node:fs/promises";
import { answerRequest } from "./answer-request";
import { toAsciiJson } from "./ascii-json";
import { HostError, HRESULT } from "./host-error";
import { readRequest } from "./read-request";
import { openMailStore } from "./store/accounts";

/** What the process prints and how it ends. */
export interface HostRun {
  line: string;
  exitCode: 0 | 1;
}

/**
 * One call of the Outlook host contract (`lib/mailbox/outlook/contract.ts`): `args` is the path of a JSON request,
 * `env.OUTLOOK_STANDIN_DATA` the folder with the mail. Never throws; what goes wrong is the answer.
 */
export async function runHost(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<HostRun> {
  try {
    const [path] = args;
    if (path === undefined)
      throw new HostError("usage: outlook-host REQUEST.json", "invalid", HRESULT.invalidArgument);
    const folder = env.OUTLOOK_STANDIN_DATA;
    if (!folder) {
      throw new HostError(
        "OUTLOOK_STANDIN_DATA is not set: the Outlook stand-in needs the folder where its mail is kept",
        "unreachable",
      );
    }
    const request = readRequest(await readFile(path, "utf8"));
    const result = await answerRequest(await openMailStore(folder), request);
    return { line: toAsciiJson({ ok: true, result }), exitCode: 0 };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const { kind, hresult } =
      error instanceof HostError ? error : { kind: "failed", hresult: HRESULT.failed };
    // The host's own errors come before the mail is stored; anything else must be looked up.
    const notSent = error instanceof HostError;
    return { line: toAsciiJson({ ok: false, error: { message, kind, hresult, notSent } }), exitCode: 1 };
  }
}
