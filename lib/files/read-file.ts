import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { Refused } from "@/lib/server/refused";
import { decodeText } from "./decode-text";
import { readFormat } from "./file-format";
import { findDelimiter } from "./find-delimiter";
import { MAX_TEXT_BYTES } from "./limits";
import type { RawRow } from "./raw-row";
import { readCsv } from "./read-csv";
import { readWorkbook } from "./read-workbook";

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
