/** Header fields in order; null leaves a field out, `{ text }` is free text that may need encoded words (RFC 2047). */
export type HeaderFields = readonly (readonly [name: string, value: string | { text: string } | null])[];

const MAX_LINE = 76;

/** The source of a plain text mail, CRLF line ends and ASCII only: quoted-printable body, UTF-8 text. */
export function writeSource(fields: HeaderFields, bodyText: string): string {
  const mime: HeaderFields = [
    ["MIME-Version", "1.0"],
    ["Content-Type", 'text/plain; charset="utf-8"'],
    ["Content-Transfer-Encoding", "quoted-printable"],
  ];
  return `${writeHeader([...fields, ...mime])}\r\n${quotedPrintable(bodyText)}\r\n`;
}

export function writeHeader(fields: HeaderFields): string {
  return fields.map(([name, value]) => (value === null ? "" : writeField(name, value))).join("");
}

/** `name <address>` with the name quoted or encoded where it has to be. */
export function mailbox(name: string, address: string): string {
  if (name === "" || name === address) return address;
  const phrase = isPlain(name) ? `"${name.replace(/["\\]/g, "\\$&")}"` : encodedWords(name);
  return `${phrase} <${address}>`;
}

/** Quoted-printable (RFC 2045, 6.7) of UTF-8 text with any line ends. */
export function quotedPrintable(text: string): string {
  return text
    .split(/\r\n|\r|\n/)
    .map((line) => {
      const encoded = [...new TextEncoder().encode(line)].map((byte, index, bytes) => {
        const trailing = index === bytes.length - 1 && (byte === 32 || byte === 9);
        const literal = (byte >= 32 && byte <= 126 && byte !== 61) || byte === 9;
        return literal && !trailing
          ? String.fromCharCode(byte)
          : `=${byte.toString(16).toUpperCase().padStart(2, "0")}`;
      });
      return softWrap(encoded);
    })
    .join("\r\n");
}

function softWrap(tokens: string[]): string {
  const lines: string[] = [];
  let line = "";
  for (const token of tokens) {
    if (line.length + token.length > MAX_LINE - 1) {
      lines.push(`${line}=`);
      line = "";
    }
    line += token;
  }
  return [...lines, line].join("\r\n");
}

function writeField(name: string, value: string | { text: string }): string {
  const written = typeof value === "string" ? value : unstructured(value.text);
  // Folding at spaces keeps References of a long thread within RFC 5322's 998 characters a line.
  let line = `${name}:`;
  const lines: string[] = [];
  for (const word of written.replace(/[\r\n]+/g, " ").split(" ")) {
    if (line.length + 1 + word.length > MAX_LINE && line.trim() !== "" && line !== `${name}:`) {
      lines.push(line);
      line = "";
    }
    line += ` ${word}`;
  }
  return [...lines, line].map((part) => `${part}\r\n`).join("");
}

function unstructured(text: string): string {
  const oneLine = text.replace(/[\r\n]+/g, " ");
  return isPlain(oneLine) && !oneLine.includes("=?") ? oneLine : encodedWords(oneLine);
}

function isPlain(text: string): boolean {
  return /^[ -~]*$/.test(text);
}

/** Encoded words of at most 75 characters, none of which cuts a character in two (RFC 2047, section 5). */
function encodedWords(text: string): string {
  const words: string[] = [];
  let bytes: number[] = [];
  for (const character of text) {
    const next = [...new TextEncoder().encode(character)];
    if (bytes.length + next.length > 42) {
      words.push(encodedWord(bytes));
      bytes = [];
    }
    bytes.push(...next);
  }
  return [...words, encodedWord(bytes)].join(" ");
}

function encodedWord(bytes: number[]): string {
  return `=?utf-8?B?${Buffer.from(bytes).toString("base64")}?=`;
}
