import assert from "node:assert/strict";
import { expectRun, type Scenario } from "./scenario";

const add = (left: unknown, right: number): number => (left as number) + right;

/** Steps in sequence, their memory and their data. */
export const steps: readonly Scenario[] = [
  {
    name: "a function with one step returns the step's result",
    define: (kit) =>
      kit.fn("hello", {}, async ({ step, event }) => ({
        a: await step.run("a", () => ({ hi: event.data.name })),
      })),
    check: async (context) => {
      await expectRun(context, await context.send("hello", { name: "x" }), { returned: { a: { hi: "x" } } });
    },
  },
  {
    name: "a function without steps gets its event and completes",
    define: (kit) => kit.fn("no-step", {}, async ({ event }) => ({ got: event.data })),
    check: async (context) => {
      await expectRun(context, await context.send("no-step", { n: 1 }), { returned: { got: { n: 1 } } });
    },
  },
  {
    name: "steps in sequence see the results before them",
    define: (kit) =>
      kit.fn("seq3", {}, async ({ step }) => {
        const a = await step.run("s1", () => 1);
        const b = await step.run("s2", () => add(a, 1));
        return step.run("s3", (x: number) => x + 1, b as number);
      }),
    check: async (context) => {
      await expectRun(context, await context.send("seq3"), { returned: 3 });
    },
  },
  {
    name: "twenty steps each run exactly once",
    define: (kit) =>
      kit.fn("seq20", {}, async ({ step }) => {
        let value = 0;
        for (let index = 0; index < 20; index += 1)
          value = (await step.run(`s${index}`, () => {
            kit.note("seq20 step", index);
            return value + 1;
          })) as number;
        return value;
      }),
    check: async (context) => {
      await expectRun(context, await context.send("seq20"), { returned: 20 });
      assert.equal(context.kit.notes("seq20 step").length, 20);
    },
  },
  {
    name: "a step id repeated in a loop is a new step each time",
    define: (kit) =>
      kit.fn("loop", {}, async ({ step }) => {
        const results: unknown[] = [];
        for (let index = 0; index < 3; index += 1) results.push(await step.run("same", () => index));
        return results;
      }),
    check: async (context) => {
      await expectRun(context, await context.send("loop"), { returned: [0, 1, 2] });
    },
  },
  {
    name: "undefined and null results come back as they are over a sleep",
    define: (kit) =>
      kit.fn("undef", {}, async ({ step }) => {
        await step.run("u", () => undefined);
        const n = await step.run("n", () => null);
        await step.sleep("z", "1s");
        return [n, await step.run("after", () => "after")];
      }),
    check: async (context) => {
      await expectRun(context, await context.send("undef"), { returned: [null, "after"] });
    },
  },
  {
    name: "five megabytes of step results survive a sleep",
    define: (kit) =>
      kit.fn("big", {}, async ({ step }) => {
        const sizes: number[] = [];
        for (let index = 0; index < 3; index += 1)
          sizes.push(((await step.run(`b${index}`, () => "x".repeat(1_800_000))) as string).length);
        await step.sleep("z", "1s");
        return step.run("end", () => sizes);
      }),
    check: async (context) => {
      await expectRun(context, await context.send("big"), { returned: [1_800_000, 1_800_000, 1_800_000] });
    },
  },
  {
    name: "results with NUL characters, quotes and emoji come back unchanged",
    define: (kit) =>
      kit.fn("odd-text", {}, async ({ step, event }) => {
        const text = await step.run("t", () => 'a\u0000b"\\\u2028😀');
        await step.sleep("z", "1s");
        return [text, event.data.text];
      }),
    check: async (context) => {
      const text = "e\u0000f'😀\ud800";
      await expectRun(context, await context.send("odd-text", { text }), {
        returned: ['a\u0000b"\\\u2028😀', text],
      });
    },
    embeddedOnly: true,
  },
  {
    name: "a step sends events and each starts its function",
    define: (kit) => [
      kit.fn("send", {}, async ({ step }) =>
        step.sendEvent("se", [
          { name: kit.event("sent"), data: { k: 1 } },
          { name: kit.event("sent"), data: { k: 2 } },
        ]),
      ),
      kit.fn("sent", {}, async ({ event }) => kit.note("sent", event.data.k)),
    ],
    check: async (context) => {
      const id = await expectRun(context, await context.send("send"), {});
      assert.equal((context.kit.returned(id) as { ids: string[] }).ids.length, 2);
      await context.until("both events", () => context.kit.notes("sent").length === 2);
      assert.deepEqual(context.kit.notes("sent").sort(), [1, 2]);
    },
  },
];
