import "server-only";
import type { AgentsPausedError } from "@/lib/agents/failure";
import { ensure } from "@/lib/server/database-error";
import { serviceDb } from "@/lib/server/service-client";

/** Says on a search why nothing moves while agents are paused. Its next move takes the words away again. */
export async function showPause(searchId: string, pause: AgentsPausedError): Promise<void> {
  ensure(
    await serviceDb()
      .from("searches")
      .update({ status_reason: `Waits for the sourcing agent: ${pause.reason} It goes on by itself.` })
      .eq("id", searchId)
      .eq("status", "sourcing"),
  );
}
