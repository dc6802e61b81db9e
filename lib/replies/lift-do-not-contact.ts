import "server-only";
import type { Db } from "@/lib/server/client-options";
import { unwrap } from "@/lib/server/database-error";

/**
 * Lifts "never again" from a contact or a company: an admin's to do, with a reason. Nothing starts again by itself, and an
 * excluded address stays excluded. False when it was not set.
 */
export async function liftDoNotContact(
  db: Db,
  kind: "contact" | "company",
  id: string,
  reason: string,
): Promise<boolean> {
  return unwrap(await db.rpc("lift_do_not_contact", { p_kind: kind, p_id: id, p_reason: reason }));
}
