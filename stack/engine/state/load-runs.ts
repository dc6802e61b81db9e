import type { Sql } from "@/stack/postgres/database";
import { fromRow, textArray } from "./mapping";
import type { StoredEvent } from "./rows";
import type { RunState } from "./run-state";
import { EVENT, JOB, RUN, STEP } from "./tables";

type Raw = Record<string, unknown>;

interface RunRows {
  readonly run: Raw;
  readonly steps: Raw[] | null;
  readonly calls: Raw[] | null;
  readonly events: Raw[] | null;
}

const LOAD = `select row_to_json(r) as run,
  (select json_agg(s) from engine.step s where s.run_id = r.id) as steps,
  (select json_agg(j) from engine.job j where j.run_id = r.id and j.kind = 'call') as calls,
  (select json_agg(e) from engine.event e where e.id = any(r.event_ids)) as events
  from engine.run r where r.id = any($1::text[])`;

/** Reads runs with their steps, calls and events in one round trip. Unknown ids are left out. */
export async function loadRuns(sql: Sql, runIds: readonly string[]): Promise<RunState[]> {
  const rows = await sql.query<RunRows>(LOAD, [textArray(runIds)]);
  return rows.map((row) => {
    const run = fromRow(RUN, row.run);
    const events = new Map((row.events ?? []).map((raw) => [raw.id, fromRow(EVENT, raw)]));
    return {
      run,
      steps: new Map((row.steps ?? []).map((raw) => [String(raw.id), fromRow(STEP, raw)])),
      calls: new Map((row.calls ?? []).map((raw) => [String(raw.step_id), fromRow(JOB, raw)])),
      events: run.eventIds
        .map((id) => events.get(id))
        .filter((event): event is StoredEvent => event !== undefined),
    };
  });
}
