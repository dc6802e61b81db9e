-- Trust belongs to a definition and to the model that ran it. What a name like "sonnet" stands for can change without anybody
-- changing a setting, so the model that answered is kept beside the one that was asked for; where it is not known (older runs, or
-- a CLI that does not say) only the name counts.
alter table public.agent_runs add column answered_model text;
alter table public.trust_evidence add column asked_model text, add column model text;
update public.trust_evidence e set asked_model = r.model
  from public.agent_runs r
 where r.id = coalesce((select q.agent_run_id from public.approval_queue q where q.id = e.approval_id),
   case when e.approval_id is null then (select m.agent_run_id from public.synced_emails m where m.id = e.email_id) end);
alter table public.checkpoint_settings add column earned_asked_model text, add column earned_model text;
comment on column public.agent_runs.answered_model is 'The model that answered, as the CLI names it; `model` is the one that was asked for.';
comment on column public.checkpoint_settings.earned_model is 'The model that had answered when trust was earned; `earned_asked_model` the one that was asked for.';

-- What proposes at a checkpoint now: the definition and the model behind its newest proposal.
create function public.live_agent(p_checkpoint text) returns table (version text, asked_model text, model text)
language sql stable security invoker set search_path = '' as $$
  select r.agent_version, r.model, r.answered_model from public.approval_queue q join public.agent_runs r on r.id = q.agent_run_id
   where q.checkpoint = p_checkpoint and q.agent_run_id is not null order by q.requested_at desc limit 1
$$;

-- Whether evidence was earned with the model that is live; what is not known contradicts nothing.
create function public.is_same_model(p_asked text, p_model text, p_live_asked text, p_live_model text) returns boolean
language sql immutable set search_path = '' as $$
  select p_asked is not distinct from p_live_asked and coalesce(p_model = p_live_model, true)
$$;

create or replace function public.record_evidence(p_row public.approval_queue) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_bps int := 0;
  v_outcome text;
  v_run public.agent_runs;
begin
  if p_row.mode = 'auto' then
    v_outcome := case p_row.verdict when 'agree' then 'unchanged' when 'would_change' then 'edited' when 'would_reject' then 'rejected' end;
  else
    v_bps := case when p_row.status = 'approved' then public.changed_bps(p_row) else 0 end;
    v_outcome := case p_row.status when 'rejected' then 'rejected' when 'changes_requested' then 'changes_asked'
      when 'approved' then case when v_bps > 0 then 'edited' else 'unchanged' end end;
  end if;
  -- A search made from a file has no payloads, so nobody judged the agent by them.
  if v_outcome is null or public.is_left_to_person(p_row.checkpoint, p_row.proposal)
    or p_row.checkpoint = 'sourcing' and p_row.proposal -> 'payloads' = '[]' then
    return;
  end if;
  select * into v_run from public.agent_runs r where r.id = p_row.agent_run_id;
  insert into public.trust_evidence as e (checkpoint, agent, agent_version, asked_model, model, outcome, changed_bps, source, sampled, approval_id,
    email_id, judged_by, at)
  values (p_row.checkpoint, public.agent_of(p_row.checkpoint),
    v_run.agent_version, v_run.model, v_run.answered_model, v_outcome, v_bps,
    case p_row.mode when 'auto' then 'verdict' else 'decision' end, p_row.sampled, p_row.id, p_row.email_id,
    coalesce(p_row.verdict_by, p_row.decided_by), coalesce(p_row.verdict_at, p_row.decided_at))
  on conflict (approval_id) do update set outcome = excluded.outcome, changed_bps = excluded.changed_bps,
    judged_by = excluded.judged_by, at = excluded.at;
end $$;

create or replace function public.keep_label(p_label public.labelled_replies) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_email public.synced_emails;
  v_approval public.approval_queue;
  v_run public.agent_runs;
  v_right boolean := p_label.predicted is not distinct from p_label.correct;
