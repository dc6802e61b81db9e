import { CelSyntaxError } from "./errors";

export type TokenKind = "string" | "number" | "name" | "operator" | "end";

export interface Token {
  readonly kind: TokenKind;
  /** Text of an operator or name, decoded text of a string, or the source of a number. */
  readonly text: string;
  readonly at: number;
}

// Longest first, so that "<=" is never read as "<" and "=".
const OPERATORS = "|| && == != <= >= < > + - * / % ! ? : ( ) [ ] { } , .".split(" ");
const SPACE = /(?:\s+|\/\/[^\n]*)+/y;
const NUMBER = /(?:\d+\.\d*(?:[eE][+-]?\d+)?|\.\d+|\d+(?:[eE][+-]?\d+)?)u?/y;
const NAME = /[A-Za-z_][A-Za-z0-9_]*/y;
const STRING = /([rR]?)("""[\s\S]*?"""|'''[\s\S]*?'''|"(?:\\[\s\S]|[^"\\])*"|'(?:\\[\s\S]|[^'\\])*')/y;
const ESCAPES: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", b: "\b", f: "\f", "0": "\0" };

/** Splits a CEL expression into tokens. @throws {CelSyntaxError} at the first character that fits none. */
export function lex(source: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const match = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    return pattern.exec(source);
  };
  const push = (kind: TokenKind, text: string, length: number): void => {
    tokens.push({ kind, text, at });
    at += length;
  };
  while (at < source.length) {
    const space = match(SPACE);
    if (space) {
      at += space[0].length;
      continue;
    }
    const string = match(STRING);
    if (string) {
      push("string", unquote(string[2] ?? "", string[1] !== ""), string[0].length);
      continue;
    }
    const number = match(NUMBER);
    if (number) {
      push("number", number[0].replace(/u$/, ""), number[0].length);
      continue;
    }
    const name = match(NAME);
    if (name) {
      push("name", name[0], name[0].length);
      continue;
    }
    const operator = OPERATORS.find((candidate) => source.startsWith(candidate, at));
    if (operator === undefined) throw new CelSyntaxError(source, at, `unexpected "${source[at]}"`);
    push("operator", operator, operator.length);
  }
  tokens.push({ kind: "end", text: "the end", at });
  return tokens;
}

function unquote(quoted: string, raw: boolean): string {
  const width = /^("""|''')/.test(quoted) ? 3 : 1;
  const inner = quoted.slice(width, -width);
  if (raw) return inner;
  return inner.replace(/\\(u[0-9a-fA-F]{4}|[\s\S])/g, (_, code: string) =>
    code.length === 5
      ? String.fromCharCode(Number.parseInt(code.slice(1), 16))
      : (ESCAPES[code] ?? ("\\'\"`?".includes(code) ? code : `\\${code}`)),
  );
}
