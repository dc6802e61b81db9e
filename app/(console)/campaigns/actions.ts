"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { z } from "zod";
import { wakeMailboxes } from "@/inngest/wake-mailboxes";
import { editChangesSchema } from "@/lib/campaigns/edits/edit-proposal";
import { proposeEdit } from "@/lib/campaigns/edits/propose-edit";
import { proposeEditInWords } from "@/lib/campaigns/edits/propose-edit-in-words";
import { campaignChangesSchema, reviseCampaign } from "@/lib/campaigns/revise-campaign";
import { setCampaignStatus } from "@/lib/campaigns/set-campaign-status";
import { settleSend } from "@/lib/sending/settle-send";
import { actionFor } from "@/lib/server/action-for";

/** Changes a campaign that waits for approval and goes to the approval of the new plan. */
export const revise = actionFor(
  "operator",
  campaignChangesSchema.extend({ campaignId: z.uuid() }),
  async ({ campaignId, ...changes }) => {
    const outcome = await reviseCampaign(campaignId, changes);
    revalidatePath("/", "layout");
    // The new plan has an approval of its own; that is where its maker wants to be.
    if (outcome.outcome !== "nobody") redirect(`/approvals/${outcome.approvalId}`);
    return outcome;
  },
);

/** Proposes changes of the mails of a running campaign that have not left, and goes to their approval. */
export const editRunning = actionFor(
  "operator",
  editChangesSchema.extend({ campaignId: z.uuid() }),
  async ({ campaignId, ...changes }, { operator }) => {
    const proposed = await proposeEdit(campaignId, changes, { by: operator.name });
    if (proposed.outcome === "applied") await wakeMailboxes();
    revalidatePath("/", "layout");
    redirect(`/approvals/${proposed.approvalId}`);
  },
);

/** Proposes what a person's words ask of a running campaign, and goes to its approval. */
export const editInWords = actionFor(
  "operator",
  z.object({ campaignId: z.uuid(), words: z.string().trim().min(1).max(2000) }),
  async ({ campaignId, words }, { operator }) => {
    const proposed = await proposeEditInWords(campaignId, words, { by: operator.name });
    if (proposed.outcome === "applied") await wakeMailboxes();
    revalidatePath("/", "layout");
    redirect(`/approvals/${proposed.approvalId}`);
  },
);

/** Pauses, resumes or stops a running campaign. */
export const setStatus = actionFor(
  "operator",
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
export const settle = actionFor(
  "operator",
  z.object({ id: z.uuid(), answer: z.enum(["found", "again", "drop"]) }),
  async ({ id, answer }, { db }) => {
    const done = await settleSend(db, id, answer);
    if (answer === "again") await wakeMailboxes();
    revalidatePath("/", "layout");
    return done;
  },
);
