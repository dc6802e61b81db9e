import "server-only";
import type { Db } from "@/lib/db/client-options";
import { ensure, unwrap } from "@/lib/db/errors";

export interface ShellFacts {
  readonly counts: { queue: number; searches: number; campaigns: number; replies: number };
  readonly killSwitch: { pulled: boolean; reason: string | null; changedBy: string; changedAt: string };
}

/** What the frame around every page shows: how much waits where, and whether sending is on. */
export async function loadShell(db: Db): Promise<ShellFacts> {
  const [queue, searches, campaigns, replies, killSwitch] = await Promise.all([
    db.from("approval_queue").select("id", { count: "exact", head: true }).eq("status", "pending"),
    db
      .from("searches")
      .select("id", { count: "exact", head: true })
      .in("status", ["new", "sourcing", "extracting", "scheduling"]),
    db.from("campaigns").select("id", { count: "exact", head: true }).eq("status", "active"),
    db.from("synced_emails").select("id", { count: "exact", head: true }).eq("status", "needs_person"),
    db.from("kill_switch").select("*").eq("id", 1).single(),
  ]);
  for (const answer of [queue, searches, campaigns, replies]) ensure(answer);
  const row = unwrap(killSwitch);
  return {
    counts: {
      queue: queue.count ?? 0,
      searches: searches.count ?? 0,
      campaigns: campaigns.count ?? 0,
      replies: replies.count ?? 0,
    },
    killSwitch: {
      pulled: row.pulled,
      reason: row.reason,
      changedBy: row.changed_by,
      changedAt: row.changed_at,
    },
  };
}
