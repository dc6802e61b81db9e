-- A search is one buyer's criteria and what came of it.
create table public.searches (
  id uuid primary key default gen_random_uuid(),
  name text not null,
  buyer_name text not null,
  criteria jsonb not null,
  source text not null check (source in ('form', 'file', 'api')),
  status text not null default 'new' check (status in ('new', 'sourcing', 'awaiting_sourcing', 'awaiting_extraction',
    'extracting', 'scheduling', 'awaiting_campaign', 'active', 'completed', 'rejected', 'failed', 'cancelled')),
  status_reason text,
  strategy text,
  payloads jsonb not null default '[]',
  engine_run_id text,
  created_by text not null default public.acting_name(),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index searches_recent on public.searches (created_at desc, id desc);
create index searches_status on public.searches (status);

insert into public.status_transitions (entity, from_status, to_status)
select 'searches', f, t from (values
  ('new', 'sourcing'), ('sourcing', 'awaiting_sourcing'), ('sourcing', 'awaiting_extraction'),
  ('awaiting_sourcing', 'sourcing'), ('awaiting_sourcing', 'awaiting_extraction'),
  ('awaiting_extraction', 'sourcing'), ('awaiting_extraction', 'extracting'), ('extracting', 'awaiting_extraction'),
  ('extracting', 'scheduling'), ('scheduling', 'awaiting_campaign'), ('scheduling', 'completed'),
  ('scheduling', 'active'), ('awaiting_campaign', 'scheduling'), ('awaiting_campaign', 'active'), ('active', 'completed'),
  ('failed', 'sourcing'), ('failed', 'extracting'), ('failed', 'scheduling'), ('failed', 'awaiting_extraction')
) as moves (f, t)
union all
select 'searches', f, t
  from unnest('{new,sourcing,awaiting_sourcing,awaiting_extraction,extracting,scheduling,awaiting_campaign,active}'::text[]) f,
       unnest('{rejected,failed,cancelled}'::text[]) t
union all
select 'searches', 'failed', 'cancelled';
create trigger searches_transitions before update of status on public.searches
  for each row execute function public.hold_to_transitions();
create trigger searches_touch before update on public.searches for each row execute function public.touch_updated_at();

-- Every run of an agent: what it was given, what came out, what it cost.
create table public.agent_runs (
  id uuid primary key default gen_random_uuid(),
  agent text not null,
  agent_version text not null,
  purpose text not null,
  search_id uuid references public.searches (id),
  email_id uuid,
  model text not null,
  prompt text not null,
  status text not null default 'running' check (status in ('running', 'succeeded', 'failed')),
  output jsonb,
  failure_kind text,
  failure_message text,
  schema_errors jsonb not null default '[]',
  attempts int not null default 0,
  duration_ms int,
  input_tokens int,
  output_tokens int,
  cost_microusd bigint,
  session_id text,
  started_at timestamptz not null default now(),
  finished_at timestamptz
);
create index agent_runs_recent on public.agent_runs (started_at desc, id desc);
create index agent_runs_search on public.agent_runs (search_id, started_at desc);
create index agent_runs_email on public.agent_runs (email_id);

-- Learnings: words a person said about a proposal, what changed, and what came of it.
create table public.agent_feedback (
  id uuid primary key default gen_random_uuid(),
  agent text not null,
  checkpoint text not null references public.checkpoint_settings (checkpoint),
  words text not null check (words ~ '\S'),
  adjustment text,
  outcome text,
  effect_bps int,
  tags text[] not null default '{}',
  status text not null default 'active' check (status in ('active', 'retired')),
  pinned boolean not null default false,
  approval_id uuid,
  search_id uuid references public.searches (id),
  author text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index agent_feedback_relevant on public.agent_feedback (agent, status, created_at desc);
create index agent_feedback_approval on public.agent_feedback (approval_id);
create trigger agent_feedback_touch before update on public.agent_feedback
  for each row execute function public.touch_updated_at();

-- Which learning went into which run, and the line it became.
create table public.agent_run_learnings (
  run_id uuid not null references public.agent_runs (id) on delete cascade,
  feedback_id uuid not null references public.agent_feedback (id),
  line text not null,
  primary key (run_id, feedback_id)
);
create index agent_run_learnings_feedback on public.agent_run_learnings (feedback_id);

-- Moves a search only from where the caller believes it is; false means somebody else moved it first.
create function public.move_search(p_id uuid, p_from text[], p_to text, p_reason text default null) returns boolean
language plpgsql security definer set search_path = '' as $$
declare
  v_before text;
begin
  perform public.require_operator();
  select status into v_before from public.searches where id = p_id for update;
  if v_before = p_to then
    return true;
  end if;
  update public.searches set status = p_to, status_reason = p_reason where id = p_id and status = any (p_from);
  if not found then
    return false;
  end if;
  perform public.write_audit('search.' || p_to, 'searches', p_id::text, jsonb_build_object('status', v_before),
    jsonb_build_object('status', p_to), p_reason);
  return true;
end $$;

alter table public.searches enable row level security;
alter table public.agent_runs enable row level security;
alter table public.agent_feedback enable row level security;
alter table public.agent_run_learnings enable row level security;
create policy searches_read on public.searches for select to authenticated using ((select public.is_operator()));
create policy searches_create on public.searches for insert to authenticated
  with check ((select public.is_operator()));
create policy agent_runs_read on public.agent_runs for select to authenticated using ((select public.is_operator()));
create policy agent_feedback_read on public.agent_feedback for select to authenticated using ((select public.is_operator()));
create policy agent_run_learnings_read on public.agent_run_learnings for select to authenticated using ((select public.is_operator()));
-- A new search is all an operator writes by hand; status, payloads and author are not theirs to choose.
grant select, insert (name, buyer_name, criteria, source) on public.searches to authenticated;
grant select on public.agent_runs, public.agent_feedback, public.agent_run_learnings to authenticated;
grant select, insert, update on public.searches, public.agent_runs, public.agent_feedback, public.agent_run_learnings
  to service_role;

revoke execute on function public.move_search(uuid, text[], text, text) from public, anon;
grant execute on function public.move_search(uuid, text[], text, text) to authenticated, service_role;

alter publication supabase_realtime add table public.searches;
