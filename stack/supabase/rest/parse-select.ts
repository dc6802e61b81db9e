import { ApiError } from "./api-error";
import { Cursor } from "./parse-cursor";
import { parseJsonPath } from "./parse-field";
import type { Embed, SelectItem } from "./syntax";

const TYPE_NAME = /[a-z_][a-z0-9_]*(?: [a-z_][a-z0-9_]*)*(?:\[\])?/iy;

/** `select=id,total:amount::text,author:people!author_id(name)`; absent or empty means every column. */
export function parseSelect(text: string | null): SelectItem[] {
  if (!text) return [{ kind: "star" }];
  const cursor = new Cursor(text, "select parameter");
  const items = parseItems(cursor);
  cursor.expectEnd();
  return items;
}

function parseItems(cursor: Cursor): SelectItem[] {
  return cursor.takeList(() => {
    cursor.match(/\s*/y);
    const item = parseItem(cursor);
    cursor.match(/\s*/y);
    return item;
  });
}

function parseItem(cursor: Cursor): SelectItem {
  if (cursor.take("*")) return { kind: "star" };
  if (cursor.take("...")) {
    const alias = parseAlias(cursor);
    return parseEmbed(cursor, cursor.takeName(), alias, true);
  }
  const alias = parseAlias(cursor);
  const name = cursor.takeName();
  if (name === "count" && cursor.take("()")) return { kind: "count", alias: alias ?? "count", called: true };
  if (cursor.startsWith("!") || cursor.startsWith("(")) return parseEmbed(cursor, name, alias, false);
  const path = parseJsonPath(cursor);
  if (cursor.startsWith("."))
    throw new ApiError(400, "PGRST123", "Use of aggregate functions is not allowed");
  const cast = cursor.take("::") ? parseType(cursor) : undefined;
  if (name === "count" && path.length === 0 && !cast)
    return { kind: "count", alias: alias ?? "count", called: false };
  return { kind: "column", field: { name, path }, ...(alias && { alias }), ...(cast && { cast }) };
}

/** `alias:` but not the first half of a cast's `::`. */
function parseAlias(cursor: Cursor): string | undefined {
  return cursor.attempt(() => {
    const alias = cursor.takeQuoted() ?? cursor.match(/[^":(){}!,.*>]+(?=:)/y)?.[0].trim();
    return alias && !cursor.startsWith("::") && cursor.take(":") ? alias : undefined;
  });
}

function parseEmbed(cursor: Cursor, target: string, alias: string | undefined, spread: boolean): Embed {
  let inner = false;
  let hint: string | undefined;
  while (cursor.take("!")) {
    const word = cursor.takeName();
    if (word === "inner") inner = true;
    else if (word !== "left") hint = hint === undefined ? word : cursor.fail("more than one hint");
  }
  cursor.expect("(");
  const select = cursor.startsWith(")") ? [] : cursor.nest(() => parseItems(cursor));
  cursor.expect(")");
  return { kind: "embed", target, ...(alias && { alias }), ...(hint && { hint }), inner, spread, select };
}

function parseType(cursor: Cursor): string {
  return cursor.match(TYPE_NAME)?.[0] ?? cursor.fail("a type name was expected");
}
