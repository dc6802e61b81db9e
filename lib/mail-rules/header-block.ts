import { cutText } from "@/lib/files/text-limits";
import type { MailHeader } from "./mail-types";

const MAX_BLOCK_CHARS = 256 * 1024;

/**
 * Reads "Name: value" lines up to the first empty line, joining folded lines (RFC 5322, section 2.2.3).
 * Lines that are neither are skipped: Outlook prefixes its header property with a banner line.
 */
export function parseHeaderBlock(source: string): MailHeader[] {
  const headers: MailHeader[] = [];
  for (const line of cutText(source, MAX_BLOCK_CHARS)
    .replace(/^\s+/, "")
    .split(/\r\n|\r|\n/)) {
    if (line.trim() === "") break;
    const last = headers.at(-1);
    if (/^[ \t]/.test(line)) {
      if (last) last.value = `${last.value} ${line.trim()}`;
      continue;
    }
    const colon = line.indexOf(":");
    const name = line.slice(0, Math.max(colon, 0)).trimEnd();
    if (colon > 0 && /^[!-9;-~]{1,80}$/.test(name)) {
      headers.push({ name: name.toLowerCase(), value: line.slice(colon + 1).trim() });
    }
  }
  return headers;
}
