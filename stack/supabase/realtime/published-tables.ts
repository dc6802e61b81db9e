import type { Database } from "../../postgres/database";

/** A table whose changes are told to subscribers. */
export interface PublishedTable {
  readonly schema: string;
  readonly name: string;
  readonly rowSecurity: boolean;
  readonly columns: ReadonlyArray<{ readonly name: string; readonly type: string }>;
  readonly primaryKey: readonly string[];
  /** Whether somebody who is not signed in may read any of it. */
  readonly anonymous: boolean;
  /** `replica identity full`: the old row is told whole, unless row security hides it. */
  readonly fullIdentity: boolean;
}

const PUBLISHED_SQL = `
select json_build_object('schema', n.nspname, 'name', c.relname, 'rowSecurity', c.relrowsecurity,
  'fullIdentity', c.relreplident = 'f',
  'anonymous', has_schema_privilege('anon', n.oid, 'USAGE') and has_any_column_privilege('anon', c.oid, 'SELECT'),
  'columns', (
    select coalesce(json_agg(json_build_object('name', a.attname, 'type', y.typname) order by a.attnum), '[]')
    from pg_attribute a join pg_type y on y.oid = a.atttypid
    where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped),
  'primaryKey', (
    select coalesce(json_agg(a.attname order by a.attnum), '[]')
    from pg_index i join pg_attribute a on a.attrelid = c.oid and a.attnum = any(i.indkey)
    where i.indrelid = c.oid and i.indisprimary))::text as json
from pg_trigger g join pg_class c on c.oid = g.tgrelid join pg_namespace n on n.oid = c.relnamespace
where g.tgname = '_realtime'`;

/** Brings the triggers in line with the publication, then lists the tables that have one, by `schema.name`. */
export async function readPublishedTables(db: Database): Promise<Map<string, PublishedTable>> {
  await db.query("select realtime.sync_triggers()");
  const rows = await db.query<{ json: string }>(PUBLISHED_SQL);
  const tables = rows.map((row) => JSON.parse(row.json) as PublishedTable);
  return new Map(tables.map((table) => [`${table.schema}.${table.name}`, table]));
}
