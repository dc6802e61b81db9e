import "server-only";
import { z } from "zod";
import type { Db } from "@/lib/server/client-options";
import type { Json, Tables } from "@/lib/server/database.types";
import { unwrap } from "@/lib/server/database-error";

/** What an operator may change about a category; the database says which of them a category has. */
export const routingChangesSchema = z.object({
  priority: z.number().int().min(1, "1 is first").max(99, "99 is last").optional(),
  taskAfterDays: z.number().int().min(0).max(730, "two years at most").optional(),
  toPerson: z.boolean().optional(),
});
export type RoutingChanges = z.infer<typeof routingChangesSchema>;

/**
 * Changes what a category of reply does from the next mail on.
 * @throws {DatabaseError} 22023 with the reason, in words, when this category cannot change so.
 */
export async function updateRoutingRule(
  db: Db,
  category: string,
  changes: RoutingChanges,
  reason?: string,
): Promise<Tables<"routing_rules">> {
  return unwrap(
    await db.rpc("update_routing_rule", {
      p_category: category,
      p_changes: changes as Json,
      ...(reason ? { p_reason: reason } : {}),
    }),
  );
}
