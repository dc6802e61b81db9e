import type { Database, SqlParam } from "../../postgres/database";
import { quoteName, quoteTable } from "../rest/sql-names";
import type { FilterCondition } from "./binding";
import type { ToldChange } from "./change";
import type { PublishedTable } from "./published-tables";

/**
 * Which filters a row passes, judged by Postgres with the types of the table, so that `amount=gt.9` is not a
 * comparison of text and a timestamp may be written in any way Postgres reads.
 * @param told the change; a deleted row is judged as it was.
 * @throws when a filter names a column the table does not have, or a value its type cannot read.
 */
export async function matchFilters(
  db: Database,
  table: PublishedTable,
  { change, json }: ToldChange,
  conditions: readonly FilterCondition[],
): Promise<boolean[]> {
  const params: SqlParam[] = [json];
  const tests = conditions.map(({ column, operator, value }, index) => {
    params.push(value);
    const place = `$${params.length}`;
    return `coalesce(_r.${quoteName(column)} ${operator} ${operator === "= ANY" ? `(${place})` : place}, false) as m${index}`;
  });
  const record = change.record ? "record" : "old_record";
  const [row] = await db.query<Record<string, boolean>>(
    `select ${tests.join(", ")} from jsonb_populate_record(null::${quoteTable(table)}, $1::jsonb -> '${record}') _r`,
    params,
  );
  return conditions.map((_, index) => row?.[`m${index}`] === true);
}
