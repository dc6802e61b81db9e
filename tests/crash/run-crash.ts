import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { seededRandom } from "@/lib/schedule/random";
import { type DeskProcesses, startDesk, type Victim } from "./desk-processes";
import { type DeskRows, openRows } from "./desk-rows";

export interface CrashResult {
  readonly kills: number;
  /** Hand-overs beyond the first of one mail */
  readonly duplicates: number;
  /** Mails that never were handed over, or ended in no settled state */
  readonly lost: number;
  /** Mails a person was asked about, each truly absent from the mailbox */
  readonly uncertain: number;
  readonly sent: number;
}

export interface CrashOptions {
  readonly kills: number;
  readonly mailsPerKill: number;
  /** How long a mail may stay unaccounted for before a person is asked, seconds */
  readonly graceS: number;
  readonly seed: number;
  /** What may be killed, the more often the more often it is named; everything by default */
  readonly victims?: readonly Victim[];
  /** Longest time to let everything settle after the last kill, ms */
  readonly patienceMs: number;
  readonly say?: (line: string) => void;
}

/** How often each is killed, in tenths: what hands over more often than what stores. */
const EVERYTHING: readonly Victim[] = [
  ...(["app", "app", "app", "relay", "relay", "host", "host", "host"] as const),
  ...(["stack", "stack"] as const),
];
const TICK_MS = 1000;

/**
 * Kills a running desk's processes at random moments while it sends, lets it settle, answers what it asks a person about
 * by looking where the mail would be, and compares what the desk believes with what was handed over.
 * @throws when the desk does not settle, or asks a person about a mail that did leave.
 */
export async function runCrash(options: CrashOptions): Promise<CrashResult> {
  const folder = mkdtempSync(path.join(os.tmpdir(), "upstream-crash-"));
  const journal = path.join(folder, "journal");
  const desk = await startDesk(folder, journal);
  const nudges = startNudging(desk);
  try {
    const rows = await openRows(desk.apiUrl, options.graceS);
    nudges.mailboxes = rows.mailboxes;
    const kills = await killAtRandom(desk, rows, nudges, options);
    const asked = await settle(desk, rows, journal, options);
    const handedOver = countKeys(journal);
    const sends = await rows.sends();
    return {
      kills,
      duplicates: [...handedOver.values()].reduce((sum, count) => sum + count - 1, 0),
      lost: sends.filter((send) => send.status !== "sent" || !handedOver.has(send.idempotency_key ?? ""))
        .length,
      uncertain: asked,
      sent: handedOver.size,
    };
  } catch (error) {
    throw new Error(`the crash test failed; the processes said: ${desk.complaints()}`, { cause: error });
  } finally {
    nudges.stop();
    await desk.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function killAtRandom(
  desk: DeskProcesses,
  rows: DeskRows,
  nudges: { now(): void },
  options: CrashOptions,
): Promise<number> {
  const random = seededRandom(options.seed);
  const victims = options.victims ?? EVERYTHING;
  const byVictim: Partial<Record<Victim, number>> = {};
  let kills = 0;
  await rows.addMails(options.mailsPerKill * 5);
  while (kills < options.kills) {
    nudges.now();
    await pause(random() * 400);
    const victim = victims[Math.floor(random() * victims.length)] ?? "app";
    if (!(await killWhenThere(desk, victim))) continue;
    kills++;
    await rows.addMails(options.mailsPerKill);
    byVictim[victim] = (byVictim[victim] ?? 0) + 1;
    if (kills % 20 === 0) options.say?.(`${kills} kills: ${JSON.stringify(byVictim)}`);
  }
  return kills;
}

/** A host lives for a tenth of a second, so a kill meant for one waits for the next. */
async function killWhenThere(desk: DeskProcesses, victim: Victim): Promise<boolean> {
  for (let tries = 0; tries < 20; tries++) {
    if (await desk.kill(victim)) return true;
    await pause(25);
  }
  return false;
}

/** Waits until every send is sent, settling as a person would what the desk cannot. Answers how many it asked about. */
async function settle(
  desk: DeskProcesses,
  rows: DeskRows,
  journal: string,
  { patienceMs, say }: CrashOptions,
): Promise<number> {
  const asked = new Set<string>();
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const open = (await rows.sends()).filter((send) => send.status !== "sent");
    if (open.length === 0) return asked.size;
    if (Date.now() > deadline)
      throw new Error(
        `${open.length} sends did not settle: ${JSON.stringify(open.slice(0, 5))} ${desk.complaints()}`,
      );
    for (const send of open.filter((one) => one.status === "uncertain" && one.needs_person)) {
      asked.add(send.id);
      if (countKeys(journal).has(send.idempotency_key ?? ""))
        throw new Error(`a person was asked about ${send.id}, which had left`);
      await rows.settle(send.id, "again");
    }
    say?.(`${open.length} to settle, ${asked.size} asked about`);
    await pause(TICK_MS);
  }
}

/** Plays the minute's cron, faster: a lost event costs a second here. */
function startNudging(desk: DeskProcesses) {
  const send = (name: string, data: object) =>
    fetch(`${desk.engineUrl}/e/crash`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ name, data }),
    }).catch(() => {
      // The engine is dead just now; the next tick finds it again.
    });
  const nudges = {
    mailboxes: [] as readonly string[],
    now: () => {
      for (const mailboxId of nudges.mailboxes) void send("mailbox/check", { mailboxId });
    },
    stop: () => clearInterval(timer),
  };
  const timer = setInterval(() => {
    void send("loops/tick", { once: true });
    nudges.now();
  }, TICK_MS);
  return nudges;
}

function countKeys(journal: string): Map<string, number> {
  const counts = new Map<string, number>();
  if (!existsSync(journal)) return counts;
  for (const key of readFileSync(journal, "utf8").split("\n").filter(Boolean))
    counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}
