// Plain JavaScript without dependencies: this runs before anything is installed.
import { readWords } from "./read-words.mjs";

/**
 * Reads the command line of backup and restore. Throws an Error whose message is one line for the terminal.
 * @param {readonly string[]} argv
 * @param {Readonly<Record<string, string | undefined>>} env
 */
export function readDataFlags(argv, env) {
  const { values, positionals } = readWords(argv, {
    force: { type: "boolean", default: false },
    demo: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
    data: { type: "string", default: env.UPSTREAM_DATA_DIR || ".upstream" },
    "api-port": { type: "string", default: env.UPSTREAM_API_PORT || "55321" },
  });
  const { "api-port": port, ...flags } = values;
  const [file = "", another] = positionals;
  const apiPort = Number(port);
  if (another !== undefined) throw new Error(`One file at a time: ${file} or ${another}.`);
  if (!Number.isInteger(apiPort) || apiPort < 1 || apiPort > 65535)
    throw new Error("--api-port: allowed is a port from 1 to 65535.");
  if (!file && !flags.help) throw new Error("Which file? See --help.");
  return { ...flags, apiPort, file };
}
