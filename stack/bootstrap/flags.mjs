// Plain JavaScript without dependencies: this runs before anything is installed.

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
  --help             this text`;

const ENGINES = ["embedded", "inngest"];
const LEVELS = ["DEBUG", "INFO", "WARNING", "ERROR"];

/**
 * Reads command-line flags. Throws an Error whose message is one line for the terminal.
 * @param {readonly string[]} argv
 * @param {Readonly<Record<string, string | undefined>>} env
 */
export function readFlags(argv, env) {
  const flags = {
    once: false,
    dryRun: undefined,
    demo: false,
    json: false,
    relayOnly: false,
    help: false,
    logLevel: undefined,
    port: readPort("UPSTREAM_PORT", env.UPSTREAM_PORT ?? "3000"),
    apiPort: readPort("UPSTREAM_API_PORT", env.UPSTREAM_API_PORT ?? "55321"),
    enginePort: readPort("UPSTREAM_ENGINE_PORT", env.UPSTREAM_ENGINE_PORT ?? "8288"),
    data: env.UPSTREAM_DATA_DIR || ".upstream",
    engine: undefined,
  };
  const rest = argv.flatMap((word) => {
    const equals = word.startsWith("--") ? word.indexOf("=") : -1;
    return equals > 0 ? [word.slice(0, equals), word.slice(equals + 1)] : [word];
  });
  const take = (name) => {
    const value = rest.shift();
    if (value === undefined || value.startsWith("--")) throw new Error(`${name} needs a value.`);
    return value;
  };
  for (let flag = rest.shift(); flag !== undefined; flag = rest.shift()) {
    switch (flag) {
      case "--once":
      case "--demo":
      case "--json":
      case "--help":
        flags[flag.slice(2)] = true;
        break;
      case "--relay-only":
        flags.relayOnly = true;
        break;
      case "--dry-run":
        flags.dryRun = true;
        break;
      case "--log-level":
        flags.logLevel = take(flag);
        if (!LEVELS.includes(flags.logLevel))
          throw new Error(`--log-level is "${flags.logLevel}"; allowed: ${LEVELS.join(", ")}.`);
        break;
      case "--port":
        flags.port = readPort(flag, take(flag));
        break;
      case "--api-port":
        flags.apiPort = readPort(flag, take(flag));
        break;
      case "--engine-port":
        flags.enginePort = readPort(flag, take(flag));
        break;
      case "--engine":
        flags.engine = take(flag);
        if (!ENGINES.includes(flags.engine))
          throw new Error(`--engine is "${flags.engine}"; allowed: ${ENGINES.join(", ")}.`);
        break;
      case "--data":
        flags.data = take(flag);
        break;
      default:
        throw new Error(`There is no option ${flag}. See npm start -- --help.`);
    }
  }
  if (flags.json && !flags.once) throw new Error("--json goes with --once.");
  return flags;
}

/** @param {string} name @param {string} text */
function readPort(name, text) {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65535)
    throw new Error(`${name} is "${text}"; allowed: a port from 1 to 65535.`);
  return port;
}
