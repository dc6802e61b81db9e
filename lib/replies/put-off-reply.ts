import "server-only";
import type { Db } from "@/lib/server/client-options";
import { unwrap } from "@/lib/server/database-error";

/** Takes a mail off the list until then (at most a year); null brings it back. False when nothing changed. */
export async function snoozeReply(db: Db, emailId: string, until: Date | null): Promise<boolean> {
  return unwrap(
    await db.rpc("snooze_email", { p_id: emailId, p_until: (until?.toISOString() ?? null) as string }),
  );
}

/** Says who answers a mail; null is everybody. False when nothing changed. */
export async function assignReply(db: Db, emailId: string, operatorId: string | null): Promise<boolean> {
  return unwrap(await db.rpc("assign_email", { p_id: emailId, p_operator_id: operatorId as string }));
}
