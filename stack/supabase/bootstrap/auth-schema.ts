/**
 * The part of hosted's `auth` schema that migrations, policies and seeds rely on, plus what the sign-in server keeps.
 * Columns of `auth.users` and `auth.identities` carry hosted's names so that a seed written for hosted runs here.
 */
export const AUTH_SCHEMA_SQL = `
create or replace function auth.jwt() returns jsonb language sql stable as $$
  select coalesce(nullif(current_setting('request.jwt.claims', true), ''), '{}')::jsonb $$;
create or replace function auth.uid() returns uuid language sql stable as $$
  select nullif(auth.jwt() ->> 'sub', '')::uuid $$;
create or replace function auth.role() returns text language sql stable as $$ select auth.jwt() ->> 'role' $$;
create or replace function auth.email() returns text language sql stable as $$ select auth.jwt() ->> 'email' $$;

create table if not exists auth.users (
  instance_id uuid,
  id uuid primary key default gen_random_uuid(),
  aud text default 'authenticated',
  role text default 'authenticated',
  email text unique,
  encrypted_password text,
  email_confirmed_at timestamptz,
  invited_at timestamptz,
  confirmation_token text,
  confirmation_sent_at timestamptz,
  recovery_token text,
  recovery_sent_at timestamptz,
  email_change_token_new text,
  email_change_token_current text,
  email_change text,
  email_change_sent_at timestamptz,
  last_sign_in_at timestamptz,
  raw_app_meta_data jsonb default '{}',
  raw_user_meta_data jsonb default '{}',
  is_super_admin boolean,
  phone text,
  banned_until timestamptz,
  is_anonymous boolean not null default false,
  created_at timestamptz default now(),
  updated_at timestamptz default now());
create table if not exists auth.identities (
  id uuid primary key default gen_random_uuid(),
  provider_id text not null,
  user_id uuid not null references auth.users(id) on delete cascade,
  identity_data jsonb not null,
  provider text not null,
  last_sign_in_at timestamptz,
  created_at timestamptz default now(),
  updated_at timestamptz default now(),
  unique (provider_id, provider));
create table if not exists auth.sessions (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references auth.users(id) on delete cascade,
  created_at timestamptz not null default now(),
  refreshed_at timestamptz);
create index if not exists sessions_user_id_idx on auth.sessions (user_id);
create table if not exists auth.refresh_tokens (
  token_hash text primary key,
  session_id uuid not null references auth.sessions(id) on delete cascade,
  revoked_at timestamptz,
  created_at timestamptz not null default now());
-- The token this one came of, and the salt by which it did: whoever still holds that one gets this one again.
alter table auth.refresh_tokens add column if not exists parent_hash text, add column if not exists salt text;
create unique index if not exists refresh_tokens_parent_hash_idx on auth.refresh_tokens (parent_hash);
create index if not exists refresh_tokens_session_id_idx on auth.refresh_tokens (session_id);
create table if not exists auth.signing_keys (
  id text primary key,
  jwk jsonb not null,
  created_at timestamptz not null default now());
`;
