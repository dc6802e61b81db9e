import { describe, expect, test } from "vitest";
import { assemblePrompt, chooseLearnings, LEARNINGS_HEADING, type Learning } from "@/lib/agents/learnings";

const NOW = Date.parse("2026-11-01T00:00:00Z");

function learning(id: string, change: Partial<Learning> = {}): Learning {
  return {
    id,
    words: `words of ${id}`,
    adjustment: null,
    outcome: null,
    effectBps: null,
    tags: [],
    pinned: false,
    createdAt: NOW - 86_400_000,
    ...change,
  };
}

describe("learnings", () => {
  test("pinned ones come first, then shared tags, then measured effect, then recency", () => {
    const chosen = chooseLearnings(
      [
        learning("old", { createdAt: NOW - 400 * 86_400_000 }),
        learning("recent"),
        learning("measured", { effectBps: 4000, createdAt: NOW - 400 * 86_400_000 }),
        learning("tagged", { tags: ["Industrial"], createdAt: NOW - 400 * 86_400_000 }),
        learning("pinned", { pinned: true, createdAt: NOW - 900 * 86_400_000 }),
      ],
      ["industrial"],
      NOW,
    );
    expect(chosen.map((one) => one.id)).toEqual(["pinned", "tagged", "recent", "measured", "old"]);
  });

  test("stay within the token budget, however many there are", () => {
    const many = Array.from({ length: 2000 }, (_, index) =>
      learning(`l${index}`, { words: "x".repeat(400) }),
    );
    const prompt = assemblePrompt("", chooseLearnings(many, [], NOW, 1500));
    expect(prompt.length / 4).toBeLessThan(1600);
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
