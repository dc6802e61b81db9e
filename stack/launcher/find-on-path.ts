import { existsSync } from "node:fs";
import path from "node:path";

/** The file of a program in a list of folders as PATH has it. */
export function findOnPath(program: string, pathList: string): string | undefined {
  const name = process.platform === "win32" ? `${program}.exe` : program;
  return pathList
    .split(path.delimiter)
    .filter((folder) => folder !== "")
    .map((folder) => path.join(folder, name))
    .find((file) => existsSync(file));
}
