import "server-only";
import type { Db } from "@/lib/server/client-options";
import { ensure, unwrap } from "@/lib/server/database-error";

/** What auto let through and nobody has looked back at yet, newest first, with how many there are in all. */
export async function listLookBack(db: Db, limit = 8) {
  const answer = await db
    .from("approval_queue")
    .select("id, checkpoint, title, summary, requested_at", { count: "exact" })
    .eq("sampled", true)
    .is("verdict", null)
    .order("requested_at", { ascending: false })
    .order("id", { ascending: false })
    .limit(limit);
  ensure(answer);
  return { items: unwrap(answer), count: answer.count ?? 0 };
}
