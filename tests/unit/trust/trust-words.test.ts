import { describe, expect, it } from "vitest";
import { saySuggestion } from "@/components/trust/checkpoint-suggestion";
import { sayBound, sayJudged, sayOthers } from "@/components/trust/trust-words";
import { autoScopeSchema } from "@/lib/trust/auto-limits";
import { verdictSchema } from "@/lib/trust/give-verdict";
import type { CheckpointTrust } from "@/lib/trust/load-trust";

const recent: CheckpointTrust["recent"] = {
  decisions: 20,
  unchanged: 20,
  edited: 0,
  changesAsked: 0,
  rejected: 0,
  bound: 0.8389,
  changedBps: 0,
  sentence: "20 of the last 20 approved unchanged; at least 0.83 with 95 % confidence",
  passes: false,
  missing: 15,
  since: null,
};
const standing = {
  checkpoint: "campaign",
  mode: "plan",
  recent,
  bar: { bar: 0.9, minDecisions: 20, windowSize: 50 },
  verdicts: [],
} as const;

describe("Where trust stands, in words", () => {
  it("says below the bar what is missing", () => {
    expect(saySuggestion(standing)).toBe(
      "Not enough for auto yet: the bar is 0.90 over at least 20 decisions. 15 more approved unchanged in a row would pass it.",
    );
  });

  it("says above it that a person decides", () => {
    expect(saySuggestion({ ...standing, recent: { ...recent, passes: true } })).toMatch(
      /auto is earned, and a person decides/,
    );
  });

  it("warns in auto when one more bad look takes it back", () => {
    const said = saySuggestion({ ...standing, mode: "auto", verdicts: ["agree", "would_change", "agree"] });
    expect(said).toBe(
      "Of the last 3 looked back at, 1 would have been changed or rejected. One more like it, and the system puts it back into plan.",
    );
  });

  it("never rounds a bound up", () => {
    expect([0.8999, 0.9, 0.29, 1].map(sayBound)).toEqual(["0.89", "0.90", "0.29", "1.00"]);
  });

  it("says by what a person did whether they agreed", () => {
    expect(sayJudged("decision", "unchanged")).toBe("Approved unchanged");
    expect(sayJudged("verdict", "rejected")).toBe("Would have been rejected");
    expect(sayJudged("label", "edited")).toBe("Category corrected");
  });

  it("says how much was edited", () => {
    expect(sayOthers({ edited: 2, changesAsked: 1, rejected: 0, changedBps: 1234 })).toBe(
      "2 edited (12% of fields on average), 1 sent back for changes, none rejected",
    );
  });
});

describe("What comes from a form", () => {
  it("is a verdict only with words, or with the category that was right", () => {
    expect(verdictSchema.safeParse({ verdict: "agree" }).success).toBe(true);
    expect(verdictSchema.safeParse({ verdict: "would_change" }).success).toBe(false);
    expect(verdictSchema.safeParse({ verdict: "would_change", category: "hard_pass" }).success).toBe(true);
    expect(verdictSchema.safeParse({ verdict: "would_reject", category: "hard_pass" }).success).toBe(false);
    expect(verdictSchema.safeParse({ verdict: "would_reject", words: " " }).success).toBe(false);
  });

  it("is a limit only within what can be meant", () => {
    expect(autoScopeSchema.safeParse({ maxContacts: "50" }).data).toEqual({ maxContacts: 50 });
    for (const wrong of [
      { maxContacts: 0 },
      { minConfidence: 0.5 },
      { categories: [] },
      { categories: ["lunch"] },
    ])
      expect(autoScopeSchema.safeParse(wrong).success).toBe(false);
  });
});
