import { describe, expect, it } from "vitest";
import { checkCriteria } from "@/lib/criteria/check-criteria";
import {
  type CriteriaDraft,
  draftFromCriteria,
  EMPTY_DRAFT,
  findUnreadable,
  isUntouched,
  readKeptDraft,
  toCriteria,
  writeKeptDraft,
} from "@/lib/criteria/criteria-draft";
import { byField } from "@/lib/criteria/say-problem";
import { LOOKUPS } from "./lookups";

const FULL: CriteriaDraft = {
  name: "Industrial, IE",
  buyerName: "Marchetti Family Partners",
  buyerContact: "Rosa, 555-0101",
  dealsCompleted: "12",
  capital: "25,000,000",
  typicalCloseDays: "45",
  decisionMaker: "Rosa Marchetti",
  brokerName: "Ana Ortiz",
  brokerEmail: "ana@brokers.example",
  brokerOffice: "Irvine",
  propertyTypes: [2],
  markets: [825, 130],
  priceMin: "2,000,000",
  priceMax: "25,000,000",
  sizeMin: "20,000",
  sizeMax: "80,000",
  capRateMin: "5.25",
  strategies: ["Low debt coverage", "Estate sale"],
  assetClasses: ["B", "C"],
  tenancy: ["single"],
  deadline: "2027-03-31",
  exchangeType: "1031",
  notes: "No ground leases.",
  marketsFlexible: true,
  priceFlexible: false,
};

function problemsOf(draft: CriteriaDraft): Record<string, string> {
  const checked = checkCriteria(toCriteria(draft), LOOKUPS);
  return byField([...findUnreadable(draft), ...(checked.ok ? [] : checked.problems)]);
}

describe("a search typed into the form", () => {
  it("is accepted by the same check as a file, and comes back the same when duplicated", () => {
    const checked = checkCriteria(toCriteria(FULL), LOOKUPS);
    if (!checked.ok) throw new Error(JSON.stringify(checked.problems));
    expect(checked.criteria.criteria.price).toEqual({ min: 2_000_000, max: 25_000_000 });
    expect(draftFromCriteria(checked.criteria, LOOKUPS)).toEqual(FULL);
  });

  it("leaves out what was left empty instead of sending empty words", () => {
    const input = { ...EMPTY_DRAFT, name: "A", buyerName: "B", propertyTypes: [2], markets: [159] };
    const checked = checkCriteria(toCriteria(input), LOOKUPS);
    if (!checked.ok) throw new Error(JSON.stringify(checked.problems));
    expect(checked.criteria.broker).toBeUndefined();
    expect(checked.criteria.buyer.entity).toBeUndefined();
    expect(checked.criteria.criteria.price).toBeUndefined();
  });

  it("names every field an empty form still needs", () => {
    expect(problemsOf(EMPTY_DRAFT)).toEqual({
      "buyer.name": "Who is the buyer?",
      "criteria.name": "Give the search a name.",
      "criteria.propertyTypes": "At least one property type.",
      "criteria.markets": "At least one market.",
    });
  });

  it("says at its own field what cannot be read or is the wrong way round", () => {
    const problems = problemsOf({
      ...FULL,
      priceMin: "30m",
      sizeMin: "twenty",
      capRateMin: "44",
      brokerEmail: "ana",
      dealsCompleted: "1.5",
    });
    expect(problems).toEqual({
      "criteria.price.min": "The minimum is above the maximum.",
      "criteria.sizeSf.min": '"twenty" is not a number. Write it like 20,000 or 20k.',
      "criteria.capRate.min": "Must be 30 or less.",
      "broker.email": "This is not an e-mail address, like name@example.com.",
      "buyer.entity.dealsCompleted": "Must be a whole number.",
    });
  });

  it("shows a market the server no longer knows at the list of markets", () => {
    expect(problemsOf({ ...FULL, markets: [825, 999] })["criteria.markets"]).toContain('no market "999"');
  });
});

describe("a draft kept in the browser", () => {
  it("comes back word for word after a reload", () => {
    const kept = writeKeptDraft(FULL, new Date("2026-11-23T08:00:00Z"));
    expect(readKeptDraft(kept)).toEqual({ draft: FULL, keptAt: "2026-11-23T08:00:00.000Z" });
  });

  it("is ignored when it is of an older form or not a draft at all", () => {
    for (const kept of [null, "", "{", "[]", '{"draft":{"name":"x"},"keptAt":"now"}'])
      expect(readKeptDraft(kept)).toBeNull();
  });

  it("is not kept while nothing differs from where the form began", () => {
    expect(isUntouched({ ...EMPTY_DRAFT })).toBe(true);
    expect(isUntouched(FULL, { ...FULL })).toBe(true);
    expect(isUntouched({ ...FULL, notes: "" }, FULL)).toBe(false);
  });
});
