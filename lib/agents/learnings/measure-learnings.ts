import "server-only";
import { unwrap } from "@/lib/server/database-error";
import { serviceDb } from "@/lib/server/service-client";

/**
 * Tells what learnings came to where enough has happened since; an extraction that ends does so by itself.
 * @returns how many were measured now.
 */
export async function measureLearnings(): Promise<number> {
  return unwrap(await serviceDb().rpc("measure_learnings", {}));
}
