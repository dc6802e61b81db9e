/**
 * Roles and schemas a hosted project has before its first migration. Nothing is granted on tables: a hosted project
 * grants nothing by default since 2026-10-30 (supabase.com/changelog/45329), so migrations must say it themselves.
 * `noinherit` and the missing `login` are as hosted.
 */
export const ROLES_SQL = `
do $$ begin
  if not exists (select from pg_roles where rolname = 'anon') then
    create role anon nologin noinherit;
  end if;
  if not exists (select from pg_roles where rolname = 'authenticated') then
    create role authenticated nologin noinherit;
  end if;
  if not exists (select from pg_roles where rolname = 'service_role') then
    create role service_role nologin noinherit bypassrls;
  end if;
exception when duplicate_object or unique_violation then
  null; -- roles belong to the whole server: another database of it may be starting at the same moment
end $$;
create schema if not exists extensions;
create schema if not exists auth;
create schema if not exists realtime;
create schema if not exists supabase_migrations;
create extension if not exists pgcrypto with schema extensions;
grant usage on schema public, extensions, auth to anon, authenticated, service_role;
-- Postgres 15 and later no longer let everybody create in public; older dumps may have granted it back.
revoke create on schema public from public;

create table if not exists supabase_migrations.schema_migrations (
  version text primary key, name text, statements text[]);
create table if not exists supabase_migrations.seed_files (path text primary key, hash text not null);
`;
