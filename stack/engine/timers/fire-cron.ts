import { z } from "zod";
import { makeEvent } from "../events/read-events";
import { CRON } from "../events/system-events";
import { startOne } from "../flow/start-one";
import type { FunctionConfig } from "../functions/config";
import { newUlid } from "../ids";
import { newTimer } from "../runs/jobs";
import type { Job } from "../state/rows";
import type { Unit } from "../state/unit";
import { nextCronTick } from "./cron-time";

const cronJob = z.object({ cron: z.string(), jitterMs: z.number(), tickAt: z.number() });

/** Keeps exactly one pending tick per cron trigger of a function; a tick already set for the same schedule stays. */
export async function scheduleCrons(unit: Unit, fn: FunctionConfig): Promise<void> {
  for (const [index, trigger] of fn.triggers.entries()) {
    if (trigger.type !== "cron") continue;
    const id = `cron:${fn.id}:${index}`;
    const existing = await unit.keyedJob(id);
    const pending = existing?.payload ? cronJob.parse(JSON.parse(existing.payload)) : undefined;
    if (pending?.cron === trigger.cron && pending.jitterMs === trigger.jitterMs) continue;
    putTick(unit, fn.id, id, trigger.cron, trigger.jitterMs);
  }
}

/** Starts the function and sets the next tick. After a standstill the tick that was missed comes once, late, not once per miss. */
export async function fireCron(unit: Unit, job: Job): Promise<void> {
  const fn = unit.core.functions.byId(job.functionId ?? "");
  if (!fn || job.payload === null) return;
  const { cron, jitterMs, tickAt } = cronJob.parse(JSON.parse(job.payload));
  if (!fn.triggers.some((trigger) => trigger.type === "cron" && trigger.cron === cron)) return;
  putTick(unit, fn.id, job.id, cron, jitterMs);
  const at = new Date(tickAt).toISOString().replace(".000Z", "Z");
  const event = makeEvent({
    id: newUlid(unit.now),
    externalId: at,
    name: CRON,
    data: { cron, fireAt: at, scheduledAt: at },
    ts: tickAt,
    now: unit.now,
  });
  unit.putEvent(event);
  await startOne(unit, fn, [event]);
}

function putTick(unit: Unit, functionId: string, id: string, cron: string, jitterMs: number): void {
  const tickAt = nextCronTick(cron, unit.now);
  if (tickAt === undefined) return;
  const dueAt = tickAt + Math.floor(Math.random() * jitterMs);
  unit.putJob(newTimer(id, "cron", dueAt, { functionId, payload: { cron, jitterMs, tickAt } }));
}
