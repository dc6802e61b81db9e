/**
 * The set that runs no tool, no hook, no settings file and no file mention, and keeps no transcript, with a key or a login
 * (`--bare` would do more, but reads no login). Holds for Claude Code 2.1.197 to 2.1.330.
 */
const FIXED_ARGUMENTS = [
  ...["-p", "--output-format", "json", "--tools", "", "--setting-sources", "", "--strict-mcp-config"],
  ...["--disable-slash-commands", "--permission-mode", "dontAsk", "--no-session-persistence"],
  ...["--max-turns", "4", "--settings", '{"permissions":{"deny":["Read"]},"disableAllHooks":true}'],
];

const FIXED_ENVIRONMENT = {
  CLAUDE_CODE_DISABLE_ATTACHMENTS: "1",
  CLAUDE_CODE_DISABLE_FILE_MENTIONS: "1",
  CLAUDE_CODE_DISABLE_CLAUDE_MDS: "1",
  CLAUDE_CODE_DISABLE_AUTO_MEMORY: "1",
  CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: "1",
  CLAUDE_CODE_MAX_RETRIES: "2",
  MAX_STRUCTURED_OUTPUT_RETRIES: "3",
};

/** Settings of this product: an agent has no use for them, and several are secrets. */
const OURS = /^(SUPABASE|INNGEST|COSTAR|RELAY|UPSTREAM|OUTLOOK_(HOST|ACCOUNTS)|SMTP|IMAP|MAIL)(_|$)/;

/** One try of the provider, so that a hanging server leaves time for another within the run. */
const LONGEST_TRY_MS = 60_000;

export interface CommandFacts {
  readonly systemPromptFile: string;
  readonly jsonSchema: string;
  readonly model: string;
  readonly budgetUsd: number;
}

/** Every argument of a run. None of them holds a word from outside: the input goes to standard input. */
export function cliArguments(facts: CommandFacts): string[] {
  return [
    ...FIXED_ARGUMENTS,
    ...["--system-prompt-file", facts.systemPromptFile, "--json-schema", facts.jsonSchema],
    ...["--model", facts.model, "--max-budget-usd", facts.budgetUsd.toFixed(4)],
  ];
}

/** The environment of a run: this process's own without the product's settings, and what keeps the CLI in its place. */
export function cliEnvironment(
  source: Readonly<Record<string, string | undefined>>,
  timeoutMs: number,
): Record<string, string> {
  const kept = Object.entries(source).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !OURS.test(entry[0]),
  );
  return {
    ...Object.fromEntries(kept),
    ...FIXED_ENVIRONMENT,
    API_TIMEOUT_MS: String(Math.min(LONGEST_TRY_MS, timeoutMs)),
  };
}
