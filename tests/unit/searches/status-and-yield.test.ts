import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { STATUS_WORDS } from "@/components/words/status-words";
import { describeNext } from "@/lib/searches/describe-next";
import { contactYield, estimateLeftMs, judgeContacts } from "@/lib/searches/judge-yield";
import {
  CANCELLABLE_STATUSES,
  findWaiting,
  readSearchGroup,
  SEARCH_GROUPS,
} from "@/lib/searches/status-groups";

const STATUSES = Object.keys(STATUS_WORDS.search);

describe("the status of a search", () => {
  it("puts every search under exactly one tab beside All", () => {
    const grouped = SEARCH_GROUPS.flatMap(({ statuses }) => [...statuses]);
    expect([...grouped].sort()).toEqual([...STATUSES].sort());
    expect(readSearchGroup("nonsense").key).toBe("all");
  });

  it.each(STATUSES)("says what happens next when it is %s", (status) => {
    const words = describeNext({
      status,
      statusReason: null,
      extractionStatus: null,
      sessionState: "offline",
    });
    expect(words).toMatch(/\.$/);
  });

  it("sends a person to the phone while CoStar waits for it", () => {
    const facts = {
      status: "extracting",
      statusReason: null,
      extractionStatus: "waiting",
      sessionState: "waiting_2fa",
    };
    expect(describeNext(facts)).toContain("phone now");
    expect(describeNext({ ...facts, extractionStatus: "stopped" })).toContain("try again");
  });

  it("leads to the approval it waits for, even to one that expired unanswered", () => {
    const [pending, expired, approved] = ["pending", "expired", "approved"].map((status) => ({ status }));
    if (!pending || !expired || !approved) throw new Error("three approvals");
    expect(findWaiting("awaiting_campaign", [approved, expired, pending])).toBe(pending);
    expect(findWaiting("awaiting_extraction", [expired, approved])).toBe(expired);
    expect(findWaiting("active", [expired, approved])).toBeUndefined();
    expect(findWaiting("cancelled", [pending])).toBeUndefined();
  });

  it("offers to cancel exactly where the database lets a search be cancelled", () => {
    const sql = readFileSync(path.resolve("supabase/schemas/03-searches.sql"), "utf8");
    const open = /unnest\('\{([^}]+)\}'::text\[\]\) f,/.exec(sql)?.[1]?.split(/,\s*/) ?? [];
    expect([...CANCELLABLE_STATUSES].sort()).toEqual([...open, "failed"].sort());
  });
});

describe("what an extraction found", () => {
  it.each([
    [0, "too_narrow"],
    [14, "too_narrow"],
    [15, "few"],
    [50, "ideal"],
    [150, "ideal"],
    [151, "many"],
    [300, "many"],
    [301, "too_broad"],
  ])("of %i contacts is judged %s", (contacts, verdict) => {
    expect(judgeContacts(contacts).verdict).toBe(verdict);
  });

  it("comes with advice only where something should change", () => {
    expect(judgeContacts(100).advice).toBeNull();
    expect(judgeContacts(3).advice).toContain("Add a neighbouring market");
  });

  it("has a yield once something was asked, and a time left at the polite rate", () => {
    expect(contactYield({ asked: 0, withEmail: 0 })).toBeNull();
    expect(contactYield({ asked: 94, withEmail: 47 })).toBe(0.5);
    expect(estimateLeftMs(268, 94, 60)).toBe(174_000);
    expect(estimateLeftMs(10, 12, 60)).toBe(0);
  });
});
