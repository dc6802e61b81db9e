import "server-only";
import type { Db } from "@/lib/server/client-options";
import { ensure, unwrap } from "@/lib/server/database-error";

/** Pulls or releases the kill switch; every reservation reads it, so it holds from the next hand-over on. */
export async function setKillSwitch(db: Db, pulled: boolean, reason = "sending resumed"): Promise<void> {
  ensure(await db.rpc("set_kill_switch", { p_pulled: pulled, p_reason: reason }));
}

export interface KillSwitch {
  readonly pulled: boolean;
  readonly reason: string | null;
  readonly changedBy: string;
  readonly changedAt: string;
}

/** Whether sending is stopped, by whom and why. */
export async function readKillSwitch(db: Db): Promise<KillSwitch> {
  const row = unwrap(await db.from("kill_switch").select("*").eq("id", 1).single());
  return { pulled: row.pulled, reason: row.reason, changedBy: row.changed_by, changedAt: row.changed_at };
}
