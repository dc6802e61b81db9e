import type { SqlParam } from "./database";

/** Quoted names, quoted text (plain and `E''`), or a parameter: what must not be confused with one another. */
const TOKENS = /"(?:[^"]|"")*"|\bE'(?:[^'\\]|''|\\[\s\S])*'|'(?:[^']|'')*'|\$(\d+)/gi;

/**
 * Puts parameter values into a statement as quoted text, so that it can travel in one message with others. Postgres
 * infers the type of quoted text as it infers that of a parameter. The statement must not use dollar quotes or comments.
 * @throws {RangeError} for a parameter that is missing, or text that contains a NUL character.
 */
export function inlineParameters(text: string, params: readonly SqlParam[]): string {
  return text.replace(TOKENS, (token, place: string | undefined) => {
    if (place === undefined) return token;
    const value = params[Number(place) - 1];
    if (value === undefined) throw new RangeError(`the statement has no value for $${place}`);
    // The space keeps the E from joining a word before it.
    return value === null ? " null" : ` ${quoteLiteral(String(value))}`;
  });
}

/** `E''` means the same whatever `standard_conforming_strings` says. */
export function quoteLiteral(text: string): string {
  return `E'${refuseNul(text).replace(/\\/g, "\\\\").replace(/'/g, "''")}'`;
}

export function quoteIdentifier(name: string): string {
  return `"${refuseNul(name).replace(/"/g, '""')}"`;
}

/** The wire protocol ends a statement at a NUL byte: what follows would be lost, not refused. */
function refuseNul(text: string): string {
  if (text.includes("\u0000")) throw new RangeError("SQL text must not contain a NUL character");
  return text;
}
