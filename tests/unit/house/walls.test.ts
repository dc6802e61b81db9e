import path from "node:path";
import { describe, expect, test } from "vitest";
import { findImports, readArrows } from "../../house/import-graph";
import { findBackArrows, findCircles, roomArrows, roomOf } from "../../house/walls";

const root = path.resolve(import.meta.dirname, "../../..");
const arrows = readArrows(root);
const say = ({ from, to }: { from: string; to: string }) => `${from} -> ${to}`;

describe("the real imports of this checkout", () => {
  test("are found at all", () => expect(arrows.length).toBeGreaterThan(3_000));
  test("run through no wall backwards", () => expect(findBackArrows(arrows).map(say)).toEqual([]));
  test("close no circle between rooms", () => {
    expect(findCircles(roomArrows(arrows)).map((way) => way.join(" -> "))).toEqual([]);
  });
  test("stand between at most 25 rooms of lib", () => {
    const rooms = new Set(
      arrows.flatMap(({ from }) => roomOf(from) ?? []).filter((r) => r.startsWith("lib/")),
    );
    expect([...rooms].length).toBeLessThanOrEqual(25);
  });
});

describe("an import is seen however it is written", () => {
  test.each([
    ["a relative way up", 'import { x } from "../../stack/engine/core";', "../../stack/engine/core"],
    ["a type alone", 'import type { X } from "@/app/page";', "@/app/page"],
    ["a type in the middle of a line", 'type X = import("@/stack/options").Options;', "@/stack/options"],
    ["asked for while running", 'const x = await import("../../app/page");', "../../app/page"],
    ["passed on", 'export * from "../../components/ui/button";', "../../components/ui/button"],
    ["required", 'const x = require("../../inngest/client");', "../../inngest/client"],
  ])("%s", (_, text, specifier) => expect(findImports("lib/agents/x.ts", text)).toContain(specifier));
});

test.each([
  ["lib/agents/x.ts", "stack/engine/core.ts"],
  ["lib/agents/x.ts", "app/page.tsx"],
  ["lib/agents/x.ts", "inngest/client.ts"],
  ["inngest/x.ts", "components/ui/button.tsx"],
  ["components/ui/x.tsx", "lib/server/env.ts"],
  ["proxy.ts", "stack/options.ts"],
])("%s may not import %s", (from, to) => expect(findBackArrows([{ from, to }])).toHaveLength(1));

test("a circle of three rooms is found, with its way", () => {
  const of = (from: string, to: string) => ({ from: `lib/${from}/x.ts`, to: `lib/${to}/y.ts` });
  const way = findCircles(roomArrows([of("a", "b"), of("b", "c"), of("c", "a"), of("d", "a")]));
  expect(way).toEqual([["lib/a", "lib/b", "lib/c", "lib/a"]]);
});
