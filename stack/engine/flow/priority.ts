import { evaluate } from "../cel/evaluate";
import { eventScope } from "../events/event-json";
import type { FunctionConfig } from "../functions/config";
import type { StoredEvent } from "../state/rows";

const MOST_SECONDS = 12 * 3_600;

/** How far ahead of the queue an event's run goes, ms (Inngest clamps to ±12 h). */
export function priorityMs(fn: FunctionConfig, event: StoredEvent): number {
  if (fn.priority === undefined) return 0;
  const seconds = evaluate(fn.priority, { event: eventScope(event) });
  if (typeof seconds !== "number" || !Number.isFinite(seconds)) return 0;
  return Math.round(Math.max(-MOST_SECONDS, Math.min(MOST_SECONDS, seconds)) * 1_000);
}
