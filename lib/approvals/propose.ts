import "server-only";
import type { Json, Tables } from "@/lib/server/database.types";
import { unwrap } from "@/lib/server/database-error";
import { serviceDb } from "@/lib/server/service-client";
import type { Checkpoint } from "./proposals";

export interface Proposal {
  /** Names the run this belongs to, "search:<id>" or "email:<id>": the same run never asks the same thing twice. */
  readonly runKey: string;
  readonly checkpoint: Checkpoint;
  readonly revision: number;
  readonly title: string;
  /** One sentence: what will happen when this is approved. */
  readonly summary: string;
  readonly content: object;
  readonly searchId?: string;
  readonly campaignId?: string;
  readonly emailId?: string;
  readonly agentRunId?: string;
  /** Lower is more urgent. */
  readonly priority?: number;
  readonly deadlineAt?: string;
}

/** Opens an approval (or finds the one that stands for this revision). In auto mode it comes back approved. */
export async function propose(proposal: Proposal): Promise<Tables<"approval_queue">> {
  return unwrap(
    await serviceDb().rpc("propose", {
      p_run_key: proposal.runKey,
      p_checkpoint: proposal.checkpoint,
      p_revision: proposal.revision,
      p_title: proposal.title,
      p_summary: proposal.summary,
      p_proposal: proposal.content as Json,
      p_search_id: proposal.searchId,
      p_campaign_id: proposal.campaignId,
      p_email_id: proposal.emailId,
      p_agent_run_id: proposal.agentRunId,
      p_priority: proposal.priority,
      p_deadline_at: proposal.deadlineAt,
    }),
  );
}
