import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import tar from "tar-stream";
import { type Entry, FORMAT, FORMAT_VERSION, MANIFEST_NAME, type Manifest, SEAL_NAME } from "./manifest";

const CHUNK_BYTES = 256 * 1024;
/** Locks and what a restore left aside belong to the folder, not to what is stored in it. */
const LEFT_OUT =
  /^(?:[^/]*\.lock(?:\..*)?|\.before-restore|\.replaced|\.restoring|\.backup-.*|postgres\/postmaster\.(?:pid|opts))$/;

/** An archive of a data folder, uncompressed: a tar of manifest, entries and seal. The folder must not change meanwhile. */
export function writeArchive(
  dataDir: string,
  manifest: Omit<Manifest, "format" | "version" | "createdAt">,
): Readable {
  const pack = tar.pack();
  fill(pack, dataDir, manifest).then(
    () => pack.finalize(),
    (error: Error) => pack.destroy(error),
  );
  return pack as unknown as Readable;
}

async function fill(
  pack: tar.Pack,
  dataDir: string,
  manifest: Omit<Manifest, "format" | "version" | "createdAt">,
): Promise<void> {
  const hash = createHash("sha256");
  const createdAt = new Date().toISOString();
  const head = JSON.stringify({ format: FORMAT, version: FORMAT_VERSION, createdAt, ...manifest });
  hash.update(head);
  pack.entry({ name: MANIFEST_NAME }, head);
  let entries = 0;
  for (const entry of listEntries(dataDir, "")) {
    const { path: name, kind, size, mode } = entry;
    entries += 1;
    hash.update(JSON.stringify(entry));
    if (kind === "folder") pack.entry({ name, type: "directory", mode });
    else {
      const chunks = function* () {
        for (const chunk of readFile(dataDir, entry)) {
          hash.update(chunk);
          yield chunk;
        }
      };
      await pipeline(Readable.from(chunks(), { objectMode: false }), pack.entry({ name, size, mode }));
    }
  }
  pack.entry({ name: SEAL_NAME }, JSON.stringify({ sealed: entries, sha256: hash.digest("hex") }));
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
