import { refuseSyntax } from "./api-error";
import type { JsonBody } from "./json-body";
import type { Routine } from "./sql-catalog";
import { quoteName, quoteTable } from "./sql-names";
import { countMatching } from "./sql-read";
import { writeSelect } from "./sql-select";
import { gatherRows, type Shape, type Statement } from "./sql-statement";

const ROOT = "_t";

/** A call: the expression, and what must stand before it in FROM to give it its arguments. */
interface Call {
  readonly from: string;
  readonly expression: string;
}

/**
 * Calls a function. Rows it returns can be filtered, sorted, paged and embedded like a table's.
 * @param body the JSON arguments of a POST; undefined for GET, whose arguments are in the query.
 */
export function writeRpc(
  statement: Statement,
  routine: Routine,
  body: JsonBody | undefined,
  shape: Shape,
): string {
  const call = body ? writeJsonCall(statement, routine, body) : writeTextCall(statement, routine);
  if (routine.returns === "row") return returnTable(statement, routine, call, shape);
  refuseTableSyntax(statement, routine);
  if (routine.returns === "void")
    return `SELECT NULL AS body, 1 AS n, NULL AS total, NULL AS affected FROM (SELECT ${call.expression}${call.from ? ` FROM ${call.from}` : ""}) _x`;
  return returnScalar(statement, routine, call, shape);
}

function returnTable(statement: Statement, routine: Routine, call: Call, { single, count }: Shape): string {
  const { select, root } = statement.query;
  const before = `WITH _f AS (SELECT _x.* FROM ${joinCall(call)} AS _x) `;
  const plan = {
    table: routine.row,
    alias: ROOT,
    from: `_f AS ${ROOT}`,
    select,
    path: "",
    level: root,
    capped: true,
  };
  const written = writeSelect(statement, plan);
  return gatherRows(written.text, {
    single: single || !routine.set,
    before,
    ...(count && { total: countMatching(written.matching) }),
  });
}

function returnScalar({ query, maxRows }: Statement, routine: Routine, call: Call, { count }: Shape): string {
  const before = `WITH _f AS (SELECT _v FROM ${joinCall(call)} AS _x(_v)) `;
  const { limit, offset } = query.root;
  const rows = Math.min(maxRows ?? Number.MAX_SAFE_INTEGER, limit ?? Number.MAX_SAFE_INTEGER);
  const page = routine.set ? ` LIMIT ${rows}${offset ? ` OFFSET ${offset}` : ""}` : "";
  const body = routine.set ? "coalesce(json_agg(_v), '[]')" : "coalesce(json_agg(_v) -> 0, 'null')";
  const total = count ? "(SELECT count(*) FROM _f)" : "null";
  return `${before}SELECT ${body}::text AS body, count(*)::int AS n, ${total}::int AS total, null::int AS affected FROM (SELECT _v FROM _f${page}) _s`;
}

/** A single value has no columns to choose, filter or sort by. */
function refuseTableSyntax({ query: { select, root, embedded } }: Statement, routine: Routine): void {
  const plain = select.length === 1 && select[0]?.kind === "star";
  const paged = !routine.set && (root.limit !== undefined || root.offset !== undefined);
  if (!plain || paged || root.conditions.length > 0 || root.order.length > 0 || embedded.size > 0)
    throw refuseSyntax(`request: the function ${routine.name} does not return rows to select from`);
}

function joinCall({ from, expression }: Call): string {
  return `${from ? `${from}, ` : ""}LATERAL ${expression}`;
}

function writeTextCall(statement: Statement, routine: Routine): Call {
  const args = routine.arguments.flatMap(({ name, type }, index) => {
    const value = statement.query.args.get(name);
    return value === undefined
      ? []
      : [`${variadic(routine, index)}${quoteName(name)} := ${statement.param(value)}::${type}`];
  });
  return { from: "", expression: `${quoteTable(routine)}(${args.join(", ")})` };
}

function writeJsonCall(statement: Statement, routine: Routine, body: JsonBody): Call {
  const [first] = routine.arguments;
  if (routine.arguments.length === 1 && first?.name === "")
    return { from: "", expression: `${quoteTable(routine)}(${statement.param(body.text)}::${first.type})` };
  const given = body.rows[0] ?? {};
  const used = routine.arguments.map((argument, index) => ({ ...argument, index }));
  const named = used.filter(({ name }) => Object.hasOwn(given, name));
  if (named.length === 0) return { from: "", expression: `${quoteTable(routine)}()` };
  const shape = named.map(({ name, type }) => `${quoteName(name)} ${type}`).join(", ");
  const args = named.map(
    ({ name, index }) => `${variadic(routine, index)}${quoteName(name)} := _a.${quoteName(name)}`,
  );
  return {
    from: `json_to_record(${statement.param(body.text)}::json) AS _a(${shape})`,
    expression: `${quoteTable(routine)}(${args.join(", ")})`,
  };
}

function variadic(routine: Routine, index: number): string {
  return routine.variadic && index === routine.arguments.length - 1 ? "VARIADIC " : "";
}
