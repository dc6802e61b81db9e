import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findConflicts, type Spoken, stancesOf } from "@/lib/agents/learnings/find-conflicts";

const said = (id: string, words: string, change: Partial<Spoken> = {}): Spoken => ({
  id,
  agent: "sourcing-agent",
  words,
  adjustment: null,
  tags: ["Industrial"],
  ...change,
});
const about = (...learnings: Spoken[]): string[] =>
  findConflicts(learnings).map((conflict) => conflict.about);

describe("learnings that pull in different directions", () => {
  test.each([
    ["Too narrow, add OC", "Far too broad for this buyer", "breadth"],
    ["Buildings are too small", "Go for smaller ones", "size"],
    ["Add flex", "Skip flex please", "flex"],
    ["Industrial buyers also like retail", "Don't include retail", "retail"],
    ["Include brokers", "Leave out broker listings", "broker"],
  ])("are found: %s / %s", (one, other, topic) => {
    expect(about(said("a", one), said("b", other))).toContain(topic);
  });

  test("are found where two corrections name each other's category", () => {
    const one = said("a", "A mail like this", {
      adjustment: "question instead of interested",
      tags: ["question"],
    });
    const other = said("b", "A mail like that", {
      adjustment: "interested instead of question",
      tags: ["interested"],
    });
    expect(about(one, other)).toEqual(["interested or question"]);
  });

  test.each([
    ["Too narrow, add OC", "Widen to San Diego"],
    ["Add flex", "Add office"],
    ["Not too broad, this is fine", "Narrower would be better"],
    ["Skip flex but add office", "Add office"],
    ["Loans matter more than age", "Owners held for ten years"],
  ])("are not seen in words that agree or speak of other things: %s / %s", (one, other) => {
    expect(about(said("a", one), said("b", other))).toEqual([]);
  });

  test("are not reported where no prompt carries both: other agent, or nothing shared", () => {
    expect(about(said("a", "Add flex"), said("b", "Skip flex", { tags: ["Retail"] }))).toEqual([]);
    expect(about(said("a", "Add flex"), said("b", "Skip flex", { agent: "response-classifier" }))).toEqual(
      [],
    );
    expect(about(said("a", "Add flex", { tags: [] }), said("b", "Skip flex", { tags: ["Retail"] }))).toEqual([
      "flex",
    ]);
  });

  test("no learning contradicts itself, whatever it says", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 400, unit: "grapheme" }), (words) => {
        expect(about(said("a", words), said("b", words))).toEqual([]);
        expect(stancesOf({ words, adjustment: null }).every(({ topic }) => topic.length > 0)).toBe(true);
      }),
    );
  });
});
