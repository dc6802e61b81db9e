import assert from "node:assert/strict";
import { NonRetriableError, RetryAfterError } from "inngest";
import { expectRun, type Scenario } from "./scenario";

/** Errors, retries and what follows them. */
export const failures: readonly Scenario[] = [
  {
    name: "a failing step is tried again with the next attempt number and earlier steps are not repeated",
    define: (kit) =>
      kit.fn("retry-step", { retries: 3 }, async ({ step, attempt }) => {
        const before = await step.run("pre", () => {
          kit.note("retry-step pre");
          return "pre";
        });
        const result = await step.run("flaky", () => {
          if (attempt < 2) throw new Error(`flaky ${attempt}`);
          return `ok@${attempt}`;
        });
        return step.run("post", () => `${result as string} ${before as string}`);
      }),
    check: async (context) => {
      await expectRun(context, await context.send("retry-step"), { returned: "ok@2 pre" });
      assert.equal(context.kit.notes("retry-step pre").length, 1);
    },
  },
  {
    name: "a step that used up its attempts throws into the function, which can catch it",
    define: (kit) =>
      kit.fn("fail-step-caught", { retries: 1 }, async ({ step }) => {
        let caught: unknown;
        try {
          await step.run("bad", () => {
            throw new TypeError("always");
          });
        } catch (error) {
          caught = { name: (error as Error).name, message: (error as Error).message };
        }
        return step.run("rescue", () => caught);
      }),
    check: async (context) => {
      await expectRun(context, await context.send("fail-step-caught"), {
        returned: { name: "TypeError", message: "always" },
      });
    },
  },
  {
    name: "an uncaught step failure fails the run and onFailure gets the error and the event",
    define: (kit) =>
      kit.fn(
        "fail-step",
        {
          retries: 1,
          onFailure: async ({ event, error }) =>
            kit.note("fail-step onFailure", [error.message, event.data.event.name]),
        },
        async ({ step }) => {
          await step.run("good", () => 1);
          await step.run("bad", () => {
            throw new Error("step always fails");
          });
        },
      ),
    check: async (context) => {
      await expectRun(context, await context.send("fail-step"), { status: "Failed" });
      await context.until("onFailure", () => context.kit.notes("fail-step onFailure").length > 0);
      assert.deepEqual(context.kit.notes("fail-step onFailure"), [
        ["step always fails", context.kit.event("fail-step")],
      ]);
    },
  },
  {
    name: "a function that throws is tried again, then fails and onFailure runs",
    define: (kit) =>
      kit.fn(
        "fail-fn",
        { retries: 1, onFailure: async ({ error }) => kit.note("fail-fn onFailure", error.message) },
        async ({ step }) => {
          await step.run("good", () => 1);
          throw new Error("fn boom");
        },
      ),
    check: async (context) => {
      await expectRun(context, await context.send("fail-fn"), { status: "Failed" });
      await context.until("onFailure", () => context.kit.notes("fail-fn onFailure").length > 0);
      assert.deepEqual(context.kit.notes("fail-fn onFailure"), ["fn boom"]);
    },
  },
  {
    name: "NonRetriableError from a function fails the run at once",
    define: (kit) =>
      kit.fn("non-retriable-fn", { retries: 3 }, async () => {
        kit.note("non-retriable-fn");
        throw new NonRetriableError("nope", { cause: new Error("root") });
      }),
    check: async (context) => {
      await expectRun(context, await context.send("non-retriable-fn"), { status: "Failed" });
      assert.equal(context.kit.notes("non-retriable-fn").length, 1);
    },
  },
  {
    name: "NonRetriableError from a step fails the run at once",
    define: (kit) =>
      kit.fn("non-retriable-step", { retries: 3 }, async ({ step }) => {
        await step.run("nr", () => {
          kit.note("non-retriable-step");
          throw new NonRetriableError("nope step");
        });
      }),
    check: async (context) => {
      await expectRun(context, await context.send("non-retriable-step"), { status: "Failed" });
      assert.equal(context.kit.notes("non-retriable-step").length, 1);
    },
  },
  {
    name: "RetryAfterError from a step decides when it is tried again",
    define: (kit) =>
      kit.fn("retry-after", { retries: 2 }, async ({ step, attempt }) =>
        step.run("ra", () => {
          kit.note("retry-after");
          if (attempt === 0) throw new RetryAfterError("later", 2_000);
          return "done";
        }),
      ),
    check: async (context) => {
      await expectRun(context, await context.send("retry-after"), { returned: "done" });
      const [first = 0, second = 0] = context.kit.noteTimes("retry-after");
      assert.ok(second - first >= 900, `tried again after ${second - first} ms`);
    },
  },
  {
    name: "RetryAfterError from a function decides when it is tried again",
    define: (kit) =>
      kit.fn("retry-after-fn", { retries: 2 }, async ({ attempt }) => {
        kit.note("retry-after-fn");
        if (attempt === 0) throw new RetryAfterError("later", "2s");
        return "done";
      }),
    check: async (context) => {
      await expectRun(context, await context.send("retry-after-fn"), { returned: "done" });
      const [first = 0, second = 0] = context.kit.noteTimes("retry-after-fn");
      assert.ok(second - first >= 900, `tried again after ${second - first} ms`);
    },
  },
];
