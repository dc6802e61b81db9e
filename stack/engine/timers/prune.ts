import type { Unit } from "../state/unit";

const BATCH = 1_000;
const EXPIRED_RUNS = `with gone as (
    delete from engine.run where id in (select id from engine.run where ended_at < $1::timestamptz order by ended_at limit ${BATCH}) returning id
  ), steps as (delete from engine.step where run_id in (select id from gone))
  select count(*)::integer as count from gone`;
// An event stays while a run, a batch or a debounce may still need it.
const EXPIRED_EVENTS = `with old as (select id from engine.event where received_at < $1::timestamptz order by id limit ${BATCH}),
  needed as (
    select unnest(event_ids) as id from engine.run
    union all select payload::json ->> 'eventId' from engine.job where kind = 'debounce'
    union all select json_array_elements_text(payload::json -> 'eventIds') from engine.job where kind = 'batch'
  ), gone as (
    delete from engine.event where id in (select id from old where not exists (select 1 from needed where needed.id = old.id)) returning id
  ) select count(*)::integer as count from gone`;

/** Deletes a batch of runs that ended, and events that came, before a time. Returns how many rows are gone; 0 means done. */
export async function prune(unit: Unit, keepMs: number): Promise<number> {
  const before = new Date(unit.now - keepMs).toISOString();
  const runs = await unit.query<{ count: number }>(EXPIRED_RUNS, [before]);
  const events = await unit.query<{ count: number }>(EXPIRED_EVENTS, [before]);
  await unit.query("delete from engine.gate where expires_at < $1::timestamptz", [
    new Date(unit.now).toISOString(),
  ]);
  return (runs[0]?.count ?? 0) + (events[0]?.count ?? 0);
}
