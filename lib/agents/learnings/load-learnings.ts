import "server-only";
import type { AgentName } from "@/lib/agents/definition-text";
import { unwrap } from "@/lib/server/database-error";
import { serviceDb } from "@/lib/server/service-client";
import { fitLearnings, type Learning } from "./fit-learnings";

/**
 * The learnings the next prompt of this agent must carry: ranked by the database (pinned, shared tags, measured effect,
 * recency), fitted into the token budget here.
 * @param tags property types, markets and strategies, or a category: what the run is about.
 */
export async function loadLearnings(agent: AgentName, tags: readonly string[]): Promise<Learning[]> {
  const ranked = unwrap(await serviceDb().rpc("rank_learnings", { p_agent: agent, p_tags: [...tags] }));
  return fitLearnings(ranked);
}
