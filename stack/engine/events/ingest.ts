import { textArray } from "../state/mapping";
import type { StoredEvent } from "../state/rows";
import type { Unit } from "../state/unit";
import { routeEvents } from "./route-events";

/** Stores events and starts, resumes and cancels what they ask for. Events stored before (a repeated request) do nothing. */
export async function ingest(unit: Unit, events: readonly StoredEvent[], mayRepeat: boolean): Promise<void> {
  let fresh = events;
  if (mayRepeat) {
    const rows = await unit.query<{ id: string }>("select id from engine.event where id = any($1::text[])", [
      textArray(events.map((event) => event.id)),
    ]);
    const known = new Set(rows.map((row) => row.id));
    fresh = events.filter((event) => !known.has(event.id));
  }
  await routeEvents(unit, fresh);
}
