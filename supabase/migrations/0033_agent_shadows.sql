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

insert into public.status_transitions (entity, from_status, to_status) values
  ('agent_shadows', 'running', 'stopped'), ('agent_shadows', 'running', 'switched'), ('agent_shadows', 'stopped', 'switched');
create trigger agent_shadows_transitions before update of status on public.agent_shadows
  for each row execute function public.hold_to_transitions();

alter table public.agent_runs add column shadow_id uuid references public.agent_shadows (id),
  add constraint a_shadow_has_its_trial check ((kind = 'shadow') = (shadow_id is not null));
create unique index agent_runs_shadow_once on public.agent_runs (shadow_id, shadow_of) where kind = 'shadow';

create function public.start_shadow(p_agent text, p_version text, p_share_pct int, p_budget_microusd bigint)
returns uuid language plpgsql security definer set search_path = '' as $$
declare
  v_id uuid;
begin
  perform public.require_operator();
  insert into public.agent_shadows (agent, version, share_pct, budget_microusd, started_by)
  values (p_agent, p_version, p_share_pct, p_budget_microusd, public.acting_name()) returning id into v_id;
  perform public.write_audit('shadow.started', 'agent_shadows', v_id::text, null,
    jsonb_build_object('agent', p_agent, 'version', p_version, 'share_pct', p_share_pct, 'budget_microusd', p_budget_microusd));
  return v_id;
exception when unique_violation then
  raise exception 'A shadow of % is running already. Stop it first.', p_agent using errcode = '22023';
end $$;

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
  update public.agent_shadows set status = 'switched', status_reason = p_why, ended_at = coalesce(ended_at, now())
   where id = p_id;
  perform public.write_audit('shadow.switched', 'agent_shadows', p_id::text, null,
    jsonb_build_object('agent', v_shadow.agent, 'version', v_shadow.version), p_why);
  return public.point_agent_definition(v_shadow.agent, v_shadow.version, p_expected, p_file_version, p_why);
end $$;

-- Live runs a shadow should look at and has not: those finished since it began, its share of them, oldest first. One
-- whose budget is used up is stopped here. Which runs fall into the share depends on their id alone.
create function public.next_shadow_work(p_limit int default 20)
returns table (shadow_id uuid, run_id uuid, agent text, version text, left_microusd bigint)
language plpgsql security definer set search_path = '' as $$
begin
  perform public.require_operator();
  perform public.stop_shadow(s.id, 'Its budget is used up.') from public.agent_shadows s
    where s.status = 'running' and s.budget_microusd <= (
      select coalesce(sum(r.cost_microusd), 0) from public.agent_runs r where r.shadow_id = s.id and r.kind = 'shadow');
  return query
    select s.id, r.id, s.agent, s.version, s.budget_microusd - (
        select coalesce(sum(x.cost_microusd), 0)::bigint from public.agent_runs x where x.shadow_id = s.id and x.kind = 'shadow')
      from public.agent_shadows s
      join public.agent_runs r on r.agent = s.agent and r.kind = 'live' and r.started_at >= s.started_at
     where s.status = 'running' and r.input is not null and r.schema_hash is not null
       and (r.status = 'succeeded' or (r.status = 'failed' and r.failure_kind in ('schema', 'checks', 'no_answer', 'refused')))
       and ('x' || left(md5(s.id::text || r.id::text), 7))::bit(28)::int % 100 < s.share_pct
       and not exists (select from public.agent_runs x where x.shadow_id = s.id and x.shadow_of = r.id and x.kind = 'shadow')
     order by r.started_at, r.id limit p_limit;
end $$;

-- Takes one live run for a shadow, once; null when it was taken or the shadow has ended.
create function public.claim_shadow_run(p_shadow_id uuid, p_run_id uuid, p_model text, p_prompt text) returns uuid
language plpgsql security definer set search_path = '' as $$
declare
  v_id uuid;
begin
  perform public.require_operator();
  insert into public.agent_runs (agent, agent_version, purpose, model, prompt, kind, shadow_of, shadow_id, input, schema_hash)
  select s.agent, s.version, r.purpose, p_model, p_prompt, 'shadow', r.id, s.id, r.input, r.schema_hash
    from public.agent_shadows s join public.agent_runs r on r.id = p_run_id and r.kind = 'live'
   where s.id = p_shadow_id and s.status = 'running'
  on conflict do nothing returning id into v_id;
  return v_id;
end $$;

-- Candidate and live, on the same inputs. Costs in millionths of a dollar, agreement in basis points.
create function public.shadow_totals(p_id uuid) returns jsonb
language sql stable security invoker set search_path = '' as $$
  select jsonb_build_object(
    'runs', count(*), 'finished', count(*) filter (where c.status <> 'running'),
    'succeeded', count(*) filter (where c.status = 'succeeded'),
    'liveSucceeded', count(*) filter (where c.status <> 'running' and l.status = 'succeeded'),
    'firstPass', count(*) filter (where c.status = 'succeeded' and c.attempts = 1),
    'liveFirstPass', count(*) filter (where c.status <> 'running' and l.status = 'succeeded' and l.attempts = 1),
    'compared', count(c.agreement_bps), 'same', count(*) filter (where c.agreement_bps = 10000),
    'agreementBps', round(avg(c.agreement_bps)),
    'cost', coalesce(sum(c.cost_microusd), 0),
    'liveCost', coalesce(sum(l.cost_microusd) filter (where c.status <> 'running'), 0),
    'medianMs', percentile_cont(0.5) within group (order by c.duration_ms),
    'liveMedianMs', percentile_cont(0.5) within group (order by l.duration_ms) filter (where c.status <> 'running'))
  from public.agent_runs c join public.agent_runs l on l.id = c.shadow_of
  where c.shadow_id = p_id and c.kind = 'shadow'
$$;

alter table public.agent_shadows enable row level security;
create policy agent_shadows_read on public.agent_shadows for select to authenticated using ((select public.is_operator()));
grant select on public.agent_shadows to authenticated, service_role;

revoke execute on function public.start_shadow(text, text, int, bigint), public.stop_shadow(uuid, text),
  public.switch_shadow(uuid, text, text, text), public.next_shadow_work(int),
  public.claim_shadow_run(uuid, uuid, text, text), public.shadow_totals(uuid) from public, anon;
grant execute on function public.start_shadow(text, text, int, bigint), public.stop_shadow(uuid, text),
  public.switch_shadow(uuid, text, text, text), public.shadow_totals(uuid) to authenticated, service_role;
grant execute on function public.next_shadow_work(int), public.claim_shadow_run(uuid, uuid, text, text) to service_role;
