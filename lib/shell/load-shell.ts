import "server-only";
import { notSnoozed } from "@/lib/replies/list-replies";
import { countUnread } from "@/lib/replies/mark-reply";
import { type KillSwitch, readKillSwitch } from "@/lib/sending/kill-switch";
import type { Db } from "@/lib/server/client-options";
import { ensure } from "@/lib/server/database-error";

export interface ShellFacts {
  readonly counts: { queue: number; searches: number; campaigns: number; replies: number; unread: number };
  readonly killSwitch: KillSwitch;
}

/** What the frame around every page shows: how much waits where, and whether sending is on. */
export async function loadShell(db: Db): Promise<ShellFacts> {
  const [queue, searches, campaigns, replies, unread, killSwitch] = await Promise.all([
    db.from("approval_queue").select("id", { count: "exact", head: true }).eq("status", "pending"),
    db
      .from("searches")
      .select("id", { count: "exact", head: true })
      .in("status", ["new", "sourcing", "extracting", "scheduling"]),
    db.from("campaigns").select("id", { count: "exact", head: true }).eq("status", "active"),
    db
      .from("synced_emails")
      .select("id", { count: "exact", head: true })
      .eq("status", "needs_person")
      .or(notSnoozed()),
    countUnread(db),
    readKillSwitch(db),
  ]);
  for (const answer of [queue, searches, campaigns, replies]) ensure(answer);
  return {
    counts: {
      queue: queue.count ?? 0,
      searches: searches.count ?? 0,
      campaigns: campaigns.count ?? 0,
      replies: replies.count ?? 0,
      unread,
    },
    killSwitch,
  };
}
