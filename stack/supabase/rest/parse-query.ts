import { refuseSyntax } from "./api-error";
import { refuseExcess, refuseNesting } from "./bounds";
import { Cursor } from "./parse-cursor";
import { parseJsonPath } from "./parse-field";
import { parseLogic, parseTest } from "./parse-filter";
import { parseOrder } from "./parse-order";
import { parseSelect } from "./parse-select";
import type { Level, Query } from "./syntax";

const WORDS = new Set(["order", "limit", "offset", "and", "or"]);
const ONCE = ["select", "columns", "on_conflict", "order", "limit", "offset"];

/**
 * The query string of a REST request, as a tree.
 * @param argumentNames names of the function's arguments when a function is called with GET: those keys are values, not filters.
 * @throws {ApiError} PGRST100 on anything that is not understood, 413 on more than one request may ask.
 */
export function parseQuery(params: URLSearchParams, argumentNames: ReadonlySet<string> = new Set()): Query {
  for (const key of ONCE)
    if (!argumentNames.has(key) && params.getAll(key).length > 1)
      throw refuseSyntax(`${key}: given more than once`);
  const root = emptyLevel();
  const embedded = new Map<string, Level>();
  const args = new Map<string, string>();
  const levelAt = (path: readonly string[]): Level => {
    if (path.length === 0) return root;
    const key = path.join(".");
    const level = embedded.get(key) ?? emptyLevel();
    embedded.set(key, level);
    return level;
  };
  for (const [key, value] of params) {
    refuseNesting(key.slice(0, 100), value);
    if (argumentNames.has(key)) {
      if (args.has(key)) throw refuseSyntax(`argument ${key}: given more than once`);
      args.set(key, value);
    } else if (key !== "select" && key !== "columns" && key !== "on_conflict") {
      readParameter(key, value, levelAt);
    }
  }
  const own = (key: string) => (argumentNames.has(key) ? null : params.get(key));
  const onConflict = parseNames(own("on_conflict"), "on_conflict parameter");
  const columns = parseNames(own("columns"), "columns parameter");
  const query = {
    select: parseSelect(own("select")),
    root,
    embedded,
    args,
    ...(onConflict && { onConflict }),
    ...(columns && { columns }),
  };
  refuseExcess(query);
  return query;
}

function emptyLevel(): Level {
  return { conditions: [], order: [] };
}

/** `status=eq.open`, `author.order=name`, `comments.not.or=(...)` */
function readParameter(key: string, value: string, levelAt: (path: readonly string[]) => Level): void {
  const cursor = new Cursor(key, "filter key");
  const names = [cursor.takeName()];
  while (cursor.take(".")) names.push(cursor.takeName());
  const path = parseJsonPath(cursor);
  cursor.expectEnd();
  const name = names.pop() ?? cursor.fail();
  if (path.length > 0 || key.endsWith('"') || !WORDS.has(name)) {
    const rest = new Cursor(value, "filter");
    const test = parseTest(rest, "top");
    rest.expectEnd();
    levelAt(names).conditions.push({ kind: "filter", field: { name, path }, ...test });
  } else if (name === "and" || name === "or") {
    const negated = names.at(-1) === "not";
    if (negated) names.pop();
    const tree = new Cursor(value, "logic tree");
    levelAt(names).conditions.push(parseLogic(tree, name === "and" ? "AND" : "OR", negated));
    tree.expectEnd();
  } else if (name === "order") levelAt(names).order = value === "" ? [] : parseOrder(value);
  else if (name === "limit") levelAt(names).limit = parseCount(name, value);
  else levelAt(names).offset = parseCount(name, value);
}

function parseCount(name: string, value: string): number {
  // Postgres takes a bigint; a safe integer is as far as JavaScript can carry one.
  if (!/^\d{1,15}$/.test(value)) throw refuseSyntax(`${name} parameter (${value})`);
  return Number(value);
}

function parseNames(text: string | null, what: string): string[] | undefined {
  if (text === null || text === "") return undefined;
  const cursor = new Cursor(text, what);
  const names = cursor.takeList(() => cursor.takeName());
  cursor.expectEnd();
  return [...new Set(names)];
}
