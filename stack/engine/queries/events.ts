import type { Database } from "@/stack/postgres/database";
import { eventScope } from "../events/event-json";
import { fromRow } from "../state/mapping";
import type { StoredEvent } from "../state/rows";
import { EVENT } from "../state/tables";

export interface EventQuery {
  readonly limit: number;
  readonly name: string | null;
  /** Internal id of the last event of the page before. */
  readonly cursor: string | null;
  /** ISO date. */
  readonly receivedAfter: string | null;
}

/** One event by its internal id, in the form of `GET /v1/events/:id`. */
export async function findEvent(db: Database, id: string): Promise<Record<string, unknown> | undefined> {
  const rows = await db.query("select * from engine.event where id = $1", [id]);
  return rows[0] && eventView(fromRow(EVENT, rows[0]));
}

/** Events, newest first, paged by key. */
export async function listEvents(
  db: Database,
  { limit, name, cursor, receivedAfter }: EventQuery,
): Promise<{ data: Record<string, unknown>[]; page: { hasMore: boolean; limit: number; cursor?: string } }> {
  const after =
    receivedAfter !== null && !Number.isNaN(Date.parse(receivedAfter))
      ? new Date(receivedAfter).toISOString()
      : null;
  const rows = await db.query(
    `select * from engine.event where ($1::text is null or name = $1) and ($2::text is null or id < $2)
     and ($3::timestamptz is null or received_at > $3::timestamptz) order by id desc limit $4::integer`,
    [name, cursor, after, limit + 1],
  );
  const events = rows.slice(0, limit).map((row) => fromRow(EVENT, row));
  const last = events[events.length - 1];
  const hasMore = rows.length > limit;
  return {
    data: events.map(eventView),
    page: { hasMore, limit, ...(hasMore && last ? { cursor: last.id } : {}) },
  };
}

function eventView(event: StoredEvent): Record<string, unknown> {
  return {
    internal_id: event.id,
    ...eventScope(event),
    received_at: new Date(event.receivedAt).toISOString(),
  };
}
