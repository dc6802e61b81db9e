/** A command line the real program would end with exit code 1, a message on stderr and an empty stdout. */
export class UsageError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "UsageError";
  }
}

const SWITCHES = new Set(
  (
    "-p --print -v --version -h --help --verbose --bare --safe-mode --restricted --strict-mcp-config " +
    "--disable-slash-commands --no-session-persistence --fork-session --include-partial-messages -c --continue"
  ).split(" "),
);
const WITH_VALUE = new Set(
  (
    "--output-format --input-format --json-schema --system-prompt --system-prompt-file --append-system-prompt " +
    "--append-system-prompt-file --agents --agent --tools --allowedTools --disallowedTools --max-turns " +
    "--max-budget-usd --model --fallback-model --effort --permission-mode --permission-prompts --resume " +
    "--session-id --setting-sources --settings --mcp-config --add-dir"
  ).split(" "),
);

export interface Flags {
  /** Whether a switch is there. */
  has(...names: string[]): boolean;
  /** The last value of a flag, undefined when it is not there. */
  value(name: string): string | undefined;
  /** The prompt given as an argument. */
  prompt: string;
}

/** Claude Code's flags (2.1.330). @throws {UsageError} for one it does not know or one without its value. */
export function readFlags(args: readonly string[]): Flags {
  const switches = new Set<string>();
  const values = new Map<string, string>();
  const prompt: string[] = [];
  for (let index = 0; index < args.length; index += 1) {
    const arg = args[index] ?? "";
    const [name = arg, inline] = arg.startsWith("--") ? splitOnce(arg) : [arg];
    if (!arg.startsWith("-")) prompt.push(arg);
    else if (SWITCHES.has(name) && inline === undefined) switches.add(name);
    else if (WITH_VALUE.has(name)) {
      const value = inline ?? args[++index];
      if (value === undefined) throw new UsageError(`error: option '${name} <value>' argument missing`);
      values.set(name, value);
    } else throw new UsageError(`error: unknown option '${arg}'`);
  }
  return {
    has: (...names) => names.some((name) => switches.has(name)),
    value: (name) => values.get(name),
    prompt: prompt.join(" "),
  };
}

function splitOnce(arg: string): [string, string | undefined] {
  const at = arg.indexOf("=");
  return at < 0 ? [arg, undefined] : [arg.slice(0, at), arg.slice(at + 1)];
}
