import "server-only";
import { z } from "zod";
import type { Db } from "@/lib/server/client-options";
import { unwrapMaybe } from "@/lib/server/database-error";
import { describeSends } from "./describe-sends";

/** One send with everything known of it and why it has not gone yet; null when there is none of this id. */
export async function getSend(db: Db, id: string) {
  if (!z.uuid().safeParse(id).success) return null;
  const send = unwrapMaybe(
    await db
      .from("sends")
      .select(
        "id, kind, step, status, reason, due_at, handed_at, sent_at, to_email, subject, body, attempts, needs_person, bounced_at, message_id, idempotency_key, contacts(id, full_name), enrollments(status, reason, time_zone), campaigns(id, name, status), mailboxes(address, status)",
      )
      .eq("id", id)
      .maybeSingle(),
  );
  if (!send) return null;
  const [described] = await describeSends(db, [send]);
  return described ?? null;
}
