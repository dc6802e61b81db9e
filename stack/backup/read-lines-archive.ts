import { createHash } from "node:crypto";
import { checkSeal, damaged, readEntry, readManifest, writeEntry } from "./archive-entry";
import { type Manifest, sealSchema } from "./manifest";

const MAX_LINE_BYTES = 1024 * 1024;

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

/** Reads the rest of a backup of the first format: lines of JSON, each file's bytes after its own, and the seal. */
export async function readLinesArchive(
  source: AsyncIterable<Buffer>,
  folder: string | undefined,
  check: (manifest: Manifest) => void,
): Promise<Manifest> {
  const reader = new Reader(source);
  const manifest = readManifest(parse((await reader.line()) ?? ""));
  check(manifest);
  for (let entries = 0; ; entries += 1) {
    const text = await reader.peek();
    if (text === undefined) throw damaged("it ends too early");
    const seal = sealSchema.safeParse(parse(text));
    if (seal.success) {
      checkSeal(seal.data, entries, reader.hash.digest("hex"));
      return manifest;
    }
    await reader.line();
    const entry = readEntry(parse(text));
    await writeEntry(folder, entry, reader.bytes(entry.size));
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
