import "server-only";
import type { Db } from "@/lib/server/client-options";
import { unwrap } from "@/lib/server/database-error";

/** What the system did by itself and nobody has said they saw, newest first. */
export async function listNotices(db: Db) {
  return unwrap(
    await db
      .from("notices")
      .select("id, at, kind, tone, title, body, href")
      .is("acknowledged_at", null)
      .order("at", { ascending: false })
      .limit(10),
  );
}

/** A person has seen a notice; false when somebody had before. */
export async function acknowledgeNotice(db: Db, id: string): Promise<boolean> {
  return unwrap(await db.rpc("acknowledge_notice", { p_id: id }));
}
