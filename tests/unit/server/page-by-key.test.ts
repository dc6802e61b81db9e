import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  cursorOf,
  finishPage,
  fitStart,
  type KeyColumn,
  type PageStart,
  quote,
  startPage,
  writeKeyset,
} from "@/lib/server/page-by-key";

const ORDER: readonly KeyColumn[] = [
  { name: "priority", ascending: true },
  { name: "received_at", ascending: false },
  { name: "id", ascending: false },
];
const BY_NAME: readonly KeyColumn[] = [
  { name: "name", ascending: true },
  { name: "id", ascending: true, holds: "uuid" },
];
const idOf = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;

/** What PostgREST is asked for a page, without PostgREST. */
function ask(columns: readonly KeyColumn[], start: PageStart): { or: string | null; orders: string[] } {
  const asked = { or: null as string | null, orders: [] as string[] };
  const query = {
    or(filters: string) {
      asked.or = filters;
      return query;
    },
    order(column: string, { ascending }: { ascending: boolean }) {
      asked.orders.push(`${column} ${ascending ? "asc" : "desc"}`);
      return query;
    },
  };
  startPage(query, columns, start);
  return asked;
}

describe("A list paged by key", () => {
  it("goes on behind the last row in every column's own direction", () => {
    expect(writeKeyset(ORDER, ["5", "2026-11-23T07:55:00+00:00", "b"], false)).toBe(
      'priority.gt."5",and(priority.eq."5",received_at.lt."2026-11-23T07:55:00+00:00"),' +
        'and(priority.eq."5",received_at.eq."2026-11-23T07:55:00+00:00",id.lt."b")',
    );
  });

  it("goes back with every direction turned around", () => {
    expect(writeKeyset([{ name: "id", ascending: false }], ["7"], true)).toBe('id.gt."7"');
    expect(ask(BY_NAME, { before: cursorOf(["Ann", idOf(1)]) }).orders).toEqual(["name desc", "id desc"]);
  });

  it("keeps quotes and backslashes of a value inside the value", () => {
    expect(quote('a"),id.gt.(\\')).toBe('"a\\"),id.gt.(\\\\"');
  });

  it("takes a name for a name, whatever signs are in it", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom("a", "~", "!", "0", "1", "é"), maxLength: 12 }),
        (name) => {
          const { or } = ask(BY_NAME, { after: cursorOf([name, idOf(7)]) });
          expect(or).toBe(`name.gt."${name}",and(name.eq."${name}",id.gt."${idOf(7)}")`);
        },
      ),
    );
  });

  it("goes on from an address that was kept before names could hold a ~", () => {
    const old = `2026-11-23T07:55:00.123456+00:00~${idOf(7)}`;
    expect(cursorOf(old.split("~"))).toBe(old);
  });

  it("starts at its beginning when the address holds no place in it", () => {
    for (const start of [
      {},
      { after: "" },
      { after: "x~y" },
      { before: idOf(1) },
      { after: `a~b~${idOf(1)}` },
      { after: "1),or(id.gt.0" },
      { after: `${"x".repeat(3000)}~${idOf(1)}` },
    ]) {
      expect(fitStart(start, BY_NAME)).toEqual({});
      expect(ask(BY_NAME, start).or).toBeNull();
    }
  });

  const page = (found: number[], start: { after?: string; before?: string }) =>
    finishPage(found, 3, start, String);

  it("offers no way back on the first page and no way on from the last", () => {
    expect(page([1, 2, 3, 4], {})).toEqual({ rows: [1, 2, 3], next: "3", previous: null });
    expect(page([4, 5], { after: "3" })).toEqual({ rows: [4, 5], next: null, previous: "4" });
    expect(page([1, 2], {})).toEqual({ rows: [1, 2], next: null, previous: null });
  });

  it("shows a page one went back to in the list's order, not backwards", () => {
    expect(page([3, 2, 1], { before: "4" })).toEqual({ rows: [1, 2, 3], next: "3", previous: null });
    expect(page([6, 5, 4, 3], { before: "7" })).toEqual({ rows: [4, 5, 6], next: "6", previous: "4" });
  });

  it("is simply empty behind the end", () => {
    expect(page([], { after: "9" })).toEqual({ rows: [], next: null, previous: null });
  });

  it("shows every row once going forward, and the same pages going back", () => {
    const names = fc.array(fc.constantFrom("Ann", "Bo", "Cy ~ Co", "Dé"), { maxLength: 30 });
    fc.assert(
      fc.property(names, fc.integer({ min: 1, max: 7 }), (given, size) => {
        const all = given.map((name, index) => ({ name, id: idOf(index) })).sort(compare);
        const cursor = (row: Row) => cursorOf([row.name, row.id]);
        const read = (start: PageStart) =>
          finishPage(rowsBeyond(all, start, size, cursor), size, start, cursor);
        const pages = [read({})];
        for (let next = pages[0]?.next; next && pages.length <= 30; next = pages.at(-1)?.next)
          pages.push(read({ after: next }));
        expect(pages.flatMap(({ rows }) => rows)).toEqual(all);
        for (let at = pages.length - 1; at > 0; at--) {
          const back = read({ before: pages[at]?.previous ?? "" });
          expect(back.rows).toEqual(pages[at - 1]?.rows);
          expect(back.previous === null).toBe(at === 1);
          expect(back.next).not.toBeNull();
        }
      }),
    );
  });
});

interface Row {
  readonly name: string;
  readonly id: string;
}
const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
const compare = (a: Row, b: Row) => order(a.name, b.name) || order(a.id, b.id);

/** What the database answers for a place in a sorted list: one row beyond the page, turned round when going back. */
function rowsBeyond(
  all: readonly Row[],
  { after, before }: PageStart,
  size: number,
  cursor: (row: Row) => string,
): Row[] {
  const at = all.findIndex((row) => cursor(row) === (before ?? after));
  const rows = before === undefined ? all.slice(at + 1) : all.slice(0, at).reverse();
  return rows.slice(0, size + 1);
}
