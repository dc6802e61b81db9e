import { describe, expect, test } from "vitest";
import type { WaitingItem } from "@/lib/notices/desktop-kinds";
import { beginTold, pickNews, type Told } from "@/lib/notices/pick-news";

const OPENED = "2031-05-07T12:00:00Z";
const item = (id: string, at: string | null = "2031-05-07T12:05:00Z"): WaitingItem => ({
  id,
  title: id,
  body: "",
  href: "/",
  at,
});
const idsOf = (items: readonly WaitingItem[]) => items.map(({ id }) => id);

/** What is told, look by look. */
function tellAll(told: Told, ...looks: readonly WaitingItem[][]): string[][] {
  let known = told;
  return looks.map((items) => {
    const picked = pickNews(items, known);
    known = picked.told;
    return idsOf(picked.news);
  });
}

describe("On the desktop", () => {
  test("what waited when the tab was opened is not told; what comes later is, once", () => {
    const told = beginTold([item("approval:1")], OPENED);
    const look = [item("approval:1"), item("reply:2")];
    expect(tellAll(told, look, look, [item("reply:2")])).toEqual([["reply:2"], [], []]);
  });

  test("something old that only moved up because another was decided is not told", () => {
    const told = beginTold([item("approval:1")], OPENED);
    expect(tellAll(told, [item("approval:0", "2031-05-06T09:00:00Z")])).toEqual([[]]);
  });

  test("a decision that is gone and comes back is not told twice; a mailbox that fails again is", () => {
    const told = beginTold([], OPENED);
    const failing = item("mailbox:1", null);
    expect(
      tellAll(told, [failing, item("approval:1")], [failing], [], [failing, item("approval:1")]),
    ).toEqual([["mailbox:1", "approval:1"], [], [], ["mailbox:1"]]);
  });
});
