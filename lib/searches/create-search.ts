import "server-only";
import { checkCriteria } from "@/lib/criteria/check-criteria";
import { loadLookups } from "@/lib/criteria/lookups";
import type { Db } from "@/lib/server/client-options";
import type { Json } from "@/lib/server/database.types";
import { unwrap } from "@/lib/server/database-error";
import { Refused } from "@/lib/server/refused";

/**
 * Stores a new search, exactly as the outreach loop will read it.
 * @returns its id.
 * @throws {Refused} before anything is stored.
 */
export async function createSearch(db: Db, input: unknown, source: "form" | "file" | "api"): Promise<string> {
  const checked = checkCriteria(input, await loadLookups(db));
  if (!checked.ok) throw new Refused("The criteria need another look.", { fields: checked.problems });
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