begin
  select * into v_email from public.synced_emails where id = p_label.email_id;
  select * into v_approval from public.approval_queue
   where email_id = p_label.email_id and checkpoint = 'classification' order by revision desc limit 1;
  if v_approval.mode = 'auto' and v_approval.status = 'approved' and v_approval.verdict is null then
    update public.approval_queue set verdict = case when v_right then 'agree' else 'would_change' end,
      verdict_by = p_label.labelled_by, verdict_at = now() where id = v_approval.id;
  elsif v_approval.id is not null or exists (select from public.trust_evidence where email_id = p_label.email_id) then
    update public.trust_evidence set outcome = case when v_right then 'unchanged' else 'edited' end,
      changed_bps = case when v_right then 0 else 10000 end, judged_by = p_label.labelled_by
     where email_id = p_label.email_id and id = (select max(id) from public.trust_evidence where email_id = p_label.email_id)
       and outcome in ('unchanged', 'edited');
  elsif v_email.decided_by = 'agent' and p_label.predicted_confidence >= 0.7 then
    select * into v_run from public.agent_runs r where r.id = v_email.agent_run_id;
    insert into public.trust_evidence (checkpoint, agent, agent_version, asked_model, model, outcome, changed_bps, source, email_id, judged_by, at)
    values ('classification', public.agent_of('classification'),
      v_run.agent_version, v_run.model, v_run.answered_model,
      case when v_right then 'unchanged' else 'edited' end, case when v_right then 0 else 10000 end, 'label',
      p_label.email_id, p_label.labelled_by, p_label.labelled_at);
  end if;
end $$;

-- As before, counted for the definition and the model that are live.
drop function public.checkpoint_trust();
create function public.checkpoint_trust() returns table (
  checkpoint text, agent text, agent_version text, model text, since timestamptz, decisions int, unchanged int, edited int,
  changes_asked int, rejected int, changed_bps int, bound double precision, sentence text, bar double precision,
  min_decisions int, window_size int, passes boolean, newest_first boolean[], all_decisions int, all_unchanged int, all_edited int,
  all_changes_asked int, all_rejected int
) language sql stable security invoker set search_path = '' set jit = off as $$
  select c.checkpoint, public.agent_of(c.checkpoint), v.version, coalesce(v.model, v.asked_model), c.evidence_since, w.n::int, w.unchanged::int, w.edited::int,
    w.changes_asked::int, w.rejected::int, w.changed_bps::int, b.bound, public.evidence_sentence(w.unchanged, w.n),
    s.bar::double precision, s.min_decisions, s.window_size, w.n >= s.min_decisions and b.bound >= s.bar::double precision,
    w.newest_first, t.n::int, t.unchanged::int, t.edited::int, t.changes_asked::int, t.rejected::int
  from public.checkpoint_settings c cross join public.trust_settings s
  left join lateral public.live_agent(c.checkpoint) v on true
  cross join lateral (
    select count(*) as n, count(*) filter (where e.outcome = 'unchanged') as unchanged,
      count(*) filter (where e.outcome = 'edited') as edited, count(*) filter (where e.outcome = 'changes_asked') as changes_asked,
      count(*) filter (where e.outcome = 'rejected') as rejected,
      coalesce(avg(e.changed_bps) filter (where e.outcome = 'edited' and e.changed_bps > 0), 0) as changed_bps,
      coalesce(array_agg(e.outcome = 'unchanged' order by e.at desc, e.id desc), '{}') as newest_first
    from (select x.id, x.at, x.outcome, x.changed_bps from public.trust_evidence x
      where x.checkpoint = c.checkpoint and x.agent_version is not distinct from v.version
        and public.is_same_model(x.asked_model, x.model, v.asked_model, v.model)
        and (c.evidence_since is null or x.at > c.evidence_since)
      order by x.at desc, x.id desc limit s.window_size) e) w
  cross join lateral (select public.wilson_lower(w.unchanged, w.n) as bound) b
  cross join lateral (
    select count(*) as n, count(*) filter (where e.outcome = 'unchanged') as unchanged,
      count(*) filter (where e.outcome = 'edited') as edited, count(*) filter (where e.outcome = 'changes_asked') as changes_asked,
      count(*) filter (where e.outcome = 'rejected') as rejected
    from public.trust_evidence e where e.checkpoint = c.checkpoint) t
$$;

-- What each definition earned with each model: one that was replaced keeps its own, beside the one that replaced it.
drop function public.trust_by_version(text);
create function public.trust_by_version(p_checkpoint text) returns table (
  agent text, agent_version text, model text, is_live boolean, first_at timestamptz, last_at timestamptz, decisions int, unchanged int,
  edited int, changes_asked int, rejected int, bound double precision
) language sql stable security invoker set search_path = '' as $$
  select e.agent, e.agent_version, coalesce(e.model, e.asked_model),
    bool_or(e.agent_version is not distinct from v.version and public.is_same_model(e.asked_model, e.model, v.asked_model, v.model)),
    min(e.at), max(e.at),
    count(*)::int, (count(*) filter (where e.outcome = 'unchanged'))::int, (count(*) filter (where e.outcome = 'edited'))::int,
    (count(*) filter (where e.outcome = 'changes_asked'))::int, (count(*) filter (where e.outcome = 'rejected'))::int,
    public.wilson_lower(count(*) filter (where e.outcome = 'unchanged'), count(*))
  from public.trust_evidence e left join public.live_agent(p_checkpoint) v on true
 where e.checkpoint = p_checkpoint group by 1, 2, 3 order by max(e.at) desc limit 20
