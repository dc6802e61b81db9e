import { cron } from "inngest";
import { watchAgents } from "@/lib/agents/watch-agents";
import { listHeldEmails } from "@/lib/replies/hold-for-agents";
import { env } from "@/lib/server/env";
import { inngest } from "../client";
import { agentsResumed, agentsTried, emailSynced, loopsTick } from "../events";

/**
 * While agents are paused, asks in each back-off whether the provider is back, so that a pause ends although no work
 * comes; then wakes everything that waited.
 */
export const probeAgents = inngest.createFunction(
  {
    id: "probe-agents",
    triggers: [cron("* * * * *"), agentsTried, loopsTick],
    concurrency: [{ limit: 1 }],
    retries: 1,
  },
  async ({ event, step }) => {
    if (env().DRY_RUN) return { dryRun: "no agent is asked in a dry run" };
    const seen = await step.run("look whether agents are paused", () => watchAgents());
    if (seen.outcome === "paused") return seen;
    // Asked for by hand, the pause may have ended before this looked.
    if (seen.outcome === "running" && event.name !== agentsTried.name) return seen;
    await step.sendEvent("wake what waits", agentsResumed.create({}));
    const held = await step.run("find mails that wait for the classifier", () => listHeldEmails());
    if (held.length > 0)
      await step.sendEvent(
        "read them",
        held.map((emailId) => emailSynced.create({ emailId })),
      );
    return { ...seen, woken: held.length };
  },
);
