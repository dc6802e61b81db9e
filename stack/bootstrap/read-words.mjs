// Plain JavaScript without dependencies: this runs before anything is installed.
import { parseArgs } from "node:util";

/**
 * Reads a command line. Throws an Error whose message is one line for the terminal.
 * @template {NonNullable<import("node:util").ParseArgsConfig["options"]>} Options
 * @param {readonly string[]} argv
 * @param {Options} options
 */
export function readWords(argv, options) {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true });
  } catch (error) {
    const name = /'(-[^' ]*)/.exec(error.message)?.[1] ?? "";
    if (error.code === "ERR_PARSE_ARGS_UNKNOWN_OPTION") throw new Error(`There is no option ${name}.`);
    if (/does not take/.test(error.message)) throw new Error(`${name} takes no value.`);
    throw new Error(`${name} needs a value.`);
  }
}
