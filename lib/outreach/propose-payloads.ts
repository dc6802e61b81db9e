import "server-only";
import { runAgent } from "@/lib/agents/run-agent";
import { checkPayloads } from "@/lib/criteria/check-payloads";
import { buyerCriteriaSchema } from "@/lib/criteria/criteria";
import { loadLookups } from "@/lib/criteria/lookups";
import { searchTags } from "@/lib/criteria/search-tags";
import { type SourcingAnswer, sourcingAnswerSchema } from "@/lib/criteria/sourcing-answer";
import { unwrap } from "@/lib/server/database-error";
import { serviceDb } from "@/lib/server/service-client";

export interface SourcingProposal extends SourcingAnswer {
  readonly agentRunId: string;
}

/**
 * Has `sourcing-agent` turn a search's criteria into payloads, checked for shape and against the lookups.
 * @param revise the last proposal and a person's words about it, when this is a revision.
 * @throws {AgentError} when no valid answer comes after one repair round.
 */
export async function proposePayloads(
  searchId: string,
  revise?: { readonly previous: SourcingAnswer; readonly feedback: string },
): Promise<SourcingProposal> {
  const db = serviceDb();
  const search = unwrap(await db.from("searches").select("name, criteria").eq("id", searchId).single());
  const lookups = await loadLookups(db);
  const criteria = buyerCriteriaSchema.parse(search.criteria);
  const { runId, output } = await runAgent({
    agent: "sourcing-agent",
    purpose: revise ? `Revise the payloads of ${search.name}` : `Propose payloads for ${search.name}`,
    input: { criteria, lookups, today: new Date().toISOString().slice(0, 10), ...revise },
    schema: sourcingAnswerSchema,
    check: (answer) => checkPayloads(answer.payloads, lookups),
    tags: searchTags(criteria, lookups),
    searchId,
  });
  return { ...output, agentRunId: runId };
}
