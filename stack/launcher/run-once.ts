import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import { describeDryRun } from "@/lib/sending/describe-dry-run";
import type { Db } from "@/lib/server/client-options";
import { unwrap } from "@/lib/server/database-error";
import { StartError } from "./flags";

const SETTLE_MS = 180_000;
const QUICK = ["new", "sourcing", "scheduling"];

const runsSchema = z.object({
  data: z.array(z.object({ run_id: z.string(), status: z.string(), ended_at: z.string().nullish() })),
});

/** Ticks every loop once, waits until the work it caused has settled, and counts what came of it. */
export async function tickOnce(db: Db, engineUrl: string): Promise<object> {
  const since = new Date().toISOString();
  const eventId = await sendTick(engineUrl);
  const deadline = Date.now() + SETTLE_MS;
  const errors: string[] = [];
  // Settled twice in a row: the tick may have caused an event that has not become a run yet.
  for (let calm = 0; calm < 3; ) {
    if (Date.now() > deadline) {
      errors.push("not everything settled within three minutes");
      break;
    }
    calm = (await isSettled(db, engineUrl, eventId, errors)) ? calm + 1 : 0;
    await pause(300);
  }
  const summary = unwrap(await db.rpc("tick_summary", { p_since: since })) as object;
  return { ...summary, dryRun: false, errors: [...new Set(errors)] };
}

/** The same shape for a dry run: zeros where nothing moved, and beside them what would have happened. */
export async function describeOnce(db: Db): Promise<object> {
  const since = new Date().toISOString();
  const wouldHappen = await describeDryRun(db);
  const summary = unwrap(await db.rpc("tick_summary", { p_since: since })) as object;
  return { ...summary, dryRun: true, wouldHappen, errors: [] };
}

async function sendTick(engineUrl: string): Promise<string> {
  const response = await fetch(`${engineUrl}/e/${process.env.INNGEST_EVENT_KEY ?? "local"}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ name: "loops/tick", data: { once: true } }),
    signal: AbortSignal.timeout(10_000),
  });
  const ids = z.object({ ids: z.array(z.string()).min(1) }).safeParse(await response.json());
  const id = ids.success ? ids.data.ids[0] : undefined;
  if (!id) throw new StartError(`The engine at ${engineUrl} did not take the tick (${response.status}).`);
  return id;
}

async function isSettled(db: Db, engineUrl: string, eventId: string, errors: string[]): Promise<boolean> {
  const url = `${engineUrl}/v1/events/${eventId}/runs?at=${Date.now()}`;
  const response = await fetch(url, { signal: AbortSignal.timeout(10_000) });
  const { data } = runsSchema.parse(await response.json());
  if (data.length === 0 || data.some((run) => !run.ended_at)) return false;
  for (const run of data) if (run.status === "Failed") errors.push(`run ${run.run_id} failed`);
  const unread = unwrap(await db.rpc("tick_summary", { p_since: new Date().toISOString() })) as {
    unread: number;
  };
  if (unread.unread > 0) return false;
  const busy = unwrap(await db.from("searches").select("id").in("status", QUICK).limit(1));
  const sending = unwrap(await db.from("sends").select("id").eq("status", "sending").limit(1));
  return busy.length === 0 && sending.length === 0;
}
