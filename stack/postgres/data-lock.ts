import { createHash, randomUUID } from "node:crypto";
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
 * Takes the owner lock beside a data folder and returns its release. A lock left by a dead process is taken over; of
 * several that try at the same instant one succeeds.
 * @throws {DataFolderInUseError} when the owner is alive.
 */
export function lockDataFolder(folder: string): () => void {
  const file = `${path.resolve(folder)}.lock`;
  if (lockedHere.has(file)) throw new DataFolderInUseError(folder, process.pid);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const own = acquire(folder, file);
  lockedHere.add(file);
  return () => {
    lockedHere.delete(file);
    if (readText(file) === own) fs.rmSync(file, { force: true });
  };
}

/** Returns the text of the lock, which no other lock has. */
function acquire(folder: string, file: string): string {
  const own = JSON.stringify({ pid: process.pid, bootedAt: readBootTime(), id: randomUUID() });
  for (;;) {
    if (createWhole(file, own)) return own;
    const left = readText(file);
    if (left === undefined) continue;
    const owner = readOwner(left);
    if (owner && isAlive(owner)) throw new DataFolderInUseError(folder, owner.pid);
    // Removing a dead owner's lock could remove that of another who has just taken it over. So the right to replace this very
    // lock is a lock itself, and what it replaces is read again under it.
    const right = `${file}.${createHash("sha256").update(left).digest("hex").slice(0, 16)}`;
    const claim = acquire(folder, right);
    try {
      if (readText(file) !== left) continue;
      const next = `${right}.next`;
      fs.writeFileSync(next, own);
      fs.renameSync(next, file);
      return own;
    } finally {
      if (readText(right) === claim) fs.rmSync(right, { force: true });
    }
  }
}

/** Creates a file with its content in one step, so that nobody reads half of it; false when it exists. */
function createWhole(file: string, text: string): boolean {
  const draft = `${file}.${process.pid}.${randomUUID()}`;
  try {
    fs.writeFileSync(draft, text);
    fs.linkSync(draft, file);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") return false;
    if (code !== "EPERM" && code !== "ENOTSUP" && code !== "ENOSYS") throw error;
    return createPlain(file, text);
  } finally {
    fs.rmSync(draft, { force: true });
  }
}

/** For file systems without hard links (FAT on a stick). */
function createPlain(file: string, text: string): boolean {
  try {
    fs.writeFileSync(file, text, { flag: "wx" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

function readText(file: string): string | undefined {
  try {
    return fs.readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

function readBootTime(): number {
  return Math.round(Date.now() - os.uptime() * 1000);
}

/** A lock that was cut off while being written has no owner. */
function readOwner(text: string): Owner | undefined {
  try {
    const { pid, bootedAt } = JSON.parse(text) as Partial<Owner>;
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
