import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { debounce } from "@/components/shell/debounce";
import { isActive, NAV_ITEMS } from "@/components/shell/nav-items";
import { readProblem } from "@/components/shell/read-problem";
import { type PartState, type SystemPart, summarizeParts, worstState } from "@/components/shell/system-parts";

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

describe("a live page", () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  test("renders once for a burst of changes", () => {
    const act = vi.fn();
    const call = debounce(act, 250, 1000);
    call();
    call();
    vi.advanceTimersByTime(249);
    expect(act).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(act).toHaveBeenCalledOnce();
  });

  test("is not held back by a stream that never pauses", () => {
    const act = vi.fn();
    const call = debounce(act, 250, 1000);
    for (let ms = 0; ms < 3000; ms += 100) {
      call();
      vi.advanceTimersByTime(100);
    }
    expect(act.mock.calls.length).toBeGreaterThanOrEqual(2);
  });

  test("does nothing after it was left", () => {
    const act = vi.fn();
    const call = debounce(act, 250, 1000);
    call();
    call.cancel();
    vi.runAllTimers();
    expect(act).not.toHaveBeenCalled();
  });
});

test.each([
  [undefined, null],
  [{ ok: true }, null],
  [{ error: null }, null],
  [{ error: "Already decided by Ana." }, "Already decided by Ana."],
  [{ error: { message: "No answer." } }, "No answer."],
  [{ ok: false, message: "No." }, "No."],
])("an action's answer %o is the problem %s", (answer, problem) => expect(readProblem(answer)).toBe(problem));
