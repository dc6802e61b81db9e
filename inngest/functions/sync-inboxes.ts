import { cron } from "inngest";
import { env } from "@/lib/config/env";
import { registerMailboxes } from "@/lib/mailbox/register-mailboxes";
import { syncMailbox } from "@/lib/replies/sync-mailbox";
import { inngest } from "../client";
import { emailSynced, loopsTick } from "../events";

/** Every 60 seconds each mailbox is read. New rows wake the classifier by Realtime; their events here are the same ones. */
export const syncInboxes = inngest.createFunction(
  { id: "sync-inboxes", triggers: [cron("* * * * *"), loopsTick], concurrency: [{ limit: 1 }], retries: 1 },
  async ({ step }) => {
    if (env().DRY_RUN) return { dryRun: "no inbox is read into the desk in a dry run" };
    const mailboxes = await step.run("see which mailboxes are there", () => registerMailboxes());
    const counts: Record<string, number | string> = {};
    for (const mailbox of mailboxes) {
      const newIds = await step
        .run(`sync ${mailbox.address}`, async () => (await syncMailbox(mailbox.id)).newIds)
        .catch((error: Error) => error.message);
      counts[mailbox.address] = typeof newIds === "string" ? newIds : newIds.length;
      if (typeof newIds === "string" || newIds.length === 0) continue;
      await step.sendEvent(
        `announce ${mailbox.address}`,
        newIds.map((emailId) => emailSynced.create({ emailId }, { id: `email-${emailId}` })),
      );
    }
    return counts;
  },
);
