import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, test } from "vitest";
import { usHolidays } from "@/lib/schedule/holidays";
import { type PlannedSend, type PlanSettings, planSends } from "@/lib/schedule/plan-sends";
import { US_ZONES } from "@/lib/schedule/zones";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
// Both DST days of 2027 lie inside what these plans cover.
const STARTS = ["2027-03-08T17:00:00Z", "2027-11-01T17:00:00Z", "2026-12-22T17:00:00Z"];

function settings(change: Partial<PlanSettings> = {}): PlanSettings {
  return {
    startAt: Date.parse(STARTS[0] ?? ""),
    window: {
      start: "09:00",
      end: "17:00",
      days: [1, 2, 3, 4, 5],
      closedDates: new Set(usHolidays(2026, 2028)),
    },
    gapBusinessDays: [0, 3, 4],
    spacingMinS: 30,
    spacingMaxS: 90,
    batchSize: 50,
    batchPauseS: 600,
    hourlyLimit: 1000,
    dailyLimit: 10_000,
    seed: 7,
    ...change,
  };
}

function mailboxes(count: number, taken: number[] = []) {
  return Array.from({ length: count }, (_, index) => ({
    mailboxId: `m${index}`,
    hourlyLimit: 1000,
    dailyLimit: 10_000,
    taken: index === 0 ? taken : [],
  }));
}

function contacts(count: number, zones: readonly string[] = US_ZONES) {
  return Array.from({ length: count }, (_, index) => ({
    contactId: `c${index}`,
    zone: zones[index % zones.length] ?? "America/New_York",
  }));
}

/** The most sends in any span that ends at one of them. */
function mostIn(spanMs: number, times: readonly number[]): number {
  const sorted = [...times].sort((a, b) => a - b);
  let from = 0;
  let most = 0;
  sorted.forEach((at, to) => {
    while ((sorted[from] ?? 0) <= at - spanMs) from++;
    most = Math.max(most, to - from + 1);
  });
  return most;
}

function local(send: PlannedSend, zone: string) {
  return Temporal.Instant.fromEpochMilliseconds(send.dueAt).toZonedDateTimeISO(zone);
}

describe("a campaign's schedule", () => {
  test("never leaves a contact out, whatever the zones, limits and day it starts", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 120 }),
        fc.integer({ min: 1, max: 4 }),
        fc.constantFrom(...STARTS),
        fc.integer({ min: 3, max: 60 }),
        fc.integer({ min: 10, max: 200 }),
        fc.integer(),
        (count, boxes, start, hourlyLimit, dailyLimit, seed) => {
          const people = contacts(count);
          const plan = planSends(
            people,
            mailboxes(boxes),
            settings({ startAt: Date.parse(start), hourlyLimit, dailyLimit, seed }),
          );
          const zoneOf = new Map(people.map((person) => [person.contactId, person.zone]));
          expect(plan).toHaveLength(count * 3);
          expect(new Set(plan.map((send) => `${send.contactId} ${send.step}`)).size).toBe(count * 3);
          expect(
            mostIn(
              HOUR,
              plan.map((send) => send.dueAt),
            ),
          ).toBeLessThanOrEqual(hourlyLimit);
          expect(
            mostIn(
              DAY,
              plan.map((send) => send.dueAt),
            ),
          ).toBeLessThanOrEqual(dailyLimit);
          const closed = new Set(usHolidays(2026, 2028));
          for (const send of plan) {
            const at = local(send, zoneOf.get(send.contactId) ?? "UTC");
            expect(at.hour, at.toString()).toBeGreaterThanOrEqual(9);
            expect(at.hour, at.toString()).toBeLessThan(17);
            expect(at.dayOfWeek).toBeLessThanOrEqual(5);
            expect(closed.has(at.toPlainDate().toString())).toBe(false);
          }
        },
      ),
      { numRuns: 60 },
    );
  }, 60_000);

  test("keeps one sender per thread and follows up in order, gaps counted in open days", () => {
    const people = contacts(40, ["America/Chicago"]);
    const plan = planSends(people, mailboxes(3), settings());
    for (const { contactId, zone } of people) {
      const mine = plan.filter((send) => send.contactId === contactId).sort((a, b) => a.step - b.step);
      expect(new Set(mine.map((send) => send.mailboxId)).size).toBe(1);
      const [first, second, third] = mine.map((send) => local(send, zone).toPlainDate());
      expect(openDaysBetween(first, second)).toBe(3);
      expect(openDaysBetween(second, third)).toBe(4);
    }
  });

  test("is the same for the same seed and another for another", () => {
    const plan = (seed: number) => planSends(contacts(30), mailboxes(2), settings({ seed }));
    expect(plan(1)).toEqual(plan(1));
    expect(plan(1)).not.toEqual(plan(2));
  });

  test("never puts two mails of one mailbox at one instant, and leaves 30 to 90 seconds between them", () => {
    const plan = planSends(contacts(300, ["America/New_York"]), mailboxes(1), settings({ batchSize: 1000 }));
    const times = plan.map((send) => send.dueAt).sort((a, b) => a - b);
    const gaps = times.slice(1).map((at, index) => at - (times[index] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(30_000);
    expect(gaps.filter((gap) => gap > 90_000).length).toBeLessThan(30);
  });

  test("counts mails other campaigns have already scheduled, on both sides of an instant", () => {
    const startAt = Date.parse("2027-03-08T15:00:00Z");
    const taken = Array.from({ length: 15 }, (_, index) => startAt + 30 * 60_000 + index * 1000);
    const plan = planSends(
      contacts(50, ["America/New_York"]),
      mailboxes(1, taken),
      settings({ startAt, hourlyLimit: 20, gapBusinessDays: [0] }),
    );
    expect(mostIn(HOUR, [...plan.map((send) => send.dueAt), ...taken])).toBeLessThanOrEqual(20);
  });

  test("pauses after each batch", () => {
    const plan = planSends(
      contacts(60, ["America/New_York"]),
      mailboxes(1),
      settings({ gapBusinessDays: [0], startAt: Date.parse("2027-03-08T15:00:00Z") }),
    );
    const times = plan.map((send) => send.dueAt);
    expect((times[50] ?? 0) - (times[49] ?? 0)).toBeGreaterThanOrEqual(600_000);
  });

  test("says so when nothing can be planned", () => {
    expect(planSends([], [], settings())).toEqual([]);
    expect(() => planSends(contacts(1), [], settings())).toThrow("No mailbox is active");
    const never = { ...settings().window, days: [] };
    expect(() => planSends(contacts(1), mailboxes(1), settings({ window: never }))).toThrow("never opens");
  });
});

function openDaysBetween(from: Temporal.PlainDate | undefined, to: Temporal.PlainDate | undefined): number {
  const closed = new Set(usHolidays(2026, 2028));
  let days = 0;
  if (!from || !to) return -1;
  for (
    let day = from.add({ days: 1 });
    Temporal.PlainDate.compare(day, to) <= 0;
    day = day.add({ days: 1 })
  ) {
    if (day.dayOfWeek <= 5 && !closed.has(day.toString())) days++;
  }
  return days;
}
