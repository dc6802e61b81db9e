import assert from "node:assert/strict";
import { referenceFunction } from "inngest";
import { expectRun, type Scenario } from "./scenario";

const messageOf = (error: unknown): string => (error as Error).message;

/** Sleeping, waiting for events and signals, invoking. */
export const waits: readonly Scenario[] = [
  {
    name: "a sleep pauses the run and the step after it runs",
    define: (kit) =>
      kit.fn("sleep", {}, async ({ step }) => {
        const before = (await step.run("before", () => Date.now())) as number;
        await step.sleep("nap", "1s");
        return step.run("after", () => Date.now() - before >= 950);
      }),
    check: async (context) => {
      await expectRun(context, await context.send("sleep"), { returned: true });
    },
  },
  {
    name: "sleepUntil wakes at the date",
    define: (kit) =>
      kit.fn("sleep-until", {}, async ({ step }) => {
        const date = (await step.run("when", () => new Date(Date.now() + 1_000).toISOString())) as string;
        await step.sleepUntil("until", date);
        return Date.now() >= Date.parse(date);
      }),
    check: async (context) => {
      await expectRun(context, await context.send("sleep-until"), { returned: true });
    },
  },
  {
    name: "waitForEvent with match resumes on the event with the same value only",
    define: (kit) =>
      kit.fn("wait-match", {}, async ({ step }) => {
        const event = await step.waitForEvent("w", {
          event: kit.event("go"),
          timeout: "60s",
          match: "data.id",
        });
        return event?.data;
      }),
    check: async (context) => {
      await expectRun(
        context,
        await context.send("wait-match", { id: "A" }),
        { returned: { id: "A", n: 5 } },
        async () => {
          await context.send("go", { id: "B", n: 4 });
          await context.send("go", { id: "A", n: 5 });
        },
      );
    },
  },
  {
    name: "waitForEvent with if resumes on the event that meets the condition only",
    define: (kit) =>
      kit.fn("wait-if", {}, async ({ step }) => {
        const event = await step.waitForEvent("w", {
          event: kit.event("go-if"),
          timeout: "60s",
          if: "async.data.id == event.data.id && async.data.amount > 10",
        });
        return event?.data;
      }),
    check: async (context) => {
      await expectRun(
        context,
        await context.send("wait-if", { id: "A" }),
        { returned: { id: "A", amount: 15 } },
        async () => {
          await context.send("go-if", { id: "A", amount: 5 });
          await context.send("go-if", { id: "A", amount: 15 });
        },
      );
    },
  },
  {
    name: "waitForEvent returns null after its timeout",
    define: (kit) =>
      kit.fn("wait-timeout", {}, async ({ step }) => ({
        event: await step.waitForEvent("w", { event: kit.event("never"), timeout: "1s" }),
      })),
    check: async (context) => {
      await expectRun(context, await context.send("wait-timeout"), { returned: { event: null } });
    },
  },
  {
    name: "a wait inside a loop can be taken up again after each timeout",
    define: (kit) =>
      kit.fn("wait-loop", {}, async ({ step }) => {
        for (let round = 0; round < 3; round += 1) {
          const event = await step.waitForEvent(`w${round}`, { event: kit.event("go-loop"), timeout: "1s" });
          if (event) return event.data.n;
        }
        return "gave up";
      }),
    check: async (context) => {
      await expectRun(context, await context.send("wait-loop"), { returned: "gave up" });
    },
  },
  {
    name: "invoke returns the child's result",
    define: (kit) => {
      const child = kit.fn("child", {}, async ({ step, event }) => ({
        x: await step.run("c1", () => (event.data.n as number) * 2),
      }));
      return [
        child,
        kit.fn("invoke", {}, async ({ step }) => step.invoke("inv", { function: child, data: { n: 21 } })),
      ];
    },
    check: async (context) => {
      await expectRun(context, await context.send("invoke"), { returned: { x: 42 } });
    },
  },
  {
    name: "invoke throws the child's failure",
    define: (kit) => {
      const child = kit.fn("child-fail", { retries: 0 }, async () => {
        throw new Error("child boom");
      });
      return [
        child,
        kit.fn("invoke-fail", { retries: 0 }, async ({ step }) => {
          try {
            return await step.invoke("inv", { function: child, data: {} });
          } catch (error) {
            return messageOf(error);
          }
        }),
      ];
    },
    check: async (context) => {
      await expectRun(context, await context.send("invoke-fail"), { returned: "child boom" });
    },
  },
  {
    name: "invoke throws when the child takes longer than its timeout",
    define: (kit) => {
      const child = kit.fn("child-slow", {}, async ({ step }) => step.sleep("long", "1h"));
      return [
        child,
        kit.fn("invoke-timeout", { retries: 0 }, async ({ step }) => {
          try {
            return await step.invoke("inv", { function: child, data: {}, timeout: "1s" });
          } catch (error) {
            return messageOf(error);
          }
        }),
      ];
    },
    check: async (context) => {
      await expectRun(context, await context.send("invoke-timeout"), {
        returned: "Timed out waiting for invoked function to complete",
      });
    },
  },
  {
    name: "invoke throws when the function does not exist",
    define: (kit) =>
      kit.fn("invoke-missing", { retries: 0 }, async ({ step }) => {
        try {
          return await step.invoke("inv", { function: referenceFunction({ functionId: "nope" }), data: {} });
        } catch (error) {
          return messageOf(error);
        }
      }),
    check: async (context) => {
      await expectRun(context, await context.send("invoke-missing"), {
        returned: `could not find function with ID: ${context.kit.appId}-nope`,
      });
    },
  },
  {
    name: "a signal resumes the run that waits for it",
    define: (kit) =>
      kit.fn("signal", {}, async ({ step, event }) => {
        const signal = await step.waitForSignal("ws", {
          signal: event.data.signal as string,
          timeout: "60s",
          onConflict: "replace",
        });
        return signal?.data;
      }),
    check: async (context) => {
      const signal = `${context.kit.appId}-signal`;
      await expectRun(context, await context.send("signal", { signal }), { returned: { yes: true } }, () =>
        context.post("/v1/signals", { signal, data: { yes: true } }),
      );
    },
  },
  {
    name: "an event may be meant for later: its run starts at its time",
    define: (kit) => kit.fn("future", {}, async ({ event }) => Date.now() - (event.ts ?? 0) >= -50),
    check: async (context) => {
      await expectRun(context, await context.send("future", {}, { ts: Date.now() + 1_200 }), {
        returned: true,
      });
      assert.equal(context.kit.notes("enter future").length >= 1, true);
    },
  },
];
