import { describe, expect, test } from "vitest";
import { isActive, NAV_ITEMS } from "@/components/shell/nav-items";
import { type PartState, type SystemPart, summarizeParts, worstState } from "@/components/shell/system-parts";
import { answerOf } from "@/components/shell/use-act";

const part = (name: string, state: PartState): SystemPart => ({ name, label: name, state, detail: "" });

describe("the status line says plainly what is not the real thing", () => {
  test("what is down comes first and a stand-in is named one", () => {
    const parts = [
      part("Database", "up"),
      part("Mailbox", "stand-in"),
      part("CoStar", "stand-in"),
      part("Agents", "down"),
    ];
    expect(summarizeParts(parts)).toBe("Agents down · Mailbox, CoStar stand-in · 1 up");
    expect(worstState(parts)).toBe("down");
  });
  test("all up is said so, and silence is not taken for it", () => {
    expect(summarizeParts([part("Database", "up"), part("Engine", "up")])).toBe("All 2 parts up");
    expect(worstState([])).toBe("unknown");
  });
});

test.each([
  ["/", "queue"],
  ["/approvals/7", "queue"],
  ["/searches/new", "searches"],
  ["/settings", "settings"],
])("at %s only %s is marked as open", (pathname, key) => {
  expect(NAV_ITEMS.filter((item) => isActive(item, pathname)).map((item) => item.key)).toEqual([key]);
});

test("an answer that never came is told as one, and nothing is claimed", async () => {
  const away = await answerOf(() => Promise.reject(new TypeError("Failed to fetch")));
  expect(away).toMatchObject({ ok: false, message: expect.stringContaining("Nothing was changed") });
  const refused = { ok: false, message: "Already decided by Ana.", fields: [] } as const;
  expect(await answerOf(async () => refused)).toBe(refused);
});
