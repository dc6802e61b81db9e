import "server-only";
import type { Db } from "@/lib/server/client-options";
import { unwrap } from "@/lib/server/database-error";

const MOST = 100;

/** Sends of unknown fate with the evidence a person decides by, those that wait for a person first. */
export async function listUncertain(db: Db) {
  const [desk, sends] = await Promise.all([
    db.from("desk_settings").select("uncertain_grace_s").eq("id", 1).single(),
    db
      .from("sends")
      .select(
        "id, kind, step, subject, to_email, reason, handed_at, begun_at, attempts, needs_person, idempotency_key, contacts(id, full_name), campaigns(id, name), mailboxes(address, last_seen_at)",
      )
      .eq("status", "uncertain")
      .order("needs_person", { ascending: false })
      .order("handed_at")
      .limit(MOST),
  ]);
  return { sends: unwrap(sends), graceMinutes: Math.ceil(unwrap(desk).uncertain_grace_s / 60) };
}

export type UncertainSend = Awaited<ReturnType<typeof listUncertain>>["sends"][number];
