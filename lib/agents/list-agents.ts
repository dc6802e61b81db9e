import "server-only";
import type { Db } from "@/lib/server/client-options";
import { unwrapMaybe } from "@/lib/server/database-error";
import { AGENTS, parseDefinition } from "./definition-text";
import { loadLiveDefinition } from "./definitions";

/** Every agent with what it runs with now and whether a candidate runs beside it. */
export async function listAgents(db: Db) {
  return Promise.all(
    AGENTS.map(async (agent) => {
      const [live, shadow] = await Promise.all([
        loadLiveDefinition(db, agent),
        db
          .from("agent_shadows")
          .select("id, version, started_at")
          .eq("agent", agent)
          .eq("status", "running")
          .maybeSingle(),
      ]);
      return { live, shadow: unwrapMaybe(shadow), ...readFrontMatter(live.source) };
    }),
  );
}
export type ListedAgent = Awaited<ReturnType<typeof listAgents>>[number];

function readFrontMatter(source: string): { description: string; model: string | null } {
  try {
    const { description, model } = parseDefinition(source);
    return { description, model: model ?? null };
  } catch {
    // The page says on its own that this text cannot be used.
    return { description: "", model: null };
  }
}
