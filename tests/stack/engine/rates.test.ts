import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readDueTime, readDurationMs } from "@/stack/engine/duration";
import { nextPass } from "@/stack/engine/flow/gates";
import { encodeUlid, newUlid, seededUlid } from "@/stack/engine/ids";
import { nextCronTick } from "@/stack/engine/timers/cron-time";

describe("rates", () => {
  it("never let more than the capacity plus the rate through in any window", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 5_000 }), { maxLength: 60 }),
        fc.integer({ min: 1, max: 5 }),
        (gaps, capacity) => {
          const rate = { limit: 2, periodMs: 1_000 };
          const starts: number[] = [];
          let now = 0;
          let opensAt: number | undefined;
          for (const gap of gaps) {
            now += gap;
            const pass = nextPass(opensAt, now, rate, capacity);
            opensAt = pass.opensAt;
            starts.push(pass.at);
          }
          return starts.every((start, index) => {
            const inWindow = starts.slice(index).filter((other) => other - start < 1_000).length;
            return inWindow <= capacity + rate.limit;
          });
        },
      ),
    );
  });

  it("never delay the first", () => {
    expect(nextPass(undefined, 1_000, { limit: 1, periodMs: 60_000 }, 1)).toEqual({
      at: 1_000,
      opensAt: 61_000,
    });
  });
});

describe("times", () => {
  it.each([
    ["30s", 30_000],
    ["1h30m", 5_400_000],
    ["2d", 172_800_000],
    ["1w", 604_800_000],
    ["500ms", 500],
    ["", undefined],
    ["soon", undefined],
    ["10", undefined],
    ["5m later", undefined],
  ])("the duration %j", (text, ms) => {
    expect(readDurationMs(text)).toBe(ms);
  });

  it("a wait is over after a duration, at a date, or at once, and at most in 366 days", () => {
    expect(readDueTime("10s", 1_000)).toBe(11_000);
    expect(readDueTime("1970-01-01T00:00:05Z", 1_000)).toBe(5_000);
    expect(readDueTime("", 1_000)).toBe(1_000);
    expect(readDueTime("9999d", 0)).toBe(366 * 86_400_000);
  });

  it.each([
    ["*/15 * * * *", "2026-01-01T00:15:00Z"],
    ["TZ=America/New_York 0 9 * * *", "2026-01-01T14:00:00Z"],
    ["@daily", "2026-01-02T00:00:00Z"],
  ])("the schedule %s", (schedule, expected) => {
    expect(nextCronTick(schedule, Date.parse("2026-01-01T00:00:30Z"))).toBe(Date.parse(expected));
  });
});

describe("ids", () => {
  it("sort by the order they were made in, also within a millisecond", () => {
    const ids = Array.from({ length: 1_000 }, () => newUlid(1_700_000_000_000));
    expect([...ids].sort()).toEqual(ids);
    expect(new Set(ids).size).toBe(1_000);
  });

  it("are the ULIDs of their time and bits", () => {
    expect(encodeUlid(1_469_918_176_385, new Uint8Array(10))).toBe("01ARYZ6S410000000000000000");
    expect(encodeUlid(0, new Uint8Array(10).fill(255))).toBe("0000000000ZZZZZZZZZZZZZZZZ");
  });

  it("from a seed are the same each time and different for each event", () => {
    const seed = "1700000000000,AAECAwQFBgcICQ==";
    expect(seededUlid(seed, 3)).toBe(seededUlid(seed, 3));
    expect(seededUlid(seed, 3)).not.toBe(seededUlid(seed, 4));
    expect(seededUlid("nonsense", 0)).toBeUndefined();
  });
});
