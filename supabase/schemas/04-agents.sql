-- Runs of agents, their definitions and the shapes of their answers, the circuit breaker, and definitions
-- tried on the side. Runs that only look on (a `shadow` of a live run, a `test` of a definition) name no
-- search and no mail of their own: nothing acts on them, and no count of the desk's work includes them.

-- The shapes an answer had to have, each kept once: a run names the one it was held to.
create table public.agent_schemas (
  hash text primary key,
  schema jsonb not null,
  created_at timestamptz not null default now()
);
alter table public.agent_schemas enable row level security;
create policy agent_schemas_read on public.agent_schemas for select to authenticated
  using ((select public.is_operator()));
grant select on public.agent_schemas to authenticated;
grant select, insert on public.agent_schemas to service_role;

-- Every text an agent's definition ever had. One may be
-- active; when none is, the file is. A text never changes.
create table public.agent_definitions (
  agent text not null check (agent ~ '^[a-z][a-z0-9-]{1,60}$'),
  version text not null,
  source text not null check (source ~ '\S' and octet_length(source) <= 65536),
  origin text not null check (origin in ('file', 'console')),
  author text not null,
  note text,
  created_at timestamptz not null default now(),
  active boolean not null default false,
  activated_at timestamptz,
  activated_by text,
  -- The file's version when this one was made live: another
  -- one later means the file was changed on disk since.
  file_version text,
  primary key (agent, version)
);
create unique index agent_definitions_active on public.agent_definitions (agent) where active;
create index agent_definitions_recent on public.agent_definitions (agent, created_at desc, version desc);
alter table public.agent_definitions enable row level security;
create policy agent_definitions_read on public.agent_definitions for select to authenticated
  using ((select public.is_operator()));
grant select on public.agent_definitions to authenticated, service_role;

-- Whether agents are asked at all. Closed: yes. Open: nobody asks before `retry_at`. Probing: one asks,
-- the others wait for what it finds; a probe whose process died is taken over when its time is up.
create table public.agent_circuit (
  id int primary key default 1 check (id = 1),
  status text not null default 'closed' check (status in ('closed', 'open', 'probing')),
  failures int not null default 0,
  openings int not null default 0,
  kind text,
  message text,
  opened_at timestamptz,
  retry_at timestamptz,
  changed_at timestamptz not null default now(),
  constraint open_says_until_when check ((status = 'closed') = (retry_at is null))
);
alter table public.agent_circuit enable row level security;
create policy agent_circuit_read on public.agent_circuit for select to authenticated
  using ((select public.is_operator()));
grant select on public.agent_circuit to authenticated, service_role;
alter publication supabase_realtime add table public.agent_circuit;

insert into public.agent_circuit (id) values (1);

-- A candidate definition beside the live one, on the same real inputs. Nothing acts on what it says.
create table public.agent_shadows (
  id uuid primary key default gen_random_uuid(),
  agent text not null,
  version text not null,
  share_pct int not null check (share_pct between 1 and 100),
  budget_microusd bigint not null check (budget_microusd > 0),
  status text not null default 'running' check (status in ('running', 'stopped', 'switched')),
  status_reason text,
  started_by text not null,
  started_at timestamptz not null default now(),
  ended_at timestamptz,
  foreign key (agent, version) references public.agent_definitions (agent, version)
);
create unique index agent_shadows_one_per_agent on public.agent_shadows (agent) where status = 'running';
create index agent_shadows_recent on public.agent_shadows (agent, started_at desc, id desc);
create index agent_shadows_definition on public.agent_shadows (agent, version);
alter table public.agent_shadows enable row level security;
create policy agent_shadows_read on public.agent_shadows for select to authenticated
  using ((select public.is_operator()));
grant select on public.agent_shadows to authenticated, service_role;

