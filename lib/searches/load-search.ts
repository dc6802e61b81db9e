import "server-only";
import { z } from "zod";
import { type BuyerCriteria, buyerCriteriaSchema } from "@/lib/criteria/criteria";
import { type ProposedPayload, proposedPayloadSchema } from "@/lib/criteria/sourcing-answer";
import type { Db } from "@/lib/server/client-options";
import { unwrap, unwrapMaybe } from "@/lib/server/database-error";

const APPROVAL_COLUMNS =
  "id, checkpoint, revision, status, mode, title, requested_at, decided_at, decided_by, feedback, snoozed_until" as const;

/**
 * A search with its approvals and campaign, newest approval first; null when there is none of this id.
 * Its payloads are those that were approved, or, until then, those proposed last.
 */
export async function loadSearch(db: Db, id: string) {
  if (!z.uuid().safeParse(id).success) return null;
  const row = unwrapMaybe(
    await db
      .from("searches")
      .select(
        `id, name, buyer_name, criteria, source, status, status_reason, strategy, payloads, created_by, created_at, updated_at,
        approval_queue!approval_queue_search_id_fkey(${APPROVAL_COLUMNS})`,
      )
      .eq("id", id)
      .order("requested_at", { referencedTable: "approval_queue", ascending: false })
      .maybeSingle(),
  );
  if (!row) return null;
  const campaign = unwrapMaybe(
    await db.from("campaigns").select("id, name, status, plan_revision").eq("search_id", id).maybeSingle(),
  );
  const criteria = buyerCriteriaSchema.safeParse(row.criteria);
  const approved = readPayloads(row.payloads);
  return {
    ...row,
    criteria: criteria.success ? criteria.data : null,
    rawCriteria: row.criteria,
    approvals: row.approval_queue,
    campaign,
    plan:
      approved.length > 0 ? { strategy: row.strategy ?? "", payloads: approved } : await loadProposed(db, id),
  };
}

export type LoadedSearch = NonNullable<Awaited<ReturnType<typeof loadSearch>>>;

export interface SearchPlan {
  readonly strategy: string;
  readonly payloads: readonly ProposedPayload[];
}

async function loadProposed(db: Db, searchId: string): Promise<SearchPlan | null> {
  const row = unwrapMaybe(
    await db
      .from("approval_queue")
      .select("proposal")
      .eq("search_id", searchId)
      .eq("checkpoint", "sourcing")
      .order("revision", { ascending: false })
      .limit(1)
      .maybeSingle(),
  );
  const proposal = z.object({ strategy: z.string(), payloads: z.unknown() }).safeParse(row?.proposal);
  if (!proposal.success) return null;
  return { strategy: proposal.data.strategy, payloads: readPayloads(proposal.data.payloads) };
}

function readPayloads(stored: unknown): ProposedPayload[] {
  const parsed = z.array(proposedPayloadSchema).safeParse(stored);
  return parsed.success ? parsed.data : [];
}

/** The criteria of an earlier search, to begin a new one with; null when it is gone or of an older shape. */
export async function loadCriteria(db: Db, id: string): Promise<BuyerCriteria | null> {
  if (!z.uuid().safeParse(id).success) return null;
  const row = unwrapMaybe(await db.from("searches").select("criteria").eq("id", id).maybeSingle());
  const parsed = buyerCriteriaSchema.safeParse(row?.criteria);
  return parsed.success ? parsed.data : null;
}

/** Every agent run made for a search, newest first, with the learnings that were in its prompt. */
export async function listSearchRuns(db: Db, searchId: string) {
  return unwrap(
    await db
      .from("agent_runs")
      .select(
        "id, agent, agent_version, purpose, model, status, attempts, duration_ms, input_tokens, output_tokens, cost_microusd, failure_kind, failure_message, started_at, agent_run_learnings(feedback_id, line)",
      )
      .eq("search_id", searchId)
      .order("started_at", { ascending: false })
      .order("id", { ascending: false })
      .limit(50),
  );
}

export type SearchRun = Awaited<ReturnType<typeof listSearchRuns>>[number];
