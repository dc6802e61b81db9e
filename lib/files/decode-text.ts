import { Refused } from "@/lib/server/refused";

export interface Decoded {
  readonly text: string;
  /** As a person would say it: "UTF-8", "UTF-16", "Windows-1252" */
  readonly encoding: string;
}

/**
 * Reads text in the encodings Excel and CoStar write: by its byte-order mark, else as UTF-16 when every other byte is
 * nothing, else as UTF-8 where it is valid, else as Windows-1252. @throws {Refused} for what is no text.
 */
export function decodeText(bytes: Uint8Array, name: string): Decoded {
  const utf16 = readUtf16(bytes);
  if (utf16) return { text: new TextDecoder(utf16).decode(bytes), encoding: "UTF-16" };
  const head = bytes.subarray(0, 65_536);
  if (head.includes(0))
    throw new Refused(`${name} is not a list as text. Save it as CSV or Excel (.xlsx) and try again.`);
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes), encoding: "UTF-8" };
  } catch {
    // Not UTF-8: what is left is what Windows wrote, in which every byte is a character.
    return { text: decodeWindows(bytes), encoding: "Windows-1252" };
  }
}

function readUtf16(bytes: Uint8Array): "utf-16le" | "utf-16be" | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  const head = bytes.subarray(0, 2_000);
  const nothings = [0, 0];
  head.forEach((byte, at) => {
    if (byte === 0) nothings[at % 2] = (nothings[at % 2] ?? 0) + 1;
  });
  const [even = 0, odd = 0] = nothings;
  if (odd > head.length / 4 && even === 0) return "utf-16le";
  if (even > head.length / 4 && odd === 0) return "utf-16be";
  return null;
}

/** What Windows-1252 puts where Latin-1 has control characters, 0x80 to 0x9F; unused places are left as they are. */
const WINDOWS = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";

/** By hand, because some versions of Node take Windows-1252 for Latin-1. */
function decodeWindows(bytes: Uint8Array): string {
  const latin = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
  return latin.replaceAll(
    /[\u0080-\u009f]/g,
    (character) => WINDOWS[character.charCodeAt(0) - 0x80] ?? character,
  );
}
