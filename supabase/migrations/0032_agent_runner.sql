-- Agent runs that only look on: a `shadow` of a live run, or a `test` of a definition. Nothing acts on either, and no
-- count of the desk's work includes them. They name no search and no mail of their own: their live run does.
create table public.agent_schemas (
  hash text primary key,
  schema jsonb not null,
  created_at timestamptz not null default now()
);
alter table public.agent_runs
  add column kind text not null default 'live' check (kind in ('live', 'shadow', 'test')),
  add column shadow_of uuid references public.agent_runs (id),
  add column input jsonb,
  add column schema_hash text references public.agent_schemas (hash),
  add column agreement_bps int check (agreement_bps between 0 and 10000),
  add column agreement_note text,
  add constraint only_looking_on check ((kind = 'live') = (shadow_of is null)
    and (kind = 'live' or (search_id is null and email_id is null)));
create index agent_runs_shadow_of on public.agent_runs (shadow_of);
create index agent_runs_schema on public.agent_runs (schema_hash);
create index agent_runs_by_agent on public.agent_runs (agent, kind, started_at desc, id desc);

-- Whether agents are asked at all. Closed: yes. Open: nobody asks before `retry_at`. Probing: one asks, the others wait
-- for what it finds; a probe whose process died is taken over when its time is up.
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
insert into public.agent_circuit (id) values (1);

create function public.say_agent_circuit(p_circuit public.agent_circuit, p_passes boolean, p_probe boolean) returns jsonb
language sql immutable set search_path = '' as $$
  select jsonb_build_object('passes', p_passes, 'probe', p_probe, 'status', p_circuit.status, 'kind', p_circuit.kind,
    'message', p_circuit.message, 'openedAt', p_circuit.opened_at, 'retryAt', p_circuit.retry_at)
$$;

-- Asked before every agent run. While closed it takes no lock and writes nothing. `p_probe` false never becomes the probe.
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
  update public.agent_circuit set status = 'probing', retry_at = p_now + make_interval(secs => p_lease_s), changed_at = p_now
   where id = 1 returning * into v_circuit;
  return public.say_agent_circuit(v_circuit, true, true);
end $$;

-- What became of a run: 'answered', or how the provider failed. Three failures in a row open the circuit; one is enough
-- where trying again cannot help (not signed in, no credit). Each opening without an answer in between waits twice as
-- long, from 30 seconds to 15 minutes, spread by a fifth either way so that several processes do not ask at once.
create function public.report_agent_outcome(
  p_outcome text, p_message text default null, p_jitter double precision default 0.5, p_now timestamptz default now()
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
    update public.agent_circuit set status = 'closed', failures = 0, openings = 0, kind = null, message = null,
      opened_at = null, retry_at = null, changed_at = p_now where id = 1 returning * into v_circuit;
    if v_before <> 'closed' then
      perform public.write_audit('agents.resumed', 'agent_circuit', '1', null, null, 'An agent answered again.');
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
    update public.agent_circuit set failures = failures + 1, kind = p_outcome, message = p_message, changed_at = p_now
     where id = 1 returning * into v_circuit;
    return public.say_agent_circuit(v_circuit, true, false);
  end if;
  update public.agent_circuit set status = 'open', failures = failures + 1, openings = openings + 1, kind = p_outcome,
      message = p_message, opened_at = coalesce(opened_at, p_now), changed_at = p_now,
      retry_at = p_now + least(30 * power(2, least(openings, 10)), 900) * (0.8 + 0.4 * p_jitter) * interval '1 second'
   where id = 1 returning * into v_circuit;
  if v_before = 'closed' then
    perform public.write_audit('agents.paused', 'agent_circuit', '1', null, jsonb_build_object('kind', p_outcome), p_message);
    perform public.tell('agents.paused', 'attention', 'Agents are paused',
      coalesce(p_message, 'The provider does not answer.') || ' Searches and replies wait until it is back.', '/settings/agents');
  end if;
  return public.say_agent_circuit(v_circuit, false, false);
end $$;

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

-- Every text an agent's definition ever had. One may be active; when none is, the file is. A text never changes.
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
  -- The file's version when this one was made live: another one later means the file was changed on disk since.
  file_version text,
  primary key (agent, version)
);
create unique index agent_definitions_active on public.agent_definitions (agent) where active;
create index agent_definitions_recent on public.agent_definitions (agent, created_at desc, version desc);

create function public.definition_version(p_source text) returns text
language sql immutable set search_path = '' as $$
  select left(encode(sha256(convert_to(p_source, 'UTF8')), 'hex'), 12)
$$;

