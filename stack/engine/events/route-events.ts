import { holds } from "../cel/evaluate";
import { type Delivery, scheduleAll } from "../flow/schedule";
import type { TriggerMatch } from "../functions/registry";
import type { StoredEvent } from "../state/rows";
import type { Unit } from "../state/unit";
import { eventScope } from "./event-json";
import { matchWaits } from "./match-waits";

/** Stores events and hands each to the waits it satisfies, the runs it cancels and the functions it triggers. */
export async function routeEvents(unit: Unit, events: readonly StoredEvent[]): Promise<void> {
  const deliveries: Delivery[] = [];
  for (const event of events) {
    unit.putEvent(event);
    for (const match of unit.core.functions.triggeredBy(event.name))
      if (meetsTrigger(match, event)) deliveries.push({ fn: match.fn, event });
  }
  await matchWaits(unit, events);
  await scheduleAll(unit, deliveries);
}

// One run per event and function, however many of its triggers match.
function meetsTrigger(match: TriggerMatch, event: StoredEvent): boolean {
  return match.expressions.some(
    (expression) => expression === undefined || holds(expression, { event: eventScope(event) }),
  );
}
