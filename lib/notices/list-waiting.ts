import "server-only";
import type { Db } from "@/lib/server/client-options";
import { unwrap } from "@/lib/server/database-error";
import type { DesktopKind, WaitingItem } from "./desktop-kinds";

/** More would only be told as one sum. */
const NEWEST = 20;

const LISTERS: Readonly<Record<DesktopKind, (db: Db) => Promise<WaitingItem[]>>> = {
  approval: async (db) => {
    const rows = unwrap(
      await db
        .from("approval_queue")
        .select("id, title, summary, requested_at")
        .eq("status", "pending")
        .or(`snoozed_until.is.null,snoozed_until.lte.${new Date().toISOString()}`)
        .order("requested_at", { ascending: false })
        .limit(NEWEST),
    );
    return rows.map((row) => ({
      id: `approval:${row.id}`,
      title: `Waits for you: ${row.title}`,
      body: row.summary,
      href: `/approvals/${row.id}`,
      at: row.requested_at,
    }));
  },
  reply: async (db) => {
    const rows = unwrap(
      await db
        .from("synced_emails")
        .select("id, category, from_name, from_email, subject, received_at, routed_at")
        .eq("status", "needs_person")
        .in("category", ["interested", "pricing_given"])
        .order("received_at", { ascending: false })
        .limit(NEWEST),
    );
    return rows.map((row) => ({
      id: `reply:${row.id}`,
      title: `${row.category === "interested" ? "Interested" : "Price given"}: ${row.from_name || row.from_email || "unknown sender"}`,
      body: row.subject || "No subject",
      href: `/replies/${row.id}`,
      // A mail can be read long after it came in; it waits since it was routed.
      at: row.routed_at ?? row.received_at,
    }));
  },
  demotion: (db) => listOpenNotices(db, "checkpoint.%"),
  agents: (db) => listOpenNotices(db, "agents.paused"),
  mailbox: async (db) => {
    const rows = unwrap(
      await db
        .from("mailboxes")
        .select("id, address, status, status_reason, sync_error")
        .or("auto_paused.is.true,sync_error.not.is.null")
        .order("address")
        .limit(NEWEST),
    );
    return rows.map((row) => ({
      id: `mailbox:${row.id}`,
      title: `${row.address} ${row.sync_error ? "cannot be read" : "was paused"}`,
      body: row.sync_error ?? row.status_reason ?? "Too many of its mails failed.",
      href: "/settings/mailboxes",
      at: null,
    }));
  },
};

async function listOpenNotices(db: Db, kind: string): Promise<WaitingItem[]> {
  const rows = unwrap(
    await db
      .from("notices")
      .select("id, title, body, href, at")
      .like("kind", kind)
      .is("acknowledged_at", null)
      .order("at", { ascending: false })
      .limit(NEWEST),
  );
  return rows.map((row) => ({
    id: `notice:${row.id}`,
    title: row.title,
    body: row.body,
    href: row.href ?? "/",
    at: row.at,
  }));
}

/** What waits, of the kinds an operator wants to be told about; the newest of each. */
export async function listWaiting(db: Db, kinds: readonly DesktopKind[]): Promise<WaitingItem[]> {
  const lists = await Promise.all(kinds.map((kind) => LISTERS[kind](db)));
  return lists.flat();
}