$$;

create or replace view public.checkpoint_modes with (security_invoker = true) as
  select c.checkpoint, case when c.mode = 'auto' and (c.auto_until is null or c.auto_until > now()) then 'auto' else 'plan' end as mode,
    c.mode as set_mode, c.auto_until, c.auto_scope, public.scope_words(c.auto_scope) as scope_words, c.auto_since, c.evidence_since,
    c.earned_version, c.reason, c.updated_by, c.updated_at,
    c.earned_asked_model, c.earned_model
  from public.checkpoint_settings c;

create or replace function public.set_checkpoint_mode(p_checkpoint text, p_mode text, p_reason text default null,
  p_until timestamptz default null, p_scope jsonb default '{}')
returns public.checkpoint_settings language plpgsql security definer set search_path = '' as $$
declare
  v_before public.checkpoint_settings;
  v_after public.checkpoint_settings;
  v_trust record;
  v_words text := public.words_in(p_reason);
  v_kind text := 'returned';
  v_live record;
begin
  perform public.require_operator();
  if p_checkpoint = 'extraction' and p_mode = 'auto' then
    raise exception 'Extraction always needs a person: CoStar asks for a tap on the phone.' using errcode = '23514';
  end if;
  select * into v_before from public.checkpoint_settings where checkpoint = p_checkpoint for no key update;
  if not found then
    raise exception 'There is no checkpoint named %.', p_checkpoint using errcode = 'P0002';
  end if;
  if p_mode = 'auto' then
    perform public.require_scope(p_checkpoint, coalesce(p_scope, '{}'));
    if p_until <= now() or p_until > now() + interval '1 year' then
      raise exception 'Auto can end within the next year, not at that time.' using errcode = '22023';
    end if;
    select * into v_trust from public.checkpoint_trust() t where t.checkpoint = p_checkpoint;
    if not v_trust.passes and v_words is null then
      raise exception 'The bar is not passed (%): say why it goes to auto ahead of the evidence.', v_trust.sentence using errcode = '22023';
    end if;
    v_kind := case when v_before.mode = 'auto' then 'limited' when v_trust.passes then 'promoted' else 'ahead' end;
    v_words := coalesce(v_words, v_trust.sentence);
  end if;
  select l.version, l.asked_model, l.model into v_live from (select 1) one left join public.live_agent(p_checkpoint) l on true;
  update public.checkpoint_settings set mode = p_mode, reason = v_words, updated_by = public.acting_name('service'), updated_at = now(),
    auto_until = case p_mode when 'auto' then p_until end, auto_scope = case p_mode when 'auto' then coalesce(p_scope, '{}') else '{}' end,
    -- A second word about a checkpoint that is in auto limits it; only coming from plan starts it anew.
    auto_since = case when p_mode <> 'auto' then null when v_before.mode = 'auto' then v_before.auto_since else now() end,
    earned_version = case when p_mode <> 'auto' then null when v_before.mode = 'auto' then v_before.earned_version
      else v_live.version end,
    earned_asked_model = case when p_mode <> 'auto' then null when v_before.mode = 'auto' then v_before.earned_asked_model else v_live.asked_model end,
    earned_model = case when p_mode <> 'auto' then null when v_before.mode = 'auto' then v_before.earned_model else v_live.model end,
    looks_left = case when p_mode = 'auto' and v_before.mode <> 'auto' then (select s.first_looks from public.trust_settings s) else v_before.looks_left end
   where checkpoint = p_checkpoint returning * into v_after;
  if (v_before.mode, v_before.auto_until, v_before.auto_scope) is distinct from (v_after.mode, v_after.auto_until, v_after.auto_scope) then
    perform public.keep_mode_change(v_before, v_after, v_after.updated_by, v_kind, null, v_words);
    if v_kind = 'ahead' then
      perform public.write_audit('checkpoint.ahead_of_evidence', 'checkpoint_settings', p_checkpoint, null,
        jsonb_build_object('unchanged', v_trust.unchanged, 'decisions', v_trust.decisions, 'bound', round(v_trust.bound::numeric, 4), 'bar', v_trust.bar), v_words);
    end if;
  end if;
  return v_after;
end $$;

-- As before, and its history keeps the evidence as it stood when auto was taken back.
create or replace function public.demote_checkpoint(p_checkpoint text, p_cause text, p_why text) returns boolean
language plpgsql security definer set search_path = '' as $$
declare
  v_before public.checkpoint_settings;
  v_after public.checkpoint_settings;
