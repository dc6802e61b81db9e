import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  assemblePrompt,
  fitLearnings,
  LEARNINGS_HEADING,
  type Learning,
} from "@/lib/agents/learnings/fit-learnings";

function learning(id: string, change: Partial<Learning> = {}): Learning {
  return { id, words: `words of ${id}`, adjustment: null, outcome: null, pinned: false, ...change };
}

const ids = (learnings: readonly Learning[]): string[] => learnings.map(({ id }) => id);

describe("learnings", () => {
  test("go in as they are ranked, until the token budget is used up", () => {
    const long = learning("long", { words: "x".repeat(400) });
    const ranked = [learning("first"), long, learning("second")];
    expect(ids(fitLearnings(ranked, 1_000))).toEqual(["first", "long", "second"]);
    expect(ids(fitLearnings(ranked, 20))).toEqual(["first", "second"]);
  });

  test("a pinned one is in every prompt, first, however small the budget", () => {
    const ranked = [learning("best"), learning("pinned", { pinned: true, words: "x".repeat(4_000) })];
    expect(ids(fitLearnings(ranked, 10))).toEqual(["pinned"]);
    expect(ids(fitLearnings(ranked, 2_000))).toEqual(["pinned", "best"]);
  });

  test("stay within the token budget, whatever their number and length, and no room is left that one would fit", () => {
    const some = fc.array(fc.string({ maxLength: 600 }), { maxLength: 300 });
    fc.assert(
      fc.property(some, fc.integer({ min: 0, max: 3_000 }), (words, budget) => {
        const ranked = words.map((text, index) => learning(`l${index}`, { words: text }));
        const chosen = fitLearnings(ranked, budget);
        const cost = (of: readonly Learning[]): number =>
          of.reduce(
            (sum, one) =>
              sum + Math.ceil((assemblePrompt("", [one]).length - LEARNINGS_HEADING.length - 4) / 4),
            0,
          );
        expect(cost(chosen)).toBeLessThanOrEqual(budget);
        const left = ranked.filter((one) => !chosen.includes(one));
        for (const one of left) expect(cost(chosen) + cost([one])).toBeGreaterThan(budget);
      }),
    );
  });

  test("are in the prompt as one line each: the words, what changed, what came of it", () => {
    const prompt = assemblePrompt("# agent", [
      learning("a", {
        words: "Too narrow,\nadd OC",
        adjustment: "Expanded LA to LA+OC",
        outcome: "contacts: 89 → 234",
      }),
    ]);
    expect(prompt).toContain(LEARNINGS_HEADING);
    expect(prompt).toContain('- "Too narrow, add OC" → Expanded LA to LA+OC (contacts: 89 → 234)');
    expect(assemblePrompt("# agent", [])).toBe("# agent");
  });
});
