import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { evaluate, holds } from "@/stack/engine/cel/evaluate";
import { findMatchKey, readMatchValue } from "@/stack/engine/cel/match-key";

const scope = {
  event: {
    name: "app/x",
    data: { id: "A", n: 6, tags: ["a", "b"], nothing: null, deep: { k: "v" }, json: '{"a":1}' },
    ts: 5,
  },
  async: { data: { id: "A", amount: 15 } },
};

describe("expressions mean what they mean on Inngest", () => {
  it.each([
    ["event.data.n > 5", true],
    ["event.data.n > 5 && event.data.id == 'A'", true],
    ["event.data.n >= 6 ? 'big' : 'small'", "big"],
    ["event.data.id == async.data.id && async.data.amount > 10", true],
    ["event.data.missing == 'x'", false],
    ["event.data.missing == null", true],
    ["event.data.missing != null", false],
    ["event.data.missing == async.data.missing", false],
    ["event.data.missing > 3", false],
    ["event.data.missing < 3", true],
    ["event.data.nothing > 0", false],
    ["event.data.nothing >= 0", true],
    ["event.data.missing || event.data.id", "A"],
    ["'a' in event.data.tags", true],
    ["'z' in event.data.tags", false],
    ["'deep' in event.data", true],
    ["event.data.tags[1]", "b"],
    ["event.data['id']", "A"],
    ["event.data.tags.exists(t, t == 'b')", true],
    ["event.data.tags.all(t, t != 'c')", true],
    ["event.data.tags.filter(t, t == 'a')", ["a"]],
    ["event.data.tags.map(t, t + '!')", ["a!", "b!"]],
    ["size(event.data.tags)", 2],
    ["event.data.id + '-' + string(event.data.n)", "A-6"],
    ["'n=' + event.data.n", "n=6"],
    ["event.data.n * 2 - 1", 11],
    ["7 / 2", 3],
    ["7 % 4", 3],
    ["-event.data.n", -6],
    ["!(event.data.n > 5)", false],
    ["!!event.data.id", true],
    ["event.name.startsWith('app/')", true],
    ["event.name.matches('^app/[a-z]$')", true],
    ["event.data.id.matches('(')", false],
    ["uppercase('a') + lowercase('B')", "Ab"],
    ["json_parse(event.data.json).a", 1],
    ["b64decode('aGk=')", "hi"],
    ["has(event.data.id)", true],
    ["has(event.data.missing)", false],
    ["date('2026-01-02T00:00:00Z') > date('2026-01-01T00:00:00Z')", true],
    ["date('2020-01-01') < now()", true],
    ["{'a': 1} == {'a': 1}", true],
    ["[1, 2] == [1, 2]", true],
    ["event.data.n == '6'", false],
    ['r"\\d" == "\\\\d"', true],
    ['event.data.id == "A" // the owner\'s id', true],
  ])("%s", (expression, expected) => {
    expect(evaluate(expression, scope)).toEqual(expected);
  });

  it.each(["event.data.a ==", "(1", "1 +", "a b", "nope(1)", "'x'.nope()", "#", "("])(
    "%s is refused with its place",
    (expression) => {
      expect(() => evaluate(expression, scope)).toThrow(/at character \d+ of the expression/);
    },
  );

  it("nesting without end is refused instead of overflowing", () => {
    expect(() => evaluate(`${"(".repeat(5_000)}1${")".repeat(5_000)}`, {})).toThrow("unexpected");
  });

  it("no expression reaches beyond its values", () => {
    for (const expression of ["event.constructor", "event.__proto__", "event.data.id.length", "toString"])
      expect(evaluate(expression, scope)).toBe(false);
  });
});

describe("a wait filed under a value", () => {
  it.each([
    ["event.data.id == async.data.id", { path: "data.id", value: '"A"' }],
    ["async.data.kind == 'x' && async.data.amount > 10", { path: "data.kind", value: '"x"' }],
    ["async.data.amount > 10", undefined],
    ["async.data.id == event.data.missing", undefined],
    ["async.data.id == 'a' || async.data.id == 'b'", undefined],
    ["async.data.id == async.data.other", undefined],
  ])("%s", (expression, key) => {
    expect(findMatchKey(expression, scope.event)).toEqual(key);
  });

  it("meets every event its condition holds for", () => {
    const value = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null));
    fc.assert(
      fc.property(value, value, (mine, theirs) => {
        const expression = "event.data.id == async.data.id";
        const [event, incoming] = [{ data: { id: mine } }, { data: { id: theirs } }];
        const key = findMatchKey(expression, event);
        const isFound = key === undefined || readMatchValue(key.path, incoming) === key.value;
        return !holds(expression, { event, async: incoming }) || isFound;
      }),
    );
  });
});
