import { isAscii } from "node:buffer";
import { decodeBytes, encodingOf } from "./charset";

/** One text part is decoded up to this many bytes; what is longer is no mail a person reads. */
const MAX_PART_BYTES = 2_000_000;
const MAX_DEPTH = 40;
const MAX_HEADER_BYTES = 2_000_000;
const [LF, CR, DASH] = [10, 13, 45];

interface PartHeader {
  type: string;
  charset: string;
  encoding: string;
  boundary: string | null;
  text: string;
}

/**
 * RFC 5322 source as text, decoded once and for good: every text part is written in UTF-8 and says so, whatever character set its
 * bytes were in, and raw bytes of header fields and encoded words in other sets are UTF-8 too. What can be read of it is then
 * read right by whoever parses it, and it survives as JSON. Attachments stay as they are. Never throws.
 */
export function decodeSource(bytes: Uint8Array): string {
  return asText(bytes) ?? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
}

/** The same as bytes; most mail is so already and is given back as it is. */
export function sourceInUtf8(bytes: Uint8Array): Uint8Array {
  const text = asText(bytes);
  return text === null ? bytes : Buffer.from(text);
}

function asText(bytes: Uint8Array): string | null {
  const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (isPlain(source)) return null;
  const out: string[] = [];
  writeEntity(source, 0, source.length, out, 0);
  return out.join("");
}

/** Nothing to do: all ASCII, and no label of another character set anywhere. */
function isPlain(source: Buffer): boolean {
  if (!isAscii(source)) return false;
  for (const word of ["harset", "HARSET"]) {
    for (let at = source.indexOf(word); at >= 0; at = source.indexOf(word, at + word.length)) {
      const label = /^harset\s*=\s*["']?([A-Za-z0-9_:.+-]{2,40})/i.exec(
        source.toString("latin1", at, at + 60),
      )?.[1];
      if (label?.toLowerCase() !== "utf-8") return false;
    }
  }
  for (let at = source.indexOf("=?"); at >= 0; at = source.indexOf("=?", at + 2)) {
    if (!/^=\?utf-8\?/i.test(source.toString("latin1", at, at + 8))) return false;
  }
  return true;
}

function writeEntity(source: Buffer, from: number, to: number, out: string[], depth: number): void {
  const bodyAt = findBody(source, from, to);
  const header = readHeader(source.subarray(from, Math.min(bodyAt, from + MAX_HEADER_BYTES)));
  const isNested = /^message\/(?:rfc822|global)$/.test(header.type);
  if (header.boundary !== null && depth < MAX_DEPTH && header.type.startsWith("multipart/")) {
    out.push(header.text);
    writeParts(source, bodyAt, to, header.boundary, out, depth);
  } else if (isNested && depth < MAX_DEPTH && !/base64|quoted-printable/.test(header.encoding)) {
    out.push(header.text);
    writeEntity(source, bodyAt, to, out, depth + 1);
  } else if (isText(header) && to - bodyAt <= MAX_PART_BYTES) {
    writeText(header, source.subarray(bodyAt, to), out);
  } else {
    out.push(header.text, decodeBytes(source.subarray(bodyAt, to), "utf-8"));
  }
}

const isText = ({ type }: PartHeader) => /^(?:text\/|message\/(?!rfc822|global$))/.test(type);

/** The parts between boundary lines (RFC 2046, 5.1), each an entity of its own; what stands around them is kept. */
function writeParts(
  source: Buffer,
  from: number,
  to: number,
  boundary: string,
  out: string[],
  depth: number,
): void {
  const mark = Buffer.from(`--${boundary}`, "latin1");
  let start = from;
  let inPart = false;
  for (let at = source.indexOf(mark, from); at >= 0 && at < to; at = source.indexOf(mark, at + mark.length)) {
    if (at > from && source[at - 1] !== LF) continue;
    const lineEnd = endOfLine(source, at, to);
    if (!/^(?:--)?[ \t]*\r?\n?$/.test(source.toString("latin1", at + mark.length, lineEnd))) continue;
    // The line break before a boundary belongs to the boundary.
    const cut = source[at - 2] === CR ? at - 2 : at - 1;
    if (inPart) {
      writeEntity(source, start, Math.max(start, cut), out, depth + 1);
      out.push(source.toString("latin1", Math.max(start, cut), lineEnd));
    } else out.push(decodeBytes(source.subarray(start, at), "utf-8"), source.toString("latin1", at, lineEnd));
    inPart = !(source[at + mark.length] === DASH && source[at + mark.length + 1] === DASH);
    start = lineEnd;
  }
  if (inPart) writeEntity(source, start, to, out, depth + 1);
  else out.push(decodeBytes(source.subarray(start, to), "utf-8"));
}

function writeText(header: PartHeader, body: Buffer, out: string[]): void {
  const bytes = decodeTransfer(body, header.encoding);
  const label = header.charset;
  if (isAscii(bytes) && !/iso-2022|utf-?16|utf-?7|hz-gb/i.test(label)) {
    out.push(header.text, decodeBytes(body, "utf-8"));
    return;
  }
  const text = decodeBytes(bytes, label, header.type === "text/html");
  out.push(asUtf8(header.text), text);
}

