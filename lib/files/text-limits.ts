/** Characters of a body that rules look at. Reports and replies are far shorter; the rest is attachment or attack. */
export const MAX_BODY_CHARS = 200_000;

/** Characters of HTML that are read at all; a 2 MB newsletter has its reply, if any, at the top. */
export const MAX_HTML_CHARS = 500_000;

/** Bytes (or characters) of source that are parsed. Exchange Online's default limit is 35 MB. */
export const MAX_SOURCE_LENGTH = 40 * 1024 * 1024;

/** Tags of an HTML body that are read; the parser's cost grows with the square of nesting. */
export const MAX_HTML_TAGS = 30_000;

/** Lines of source that are parsed, after encoded attachments were joined; the parser waits once for each. */
export const MAX_SOURCE_LINES = 40_000;

/** Characters of one line that a pattern is tried on, so that no pattern meets a megabyte without a line break. */
const MAX_LINE_CHARS = 2_000;

/** Cuts to a length without splitting a surrogate pair. */
export function cutText(text: string, maxChars: number): string {
  if (text.length <= maxChars) return text;
  const last = text.charCodeAt(maxChars - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? maxChars - 1 : maxChars);
}

/** Lines of a text: CRLF, CR and LF all end a line; zero-width characters and BOM are dropped; each line is capped. */
export function splitLines(text: string): string[] {
  return cutText(text, MAX_BODY_CHARS)
    .replace(/[\u200b\u200e\u200f\u2060\ufeff\u1427]/g, "")
    .split(/\r\n|\r|\n/)
    .map((line) => cutText(line, MAX_LINE_CHARS));
}

/** One line, blanks collapsed, at most `maxChars` with an ellipsis: what a `why` sentence quotes. */
export function quoteForWhy(text: string, maxChars = 120): string {
  const line = cutText(text, maxChars * 8)
    .replace(/\s+/g, " ")
    .trim();
  return line.length <= maxChars ? line : `${cutText(line, maxChars - 1)}…`;
}
