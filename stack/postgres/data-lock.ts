import fs from "node:fs";
import path from "node:path";

/** Another live process owns the data folder. PGlite itself would accept both and lose rows. */
export class DataFolderInUseError extends Error {
  constructor(
    readonly folder: string,
    readonly pid: number,
  ) {
    super(
      `The data folder ${folder} is in use by process ${pid}. Stop that one first, or pass another --data folder.`,
    );
    this.name = "DataFolderInUseError";
  }
}

/**
 * Takes the owner lock beside a data folder and returns its release. A lock left by a dead process is taken over.
 * @throws {DataFolderInUseError} when the owner is alive.
 */
export function lockDataFolder(folder: string): () => void {
  const file = `${path.resolve(folder)}.lock`;
  fs.mkdirSync(path.dirname(file), { recursive: true });
  for (;;) {
    try {
      fs.writeFileSync(file, String(process.pid), { flag: "wx" });
      return () => fs.rmSync(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    const owner = readOwner(file);
    if (owner !== undefined && owner !== process.pid && isAlive(owner))
      throw new DataFolderInUseError(folder, owner);
    fs.rmSync(file, { force: true });
  }
}

function readOwner(file: string): number | undefined {
  try {
    const pid = Number(fs.readFileSync(file, "utf8"));
    return Number.isInteger(pid) && pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
