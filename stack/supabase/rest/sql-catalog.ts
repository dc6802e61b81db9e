import type { Database } from "../../postgres/database";
import { CATALOG_SQL } from "./sql-catalog-query";

export interface Column {
  readonly name: string;
  readonly type: string;
  /** SQL that yields the column's default, or null when it has none. */
  readonly default: string | null;
}

export interface Table {
  readonly oid: string;
  readonly schema: string;
  readonly name: string;
  readonly columns: ReadonlyMap<string, Column>;
  /** Functions of its row, by name: read and filtered by like columns, never written and not part of `*`. */
  readonly computed: ReadonlyMap<string, Column>;
  readonly primaryKey: readonly string[];
  readonly uniques: ReadonlyArray<readonly string[]>;
  /** What somebody who is not signed in may do with it, or with some column of it. */
  readonly anonymous: readonly Privilege[];
}

export type Privilege = "SELECT" | "INSERT" | "UPDATE" | "DELETE";

export interface ForeignKey {
  readonly name: string;
  readonly from: Table;
  readonly to: Table;
  readonly columns: readonly string[];
  readonly references: readonly string[];
}

export interface Routine {
  readonly schema: string;
  readonly name: string;
  readonly set: boolean;
  readonly variadic: boolean;
  /** How many leading arguments have no default. */
  readonly required: number;
  readonly returns: "void" | "row" | "scalar";
  /** Whether somebody who is not signed in may call it. */
  readonly anonymous: boolean;
  readonly arguments: ReadonlyArray<{ readonly name: string; readonly type: string }>;
  /** The shape of its rows: the table whose row type it returns, or its own output columns. */
  readonly row: Table;
}

/** What the exposed schemas contain, as of the last read. */
export interface Catalog {
  findTable(schema: string, name: string): Table | undefined;
  findRoutines(schema: string, name: string): readonly Routine[];
  readonly foreignKeys: readonly ForeignKey[];
}

interface RawTable extends Omit<Table, "columns" | "computed"> {
  readonly columns: readonly Column[];
  readonly computed: readonly Column[];
}
interface RawCatalog {
  readonly tables: readonly RawTable[];
  readonly foreignKeys: ReadonlyArray<
    Omit<ForeignKey, "from" | "to"> & { readonly from: string; readonly to: string }
  >;
  readonly routines: ReadonlyArray<
    Omit<Routine, "row"> & { readonly rowTable: string; readonly columns: readonly Column[] }
  >;
}

export async function readCatalog(db: Database, schemas: readonly string[]): Promise<Catalog> {
  const names = `{${schemas.map((schema) => `"${schema.replace(/(["\\])/g, "\\$1")}"`).join(",")}}`;
  const [row] = await db.query<{ catalog: string }>(CATALOG_SQL, [names]);
  return buildCatalog(JSON.parse(row?.catalog ?? "{}") as RawCatalog);
}

function buildCatalog(raw: RawCatalog): Catalog {
  const byOid = new Map(raw.tables.map((table) => [table.oid, withColumns(table)]));
  const byName = new Map([...byOid.values()].map((table) => [nameKey(table.schema, table.name), table]));
  const routines = new Map<string, Routine[]>();
  for (const { rowTable, columns, ...routine } of raw.routines) {
    const row = byOid.get(rowTable) ?? outputTable(routine.schema, routine.name, columns);
    const key = nameKey(routine.schema, routine.name);
    routines.set(key, [...(routines.get(key) ?? []), { ...routine, row }]);
  }
  const foreignKeys = raw.foreignKeys.flatMap((key): ForeignKey[] => {
    const [from, to] = [byOid.get(key.from), byOid.get(key.to)];
    return from && to ? [{ ...key, from, to }] : []; // the other end may be in a schema that is not exposed
  });
  return {
    findTable: (schema, name) => byName.get(nameKey(schema, name)),
    findRoutines: (schema, name) => routines.get(nameKey(schema, name)) ?? [],
    foreignKeys,
  };
}

function withColumns(table: RawTable): Table {
  const byName = (columns: readonly Column[]) => new Map(columns.map((column) => [column.name, column]));
  return { ...table, columns: byName(table.columns), computed: byName(table.computed) };
}

function outputTable(schema: string, name: string, columns: readonly Column[]): Table {
  const none = { primaryKey: [], uniques: [], anonymous: [], computed: [] };
  return withColumns({ oid: "0", schema, name, columns, ...none });
}

function nameKey(schema: string, name: string): string {
  return JSON.stringify([schema, name]);
}
