import "server-only";
import type { Db } from "@/lib/server/client-options";
import { ensure, unwrap, unwrapMaybe } from "@/lib/server/database-error";
import { readDid } from "./read-did";
import { listRememberedAddresses } from "./remembered-addresses";
import { buildThread } from "./thread";

const EMAIL =
  "id, mailbox_id, received_at, from_email, from_name, to_emails, subject, body_text, visible_text, attachments, parse_problem, contact_id, company_id, matched_by, status, category, confidence, reason, decided_by, facts, flags, priority, agent_run_id, handled_at, handled_by, snoozed_until, assigned_to, suggested_company_id, agent_cost_microusd, agent_ms, agent_batch, mailboxes(address), companies!synced_emails_company_id_fkey(id, name, do_not_contact_at), reply_reads(read_at), contacts(id, full_name, first_name, title, email, phones, do_not_contact_at, do_not_contact_reason)" as const;
const SEND =
  "id, kind, step, status, subject, body, to_email, due_at, sent_at, handed_at, reason, reply_to_email_id, campaign_id, campaigns(name)" as const;
/** A contact gets three mails of a sequence and a few answers; more than this is an old correspondence. */
const MOST_IN_THREAD = 60;

export type LoadedReply = NonNullable<Awaited<ReturnType<typeof loadReply>>>;
export type ReplySend = LoadedReply["answers"][number];

/** One mail with everything a person decides on: the correspondence, what was done, and what holds its contact. */
export async function loadReply(db: Db, id: string) {
  const email = unwrapMaybe(await db.from("synced_emails").select(EMAIL).eq("id", id).maybeSingle());
  if (!email) return null;
  const [sends, others, audit, sequences, remembered, html, raw] = await Promise.all([
    loadSends(db, email.contact_id),
    loadOthers(db, email.contact_id, id),
    db
      .from("audit_log")
      .select("id, at, actor, action, before, after, why")
      .eq("entity", "synced_emails")
      .eq("entity_id", id)
      .order("id", { ascending: false })
      .limit(50),
    loadSequences(db, email.contact_id),
    email.contact_id ? listRememberedAddresses(db, email.contact_id) : [],
    db
      .from("synced_emails")
      .select("id", { count: "exact", head: true })
      .eq("id", id)
      .not("body_html", "is", null),
    email.parse_problem || !email.from_email
      ? db.from("synced_emails").select("raw_source").eq("id", id).single()
      : null,
  ]);
  ensure(html);
  return {
    email,
    thread: buildThread(email, sends, others),
    answers: sends.filter((send) => send.reply_to_email_id === id),
    done: unwrap(audit).map((row) => ({ ...row, did: readDid(row.after) })),
    sequences,
    remembered,
    hasHtml: (html.count ?? 0) > 0,
    rawSource: raw ? (unwrap(raw).raw_source?.slice(0, 20_000) ?? null) : null,
  };
}

/** The HTML part alone: it is fetched only when a person asks to see it. */
export async function loadReplyHtml(db: Db, id: string): Promise<string | null> {
  const row = unwrapMaybe(await db.from("synced_emails").select("body_html").eq("id", id).maybeSingle());
  return row?.body_html ?? null;
}

async function loadSends(db: Db, contactId: string | null) {
  if (!contactId) return [];
  return unwrap(
    await db
      .from("sends")
      .select(SEND)
      .eq("contact_id", contactId)
      .or("sent_at.not.is.null,kind.eq.manual_reply")
      .order("due_at", { ascending: false })
      .limit(MOST_IN_THREAD),
  );
}

async function loadOthers(db: Db, contactId: string | null, id: string) {
  if (!contactId) return [];
  return unwrap(
    await db
      .from("synced_emails")
      .select("id, received_at, subject, category, visible_text")
      .eq("contact_id", contactId)
      .neq("id", id)
      .order("received_at", { ascending: false })
      .limit(MOST_IN_THREAD),
  );
}

async function loadSequences(db: Db, contactId: string | null) {
  if (!contactId) return [];
  return unwrap(
    await db
      .from("enrollments")
      .select(
        "id, status, reason, resume_at, campaign_id, campaigns(name, searches(buyer_name)), properties(address, city, property_type, building_sf)",
      )
      .eq("contact_id", contactId)
      .order("created_at", { ascending: false })
      .limit(5),
  );
}
