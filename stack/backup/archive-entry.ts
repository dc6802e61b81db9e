import fs from "node:fs";
import path from "node:path";
import type { z } from "zod";
import { BackupError } from "./backup-error";
import {
  type Entry,
  entrySchema,
  FORMAT_VERSION,
  type Manifest,
  manifestSchema,
  type sealSchema,
} from "./manifest";

const SAFE_PATH = /^(?!.*(?:^|\/)\.{0,2}(?:\/|$))[^\\:\0]+$/;

/** @throws {BackupError} when it is something else, or written by a newer version. */
export function readManifest(raw: unknown): Manifest {
  const manifest = manifestSchema.safeParse(raw);
  if (!manifest.success) throw notOurs();
  if (manifest.data.version > FORMAT_VERSION)
    throw new BackupError(
      "This backup was written by a newer version. Update the program first; nothing was changed.",
    );
  return manifest.data;
}

/** @throws {BackupError} when it names no place below the folder. */
export function readEntry(raw: unknown): Entry {
  const entry = entrySchema.safeParse(raw);
  if (!entry.success || !SAFE_PATH.test(entry.data.path)) throw damaged("an entry cannot be read");
  return entry.data;
}

/** Writes an entry below a folder, or (without one) only reads its bytes. */
export async function writeEntry(
  folder: string | undefined,
  { path: name, kind, mode }: Entry,
  bytes: AsyncIterable<Buffer>,
): Promise<void> {
  if (folder === undefined || kind === "folder") {
    if (folder !== undefined) fs.mkdirSync(path.join(folder, name), { mode: mode | 0o700, recursive: true });
    for await (const _ of bytes);
    return;
  }
  const file = fs.openSync(path.join(folder, name), "wx", mode | 0o600);
  try {
    for await (const chunk of bytes) fs.writeSync(file, chunk);
  } finally {
    fs.closeSync(file);
  }
}

/** @throws {BackupError} */
export function checkSeal(
  { sealed, sha256 }: z.infer<typeof sealSchema>,
  entries: number,
  hash: string,
): void {
  if (sha256 !== hash || sealed !== entries) throw damaged("its checksum is wrong");
}

export function damaged(what: string, cause?: unknown): BackupError {
  return new BackupError(`This backup is damaged: ${what}. Nothing was changed.`, { cause });
}

export function notOurs(cause?: unknown): BackupError {
  return new BackupError("This is not a backup of this program. Nothing was changed.", { cause });
}