begin
  select * into v_before from public.checkpoint_settings where checkpoint = p_checkpoint for no key update;
  if v_before.mode is distinct from 'auto' then
    return false;
  end if;
  v_after := v_before;
  v_after.mode := 'plan';
  v_after.auto_until := null;
  v_after.auto_scope := '{}';
  -- Written down first: from the change on, what it was trusted for counts no more.
  perform public.keep_mode_change(v_before, v_after, 'system', case p_cause when 'time' then 'ended' else 'demoted' end, p_cause, p_why);
  update public.checkpoint_settings set mode = 'plan', reason = p_why, updated_by = 'system', updated_at = now(), auto_until = null,
    auto_scope = '{}', auto_since = null, earned_version = null, earned_asked_model = null, earned_model = null,
    evidence_since = case when p_cause = 'time' then v_before.evidence_since else clock_timestamp() end
   where checkpoint = p_checkpoint;
  perform public.tell('checkpoint.' || p_cause, case p_cause when 'time' then 'info' else 'attention' end,
    format('%s is back in plan', initcap(p_checkpoint)), upper(left(p_why, 1)) || substr(p_why, 2) || '. You are asked about each proposal again.',
    '/settings/checkpoints/' || p_checkpoint);
  return true;
end $$;

-- The model a definition's front matter names, or null.
create function public.definition_model(p_agent text, p_version text) returns text
language sql stable security definer set search_path = '' as $$
  select substring(split_part(d.source, E'\n---', 1) from '(?n)^\s*model\s*:\s*(\S+)\s*$')
    from public.agent_definitions d where d.agent = p_agent and d.version = p_version
$$;

-- What proposes is not what trust was earned with: another definition, another model, or another model behind the same name.
-- The first one seen in auto is taken as the one that was meant; what is not known yet is filled in when it is.
drop function public.check_definition(text, text);
create function public.check_definition(p_checkpoint text, p_version text, p_asked_model text default null, p_model text default null)
returns boolean language plpgsql security definer set search_path = '' as $$
declare
  v public.checkpoint_settings;
  v_agent text := public.agent_of(p_checkpoint);
begin
  if p_version is null then
    return false;
  end if;
  update public.checkpoint_settings set earned_version = p_version, earned_asked_model = coalesce(earned_asked_model, p_asked_model),
      earned_model = coalesce(earned_model, p_model)
   where checkpoint = p_checkpoint and mode = 'auto' and coalesce(earned_version = p_version, true)
     and coalesce(earned_asked_model = p_asked_model, true)
     and (earned_version is null or (earned_asked_model is null and p_asked_model is not null) or (earned_model is null and p_model is not null));
  select * into v from public.checkpoint_settings where checkpoint = p_checkpoint;
  if v.mode <> 'auto' then
    return false;
  elsif v.earned_version <> p_version then
    return public.demote_checkpoint(p_checkpoint, 'definition', format('the definition of %s changed (%s, was %s)', v_agent,
      left(p_version, 12), left(v.earned_version, 12)) || case when v.earned_asked_model <> p_asked_model
        then format(', and its model (%s, was %s)', p_asked_model, v.earned_asked_model) else '' end);
  elsif v.earned_asked_model <> p_asked_model then
    return public.demote_checkpoint(p_checkpoint, 'model',
      format('the model of %s changed (%s, was %s)', v_agent, p_asked_model, v.earned_asked_model));
  end if;
  return coalesce(v.earned_model <> p_model, false) and public.demote_checkpoint(p_checkpoint, 'model',
    format('the model %s runs on changed behind the name %s (%s, was %s)', v_agent, p_asked_model, p_model, v.earned_model));
end $$;

-- For whoever saves another definition, and for the sweep, which knows what the next run will use: takes back at once what was
-- earned with another. Without a model it is the one the definition names, should it name one.
drop function public.note_definition(text, text);
create function public.note_definition(p_agent text, p_version text, p_model text default null) returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform public.require_operator();
  perform public.check_definition(c, p_version, coalesce(p_model, public.definition_model(p_agent, p_version)))
    from unnest('{sourcing,campaign,classification}'::text[]) c where public.agent_of(c) = p_agent;
end $$;

