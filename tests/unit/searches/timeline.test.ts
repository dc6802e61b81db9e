import { describe, expect, it } from "vitest";
import { buildTimeline } from "@/lib/searches/timeline";

const CREATED = { at: "2026-11-23T08:00:00Z", by: "Dana Whitfield", source: "file" };
const row = (id: number, action: string, more: object = {}) => ({
  id,
  at: `2026-11-23T08:${String(id).padStart(2, "0")}:00Z`,
  actor: "system",
  action,
  after: null,
  why: null,
  ...more,
});

describe("what happened to a search", () => {
  it("is told newest first, with who did it and in their own words", () => {
    const entries = buildTimeline(
      [
        row(4, "approval.changes_requested", {
          actor: "Dana Whitfield",
          checkpoint: "extraction",
          why: "Too narrow, add OC",
        }),
        row(2, "approval.auto", { checkpoint: "sourcing", after: { revision: 2 } }),
      ],
      [],
      CREATED,
    );
    expect(entries.map(({ text, by, why }) => [text, by, why])).toEqual([
      ["The extraction was sent back with changes to make", "Dana Whitfield", "Too narrow, add OC"],
      ["The payloads (revision 2) were approved automatically", null, null],
      ["The search was created from a JSON file", "Dana Whitfield", null],
    ]);
  });

  it("that began with a file tells nothing of a sourcing agent that had nothing to do", () => {
    const created = { ...CREATED, at: "2026-11-23T08:02:00Z", source: "import" };
    const entries = buildTimeline(
      [
        row(2, "search.sourcing"),
        row(2, "approval.auto", { checkpoint: "sourcing" }),
        row(3, "import.started"),
      ],
      [],
      created,
    );
    expect(entries.map(({ text }) => text)).toEqual([
      "The import of a CoStar export was started",
      "The search was created from a CoStar export",
    ]);
  });

  it("says once that something waits for approval", () => {
    const entries = buildTimeline(
      [row(3, "search.awaiting_extraction"), row(3, "approval.asked", { checkpoint: "extraction" })],
      [],
      CREATED,
    );
    expect(entries.map(({ text }) => text)).toEqual([
      "The extraction was put up for approval",
      "The search was created from a JSON file",
    ]);
  });

  it("keeps the order of rows written in the same instant", () => {
    const at = "2026-11-23T08:05:00Z";
    const entries = buildTimeline(
      [row(9, "search.extracting", { at }), row(8, "approval.approved", { at })],
      [],
      CREATED,
    );
    expect(entries[0]?.text).toBe("The extraction began");
  });

  it("tells how an extraction ended, with what it found or why it stopped", () => {
    const extraction = {
      id: "x",
      status: "stopped",
      reason: "The tap did not come.",
      started_at: null,
      finished_at: null,
      updated_at: "2026-11-23T08:10:00Z",
      properties_found: 1268,
      contacts_found: 124,
    };
    expect(buildTimeline([], [extraction], CREATED)[0]).toMatchObject({
      text: "The extraction stopped",
      why: "The tap did not come.",
    });
    const done = { ...extraction, status: "completed", finished_at: "2026-11-23T08:12:00Z" };
    expect(buildTimeline([], [done], CREATED)[0]?.text).toBe(
      "The extraction is complete: 1,268 properties, 124 contacts",
    );
  });
});
