import { refuseSyntax } from "./api-error";

/** Quotes a name so that it can only be a name. NUL never gets here: the door refuses it. */
export function quoteName(name: string): string {
  return `"${name.replace(/"/g, '""')}"`;
}

/** `E''` means the same whatever `standard_conforming_strings` says. */
export function quoteText(text: string): string {
  return `E'${text.replace(/\\/g, "\\\\").replace(/'/g, "''")}'`;
}

export function quoteTable(table: { readonly schema: string; readonly name: string }): string {
  return `${quoteName(table.schema)}.${quoteName(table.name)}`;
}

/** Type names that are keywords and would mean something else, or nothing, in quotes. */
const KEYWORD_TYPES = new Set(
  (
    "bigint bit boolean char character date decimal float int integer interval json numeric real smallint time " +
    "timestamp varchar,double precision,character varying,bit varying,timestamp with time zone," +
    "timestamp without time zone,time with time zone,time without time zone"
  )
    .split(",")
    .flatMap((part, index) => (index === 0 ? part.split(" ") : [part])),
);

/** A type as the target of a cast: keywords as they are, anything else as a quoted name. */
export function quoteType(type: string): string {
  const array = type.endsWith("[]") ? "[]" : "";
  const name = (array ? type.slice(0, -2) : type).toLowerCase();
  if (KEYWORD_TYPES.has(name)) return `${name}${array}`;
  if (name.includes(" ")) throw refuseSyntax(`cast (${type})`);
  return `${quoteName(array ? type.slice(0, -2) : type)}${array}`;
}
