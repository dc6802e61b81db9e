import { Refused } from "@/lib/server/refused";

export type FileFormat = "workbook" | "text" | "gzip";

const startsWith = (bytes: Uint8Array, ...start: number[]) => start.every((byte, at) => bytes[at] === byte);

/**
 * What a file really is, by its first bytes; its name may be wrong. @throws {Refused} for what can never be an
 * export, saying what to do instead.
 */
export function readFormat(bytes: Uint8Array, name: string): FileFormat {
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
