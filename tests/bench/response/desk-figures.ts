import { watch } from "node:fs";
import { deliverToInbox } from "@/stack/outlook-host/mail-store";
import { folderPath } from "@/stack/outlook-host/store/accounts";
import { MAILBOX, openDesk } from "../../stack/loops/desk";
import { percentile, round } from "../suite";
import { sampleMails } from "./sample-mails";

const SINGLE = 40;
/** RESPONSE_BACKLOG=500 for a quick look. */
const BACKLOG = Number(process.env.RESPONSE_BACKLOG ?? 5000);
const NIGHT_MS = 12 * 3_600_000;
const GIVE_UP_MS = 20 * 60_000;

export interface DeskFigures {
  readonly mailToRoutedMs: number;
  readonly insertToClassifyMs: number;
  readonly backlogS: number;
}

type Desk = Awaited<ReturnType<typeof openDesk>>;
type Times = { received: string; synced: string; claimed: string | null; routed: string | null };

/**
 * The response loop on the embedded stack: database, engine, relay and stand-ins as a user has them. The stand-in's inbox is
 * a folder; a watch on it is the push that IMAP has and Outlook has not.
 */
export async function measureDesk(): Promise<DeskFigures> {
  const desk = await openDesk();
  try {
    const { listenForMail } = await import("@/lib/replies/listen-for-mail");
    listenForMail((emailId) => void desk.send("email/synced", { emailId }).catch(() => undefined));
    await desk.send("loops/tick", { once: true });
    const mailboxId = await until("the mailbox", async () => {
      const { data } = await desk.db.from("mailboxes").select("id").eq("address", MAILBOX);
      return data?.[0]?.id;
    });
    const insertToClassifyMs = await measureInserts(desk, mailboxId);
    console.error(`response: insert to classification ${insertToClassifyMs} ms`);
    const stopWatching = await pushFrom(desk);
    const mailToRoutedMs = await measureSingle(desk);
    stopWatching();
    console.error(`response: mail to routed ${mailToRoutedMs} ms`);
    const backlogS = await measureBacklog(desk);
    return { mailToRoutedMs, insertToClassifyMs, backlogS };
  } finally {
    await desk.close();
  }
}

async function pushFrom(desk: Desk): Promise<() => void> {
  const store = await desk.mailStore();
  const [account] = store.accounts;
  if (!account) throw new Error("the store has no account");
  const { gather } = await import("./gather");
  const push = gather(
    () => void desk.send("mailbox/mail-arrived", { address: MAILBOX }).catch(() => undefined),
  );
  const watcher = watch(folderPath(store, account, "inbox"), (_event, name) => {
    if (name?.endsWith(".json")) push();
  });
  return () => watcher.close();
}

/** Rows written as the sync writes them, and nothing else told: only Realtime wakes the reader. */
async function measureInserts(desk: Desk, mailboxId: string): Promise<number> {
  const subjects: string[] = [];
  for (let index = 0; index < SINGLE; index++) {
    const subject = `insert ${index}`;
    const { error } = await desk.db.rpc("ingest_email", {
      p_mailbox_id: mailboxId,
      p_email: {
        entryId: subject,
        receivedAt: new Date().toISOString(),
        fromEmail: "owner@oak.example",
        subject,
        bodyText: "Please unsubscribe me.",
        visibleText: "Please unsubscribe me.",
      },
    });
    if (error) throw error;
    subjects.push(subject);
    await pause(150);
  }
  const times = await until("the inserted mails", () => timesOf(desk, subjects));
  return round(
    percentile(
      times.map((one) => ms(one.claimed) - ms(one.synced)),
      0.95,
    ),
  );
}

async function measureSingle(desk: Desk): Promise<number> {
  const store = await desk.mailStore();
  const [account] = store.accounts;
  if (!account) throw new Error("the store has no account");
  const delivered = new Map<string, number>();
  for (let index = 0; index < SINGLE; index++) {
    const subject = `single ${index}`;
    const [sample] = sampleMails();
    const source = (sample?.source ?? "").replace(/Subject: .*\r\n/, `Subject: ${subject}\r\n`);
    delivered.set(subject, Date.now());
    await deliverToInbox(store, account, source);
    await pause(400);
  }
  const times = await until("the single mails", () => timesOf(desk, [...delivered.keys()]));
  const taken = times.map((one) => ms(one.routed) - (delivered.get(one.subject) ?? Number.NaN));
  return round(percentile(taken, 0.95));
}

