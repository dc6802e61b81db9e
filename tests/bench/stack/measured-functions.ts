import type { Kit } from "@/stack/engine/scenarios/kit";
import type { Scenario } from "@/stack/engine/scenarios/scenario";
import type { Marks } from "./marks";

export const STEPS = 20;

/** The functions the figures are taken with: they do nothing but say when they got where. */
export function measuredFunctions(marks: Marks): Scenario {
  return {
    name: "measured",
    define: (kit: Kit) => [
      kit.fn("start", {}, async ({ event }) => marks.mark(`start ${event.data.key as string}`)),
      kit.fn("seq20", {}, async ({ event, step }) => {
        const key = event.data.key as string;
        marks.mark(`begin ${key}`);
        for (let index = 0; index < STEPS; index += 1) await step.run(`s${index}`, () => index);
        marks.mark(`end ${key}`);
      }),
      kit.fn("wait", {}, async ({ event, step }) => {
        await step.waitForEvent("w", { event: kit.event("go"), timeout: "60s", match: "data.key" });
        await step.run("after", () => marks.mark(`resumed ${event.data.key as string}`));
      }),
      kit.fn("fan", {}, async ({ step }) => {
        await step.run("one", () => 1);
        marks.count();
      }),
      kit.fn("asleep", {}, async ({ step }) => {
        marks.count();
        await step.sleep("s", "1h");
      }),
    ],
    check: async () => {},
  };
}
