import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readUnsubscribe, signUnsubscribe } from "@/lib/sending/unsubscribe-token";
import { VisitLimit } from "@/lib/sending/visit-limit";

const SECRET = "a secret of this desk";

describe("the token of an unsubscribe link", () => {
  test("names exactly the send it was made for", () => {
    for (let index = 0; index < 50; index++) {
      const id = randomUUID();
      const token = signUnsubscribe(SECRET, id);
      expect(token).toMatch(/^[\w-]{64}$/);
      expect(readUnsubscribe(SECRET, token)).toBe(id);
      expect(readUnsubscribe("another secret", token)).toBeNull();
    }
  });

  test("names nothing after any change of any character", () => {
    const token = signUnsubscribe(SECRET, randomUUID());
    for (let at = 0; at < token.length; at++) {
      const other = token[at] === "A" ? "B" : "A";
      expect(readUnsubscribe(SECRET, token.slice(0, at) + other + token.slice(at + 1))).toBeNull();
    }
  });

  test("is never made up", () => {
    fc.assert(fc.property(fc.string({ maxLength: 200 }), (text) => readUnsubscribe(SECRET, text) === null));
    expect(readUnsubscribe(SECRET, "")).toBeNull();
    expect(readUnsubscribe(SECRET, `${signUnsubscribe(SECRET, randomUUID())}A`)).toBeNull();
  });
});

describe("a limit on visits", () => {
  test("stops one visitor and, ten times later, everybody, and forgets after its span", () => {
    const limit = new VisitLimit(3, 1000);
    expect([1, 2, 3, 4].map((at) => limit.allows("a", at))).toEqual([true, true, true, false]);
    expect(limit.allows("b", 5)).toBe(true);
    for (let index = 0; index < 40; index++) limit.allows(`c${index}`, 6);
    expect(limit.allows("new", 7)).toBe(false);
    expect(limit.allows("a", 2000)).toBe(true);
  });
});
