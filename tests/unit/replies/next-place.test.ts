import fc from "fast-check";
import { expect, test } from "vitest";
import { type Place, placeAfter } from "@/lib/replies/next-place";

const START = Date.parse("2026-06-01T08:00:00Z");
/** Pages one run reads of a folder. */
const MOST_PAGES = 100;

/** Reads a folder as a run does: `received` in ms, oldest first, the first `known` of them stored already. */
function readAll(received: readonly number[], known: number): { seen: Set<number>; pages: number } {
  const seen = new Set<number>();
  let place: Place | null = { fromMs: START, limit: 100 };
  let pages = 0;
  while (place && pages < MOST_PAGES) {
    pages += 1;
    const { fromMs, limit }: Place = place;
    const from = received.findIndex((at) => at >= fromMs);
    const page = from < 0 ? [] : received.slice(from, from + limit);
    const isNew = page.some((_, index) => from + index >= known && !seen.has(from + index));
    for (const index of page.keys()) seen.add(from + index);
    const more: boolean = from >= 0 && received.length > from + limit;
    const items = page.map((at) => ({ receivedUtc: new Date(at).toISOString() }));
    place = more ? placeAfter(items, place, isNew) : null;
  }
  return { seen, pages };
}

test("one new mail behind ten thousand of the last ten minutes is reached in one run", () => {
  const received = Array.from(
    { length: 10_001 },
    (_, index) => START + Math.floor((index * 600_000) / 10_001),
  );
  const { seen, pages } = readAll(received, 10_000);
  expect(seen.has(10_000)).toBe(true);
  expect(pages).toBeLessThan(40);
});

test("however mails stand in time, each is on a page, as long as fewer than 500 share an instant", () => {
  const instants = fc.array(fc.tuple(fc.nat(5_000), fc.integer({ min: 1, max: 12 })), { maxLength: 40 });
  fc.assert(
    fc.property(instants, fc.nat(4_000), (groups, known) => {
      const received = groups
        .flatMap(([at, count]) => Array.from({ length: count }, () => START + at))
        .sort((one, other) => one - other);
      const { seen } = readAll(received, Math.min(known, received.length));
      expect(seen.size).toBe(received.length);
    }),
  );
});

test("more at one instant than can be listed at once is said, and passed by", () => {
  const items = Array.from({ length: 500 }, () => ({ receivedUtc: new Date(START).toISOString() }));
  const next = placeAfter(items, { fromMs: START, limit: 500 }, true);
  expect(next).toMatchObject({ fromMs: START + 1000, limit: 100 });
  expect(next.problem).toContain("More than 500 mails are dated 2026-06-01T08:00:00.000Z");
});
