import { existsSync } from "node:fs";
import path from "node:path";
import { AgentError } from "./failure";

export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly exists: (file: string) => boolean;
}

const THIS_MACHINE: Machine = { platform: process.platform, env: process.env, exists: existsSync };

/** Where npm's `claude.cmd` keeps the real program, seen from the folder it lies in. */
const BESIDE_CMD = ["node_modules", "@anthropic-ai", "claude-code", "bin", "claude.exe"];

/**
 * The program to start for `CLAUDE_CODE_PATH`. On Windows that is `claude.exe` itself: the `.cmd` npm installs goes through
 * cmd.exe, which cuts arguments at newlines, limits them to 8191 characters and reads quotes, `%` and `^` in them.
 * @throws {AgentError} `not_installed` when Windows only has the `.cmd`.
 */
export function resolveProgram(named: string, machine: Machine = THIS_MACHINE): string {
  // As Windows copies a path: with its quotes.
  const asked = named.trim().replace(/^"(.+)"$/, "$1");
  if (machine.platform !== "win32") return asked;
  const { win32 } = path;
  const extension = win32.extname(asked).toLowerCase();
  const isScript = extension === ".cmd" || extension === ".bat" || extension === ".ps1";
  if (extension !== "" && !isScript) return asked;
  const name = win32.basename(asked, extension || undefined);
  const folders = /[\\/]/.test(asked) ? [win32.dirname(asked)] : pathFolders(machine);
  const home = machine.env.USERPROFILE;
  const places = [
    ...folders.map((folder) => win32.join(folder, `${name}.exe`)),
    ...folders.map((folder) => win32.join(folder, ...BESIDE_CMD)),
    ...(home ? [win32.join(home, ".local", "bin", "claude.exe")] : []),
  ];
  const found = places.find((place) => machine.exists(place));
  if (found) return found;
  const script = folders.map((folder) => win32.join(folder, `${name}.cmd`)).find(machine.exists);
  if (isScript || script)
    throw new AgentError(
      "not_installed",
      `${script ?? asked} is a script; point CLAUDE_CODE_PATH at claude.exe`,
    );
  return asked;
}

function pathFolders({ env }: Machine): string[] {
  return (env.Path ?? env.PATH ?? "")
    .split(";")
    .map((folder) => folder.trim().replaceAll('"', ""))
    .filter((folder) => folder !== "");
}
