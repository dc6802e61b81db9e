import { cron } from "inngest";
import { measureLearnings } from "@/lib/agents/learnings/measure-learnings";
import { ageApprovals, findStalledWork } from "@/lib/outreach/find-stalled";
import { reconcileSend } from "@/lib/sending/reconcile";
import { stalledSends } from "@/lib/sending/stalled-sends";
import { judgeSending, tidyCampaigns } from "@/lib/sending/tidy-campaigns";
import { env } from "@/lib/server/env";
import { checkTrust } from "@/lib/trust/check-trust";
import { inngest } from "../client";
import { emailSynced, loopsTick, searchCreated } from "../events";

/** Re-reads the truth each minute, so that a lost event costs a minute and never a stuck search, mail or send. */
export const sweep = inngest.createFunction(
  { id: "sweep", triggers: [cron("* * * * *"), loopsTick], concurrency: [{ limit: 1 }], retries: 1 },
  async ({ step }) => {
    if (env().DRY_RUN) return { dryRun: "nothing is moved in a dry run" };
    const stalled = await step.run("find stalled work", () => findStalledWork());
    const nudges = [
      ...stalled.searches.map((searchId) => searchCreated.create({ searchId })),
      ...stalled.emails.map((emailId) => emailSynced.create({ emailId })),
    ];
    if (nudges.length > 0) await step.sendEvent("nudge", nudges);
    const sends = await step.run("find stalled sends", () => stalledSends());
    for (const sendId of sends) await step.run(`look up send ${sendId}`, () => reconcileSend(sendId));
    await step.run("judge sending", () => judgeSending());
    await step.run("age approvals", () => ageApprovals());
    await step.run("check trust", () => checkTrust());
    await step.run("measure learnings", () => measureLearnings());
    await step.run("tidy campaigns", () => tidyCampaigns());
    return { nudged: nudges.length, lookedUp: sends.length };
  },
);
