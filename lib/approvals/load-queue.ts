import "server-only";
import type { Db } from "@/lib/server/client-options";
import { ensure, unwrap } from "@/lib/server/database-error";
import { listWaiting } from "./list-approvals";

/** Everything that waits for a person, in one read of home. */
export async function loadQueue(db: Db) {
  const [approvals, replies, stopped, uncertain] = await Promise.all([
    listWaiting(db),
    db
      .from("synced_emails")
      .select("id, subject, from_email, from_name, category, visible_text, reason, received_at, priority")
      .eq("status", "needs_person")
      .order("priority")
      .order("received_at", { ascending: false })
      .limit(8),
    db
      .from("extractions")
      .select("id, reason, updated_at, search_id, searches(name)")
      .eq("status", "stopped")
      .order("updated_at", { ascending: false })
      .limit(5),
    db
      .from("sends")
      .select("id", { count: "exact", head: true })
      .eq("status", "uncertain")
      .eq("needs_person", true),
  ]);
  ensure(uncertain);
  return {
    approvals,
    replies: unwrap(replies),
    stoppedExtractions: unwrap(stopped),
    uncertainSends: uncertain.count ?? 0,
  };
}
