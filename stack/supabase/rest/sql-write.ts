import { ApiError, refuseSyntax } from "./api-error";
import type { JsonBody } from "./json-body";
import type { Preferences } from "./parse-headers";
import type { Table } from "./sql-catalog";
import { writeCondition } from "./sql-filter";
import { quoteName, quoteTable, quoteText } from "./sql-names";
import { writeReads, writeSelect } from "./sql-select";
import { gatherRows, type Statement } from "./sql-statement";

const ROOT = "_t";
const NOTHING = "SELECT 1 WHERE false";

interface WriteShape {
  readonly single: boolean;
  readonly representation: boolean;
}

/** POST on a table: one row or many, with `Prefer: resolution=` an upsert. */
export function writeInsert(
  statement: Statement,
  table: Table,
  body: JsonBody,
  prefer: Preferences,
  shape: WriteShape,
): string {
  const columns = statement.query.columns ?? body.keys();
  checkColumns(table, columns);
  if (body.rows.length === 0) return gatherRows(NOTHING, { single: false, affected: "0" });
  const values =
    columns.length > 0 ? writeValues(statement, table, body, columns, prefer) : " DEFAULT VALUES";
  if (columns.length === 0 && body.rows.length > 1) throw refuseSyntax("body: several rows without a column");
  const conflict = writeConflict(statement, table, columns, prefer);
  return returnRows(
    statement,
    table,
    `INSERT INTO ${quoteTable(table)} AS ${ROOT}${values}${conflict}`,
    shape,
  );
}

/** PATCH on a table: sets the same columns in every row that matches. */
export function writeUpdate(statement: Statement, table: Table, body: JsonBody, shape: WriteShape): string {
  requireFilter(statement, "UPDATE");
  if (body.isArray) throw new ApiError(400, "PGRST102", "An update takes one object, not an array");
  const columns = statement.query.columns ?? body.keys();
  checkColumns(table, columns);
  if (columns.length === 0) return gatherRows(NOTHING, { single: false, affected: "0" });
  const where = writeWhere(statement, table);
  const set = columns.map((column) => `${quoteName(column)} = _b.${quoteName(column)}`).join(", ");
  const row = `jsonb_populate_record(null::${quoteTable(table)}, ${statement.param(body.text)}::jsonb) _b`;
  return returnRows(
    statement,
    table,
    `UPDATE ${quoteTable(table)} AS ${ROOT} SET ${set} FROM ${row}${where}`,
    shape,
  );
}

/** DELETE on a table. */
export function writeDelete(statement: Statement, table: Table, shape: WriteShape): string {
  requireFilter(statement, "DELETE");
  const where = writeWhere(statement, table);
  return returnRows(statement, table, `DELETE FROM ${quoteTable(table)} AS ${ROOT}${where}`, shape);
}

/** Reads what the write returned as a table of its own, so a representation may embed and sort. */
function returnRows(statement: Statement, table: Table, write: string, shape: WriteShape): string {
  const affected = "(SELECT count(*) FROM _m)";
  if (!shape.representation)
    return gatherRows(NOTHING, { single: false, affected, before: `WITH _m AS (${write} RETURNING 1) ` });
  const { select, root } = statement.query;
  const level = { ...root, conditions: [] }; // they chose the rows to write; the rows written may no longer match
  const plan = { table, alias: ROOT, from: `_m AS ${ROOT}`, select, path: "", level, capped: false };
  const written = writeSelect(statement, plan);
  const before = `WITH _m AS (${write} RETURNING ${writeReads(written.reads, ROOT)}) `;
  return gatherRows(written.text, { single: shape.single, affected, before });
}

function checkColumns(table: Table, columns: readonly string[]): void {
  for (const column of columns)
    if (!table.columns.has(column))
      throw new ApiError(
        400,
        "PGRST204",
        `Could not find the '${column}' column of '${table.name}' in the schema cache`,
      );
}

function writeValues(
  statement: Statement,
  table: Table,
  body: JsonBody,
  columns: readonly string[],
  prefer: Preferences,
): string {
  const names = columns.map(quoteName).join(", ");
  const payload = writePayload(statement, table, body, columns, prefer);
  return `(${names}) SELECT ${names} FROM jsonb_populate_recordset(null::${quoteTable(table)}, ${payload}) _b`;
}

/** The rows as jsonb; with `missing=default` each row starts from the defaults of the columns it may leave out. */
function writePayload(
  statement: Statement,
  table: Table,
  body: JsonBody,
  columns: readonly string[],
  prefer: Preferences,
): string {
  const payload = `${statement.param(body.isArray ? body.text : `[${body.text}]`)}::jsonb`;
  if (!prefer.missingAsDefault) return payload;
  const defaults = columns.flatMap((column) => {
    const value = table.columns.get(column)?.default;
    return value ? [`jsonb_build_object(${quoteText(column)}, ${value})`] : [];
  });
  if (defaults.length === 0) return payload;
  return `(SELECT jsonb_agg(${defaults.join(" || ")} || _d) FROM jsonb_array_elements(${payload}) _d)`;
}

function writeConflict(
  { query }: Statement,
  table: Table,
  columns: readonly string[],
  { resolution }: Preferences,
): string {
  const target = query.onConflict ?? table.primaryKey;
  if (!resolution || target.length === 0) return "";
  for (const column of target)
    if (!table.columns.has(column)) throw new ApiError(400, "42703", `column "${column}" does not exist`);
  // Setting the key to itself is only needed when there is nothing else to set: the row must still be returned.
  const others = columns.filter((column) => !target.includes(column));
  const set = (others.length > 0 ? others : columns)
    .map((column) => `${quoteName(column)} = EXCLUDED.${quoteName(column)}`)
    .join(", ");
  const action = resolution === "ignore-duplicates" || !set ? "DO NOTHING" : `DO UPDATE SET ${set}`;
  return ` ON CONFLICT (${target.map(quoteName).join(", ")}) ${action}`;
}

/** As hosted (extension pg-safeupdate): a write to the whole table is more often a mistake. */
function requireFilter({ query }: Statement, verb: "UPDATE" | "DELETE"): void {
  if (query.root.conditions.length === 0) throw new ApiError(400, "21000", `${verb} requires a WHERE clause`);
}

function writeWhere(statement: Statement, table: Table): string {
  const source = { table, alias: ROOT };
  const conditions = statement.query.root.conditions.map((condition) =>
    writeCondition(statement, source, condition),
  );
  return ` WHERE ${conditions.join(" AND ")}`;
}
