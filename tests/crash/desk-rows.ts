import { randomUUID } from "node:crypto";
import { createClient } from "@supabase/supabase-js";
import WebSocket from "ws";
import type { Database } from "@/lib/server/database.types";
import { ensure, unwrap } from "@/lib/server/database-error";
import { LOCAL_SERVICE_KEY } from "@/lib/server/local-keys";
import { ACCOUNTS } from "./desk-processes";

const emailOf = (id: string) => `owner-${id}@owners.test`;
const OPEN_ALWAYS = { window_start: "00:00", window_end: "24:00", window_days: [1, 2, 3, 4, 5, 6, 7] };

/** The rows of a desk under test: a campaign that may send at any hour, and mails added to it while it runs. */
export async function openRows(apiUrl: string, graceS: number) {
  const db = createClient<Database>(apiUrl, LOCAL_SERVICE_KEY, {
    auth: { persistSession: false },
    realtime: { transport: WebSocket as unknown as typeof globalThis.WebSocket },
  });
  ensure(
    await db
      .from("desk_settings")
      .update({
        stale_after_s: 2,
        uncertain_grace_s: graceS,
        error_pause_count: 1000,
        bounce_pause_count: 1000,
      })
      .eq("id", 1),
  );
  const mailboxes = unwrap(
    await db
      .from("mailboxes")
      .upsert(
        ACCOUNTS.map((address) => ({ address, last_seen_at: new Date().toISOString() })),
        { onConflict: "address" },
      )
      .select("id"),
  ).map((row) => row.id);
  const search = unwrap(
    await db
      .from("searches")
      .insert({ name: "Crash", buyer_name: "Crash", criteria: {}, source: "api", status: "cancelled" })
      .select("id")
      .single(),
  );
  const campaign = unwrap(
    await db
      .from("campaigns")
      .insert({
        search_id: search.id,
        name: "Crash",
        status: "active",
        settings: {},
        time_zone: "UTC",
        ...OPEN_ALWAYS,
      })
      .select("id")
      .single(),
  );
  const addContacts = async (ids: readonly string[]) =>
    ensure(
      await db
        .from("contacts")
        .insert(ids.map((id) => ({ id, full_name: "Owner", email: emailOf(id), source: "costar" }))),
    );
  // Held, so that a sweep between two requests does not take it for done: a real plan becomes sends in one transaction.
  const addHeld = async (mails: readonly { enrollmentId: string; contactId: string; mailboxId: string }[]) =>
    ensure(
      await db.from("enrollments").insert(
        mails.map(({ enrollmentId, contactId, mailboxId }) => ({
          id: enrollmentId,
          campaign_id: campaign.id,
          contact_id: contactId,
          mailbox_id: mailboxId,
          time_zone: "UTC",
          market: "",
          found_hour: new Date().toISOString(),
          status: "paused",
        })),
      ),
    );
  // One that stays held keeps the campaign open while it has nothing to send.
  const keeper = { enrollmentId: randomUUID(), contactId: randomUUID(), mailboxId: mailboxes[0] ?? "" };
  await addContacts([keeper.contactId]);
  await addHeld([keeper]);
  return {
    mailboxes,
    addMails: async (count: number): Promise<void> => {
      const mails = Array.from({ length: count }, (_, index) => ({
        id: randomUUID(),
        enrollmentId: randomUUID(),
        contactId: randomUUID(),
        mailboxId: mailboxes[index % mailboxes.length] ?? "",
      }));
      await addContacts(mails.map((mail) => mail.contactId));
      await addHeld(mails);
      ensure(
        await db.from("sends").insert(
          mails.map(({ id, enrollmentId, contactId, mailboxId }) => ({
            id,
            campaign_id: campaign.id,
            enrollment_id: enrollmentId,
            contact_id: contactId,
            mailbox_id: mailboxId,
            step: 1,
            due_at: new Date().toISOString(),
            to_email: emailOf(contactId),
            subject: "Mail",
            body: "Mail",
            content_hash: id,
          })),
        ),
      );
      ensure(
        await db
          .from("enrollments")
          .update({ status: "active" })
          .in(
            "id",
            mails.map((mail) => mail.enrollmentId),
          ),
      );
    },
    /** Sends by status, with those a person is asked about apart. */
    sends: async () =>
      unwrap(
        await db.from("sends").select("id, status, needs_person, idempotency_key").order("id").range(0, 999),
      ),
    settle: async (id: string, answer: "found" | "again") =>
      unwrap(await db.rpc("settle_send", { p_id: id, p_answer: answer })),
  };
}

export type DeskRows = Awaited<ReturnType<typeof openRows>>;
