/**
 * Change events without logical decoding (an embedded Postgres has no replication slot): a trigger per published
 * table tells the server through NOTIFY, at commit and only if the transaction commits. Which tables have the
 * trigger follows the publication `supabase_realtime`, so the same migration works hosted and here.
 * A NOTIFY payload is limited to 8,000 bytes; a larger change waits in `realtime.overflow` for ten minutes.
 */
export const REALTIME_SCHEMA_SQL = `
do $$ begin
  if not exists (select from pg_publication where pubname = 'supabase_realtime') then
    create publication supabase_realtime;
  end if;
end $$;

create table if not exists realtime.overflow (
  id bigint generated always as identity primary key,
  payload jsonb not null,
  at timestamptz not null default now());

create or replace function realtime.emit() returns trigger
language plpgsql security definer set search_path = '' as $fn$
declare
  change jsonb;
  big bigint;
begin
  change := jsonb_build_object('schema', tg_table_schema, 'table', tg_table_name, 'type', tg_op, 'commit_timestamp',
    to_char(clock_timestamp() at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'));
  if tg_op <> 'DELETE' then change := change || jsonb_build_object('record', to_jsonb(new)); end if;
  if tg_op <> 'INSERT' then change := change || jsonb_build_object('old_record', to_jsonb(old)); end if;
  if octet_length(change::text) > 7800 then
    delete from realtime.overflow where at < now() - interval '10 minutes';
    insert into realtime.overflow(payload) values (change) returning id into big;
    change := jsonb_build_object('overflow', big);
  end if;
  perform pg_notify('realtime', change::text);
  return null;
end $fn$;
revoke execute on function realtime.emit() from public;

create or replace function realtime.sync_triggers() returns void
language plpgsql set search_path = '' as $fn$
declare
  t record;
begin
  for t in
    select c.oid::regclass as rel,
      exists (select from pg_publication_tables p
        where p.pubname = 'supabase_realtime' and p.schemaname = n.nspname and p.tablename = c.relname) as want,
      exists (select from pg_trigger g where g.tgrelid = c.oid and g.tgname = '_realtime') as have
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema', 'auth', 'realtime')
  loop
    if t.want and not t.have then
      execute format('create trigger _realtime after insert or update or delete on %s
        for each row execute function realtime.emit()', t.rel);
    elsif t.have and not t.want then
      execute format('drop trigger _realtime on %s', t.rel);
    end if;
  end loop;
end $fn$;

-- As hosted: a changed schema is noticed without a restart (channel "pgrst"), a changed publication at once.
create or replace function realtime.after_ddl() returns event_trigger
language plpgsql security definer set search_path = '' as $fn$
begin
  if tg_tag like '% PUBLICATION' then perform realtime.sync_triggers(); end if;
  perform pg_notify('pgrst', 'reload schema');
end $fn$;
drop event trigger if exists upstream_after_ddl;
create event trigger upstream_after_ddl on ddl_command_end when tag in (
  'CREATE TABLE', 'CREATE TABLE AS', 'SELECT INTO', 'ALTER TABLE', 'CREATE VIEW', 'ALTER VIEW',
  'CREATE MATERIALIZED VIEW', 'CREATE FUNCTION', 'ALTER FUNCTION', 'CREATE INDEX', 'CREATE TYPE', 'ALTER TYPE',
  'GRANT', 'REVOKE', 'CREATE PUBLICATION', 'ALTER PUBLICATION', 'DROP PUBLICATION', 'DROP TABLE', 'DROP VIEW',
  'DROP FUNCTION', 'DROP INDEX', 'DROP TYPE') execute function realtime.after_ddl();
`;
