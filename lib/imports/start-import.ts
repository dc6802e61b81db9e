import "server-only";
import { z } from "zod";
import { checkCriteria } from "@/lib/criteria/check-criteria";
import { loadLookups } from "@/lib/criteria/lookups";
import type { Db } from "@/lib/server/client-options";
import type { Json } from "@/lib/server/database.types";
import { unwrap } from "@/lib/server/database-error";
import { Refused } from "@/lib/server/refused";

const startedSchema = z.object({
  outcome: z.enum(["started", "already_started", "changed", "not_waiting"]),
  searchId: z.string().nullish(),
  /** The run that waits for this decision, where one does */
  runKey: z.string().optional(),
  /** The stopped extraction that goes on with the file, where one does */
  extractionId: z.string().optional(),
});
export type StartedImport = z.infer<typeof startedSchema>;

/**
 * Starts a checked import as the source of its search's extraction: it decides the extraction checkpoint, or answers an
 * extraction that stopped. Bound to the check that was seen; losing a race is an outcome.
 */
export async function startImport(db: Db, id: string, checkNo: number): Promise<StartedImport> {
  return startedSchema.parse(unwrap(await db.rpc("start_import", { p_id: id, p_check_no: checkNo })));
}

/**
 * Makes a search out of a checked import and starts it. The sourcing agent has nothing to do for it.
 * @param criteria the whole shape of buyer criteria; name, buyer, property types and markets are enough.
 * @throws {Refused} before anything is stored.
 */
export async function startImportSearch(
  db: Db,
  id: string,
  checkNo: number,
  criteria: unknown,
): Promise<StartedImport> {
  const checked = checkCriteria(criteria, await loadLookups(db));
  if (!checked.ok) throw new Refused("The criteria need another look.", { fields: checked.problems });
  return startedSchema.parse(
    unwrap(
      await db.rpc("start_import_search", {
        p_id: id,
        p_check_no: checkNo,
        p_name: checked.criteria.criteria.name,
        p_buyer_name: checked.criteria.buyer.name,
        p_criteria: checked.criteria as unknown as Json,
      }),
    ),
  );
}
