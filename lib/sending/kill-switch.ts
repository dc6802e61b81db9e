import "server-only";
import type { Db } from "@/lib/db/client-options";
import { ensure } from "@/lib/db/errors";

/** Pulls or releases the kill switch; every reservation reads it, so it holds from the next hand-over on. */
export async function setKillSwitch(db: Db, pulled: boolean, reason = "sending resumed"): Promise<void> {
  ensure(await db.rpc("set_kill_switch", { p_pulled: pulled, p_reason: reason }));
}
