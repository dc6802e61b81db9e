import type { Database, SqlParam } from "../../postgres/database";
import { writeCondition } from "../rest/sql-filter";
import { quoteTable } from "../rest/sql-names";
import type { Condition } from "../rest/syntax";
import type { ToldChange } from "./change";
import type { PublishedTable } from "./published-tables";

/**
 * Whether a row passes a filter, judged by Postgres with the types of the table, so that `amount=gt.9` is not a
 * comparison of text and a timestamp may be written in any way Postgres reads.
 * @param told the change; a deleted row is judged as it was.
 * @throws when the filter names a column the table does not have, or a value its type cannot read.
 */
export async function matchFilter(
  db: Database,
  table: PublishedTable,
  { change, json }: ToldChange,
  conditions: readonly Condition[],
): Promise<boolean> {
  const params: SqlParam[] = [json];
  const param = (value: SqlParam) => `$${params.push(value)}`;
  const columns = new Map(table.columns.map((column) => [column.name, { ...column, default: null }]));
  const source = { table: { name: table.name, columns, computed: new Map() }, alias: "_r" };
  const tests = conditions.map((condition) => writeCondition({ param }, source, condition));
  const record = change.record ? "record" : "old_record";
  const [row] = await db.query<{ passes: boolean }>(
    `select coalesce(${tests.join(" and ")}, false) as passes
     from jsonb_populate_record(null::${quoteTable(table)}, $1::jsonb -> '${record}') _r`,
    params,
  );
  return row?.passes === true;
}