/** The header of a part whose body is now UTF-8 without a transfer encoding. */
function asUtf8(header: string): string {
  const unfolded = header.replace(/\r?\n[ \t]+/g, " ");
  const lines = unfolded
    .split(/\r?\n/)
    .filter((line) => line !== "" && !/^content-transfer-encoding\s*:/i.test(line));
  const typed = lines.map((line) =>
    /^content-type\s*:/i.test(line)
      ? `${line.replace(/;?\s*charset\*?\d*\*?\s*=\s*(?:"[^"]*"|[^;\s]*)/gi, "")}; charset=utf-8`
      : line,
  );
  const end = lines.length > 0 ? "\r\n\r\n" : "\r\n";
  return [...typed, "Content-Transfer-Encoding: 8bit"].join("\r\n") + (lines.length > 0 ? "\r\n\r\n" : end);
}

function decodeTransfer(body: Buffer, encoding: string): Buffer {
  if (encoding === "base64") return Buffer.from(body.toString("latin1"), "base64");
  if (encoding !== "quoted-printable") return body;
  const text = body
    .toString("latin1")
    .replace(/[ \t]+(?=\r?\n|$)/g, "")
    .replace(/=\r?\n/g, "")
    .replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(text, "latin1");
}

function findBody(source: Buffer, from: number, to: number): number {
  if (source[from] === LF) return from + 1;
  if (source[from] === CR && source[from + 1] === LF) return from + 2;
  for (let at = source.indexOf(LF, from); at >= 0 && at < to; at = source.indexOf(LF, at + 1)) {
    if (source[at + 1] === LF) return at + 2;
    if (source[at + 1] === CR && source[at + 2] === LF) return at + 3;
  }
  return to;
}

function endOfLine(source: Buffer, at: number, to: number): number {
  const end = source.indexOf(LF, at);
  return end < 0 || end >= to ? to : end + 1;
}

function readHeader(bytes: Buffer): PartHeader {
  const written = isAscii(bytes) ? bytes.toString("latin1") : decodeLines(bytes);
  const field = (name: string) =>
    new RegExp(String.raw`^${name}[ \t]*:((?:[^\n]|\n[ \t])*)`, "im")
      .exec(written)?.[1]
      ?.replace(/\s+/g, " ") ?? "";
  const type = field("content-type").slice(0, 4_000);
  const parameter = (name: string) => {
    const match = new RegExp(String.raw`${name}\s*=\s*(?:"([^"]{0,300})"|([^;\s"]{1,300}))`, "i").exec(type);
    return match ? (match[1] ?? match[2] ?? "") : null;
  };
  return {
    type: /^\s*([\w.+-]+\/[\w.+-]+)/.exec(type)?.[1]?.toLowerCase() ?? "text/plain",
    charset: parameter("charset\\*?(?:\\d\\*?)?")?.replace(/^([\w.-]+)''.*$/, "$1") ?? "",
    encoding: /[\w-]+/.exec(field("content-transfer-encoding"))?.[0]?.toLowerCase() ?? "",
    boundary: parameter("boundary"),
    text: recodeWords(written),
  };
}

/** Raw bytes of header fields: UTF-8 (RFC 6532), else what their bytes look like, line by line. */
function decodeLines(bytes: Buffer): string {
  const label = /charset\s*=\s*"?([\w.:-]{2,40})/i.exec(bytes.toString("latin1"))?.[1] ?? "";
  let text = "";
  for (let start = 0; start < bytes.length; ) {
    const end = endOfLine(bytes, start, bytes.length);
    text += decodeBytes(bytes.subarray(start, end), label);
    start = end;
  }
  return text;
}

/** Encoded words (RFC 2047) of other character sets, neighbours of one set taken together: a character may be cut between them. */
function recodeWords(header: string): string {
  return header.replace(/(?:=\?[^?\s]{2,60}\?[bq]\?[^?\s]{0,400}\?=(?:\s+(?==\?))?)+/gi, (words) => {
    const parts = [...words.matchAll(/=\?([^?\s*]{2,60})(?:\*[^?\s]*)?\?([bq])\?([^?\s]*)\?=/gi)];
    const label = parts[0]?.[1] ?? "";
    const other = parts.some((part) => part[1]?.toLowerCase() !== label.toLowerCase());
    if (other || encodingOf(label) === "utf-8" || encodingOf(label) === null) return words;
    const bytes = Buffer.concat(parts.map((part) => wordBytes(part[2] ?? "", part[3] ?? "")));
    const tail = /\s+$/.exec(words)?.[0] ?? "";
    return `=?utf-8?B?${Buffer.from(decodeBytes(bytes, label)).toString("base64")}?=${tail}`;
  });
}

function wordBytes(encoding: string, text: string): Buffer {
  if (encoding.toLowerCase() === "b") return Buffer.from(text, "base64");
  return decodeTransfer(Buffer.from(text.replaceAll("_", "=20"), "latin1"), "quoted-printable");
}
