import { existsSync } from "node:fs";
import path from "node:path";
import { execa } from "execa";
import { type Child, startChild } from "./child";
import { findOnPath } from "./find-on-path";
import { type Flags, StartError } from "./flags";
import { requireFree } from "./ports";

const HOW_TO_GET_IT =
  "Inngest's dev server is not installed. Get it with npm install --no-save inngest-cli, or say where it is with " +
  "INNGEST_CLI_PATH; or start without --engine inngest to use the embedded engine.";

const HELP_MS = 15_000;

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

/**
 * Starts Inngest's dev server for this desk's functions. It keeps its runs in the data folder where its version can, and
 * otherwise in memory: a restart forgets them then, and the sweep starts again what the database says is open.
 */
export async function startDevServer(
  root: string,
  flags: Flags,
  source: NodeJS.ProcessEnv,
  log: (line: string) => void,
): Promise<Child> {
  const program = findDevServer(root, source);
  await requireFree(flags.enginePort, "engine", "--engine-port");
  const args = [
    ...["dev", "--no-discovery", "--host", "127.0.0.1", "--port", String(flags.enginePort)],
    ...["-u", `http://127.0.0.1:${flags.port}/api/inngest`],
    ...((await canPersist(program)) ? ["--persist", "--sqlite-dir", path.join(flags.data, "inngest")] : []),
  ];
  // The wrapper ends the program when this process ends, however it does.
  const wrapper = path.join(root, "stack", "bootstrap", "run-program.cjs");
  return startChild(root, [wrapper, program, ...args], source, (line) => {
    if (/error|warn/i.test(line)) log(line);
  });
}

/** Older versions refuse a flag they do not know, so they are asked first. */
async function canPersist(program: string): Promise<boolean> {
  const { stdout, stderr } = await execa(program, ["dev", "--help"], { reject: false, timeout: HELP_MS });
  return /--persist\b/.test(`${stdout}\n${stderr}`);
}
