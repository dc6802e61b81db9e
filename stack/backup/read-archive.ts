import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { pipeline } from "node:stream";
import { createGunzip } from "node:zlib";
import { BackupError } from "./backup-error";
import {
  type Entry,
  entrySchema,
  FORMAT_VERSION,
  type Manifest,
  manifestSchema,
  sealSchema,
} from "./manifest";

const MAX_LINE_BYTES = 1024 * 1024;
const SAFE_PATH = /^(?!.*(?:^|\/)\.{0,2}(?:\/|$))[^\\:\0]+$/;

/** Bytes of a stream, by lines and by counts. */
class Reader {
  #held: Buffer = Buffer.alloc(0);
  readonly #source: AsyncIterator<Buffer>;
  readonly hash = createHash("sha256");

  constructor(source: AsyncIterable<Buffer>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  async line(signed = true): Promise<string | undefined> {
    for (let end = this.#held.indexOf(10); ; end = this.#held.indexOf(10)) {
      if (end >= 0)
        return this.#take(end + 1, signed)
          .toString("utf8")
          .trimEnd();
      if (this.#held.length > MAX_LINE_BYTES || !(await this.#more())) return undefined;
    }
  }

  /** The next line as it is, without taking it. */
  async peek(): Promise<string | undefined> {
    for (let end = this.#held.indexOf(10); ; end = this.#held.indexOf(10)) {
      if (end >= 0) return this.#held.subarray(0, end).toString("utf8");
      if (this.#held.length > MAX_LINE_BYTES || !(await this.#more())) return undefined;
    }
  }

  async *bytes(count: number): AsyncGenerator<Buffer> {
    for (let left = count; left > 0; ) {
      if (this.#held.length === 0 && !(await this.#more())) throw damaged("it ends too early");
      const chunk = this.#take(Math.min(left, this.#held.length), true);
      left -= chunk.length;
      yield chunk;
    }
  }

  #take(count: number, signed: boolean): Buffer {
    const taken = this.#held.subarray(0, count);
    this.#held = this.#held.subarray(count);
    if (signed) this.hash.update(taken);
    return taken;
  }

  async #more(): Promise<boolean> {
    const next = await this.#source.next();
    if (next.done) return false;
    this.#held = this.#held.length === 0 ? next.value : Buffer.concat([this.#held, next.value]);
    return true;
  }
}

/**
 * Reads a whole archive, into an empty folder or (without one) only to check every byte of it.
 * @throws {BackupError} when it is damaged, something else, or written by a newer version (`check` decides about its content).
 */
export async function readArchive(
  file: string,
  folder: string | undefined,
  check: (manifest: Manifest) => void = () => {},
): Promise<Manifest> {
  const source = pipeline(fs.createReadStream(file), createGunzip(), () => {});
  try {
    const reader = new Reader(source);
    const manifest = readManifest(await reader.line());
    check(manifest);
    let entries = 0;
    for (;;) {
      const text = (await reader.peek()) ?? fail("it ends too early");
      const seal = sealSchema.safeParse(parse(text));
      if (seal.success) {
        const sha256 = reader.hash.digest("hex");
        if (seal.data.sha256 !== sha256 || seal.data.sealed !== entries)
          throw damaged("its checksum is wrong");
        return manifest;
      }
      await reader.line();
      await writeEntry(reader, folder, parse(text));
      entries += 1;
    }
  } catch (error) {
    // What zlib says of a file that is cut off or not compressed at all.
    if ((error as NodeJS.ErrnoException).code?.startsWith("Z_"))
      throw damaged("it cannot be unpacked", error);
    throw error;
  } finally {
    source.destroy();
  }
}

function readManifest(text: string | undefined): Manifest {
  const raw = text === undefined ? undefined : parse(text);
  const manifest = manifestSchema.safeParse(raw);
  if (!manifest.success) throw new BackupError("This is not a backup of this program. Nothing was changed.");
  if (manifest.data.version > FORMAT_VERSION)
    throw new BackupError(
      "This backup was written by a newer version. Update the program first; nothing was changed.",
    );
  return manifest.data;
}

async function writeEntry(reader: Reader, folder: string | undefined, raw: unknown): Promise<void> {
  const entry = entrySchema.safeParse(raw);
  if (!entry.success || !SAFE_PATH.test(entry.data.path)) throw damaged("an entry cannot be read");
  const { path: name, kind, size, mode }: Entry = entry.data;
  if (folder === undefined) {
    for await (const _ of reader.bytes(size));
    return;
  }
  const target = path.join(folder, name);
  if (kind === "folder") {
    fs.mkdirSync(target, { mode: mode | 0o700, recursive: true });
    return;
  }
  const file = fs.openSync(target, "wx", mode | 0o600);
  try {
    for await (const chunk of reader.bytes(size)) fs.writeSync(file, chunk);
  } finally {
    fs.closeSync(file);
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The schema refuses it in its own words.
    return undefined;
  }
}

function damaged(what: string, cause?: unknown): BackupError {
  return new BackupError(`This backup is damaged: ${what}. Nothing was changed.`, { cause });
}

function fail(what: string): never {
  throw damaged(what);
}
