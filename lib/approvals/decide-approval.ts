import "server-only";
import { z } from "zod";
import { checkPayloads } from "@/lib/criteria/check-payloads";
import { buyerCriteriaSchema } from "@/lib/criteria/criteria";
import { loadLookups } from "@/lib/criteria/lookups";
import { searchTags } from "@/lib/criteria/search-tags";
import type { Db } from "@/lib/server/client-options";
import type { Json } from "@/lib/server/database.types";
import { unwrap, unwrapMaybe } from "@/lib/server/database-error";
import { Refused } from "@/lib/server/refused";
import {
  type BackToSourcing,
  type Checkpoint,
  checkpointSchema,
  classificationEditsSchema,
  payloadEditsSchema,
  payloadProposalSchema,
} from "./proposals";

export const decisionSchema = z.object({
  decision: z.enum(["approve", "reject", "request_changes"]),
  feedback: z.string().max(5000).optional(),
  edits: z.unknown().optional(),
  contentHash: z.string().min(1, "send the contentHash of the proposal you saw"),
  /** With changes asked of a campaign: these contacts are not what was wanted, so new payloads come first. */
  again: z.literal("sourcing").optional(),
});
export type DecisionInput = z.infer<typeof decisionSchema>;

const outcomeSchema = z.object({
  outcome: z.enum(["decided", "already_decided", "changed", "not_found"]),
  runKey: z.string().optional(),
  checkpoint: checkpointSchema.optional(),
  status: z.string().optional(),
  revision: z.number().optional(),
  contentHash: z.string().optional(),
  decidedBy: z.string().nullish(),
  decidedAt: z.string().nullish(),
});
export type DecisionOutcome = z.infer<typeof outcomeSchema>;

/** Whose proposals a checkpoint shows. */
export const AGENT_OF: Readonly<Record<Checkpoint, string>> = {
  sourcing: "sourcing-agent",
  extraction: "sourcing-agent",
  campaign: "campaign-rules",
  classification: "response-classifier",
};

/**
 * Decides an approval once, bound to the hash of what was shown. Losing a race is an outcome, not an error.
 * @throws {Refused} for missing words or edits that do not pass the checks.
 */
export async function decideApproval(db: Db, id: string, input: DecisionInput): Promise<DecisionOutcome> {
  if (input.decision !== "approve" && !input.feedback?.trim())
    throw Refused.fields([
      {
        path: "feedback",
        message: input.decision === "reject" ? "Say why it is rejected." : "Say what should change.",
      },
    ]);
  const approval = unwrapMaybe(
    await db.from("approval_queue").select("checkpoint, search_id").eq("id", id).maybeSingle(),
  );
  if (!approval) return { outcome: "not_found" };
  const checkpoint = checkpointSchema.parse(approval.checkpoint);
  const backToSourcing = await readBackToSourcing(db, checkpoint, approval.search_id, input);
  const edits =
    input.decision === "approve" ? await checkEdits(db, checkpoint, input.edits) : (backToSourcing ?? null);
  return outcomeSchema.parse(
    unwrap(
      await db.rpc("decide_approval", {
        p_id: id,
        p_decision: input.decision,
        p_content_hash: input.contentHash,
        p_feedback: input.feedback,
        p_edits: edits ?? undefined,
        p_agent: backToSourcing ? AGENT_OF.sourcing : AGENT_OF[checkpoint],
        p_tags: await tagsOf(db, approval.search_id),
      }),
    ),
  );
}

/** Which payloads a person sends back with a campaign, or undefined when only the campaign is to change. */
async function readBackToSourcing(
  db: Db,
  checkpoint: Checkpoint,
  searchId: string | null,
  { decision, again }: DecisionInput,
): Promise<BackToSourcing | undefined> {
  if (!again) return undefined;
  if (checkpoint !== "campaign" || decision !== "request_changes" || !searchId)
    throw Refused.fields([
      { path: "again", message: "Only changes asked of a campaign can send its search back to sourcing." },
    ]);
  const latest = unwrap(
    await db
      .from("approval_queue")
      .select("revision, proposal")
      .eq("run_key", `search:${searchId}`)
      .eq("checkpoint", "sourcing")
      .order("revision", { ascending: false })
      .limit(1),
  )[0];
  const payloads = payloadProposalSchema.safeParse(latest?.proposal).data?.payloads ?? [];
  if (!latest || payloads.length === 0)
    throw Refused.fields([
      {
        path: "again",
        message:
          "These contacts came from a file, so there are no payloads to change. Duplicate the search instead.",
      },
    ]);
  return { again, sourcingRevision: latest.revision };
}

async function checkEdits(db: Db, checkpoint: Checkpoint, edits: unknown): Promise<Json | null> {
  if (edits === undefined || edits === null) return null;
  if (checkpoint === "campaign")
    throw Refused.fields([
      {
        path: "edits",
        message: "A campaign is edited on its page first; the new plan is then approved as shown.",
      },
    ]);
  const schema = checkpoint === "classification" ? classificationEditsSchema : payloadEditsSchema;
  const parsed = schema.safeParse(edits);
  if (!parsed.success)
    throw Refused.fields(
      parsed.error.issues.map((issue) => ({
        path: ["edits", ...issue.path].join("."),
        message: issue.message,
      })),
    );
  if ("payloads" in parsed.data) {
    const problems = checkPayloads(parsed.data.payloads, await loadLookups(db));
    if (problems.length > 0)
      throw Refused.fields(problems.map((message) => ({ path: "edits.payloads", message })));
  }
  return parsed.data as Json;
}

/** The tags under which words about a search's proposals are kept. */
export async function tagsOf(db: Db, searchId: string | null): Promise<string[]> {
  if (!searchId) return [];
  const search = unwrapMaybe(await db.from("searches").select("criteria").eq("id", searchId).maybeSingle());
  const criteria = buyerCriteriaSchema.safeParse(search?.criteria);
  return criteria.success ? searchTags(criteria.data, await loadLookups(db)) : [];
}
