import { evaluate } from "../cel/evaluate";
import { isUnknown } from "../cel/values";
import { eventScope } from "../events/event-json";
import type { FunctionConfig } from "../functions/config";
import { hashOf } from "../ids";
import type { StoredEvent } from "../state/rows";

const MAX_KEY_CHARS = 120;

/** The value of a flow-control key for an event, short enough to index; without an expression all events share one. */
export function keyValue(expression: string | undefined, event: StoredEvent): string {
  if (expression === undefined) return "";
  const value = evaluate(expression, { event: eventScope(event) });
  const text = isUnknown(value) ? "" : typeof value === "string" ? value : JSON.stringify(value);
  return text.length > MAX_KEY_CHARS ? hashOf(text) : text;
}

/** One key per concurrency limit of the function, in its order. Keys of scope env and account are shared between functions. */
export function concurrencyKeys(fn: FunctionConfig, event: StoredEvent): string[] {
  return fn.concurrency.map((limit, index) => {
    const value = keyValue(limit.key, event);
    return limit.scope === "fn"
      ? `fn:${fn.id}:${index}:${value}`
      : `${limit.scope}:${limit.key ?? ""}:${value}`;
  });
}
