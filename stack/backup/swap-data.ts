import fs from "node:fs";
import path from "node:path";
import { syncPath } from "./sync-path";

const ASIDE = ".before-restore";
/** Written into what is aside once the new data is in place. */
const DONE = ".done";

/** Moves the data of a folder aside and new data in; the lock stays. A crash in between is undone by `undoHalfRestore`. */
export function swapIn(dataDir: string, fresh: string): void {
  const aside = path.join(dataDir, ASIDE);
  fs.mkdirSync(aside);
  try {
    for (const name of listData(dataDir)) fs.renameSync(path.join(dataDir, name), path.join(aside, name));
    for (const name of listData(fresh)) fs.renameSync(path.join(fresh, name), path.join(dataDir, name));
    syncPath(dataDir);
    fs.writeFileSync(path.join(aside, DONE), "");
  } catch (error) {
    undoHalfRestore(dataDir);
    throw error;
  }
  fs.rmSync(aside, { recursive: true, force: true });
}

/** After a restore that was cut off: back to the data of before, or forward when the new was in place. Call it under the lock. */
export function undoHalfRestore(dataDir: string): void {
  const aside = path.join(dataDir, ASIDE);
  if (!fs.existsSync(aside)) return;
  if (!fs.existsSync(path.join(aside, DONE)))
    for (const name of fs.readdirSync(aside)) {
      fs.rmSync(path.join(dataDir, name), { recursive: true, force: true });
      fs.renameSync(path.join(aside, name), path.join(dataDir, name));
    }
  fs.rmSync(aside, { recursive: true, force: true });
}

function listData(folder: string): string[] {
  return fs
    .readdirSync(folder)
    .filter((name) => !/\.lock(?:\..*)?$|^\.(?:before-restore|restoring|backup-.*)$/.test(name));
}
