import "server-only";
import type { Db } from "@/lib/server/client-options";
import type { Column, TableRow } from "./table";
import { TABLES, type TableName } from "./tables";
import type { MetricsView } from "./view";

export interface Loaded {
  readonly name: TableName;
  readonly title: string;
  readonly columns: readonly Column[];
  readonly rows: readonly TableRow[];
}

/** Several tables of a page at once, by name. @throws {DatabaseError} when one of them cannot be read */
export async function loadTables<Name extends TableName>(
  db: Db,
  view: MetricsView,
  names: readonly Name[],
): Promise<Record<Name, Loaded>> {
  const loaded = await Promise.all(
    names.map(async (name): Promise<[Name, Loaded]> => {
      const { title, columns, load } = TABLES[name];
      return [name, { name, title, columns, rows: await load(db, view) }];
    }),
  );
  return Object.fromEntries(loaded) as Record<Name, Loaded>;
}
