import "server-only";
import { z } from "zod";
import { unwrap } from "@/lib/server/database-error";
import { logger } from "@/lib/server/logger";
import { Refused } from "@/lib/server/refused";
import { serviceDb } from "@/lib/server/service-client";
import { applyEdit } from "./apply-edit";
import { editChangesSchema, editProposalSchema } from "./edit-proposal";
import { proposeEditInWords } from "./propose-edit-in-words";

const decidedSchema = z.array(
  z.object({
    approvalId: z.string(),
    campaignId: z.string(),
    status: z.enum(["approved", "changes_requested"]),
  }),
);
export type DecidedEdit = z.infer<typeof decidedSchema>[number];

/** Edits a person decided on that nobody acted on yet. */
export async function findDecidedEdits(): Promise<DecidedEdit[]> {
  return decidedSchema.parse(unwrap(await serviceDb().rpc("edits_decided")));
}

/** Acts on one decided edit: carries it out, or proposes it again with the words that asked for changes. */
export async function answerEdit({ approvalId, status }: DecidedEdit): Promise<string> {
  if (status === "approved") return (await applyEdit(approvalId)).outcome;
  return reviseEdit(approvalId);
}

/** Words about an edit are read by the rules that read those about a plan; what they cannot read is said. */
async function reviseEdit(approvalId: string): Promise<string> {
  const db = serviceDb();
  const approval = unwrap(await db.from("approval_queue").select("*").eq("id", approvalId).single());
  const { campaignId, revision } = editProposalSchema.parse(approval.proposal);
  const edit = unwrap(
    await db
      .from("campaign_edits")
      .select("changes, made_by")
      .eq("campaign_id", campaignId)
      .eq("revision", revision)
      .single(),
  );
  try {
    await proposeEditInWords(campaignId, approval.feedback ?? "", {
      to: editChangesSchema.parse(edit.changes),
      by: edit.made_by,
    });
    return "proposed again";
  } catch (error) {
    // Everything left meanwhile, or the campaign ended: then there is nothing to ask about any more.
    if (!(error instanceof Refused)) throw error;
    logger.info({ campaignId, reason: error.message }, "an edit was not proposed again");
    unwrap(await db.rpc("drop_campaign_edit", { p_campaign_id: campaignId, p_revision: revision }));
    return "dropped";
  }
}
