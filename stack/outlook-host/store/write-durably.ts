import { randomBytes } from "node:crypto";
import { link, open, rename, rm } from "node:fs/promises";
import path from "node:path";

/** Writes a file so that it is either absent or whole, also after a power cut. An existing file is replaced. */
export async function writeDurably(file: string, content: string): Promise<void> {
  const temporary = await writeTemporary(file, content);
  await rename(temporary, file);
  await syncFolder(path.dirname(file));
}

/**
 * Creates a file whole, or leaves the one that is there: of several writers exactly one gets `true`.
 * A hard link of a finished temporary file is the only exclusive create that never shows half a file.
 */
export async function createDurably(file: string, content: string): Promise<boolean> {
  const temporary = await writeTemporary(file, content);
  try {
    return await linkOnce(temporary, file);
  } finally {
    await rm(temporary, { force: true });
  }
}

/** Gives a file a second name; false when that name is taken. */
export async function linkOnce(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
  } catch (error) {
    if (hasCode(error, "EEXIST")) return false;
    throw error;
  }
  await syncFolder(path.dirname(to));
  return true;
}

export function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && (error as NodeJS.ErrnoException).code === code;
}

async function writeTemporary(file: string, content: string): Promise<string> {
  const temporary = path.join(path.dirname(file), `.${randomBytes(8).toString("hex")}.tmp`);
  const handle = await open(temporary, "wx", 0o600);
  try {
    await handle.writeFile(content, "utf8");
    await handle.sync();
  } finally {
    await handle.close();
  }
  return temporary;
}

export async function syncFolder(folder: string): Promise<void> {
  // Windows cannot open a folder for writing; NTFS journals names by itself.
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
