import "server-only";
import { Temporal } from "temporal-polyfill";
import { z } from "zod";
import { unwrap } from "@/lib/db/errors";
import { serviceDb } from "@/lib/db/service-client";
import { logger } from "@/lib/log/logger";
import { readFeedback } from "../read-feedback";
import { BadCampaignChangeError } from "../revise-campaign";
import { applyEdit } from "./apply-edit";
import { editChangesSchema, editProposalSchema } from "./edit-proposal";
import { proposeEdit } from "./propose-edit";

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

/** Words about an edit are read by the schedule's rules, as those about a plan are; what they cannot read is said. */
async function reviseEdit(approvalId: string): Promise<string> {
  const db = serviceDb();
  const approval = unwrap(await db.from("approval_queue").select("*").eq("id", approvalId).single());
  const proposal = editProposalSchema.parse(approval.proposal);
  const { campaignId, revision, timeZone } = proposal;
  const edit = unwrap(
    await db
      .from("campaign_edits")
      .select("changes, made_by, campaigns(window_start)")
      .eq("campaign_id", campaignId)
      .eq("revision", revision)
      .single(),
  );
  const words = approval.feedback ?? "";
  const read = readFeedback(words, Temporal.Now.plainDateISO(timeZone).toString());
  const understood = read.understood.filter((line) => !line.startsWith("leaves out"));
  const changes = editChangesSchema.parse(edit.changes);
  try {
    await proposeEdit(
      campaignId,
      {
        ...changes,
        ...(read.startDate
          ? { startAt: startOfDay(read.startDate, edit.campaigns.window_start, timeZone) }
          : {}),
        ...(read.perDayLimit ? { dailyLimit: read.perDayLimit } : {}),
        ...(read.gaps ? { gaps: [...read.gaps] } : {}),
      },
      {
        by: edit.made_by,
        notes: [
          `You said: "${words}"`,
          ...(understood.length > 0
            ? understood
            : [
                "nothing in these words is a rule the schedule knows; change the mails on the campaign's page",
              ]),
        ],
      },
    );
    return "proposed again";
  } catch (error) {
    // Everything left meanwhile, or the campaign ended: then there is nothing to ask about any more.
    if (!(error instanceof BadCampaignChangeError)) throw error;
    logger.info({ campaignId, reason: error.message }, "an edit was not proposed again");
    unwrap(await db.rpc("drop_campaign_edit", { p_campaign_id: campaignId, p_revision: revision }));
    return "dropped";
  }
}

function startOfDay(date: string, windowStart: string, timeZone: string): string {
  return Temporal.PlainDate.from(date)
    .toZonedDateTime({ timeZone, plainTime: windowStart.slice(0, 5) })
    .toInstant()
    .toString();
}
