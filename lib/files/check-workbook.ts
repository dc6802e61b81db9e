import { promisify } from "node:util";
import { inflateRaw } from "node:zlib";
import { Refused } from "@/lib/server/refused";
import { MAX_WORKBOOK_BYTES } from "./limits";

const inflate = promisify(inflateRaw);

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const STORED = 0;
const DEFLATED = 8;
const MAX_PARTS = 2_000;

interface Part {
  readonly packed: Buffer;
  readonly method: number;
  readonly bytes: number;
}

/**
 * Makes sure a workbook is one, and is no more once unpacked than may be held in memory. What the archive says of itself is
 * not believed: every part is unpacked up to the size it claims (ZIP, APPNOTE 6.3.10, sections 4.3.12 and 4.3.16).
 * @throws {Refused}
 */
export async function checkWorkbook(bytes: Buffer, name: string): Promise<void> {
  const notOne = (cause?: unknown) =>
    new Refused(`${name} is damaged, or is no Excel workbook. Save it again in Excel and try again.`, {
      cause,
    });
  let total = 0;
  const parts = readDirectory(bytes);
  if (!parts || !bytes.includes("xl/workbook.xml")) throw notOne();
  for (const part of parts) total += part.bytes;
  if (total > MAX_WORKBOOK_BYTES || parts.length > MAX_PARTS) throw tooMuch(name, total);
  for (const { packed, method, bytes: claimed } of parts) {
    if (method === STORED && packed.length === claimed) continue;
    if (method !== DEFLATED) throw notOne();
    try {
      const real = await inflate(packed, { maxOutputLength: Math.max(1, claimed) });
      if (real.length !== claimed) throw notOne();
    } catch (error) {
      if (error instanceof Refused) throw error;
      if ((error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE")
        throw tooMuch(name, Number.POSITIVE_INFINITY);
      throw notOne(error);
    }
  }
}

function tooMuch(name: string, total: number): Refused {
  const size = Number.isFinite(total)
    ? ` ${Math.round(total / 1_048_576).toLocaleString("en-US")} MB`
    : " far more than it says";
  return new Refused(
    `${name} unpacks to${size}; at most ${Math.round(MAX_WORKBOOK_BYTES / 1_048_576)} MB are read. Save only the sheet with the list, or split it.`,
    { status: 413 },
  );
}

/** The parts an archive lists; null when the list does not hold together. */
function readDirectory(bytes: Buffer): Part[] | null {
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || end + 22 > bytes.length || bytes.readUInt32LE(end) !== END_OF_DIRECTORY) return null;
  const count = bytes.readUInt16LE(end + 10);
  let at = bytes.readUInt32LE(end + 16);
  const parts: Part[] = [];
  for (let index = 0; index < count; index++) {
    if (at + 46 > end || bytes.readUInt32LE(at) !== DIRECTORY_ENTRY) return null;
    const [packedSize, size] = [bytes.readUInt32LE(at + 20), bytes.readUInt32LE(at + 24)];
    const header = bytes.readUInt32LE(at + 42);
    if (header + 30 > bytes.length) return null;
    const data = header + 30 + bytes.readUInt16LE(header + 26) + bytes.readUInt16LE(header + 28);
    if (data + packedSize > bytes.length) return null;
    parts.push({
      packed: bytes.subarray(data, data + packedSize),
      method: bytes.readUInt16LE(at + 10),
      bytes: size,
    });
    at += 46 + bytes.readUInt16LE(at + 28) + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return parts;
}
