import { z } from "zod";
import { instantText } from "./read-query";

/** A column a list is ordered by. The last one must be unique, or rows could hide behind each other. */
export interface KeyColumn {
  readonly name: string;
  readonly ascending: boolean;
  /** What a cursor must hold for it, where its name does not say so. */
  readonly holds?: keyof typeof HELD;
}

/** Postgres refuses to compare a column with text that is none of its values, so these are asked for as it reads them. */
const HELD = {
  uuid: z.uuid(),
  instant: instantText,
  integer: z.string().regex(/^\d{1,9}$/),
  bigint: z.string().regex(/^\d{1,18}$/),
  boolean: z.enum(["true", "false"]),
  text: z.string(),
} as const;

function heldBy({ name, holds }: KeyColumn): z.ZodType {
  if (holds) return HELD[holds];
  if (/(?:^|_)id$/.test(name)) return HELD.uuid;
  if (/(?:^at|_at|_hour)$/.test(name)) return HELD.instant;
  if (name === "priority" || name === "row_no") return HELD.integer;
  return name === "pinned" ? HELD.boolean : HELD.text;
}

/** Where a page begins: behind (`after`) or before (`before`) the row with these values, which is not on it. */
export interface PageStart {
  readonly after?: string | undefined;
  readonly before?: string | undefined;
}

export const cursorSchema = z.string().min(1).max(2_000);
const maybeCursor = cursorSchema.optional().catch(undefined);
/** The two fields of an address that say where a page begins. */
export const startShape = { after: maybeCursor, before: maybeCursor };

/** A row's place in the list, as it stands in an address. A "~" inside a value is escaped, so that a name may hold one. */
export function cursorOf(values: readonly (string | number)[]): string {
  return values.map((value) => String(value).replaceAll("!", "!0").replaceAll("~", "!1")).join("~");
}

function readCursor(cursor: string): string[] {
  return cursor.split("~").map((part) => part.replaceAll("!1", "~").replaceAll("!0", "!"));
}

/** Where a page of a list ordered by `columns` begins; what is no cursor of that list is none, and the list starts at its beginning. */
export function fitStart({ after, before }: PageStart, columns: readonly KeyColumn[]): PageStart {
  const fits = (cursor: string | undefined) => {
    if (cursor === undefined || !cursorSchema.safeParse(cursor).success) return false;
    const values = readCursor(cursor);
    return (
      values.length === columns.length &&
      columns.every((column, index) => heldBy(column).safeParse(values[index]).success)
    );
  };
  return before !== undefined ? (fits(before) ? { before } : {}) : fits(after) ? { after } : {};
}

interface Orderable<Query> {
  or(filters: string): Query;
  order(column: string, options: { ascending: boolean }): Query;
}

/**
 * Orders a query by `columns` and starts it behind a cursor, so that paging never counts rows. Going back runs the order
 * backwards; `finishPage` turns the rows around again. A cursor that does not fit the columns is no cursor.
 */
export function startPage<Query extends Orderable<Query>>(
  query: Query,
  columns: readonly KeyColumn[],
  start: PageStart,
): Query {
  const back = start.before !== undefined;
  const { after, before } = fitStart(start, columns);
  const cursor = before ?? after;
  let ordered = query;
  for (const { name, ascending } of columns)
    ordered = ordered.order(name, { ascending: back ? !ascending : ascending });
  return cursor === undefined ? ordered : ordered.or(writeKeyset(columns, readCursor(cursor), back));
}

/** PostgREST's `or` for "comes behind this row": greater in the first column, or equal there and greater in the next … */
export function writeKeyset(columns: readonly KeyColumn[], values: readonly string[], back: boolean): string {
  return columns
    .map(({ name, ascending }, index) => {
      const equal = columns.slice(0, index).map((column, at) => `${column.name}.eq.${quote(values[at])}`);
      const beyond = `${name}.${ascending !== back ? "gt" : "lt"}.${quote(values[index])}`;
      return equal.length === 0 ? beyond : `and(${[...equal, beyond].join(",")})`;
    })
    .join(",");
}

/** Quoted as PostgREST wants values that hold commas, dots or brackets. */
export function quote(value: string | undefined): string {
  return `"${(value ?? "").replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
}

export interface Page<Row> {
  readonly rows: readonly Row[];
  /** Cursors for `after` and `before`; null at the ends. */
  readonly next: string | null;
  readonly previous: string | null;
}

/** `found` holds up to `limit + 1` rows as the query gave them. */
export function finishPage<Row>(
  found: readonly Row[],
  limit: number,
  { after, before }: PageStart,
  cursor: (row: Row) => string,
): Page<Row> {
  const back = before !== undefined;
  const more = found.length > limit;
  const rows = back ? found.slice(0, limit).reverse() : found.slice(0, limit);
  const [first, last] = [rows.at(0), rows.at(-1)];
  const hasNext = back || more;
  const hasPrevious = back ? more : after !== undefined;
  return {
    rows,
    next: hasNext && last ? cursor(last) : null,
    previous: hasPrevious && first ? cursor(first) : null,
  };
}
