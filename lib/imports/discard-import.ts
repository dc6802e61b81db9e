import "server-only";
import type { Db } from "@/lib/db/client-options";
import { unwrap } from "@/lib/db/errors";

/** Throws an import and its rows away; false when it was started or thrown away before. */
export async function discardImport(db: Db, id: string): Promise<boolean> {
  return unwrap(await db.rpc("discard_import", { p_id: id }));
}
