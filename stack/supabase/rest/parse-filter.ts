import type { Cursor } from "./parse-cursor";
import { parseField } from "./parse-field";
import type { Condition, Test } from "./syntax";

const COMPARE: Readonly<Record<string, string>> = {
  eq: "=",
  neq: "<>",
  gt: ">",
  gte: ">=",
  lt: "<",
  lte: "<=",
  like: "LIKE",
  ilike: "ILIKE",
  match: "~",
  imatch: "~*",
  cs: "@>",
  cd: "<@",
  ov: "&&",
  sl: "<<",
  sr: ">>",
  nxr: "&<",
  nxl: "&>",
  adj: "-|-",
  isdistinct: "IS DISTINCT FROM",
};
const QUANTIFIABLE = new Set(["eq", "gt", "gte", "lt", "lte", "like", "ilike", "match", "imatch"]);
const SEARCH: Readonly<Record<string, string>> = {
  fts: "to_tsquery",
  plfts: "plainto_tsquery",
  phfts: "phraseto_tsquery",
  wfts: "websearch_to_tsquery",
};
const IS = {
  null: "NULL",
  not_null: "NOT NULL",
  true: "TRUE",
  false: "FALSE",
  unknown: "UNKNOWN",
} as const;

const has = <T extends object>(table: T, key: string): key is Extract<keyof T, string> =>
  Object.hasOwn(table, key);

/**
 * What follows `column=` or, inside `or=(...)`, `column.`: `not.eq.5`, `in.(1,2)`, `like(any).{a*,b*}`.
 * @param place `top`: the value is the rest of the text, taken literally; `logic`: it ends at `,` or `)` unless quoted; `change`, a
 * filter of Realtime: the same, and `*` stands for itself.
 */
export function parseTest(
  cursor: Cursor,
  place: "top" | "logic" | "change",
): { negated: boolean; test: Test } {
  const negated = cursor.take("not.");
  const operator = cursor.match(/[a-z_]+/y)?.[0] ?? cursor.fail();
  const modifier = cursor.match(/\(([\p{L}\p{N}_]+)\)/uy)?.[1];
  cursor.expect(".");
  if (modifier === undefined && operator === "in")
    return { negated, test: { kind: "in", values: parseIn(cursor) } };
  const value = place === "top" ? cursor.takeRest() : parseLogicValue(cursor);
  if (modifier === undefined && operator === "is") {
    const word = value.toLowerCase();
    return { negated, test: { kind: "is", value: has(IS, word) ? IS[word] : cursor.fail() } };
  }
  if (has(SEARCH, operator))
    return {
      negated,
      test: { kind: "search", toQuery: SEARCH[operator] ?? "", value, ...(modifier && { config: modifier }) },
    };
  if (!has(COMPARE, operator)) return cursor.fail(`unknown operator "${operator}"`);
  // `*` stands for `%`, which a URL would have to escape.
  const isPattern = place !== "change" && (operator === "like" || operator === "ilike");
  const text = isPattern ? value.replace(/\*/g, "%") : value;
  return { negated, test: readComparison(cursor, operator, modifier, text) };
}

function readComparison(cursor: Cursor, operator: string, modifier: string | undefined, value: string): Test {
  const sql = COMPARE[operator] ?? "";
  if (modifier === undefined) return { kind: "compare", operator: sql, value };
  if (!QUANTIFIABLE.has(operator) || (modifier !== "any" && modifier !== "all"))
    return cursor.fail(`"${operator}" does not take "(${modifier})"`);
  return { kind: "compare", operator: sql, value, quantifier: modifier === "any" ? "ANY" : "ALL" };
}

/** `(a,"b,c")` */
function parseIn(cursor: Cursor): string[] {
  cursor.expect("(");
  if (cursor.take(")")) return [];
  const values = cursor.takeList(() => takeListed(cursor) ?? cursor.match(/[^,)]*/y)?.[0] ?? "");
  cursor.expect(")");
  return values;
}

function parseLogicValue(cursor: Cursor): string {
  return takeListed(cursor) ?? cursor.match(/\{[^{}]*\}/y)?.[0] ?? cursor.match(/[^,)]*/y)?.[0] ?? "";
}

/**
 * A quoted value ends at the first quote that the list can go on after: supabase-js quotes a value that has a comma,
 * but does not escape the quotes inside it.
 */
function takeListed(cursor: Cursor): string | undefined {
  return cursor.match(/"((?:\\.|[^\\])*?)"(?=[,)]|$)/suy)?.[1]?.replace(/\\(.)/gs, "$1");
}

/** `(a.eq.1,not.and(b.gt.2,c.is.null))`, the value of `or=` and `and=`. */
export function parseLogic(cursor: Cursor, operator: "AND" | "OR", negated: boolean): Condition {
  cursor.expect("(");
  const items = cursor.nest(() => cursor.takeList(() => parseLogicItem(cursor)));
  cursor.expect(")");
  return { kind: "logic", operator, negated, items };
}

function parseLogicItem(cursor: Cursor): Condition {
  cursor.match(/\s*/y);
  const group = cursor.match(/(not\.)?(and|or)(?=\()/y);
  if (group) return parseLogic(cursor, group[2] === "and" ? "AND" : "OR", group[1] !== undefined);
  const field = parseField(cursor);
  cursor.expect(".");
  return { kind: "filter", field, ...parseTest(cursor, "logic") };
}