insert into public.status_transitions (entity, from_status, to_status) values
  ('agent_shadows', 'running', 'stopped'), ('agent_shadows', 'running', 'switched'),
  ('agent_shadows', 'stopped', 'switched');

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
  finished_at timestamptz,
  kind text not null default 'live' check (kind in ('live', 'shadow', 'test')),
  shadow_of uuid references public.agent_runs (id),
  input jsonb,
  schema_hash text references public.agent_schemas (hash),
  agreement_bps int check (agreement_bps between 0 and 10000),
  agreement_note text,
  shadow_id uuid references public.agent_shadows (id),
  -- How many learnings a run was given, kept beside it.
  learnings_given int not null default 0,
  -- Trust belongs to a definition and to the model that ran it. What a name like "sonnet" stands for can
  -- change without anybody changing a setting, so the model that answered is kept beside the one that
  -- was asked for; where it is not known (older runs, or a CLI that does not say) only the name counts.
  answered_model text,
  constraint only_looking_on check ((kind = 'live') = (shadow_of is null)
    and (kind = 'live' or (search_id is null and email_id is null))),
  constraint a_shadow_has_its_trial check ((kind = 'shadow') = (shadow_id is not null))
);
comment on column public.agent_runs.answered_model
  is 'The model that answered, as the CLI names it; `model` is the one that was asked for.';
create index agent_runs_recent on public.agent_runs (started_at desc, id desc);
create index agent_runs_search on public.agent_runs (search_id, started_at desc);
create index agent_runs_email on public.agent_runs (email_id);
create index agent_runs_shadow_of on public.agent_runs (shadow_of);
create index agent_runs_schema on public.agent_runs (schema_hash);
create index agent_runs_by_agent on public.agent_runs (agent, kind, started_at desc, id desc);
create unique index agent_runs_shadow_once on public.agent_runs (shadow_id, shadow_of) where kind = 'shadow';
-- Holds all that the Metrics pages count of runs, so that they read the index alone.
create index agent_runs_measured on public.agent_runs (started_at, agent, agent_version) include
  (status, failure_kind, attempts, duration_ms, input_tokens, output_tokens, cost_microusd,
    learnings_given, search_id, email_id, id,
   model, answered_model) where kind = 'live';
alter table public.agent_runs enable row level security;
create policy agent_runs_read on public.agent_runs for select to authenticated
  using ((select public.is_operator()));
grant select on public.agent_runs to authenticated;
grant select, insert, update on public.agent_runs to service_role;

-- The answer whoever wants to start an agent gets, in one shape for every caller.
create function public.say_agent_circuit(p_circuit public.agent_circuit, p_passes boolean, p_probe boolean)
  returns jsonb
language sql immutable set search_path = '' as $$
  select jsonb_build_object('passes', p_passes, 'probe', p_probe, 'status',
    p_circuit.status, 'kind', p_circuit.kind, 'message', p_circuit.message, 'openedAt', p_circuit.opened_at,
    'retryAt', p_circuit.retry_at)
$$;

-- Asked before every agent run. While closed it takes no lock
-- and writes nothing. `p_probe` false never becomes the probe.
create function public.pass_agent_circuit(
  p_lease_s int default 180, p_probe boolean default true, p_now timestamptz default now()
) returns jsonb language plpgsql security definer set search_path = '' as $$
declare
  v_circuit public.agent_circuit;
begin
  perform public.require_operator();
  select * into v_circuit from public.agent_circuit where id = 1;
  if v_circuit.status = 'closed' then
    return public.say_agent_circuit(v_circuit, true, false);
  end if;
  select * into v_circuit from public.agent_circuit where id = 1 for update;
  if v_circuit.status = 'closed' then
    return public.say_agent_circuit(v_circuit, true, false);
  end if;
  if not p_probe or v_circuit.retry_at > p_now then
    return public.say_agent_circuit(v_circuit, false, false);
  end if;
  update public.agent_circuit set status = 'probing', retry_at = p_now + make_interval(secs => p_lease_s),
    changed_at = p_now
   where id = 1 returning * into v_circuit;
  return public.say_agent_circuit(v_circuit, true, true);
end $$;
grant execute on function public.pass_agent_circuit to service_role;

-- What became of a run: 'answered', or how the provider failed. Three failures in a row open the circuit; one
-- is enough where trying again cannot help (not signed in, no credit). Each opening without an answer in
-- between waits twice as long, from 30 seconds to 15 minutes, spread by a fifth either way so that several
-- processes do not ask at once.
create function public.report_agent_outcome(
  p_outcome text, p_message text default null, p_jitter double precision default 0.5,
  p_now timestamptz default now()
) returns jsonb language plpgsql security definer set search_path = '' as $$
declare
  v_circuit public.agent_circuit;
  v_before text;
  v_enough int := case when p_outcome in ('not_signed_in', 'no_credit') then 1 else 3 end;
