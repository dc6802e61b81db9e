import { describe, expect, it } from "vitest";
import { finishPage, type KeyColumn, quote, writeKeyset } from "@/lib/db/page-by-key";

const ORDER: readonly KeyColumn[] = [
  { name: "priority", ascending: true },
  { name: "received_at", ascending: false },
  { name: "id", ascending: false },
];

describe("A list paged by key", () => {
  it("goes on behind the last row in every column's own direction", () => {
    expect(writeKeyset(ORDER, ["5", "2026-11-23T07:55:00+00:00", "b"], false)).toBe(
      'priority.gt."5",and(priority.eq."5",received_at.lt."2026-11-23T07:55:00+00:00"),' +
        'and(priority.eq."5",received_at.eq."2026-11-23T07:55:00+00:00",id.lt."b")',
    );
  });

  it("goes back with every direction turned around", () => {
    expect(writeKeyset([{ name: "id", ascending: false }], ["7"], true)).toBe('id.gt."7"');
  });

  it("keeps quotes and backslashes of a value inside the value", () => {
    expect(quote('a"),id.gt.(\\')).toBe('"a\\"),id.gt.(\\\\"');
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
});
