import type { Database } from "../../postgres/database";
import type { Caller } from "../http/exchange";
import { quoteName, quoteTable, quoteText } from "../rest/sql-names";
import type { ToldChange } from "./change";
import type { PublishedTable } from "./published-tables";

/**
 * Which columns of a changed row this subscriber may read, or undefined when the row is none of his business.
 * Asked of Postgres as the subscriber: privileges on schema, table and columns, and row security on the row as it is
 * now. A deleted row can no longer be checked; as hosted, its key is told to everyone who may read the table.
 */
export async function listVisibleColumns(
  db: Database,
  caller: Caller,
  table: PublishedTable,
  { change, json }: ToldChange,
): Promise<ReadonlySet<string> | undefined> {
  const checkRow = table.rowSecurity && change.type !== "DELETE" && caller.role !== "service_role";
  if (checkRow && table.primaryKey.length === 0) return undefined;
  const same = table.primaryKey
    .map((column) => `_t.${quoteName(column)} = _k.${quoteName(column)}`)
    .join(" and ");
  const key = `jsonb_populate_record(null::${quoteTable(table)}, $1::jsonb -> 'record') _k`;
  const exists = checkRow ? `exists (select from ${quoteTable(table)} _t, ${key} where ${same})` : "true";
  const relation = quoteText(quoteTable(table));
  const sql = `select coalesce(json_agg(attname), '[]')::text as columns from pg_catalog.pg_attribute
    where attrelid = ${relation}::regclass and attnum > 0 and not attisdropped
      and has_column_privilege(attrelid, attnum, 'select') and ${exists}`;
  try {
    const rows = await db.queryOnce<{ columns: string }>(sql, checkRow ? [json] : [], {
      readOnly: true,
      settings: caller,
    });
    const columns = JSON.parse(rows[0]?.columns ?? "[]") as string[];
    return columns.length > 0 ? new Set(columns) : undefined;
  } catch (error) {
    // No privilege on the schema, the table or its key: nothing to see. Anything else is a fault to report.
    if (error instanceof Error && "code" in error && error.code === "42501") return undefined;
    throw error;
  }
}
