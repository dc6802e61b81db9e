import assert from "node:assert/strict";
import type { Context } from "./context";
import type { Kit } from "./kit";
import { expectRun, type Scenario } from "./scenario";

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Runs a step that takes a moment and notes how many of its label were running at the same time. */
function busyStep(kit: Kit, label: string, ms: number): () => Promise<void> {
  const running = { count: 0 };
  return async () => {
    running.count += 1;
    kit.note(`${label} together`, running.count);
    await pause(ms);
    running.count -= 1;
  };
}

async function expectAtMost(context: Context, label: string, most: number): Promise<void> {
  const counts = context.kit.notes(`${label} together`) as number[];
  assert.ok(Math.max(...counts) <= most, `${Math.max(...counts)} at the same time, allowed ${most}`);
}

/** How many run at once and how often they start. */
export const limits: readonly Scenario[] = [
  {
    name: "concurrency with a key runs one at a time per key",
    define: (kit) => {
      const busy = { a: busyStep(kit, "conc a", 120), b: busyStep(kit, "conc b", 120) };
      return kit.fn("conc", { concurrency: { limit: 1, key: "event.data.k" } }, async ({ step, event }) => {
        await step.run("w", busy[event.data.k as "a" | "b"]);
      });
    },
    check: async (context) => {
      const ids = await Promise.all(["a", "a", "a", "b"].map((k) => context.send("conc", { k })));
      for (const id of ids) await expectRun(context, id, {});
      await expectAtMost(context, "conc a", 1);
      await expectAtMost(context, "conc b", 1);
    },
  },
  {
    name: "two concurrency limits hold at the same time",
    define: (kit) => {
      const all = busyStep(kit, "conc2 all", 100);
      return kit.fn(
        "conc2",
        { concurrency: [{ limit: 2 }, { limit: 1, key: "event.data.k", scope: "env" }] },
        async ({ step }) => {
          await step.run("w", all);
        },
      );
    },
    check: async (context) => {
      const ids = await Promise.all(
        ["a", "a", "b", "b", "c"].map((k) => context.send("conc2", { k: `${context.kit.appId}${k}` })),
      );
      for (const id of ids) await expectRun(context, id, {});
      await expectAtMost(context, "conc2 all", 2);
    },
  },
  {
    name: "throttle spreads the starts of runs and drops none",
    define: (kit) =>
      kit.fn("throttle", { throttle: { limit: 1, period: "1s", key: "event.data.k" } }, async () =>
        kit.note("throttle"),
      ),
    check: async (context) => {
      const sentAt = Date.now();
      const ids = await context.sendAll(
        [1, 2, 3].map((i) => ({ name: context.kit.event("throttle"), data: { i, k: "a" } })),
      );
      for (const id of ids) await expectRun(context, id, {});
      // Measured from the sending: a busy server may start the first one late.
      const [, second = 0, third = 0] = context.kit.noteTimes("throttle").map((at) => at - sentAt);
      assert.ok(second >= 900 && third >= 1_900, `started after ${second} ms and ${third} ms`);
    },
  },
  {
    name: "rateLimit drops what comes too often",
    define: (kit) =>
      kit.fn("ratelimit", { rateLimit: { limit: 2, period: "10s", key: "event.data.k" } }, async () =>
        kit.note("ratelimit"),
      ),
    check: async (context) => {
      const ids = await context.sendAll(
        [1, 2, 3, 4].map((i) => ({ name: context.kit.event("ratelimit"), data: { i, k: "a" } })),
      );
      await expectRun(context, ids[0] ?? "", {});
      await expectRun(context, await context.send("ratelimit", { k: "b" }), {});
      assert.equal(context.kit.notes("ratelimit").length, 2);
    },
  },
  {
    name: "debounce runs once, with the last event",
    define: (kit) =>
      kit.fn(
        "debounce",
        { debounce: { period: "1s", key: "event.data.k", timeout: "10s" } },
        async ({ event }) => kit.note("debounce", event.data.i),
      ),
    check: async (context) => {
      await context.sendAll(
        [1, 2, 3].map((i) => ({ name: context.kit.event("debounce"), data: { i, k: "a" } })),
      );
      await context.until("the debounced run", () => context.kit.notes("debounce").length > 0);
      assert.deepEqual(context.kit.notes("debounce"), [3]);
    },
  },
  {
    name: "batchEvents runs when full and when its time is up",
    define: (kit) =>
      kit.fn(
        "batch",
        { batchEvents: { maxSize: 3, timeout: "1s", key: "event.data.k" } },
        async ({ events, step }) => {
          const sizes = await step.run("b", () => events.map((event) => event.data.i as number));
          kit.note("batch", (sizes as number[]).length);
        },
      ),
    check: async (context) => {
      await context.sendAll(
        [1, 2, 3, 4].map((i) => ({ name: context.kit.event("batch"), data: { i, k: "a" } })),
      );
      await context.until("both batches", () => context.kit.notes("batch").length === 2);
      assert.deepEqual(context.kit.notes("batch").sort(), [1, 3]);
    },
  },
];
