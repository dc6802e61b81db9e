import { type ChildProcess, fork } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Database } from "@/stack/postgres/database";
import { openPostgres } from "@/stack/postgres/open-postgres";
import { startNativePostgres } from "../../support/native-postgres";

const MIGRATIONS = path.resolve("supabase/migrations");

/** Native Postgres, the API and a relay in processes of their own, and the product's own dispatch functions here. */
export async function openSendingDesk() {
  const folder = mkdtempSync(path.join(os.tmpdir(), "upstream-bench-"));
  const server = await startNativePostgres();
  const [api, relay] = await Promise.all([
    startPart("api-process.ts", [server.url, MIGRATIONS]),
    startPart("relay-process.ts", [path.join(folder, "handed-over")]),
  ]);
  const db = await openPostgres(server.url, 4);
  Object.assign(process.env, {
    SUPABASE_URL: api.url,
    RELAY_URL: relay.url,
    LOG_LEVEL: "ERROR",
    SUPABASE_SERVICE_KEY: "",
  });
  const [{ reserveSend }, { handOver }, { setKillSwitch }, { serviceDb }] = await Promise.all([
    import("@/lib/sending/reserve-send"),
    import("@/lib/sending/hand-over"),
    import("@/lib/sending/kill-switch"),
    import("@/lib/server/service-client"),
  ]);
  return {
    db,
    reserveSend,
    handOver,
    setKillSwitch: (pulled: boolean) => setKillSwitch(serviceDb(), pulled, "measured"),
    /** When a hand-over last began, epoch milliseconds */
    lastHandOver: () =>
      new Promise<number>((resolve) => {
        relay.child.once("message", (at) => resolve(Number(at)));
        relay.child.send("last");
      }),
    close: async () => {
      for (const { child } of [api, relay]) child.disconnect();
      await db.close();
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function startPart(file: string, args: string[]): Promise<{ child: ChildProcess; url: string }> {
  const child = fork(path.join(import.meta.dirname, file), args, {
    execArgv: ["--conditions=react-server", "--import", "tsx"],
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const url = await new Promise<string>((resolve, reject) => {
    child.once("message", (message) => resolve(String(message)));
    child.once("exit", (code) => reject(new Error(`${file} ended with ${code}`)));
  });
  return { child, url };
}

export type SendingDesk = Awaited<ReturnType<typeof openSendingDesk>>;

export interface Rows {
  /** Mails that left, evenly over the last day */
  readonly sent: number;
  /** Mails that are due */
  readonly due: number;
  readonly mailboxes: number;
}

/** Starts anew with these rows; answers the mailboxes' ids. Windows are open and spacing is off. */
export async function fillDesk(db: Database, { sent, due, mailboxes }: Rows): Promise<string[]> {
  await db.exec(`
    truncate public.sends, public.enrollments, public.campaigns, public.mailboxes, public.contacts, public.searches cascade;
    insert into public.mailboxes (address, last_seen_at) select 'desk-' || n || '@desk.test', now() from generate_series(1, ${mailboxes}) n;
    insert into public.searches (name, buyer_name, criteria, source) values ('Bench', 'Bench', '{}', 'api');
    insert into public.campaigns (search_id, name, status, settings, time_zone, window_start, window_end, window_days)
      select id, 'Bench', 'active', '{"dailyLimit": 10000}', 'UTC', '00:00', '24:00', '{1,2,3,4,5,6,7}' from public.searches;
    insert into public.contacts (full_name, email, source)
      select 'Owner', 'owner-' || n || '@owners.test', 'costar' from generate_series(1, ${sent + due}) n;
    insert into public.enrollments (campaign_id, contact_id, mailbox_id, time_zone)
      select c.id, x.id, m.id, 'UTC' from public.campaigns c, (select id, row_number() over () as n from public.contacts) x
      join (select id, row_number() over (order by address) - 1 as n from public.mailboxes) m on m.n = x.n % ${mailboxes};
    insert into public.sends (campaign_id, enrollment_id, contact_id, mailbox_id, step, status, due_at, handed_at, sent_at, to_email, subject, body, content_hash)
      select e.campaign_id, e.id, e.contact_id, e.mailbox_id, 1, case when e.n <= ${sent} then 'sent' else 'scheduled' end,
        now() - interval '1 minute', case when e.n <= ${sent} then now() - interval '24 hours' * e.n / ${sent + 1} end,
        case when e.n <= ${sent} then now() end, 'owner@owners.test', 'Mail', 'Mail', 'x'
      from (select *, row_number() over () as n from public.enrollments) e;
    analyze public.sends;
    analyze public.enrollments; analyze public.contacts;`);
  // As autovacuum would have by then; not possible inside the transaction above.
  await db.query("vacuum public.sends");
  const rows = await db.query<{ id: string }>("select id from public.mailboxes order by address");
  return rows.map((row) => row.id);
}
