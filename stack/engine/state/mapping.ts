import type { Table } from "./tables";

const snake = (property: string): string =>
  property.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

interface Column {
  readonly property: string;
  readonly name: string;
  readonly type: string;
}

const COLUMNS = new WeakMap<object, readonly Column[]>();

/** A table's columns, worked out once: every row of every commit asks for them. */
function columnsOf<Row>(table: Table<Row>): readonly Column[] {
  const known = COLUMNS.get(table);
  if (known) return known;
  const columns = Object.entries<string>(table.columns).map(([property, type]) => ({
    property,
    name: snake(property),
    type,
  }));
  COLUMNS.set(table, columns);
  return columns;
}

/** Text Postgres cannot store as such: a NUL, or half of a surrogate pair. */
const UNSTORABLE = /\0|\p{Surrogate}/gu;

function cleanText(text: string): string {
  return text.replace(UNSTORABLE, "\uFFFD");
}

/** One row as Postgres returns it (or `row_to_json` renders it) to the row the engine works with. */
export function fromRow<Row>(table: Table<Row>, raw: Readonly<Record<string, unknown>>): Row {
  const row: Record<string, unknown> = {};
  for (const { property, name, type } of columnsOf(table)) {
    const value = raw[name] ?? null;
    row[property] =
      type === "timestamptz" && value !== null ? new Date(value as string | Date).getTime() : value;
  }
  return row as Row;
}

/** The rows as one JSON parameter for `json_to_recordset`. */
export function toJson<Row>(table: Table<Row>, rows: Iterable<Row>): string {
  const columns = columnsOf(table);
  const records: Record<string, unknown>[] = [];
  for (const row of rows) {
    const record: Record<string, unknown> = {};
    for (const { property, name, type } of columns) {
      const value = (row as Record<string, unknown>)[property];
      record[name] =
        type === "timestamptz" && typeof value === "number"
          ? new Date(value).toISOString()
          : typeof value === "string"
            ? cleanText(value)
            : value;
    }
    records.push(record);
  }
  return JSON.stringify(records);
}

/** `insert … on conflict` that writes every row of parameter `$n`; `keep` leaves a row that exists as it is. */
export function upsertSql<Row>(table: Table<Row>, parameter: number, onConflict: "replace" | "keep"): string {
  const columns = columnsOf(table);
  const keys: readonly string[] = table.key;
  const names = columns.map((column) => column.name).join(", ");
  const record = columns.map((column) => `${column.name} ${column.type}`).join(", ");
  const updates = columns
    .filter((column) => !keys.includes(column.property))
    .map((column) => `${column.name} = excluded.${column.name}`)
    .join(", ");
  const action = onConflict === "keep" ? "nothing" : `update set ${updates}`;
  return `insert into ${table.name} (${names}) select ${names} from json_to_recordset($${parameter}::json) as incoming (${record}) on conflict (${table.key.map(snake).join(", ")}) do ${action}`;
}

/** A Postgres array literal. */
export function textArray(values: Iterable<string>): string {
  return `{${[...values].map((value) => `"${cleanText(value).replace(/["\\]/g, "\\$&")}"`).join(",")}}`;
}