begin
  perform public.require_operator();
  select * into v_circuit from public.agent_circuit where id = 1;
  if p_outcome = 'answered' and v_circuit.status = 'closed' and v_circuit.failures = 0 then
    return public.say_agent_circuit(v_circuit, true, false);
  end if;
  select * into v_circuit from public.agent_circuit where id = 1 for update;
  v_before := v_circuit.status;
  if p_outcome = 'answered' then
    update public.agent_circuit set status = 'closed', failures = 0, openings = 0,
      kind = null, message = null, opened_at = null, retry_at = null, changed_at = p_now
        where id = 1 returning * into v_circuit;
    if v_before <> 'closed' then
      perform public.write_audit('agents.resumed', 'agent_circuit', '1', null, null,
        'An agent answered again.');
      -- What it asked of a person is done.
      update public.notices set acknowledged_at = p_now, acknowledged_by = 'system'
       where kind = 'agents.paused' and acknowledged_at is null;
    end if;
    return public.say_agent_circuit(v_circuit, true, false);
  end if;
  -- A run that began before the pause and fails during it says nothing new.
  if v_before = 'open' then
    return public.say_agent_circuit(v_circuit, false, false);
  end if;
  if v_before = 'closed' and v_circuit.failures + 1 < v_enough then
    update public.agent_circuit set failures = failures + 1, kind = p_outcome,
      message = p_message, changed_at = p_now
     where id = 1 returning * into v_circuit;
    return public.say_agent_circuit(v_circuit, true, false);
  end if;
  update public.agent_circuit set status = 'open', failures = failures + 1,
    openings = openings + 1, kind = p_outcome,
      message = p_message, opened_at = coalesce(opened_at, p_now), changed_at = p_now,
      retry_at = p_now + least(30 * power(2, least(openings, 10)),
        900) * (0.8 + 0.4 * p_jitter) * interval '1 second'
   where id = 1 returning * into v_circuit;
  if v_before = 'closed' then
    perform public.write_audit('agents.paused', 'agent_circuit', '1', null,
      jsonb_build_object('kind', p_outcome), p_message);
    perform public.tell('agents.paused', 'attention', 'Agents are paused',
      coalesce(p_message, 'The provider does not answer.') || ' Searches and replies wait until it is back.',
      '/settings/agents');
  end if;
  return public.say_agent_circuit(v_circuit, false, false);
end $$;
grant execute on function public.report_agent_outcome to service_role;

-- An operator does not want to wait for the next try. True when agents were paused.
create function public.retry_agents_now() returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  perform public.require_operator();
  update public.agent_circuit set retry_at = now(), changed_at = now() where id = 1 and status = 'open';
  if found then
    perform public.write_audit('agents.tried', 'agent_circuit', '1');
  end if;
  return found;
end $$;
grant execute on function public.retry_agents_now to authenticated, service_role;

-- A run whose process died would say "running" for ever.
create function public.tidy_agent_runs(p_now timestamptz default now()) returns int
language plpgsql security definer set search_path = '' as $$
declare
  v_count int;
begin
  perform public.require_operator();
  update public.agent_runs set status = 'failed', failure_kind = 'broken', finished_at = p_now,
      failure_message = 'The program ended before the run did.'
   where status = 'running' and started_at < p_now - interval '30 minutes';
  get diagnostics v_count = row_count;
  return v_count;
end $$;
grant execute on function public.tidy_agent_runs to service_role;

-- A definition is named by what it says: the same words are the same version, wherever they came from.
create function public.definition_version(p_source text) returns text
language sql immutable set search_path = '' as $$
  select left(encode(sha256(convert_to(p_source, 'UTF8')), 'hex'), 12)
$$;

-- Remembers a text, so that runs made with it can show it after it changed.
create function public.keep_agent_definition(p_agent text, p_source text, p_origin text, p_author text,
  p_note text default null)
returns text language plpgsql security definer set search_path = '' as $$
declare
  v_version text := public.definition_version(p_source);
