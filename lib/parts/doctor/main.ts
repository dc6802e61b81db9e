import "server-only";
import { createInterface } from "node:readline/promises";
import { CHECKS } from "./list-checks";
import { machineTools } from "./machine-tools";
import { readFlags, USAGE } from "./read-flags";
import { readSettings } from "./read-settings";
import { runChecks } from "./run-checks";
import { sayAsFound } from "./say-as-found";
import { toJsonReport } from "./say-report";

async function main(argv: readonly string[]): Promise<number> {
  const flags = readFlags(argv);
  if (flags.help) {
    console.log(USAGE);
    return 0;
  }
  const given = { ...process.env };
  const settings = readSettings(given);
  // The product's own modules read the environment themselves; they get what can be used.
  for (const [name, value] of Object.entries(settings.usable))
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  const tools = machineTools(settings, given, process.cwd(), {
    isWanted: flags.sendTest,
    account: flags.account,
    confirm: async (question) => flags.yes || (await ask(question)),
  });
  const say = sayAsFound((line) => console.log(line));
  const checks = await runChecks(CHECKS, tools, flags.json ? undefined : say.checked);
  if (flags.json) console.log(toJsonReport(checks));
  else say.end(checks);
  return checks.some((check) => check.status === "mend") ? 1 : 0;
}

/** A question at the terminal; without one the answer is no. */
async function ask(question: string): Promise<boolean> {
  if (!process.stdin.isTTY) return false;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await terminal.question(`${question} [y/N] `)).trim());
  } finally {
    terminal.close();
  }
}

main(process.argv.slice(2)).then(
  // Not by itself: a browser or a mail server that still winds down must not keep the terminal.
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(2);
  },
);
