import { z } from "zod";
import type { FunctionConfig } from "../functions/config";
import { newTimer } from "../runs/jobs";
import type { StoredEvent } from "../state/rows";
import type { Unit } from "../state/unit";
import { keyValue } from "./keys";

/** What waits for silence: the last event, and when the first one came. */
export const debounced = z.object({ eventId: z.string(), since: z.number() });

/** Starts the function `period` after the last event of its key, or `timeout` after the first one. */
export async function postpone(
  unit: Unit,
  fn: FunctionConfig,
  debounce: NonNullable<FunctionConfig["debounce"]>,
  event: StoredEvent,
): Promise<void> {
  const id = `debounce:${fn.id}:${keyValue(debounce.key, event)}`;
  const waiting = await unit.keyedJob(id);
  const since = waiting?.payload ? debounced.parse(JSON.parse(waiting.payload)).since : unit.now;
  const latest = debounce.timeoutMs === undefined ? Number.POSITIVE_INFINITY : since + debounce.timeoutMs;
  const dueAt = Math.min(unit.now + debounce.periodMs, latest);
  unit.putJob(newTimer(id, "debounce", dueAt, { functionId: fn.id, payload: { eventId: event.id, since } }));
}
