import { MAX_SOURCE_LINES } from "@/lib/files/text-limits";

const [LF, CR] = [10, 13];

/** Source with fewer lines, and whether any of it was left out. */
export interface CondensedSource {
  bytes: Uint8Array;
  wasCut: boolean;
}

/**
 * Makes a mail of very many lines cheap to parse: joins equally long base64 lines of attachments (line breaks mean
 * nothing there, RFC 2045, 6.8) and cuts what is still over 40,000 lines. Smaller mails are returned as they are.
 */
export function condenseSource(source: Uint8Array): CondensedSource {
  if (countLines(source, MAX_SOURCE_LINES) <= MAX_SOURCE_LINES) return { bytes: source, wasCut: false };
  const out = new Uint8Array(source.length);
  let [written, lines, start, previousLength] = [0, 0, 0, -1];
  while (start < source.length) {
    const newline = source.indexOf(LF, start);
    const next = newline < 0 ? source.length : newline + 1;
    const textEnd =
      newline > start && source[newline - 1] === CR ? newline - 1 : newline < 0 ? next : newline;
    const length = textEnd - start;
    const joins = length === previousLength && length >= 40 && isBase64(source, start, textEnd);
    if (joins) {
      while (written > 0 && (out[written - 1] === LF || out[written - 1] === CR)) written -= 1;
    } else {
      lines += 1;
    }
    if (lines > MAX_SOURCE_LINES) return { bytes: out.subarray(0, written), wasCut: true };
    out.set(source.subarray(start, next), written);
    written += next - start;
    previousLength = length >= 40 && (joins || isBase64(source, start, textEnd)) ? length : -1;
    start = next;
  }
  return { bytes: out.subarray(0, written), wasCut: false };
}

function countLines(bytes: Uint8Array, enough: number): number {
  let lines = 1;
  for (let at = bytes.indexOf(LF); at >= 0 && lines <= enough; at = bytes.indexOf(LF, at + 1)) lines += 1;
  return lines;
}

function isBase64(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) {
    const byte = bytes[at] ?? 0;
    const isLetterOrDigit =
      (byte >= 48 && byte <= 57) || (byte >= 65 && byte <= 90) || (byte >= 97 && byte <= 122);
    if (!isLetterOrDigit && byte !== 43 && byte !== 47) return false;
  }
  return true;
}
