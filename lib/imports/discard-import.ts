import "server-only";
import type { Db } from "@/lib/server/client-options";
import { unwrap } from "@/lib/server/database-error";

/** Throws an import and its rows away; false when it was started or thrown away before. */
export async function discardImport(db: Db, id: string): Promise<boolean> {
  return unwrap(await db.rpc("discard_import", { p_id: id }));
}