-- As before; the run behind a proposal also says which model it was.
create or replace function public.propose(
  p_run_key text, p_checkpoint text, p_revision int, p_title text, p_summary text, p_proposal jsonb,
  p_search_id uuid default null, p_campaign_id uuid default null, p_email_id uuid default null,
  p_agent_run_id uuid default null, p_priority int default 50, p_deadline_at timestamptz default null
) returns public.approval_queue language plpgsql security definer set search_path = '' as $$
declare
  v_id uuid := gen_random_uuid();
  v_settings public.checkpoint_settings;
  v_mode text;
  v_because text;
  v_sampled boolean := false;
  v_row public.approval_queue;
begin
  perform public.require_operator();
  perform pg_advisory_xact_lock(hashtextextended(p_run_key || '/' || p_checkpoint, 0));
  select * into v_row from public.approval_queue
   where run_key = p_run_key and checkpoint = p_checkpoint and revision >= p_revision
   order by revision = p_revision desc, revision desc limit 1;
  if found then
    return v_row;
  end if;
  update public.approval_queue set status = 'superseded'
   where run_key = p_run_key and checkpoint = p_checkpoint and status = 'pending' and revision < p_revision;
  select * into strict v_settings from public.checkpoint_settings where checkpoint = p_checkpoint for no key update;
  perform public.check_definition(p_checkpoint, r.agent_version, r.model, r.answered_model) from public.agent_runs r where r.id = p_agent_run_id;
  select e.mode, e.because into v_mode, v_because from public.effective_mode(p_checkpoint, p_proposal) e;
  if v_mode = 'auto' then
    v_sampled := v_settings.looks_left > 0 or public.sample_point(v_id) < (select s.sample_share from public.trust_settings s);
    update public.checkpoint_settings set looks_left = looks_left - 1 where checkpoint = p_checkpoint and looks_left > 0;
  end if;
  insert into public.approval_queue (id, run_key, checkpoint, revision, search_id, campaign_id, email_id, agent_run_id, mode,
    mode_reason, sampled, status, title, summary, proposal, priority, deadline_at, decided_at, decided_by)
  values (v_id, p_run_key, p_checkpoint, p_revision, p_search_id, p_campaign_id, p_email_id, p_agent_run_id, v_mode,
    v_because, v_sampled, case v_mode when 'auto' then 'approved' else 'pending' end, p_title, p_summary, p_proposal, p_priority,
    p_deadline_at, case v_mode when 'auto' then now() end, case v_mode when 'auto' then 'auto' end)
  returning * into v_row;
  perform public.write_audit(case v_mode when 'auto' then 'approval.auto' else 'approval.asked' end, 'approval_queue', v_row.id::text, null,
    jsonb_build_object('checkpoint', p_checkpoint, 'revision', p_revision, 'hash', v_row.content_hash, 'sampled', v_sampled),
    v_mode || ': ' || v_because);
  return v_row;
end $$;

-- As before, with the models that are compared.
create or replace function public.shadow_totals(p_id uuid) returns jsonb
language sql stable security invoker set search_path = '' as $$
  select jsonb_build_object(
    'runs', count(*), 'finished', count(*) filter (where c.status <> 'running'),
    'succeeded', count(*) filter (where c.status = 'succeeded'),
    'liveSucceeded', count(*) filter (where c.status <> 'running' and l.status = 'succeeded'),
    'firstPass', count(*) filter (where c.status = 'succeeded' and c.attempts = 1),
    'liveFirstPass', count(*) filter (where c.status <> 'running' and l.status = 'succeeded' and l.attempts = 1),
    'compared', count(c.agreement_bps), 'same', count(*) filter (where c.agreement_bps = 10000),
    'agreementBps', round(avg(c.agreement_bps)),
    'model', max(coalesce(c.answered_model, c.model)), 'liveModel', max(coalesce(l.answered_model, l.model)),
    'liveModels', count(distinct coalesce(l.answered_model, l.model)),
    'cost', coalesce(sum(c.cost_microusd), 0),
    'liveCost', coalesce(sum(l.cost_microusd) filter (where c.status <> 'running'), 0),
    'medianMs', percentile_cont(0.5) within group (order by c.duration_ms),
    'liveMedianMs', percentile_cont(0.5) within group (order by l.duration_ms) filter (where c.status <> 'running'))
  from public.agent_runs c join public.agent_runs l on l.id = c.shadow_of
  where c.shadow_id = p_id and c.kind = 'shadow'
$$;

revoke execute on function public.live_agent(text), public.is_same_model(text, text, text, text), public.checkpoint_trust(),
  public.trust_by_version(text), public.definition_model(text, text), public.check_definition(text, text, text, text),
  public.note_definition(text, text, text) from public, anon;
grant execute on function public.live_agent(text), public.is_same_model(text, text, text, text), public.checkpoint_trust(),
  public.trust_by_version(text), public.note_definition(text, text, text) to authenticated, service_role;
