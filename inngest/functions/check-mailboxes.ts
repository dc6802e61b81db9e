import { cron } from "inngest";
import { activeMailboxes } from "@/lib/sending/dispatch";
import { inngest } from "../client";
import { loopsTick, mailboxCheck } from "../events";

/** Each minute every active mailbox is asked whether mail is due, in case a wake-up was lost. */
export const checkMailboxes = inngest.createFunction(
  { id: "check-mailboxes", triggers: [cron("* * * * *"), loopsTick], retries: 1 },
  async ({ event, step }) => {
    const once = event.name === loopsTick.name ? true : undefined;
    const mailboxes = await step.run("list active mailboxes", () => activeMailboxes());
    if (mailboxes.length > 0)
      await step.sendEvent(
        "check each",
        mailboxes.map((mailboxId) => mailboxCheck.create({ mailboxId, once })),
      );
    return { mailboxes: mailboxes.length };
  },
);
