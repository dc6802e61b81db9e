import fs from "node:fs";
import path from "node:path";
import { syncPath } from "./sync-path";

/** The old data while the new moves in. */
const ASIDE = ".before-restore";
/** In it once all old data is there: from then on, what lies in the folder is new. */
const MOVED = ".moved";
/** What `ASIDE` is called when it is no longer needed, so that no half-deleted one is ever taken for the old data. */
const REPLACED = ".replaced";

/** Moves the data of a folder aside and new data in; the lock stays. A crash anywhere in it is undone by `undoHalfRestore`. */
export function swapIn(dataDir: string, fresh: string): void {
  const aside = path.join(dataDir, ASIDE);
  fs.mkdirSync(aside);
  try {
    moveAll(dataDir, aside);
    fs.writeFileSync(path.join(aside, MOVED), "");
    syncPath(aside);
    moveAll(fresh, dataDir);
    syncPath(dataDir);
  } catch (error) {
    undoHalfRestore(dataDir);
    throw error;
  }
  discard(dataDir);
}

/**
 * After a restore that was cut off: the data of before, until the new was wholly in place. May itself be cut off and called
 * again. Call it under the lock.
 */
export function undoHalfRestore(dataDir: string): void {
  fs.rmSync(path.join(dataDir, REPLACED), { recursive: true, force: true });
  const aside = path.join(dataDir, ASIDE);
  if (!fs.existsSync(aside)) return;
  const moved = path.join(aside, MOVED);
  if (fs.existsSync(moved)) {
    for (const name of listData(dataDir)) fs.rmSync(path.join(dataDir, name), { recursive: true });
    syncPath(dataDir);
    // Gone before the first name is back: what lies in the folder from then on is old again.
    fs.rmSync(moved);
    syncPath(aside);
  }
  moveAll(aside, dataDir);
  discard(dataDir);
}

function discard(dataDir: string): void {
  const replaced = path.join(dataDir, REPLACED);
  fs.renameSync(path.join(dataDir, ASIDE), replaced);
  syncPath(dataDir);
  fs.rmSync(replaced, { recursive: true, force: true });
}

function moveAll(from: string, to: string): void {
  for (const name of listData(from)) fs.renameSync(path.join(from, name), path.join(to, name));
}

function listData(folder: string): string[] {
  return fs
    .readdirSync(folder)
    .filter(
      (name) => !/\.lock(?:\..*)?$|^\.(?:before-restore|replaced|moved|restoring|backup-.*)$/.test(name),
    );
}
