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

/** Which runs start, when, and how many at once. */
export const flow: readonly Scenario[] = [
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
  {
    name: "an idempotency key runs once",
    define: (kit) =>
      kit.fn("idem", { idempotency: "event.data.key" }, async ({ event }) =>
        kit.note("idem", event.data.key),
      ),
    check: async (context) => {
      const [first = ""] = await context.sendAll(
        [1, 2, 3].map((i) => ({ name: context.kit.event("idem"), data: { i, key: "same" } })),
      );
      await expectRun(context, first, {});
      await expectRun(context, await context.send("idem", { key: "other" }), {});
      assert.deepEqual(context.kit.notes("idem"), ["same", "other"]);
    },
  },
  {
    name: "an event id sent twice runs once",
    define: (kit) => kit.fn("dedup", {}, async ({ event }) => kit.note("dedup", event.id)),
    check: async (context) => {
      const id = `${context.kit.appId}-dup-1`;
      await expectRun(context, await context.send("dedup", {}, { id }), {});
      const second = await context.send("dedup", {}, { id });
      await expectRun(context, await context.send("dedup", {}, { id: `${id}-other` }), {});
      assert.deepEqual(context.kit.notes("dedup"), [id, `${id}-other`]);
      assert.deepEqual(await context.runIds(second), []);
    },
  },
  {
    name: "priority lets a later run go first",
    define: (kit) =>
      kit.fn(
        "prio",
        { priority: { run: "event.data.p" }, concurrency: { limit: 1 } },
        async ({ event, step }) => {
          await step.run("w", async () => {
            kit.note("prio", event.data.p);
            await pause(300);
          });
        },
      ),
    check: async (context) => {
      const first = await context.send("prio", { p: 0 });
      await context.until("the first to start", () => context.kit.notes("prio").length === 1);
      const ids = await context.sendAll(
        [-300, 0, 300].map((p) => ({ name: context.kit.event("prio"), data: { p } })),
      );
      for (const id of [first, ...ids]) await expectRun(context, id, {});
      assert.deepEqual(context.kit.notes("prio"), [0, 300, 0, -300]);
    },
  },
  {
    name: "a singleton in skip mode drops events while a run is unfinished",
    define: (kit) =>
      kit.fn("single-skip", { singleton: { key: "event.data.k", mode: "skip" } }, async ({ step }) => {
        kit.note("single-skip");
        await step.sleep("s", "2s");
      }),
    check: async (context) => {
      const first = await context.send("single-skip", { k: "a" });
      await context.until("the first to start", () => context.kit.notes("single-skip").length > 0);
      const second = await context.send("single-skip", { k: "a" });
      await expectRun(context, first, {});
      assert.deepEqual(
        (await context.runIds(second)).filter((id) => context.kit.hasReturned(id)),
        [],
      );
      await expectRun(context, await context.send("single-skip", { k: "a" }), {});
    },
  },
  {
    name: "a singleton in cancel mode ends the unfinished run",
    define: (kit) =>
      kit.fn(
        "single-cancel",
        { singleton: { key: "event.data.k", mode: "cancel" } },
        async ({ step, event }) => {
          kit.note("single-cancel");
          await step.sleep("s", "2s");
          return event.data.i;
        },
      ),
    check: async (context) => {
      const first = await context.send("single-cancel", { i: 1, k: "a" });
      await context.until("the first to start", () => context.kit.notes("single-cancel").length > 0);
      const second = await context.send("single-cancel", { i: 2, k: "a" });
      await expectRun(context, first, { status: "Cancelled" });
      await expectRun(context, second, { returned: 2 });
    },
  },
  {
    name: "a trigger condition keeps events out",
    define: (kit) =>
      kit.fn(
        "trigger-if",
        { triggers: [{ event: kit.event("trigger-if"), if: "event.data.n > 5" }] },
        async ({ event }) => kit.note("trigger-if", event.data.n),
      ),
    check: async (context) => {
      await context.send("trigger-if", { n: 1 });
      await expectRun(context, await context.send("trigger-if", { n: 9 }), {});
      assert.deepEqual(context.kit.notes("trigger-if"), [9]);
    },
  },
  {
    name: "a wildcard trigger takes every event below it",
    define: (kit) =>
      kit.fn("wild", { triggers: [{ event: kit.event("wild/*") }] }, async ({ event }) => event.name),
    check: async (context) => {
      await expectRun(context, await context.send("wild/abc"), { returned: context.kit.event("wild/abc") });
    },
  },
  {
    name: "a run that outlives timeouts.finish is cancelled",
    define: (kit) =>
      kit.fn("timeout-finish", { timeouts: { finish: "1s" } }, async ({ step }) => step.sleep("s", "1h")),
    check: async (context) => {
      await expectRun(context, await context.send("timeout-finish"), { status: "Cancelled" });
    },
  },
  {
    name: "a run that cannot start within timeouts.start is cancelled",
    define: (kit) =>
      kit.fn(
        "timeout-start",
        { timeouts: { start: "1s" }, concurrency: { limit: 1 } },
        async ({ step, event }) => {
          await step.run("w", () => pause(event.data.ms as number));
        },
      ),
    check: async (context) => {
      const first = await context.send("timeout-start", { ms: 2_500 });
      await context.until("the first to start", () => context.kit.notes("enter timeout-start").length > 0);
      const second = await context.send("timeout-start", { ms: 0 });
      await expectRun(context, second, { status: "Cancelled" });
      await expectRun(context, first, {});
    },
  },
  {
    name: "cancelOn ends the run its event names and no other",
    define: (kit) =>
      kit.fn(
        "cancel",
        { cancelOn: [{ event: kit.event("cancel.req"), match: "data.id" }] },
        async ({ step, event }) => {
          await step.sleep("zz", event.data.ms as string);
          return event.data.id;
        },
      ),
    check: async (context) => {
      const [cancelled = "", kept = ""] = await context.sendAll([
        { name: context.kit.event("cancel"), data: { id: "Z", ms: "1h" } },
        { name: context.kit.event("cancel"), data: { id: "Y", ms: "2s" } },
      ]);
      await expectRun(context, cancelled, { status: "Cancelled" }, () =>
        context.send("cancel.req", { id: "Z" }),
      );
      await expectRun(context, kept, { returned: "Y" });
    },
  },
  {
    name: "a cron function starts every minute",
    slow: true,
    define: (kit) =>
      kit.fn("cron", { triggers: [{ cron: "* * * * *" }] }, async ({ event }) =>
        kit.note("cron", event.name),
      ),
    check: async (context) => {
      await context.until("the next full minute", () => context.kit.notes("cron").length > 0);
      assert.equal(context.kit.notes("cron")[0], "inngest/scheduled.timer");
    },
  },
];