-- Remembers a text, so that runs made with it can show it after it changed.
create function public.keep_agent_definition(p_agent text, p_source text, p_origin text, p_author text, p_note text default null)
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
    raise exception 'Somebody changed the live definition since you opened it. Open it again and look at it first.'
      using errcode = '22023';
  end if;
  if p_version is not null and not exists (
    select from public.agent_definitions where agent = p_agent and version = p_version) then
    raise exception 'There is no version % of %.', p_version, p_agent using errcode = 'P0002';
  end if;
  update public.agent_definitions set active = false where agent = p_agent and active and version is distinct from p_version;
  update public.agent_definitions set active = true, activated_at = now(), activated_by = public.acting_name(),
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
    perform public.write_audit('agent.saved', 'agent_definitions', p_agent, null, jsonb_build_object('version', v_version), p_note);
  end if;
  return v_version;
end $$;

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

-- As before, but only of runs something was done with.
create or replace function public.desk_overview(p_since timestamptz default now() - interval '30 days') returns jsonb
language sql stable security invoker set search_path = '' as $$
  select jsonb_build_object(
    'approvalsPending', (select count(*) from public.approval_queue where status = 'pending'),
    'repliesForAPerson', (select count(*) from public.synced_emails where status = 'needs_person'),
    'uncertainSends', (select count(*) from public.sends where status = 'uncertain'),
    'searches', (select count(*) from public.searches where created_at >= p_since),
    'properties', (select count(*) from public.search_properties p join public.searches s on s.id = p.search_id where s.created_at >= p_since),
    'contacts', (select count(*) from public.search_contacts c join public.searches s on s.id = c.search_id where s.created_at >= p_since),
    'enrolled', (select count(*) from public.enrollments where created_at >= p_since),
    'scheduled', (select count(*) from public.sends where status = 'scheduled'),
    'sent', (select count(*) from public.sends where sent_at >= p_since and status = 'sent'),
    'sentLastHour', (select count(*) from public.sends where handed_at > now() - interval '1 hour'),
    'sentLastDay', (select count(*) from public.sends where handed_at > now() - interval '24 hours'),
    'replied', (select count(distinct contact_id) from public.synced_emails
      where received_at >= p_since and contact_id is not null and category not in ('bounce', 'out_of_office', 'receipt')),
    'byCategory', coalesce((select jsonb_object_agg(x.category, x.n) from (select category, count(*) as n from public.synced_emails
      where received_at >= p_since and category is not null group by category) x), '{}'),
    'agents', coalesce((select jsonb_agg(to_jsonb(a) order by a.agent) from (
      select agent, count(*) as runs, count(*) filter (where status = 'succeeded') as succeeded,
        count(*) filter (where status = 'failed') as failed,
        percentile_cont(0.5) within group (order by duration_ms) as median_ms,
        coalesce(sum(input_tokens + output_tokens), 0) as tokens, coalesce(sum(cost_microusd), 0) as cost_microusd
      from public.agent_runs where started_at >= p_since and kind = 'live' group by agent) a), '[]'))
$$;

alter table public.agent_schemas enable row level security;
alter table public.agent_circuit enable row level security;
alter table public.agent_definitions enable row level security;
create policy agent_schemas_read on public.agent_schemas for select to authenticated using ((select public.is_operator()));
create policy agent_circuit_read on public.agent_circuit for select to authenticated using ((select public.is_operator()));
create policy agent_definitions_read on public.agent_definitions for select to authenticated using ((select public.is_operator()));
grant select on public.agent_schemas, public.agent_circuit, public.agent_definitions to authenticated, service_role;
grant insert on public.agent_schemas to service_role;

revoke execute on function public.say_agent_circuit(public.agent_circuit, boolean, boolean),
  public.pass_agent_circuit(int, boolean, timestamptz),
  public.report_agent_outcome(text, text, double precision, timestamptz), public.retry_agents_now(),
  public.tidy_agent_runs(timestamptz), public.definition_version(text),
  public.keep_agent_definition(text, text, text, text, text),
  public.point_agent_definition(text, text, text, text, text),
  public.save_agent_definition(text, text, text, boolean, text, text),
  public.activate_agent_definition(text, text, text, text, text) from public, anon;
grant execute on function public.pass_agent_circuit(int, boolean, timestamptz),
  public.report_agent_outcome(text, text, double precision, timestamptz), public.tidy_agent_runs(timestamptz),
  public.keep_agent_definition(text, text, text, text, text) to service_role;
grant execute on function public.retry_agents_now(), public.save_agent_definition(text, text, text, boolean, text, text),
  public.activate_agent_definition(text, text, text, text, text) to authenticated, service_role;

alter publication supabase_realtime add table public.agent_circuit;
