import { describe, expect, it } from "vitest";
import { isBurst, type Verdict } from "@/lib/trust/burst";
import { passesBar } from "@/tests/support/wilson";

const DEFAULT = { bar: 0.9, minDecisions: 20, windowSize: 50 };

/** Numbers between 0 and 1 that are the same on every run (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** After how many decisions an agent people agree with at this rate is first suggested; null when never within `most`. */
function decisionsUntilSuggested(agreement: number, random: () => number, most: number): number | null {
  const window: boolean[] = [];
  let good = 0;
  for (let decision = 1; decision <= most; decision++) {
    const fine = random() < agreement;
    window.push(fine);
    if (fine) good++;
    if (window.length > DEFAULT.windowSize && window.shift()) good--;
    if (passesBar(good, window.length, DEFAULT)) return decision;
  }
  return null;
}

/** After how many looked-back items auto is taken back; null when not within `most`. */
function looksUntilDemoted(agreement: number, random: () => number, most: number): number | null {
  const newestFirst: Verdict[] = [];
  for (let look = 1; look <= most; look++) {
    newestFirst.unshift(random() < agreement ? "agree" : "would_change");
    if (isBurst(newestFirst)) return look;
  }
  return null;
}

/** What became of many histories: the share that got there, and after how much in the middle one of those. */
function many(count: number, run: (random: () => number) => number | null) {
  const found = Array.from({ length: count }, (_, index) => run(randomFrom(index + 1)))
    .filter((value) => value !== null)
    .sort((a, b) => a - b);
  return { share: found.length / count, median: found[Math.floor(found.length / 2)] ?? null };
}

describe("Over 2,000 simulated histories, auto is suggested", () => {
  it("for an agent people agree with 97% of the time: after 60 to 90 decisions in the middle case, within 500 nearly always", () => {
    const { share, median } = many(2000, (random) => decisionsUntilSuggested(0.97, random, 500));
    expect(share).toBeGreaterThan(0.97);
    expect(median).toBeGreaterThanOrEqual(60);
    expect(median).toBeLessThanOrEqual(90);
  });

  it("for one that is never corrected: after exactly 35", () => {
    expect(decisionsUntilSuggested(1, randomFrom(1), 100)).toBe(35);
  });

  it("practically never within 500 decisions for one they agree with 80% of the time (under one in 200)", () => {
    const { share } = many(2000, (random) => decisionsUntilSuggested(0.8, random, 500));
    expect(share).toBeLessThan(0.005);
  });

  it("never within 500 for one they agree with half of the time", () => {
    expect(many(2000, (random) => decisionsUntilSuggested(0.5, random, 500)).share).toBe(0);
  });
});

describe("Over 2,000 simulated histories, auto is taken back", () => {
  it("within ten looks, 19 times out of 20, once an agent is right half of the time", () => {
    const { share, median } = many(2000, (random) => looksUntilDemoted(0.5, random, 10));
    expect(share).toBeGreaterThan(0.95);
    expect(median).toBeLessThanOrEqual(4);
  });

  it("at the second look when everything is wrong", () => {
    expect(looksUntilDemoted(0, randomFrom(1), 10)).toBe(2);
  });

  it("from an agent that is right 99% of the time in fewer than one of 20 histories of 100 looks", () => {
    expect(many(2000, (random) => looksUntilDemoted(0.99, random, 100)).share).toBeLessThan(0.05);
  });

  it("never from one that is always right", () => {
    expect(looksUntilDemoted(1, randomFrom(1), 10_000)).toBeNull();
  });
});
