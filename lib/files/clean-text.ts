/** Text a database can hold: without NUL, and without halves of characters. */
export function cleanText(text: string): string {
  return text
    .replaceAll("\0", "")
    .replaceAll(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, "\uFFFD");
}
