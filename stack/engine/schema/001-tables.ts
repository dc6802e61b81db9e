/** What the engine remembers. Payloads are JSON in `text`: jsonb would refuse \u0000 and reorder keys. */
export const tables = `
create table engine.app (
  id text primary key,
  url text not null,
  framework text,
  sdk text,
  checksum text not null,
  created_at timestamptz not null,
  synced_at timestamptz not null
);

create table engine.function (
  id text primary key,
  slug text not null unique,
  app_id text not null,
  name text not null,
  config text not null,
  archived boolean not null default false
);

create table engine.event (
  id text primary key,
  external_id text,
  name text not null,
  data text not null,
  user_data text not null,
  ts timestamptz not null,
  received_at timestamptz not null
);
create index event_by_name on engine.event (name, id);

create table engine.run (
  id text primary key,
  function_id text not null,
  app_id text not null,
  event_ids text[] not null,
  status text not null check (status in ('Queued', 'Running', 'Completed', 'Failed', 'Cancelled')),
  output text,
  reason text,
  max_attempts integer not null,
  sdk_version integer not null,
  plan_only boolean not null,
  pending text[] not null,
  generation integer not null,
  concurrency_keys text[] not null,
  singleton_key text,
  priority_ms integer not null,
  invoked_by text,
  rerun_of text,
  queued_at timestamptz not null,
  started_at timestamptz,
  ended_at timestamptz
);
create index run_by_function on engine.run (function_id, id);
create index run_by_event on engine.run ((event_ids[1]));
create index run_by_batch on engine.run using gin (event_ids) where cardinality(event_ids) > 1;
create index run_finished on engine.run (ended_at) where ended_at is not null;
create index run_singleton on engine.run (function_id, singleton_key) where ended_at is null and singleton_key is not null;

create table engine.step (
  run_id text not null,
  id text not null,
  position integer,
  op text not null,
  name text not null,
  status text not null check (status in ('Waiting', 'Running', 'Completed', 'Failed', 'Cancelled')),
  memo text,
  input text,
  error text,
  race boolean not null,
  attempts integer not null,
  queued_at timestamptz not null,
  started_at timestamptz,
  ended_at timestamptz,
  primary key (run_id, id)
);

create table engine.job (
  id text primary key,
  kind text not null,
  run_id text,
  step_id text,
  function_id text,
  state text not null check (state in ('queued', 'running')),
  attempt integer not null,
  generation integer not null,
  again boolean not null,
  due_at timestamptz not null,
  rank timestamptz not null,
  lease_until timestamptz,
  keys text[] not null,
  payload text
);
create index job_by_run on engine.job (run_id) where run_id is not null;
create index job_due on engine.job (due_at) where state = 'queued';
create index job_rank on engine.job (rank) where state = 'queued' and kind = 'call';
create index job_running on engine.job (lease_until) where state = 'running';

create table engine.wait (
  run_id text not null,
  step_id text not null,
  kind text not null check (kind in ('event', 'cancel', 'invoke', 'signal')),
  event_name text not null,
  expression text,
  key_path text not null,
  key_value text not null,
  expires_at timestamptz not null,
  primary key (run_id, step_id)
);
create index wait_by_event on engine.wait (event_name, key_path, key_value);
create index wait_due on engine.wait (expires_at);

create table engine.gate (
  key text primary key,
  opens_at double precision not null,
  expires_at timestamptz not null
);
create index gate_expired on engine.gate (expires_at);
`;