begin
  perform public.require_operator();
  insert into public.agent_definitions (agent, version, source, origin, author, note)
  values (p_agent, v_version, p_source, p_origin, p_author, public.words_in(p_note))
  on conflict (agent, version) do nothing;
  return v_version;
end $$;
grant execute on function public.keep_agent_definition to service_role;

-- Makes a version the live one, if what is live is still what its author looked
-- at. Two who save at once would otherwise take back each other's words unseen.
create function public.point_agent_definition(
  p_agent text, p_version text, p_expected text, p_file_version text, p_why text
) returns text language plpgsql security definer set search_path = '' as $$
declare
  v_live text;
begin
  perform pg_advisory_xact_lock(hashtext('agent_definitions:' || p_agent));
  select version into v_live from public.agent_definitions where agent = p_agent and active;
  v_live := coalesce(v_live, p_file_version);
  if p_expected is distinct from v_live then
    raise exception 'Somebody changed the live definition since you opened it. '
      'Open it again and look at it first.'
      using errcode = '22023';
  end if;
  if p_version is not null and not exists (
    select from public.agent_definitions where agent = p_agent and version = p_version) then
    raise exception 'There is no version % of %.', p_version, p_agent using errcode = 'P0002';
  end if;
  update public.agent_definitions set active = false where agent = p_agent and active
    and version is distinct from p_version;
  update public.agent_definitions set active = true, activated_at = now(),
    activated_by = public.acting_name(),
      file_version = p_file_version
   where agent = p_agent and version = p_version;
  perform public.write_audit('agent.' || case when p_version is null then 'follows_file' else 'activated' end,
    'agent_definitions', p_agent, jsonb_build_object('version', v_live),
    jsonb_build_object('version', coalesce(p_version, p_file_version)), p_why);
  -- Trust was earned with the other text.
  perform public.note_definition(p_agent, coalesce(p_version, p_file_version));
  return coalesce(p_version, p_file_version);
end $$;

-- Keeps a new text, live or not. `p_expected` is the version that was live when the editor was opened.
create function public.save_agent_definition(
  p_agent text, p_source text, p_note text, p_live boolean, p_expected text, p_file_version text
) returns text language plpgsql security definer set search_path = '' as $$
declare
  v_version text;
begin
  perform public.require_operator();
  if public.words_in(p_note) is null then
    raise exception 'Say what changed.' using errcode = '22023';
  end if;
  v_version := public.keep_agent_definition(p_agent, p_source, 'console', public.acting_name(), p_note);
  if p_live then
    perform public.point_agent_definition(p_agent, v_version, p_expected, p_file_version, p_note);
  else
    perform public.write_audit('agent.saved', 'agent_definitions', p_agent, null,
      jsonb_build_object('version', v_version), p_note);
  end if;
  return v_version;
end $$;
grant execute on function public.save_agent_definition to authenticated, service_role;

-- Makes an earlier text live again; without a version the file is followed from now on.
create function public.activate_agent_definition(
  p_agent text, p_version text, p_expected text, p_file_version text, p_why text
) returns text language plpgsql security definer set search_path = '' as $$
begin
  perform public.require_operator();
  if public.words_in(p_why) is null then
    raise exception 'Say why.' using errcode = '22023';
  end if;
  return public.point_agent_definition(p_agent, p_version, p_expected, p_file_version, p_why);
end $$;
grant execute on function public.activate_agent_definition to authenticated, service_role;

-- What proposes at a checkpoint now: the definition and the model behind its newest proposal.
create function public.live_agent(p_checkpoint text)
  returns table (version text, asked_model text, model text)
language sql stable security invoker set search_path = '' as $$
  select r.agent_version, r.model, r.answered_model from public.approval_queue q
    join public.agent_runs r on r.id = q.agent_run_id
   where q.checkpoint = p_checkpoint and q.agent_run_id is not null order by q.requested_at desc limit 1
$$;
grant execute on function public.live_agent to authenticated, service_role;

