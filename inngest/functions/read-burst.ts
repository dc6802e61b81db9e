import { readBatch, sortBurst } from "@/lib/replies/read-burst";
import { env } from "@/lib/server/env";
import { inngest } from "../client";
import { emailSynced, mailBurst } from "../events";
import type { Step } from "../wait-for-decision";

/** Each turn is up to eleven steps, and a run may have a thousand. */
const MOST_TURNS = 60;

/**
 * Reads mail that came in a burst, newest first: what rules decide is done at once, the rest goes to the agent in batches.
 * Mail that comes meanwhile has readers of its own and never waits behind this.
 */
export const readBurst = inngest.createFunction(
  {
    id: "read-burst",
    triggers: [mailBurst],
    // One reader takes everything that waits; runs beside it would only hold mails claimed that wait for a turn. What came at
    // its very end is found within the minute.
    singleton: { key: "event.name", mode: "skip" },
    retries: 2,
  },
  async ({ step, runId }) => {
    if (env().DRY_RUN) return { dryRun: "nothing is routed in a dry run" };
    let read = 0;
    for (let turn = 1; turn <= MOST_TURNS; turn++) {
      const sorted = await step.run(`sort out ${turn}`, () => sortBurst(`${runId}/${turn}`));
      if (sorted.taken === 0) return { read };
      read += sorted.taken;
      await passOn(step, `pass on ${turn}`, sorted.alone);
      await Promise.all(
        sorted.batches.map(async (ids, index) => {
          const alone = await step.run(`read ${turn}.${index + 1}`, () => readBatch(ids));
          await passOn(step, `pass on ${turn}.${index + 1}`, alone);
        }),
      );
    }
    await step.sendEvent("go on", mailBurst.create({}));
    return { read, goesOn: true };
  },
);

async function passOn(step: Step, label: string, ids: readonly string[]): Promise<void> {
  if (ids.length > 0)
    await step.sendEvent(
      label,
      ids.map((emailId) => emailSynced.create({ emailId })),
    );
}
