import { z } from "zod";
import { holds } from "../cel/evaluate";
import { eventScope } from "../events/event-json";
import type { FunctionConfig } from "../functions/config";
import { newTimer } from "../runs/jobs";
import { fromRow, textArray } from "../state/mapping";
import type { StoredEvent } from "../state/rows";
import { EVENT } from "../state/tables";
import type { Unit } from "../state/unit";
import { keyValue } from "./keys";
import { startOne } from "./start-one";

/** A batch being filled. */
export const buffered = z.object({ eventIds: z.array(z.string()) });

/** Adds an event to the batch of its key and starts the function when the batch is full. */
export async function appendToBatch(
  unit: Unit,
  fn: FunctionConfig,
  batch: NonNullable<FunctionConfig["batch"]>,
  event: StoredEvent,
): Promise<void> {
  // An event the batch condition excludes runs alone.
  if (batch.if !== undefined && !holds(batch.if, { event: eventScope(event) })) {
    await startOne(unit, fn, [event]);
    return;
  }
  const id = `batch:${fn.id}:${keyValue(batch.key, event)}`;
  const waiting = await unit.keyedJob(id);
  const eventIds = [
    ...(waiting?.payload ? buffered.parse(JSON.parse(waiting.payload)).eventIds : []),
    event.id,
  ];
  if (eventIds.length >= batch.maxSize) {
    unit.dropJob(id);
    await startBatch(unit, fn, eventIds);
    return;
  }
  const dueAt = waiting?.dueAt ?? unit.now + batch.timeoutMs;
  unit.putJob(newTimer(id, "batch", dueAt, { functionId: fn.id, payload: { eventIds } }));
}

/** Starts one run for the events, in the order they arrived. */
export async function startBatch(unit: Unit, fn: FunctionConfig, eventIds: readonly string[]): Promise<void> {
  const rows = await unit.query("select * from engine.event where id = any($1::text[])", [
    textArray(eventIds),
  ]);
  const byId = new Map(rows.map((row) => [row.id, fromRow(EVENT, row)]));
  const [first, ...rest] = eventIds.map((id) => byId.get(id)).filter((event) => event !== undefined);
  if (first) await startOne(unit, fn, [first, ...rest]);
}
