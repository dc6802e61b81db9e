/** Where a page of a list begins: after (or before) the row with this sort value and id. */
export interface PageKey {
  readonly direction: "after" | "before";
  readonly value: string;
  readonly id: string;
}

const KEY = /^([\s\S]+)~([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** Reads `?after=` or `?before=` of a page address; what is no key is ignored, and the list starts at its beginning. */
export function readPageKey(query: { readonly after?: string; readonly before?: string }): PageKey | null {
  const direction = query.before === undefined ? "after" : "before";
  const [, value, id] = KEY.exec(query.before ?? query.after ?? "") ?? [];
  return value && id ? { direction, value, id } : null;
}

export function writePageKey(value: string, id: string): string {
  return `${value}~${id}`;
}

/**
 * The PostgREST `or` condition for the rows beyond a key, in a list sorted by `column` and then `id`.
 * @param order how the list as a whole is sorted; going `before` turns it round.
 */
export function beyondKey(key: PageKey, column: string, order: "asc" | "desc"): string {
  const operator = (order === "asc") === (key.direction === "after") ? "gt" : "lt";
  const value = quoteValue(key.value);
  return `${column}.${operator}.${value},and(${column}.eq.${value},id.${operator}.${key.id})`;
}

/** A value as PostgREST reads it inside `or=(…)`, whatever is in it. */
export function quoteValue(value: string): string {
  return `"${value.replace(/(["\\])/g, "\\$1")}"`;
}

export interface KeyedPage<Row> {
  readonly items: readonly Row[];
  /** The key before which the page before ends, or null on the first page */
  readonly previousKey: string | null;
  /** The key after which the next page begins, or null on the last */
  readonly nextKey: string | null;
}

/**
 * Cuts rows read one beyond a page into the page and its neighbours.
 * @param rows as read: in list order, or turned round when going `before`.
 */
export function cutPage<Row>(
  rows: readonly Row[],
  size: number,
  key: PageKey | null,
  keyOf: (row: Row) => string,
): KeyedPage<Row> {
  const more = rows.length > size;
  const kept = rows.slice(0, size);
  const back = key?.direction === "before";
  const items = back ? kept.reverse() : kept;
  const [first, last] = [items.at(0), items.at(-1)];
  return {
    items,
    previousKey: first && (back ? more : key !== null) ? keyOf(first) : null,
    nextKey: last && (back || more) ? keyOf(last) : null,
  };
}
