import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";

// An Outlook host that hands over whatever it is given, twice if asked twice, and writes every hand-over to a file that is on the
// disk before it answers: recording-host <request file>. Its delays make room for a kill before and after the hand-over.
const journal = process.env.CRASH_JOURNAL ?? "";
const accounts = (process.env.CRASH_ACCOUNTS ?? "").split(",");
const LONGEST_PAUSE_MS = 40;

interface Asked {
  readonly action: string;
  readonly idempotencyId?: string;
}

const asked = JSON.parse(readFileSync(process.argv.at(-1) ?? "", "utf8")) as Asked;
process.stdout.write(`${JSON.stringify({ ok: true, result: await answer(asked) })}\n`);

async function answer({ action, idempotencyId: key = "" }: Asked): Promise<object> {
  if (action === "ping") return { product: "Recorder", version: "1", standIn: true, accounts };
  if (action === "find") return { item: wasHandedOver(key) ? itemOf(key) : null };
  if (action === "list") return { items: [], more: false };
  await pause(Math.random() * LONGEST_PAUSE_MS);
  handOver(key);
  await pause(Math.random() * LONGEST_PAUSE_MS);
  return { status: "submitted", item: itemOf(key) };
}

function handOver(key: string): void {
  const file = openSync(journal, "a");
  writeSync(file, `${key}\n`);
  fsyncSync(file);
  closeSync(file);
}

function wasHandedOver(key: string): boolean {
  return existsSync(journal) && readFileSync(journal, "utf8").split("\n").includes(key);
}

function itemOf(key: string): object {
  return {
    folder: "sent",
    entryId: `entry-${key}`,
    internetMessageId: `<${key}@desk.test>`,
    sentAtUtc: new Date().toISOString(),
  };
}