-- The definition that proposes at a checkpoint now: the one
-- behind its newest proposal. Nothing earned with another counts.
create function public.live_agent_version(p_checkpoint text) returns text
language sql stable security invoker set search_path = '' as $$
  select r.agent_version from public.approval_queue q join public.agent_runs r on r.id = q.agent_run_id
   where q.checkpoint = p_checkpoint and q.agent_run_id is not null order by q.requested_at desc limit 1
$$;
grant execute on function public.live_agent_version to authenticated, service_role;

-- Whether evidence was earned with the model that is live; what is not known contradicts nothing.
create function public.is_same_model(p_asked text, p_model text, p_live_asked text, p_live_model text)
  returns boolean
language sql immutable set search_path = '' as $$
  select p_asked is not distinct from p_live_asked and coalesce(p_model = p_live_model, true)
$$;
grant execute on function public.is_same_model to authenticated, service_role;

-- The model a definition's front matter names, or null.
create function public.definition_model(p_agent text, p_version text) returns text
language sql stable security definer set search_path = '' as $$
  select substring(split_part(d.source, E'\n---', 1) from '(?n)^\s*model\s*:\s*(\S+)\s*$')
    from public.agent_definitions d where d.agent = p_agent and d.version = p_version
$$;

-- Who proposes at a checkpoint. Campaigns are planned by
-- rules, which have no definition file and so no version.
create function public.agent_of(p_checkpoint text) returns text
language sql immutable set search_path = '' as $$
  select case p_checkpoint when 'campaign' then 'campaign-rules' when 'classification'
    then 'response-classifier'
    else 'sourcing-agent' end
$$;
grant execute on function public.agent_of to authenticated, service_role;

-- One trial per agent at a time (agent_shadows_one_per_agent), so that its budget is what it costs.
create function public.start_shadow(p_agent text, p_version text, p_share_pct int, p_budget_microusd bigint)
returns uuid language plpgsql security definer set search_path = '' as $$
declare
  v_id uuid;
begin
  perform public.require_operator();
  insert into public.agent_shadows (agent, version, share_pct, budget_microusd, started_by)
  values (p_agent, p_version, p_share_pct, p_budget_microusd, public.acting_name()) returning id into v_id;
  perform public.write_audit('shadow.started', 'agent_shadows', v_id::text, null,
    jsonb_build_object('agent', p_agent, 'version', p_version, 'share_pct', p_share_pct,
      'budget_microusd', p_budget_microusd));
  return v_id;
exception when unique_violation then
  raise exception 'A shadow of % is running already. Stop it first.', p_agent using errcode = '22023';
end $$;
grant execute on function public.start_shadow to authenticated, service_role;

-- False when it had ended already: the sweep and a person may both stop it.
create function public.stop_shadow(p_id uuid, p_why text default null) returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  perform public.require_operator();
  update public.agent_shadows set status = 'stopped', status_reason = p_why, ended_at = now()
   where id = p_id and status = 'running';
  if found then
    perform public.write_audit('shadow.stopped', 'agent_shadows', p_id::text, null, null, p_why);
  end if;
  return found;
end $$;
grant execute on function public.stop_shadow to authenticated, service_role;

-- Ends the trial and makes the candidate live, in one transaction.
create function public.switch_shadow(p_id uuid, p_expected text, p_file_version text, p_why text) returns text
language plpgsql security definer set search_path = '' as $$
declare
  v_shadow public.agent_shadows;
begin
  perform public.require_operator();
  select * into v_shadow from public.agent_shadows where id = p_id for update;
  if not found then
    raise exception 'There is no such shadow.' using errcode = 'P0002';
  end if;
  update public.agent_shadows set status = 'switched', status_reason = p_why,
    ended_at = coalesce(ended_at, now())
   where id = p_id;
  perform public.write_audit('shadow.switched', 'agent_shadows', p_id::text, null,
    jsonb_build_object('agent', v_shadow.agent, 'version', v_shadow.version), p_why);
  return public.point_agent_definition(v_shadow.agent, v_shadow.version, p_expected, p_file_version, p_why);
end $$;
grant execute on function public.switch_shadow to authenticated, service_role;

