import assert from "node:assert/strict";
import { expectRun, type Scenario } from "./scenario";

/** Groups of steps that run at the same time. */
export const parallel: readonly Scenario[] = [
  {
    name: "parallel steps all run once and one call goes on after them",
    define: (kit) =>
      kit.fn("parallel", {}, async ({ step }) => {
        const results = await Promise.all(
          [1, 2, 3].map((n) =>
            step.run(`p${n}`, () => {
              kit.note("parallel step", n);
              return n;
            }),
          ),
        );
        return step.run("sum", () => {
          kit.note("parallel sum");
          return (results as number[]).reduce((left, right) => left + right);
        });
      }),
    check: async (context) => {
      await expectRun(context, await context.send("parallel"), { returned: 6 });
      assert.deepEqual(context.kit.notes("parallel step").sort(), [1, 2, 3]);
      assert.equal(context.kit.notes("parallel sum").length, 1);
    },
  },
  {
    name: "parallel chains of steps finish",
    define: (kit) =>
      kit.fn("parallel-chain", {}, async ({ step }) => {
        const chain = async (k: string) => {
          const first = (await step.run(`${k}-1`, () => `${k}1`)) as string;
          return step.run(`${k}-2`, () => `${first}${k}2`);
        };
        return Promise.all([chain("x"), chain("y")]);
      }),
    check: async (context) => {
      await expectRun(context, await context.send("parallel-chain"), { returned: ["x1x2", "y1y2"] });
    },
  },
  {
    name: "steps, sleeps, waits and invokes can be parallel",
    define: (kit) => {
      const child = kit.fn("mixed-child", {}, async ({ event }) => ({ x: (event.data.n as number) * 2 }));
      return [
        child,
        kit.fn("parallel-mixed", {}, async ({ step }) => {
          const results = await Promise.all([
            step.run("pm-run", () => 1),
            step.sleep("pm-sleep", "1s"),
            step.waitForEvent("pm-wait", { event: kit.event("never"), timeout: "1s" }),
            step.invoke("pm-inv", { function: child, data: { n: 1 } }),
          ]);
          return step.run("pm-end", () => results);
        }),
      ];
    },
    check: async (context) => {
      await expectRun(context, await context.send("parallel-mixed"), { returned: [1, null, null, { x: 2 }] });
    },
  },
  {
    name: "a race goes on with the first to finish",
    define: (kit) =>
      kit.fn("race", {}, async ({ step, group }) => {
        const winner = await group.parallel({ mode: "race" }, () =>
          Promise.race([
            step.run("fast", () => "fast"),
            step.waitForEvent("slow", { event: kit.event("never"), timeout: "15s" }),
          ]),
        );
        return step.run("race-end", () => winner);
      }),
    check: async (context) => {
      await expectRun(context, await context.send("race"), { returned: "fast" });
    },
  },
  {
    name: "one failing parallel step does not take its siblings along",
    define: (kit) =>
      kit.fn("parallel-fail", { retries: 1 }, async ({ step }) => {
        const results = await Promise.allSettled([
          step.run("ok", () => 1),
          step.run("bad", () => {
            throw new Error("bad parallel step");
          }),
        ]);
        return results.map((result) =>
          result.status === "fulfilled" ? result.value : (result.reason as Error).message,
        );
      }),
    check: async (context) => {
      await expectRun(context, await context.send("parallel-fail"), { returned: [1, "bad parallel step"] });
    },
  },
];
