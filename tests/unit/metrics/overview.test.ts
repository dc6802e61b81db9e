import { describe, expect, it } from "vitest";
import { categoriesOf, funnelOf, type Overview, overviewSchema, rangeSchema } from "@/lib/metrics/overview";

const overview: Overview = overviewSchema.parse({
  approvalsPending: 0,
  repliesForAPerson: 23,
  uncertainSends: 0,
  searches: 1,
  properties: 122,
  contacts: 136,
  enrolled: 119,
  scheduled: 116,
  sent: 119,
  sentLastHour: 119,
  sentLastDay: 119,
  replied: 53,
  byCategory: { interested: 4, pricing_given: 7, bounce: 13, wrong_contact: 13 },
  agents: [
    { agent: "a", runs: 1, succeeded: 1, failed: 0, median_ms: null, tokens: "12", cost_microusd: "0" },
  ],
});

describe("The funnel", () => {
  it("counts interested and priced replies as its last stage", () => {
    expect(funnelOf(overview).at(-1)).toEqual({ key: "warm", count: 11, ofPrevious: 11 / 53 });
  });

  it("gives a share only between stages that count the same thing", () => {
    const shares = Object.fromEntries(funnelOf(overview).map(({ key, ofPrevious }) => [key, ofPrevious]));
    expect(shares).toMatchObject({ contacts: null, enrolled: 119 / 136, sent: null, replied: null });
  });

  it("gives no share of nothing, and none above all", () => {
    const empty = { ...overview, contacts: 0, enrolled: 5, replied: 3 };
    const shares = Object.fromEntries(funnelOf(empty).map(({ key, ofPrevious }) => [key, ofPrevious]));
    expect(shares).toMatchObject({ enrolled: null, warm: null });
  });
});

describe("Replies by category", () => {
  it("come most frequent first, and by name where they tie", () => {
    expect(categoriesOf(overview).map(({ category }) => category)).toEqual([
      "bounce",
      "wrong_contact",
      "pricing_given",
      "interested",
    ]);
  });
});

describe("The range of an address", () => {
  it("is one of three, and 30 days for anything else", () => {
    expect(["7", "30", "90", "31", "x", undefined].map((days) => rangeSchema.parse(days))).toEqual([
      7, 30, 90, 30, 30, 30,
    ]);
  });
});
