import { existsSync } from "node:fs";
import path from "node:path";
import { type Child, startChild } from "./child";
import { findOnPath } from "./find-on-path";
import { type Flags, StartError } from "./flags";
import { requireFree } from "./ports";

const HOW_TO_GET_IT =
  "Inngest's dev server is not installed. Get it with npm install --no-save inngest-cli, or say where it is with " +
  "INNGEST_CLI_PATH; or start without --engine inngest to use the embedded engine.";

/**
 * The program of Inngest's dev server: INNGEST_CLI_PATH, beside the packages, or on the path.
 * @throws {StartError} saying how to get it.
 */
export function findDevServer(root: string, source: Readonly<Record<string, string | undefined>>): string {
  if (source.INNGEST_CLI_PATH) {
    if (existsSync(source.INNGEST_CLI_PATH)) return source.INNGEST_CLI_PATH;
    throw new StartError(`INNGEST_CLI_PATH is ${source.INNGEST_CLI_PATH}, and there is no such file.`);
  }
  const folders = [path.join(root, "node_modules", ".bin"), source.PATH ?? ""].join(path.delimiter);
  const found = findOnPath("inngest-cli", folders) ?? findOnPath("inngest", folders);
  if (found) return found;
  throw new StartError(HOW_TO_GET_IT);
}

/** Starts Inngest's dev server for this desk's functions. It keeps its runs in memory: a restart forgets them. */
export async function startDevServer(
  root: string,
  flags: Flags,
  source: NodeJS.ProcessEnv,
  log: (line: string) => void,
): Promise<Child> {
  const program = findDevServer(root, source);
  await requireFree(flags.enginePort, "engine", "--engine-port");
  const consoleUrl = `http://127.0.0.1:${flags.port}/api/inngest`;
  const args = [
    "dev",
    "--no-discovery",
    "--host",
    "127.0.0.1",
    "--port",
    String(flags.enginePort),
    "-u",
    consoleUrl,
  ];
  // The wrapper ends the program when this process ends, however it does.
  const wrapper = path.join(root, "stack", "bootstrap", "run-program.cjs");
  return startChild(root, [wrapper, program, ...args], source, (line) => {
    if (/error|warn/i.test(line)) log(line);
  });
}
