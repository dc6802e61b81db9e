import "server-only";
import { AGENTS, AgentDefinitionError, readAgentDefinition } from "@/lib/agents/definition";
import { ensure, unwrap } from "@/lib/server/database-error";
import { env } from "@/lib/server/env";
import { logger } from "@/lib/server/logger";
import { serviceDb } from "@/lib/server/service-client";

/**
 * Writes down that a time in auto has ended, and takes back what is no longer earned: also what was earned with another
 * definition or model than the next run will use. Names what was put into plan.
 */
export async function checkTrust(): Promise<string[]> {
  await Promise.all(AGENTS.map(noteAgent));
  const rows = unwrap(await serviceDb().rpc("check_trust", {}));
  return rows.map((row) => row.checkpoint);
}

async function noteAgent(agent: (typeof AGENTS)[number]): Promise<void> {
  try {
    const { version, model } = await readAgentDefinition(agent);
    ensure(
      await serviceDb().rpc("note_definition", {
        p_agent: agent,
        p_version: version,
        p_model: model ?? env().CLAUDE_MODEL,
      }),
    );
  } catch (error) {
    // A definition that cannot be read proposes nothing, so there is nothing to trust; Settings says what is wrong with it.
    if (!(error instanceof AgentDefinitionError)) throw error;
    logger.warn({ err: error, agent }, "the definition cannot be read");
  }
}
