import type { Table } from "./sql-catalog";
import { quoteTable } from "./sql-names";
import { writeSelect } from "./sql-select";
import { gatherRows, type Shape, type Statement } from "./sql-statement";

const ROOT = "_t";

/** GET on a table or view. */
export function writeRead(statement: Statement, table: Table, { single, count }: Shape): string {
  const { select, root } = statement.query;
  const from = `${quoteTable(table)} AS ${ROOT}`;
  const written = writeSelect(statement, {
    table,
    alias: ROOT,
    from,
    select,
    path: "",
    level: root,
    capped: true,
  });
  return gatherRows(written.text, { single, ...(count && { total: countMatching(written.matching) }) });
}

export function countMatching(matching: string): string {
  return `(SELECT count(*) FROM (SELECT 1${matching}) _c)`;
}
