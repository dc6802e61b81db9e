import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { beyondKey, cutPage, type PageKey, quoteValue, readPageKey, writePageKey } from "@/lib/db/page-key";

interface Row {
  readonly name: string;
  readonly id: string;
}
const idOf = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;
const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
const compare = (a: Row, b: Row) => order(a.name, b.name) || order(a.id, b.id);

/** What the database answers for a key: one row beyond the page, turned round when going back. */
function readRows(all: readonly Row[], key: PageKey | null, size: number): Row[] {
  const sorted = [...all].sort(compare);
  if (!key) return sorted.slice(0, size + 1);
  const at = { name: key.value, id: key.id };
  return key.direction === "after"
    ? sorted.filter((row) => compare(row, at) > 0).slice(0, size + 1)
    : sorted
        .filter((row) => compare(row, at) < 0)
        .reverse()
        .slice(0, size + 1);
}

describe("paging by key", () => {
  it("shows every row once going forward, and the same pages going back", () => {
    const rows = fc.array(fc.constantFrom("Ann", "Bo", "Cy ~ Co", "Dé"), { maxLength: 30 });
    fc.assert(
      fc.property(rows, fc.integer({ min: 1, max: 7 }), (names, size) => {
        const all = names.map((name, index) => ({ name, id: idOf(index) }));
        const page = (key: PageKey | null) =>
          cutPage(readRows(all, key, size), size, key, (row) => writePageKey(row.name, row.id));
        const pages = [page(null)];
        for (let next = pages[0]?.nextKey; next && pages.length <= 30; next = pages.at(-1)?.nextKey)
          pages.push(page(readPageKey({ after: next })));
        expect(pages.flatMap(({ items }) => items)).toEqual([...all].sort(compare));
        for (let at = pages.length - 1; at > 0; at--) {
          const back = page(readPageKey({ before: pages[at]?.previousKey ?? "" }));
          expect(back.items).toEqual(pages[at - 1]?.items);
          expect(back.previousKey === null).toBe(at === 1);
          expect(back.nextKey).not.toBeNull();
        }
      }),
    );
  });

  it("asks the database for the rows beyond the key in the order of the list", () => {
    const key = { direction: "after", value: "2026-11-23", id: idOf(7) } as const;
    expect(beyondKey(key, "created_at", "desc")).toBe(
      `created_at.lt."2026-11-23",and(created_at.eq."2026-11-23",id.lt.${idOf(7)})`,
    );
    expect(beyondKey({ ...key, direction: "before" }, "created_at", "desc")).toContain("created_at.gt.");
  });

  it("takes a name with quotes, commas and brackets as a value and nothing else", () => {
    expect(quoteValue('A "B", (C) \\ D')).toBe('"A \\"B\\", (C) \\\\ D"');
  });

  it("starts at the beginning when the address holds no key", () => {
    for (const query of [
      {},
      { after: "" },
      { after: "x~y" },
      { before: `~${idOf(1)}` },
      { after: "1),or(id.gt.0" },
    ])
      expect(readPageKey(query)).toBeNull();
  });
});
