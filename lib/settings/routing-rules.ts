import "server-only";
import type { Db } from "@/lib/server/client-options";
import type { Tables } from "@/lib/server/database.types";
import { unwrap } from "@/lib/server/database-error";

export type RoutingRule = Tables<"routing_rules">;

/** What happens with each category of reply, in the order Settings shows it. */
export async function listRoutingRules(db: Db): Promise<RoutingRule[]> {
  return unwrap(await db.from("routing_rules").select("*").order("position"));
}
