import "server-only";
import { checkCriteria, type FieldProblem } from "@/lib/criteria/check-criteria";
import { loadLookups } from "@/lib/criteria/lookups";
import type { Db } from "@/lib/server/client-options";
import type { Json } from "@/lib/server/database.types";
import { unwrap } from "@/lib/server/database-error";

/** The criteria cannot be used as they are; every problem is named with its field. */
export class BadCriteriaError extends Error {
  override name = "BadCriteriaError";
  constructor(readonly problems: readonly FieldProblem[]) {
    super("The criteria need another look.");
  }
}

/**
 * Stores a new search, exactly as the outreach loop will read it.
 * @returns its id.
 * @throws {BadCriteriaError} before anything is stored.
 */
export async function createSearch(db: Db, input: unknown, source: "form" | "file" | "api"): Promise<string> {
  const checked = checkCriteria(input, await loadLookups(db));
  if (!checked.ok) throw new BadCriteriaError(checked.problems);
  const { criteria } = checked;
  const row = unwrap(
    await db
      .from("searches")
      .insert({
        name: criteria.criteria.name,
        buyer_name: criteria.buyer.name,
        criteria: criteria as unknown as Json,
        source,
      })
      .select("id")
      .single(),
  );
  return row.id;
}