-- Live runs a shadow should look at and has not: those finished since it
-- began, its share of them, oldest first. One whose budget is used up is
-- stopped here. Which runs fall into the share depends on their id alone.
create function public.next_shadow_work(p_limit int default 20)
returns table (shadow_id uuid, run_id uuid, agent text, version text, left_microusd bigint)
language plpgsql security definer set search_path = '' as $$
begin
  perform public.require_operator();
  perform public.stop_shadow(s.id, 'Its budget is used up.') from public.agent_shadows s
    where s.status = 'running' and s.budget_microusd <= (
      select coalesce(sum(r.cost_microusd), 0) from public.agent_runs r
        where r.shadow_id = s.id and r.kind = 'shadow');
  return query
    select s.id, r.id, s.agent, s.version, s.budget_microusd - (
        select coalesce(sum(x.cost_microusd), 0)::bigint from public.agent_runs x
          where x.shadow_id = s.id and x.kind = 'shadow')
      from public.agent_shadows s
      join public.agent_runs r on r.agent = s.agent and r.kind = 'live' and r.started_at >= s.started_at
     where s.status = 'running' and r.input is not null and r.schema_hash is not null
       and (r.status = 'succeeded'
         or (r.status = 'failed' and r.failure_kind in ('schema', 'checks', 'no_answer', 'refused')))
       and ('x' || left(md5(s.id::text || r.id::text), 7))::bit(28)::int % 100 < s.share_pct
       and not exists (select from public.agent_runs x where x.shadow_id = s.id
         and x.shadow_of = r.id and x.kind = 'shadow')
     order by r.started_at, r.id limit p_limit;
end $$;
grant execute on function public.next_shadow_work to service_role;

-- Takes one live run for a shadow, once; null when it was taken or the shadow has ended.
create function public.claim_shadow_run(p_shadow_id uuid, p_run_id uuid, p_model text, p_prompt text)
  returns uuid
language plpgsql security definer set search_path = '' as $$
declare
  v_id uuid;
begin
  perform public.require_operator();
  insert into public.agent_runs (agent, agent_version, purpose, model, prompt, kind, shadow_of,
    shadow_id, input, schema_hash)
  select s.agent, s.version, r.purpose, p_model, p_prompt, 'shadow', r.id, s.id, r.input, r.schema_hash
    from public.agent_shadows s join public.agent_runs r on r.id = p_run_id and r.kind = 'live'
   where s.id = p_shadow_id and s.status = 'running'
  on conflict do nothing returning id into v_id;
  return v_id;
end $$;
grant execute on function public.claim_shadow_run to service_role;

-- Candidate and live, on the same inputs, with the models that are
-- compared. Costs in millionths of a dollar, agreement in basis points.
create function public.shadow_totals(p_id uuid) returns jsonb
language sql stable security invoker set search_path = '' as $$
  select jsonb_build_object(
    'runs', count(*), 'finished', count(*) filter (where c.status <> 'running'),
    'succeeded', count(*) filter (where c.status = 'succeeded'),
    'liveSucceeded', count(*) filter (where c.status <> 'running' and l.status = 'succeeded'),
    'firstPass', count(*) filter (where c.status = 'succeeded' and c.attempts = 1),
    'liveFirstPass', count(*) filter (where c.status <> 'running'
      and l.status = 'succeeded' and l.attempts = 1),
    'compared', count(c.agreement_bps), 'same', count(*) filter (where c.agreement_bps = 10000),
    'agreementBps', round(avg(c.agreement_bps)),
    'model', max(coalesce(c.answered_model, c.model)), 'liveModel', max(coalesce(l.answered_model, l.model)),
    'liveModels', count(distinct coalesce(l.answered_model, l.model)),
    'cost', coalesce(sum(c.cost_microusd), 0),
    'liveCost', coalesce(sum(l.cost_microusd) filter (where c.status <> 'running'), 0),
    'medianMs', percentile_cont(0.5) within group (order by c.duration_ms),
    'liveMedianMs', percentile_cont(0.5) within group (order by l.duration_ms) filter (
      where c.status <> 'running'))
  from public.agent_runs c join public.agent_runs l on l.id = c.shadow_of
  where c.shadow_id = p_id and c.kind = 'shadow'
$$;
grant execute on function public.shadow_totals to authenticated, service_role;

create trigger agent_shadows_transitions before update of status on public.agent_shadows
  for each row execute function public.hold_to_transitions();
