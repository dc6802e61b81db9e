import { eventType } from "inngest";
import { z } from "zod";

// Events are nudges. Each names a row; whoever hears it reads the truth there, and a sweep finds what nobody heard.

export const searchCreated = eventType("search/created", { schema: z.object({ searchId: z.string() }) });

export const approvalDecided = eventType("approval/decided", {
  schema: z.object({ runKey: z.string(), checkpoint: z.string() }),
});

export const extractionAnswered = eventType("extraction/answered", {
  schema: z.object({ extractionId: z.string() }),
});

/** A mailbox has, or may have, mail that is due. */
export const mailboxCheck = eventType("mailbox/check", {
  schema: z.object({ mailboxId: z.string(), once: z.boolean().optional() }),
});

export const emailSynced = eventType("email/synced", { schema: z.object({ emailId: z.string() }) });

/** One tick of every loop, asked for by hand. */
export const loopsTick = eventType("loops/tick", { schema: z.object({ once: z.boolean() }) });
