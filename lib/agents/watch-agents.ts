import "server-only";
import { ensure } from "@/lib/server/database-error";
import { serviceDb } from "@/lib/server/service-client";
import { readAgentPause } from "./circuit";
import { pingProvider } from "./ping";

export type Watched =
  | { readonly outcome: "running" }
  | { readonly outcome: "resumed" }
  | { readonly outcome: "paused"; readonly until: string; readonly reason: string };

/** Each minute: ends what died while it ran, and, while agents are paused, asks whether the provider is back. */
export async function watchAgents(): Promise<Watched> {
  const db = serviceDb();
  ensure(await db.rpc("tidy_agent_runs", {}));
  if (!(await readAgentPause(db))) return { outcome: "running" };
  const ping = await pingProvider();
  return ping.outcome === "answered" ? { outcome: "resumed" } : ping;
}
