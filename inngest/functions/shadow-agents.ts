import { cron } from "inngest";
import { env } from "@/lib/server/env";
import { nextShadowWork, shadowOne } from "@/lib/shadows/shadow-work";
import { inngest } from "../client";
import { shadowStarted } from "../events";

/**
 * Shows candidates what the live agents were asked, after the fact and one at a time. Nothing here is awaited by a loop,
 * and nothing acts on what a candidate says.
 */
export const shadowAgents = inngest.createFunction(
  {
    id: "shadow-agents",
    triggers: [cron("* * * * *"), shadowStarted],
    concurrency: [{ limit: 1 }],
    retries: 0,
  },
  async ({ step }) => {
    if (env().DRY_RUN) return { dryRun: "no agent is asked in a dry run" };
    const work = await step.run("find runs to look at", () => nextShadowWork());
    const ended: Record<string, number> = {};
    for (const one of work) {
      const outcome = await step.run(`shadow ${one.runId}`, () => shadowOne(one));
      ended[outcome] = (ended[outcome] ?? 0) + 1;
      if (outcome === "paused") break;
    }
    return ended;
  },
);
