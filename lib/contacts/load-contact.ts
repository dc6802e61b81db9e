import "server-only";
import { z } from "zod";
import { describeSends } from "@/lib/sending/describe-sends";
import type { Db } from "@/lib/server/client-options";
import { unwrap, unwrapMaybe } from "@/lib/server/database-error";
import { sayContactStatus } from "./contact-status";

const MOST = 100;

/** A contact with the company, its properties and every campaign it is in; null when there is none of this id. */
export async function loadContact(db: Db, id: string) {
  if (!z.uuid().safeParse(id).success) return null;
  const row = unwrapMaybe(
    await db
      .from("contacts")
      .select(
        `id, full_name, title, email, phones, time_zone, do_not_contact_at, do_not_contact_reason, bounced_at, mail_status, source, created_at,
        company:companies(id, name, address, state, phones, do_not_contact_at, do_not_contact_reason,
          properties(id, address, city, state, property_type, building_sf, year_built)),
        enrollments(id, status, reason, resume_at, time_zone, created_at, campaigns(id, name, status), properties(address, city)),
        search_contacts(searches(id, name), properties(address, city))`,
      )
      .eq("id", id)
      .order("created_at", { referencedTable: "enrollments", ascending: false })
      .order("address", { referencedTable: "company.properties" })
      .limit(MOST, { referencedTable: "company.properties" })
      .maybeSingle(),
  );
  if (!row) return null;
  return { ...row, status: sayContactStatus(row.mail_status) };
}

export type LoadedContact = NonNullable<Awaited<ReturnType<typeof loadContact>>>;

/** Every mail to a contact, newest first, each with why it has not left. */
export async function listContactSends(db: Db, contactId: string) {
  const sends = await db
    .from("sends")
    .select(
      "id, kind, step, status, due_at, sent_at, to_email, subject, body, reason, campaigns(id, name, status, status_reason), enrollments(status, reason, time_zone), mailboxes(address, status, status_reason)",
    )
    .eq("contact_id", contactId)
    .order("due_at", { ascending: false })
    .order("id", { ascending: false })
    .limit(MOST);
  return describeSends(db, unwrap(sends));
}

export type ContactSend = Awaited<ReturnType<typeof listContactSends>>[number];

/** What a contact wrote, newest first, as text. */
export async function listContactReplies(db: Db, contactId: string) {
  return unwrap(
    await db
      .from("synced_emails")
      .select(
        "id, received_at, from_email, subject, visible_text, body_text, status, category, confidence, reason",
      )
      .eq("contact_id", contactId)
      .order("received_at", { ascending: false })
      .order("id", { ascending: false })
      .limit(MOST),
  );
}

export type ContactReply = Awaited<ReturnType<typeof listContactReplies>>[number];

/** What is to be done about a contact, what is due first at the top and what is done at the end. */
export async function listContactTasks(db: Db, contactId: string) {
  return unwrap(
    await db
      .from("tasks")
      .select("id, kind, title, due_at, status")
      .eq("contact_id", contactId)
      .order("status", { ascending: false })
      .order("due_at")
      .limit(MOST),
  );
}

export type ContactTask = Awaited<ReturnType<typeof listContactTasks>>[number];
