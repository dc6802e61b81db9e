"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { z } from "zod";
import { announce } from "@/inngest/announce";
import { mailboxCheck } from "@/inngest/events";
import { operatorAction } from "@/lib/actions/operator-action";
import { campaignChangesSchema, reviseCampaign } from "@/lib/campaigns/revise-campaign";
import { setCampaignStatus } from "@/lib/campaigns/set-campaign-status";
import { activeMailboxes } from "@/lib/sending/dispatch";
import { settleSend } from "@/lib/sending/settle-send";

/** Changes a campaign that waits for approval and goes to the approval of the new plan. */
export const revise = operatorAction(
  campaignChangesSchema.extend({ campaignId: z.uuid() }),
  async ({ campaignId, ...changes }) => {
    const outcome = await reviseCampaign(campaignId, changes);
    revalidatePath("/", "layout");
    // The new plan has an approval of its own; that is where its maker wants to be.
    if (outcome.outcome !== "nobody") redirect(`/approvals/${outcome.approvalId}`);
    return outcome;
  },
);

/** Pauses, resumes or stops a running campaign. */
export const setStatus = operatorAction(
  z.object({
    id: z.uuid(),
    to: z.enum(["active", "paused", "stopped"]),
    reason: z.string().trim().max(500).optional(),
  }),
  async ({ id, to, reason }, { db }) => {
    const changed = await setCampaignStatus(db, id, to, reason);
    if (to === "active") await wakeMailboxes();
    revalidatePath("/", "layout");
    return changed;
  },
);

/** Settles a mail that may or may not have left. */
export const settle = operatorAction(
  z.object({ id: z.uuid(), answer: z.enum(["found", "again", "drop"]) }),
  async ({ id, answer }, { db }) => {
    const done = await settleSend(db, id, answer);
    if (answer === "again") await wakeMailboxes();
    revalidatePath("/", "layout");
    return done;
  },
);

async function wakeMailboxes(): Promise<void> {
  const mailboxes = await activeMailboxes();
  if (mailboxes.length > 0) announce(mailboxes.map((mailboxId) => mailboxCheck.create({ mailboxId })));
}