/** 5,000 mails at once, a third of them for the agent; meanwhile a new mail every few seconds must not wait behind them. */
async function measureBacklog(desk: Desk): Promise<number> {
  const store = await desk.mailStore();
  const [account] = store.accounts;
  if (!account) throw new Error("the store has no account");
  const sources: string[] = [];
  while (sources.length < BACKLOG)
    sources.push(...sampleMails().map(({ source }) => source.replace(/Subject: /, "Subject: backlog ")));
  // They came over the last hours and nobody read them, as after a night without the console.
  const evening = Date.now() - NIGHT_MS;
  for (let start = 0; start < BACKLOG; start += 100)
    await Promise.all(
      sources.slice(start, Math.min(start + 100, BACKLOG)).map((source, index) =>
        deliverToInbox(store, account, source, {
          nowMs: evening + Math.floor(((start + index) / BACKLOG) * (NIGHT_MS - 60_000)),
        }),
      ),
    );
  const read = await desk.db
    .from("mailbox_folders")
    .update({ read_up_to: new Date(evening).toISOString() })
    .eq("folder", "inbox");
  if (read.error) throw read.error;
  const startedAt = Date.now();
  const stopWatching = await pushFrom(desk);
  await desk.send("mailbox/mail-arrived", { address: MAILBOX });
  const waits: number[] = [];
  for (let turn = 1; Date.now() - startedAt < GIVE_UP_MS; turn++) {
    const subject = `new while busy ${turn}`;
    const [sample] = sampleMails();
    const at = Date.now();
    await deliverToInbox(
      store,
      account,
      (sample?.source ?? "").replace(/Subject: .*\r\n/, `Subject: ${subject}\r\n`),
    );
    const [times] = await until("a new mail", () => timesOf(desk, [subject]));
    waits.push(ms(times?.routed ?? null) - at);
    const { count: all } = await desk.db
      .from("synced_emails")
      .select("id", { count: "exact", head: true })
      .like("subject", "backlog %");
    const { count: open } = await desk.db
      .from("synced_emails")
      .select("id", { count: "exact", head: true })
      .like("subject", "backlog %")
      .in("status", ["new", "classifying"]);
    if (all === BACKLOG && open === 0) break;
    if (turn % 5 === 0)
      console.error(`response: ${all} stored, ${open} unread after ${Date.now() - startedAt} ms`);
    await pause(1500);
  }
  stopWatching();
  console.error(
    `response: ${waits.length} new mails meanwhile, routed within ${round(percentile(waits, 0.5))} ms (p50), ${round(percentile(waits, 0.95))} ms (p95)`,
  );
  return round((Date.now() - startedAt) / 1000);
}

async function timesOf(
  desk: Desk,
  subjects: readonly string[],
): Promise<(Times & { subject: string })[] | undefined> {
  const { data, error } = await desk.db
    .from("synced_emails")
    .select("subject, received_at, synced_at, classifying_since, routed_at")
    .in("subject", [...subjects]);
  if (error) throw error;
  if (data.length < subjects.length || data.some((row) => row.routed_at === null)) return undefined;
  return data.map((row) => ({
    subject: row.subject,
    received: row.received_at,
    synced: row.synced_at,
    claimed: row.classifying_since,
    routed: row.routed_at,
  }));
}

async function until<Value>(what: string, look: () => Promise<Value | undefined>): Promise<Value> {
  const startedAt = Date.now();
  while (Date.now() - startedAt < GIVE_UP_MS) {
    const found = await look();
    if (found !== undefined) return found;
    await pause(50);
  }
  throw new Error(`${what} did not come`);
}

const ms = (iso: string | null): number => (iso === null ? Number.NaN : Date.parse(iso));
const pause = (forMs: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, forMs));
