import fs from "node:fs";
import path from "node:path";

/** Waits until a file, or the names in a folder, are on the disk. Windows has no such thing for folders. */
export function syncPath(target: string): void {
  if (process.platform === "win32" && fs.statSync(target).isDirectory()) return;
  const handle = fs.openSync(target, "r");
  try {
    fs.fsyncSync(handle);
  } finally {
    fs.closeSync(handle);
  }
}

/** The same for everything below a folder. */
export function syncTree(folder: string): void {
  for (const name of fs.readdirSync(folder, { recursive: true, encoding: "utf8" }))
    syncPath(path.join(folder, name));
  syncPath(folder);
}
