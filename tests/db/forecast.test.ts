import { createClient } from "@supabase/supabase-js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import WebSocket from "ws";
import { forecastSending } from "@/lib/sending/forecast/forecast-sending";
import { loadSituation } from "@/lib/sending/forecast/load-situation";
import { simulateSending } from "@/lib/sending/forecast/simulate-sending";
import type { Db } from "@/lib/server/client-options";
import type { Database } from "@/lib/server/database.types";
import { LOCAL_SERVICE_KEY } from "@/lib/server/local-keys";
import { startSupabase } from "@/stack/supabase/start-supabase";
import { minutesAfter, NOON, runCampaign } from "./support/make-campaign";
import { mailFrom, type Reservation, receive, reserve } from "./support/make-mail";
import { addContacts, addMailbox, type Contact } from "./support/make-market";
import { openDesk } from "./support/open-desk";
import { MIGRATIONS } from "./support/prepare-database";

const desk = openDesk();
let api: { url: string; close(): Promise<void> } | undefined;
let client: Db;

beforeAll(async () => {
  // The forecast reads through the API, as the page does.
  api = await startSupabase({ db: desk.database(), port: 0, migrationsDir: MIGRATIONS });
  client = createClient<Database>(api.url, LOCAL_SERVICE_KEY, {
    auth: { persistSession: false },
    realtime: { transport: WebSocket as unknown as typeof globalThis.WebSocket },
  });
});
afterAll(() => api?.close());

const START = Date.parse(NOON);

/** A desk with everything that can hold a mail up. */
async function furnish(): Promise<string[]> {
  const mailboxes = [
    await addMailbox(desk(), { hourly: 25 }),
    await addMailbox(desk(), { daily: 60 }),
    await addMailbox(desk()),
  ];
  const settings = { spacingMinS: 30, spacingMaxS: 90, batchSize: 10, batchPauseS: 600 };
  await runCampaign(desk(), {
    count: 36,
    mailboxes,
    steps: 2,
    gaps: [0, 1, 0],
    settings: { ...settings, dailyLimit: 22 },
    dueAt: minutesAfter(NOON, -90),
  });
  await runCampaign(desk(), {
    count: 30,
    mailboxes,
    steps: 3,
    gaps: [0, 1, 2],
    settings,
    zone: "America/New_York",
    dueAt: minutesAfter(NOON, 30),
  });
  const gone = await runCampaign(desk(), { count: 6, mailboxes, steps: 2, settings });
  await desk().db.query("update contacts set do_not_contact_at = now() where id = any ($1::uuid[])", [
    `{${gone.contacts
      .slice(0, 3)
      .map((one) => one.id)
      .join(",")}}`,
  ]);
  await desk().service.rows("select hold_contact($1, 'stop', 'contact replied')", [
    gone.contacts[4]?.id ?? null,
  ]);
  await desk().operator.row("set_mailbox_limits", {
    p_id: mailboxes[2],
    p_hourly: 1000,
    p_daily: 500,
    p_ramp_started_on: "2031-05-07",
    p_ramp_start_per_day: 12,
    p_ramp_step_per_day: 20,
  });
  await desk().service.call("note_hand_sent", {
    p_mailbox_id: mailboxes[1],
    p_mail: { entryId: "E", sentAt: minutesAfter(NOON, -20), toEmails: ["a@x.test", "b@x.test"] },
  });
  await desk().operator.call("update_desk_settings", { p_changes: { hourly_limit: 60 } });
  const [writer] = await addContacts(desk(), 1);
  const reply = await receive(desk(), mailboxes[0], mailFrom(writer as Contact));
  await desk().operator.call("write_reply", {
    p_email_id: reply,
    p_subject: "Re: Mail",
    p_body: "Thank you",
  });
  await desk().db.query("update sends set due_at = $1 where kind = 'manual_reply'", [minutesAfter(NOON, 47)]);
  return mailboxes;
}

/** Lets the database itself send everything until `until`, each mailbox as its dispatcher does. */
async function sendAll(mailboxes: readonly string[], until: number): Promise<string[]> {
  const addresses = await desk().db.query<{ id: string }>("select id from mailboxes order by address");
  const lanes = addresses
    .filter((row) => mailboxes.includes(row.id))
    .map((row) => ({ id: row.id, cursor: START }));
  const left: string[] = [];
  for (;;) {
    let lane = lanes[0];
    for (const other of lanes) if (lane && other.cursor < lane.cursor) lane = other;
    if (!lane || lane.cursor > until) return left;
    const now = new Date(lane.cursor).toISOString();
    const { send, until: wake }: Reservation = await reserve(desk().service, lane.id, now);
    if (send) {
      await desk().service.call("record_send", { p_id: send.id, p_to: "sent", p_evidence: { sentAt: now } });
      left.push(`${now} ${send.to} ${send.step}`);
    } else lane.cursor = wake ? Math.max(Date.parse(wake), lane.cursor + 1) : Number.POSITIVE_INFINITY;
  }
}

/** Every row of every table, as one fingerprint each. */
async function fingerprints(): Promise<Record<string, unknown>> {
  const tables = await desk().db.query<{ name: string }>(
    "select tablename::text as name from pg_tables where schemaname = 'public' order by 1",
  );
  const prints: Record<string, unknown> = {};
  for (const { name } of tables) {
    const [row] = await desk().db.query(
      `select md5(coalesce(string_agg(x::text, '|' order by x::text), '')) as print from public.${name} x`,
    );
    prints[name] = row;
  }
  return prints;
}

describe("What would leave", () => {
  it("is what the database then sends: the same mails, in the same order, at the same instants, over two days", async () => {
    const mailboxes = await furnish();
    const until = START + 52 * 3_600_000;
    const forecast = simulateSending(await loadSituation(client, START, until), until);
    const said = forecast.leaves.map(
      ({ mail, at }) => `${new Date(at).toISOString()} ${mail.to} ${mail.step}`,
    );
    const left = await sendAll(mailboxes, until);
    expect(left.length).toBeGreaterThan(90);
    expect(said).toEqual(left);
    const skipped = await desk().db.query<{ id: string }>(
      "select id from sends where status = 'skipped' order by id",
    );
    expect(forecast.skips.map(({ mail }) => mail.id).sort()).toEqual(skipped.map((row) => row.id));
  });

  it("changes no row of any table, however often it is asked", async () => {
    await furnish();
    const before = await fingerprints();
    await forecastSending(client, START + 24 * 3_600_000, START);
    await forecastSending(client, START + 72 * 3_600_000, START);
    expect(await fingerprints()).toEqual(before);
  });

  it("is nothing while sending is stopped, with the reason", async () => {
    await furnish();
    await desk().operator.call("set_kill_switch", { p_pulled: true, p_reason: "a complaint" });
    const forecast = await forecastSending(client, START + 3_600_000, START);
    expect(forecast).toMatchObject({ leaves: [], stoppedBecause: "a complaint" });
  });
});
