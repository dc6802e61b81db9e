import { cron } from "inngest";
import { activeMailboxes, dueMailboxes } from "@/lib/sending/active-mailboxes";
import { inngest } from "../client";
import { loopsTick, mailboxCheck } from "../events";

/** Each minute every mailbox with mail that falls due is woken, in case a wake-up was lost; the others are left alone. */
export const checkMailboxes = inngest.createFunction(
  { id: "check-mailboxes", triggers: [cron("* * * * *"), loopsTick], retries: 1 },
  async ({ event, step }) => {
    const once = event.name === loopsTick.name ? true : undefined;
    const mailboxes = await step.run("list due mailboxes", () => (once ? activeMailboxes() : dueMailboxes()));
    if (mailboxes.length > 0)
      await step.sendEvent(
        "check each",
        mailboxes.map((mailboxId) => mailboxCheck.create({ mailboxId, once })),
      );
    return { mailboxes: mailboxes.length };
  },
);
