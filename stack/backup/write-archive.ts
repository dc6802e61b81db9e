import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { type Entry, FORMAT, FORMAT_VERSION, type Manifest } from "./manifest";

const CHUNK_BYTES = 256 * 1024;
/** Locks and what a restore left aside belong to the folder, not to what is stored in it. */
const LEFT_OUT =
  /^(?:[^/]*\.lock(?:\..*)?|\.before-restore|\.replaced|\.restoring|\.backup-.*|postgres\/postmaster\.(?:pid|opts))$/;

/** Every byte of an archive of a data folder, uncompressed: manifest, entries, seal. The folder must not change meanwhile. */
export async function* writeArchive(
  dataDir: string,
  manifest: Omit<Manifest, "format" | "version" | "createdAt">,
): AsyncGenerator<Buffer> {
  const hash = createHash("sha256");
  const sign = (bytes: Buffer): Buffer => {
    hash.update(bytes);
    return bytes;
  };
  const line = (value: object) => Buffer.from(`${JSON.stringify(value)}\n`);
  const createdAt = new Date().toISOString();
  yield sign(line({ format: FORMAT, version: FORMAT_VERSION, createdAt, ...manifest }));
  let entries = 0;
  for (const entry of listEntries(dataDir, "")) {
    entries += 1;
    yield sign(line(entry));
    if (entry.kind === "file") for (const chunk of readFile(dataDir, entry)) yield sign(chunk);
  }
  yield line({ sealed: entries, sha256: hash.digest("hex") });
}

function* listEntries(dataDir: string, folder: string): Generator<Entry> {
  const found = fs.readdirSync(path.join(dataDir, folder), { withFileTypes: true });
  for (const item of found.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const name = folder ? `${folder}/${item.name}` : item.name;
    if (LEFT_OUT.test(name) || !(item.isFile() || item.isDirectory())) continue;
    const { size, mode } = fs.statSync(path.join(dataDir, name));
    yield {
      path: name,
      kind: item.isFile() ? "file" : "folder",
      size: item.isFile() ? size : 0,
      mode: mode & 0o777,
    };
    if (item.isDirectory()) yield* listEntries(dataDir, name);
  }
}

/** Exactly as many bytes as announced, whatever happens to the file. */
function* readFile(dataDir: string, { path: name, size }: Entry): Generator<Buffer> {
  const file = fs.openSync(path.join(dataDir, name), "r");
  try {
    for (let left = size; left > 0; ) {
      const chunk = Buffer.alloc(Math.min(left, CHUNK_BYTES));
      const read = fs.readSync(file, chunk);
      if (read === 0) throw new Error(`${name} became shorter while it was read`);
      left -= read;
      yield chunk.subarray(0, read);
    }
  } finally {
    fs.closeSync(file);
  }
}
