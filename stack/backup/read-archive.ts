import { createHash } from "node:crypto";
import fs from "node:fs";
import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import tar from "tar-stream";
import { checkSeal, damaged, notOurs, readEntry, readManifest, writeEntry } from "./archive-entry";
import { BackupError } from "./backup-error";
import { MANIFEST_NAME, type Manifest, SEAL_NAME, sealSchema } from "./manifest";
import { readLinesArchive } from "./read-lines-archive";

const MAX_OWN_BYTES = 1024 * 1024;

/**
 * Reads a whole archive, into an empty folder or (without one) only to check every byte of it.
 * @throws {BackupError} when it is damaged, something else, or written by a newer version (`check` decides about its content).
 */
export async function readArchive(
  file: string,
  folder: string | undefined,
  check: (manifest: Manifest) => void = () => {},
): Promise<Manifest> {
  const source: Readable = pipeline(fs.createReadStream(file), createGunzip(), () => {});
  try {
    const { isLines, whole } = await tellFormat(source);
    return await (isLines ? readLinesArchive : readTar)(whole, folder, check);
  } catch (error) {
    if (error instanceof BackupError) throw error;
    // What zlib says of a file that is cut off or not compressed at all.
    if ((error as NodeJS.ErrnoException).code?.startsWith("Z_"))
      throw damaged("it cannot be unpacked", error);
    throw error;
  } finally {
    source.destroy();
  }
}

/** The first format began with the JSON of its manifest, a tar begins with a name. */
async function tellFormat(source: Readable) {
  const chunks = source[Symbol.asyncIterator]() as AsyncIterableIterator<Buffer>;
  const first = await chunks.next();
  async function* whole(): AsyncGenerator<Buffer> {
    if (first.done) return;
    yield first.value;
    yield* chunks;
  }
  return { isLines: !first.done && first.value[0] === "{".charCodeAt(0), whole: whole() };
}

async function readTar(
  source: AsyncIterable<Buffer>,
  folder: string | undefined,
  check: (manifest: Manifest) => void,
): Promise<Manifest> {
  const hash = createHash("sha256");
  let manifest: Manifest | undefined;
  let entries = 0;
  let isSealed = false;
  const extract = tar.extract();
  // Its failures come out of the loop below.
  pipeline(Readable.from(source), extract, () => {});
  try {
    for await (const item of extract) {
      const entry = item as unknown as AsyncIterable<Buffer>;
      const { name, type, size = 0, mode = 0o600 } = item.header;
      if (!manifest) {
        if (name !== MANIFEST_NAME) throw notOurs();
        const text = await readText(entry);
        manifest = readManifest(parse(text));
        hash.update(text);
        check(manifest);
      } else if (name === SEAL_NAME) {
        const seal = sealSchema.safeParse(parse(await readText(entry)));
        if (!seal.success) throw damaged("its seal cannot be read");
        checkSeal(seal.data, entries, hash.digest("hex"));
        isSealed = true;
      } else {
        if (isSealed) throw damaged("something follows its seal");
        const kind = type === "directory" ? "folder" : type;
        const wanted = readEntry({ path: name.replace(/\/$/, ""), kind, size, mode });
        hash.update(JSON.stringify(wanted));
        await writeEntry(
          folder,
          wanted,
          tellBytes(entry, (chunk) => hash.update(chunk)),
        );
        entries += 1;
      }
    }
  } catch (error) {
    const isOwn = error instanceof BackupError || (error as NodeJS.ErrnoException).code !== undefined;
    if (isOwn) throw error;
    throw manifest ? damaged("it ends too early", error) : notOurs(error);
  }
  if (!manifest) throw notOurs();
  if (!isSealed) throw damaged("it ends too early");
  return manifest;
}

async function* tellBytes(
  source: AsyncIterable<Buffer>,
  tell: (chunk: Buffer) => void,
): AsyncGenerator<Buffer> {
  for await (const chunk of source) {
    tell(chunk);
    yield chunk;
  }
}

async function readText(source: AsyncIterable<Buffer>): Promise<string> {
  let text = "";
  for await (const chunk of source) {
    text += chunk.toString("utf8");
    if (text.length > MAX_OWN_BYTES) throw damaged("an entry cannot be read");
  }
  return text;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The schema refuses it in its own words.
    return undefined;
  }
}
