import "server-only";
import type { Db } from "@/lib/db/client-options";
import type { Tables } from "@/lib/db/database.types";
import { unwrap } from "@/lib/db/errors";

/** What happens with each category of reply, in the order Settings shows it. */
export async function listRoutingRules(db: Db): Promise<Tables<"routing_rules">[]> {
  return unwrap(await db.from("routing_rules").select("*").order("position"));
}
