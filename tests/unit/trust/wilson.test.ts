import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { approvalsMissing, type Bar, passesBar, wilsonLower } from "@/tests/support/wilson";

const DEFAULT = { bar: 0.9, minDecisions: 20, windowSize: 50 };

describe("The lower bound of trust", () => {
  // Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in Medicine 17 (1998), table I, method 3.
  it.each([
    [81, 263, 0.2553],
    [15, 148, 0.0624],
    [0, 20, 0],
    [1, 29, 0.0061],
  ])("is the published one for %i of %i", (good, all, lower) => {
    expect(wilsonLower(good, all)).toBeCloseTo(lower, 4);
  });

  it("claims nothing while nothing was decided", () => {
    expect(wilsonLower(0, 0)).toBe(0);
  });

  it("never lies above the share itself, and rises with every approval", () => {
    fc.assert(
      fc.property(fc.nat(400), fc.nat(400), (good, bad) => {
        const bound = wilsonLower(good, good + bad);
        expect(bound).toBeGreaterThanOrEqual(0);
        expect(bound).toBeLessThanOrEqual(good + bad === 0 ? 0 : good / (good + bad));
        expect(wilsonLower(good + 1, good + bad + 1)).toBeGreaterThan(bound);
      }),
    );
  });
});

describe("What is missing until auto is earned", () => {
  it("is 35 approvals in a row on a new desk", () => {
    expect(approvalsMissing([], DEFAULT)).toBe(35);
    expect(passesBar(35, 35, DEFAULT)).toBe(true);
    expect(passesBar(34, 34, DEFAULT)).toBe(false);
  });

  it("is as many as push the last rejection out of the last 50", () => {
    expect(approvalsMissing([...Array(22).fill(true), false, ...Array(20).fill(true)], DEFAULT)).toBe(28);
  });

  it("is exactly so many: with that many the bar is passed, with one fewer it is not", () => {
    const bars = fc.record({
      bar: fc.constantFrom(0.7, 0.8, 0.9),
      minDecisions: fc.integer({ min: 5, max: 50 }),
      windowSize: fc.integer({ min: 50, max: 200 }),
    });
    const passesAfter = (oldestFirst: readonly boolean[], more: number, bar: Bar) => {
      const later = [...oldestFirst, ...Array.from({ length: more }, () => true)].slice(-bar.windowSize);
      return passesBar(later.filter(Boolean).length, later.length, bar);
    };
    fc.assert(
      fc.property(bars, fc.array(fc.boolean(), { maxLength: 200 }), (bar, oldestFirst) => {
        const missing = approvalsMissing(oldestFirst.slice(-bar.windowSize).reverse(), bar);
        expect(passesAfter(oldestFirst, missing, bar)).toBe(true);
        if (missing > 0) expect(passesAfter(oldestFirst, missing - 1, bar)).toBe(false);
      }),
    );
  });
});
