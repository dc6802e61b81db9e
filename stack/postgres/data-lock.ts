import fs from "node:fs";
import os from "node:os";
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

interface Owner {
  readonly pid: number;
  /** When the machine was started, in milliseconds: after a power cut the same number may belong to another process. */
  readonly bootedAt: number;
}

/** The clock may be corrected after a start; a real restart takes longer. */
const BOOT_TOLERANCE_MS = 20_000;

/** A process number says nothing about a second opener inside this process. */
const lockedHere = new Set<string>();

/**
 * Takes the owner lock beside a data folder and returns its release. A lock left by a dead process is taken over.
 * @throws {DataFolderInUseError} when the owner is alive.
 */
export function lockDataFolder(folder: string): () => void {
  const file = `${path.resolve(folder)}.lock`;
  if (lockedHere.has(file)) throw new DataFolderInUseError(folder, process.pid);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const self: Owner = { pid: process.pid, bootedAt: readBootTime() };
  for (;;) {
    try {
      fs.writeFileSync(file, JSON.stringify(self), { flag: "wx" });
      lockedHere.add(file);
      return () => {
        lockedHere.delete(file);
        fs.rmSync(file, { force: true });
      };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    const owner = readOwner(file);
    if (owner && isAlive(owner)) throw new DataFolderInUseError(folder, owner.pid);
    fs.rmSync(file, { force: true });
  }
}

function readBootTime(): number {
  return Math.round(Date.now() - os.uptime() * 1000);
}

/** A lock that was cut off while being written has no owner. */
function readOwner(file: string): Owner | undefined {
  try {
    const { pid, bootedAt } = JSON.parse(fs.readFileSync(file, "utf8")) as Partial<Owner>;
    return Number.isInteger(pid) && pid && typeof bootedAt === "number" ? { pid, bootedAt } : undefined;
  } catch {
    return undefined;
  }
}

function isAlive({ pid, bootedAt }: Owner): boolean {
  // Our own number in a lock we did not take: an earlier process had it, as in a container where it is always 1.
  if (pid === process.pid || Math.abs(bootedAt - readBootTime()) > BOOT_TOLERANCE_MS) return false;
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** A killed process answers signal 0 until its parent has noticed; on Linux the third field of its stat says Z by then. */
function isZombie(pid: number): boolean {
  if (process.platform !== "linux") return false;
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).startsWith("Z");
  } catch {
    // It went away while being looked at.
    return true;
  }
}
