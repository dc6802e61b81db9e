// Plain JavaScript without dependencies: this runs before anything is installed.
import { parseArgs } from "node:util";

export const USAGE = `Usage: npm start -- [options]

  --once             one tick of every loop, a summary, and exit
  --dry-run          nothing leaves and nothing moves; prints what would have happened
  --demo             sample market, owners that answer, an always-open send window; uses its own data
  --json             with --once: the summary as one line of JSON on standard output
  --relay-only       only the relay, on the PC of the mailboxes; it reports to CONSOLE_URL
  --log-level LEVEL  DEBUG, INFO, WARNING or ERROR (default INFO)
  --port N           console port (default 3000)
  --api-port N       Supabase API port (default 55321)
  --engine-port N    engine port (default 8288)
  --engine WHICH     embedded, or inngest for Inngest's own dev server (default: whichever answers)
  --data DIR         data folder (default .upstream)
  --dev              pages and functions are compiled as they are edited (npm run dev)
  --help             this text`;

const ENGINES = ["embedded", "inngest"];
const LEVELS = ["DEBUG", "INFO", "WARNING", "ERROR"];
const SWITCHES = ["once", "dry-run", "demo", "json", "relay-only", "dev", "help"];
const VALUES = ["log-level", "port", "api-port", "engine-port", "engine", "data"];

/**
 * Reads command-line flags. Throws an Error whose message is one line for the terminal.
 * @param {readonly string[]} argv
 * @param {Readonly<Record<string, string | undefined>>} env
 */
export function readFlags(argv, env) {
  const given = readWords(argv);
  const port = (name, variable, fallback) =>
    given[name] === undefined
      ? readPort(variable, env[variable] ?? fallback)
      : readPort(`--${name}`, given[name]);
  const flags = {
    once: given.once ?? false,
    dryRun: given["dry-run"],
    demo: given.demo ?? false,
    json: given.json ?? false,
    relayOnly: given["relay-only"] ?? false,
    dev: given.dev ?? false,
    help: given.help ?? false,
    logLevel: oneOf("log-level", given["log-level"], LEVELS),
    port: port("port", "UPSTREAM_PORT", "3000"),
    apiPort: port("api-port", "UPSTREAM_API_PORT", "55321"),
    enginePort: port("engine-port", "UPSTREAM_ENGINE_PORT", "8288"),
    data: given.data ?? (env.UPSTREAM_DATA_DIR || ".upstream"),
    engine: oneOf("engine", given.engine, ENGINES),
  };
  if (flags.json && !flags.once) throw new Error("--json goes with --once.");
  return flags;
}

/** @param {readonly string[]} argv */
function readWords(argv) {
  const options = {
    ...Object.fromEntries(SWITCHES.map((name) => [name, { type: "boolean" }])),
    ...Object.fromEntries(VALUES.map((name) => [name, { type: "string" }])),
  };
  const { tokens } = parseArgs({ args: [...argv], options, strict: false, tokens: true });
  const given = {};
  for (const token of tokens) {
    const word = token.kind === "option" ? token.rawName : (token.value ?? "--");
    if (token.kind !== "option" || !(token.name in options) || !token.rawName.startsWith("--"))
      throw new Error(`There is no option ${word}. See npm start -- --help.`);
    if (SWITCHES.includes(token.name)) given[token.name] = true;
    // What begins with dashes is the next option; the value was forgotten.
    else if (token.value === undefined || token.value.startsWith("--"))
      throw new Error(`${token.rawName} needs a value.`);
    else given[token.name] = token.value;
  }
  return given;
}

/** @param {string} name @param {string | undefined} value @param {readonly string[]} allowed */
function oneOf(name, value, allowed) {
  if (value !== undefined && !allowed.includes(value))
    throw new Error(`--${name} is "${value}"; allowed: ${allowed.join(", ")}.`);
  return value;
}

/** @param {string} name @param {string} text */
function readPort(name, text) {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65535)
    throw new Error(`${name} is "${text}"; allowed: a port from 1 to 65535.`);
  return port;
}
