import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { Refused } from "@/lib/server/refused";
import { decodeText } from "./decode-text";
import { findDelimiter } from "./find-delimiter";
import { MAX_TEXT_BYTES } from "./limits";
import type { RawRow } from "./raw-row";
import { readCsv } from "./read-csv";
import { readWorkbook } from "./read-workbook";

type FileFormat = "workbook" | "text" | "gzip";

const startsWith = (bytes: Uint8Array, ...start: number[]) => start.every((byte, at) => bytes[at] === byte);

/**
 * What a file really is, by its first bytes; its name may be wrong. @throws {Refused} for what can never be an
 * export, saying what to do instead.
 */
function readFormat(bytes: Uint8Array, name: string): FileFormat {
  if (bytes.length === 0) throw new Refused(`${name} is empty.`);
  if (startsWith(bytes, 0x1f, 0x8b)) return "gzip";
  if (startsWith(bytes, 0x50, 0x4b, 0x03, 0x04)) return "workbook";
  if (startsWith(bytes, 0x50, 0x4b)) throw new Refused(`${name} is an empty archive.`);
  if (startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0))
    throw new Refused(
      `${name} is an old Excel file (.xls) or is protected with a password. Open it in Excel and save it as .xlsx or CSV, without a password.`,
    );
  if (startsWith(bytes, 0x25, 0x50, 0x44, 0x46))
    throw new Refused(`${name} is a PDF. Export the list from CoStar as Excel or CSV instead.`);
  const start = new TextDecoder("latin1").decode(bytes.subarray(0, 400)).trimStart().toLowerCase();
  if (/^(\xef\xbb\xbf)?<(!doctype|html|table|\?xml)/.test(start))
    throw new Refused(
      `${name} is a web page, whatever its ending says. Open it in Excel and save it as .xlsx or CSV.`,
    );
  if (/^(\xef\xbb\xbf)?[{[]\s*("|\{|\[|\})/.test(start))
    throw new Refused(`${name} is JSON. An import takes CSV, TSV or Excel (.xlsx).`);
  return "text";
}

const unzip = promisify(gunzip);

export interface ImportFile {
  /** What the file turned out to be: "Excel, sheet “Export”", "CSV in UTF-8" */
  readonly readAs: string;
  readonly rows: AsyncIterable<RawRow> | Iterable<RawRow>;
}

/** Opens an export, whatever its ending says it is: Excel, or delimited text in any encoding, gzipped or not. @throws {Refused} */
export async function readImportFile(bytes: Buffer, name: string): Promise<ImportFile> {
  if (bytes.length > MAX_TEXT_BYTES) throw tooLarge(name, bytes.length, MAX_TEXT_BYTES);
  const format = readFormat(bytes, name);
  if (format === "workbook") {
    const { sheet, others, rows } = await readWorkbook(bytes, name);
    const rest =
      others === 0 ? "" : ` (${others} other ${others === 1 ? "sheet was" : "sheets were"} not read)`;
    return { readAs: `Excel, sheet “${sheet}”${rest}`, rows };
  }
  const plain = format === "gzip" ? await unpack(bytes, name) : bytes;
  if (format === "gzip" && readFormat(plain, name) !== "text")
    throw new Refused(`${name} is compressed twice. Send the file itself.`);
  const { text, encoding } = decodeText(plain, name);
  const kind = findDelimiter(text) === "\t" ? "TSV" : "CSV";
  return { readAs: `${kind} in ${encoding}`, rows: readCsv(text) };
}

async function unpack(bytes: Buffer, name: string): Promise<Buffer> {
  try {
    return await unzip(bytes, { maxOutputLength: MAX_TEXT_BYTES });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE")
      throw tooLarge(name, Number.NaN, MAX_TEXT_BYTES);
    throw new Refused(`${name} is compressed and damaged.`, { cause });
  }
}

function tooLarge(name: string, bytes: number, most: number): Refused {
  const size = Number.isNaN(bytes) ? "too large once unpacked" : `${(bytes / 1_048_576).toFixed(1)} MB`;
  return new Refused(
    `${name} is ${size}; at most ${Math.round(most / 1_048_576)} MB are taken. Remove columns you do not need, or split it.`,
    { status: 413 },
  );
}
