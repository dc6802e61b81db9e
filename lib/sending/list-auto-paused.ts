import "server-only";
import type { Db } from "@/lib/server/client-options";
import { unwrap } from "@/lib/server/database-error";

export interface AutoPaused {
  readonly kind: "mailbox" | "campaign";
  readonly id: string;
  readonly name: string;
  readonly reason: string;
}

/** Mailboxes and campaigns the product paused by itself, with the figures that made it. */
export async function listAutoPaused(db: Db): Promise<AutoPaused[]> {
  const [mailboxes, campaigns] = await Promise.all([
    db
      .from("mailboxes")
      .select("id, address, status_reason")
      .eq("auto_paused", true)
      .eq("status", "paused")
      .order("address"),
    db
      .from("campaigns")
      .select("id, name, status_reason")
      .eq("auto_paused", true)
      .eq("status", "paused")
      .order("name")
      .limit(20),
  ]);
  return [
    ...unwrap(mailboxes).map((row) => ({
      kind: "mailbox" as const,
      id: row.id,
      name: row.address,
      reason: row.status_reason ?? "",
    })),
    ...unwrap(campaigns).map((row) => ({
      kind: "campaign" as const,
      id: row.id,
      name: row.name,
      reason: row.status_reason ?? "",
    })),
  ];
}
