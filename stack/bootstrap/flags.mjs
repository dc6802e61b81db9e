// Plain JavaScript without dependencies: this runs before anything is installed.
import { readWords } from "./read-words.mjs";

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

/**
 * Reads command-line flags. Throws an Error whose message is one line for the terminal.
 * @param {readonly string[]} argv
 * @param {Readonly<Record<string, string | undefined>>} env
 */
export function readFlags(argv, env) {
  const { values, positionals } = readWords(argv, {
    once: { type: "boolean", default: false },
    "dry-run": { type: "boolean" },
    demo: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
    "relay-only": { type: "boolean", default: false },
    dev: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
    "log-level": { type: "string" },
    port: { type: "string" },
    "api-port": { type: "string" },
    "engine-port": { type: "string" },
    data: { type: "string", default: env.UPSTREAM_DATA_DIR || ".upstream" },
    engine: { type: "string" },
  });
  const { once, demo, json, dev, help, data, engine } = values;
  const [stray] = positionals;
  if (stray !== undefined) throw new Error(`There is no option ${stray}. See npm start -- --help.`);
  if (json && !once) throw new Error("--json goes with --once.");
  /** A port by its option, else by its variable. */
  const port = (option, variable, standard) =>
    values[option] === undefined
      ? readPort(variable, env[variable] ?? standard)
      : readPort(`--${option}`, values[option]);
  return {
    once,
    dryRun: values["dry-run"],
    demo,
    json,
    relayOnly: values["relay-only"],
    dev,
    help,
    logLevel: readOneOf("--log-level", values["log-level"], LEVELS),
    port: port("port", "UPSTREAM_PORT", "3000"),
    apiPort: port("api-port", "UPSTREAM_API_PORT", "55321"),
    enginePort: port("engine-port", "UPSTREAM_ENGINE_PORT", "8288"),
    data,
    engine: readOneOf("--engine", engine, ENGINES),
  };
}

/** @param {string} name @param {string | undefined} text @param {readonly string[]} allowed */
function readOneOf(name, text, allowed) {
  if (text !== undefined && !allowed.includes(text))
    throw new Error(`${name} is "${text}"; allowed: ${allowed.join(", ")}.`);
  return text;
}

/** @param {string} name @param {string} text */
function readPort(name, text) {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65535)
    throw new Error(`${name} is "${text}"; allowed: a port from 1 to 65535.`);
  return port;
}
