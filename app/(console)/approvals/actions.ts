"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { announce } from "@/inngest/announce";
import { approvalDecided } from "@/inngest/events";
import { decideApproval, decisionSchema } from "@/lib/approvals/decide-approval";
import { reopenApproval, snoozeApproval } from "@/lib/approvals/snooze-approval";
import { actionFor } from "@/lib/server/action-for";

/** Decides an approval exactly as it was shown; a lost race comes back as an outcome with who was first. */
export const decide = actionFor(
  "operator",
  decisionSchema.extend({ id: z.uuid() }),
  async ({ id, ...input }, { db }) => {
    const result = await decideApproval(db, id, input);
    if (result.outcome === "decided")
      announce(approvalDecided.create({ runKey: result.runKey ?? "", checkpoint: result.checkpoint ?? "" }));
    revalidatePath("/", "layout");
    return result;
  },
);

/** Puts an approval off for some hours. */
export const snooze = actionFor(
  "operator",
  z.object({
    id: z.uuid(),
    hours: z
      .number()
      .min(0)
      .max(24 * 30),
  }),
  async ({ id, hours }, { db }) => {
    const done = await snoozeApproval(db, id, new Date(Date.now() + hours * 3_600_000));
    revalidatePath("/", "layout");
    return done;
  },
);

/** Brings an expired approval back. */
export const reopen = actionFor("operator", z.object({ id: z.uuid() }), async ({ id }, { db }) => {
  const done = await reopenApproval(db, id);
  revalidatePath("/", "layout");
  return done;
});
