import "server-only";
import type { Db } from "@/lib/server/client-options";
import { unwrap } from "@/lib/server/database-error";

/** "Not now": puts a waiting approval off until `until`; false when it no longer waits. */
export async function snoozeApproval(db: Db, id: string, until: Date): Promise<boolean> {
  return unwrap(await db.rpc("snooze_approval", { p_id: id, p_until: until.toISOString() }));
}

/** Brings an expired approval back into the queue; false when it is not expired. */
export async function reopenApproval(db: Db, id: string): Promise<boolean> {
  return unwrap(await db.rpc("reopen_approval", { p_id: id }));
}
