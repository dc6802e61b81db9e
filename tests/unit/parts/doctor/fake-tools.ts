import type { MailTransport } from "@/lib/mailbox/transport";
import type { Finding } from "@/lib/parts/doctor/check";
import { runChecks } from "@/lib/parts/doctor/run-checks";
import type { ProgramRun, Tools } from "@/lib/parts/doctor/tools";
import { parseEnv } from "@/lib/server/env";

const refused = () => Promise.reject(new TypeError("fetch failed"));
const unexpected = (what: string) => () => {
  throw new Error(`this check must not ${what}`);
};

export type ToolChange = Partial<Omit<Tools, "env">> & { readonly env?: Readonly<Record<string, string>> };

/** A machine on which nothing answers and nothing is installed, with what a test changes. */
export function fakeTools({ env = {}, ...change }: ToolChange = {}): Tools {
  return {
    env: parseEnv(env),
    given: { SystemRoot: "C:\\Windows", LOCALAPPDATA: "C:\\Users\\dana\\AppData\\Local", ...env },
    settingProblems: [],
    platform: "linux",
    arch: "x64",
    nodeVersion: "20.20.0",
    root: "/desk",
    now: () => Date.UTC(2026, 0, 15, 12),
    pause: async () => undefined,
    run: async () => ended("", 1),
    exists: () => false,
    listFiles: () => [],
    readText: unexpected("read a file"),
    tryWrite: async () => undefined,
    freeBytes: async () => 50 * 1024 ** 3,
    fetch: refused,
    startBrowser: async () => undefined,
    askClaude: async () => undefined,
    mailAccounts: () => [],
    signIn: async () => undefined,
    pingOutlook: unexpected("ask Outlook"),
    transport: unexpected("use a mailbox") as () => MailTransport,
    askRelay: unexpected("ask a relay"),
    sendTest: { isWanted: false, account: undefined, confirm: async () => false },
    ...change,
  };
}

export function ended(stdout: string, exitCode = 0): ProgramRun {
  return { outcome: "ended", exitCode, stdout, stderr: "" };
}

/** One check's finding, through the runner as the doctor makes it. */
export async function look(check: Parameters<typeof runChecks>[0][number], change: ToolChange = {}) {
  const [checked] = await runChecks([check], fakeTools(change));
  if (!checked) throw new Error("nothing was checked");
  return checked satisfies Finding;
}

/** A registry for `reg query`: "key|name" (name empty for the key's own value) to "TYPE value". */
export function registry(
  entries: Readonly<Record<string, string>>,
  others: (program: string, args: readonly string[]) => ProgramRun = () => ended("", 1),
): Tools["run"] {
  return async (program, args) => {
    if (!program.endsWith("reg.exe")) return others(program, args);
    const [, key = "", flag, name = ""] = args;
    const value = entries[`${key}|${flag === "/v" ? name : ""}`];
    if (value === undefined) return ended("", 1);
    const [type = "", ...rest] = value.split(" ");
    return ended(`\r\n${key}\r\n    ${name || "(Standard)"}    ${type}    ${rest.join(" ")}\r\n\r\n`);
  };
}
