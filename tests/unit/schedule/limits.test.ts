import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { limitSteps } from "@/lib/schedule/daily-limit";
import { dailyLimitAt, type MailboxLimits } from "@/lib/schedule/mailbox-limits";
import { planSends } from "@/lib/schedule/plan-sends";

const DAY = 86_400_000;
const ZONE = "America/Los_Angeles";
const START = Date.parse("2027-03-08T17:00:00Z");
const settings = {
  startAt: START,
  window: { start: "09:00", end: "17:00", days: [1, 2, 3, 4, 5], closedDates: new Set<string>() },
  gapBusinessDays: [0, 3, 4],
  spacingMinS: 30,
  spacingMaxS: 90,
  batchSize: 50,
  batchPauseS: 600,
  hourlyLimit: 1000,
  dailyLimit: 10_000,
  seed: 7,
};
const people = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ contactId: `c${index}`, zone: ZONE }));
const box = (mailboxId: string, change: object = {}) => ({
  mailboxId,
  hourlyLimit: 1000,
  dailyLimit: 10_000,
  taken: [],
  ...change,
});

describe("a mailbox that warms up", () => {
  test("is planned with what it may send on each day, and nobody is left out for it", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 30, max: 300 }),
        fc.integer({ min: 0, max: 20 }),
        fc.integer({ min: 1, max: 150 }),
        (startPerDay, stepPerDay, dailyLimit, age, count) => {
          const limits: MailboxLimits = {
            dailyLimit,
            rampStartedOn: new Date(START - age * DAY).toISOString().slice(0, 10),
            rampStartPerDay: startPerDay,
            rampStepPerDay: stepPerDay,
          };
          const mailbox = box("m", { dailyLimit: limitSteps(limits, START, ZONE) });
          const times = planSends(people(count), [mailbox], settings).map(({ dueAt }) => dueAt);
          expect(times).toHaveLength(count * 3);
          times.sort((a, b) => a - b);
          let from = 0;
          times.forEach((at, to) => {
            while ((times[from] ?? 0) <= at - DAY) from++;
            expect(to - from + 1).toBeLessThanOrEqual(dailyLimitAt(limits, at, ZONE));
          });
        },
      ),
      { numRuns: 40 },
    );
  }, 60_000);
});

describe("limits over campaigns", () => {
  test("count what other mailboxes send for the desk, and not for this campaign's own cap", () => {
    const elsewhere = Array.from({ length: 90 }, (_, index) => START + index * 60_000);
    const inDay = (campaignDailyLimit: number, dailyLimit: number) =>
      planSends(people(200), [box("m")], {
        ...settings,
        gapBusinessDays: [0],
        takenElsewhere: elsewhere,
        campaignDailyLimit,
        dailyLimit,
      }).filter(({ dueAt }) => dueAt < START + DAY - 1).length;
    expect(inDay(50, 10_000)).toBe(50);
    expect(inDay(10_000, 100)).toBe(10);
  });

  test("leave follow-ups the first place when not all can go", () => {
    const plan = planSends(people(120), [box("m", { dailyLimit: 20 })], settings);
    const byDay = new Map<string, number[]>();
    for (const { dueAt, step } of [...plan].sort((a, b) => a.dueAt - b.dueAt)) {
      const day = new Date(dueAt).toISOString().slice(0, 10);
      byDay.set(day, [...(byDay.get(day) ?? []), step]);
    }
    for (const steps of byDay.values()) {
      const firstNew = steps.indexOf(1);
      if (firstNew >= 0) expect(steps.slice(firstNew).every((step) => step === 1)).toBe(true);
    }
  });

  test("share contacts out over the mailboxes evenly", () => {
    const plan = planSends(people(90), [box("a"), box("b"), box("c")], settings);
    const first = plan.filter(({ step }) => step === 1);
    for (const id of ["a", "b", "c"])
      expect(first.filter(({ mailboxId }) => mailboxId === id)).toHaveLength(30);
  });
});

describe("threads that are under way", () => {
  test("keep their mailbox, count gaps from the mail that left, and get only what is still to come", () => {
    const left = { step: 1, at: Date.parse("2027-03-05T18:00:00Z") };
    const plan = planSends(
      [{ contactId: "c", zone: ZONE, mailboxId: "b", left }],
      [box("a"), box("b")],
      settings,
    );
    expect(
      plan.map(({ step, mailboxId, dueAt }) => [step, mailboxId, new Date(dueAt).toISOString().slice(0, 10)]),
    )
      // Friday the 5th and three open days: Wednesday the 10th; four more: Tuesday the 16th.
      .toEqual([
        [2, "b", "2027-03-10"],
        [3, "b", "2027-03-16"],
      ]);
    expect(() =>
      planSends([{ contactId: "c", zone: ZONE, mailboxId: "gone", left }], [box("a")], settings),
    ).toThrow("is not there");
  });
});
