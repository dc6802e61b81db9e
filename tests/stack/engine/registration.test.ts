import { describe, expect, it } from "vitest";
import { readConfig } from "@/stack/engine/functions/read-config";

const URL = "http://127.0.0.1:3000/api/inngest";
const fn = (more: Record<string, unknown> = {}) => ({
  id: "app-fn",
  triggers: [{ event: "x" }],
  steps: { step: { runtime: { type: "http", url: URL } } },
  ...more,
});

describe("what a function asks for and the engine cannot do is refused at registration, by name", () => {
  it.each([
    [
      "a connect worker",
      { steps: { step: { runtime: { type: "ws", url: "ws://x" } } } },
      "connect (websocket) workers are not supported",
    ],
    [
      "a broken trigger condition",
      { triggers: [{ event: "x", expression: "event.data.a >" }] },
      "expression",
    ],
    [
      "a condition with an unknown function",
      { triggers: [{ event: "x", expression: "frobnicate(event)" }] },
      'unknown function "frobnicate"',
    ],
    ["a cron with a wrong zone", { triggers: [{ cron: "TZ=Mars/Olympus * * * * *" }] }, "cron"],
    ["a cron with seconds", { triggers: [{ cron: "* * * * * *" }] }, "five fields"],
    ["a debounce that is too short", { debounce: { period: "10ms" } }, "debounce.period"],
    ["a throttle without a duration", { throttle: { limit: 1, period: "often" } }, "not a duration"],
    [
      "more than two concurrency limits",
      { concurrency: [{ limit: 1 }, { limit: 2 }, { limit: 3 }] },
      "concurrency",
    ],
    [
      "a batch with cancelOn",
      { batchEvents: { maxSize: 2, timeout: "2s" }, cancel: [{ event: "y" }] },
      "batchEvents cannot be combined with cancelOn",
    ],
    [
      "too many retries",
      { steps: { step: { runtime: { type: "http", url: URL }, retries: { attempts: 21 } } } },
      "retries",
    ],
  ])("%s", (_, more, message) => {
    expect(() => readConfig(fn(more), "app", URL)).toThrow(message);
    expect(() => readConfig(fn(more), "app", URL)).toThrow("app-fn");
  });
});

it("settings that are absent get the protocol's defaults", () => {
  expect(readConfig(fn(), "app", URL)).toMatchObject({
    maxAttempts: 5,
    concurrency: [],
    cancelOn: [],
    slug: "app-fn",
  });
});

it("a concurrency limit may be a number, an object or two objects", () => {
  expect(readConfig(fn({ concurrency: 3 }), "app", URL).concurrency).toEqual([{ limit: 3, scope: "fn" }]);
  expect(readConfig(fn({ concurrency: { limit: 1, key: "event.data.k" } }), "app", URL).concurrency).toEqual([
    { limit: 1, scope: "fn", key: "event.data.k" },
  ]);
  expect(
    readConfig(fn({ concurrency: [{ limit: 1 }, { limit: 2, scope: "env" }] }), "app", URL).concurrency,
  ).toHaveLength(2);
});

it("a function keeps its id over every registration", () => {
  expect(readConfig(fn(), "app", URL).id).toBe(readConfig(fn({ name: "renamed" }), "app", URL).id);
});
