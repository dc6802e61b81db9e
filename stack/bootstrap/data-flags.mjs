// Plain JavaScript without dependencies: this runs before anything is installed.

/**
 * Reads the command line of backup and restore. Throws an Error whose message is one line for the terminal.
 * @param {readonly string[]} argv
 * @param {Readonly<Record<string, string | undefined>>} env
 */
export function readDataFlags(argv, env) {
  const flags = {
    file: "",
    force: false,
    demo: false,
    help: false,
    data: env.UPSTREAM_DATA_DIR || ".upstream",
    apiPort: Number(env.UPSTREAM_API_PORT || 55321),
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
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === "--force" || word === "--demo" || word === "--help") flags[word.slice(2)] = true;
    else if (word === "--data") flags.data = take(word);
    else if (word === "--api-port") flags.apiPort = Number(take(word));
    else if (word.startsWith("--")) throw new Error(`There is no option ${word}.`);
    else if (flags.file) throw new Error(`One file at a time: ${flags.file} or ${word}.`);
    else flags.file = word;
  }
  if (!Number.isInteger(flags.apiPort) || flags.apiPort < 1 || flags.apiPort > 65535)
    throw new Error("--api-port: allowed is a port from 1 to 65535.");
  if (!flags.file && !flags.help) throw new Error("Which file? See --help.");
  return flags;
}
