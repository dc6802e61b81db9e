import "server-only";
import { describePayload, type PayloadFact } from "@/lib/criteria/describe-payload";
import { diffPayloads, type PayloadChange } from "@/lib/criteria/diff-payloads";
import { loadLookups } from "@/lib/criteria/lookups";
import type { Db } from "@/lib/server/client-options";
import { unwrap } from "@/lib/server/database-error";
import type { Approval } from "./get-approval";
import { payloadEditsSchema, payloadProposalSchema } from "./proposals";

interface DescribedPayload {
  readonly title: string;
  readonly reasoning: string;
  readonly facts: readonly PayloadFact[];
  readonly json: string;
}

export interface DescribedPayloads {
  readonly strategy: string;
  readonly payloads: readonly DescribedPayload[];
  readonly json: string;
  readonly diff: {
    readonly feedback: string | null;
    readonly by: string | null;
    readonly changes: PayloadChange[];
  } | null;
}

/** A payload approval in words: each payload's facts, and what changed since the revision before it. */
export async function describePayloads(
  db: Db,
  approval: Approval,
  earlier: readonly Approval[],
): Promise<DescribedPayloads> {
  const lookups = await loadLookups(db, { withRetired: true });
  const proposal = payloadProposalSchema.parse(approval.proposal);
  const edits = payloadEditsSchema.safeParse(approval.edits);
  const payloads = edits.success ? edits.data.payloads : proposal.payloads;
  const asked = earlier.findLast((revision) => revision.status === "changes_requested");
  return {
    strategy: proposal.strategy,
    payloads: payloads.map(({ title, reasoning, payload }) => ({
      title,
      reasoning,
      facts: describePayload(payload, lookups),
      json: JSON.stringify(payload, null, 2),
    })),
    json: JSON.stringify(payloads, null, 2),
    diff: asked
      ? {
          feedback: asked.feedback,
          by: asked.decided_by,
          changes: diffPayloads(payloadProposalSchema.parse(asked.proposal).payloads, payloads, lookups),
        }
      : null,
  };
}

/** The learnings that were forced into the prompt of the run behind an approval. */
export async function loadInjectedLearnings(db: Db, agentRunId: string | null) {
  if (!agentRunId) return [];
  return unwrap(await db.from("agent_run_learnings").select("feedback_id, line").eq("run_id", agentRunId));
}

/** Every category a reply can have, with what each does, as an operator reads it. */
export async function loadRoutingRules(db: Db) {
  return unwrap(await db.from("routing_rules").select("category, title, action").order("position"));
}
