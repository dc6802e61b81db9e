import { ApiError } from "./api-error";
import type { Condition, Query, SelectItem } from "./syntax";

/**
 * How much one request may ask. Each is several times what the console's largest query needs, and far below where planning or the
 * stack of Postgres would suffer.
 */
export const MOST = {
  /** Related tables, on all levels together: each is a lateral join, and joins are planned in exponential time. */
  embeds: 20,
  columns: 250,
  conditions: 200,
  sortTerms: 40,
  params: 500,
  statementLength: 100_000,
} as const;

/** Brackets in one value: a search term, an array, a pattern, a JSON text. */
const MAX_NESTING = 64;
/** The `!` of a search term one after the other: Postgres keeps 32 operators and calls more an internal error. */
const MAX_REFUSALS = 24;

/** @throws {ApiError} 413 naming the bound. */
export function refuseExcess(query: Query): void {
  const levels = [query.root, ...query.embedded.values()];
  const { embeds, columns } = countItems(query.select);
  const conditions = levels
    .flatMap((level) => level.conditions)
    .reduce((sum, one) => sum + countTests(one), 0);
  const sortTerms = levels.reduce((sum, level) => sum + level.order.length, 0);
  refuseMore("related tables", embeds, MOST.embeds);
  refuseMore("selected columns", columns, MOST.columns);
  refuseMore("conditions", conditions, MOST.conditions);
  refuseMore("sort terms", sortTerms, MOST.sortTerms);
}

/** @throws {ApiError} 413 naming the bound. */
export function refuseLongStatement(sql: string, params: readonly unknown[]): void {
  refuseMore("values", params.length, MOST.params);
  refuseMore("characters of SQL", sql.length, MOST.statementLength);
}

/**
 * What Postgres reads of a value by recursion: brackets, and the `!` of a search term.
 * @throws {ApiError} 400 naming the parameter and the bound.
 */
export function refuseNesting(name: string, value: string): void {
  let depth = 0;
  let refusals = 0;
  for (const char of value) {
    refusals = char === "!" ? refusals + 1 : 0;
    if (char === "(" || char === "[" || char === "{") depth += 1;
    else if (depth > 0 && (char === ")" || char === "]" || char === "}")) depth -= 1;
    if (depth > MAX_NESTING || refusals > MAX_REFUSALS)
      throw new ApiError(
        400,
        "PGRST100",
        `"failed to parse ${name}: more than ${MAX_NESTING} brackets deep, or more than ${MAX_REFUSALS} times !"`,
      );
  }
}

function refuseMore(what: string, count: number, most: number): void {
  if (count > most)
    throw new ApiError(413, "54000", `The request has more than ${most} ${what}`, `It has ${count}.`);
}

function countItems(select: readonly SelectItem[]): { readonly embeds: number; readonly columns: number } {
  let [embeds, columns] = [0, 0];
  for (const item of select) {
    if (item.kind !== "embed") {
      columns += 1;
      continue;
    }
    const inner = countItems(item.select);
    embeds += 1 + inner.embeds;
    columns += inner.columns;
  }
  return { embeds, columns };
}

function countTests(condition: Condition): number {
  if (condition.kind === "filter") return 1;
  return condition.items.reduce((sum, item) => sum + countTests(item), 1);
}
