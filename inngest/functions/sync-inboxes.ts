import { cron } from "inngest";
import { registerMailboxes } from "@/lib/mailbox/register-mailboxes";
import { isBurstWaiting } from "@/lib/replies/read-burst";
import { env } from "@/lib/server/env";
import { inngest } from "../client";
import { loopsTick, mailBurst, mailboxSync } from "../events";

/** Every 60 seconds each mailbox is asked for its mail; one that is slow or down holds up no other. */
export const syncInboxes = inngest.createFunction(
  { id: "sync-inboxes", triggers: [cron("* * * * *"), loopsTick], concurrency: [{ limit: 1 }], retries: 1 },
  async ({ step }) => {
    if (env().DRY_RUN) return { dryRun: "no inbox is read into the desk in a dry run" };
    const mailboxes = await step.run("see which mailboxes are there", () => registerMailboxes());
    if (mailboxes.length > 0)
      await step.sendEvent(
        "read each",
        mailboxes.map(({ id }) => mailboxSync.create({ mailboxId: id })),
      );
    if (await step.run("see whether a burst waits", () => isBurstWaiting()))
      await step.sendEvent("read the burst", mailBurst.create({}));
    return { mailboxes: mailboxes.length };
  },
);
