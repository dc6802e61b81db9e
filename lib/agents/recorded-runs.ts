import "server-only";
import type { Db } from "@/lib/server/client-options";
import { unwrap } from "@/lib/server/database-error";
import type { AgentName } from "./definition-text";

/** Live runs whose input was kept, newest first: what a draft can be tested on. */
export async function listRecordedRuns(db: Db, agent: AgentName, limit = 20) {
  return unwrap(
    await db
      .from("agent_runs")
      .select("id, purpose, status, started_at, cost_microusd, duration_ms")
      .eq("agent", agent)
      .eq("kind", "live")
      .neq("status", "running")
      .not("schema_hash", "is", null)
      .order("started_at", { ascending: false })
      .order("id", { ascending: false })
      .limit(limit),
  );
}
