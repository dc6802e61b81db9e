import { isUtf8 } from "node:buffer";
import { normalizeEncoding, TextDecoder as WebDecoder } from "@exodus/bytes/encoding.js";

/** Labels mail programs write that the Encoding Standard does not list. */
const ALIASES: Readonly<Record<string, string>> = {
  cp1252: "windows-1252",
  cp1250: "windows-1250",
  cp1251: "windows-1251",
  cp932: "shift_jis",
  "windows-31j": "shift_jis",
  cp936: "gbk",
  cp949: "euc-kr",
  cp950: "big5",
  "iso-8859-8-i": "iso-8859-8-i",
  "iso-2022-jp-1": "iso-2022-jp",
  "iso-2022-jp-2": "iso-2022-jp",
  "8bit": "windows-1252",
  ascii: "windows-1252",
};
/** Encodings whose bytes are never UTF-8 by chance: what they declare is believed. */
const MULTI_BYTE = /^(?:gbk|gb18030|big5|euc-|shift_jis|iso-2022|utf-16)/;
const META = /<meta[^>]{0,200}charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})/i;

const decoders = new Map<string, { decode(bytes: Uint8Array): string }>();

/** The Encoding Standard's name for a label as mails write it; null when nobody knows it. */
export function encodingOf(label: string): string | null {
  const written = label
    .trim()
    .toLowerCase()
    .replace(/^["']|["']$/g, "");
  const known = normalizeEncoding(ALIASES[written] ?? written.replace(/^x-(?!sjis|cp|gbk|euc|mac|user)/, ""));
  return known === "replacement" ? null : known;
}

/**
 * Decodes the bytes of a text as browsers do (encoding.spec.whatwg.org), whatever Node's own decoder knows. Declarations lie:
 * bytes that are UTF-8 are UTF-8 under any one-byte label, `us-ascii` among them; where none is declared, or the declared one
 * cannot be, an HTML part's own `<meta charset>`, then GB18030 where the bytes come in its pairs, then windows-1252 are meant.
 */
export function decodeBytes(bytes: Uint8Array, label: string, isHtml = false): string {
  const declared = encodingOf(label);
  if (declared && declared !== "utf-8" && MULTI_BYTE.test(declared)) {
    const text = decoderOf(declared).decode(bytes);
    return text.includes("\ufffd") && isUtf8(bytes) ? decodeUtf8(bytes) : text;
  }
  if (isUtf8(bytes)) return decodeUtf8(bytes);
  if (declared && declared !== "utf-8") return decoderOf(declared).decode(bytes);
  const head = Buffer.from(bytes.subarray(0, 4_096)).toString("latin1");
  const meta = isHtml ? encodingOf(META.exec(head)?.[1] ?? "") : null;
  if (meta && meta !== "utf-8") return decoderOf(meta).decode(bytes);
  if (looksLikeGb(bytes)) return decoderOf("gb18030").decode(bytes);
  return isNearlyUtf8(bytes) ? decodeUtf8(bytes) : decoderOf("windows-1252").decode(bytes);
}

function decodeUtf8(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    .toString("utf8")
    .replace(/^\ufeff/, "");
}

function decoderOf(encoding: string): { decode(bytes: Uint8Array): string } {
  const known = decoders.get(encoding) ?? new WebDecoder(encoding);
  decoders.set(encoding, known);
  return known;
}

/** A cut or damaged UTF-8 text has a few broken places; one-byte text has nothing but such. */
function isNearlyUtf8(bytes: Uint8Array): boolean {
  const text = decodeUtf8(bytes.subarray(0, 20_000));
  const broken = text.split("\ufffd").length - 1;
  const whole = [...text].filter((char) => char > "\u007f" && char !== "\ufffd").length;
  return whole > broken * 4;
}

/** Chinese in GB18030 is pairs of high bytes, mostly in the rows of its commonest characters (0xB0 to 0xD7). */
function looksLikeGb(bytes: Uint8Array): boolean {
  let [pairs, common, odd] = [0, 0, 0];
  for (let at = 0; at < Math.min(bytes.length, 4_000); at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte < 0x80) continue;
    const next = bytes[at + 1] ?? 0;
    if (byte >= 0x81 && byte <= 0xfe && next >= 0xa1 && next <= 0xfe) {
      pairs += 1;
      if (byte >= 0xb0 && byte <= 0xd7) common += 1;
      at += 1;
    } else odd += 1;
  }
  return pairs >= 2 && odd === 0 && common >= pairs * 0.5;
}
