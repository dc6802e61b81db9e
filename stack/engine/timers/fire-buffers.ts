import { buffered, startBatch } from "../flow/batch";
import { debounced } from "../flow/debounce";
import { startOne } from "../flow/start-one";
import { fromRow } from "../state/mapping";
import type { Job } from "../state/rows";
import { EVENT } from "../state/tables";
import type { Unit } from "../state/unit";

/** Silence has lasted long enough: starts the function with the last event. */
export async function fireDebounce(unit: Unit, job: Job): Promise<void> {
  const fn = unit.core.functions.byId(job.functionId ?? "");
  if (!fn || job.payload === null) return;
  const { eventId } = debounced.parse(JSON.parse(job.payload));
  const rows = await unit.query("select * from engine.event where id = $1", [eventId]);
  if (rows[0]) await startOne(unit, fn, [fromRow(EVENT, rows[0])]);
}

/** A batch has waited long enough: starts the function with what has gathered. */
export async function fireBatch(unit: Unit, job: Job): Promise<void> {
  const fn = unit.core.functions.byId(job.functionId ?? "");
  if (!fn || job.payload === null) return;
  await startBatch(unit, fn, buffered.parse(JSON.parse(job.payload)).eventIds);
}
