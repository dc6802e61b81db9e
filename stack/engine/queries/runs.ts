import type { Database, SqlParam } from "@/stack/postgres/database";
import { fromRow, textArray } from "../state/mapping";
import type { Run } from "../state/rows";
import { RUN } from "../state/tables";
import type { RunFilter } from "./run-filter";

const MAX_RUNS_OF_EVENT = 200;

/** A run with what a list shows of its trigger. */
export interface ListedRun extends Run {
  readonly eventName: string | null;
  readonly cron: string | null;
}

const SELECT = `select r.*, e.name as event_name, case when e.name = 'inngest/scheduled.timer' then e.data::json ->> 'cron' end as cron
  from engine.run r left join engine.event e on e.id = r.event_ids[1]`;

const toListed = (row: Record<string, unknown>): ListedRun => ({
  ...fromRow(RUN, row),
  eventName: (row.event_name as string | null) ?? null,
  cron: (row.cron as string | null) ?? null,
});

export async function findRun(db: Database, id: string): Promise<ListedRun | undefined> {
  const rows = await db.query(`${SELECT} where r.id = $1`, [id]);
  return rows[0] && toListed(rows[0]);
}

/** Runs an event started, alone or in a batch, oldest first. */
export async function runsOfEvent(db: Database, eventId: string): Promise<ListedRun[]> {
  const rows = await db.query(
    `${SELECT} where r.event_ids[1] = $1 or (cardinality(r.event_ids) > 1 and r.event_ids @> array[$1::text])
     order by r.id limit ${MAX_RUNS_OF_EVENT}`,
    [eventId],
  );
  return rows.map(toListed);
}

/** Runs that meet a filter, in the order they were queued, paged by key. */
export async function listRuns(
  db: Database,
  filter: RunFilter,
): Promise<{ runs: ListedRun[]; page: { hasMore: boolean; limit: number; cursor?: string } }> {
  const conditions: string[] = [];
  const params: SqlParam[] = [];
  const add = (value: SqlParam, condition: (parameter: string) => string): void => {
    params.push(value);
    conditions.push(condition(`$${params.length}`));
  };
  if (filter.cursor) add(filter.cursor, (p) => `r.id ${filter.order === "asc" ? ">" : "<"} ${p}`);
  if (filter.statuses.length > 0) add(textArray(filter.statuses), (p) => `r.status = any(${p}::text[])`);
  if (filter.appIds.length > 0) add(textArray(filter.appIds), (p) => `r.app_id = any(${p}::text[])`);
  if (filter.functionIds) add(textArray(filter.functionIds), (p) => `r.function_id = any(${p}::text[])`);
  if (filter.from) add(filter.from, (p) => `r.${filter.timeColumn} >= ${p}::timestamptz`);
  if (filter.until) add(filter.until, (p) => `r.${filter.timeColumn} < ${p}::timestamptz`);
  params.push(filter.limit + 1);
  const where = conditions.length > 0 ? `where ${conditions.join(" and ")}` : "";
  const rows = await db.query(
    `${SELECT} ${where} order by r.id ${filter.order} limit $${params.length}::integer`,
    params,
  );
  const runs = rows.slice(0, filter.limit).map(toListed);
  const last = runs[runs.length - 1];
  const hasMore = rows.length > filter.limit;
  return { runs, page: { hasMore, limit: filter.limit, ...(hasMore && last ? { cursor: last.id } : {}) } };
}
