import assert from "node:assert/strict";
import { expectRun, type Scenario } from "./scenario";

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Which events start a run, in what order, and what ends a run early. */
export const starts: readonly Scenario[] = [
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
      const first = await context.send("timeout-start", { ms: 5_000 });
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
