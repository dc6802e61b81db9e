export const USAGE = `Usage: npm run doctor -- [options]

Checks everything that can go wrong before the first mail, and says what to do. Changes nothing.

  --send-test          also sends one mail from an account to itself, after asking, and looks for it
  --account ADDRESS    the account to try (default: the first)
  --yes                do not ask before that mail
  --json               one line of JSON instead of sentences
  --help               this text

Exit code: 0 nothing to mend, 1 something to mend, 2 wrong options.`;

export interface DoctorFlags {
  readonly sendTest: boolean;
  readonly account: string | undefined;
  readonly yes: boolean;
  readonly json: boolean;
  readonly help: boolean;
}

/** @throws {Error} one line for the terminal. */
export function readFlags(argv: readonly string[]): DoctorFlags {
  const flags = {
    sendTest: false,
    account: undefined as string | undefined,
    yes: false,
    json: false,
    help: false,
  };
  const words = [...argv];
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (word === "--send-test") flags.sendTest = true;
    else if (word === "--yes") flags.yes = true;
    else if (word === "--json") flags.json = true;
    else if (word === "--help") flags.help = true;
    else if (word === "--account") {
      flags.account = words.shift()?.toLowerCase();
      if (!flags.account?.includes("@")) throw new Error("--account needs an e-mail address.");
    } else throw new Error(`There is no option ${word}. See npm run doctor -- --help.`);
  }
  if ((flags.account || flags.yes) && !flags.sendTest)
    throw new Error("--account and --yes go with --send-test.");
  return flags;
}
