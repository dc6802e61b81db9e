import { holds } from "../cel/evaluate";
import { readMatchValue } from "../cel/match-key";
import { cancelRun } from "../runs/end-run";
import { saveStep } from "../runs/save-step";
import { fromRow, textArray } from "../state/mapping";
import type { StoredEvent, Wait } from "../state/rows";
import { EVENT, WAIT } from "../state/tables";
import type { Unit } from "../state/unit";
import { eventJson, eventScope } from "./event-json";

interface Candidate {
  readonly wait: Wait;
  /** The first event of the waiting run. */
  readonly origin: StoredEvent | undefined;
}

const CANDIDATES = `select row_to_json(w) as wait, row_to_json(e) as origin
  from unnest($1::text[], $2::text[], $3::text[]) as k(event_name, key_path, key_value)
  join engine.wait w on w.event_name = k.event_name and w.key_path = k.key_path and w.key_value = k.key_value
  join engine.run r on r.id = w.run_id
  left join engine.event e on e.id = r.event_ids[1]
  where w.kind in ('event', 'cancel')`;

/** Resumes every run that waits for one of the events and cancels every run one of them cancels. */
export async function matchWaits(unit: Unit, events: readonly StoredEvent[]): Promise<void> {
  const keys = events.flatMap((event) => lookupKeys(unit, event));
  if (keys.length === 0) return;
  const column = (pick: (key: LookupKey) => string) => textArray(keys.map(pick));
  const rows = await unit.query<{ wait: Record<string, unknown>; origin: Record<string, unknown> | null }>(
    CANDIDATES,
    [column((key) => key.event.name), column((key) => key.path), column((key) => key.value)],
  );
  const candidates = rows.map(
    (row): Candidate => ({
      wait: fromRow(WAIT, row.wait),
      origin: row.origin ? fromRow(EVENT, row.origin) : undefined,
    }),
  );
  await unit.load(candidates.map((candidate) => candidate.wait.runId));
  for (const event of events)
    for (const candidate of candidates)
      if (isSatisfied(candidate, event)) await satisfy(unit, candidate.wait, event);
}

interface LookupKey {
  readonly event: StoredEvent;
  readonly path: string;
  readonly value: string;
}

function lookupKeys(unit: Unit, event: StoredEvent): LookupKey[] {
  const keys: LookupKey[] = [];
  for (const path of unit.core.waitPaths.get(event.name) ?? []) {
    const value = path === "" ? "" : readMatchValue(path, eventScope(event));
    if (value !== undefined) keys.push({ event, path, value });
  }
  return keys;
}

function isSatisfied({ wait, origin }: Candidate, event: StoredEvent): boolean {
  if (wait.eventName !== event.name) return false;
  if (wait.expression === null) return true;
  return holds(wait.expression, { event: origin ? eventScope(origin) : {}, async: eventScope(event) });
}

async function satisfy(unit: Unit, wait: Wait, event: StoredEvent): Promise<void> {
  const state = await unit.find(wait.runId);
  if (!state || state.run.endedAt !== null) return;
  if (wait.kind === "cancel") {
    await cancelRun(unit, state, `cancelled by event ${event.name}`);
    return;
  }
  unit.dropWait(wait.runId, wait.stepId);
  await saveStep(unit, state, wait.stepId, { memo: eventJson(event) });
}
