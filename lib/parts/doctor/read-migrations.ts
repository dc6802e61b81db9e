/** Something of a migration that can be seen from outside: a table, or a column of one. */
export interface Trace {
  readonly file: string;
  readonly table: string;
  readonly column: string | undefined;
}

/**
 * What each migration leaves that the API shows, without what a later one takes away. A migration of functions only leaves
 * none.
 */
export function readTraces(files: readonly { readonly name: string; readonly sql: string }[]): Trace[] {
  let traces: Trace[] = [];
  for (const { name, sql } of files) {
    const plain = withoutBodies(sql);
    for (const [, table = ""] of plain.matchAll(/create table (?:if not exists )?public\.(\w+)/gi))
      traces.push({ file: name, table, column: undefined });
    for (const [, table = "", changes = ""] of plain.matchAll(
      /alter table (?:if exists )?(?:only )?public\.(\w+)([^;]*);/gi,
    )) {
      for (const [, column = ""] of changes.matchAll(/add column (?:if not exists )?(\w+)/gi))
        traces.push({ file: name, table, column });
      for (const [, column = ""] of changes.matchAll(/(?:drop|rename) column (?:if exists )?(\w+)/gi))
        traces = traces.filter((one) => one.table !== table || one.column !== column);
    }
    for (const [, table = ""] of plain.matchAll(/drop table (?:if exists )?public\.(\w+)/gi))
      traces = traces.filter((one) => one.table !== table);
  }
  return traces;
}

/** SQL without comments and function bodies, whose statements are not the migration's own. */
function withoutBodies(sql: string): string {
  return sql
    .replace(/--[^\n]*/g, "")
    .replace(/\/\*[\s\S]*?\*\//g, "")
    .replace(/(\$\w*\$)[\s\S]*?\1/g, "")
    .replace(/\s+/g, " ");
}
