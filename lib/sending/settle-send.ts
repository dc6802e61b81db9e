import "server-only";
import type { Db } from "@/lib/server/client-options";
import { unwrap } from "@/lib/server/database-error";

export type SettleAnswer = "found" | "again" | "drop";

/** A person settles a mail nobody could find: it was found, send it again, or drop it. False when it was settled before. */
export async function settleSend(db: Db, id: string, answer: SettleAnswer): Promise<boolean> {
  return unwrap(await db.rpc("settle_send", { p_id: id, p_answer: answer }));
}
