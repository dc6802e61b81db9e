import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openDesk } from "./support/open-desk";

const desk = openDesk();
const RUNS = 60;

const window = fc.record({
  // Any instant of 2030 to 2033, the turns of the clock more often than their share.
  at: fc.oneof(
    fc.integer({ min: Date.UTC(2030, 0, 1), max: Date.UTC(2033, 11, 31) }),
    fc.integer({ min: Date.UTC(2031, 2, 8), max: Date.UTC(2031, 2, 11) }),
    fc.integer({ min: Date.UTC(2031, 10, 1), max: Date.UTC(2031, 10, 4) }),
  ),
  zone: fc.constantFrom(
    "America/New_York",
    "America/Chicago",
    "America/Phoenix",
    "America/Los_Angeles",
    "Pacific/Honolulu",
  ),
  start: fc.integer({ min: 6 * 60, max: 12 * 60 }),
  length: fc.integer({ min: 1, max: 10 * 60 }),
  days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
  closed: fc.array(fc.integer({ min: 0, max: 10 }), { maxLength: 4 }),
});

const clock = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;

describe("The next open time of a send window", () => {
  it("is inside the window where the contact is, never in the past, and the earliest there is", async () => {
    await fc.assert(
      fc.asyncProperty(window, async ({ at, zone, start, length, days, closed }) => {
        const now = new Date(at).toISOString();
        const closedDates = closed.map((day) => new Date(at + day * 86_400_000).toISOString().slice(0, 10));
        const [row] = await desk().db.query<Record<string, boolean>>(
          `with w as (select $1::timestamptz as at, $2::text as zone, $3::time as s, $4::time as e, $5::int[] as days, $6::date[] as closed),
           o as (select w.*, public.next_open(at, zone, s, e, days, closed) as open from w)
           select open >= at as "notPast",
             public.next_open(open, zone, s, e, days, closed) = open as stable,
             (open at time zone zone)::time >= s and (open at time zone zone)::time < e
               and extract(isodow from open at time zone zone)::int = any (days)
               and not (open at time zone zone)::date = any (closed) as inside,
             -- Nothing earlier is open: every quarter of an hour before it lies outside.
             not exists (select from generate_series(at, open - interval '1 second', interval '15 minutes') t
               where (t at time zone zone)::time >= s and (t at time zone zone)::time < e
                 and extract(isodow from t at time zone zone)::int = any (days)
                 and not (t at time zone zone)::date = any (closed)) as earliest
           from o`,
          [now, zone, clock(start), clock(start + length), `{${days.join()}}`, `{${closedDates.join()}}`],
        );
        expect(row).toEqual({ notPast: true, stable: true, inside: true, earliest: true });
      }),
      { numRuns: RUNS },
    );
  });

  it("is far away, not an error, when every day is closed", async () => {
    const [row] = await desk().db.query<{ days: number }>(
      "select extract(day from public.next_open(now(), 'America/Chicago', '09:00', '17:00', '{}', '{}') - now())::int as days",
    );
    expect(row?.days).toBe(60);
  });
});
