import "server-only";
import { unwrap } from "@/lib/server/database-error";
import { serviceDb } from "@/lib/server/service-client";

/**
 * Moves a search to its next status; true when it is there now, false when it was somewhere else altogether.
 * @throws {DatabaseError} when no transition leads there.
 */
export async function moveSearch(
  searchId: string,
  from: readonly string[],
  to: string,
  reason?: string,
): Promise<boolean> {
  return unwrap(
    await serviceDb().rpc("move_search", { p_id: searchId, p_from: [...from], p_to: to, p_reason: reason }),
  );
}
