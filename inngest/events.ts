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

/** An uploaded export has a mapping, and its rows are to be checked under it. */
export const importMapped = eventType("import/mapped", { schema: z.object({ importId: z.string() }) });

/** A mailbox has, or may have, mail that is due. */
export const mailboxCheck = eventType("mailbox/check", {
  schema: z.object({ mailboxId: z.string(), once: z.boolean().optional() }),
});

/** A mailbox is to be read: its Inbox, Junk and Sent Items. */
export const mailboxSync = eventType("mailbox/sync", { schema: z.object({ mailboxId: z.string() }) });

/** Many mails came at once and wait to be read in batches. */
export const mailBurst = eventType("email/burst", { schema: z.object({}) });

export const emailSynced = eventType("email/synced", { schema: z.object({ emailId: z.string() }) });

/** A mailbox that can push says that its inbox has, or may have, new mail. */
export const mailArrived = eventType("mailbox/mail-arrived", { schema: z.object({ address: z.string() }) });

/** One tick of every loop, asked for by hand. */
export const loopsTick = eventType("loops/tick", { schema: z.object({ once: z.boolean() }) });

/** The provider answers again: what waited for an agent may ask. */
export const agentsResumed = eventType("agents/resumed", { schema: z.object({}) });

/** Somebody wants paused agents tried at once. */
export const agentsTried = eventType("agents/tried", { schema: z.object({}) });

/** A candidate definition is to be shown what the live one is asked. */
export const shadowStarted = eventType("agents/shadow", { schema: z.object({}) });
