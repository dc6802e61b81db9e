-- Autonomy that is earned, limited, looked back at and taken away. A person promotes; the system only demotes.
alter table public.checkpoint_settings
  add column auto_until timestamptz,
  add column auto_scope jsonb not null default '{}',
  add column auto_since timestamptz default now(),
  add column earned_version text,
  add column looks_left int not null default 5 check (looks_left >= 0),
  add constraint limits_are_of_auto check (mode = 'auto' or (auto_until is null and auto_scope = '{}'));
update public.checkpoint_settings set auto_since = null where mode = 'plan';

-- Every change of a mode or of its limits, with the evidence as it stood. Rows are added and never touched again.
create table public.mode_changes (
  id bigint generated always as identity primary key,
  checkpoint text not null references public.checkpoint_settings (checkpoint),
  at timestamptz not null default now(),
  actor text not null,
  from_mode text not null,
  to_mode text not null,
  kind text not null check (kind in ('promoted', 'ahead', 'limited', 'returned', 'demoted', 'ended')),
  cause text,
  reason text,
  until timestamptz,
  scope jsonb not null default '{}',
  evidence jsonb
);
create index mode_changes_recent on public.mode_changes (checkpoint, id desc);

-- What the system did by itself and somebody should know; it stays in sight until a person says so.
create table public.notices (
  id uuid primary key default gen_random_uuid(),
  at timestamptz not null default now(),
  kind text not null,
  tone text not null default 'attention' check (tone in ('info', 'attention', 'danger')),
  title text not null,
  body text not null,
  href text,
  acknowledged_at timestamptz,
  acknowledged_by text
);
create index notices_open on public.notices (at desc) where acknowledged_at is null;

create function public.tell(p_kind text, p_tone text, p_title text, p_body text, p_href text) returns uuid
language sql security definer set search_path = '' as $$
  insert into public.notices (kind, tone, title, body, href) values (p_kind, p_tone, p_title, p_body, p_href) returning id
$$;

create function public.acknowledge_notice(p_id uuid) returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  perform public.require_operator();
  update public.notices set acknowledged_at = now(), acknowledged_by = public.acting_name() where id = p_id and acknowledged_at is null;
  if not found then
    return false;
  end if;
  perform public.write_audit('notice.acknowledged', 'notices', p_id::text);
  return true;
end $$;

-- Refuses limits that mean nothing at a checkpoint, where they are written.
create function public.require_scope(p_checkpoint text, p_scope jsonb) returns void
language plpgsql stable security definer set search_path = '' as $$
declare
  v_known text[] := case p_checkpoint when 'campaign' then '{maxContacts}' when 'sourcing' then '{seenOnly}'
    when 'classification' then '{categories,minConfidence}' else '{}' end;
  v_good boolean;
begin
  if jsonb_typeof(p_scope) is distinct from 'object' or exists (select from jsonb_object_keys(p_scope) k where k <> all (v_known)) then
    raise exception 'Auto at % cannot be limited like that.', p_checkpoint using errcode = '22023';
  end if;
  v_good := case p_checkpoint
    when 'campaign' then not p_scope ? 'maxContacts' or (p_scope ->> 'maxContacts' ~ '^[0-9]{1,6}$' and (p_scope ->> 'maxContacts')::int > 0)
    when 'sourcing' then not p_scope ? 'seenOnly' or p_scope -> 'seenOnly' = 'true'
    when 'classification' then
      (not p_scope ? 'minConfidence' or (jsonb_typeof(p_scope -> 'minConfidence') = 'number' and (p_scope ->> 'minConfidence')::numeric between 0.7 and 1))
      and (not p_scope ? 'categories' or (jsonb_typeof(p_scope -> 'categories') = 'array' and p_scope -> 'categories' <> '[]'
        and not exists (select from jsonb_array_elements(p_scope -> 'categories') x
          where not exists (select from public.routing_rules r where to_jsonb(r.category) = x))))
    else true end;
  if not coalesce(v_good, false) then
    raise exception 'Auto at % cannot be limited like that.', p_checkpoint using errcode = '22023';
  end if;
end $$;

-- Market ids and property types of payloads, as CoStar's own keys hold them ("0" is the filter).
create function public.payload_grounds(p_payloads jsonb) returns table (kind text, id text)
language sql immutable set search_path = '' as $$
  select 'market', m #>> '{}' from jsonb_path_query(p_payloads, 'lax $[*].payload."0".Geography.Filter.Ids[*]') m
  union
  select 'type', t #>> '{}' from jsonb_path_query(p_payloads, 'lax $[*].payload."0".Property.PropertyTypes[*]') t
$$;

-- Why an item is outside the limits of auto, or null when it is inside.
create function public.scope_problem(p_checkpoint text, p_scope jsonb, p_proposal jsonb) returns text
language plpgsql stable security definer set search_path = '' as $$
declare
  v_contacts int;
  v_new text;
begin
  if p_scope ? 'maxContacts' then
    v_contacts := (p_proposal #>> '{totals,enrolled}')::int;
    if coalesce(v_contacts > (p_scope ->> 'maxContacts')::int, true) then
      return format('auto covers campaigns of at most %s contacts, and this one mails %s', p_scope ->> 'maxContacts', coalesce(v_contacts::text, 'an unknown number'));
    end if;
  end if;
  if p_scope ? 'seenOnly' then
    if exists (select from jsonb_array_elements(p_proposal -> 'payloads') p
        where not exists (select from public.payload_grounds(jsonb_build_array(p)) g where g.kind = 'market')) then
      return 'auto covers markets seen before, and a payload names none';
    end if;
    select string_agg(distinct g.kind, ' and ' order by g.kind) into v_new
      from public.payload_grounds(p_proposal -> 'payloads') g
     where not exists (select from public.approval_queue q, public.payload_grounds(coalesce(q.edits, q.proposal) -> 'payloads') s
       where q.checkpoint in ('sourcing', 'extraction') and q.mode = 'plan' and q.status = 'approved' and s.kind = g.kind and s.id = g.id);
    if v_new is not null then
      return format('auto covers markets and property types approved before, and this has a new %s', replace(v_new, 'type', 'property type'));
    end if;
  end if;
  if p_scope ? 'categories' and not coalesce(p_scope -> 'categories' ? (p_proposal ->> 'category'), false) then
    return format('auto does not cover %s', replace(coalesce(p_proposal ->> 'category', 'an unknown category'), '_', ' '));
  end if;
  if p_scope ? 'minConfidence' and coalesce((p_proposal ->> 'confidence')::numeric < (p_scope ->> 'minConfidence')::numeric, true) then
    return format('auto covers what is at least %s%% sure, and this is %s%%', round(100 * (p_scope ->> 'minConfidence')::numeric),
      coalesce(trunc(100 * (p_proposal ->> 'confidence')::numeric)::text, '?'));
  end if;
  return null;
end $$;

create function public.scope_words(p_scope jsonb) returns text
language sql immutable set search_path = '' as $$
  select nullif(concat_ws('; ',
    'campaigns of at most ' || (p_scope ->> 'maxContacts') || ' contacts',
    case when p_scope ? 'seenOnly' then 'markets and property types approved before' end,
    'the categories ' || (select string_agg(replace(x, '_', ' '), ', ' order by x) from jsonb_array_elements_text(p_scope -> 'categories') x),
    'at least ' || round(100 * (p_scope ->> 'minConfidence')::numeric) || '% sure'), '')
$$;

-- A moment as the desk says it, in its zone.
create function public.desk_moment(p_at timestamptz) returns text
language sql stable security definer set search_path = '' as $$
  select to_char(p_at at time zone d.time_zone, 'Dy FMDD Mon HH24:MI') || ' ' || d.time_zone from public.desk_settings d
$$;

-- The mode that holds for an item now, and why. Nothing waits for a clock: time in auto ends by itself, here.
create function public.effective_mode(p_checkpoint text, p_proposal jsonb default null, p_at timestamptz default now())
returns table (mode text, because text) language plpgsql stable security definer set search_path = '' as $$
declare
  v public.checkpoint_settings;
  v_problem text;
begin
  select * into strict v from public.checkpoint_settings c where c.checkpoint = p_checkpoint;
  if v.mode <> 'auto' then
    return query select 'plan', case p_checkpoint when 'extraction' then 'extraction always needs a person' else 'the checkpoint is in plan' end;
  elsif v.auto_until <= p_at then
    return query select 'plan', 'its time in auto ended ' || public.desk_moment(v.auto_until);
  else
    v_problem := case when p_proposal is not null then public.scope_problem(p_checkpoint, v.auto_scope, p_proposal) end;
    return query select case when v_problem is null then 'auto' else 'plan' end, coalesce(v_problem, concat_ws('; ',
      case when v.updated_by = 'system' and v.reason is null then 'the checkpoint is in auto as installed'
        else format('%s put the checkpoint into auto', v.updated_by) end || coalesce(': ' || v.reason, ''),
      'until ' || public.desk_moment(v.auto_until), 'limited to ' || public.scope_words(v.auto_scope)));
  end if;
end $$;

-- How each checkpoint stands this moment: `mode` is what holds, `set_mode` what was last chosen.
create view public.checkpoint_modes with (security_invoker = true) as
  select c.checkpoint, case when c.mode = 'auto' and (c.auto_until is null or c.auto_until > now()) then 'auto' else 'plan' end as mode,
    c.mode as set_mode, c.auto_until, c.auto_scope, public.scope_words(c.auto_scope) as scope_words, c.auto_since, c.evidence_since,
    c.earned_version, c.reason, c.updated_by, c.updated_at
  from public.checkpoint_settings c;

-- The change itself, written down twice: for the audit log, and with the evidence for the checkpoint's own history.
create function public.keep_mode_change(p_before public.checkpoint_settings, p_after public.checkpoint_settings, p_actor text,
  p_kind text, p_cause text, p_why text) returns void language plpgsql security definer set search_path = '' as $$
begin
  insert into public.mode_changes (checkpoint, actor, from_mode, to_mode, kind, cause, reason, until, scope, evidence)
  values (p_after.checkpoint, p_actor, p_before.mode, p_after.mode, p_kind, p_cause, p_why, p_after.auto_until, p_after.auto_scope,
    (select to_jsonb(t) from public.checkpoint_trust() t where t.checkpoint = p_after.checkpoint));
  -- By its own name where the system acts: a verdict may be what made it act, but nobody chose this.
  insert into public.audit_log (actor_id, actor, action, entity, entity_id, before, after, why)
  values (case when p_actor = 'system' then null else auth.uid() end, p_actor,
    case when p_before.mode = p_after.mode then 'checkpoint.limits' else 'checkpoint.mode' end, 'checkpoint_settings', p_after.checkpoint,
    jsonb_strip_nulls(jsonb_build_object('mode', p_before.mode, 'until', p_before.auto_until, 'scope', nullif(p_before.auto_scope, '{}'))),
    jsonb_strip_nulls(jsonb_build_object('mode', p_after.mode, 'until', p_after.auto_until, 'scope', nullif(p_after.auto_scope, '{}'))), p_why);
end $$;

drop function public.set_checkpoint_mode(text, text, text);
-- A person's choice. Into auto (or wider limits) the evidence must pass the bar, or words say why it goes ahead of it.
create function public.set_checkpoint_mode(p_checkpoint text, p_mode text, p_reason text default null,
  p_until timestamptz default null, p_scope jsonb default '{}')
returns public.checkpoint_settings language plpgsql security definer set search_path = '' as $$
declare
  v_before public.checkpoint_settings;
  v_after public.checkpoint_settings;
  v_trust record;
  v_words text := public.words_in(p_reason);
  v_kind text := 'returned';
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
  update public.checkpoint_settings set mode = p_mode, reason = v_words, updated_by = public.acting_name('service'), updated_at = now(),
    auto_until = case p_mode when 'auto' then p_until end, auto_scope = case p_mode when 'auto' then coalesce(p_scope, '{}') else '{}' end,
    -- A second word about a checkpoint that is in auto limits it; only coming from plan starts it anew.
    auto_since = case when p_mode <> 'auto' then null when v_before.mode = 'auto' then v_before.auto_since else now() end,
    earned_version = case when p_mode <> 'auto' then null when v_before.mode = 'auto' then v_before.earned_version
      else public.live_agent_version(p_checkpoint) end,
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

-- Back to plan, by the system's own doing. Trust is earned anew from here on. False when it was in plan already.
create function public.demote_checkpoint(p_checkpoint text, p_cause text, p_why text) returns boolean
language plpgsql security definer set search_path = '' as $$
declare
  v_before public.checkpoint_settings;
  v_after public.checkpoint_settings;
begin
  select * into v_before from public.checkpoint_settings where checkpoint = p_checkpoint for no key update;
  if v_before.mode is distinct from 'auto' then
    return false;
  end if;
  update public.checkpoint_settings set mode = 'plan', reason = p_why, updated_by = 'system', updated_at = now(), auto_until = null,
    auto_scope = '{}', auto_since = null, earned_version = null,
    evidence_since = case when p_cause = 'time' then v_before.evidence_since else clock_timestamp() end
   where checkpoint = p_checkpoint returning * into v_after;
  perform public.keep_mode_change(v_before, v_after, 'system', case p_cause when 'time' then 'ended' else 'demoted' end, p_cause, p_why);
  perform public.tell('checkpoint.' || p_cause, case p_cause when 'time' then 'info' else 'attention' end,
    format('%s is back in plan', initcap(p_checkpoint)), upper(left(p_why, 1)) || substr(p_why, 2) || '. You are asked about each proposal again.',
    '/settings/checkpoints/' || p_checkpoint);
  return true;
end $$;

-- Two edits or rejections among the last five sampled, since it went to auto. Each check below holds the checkpoint first:
-- of several bad verdicts at the same moment, the last one must see the others.
create function public.check_burst(p_checkpoint text) returns boolean
language plpgsql security definer set search_path = '' as $$
declare
  v_bad int;
  v_all int;
begin
  perform 1 from public.checkpoint_settings c where c.checkpoint = p_checkpoint for no key update;
  select count(*) filter (where x.verdict <> 'agree'), count(*) into v_bad, v_all from (
    select q.verdict from public.approval_queue q join public.checkpoint_settings c on c.checkpoint = q.checkpoint
     where q.checkpoint = p_checkpoint and q.sampled and q.verdict is not null and c.mode = 'auto' and q.requested_at >= c.auto_since
     order by q.verdict_at desc, q.id limit 5) x;
  return v_bad >= 2 and public.demote_checkpoint(p_checkpoint, 'burst',
    format('%s of the last %s looked back at would have been changed or rejected', v_bad, v_all));
end $$;

-- Bounces and complaints per mail sent since it went to auto, at most the last seven days. One complaint alone can be a
-- slip of somebody's finger, so it takes two.
create function public.check_campaign_rates(p_now timestamptz default now()) returns boolean
language plpgsql security definer set search_path = '' as $$
declare
  v_since timestamptz;
  v public.trust_settings;
  v_sends bigint;
  v_bounced bigint;
  v_complained bigint;
begin
  select greatest(c.auto_since, p_now - interval '7 days') into v_since
    from public.checkpoint_settings c where c.checkpoint = 'campaign' and c.mode = 'auto' for no key update;
  if v_since is null then
    return false;
  end if;
  select * into v from public.trust_settings;
  select count(*) into v_sends from public.sends s where s.handed_at >= v_since and s.kind = 'sequence' and s.status in ('sent', 'uncertain');
  if v_sends < v.line_min_sends then
    return false;
  end if;
  select count(distinct s.id) filter (where e.category = 'bounce'), count(distinct s.id) filter (where e.category = 'complaint')
    into v_bounced, v_complained
    from public.synced_emails e join public.sends s on s.id = e.send_id
   where e.category in ('bounce', 'complaint') and e.received_at >= v_since and s.handed_at >= v_since and s.kind = 'sequence';
  if v_bounced * 10000 > v_sends * v.bounce_line_bps then
    return public.demote_checkpoint('campaign', 'bounces', format('%s of %s mails bounced, more than %s%%', v_bounced, v_sends, trim_scale(v.bounce_line_bps / 100.0)));
  end if;
  return v_complained >= 2 and v_complained * 10000 > v_sends * v.complaint_line_bps and public.demote_checkpoint('campaign', 'complaints',
    format('%s of %s mails drew a complaint, more than %s%%', v_complained, v_sends, trim_scale(v.complaint_line_bps / 100.0)));
end $$;

-- Answers of the wrong shape, or that say what cannot be, since it went to auto: some in a row, or many among the last 20
-- runs that something is done with. (`agent_runs.kind` comes with the next migration; nothing calls this before it.)
create function public.check_schema_failures(p_checkpoint text) returns boolean
language plpgsql security definer set search_path = '' as $$
declare
  v public.trust_settings;
  v_failed boolean[];
  v_bad int;
begin
  perform 1 from public.checkpoint_settings c where c.checkpoint = p_checkpoint for no key update;
  select * into v from public.trust_settings;
  select array_agg(x.bad) into v_failed from (
    select coalesce(r.failure_kind in ('schema', 'checks', 'no_answer'), false) as bad
      from public.agent_runs r join public.checkpoint_settings c on c.checkpoint = p_checkpoint
     where r.agent = public.agent_of(p_checkpoint) and r.kind = 'live' and r.status <> 'running' and c.mode = 'auto' and r.started_at >= c.auto_since
     order by r.started_at desc limit 20) x;
  if not v_failed[1] or v_failed is null then
    return false; -- the newest one is fine, or there is none
  end if;
  select count(*) into v_bad from unnest(v_failed) b where b;
  if array_length(v_failed, 1) >= v.schema_failures_in_row and true = all (v_failed[1:v.schema_failures_in_row]) then
    return public.demote_checkpoint(p_checkpoint, 'schema', format('%s answered in the wrong shape %s times in a row', public.agent_of(p_checkpoint), v.schema_failures_in_row));
  end if;
  return v_bad >= v.schema_failures_in_20 and public.demote_checkpoint(p_checkpoint, 'schema',
    format('%s answered in the wrong shape in %s of its last %s runs', public.agent_of(p_checkpoint), v_bad, array_length(v_failed, 1)));
end $$;

-- What proposes is not what trust was earned with. The first definition seen in auto is taken as the one that was meant.
create function public.check_definition(p_checkpoint text, p_version text) returns boolean
language plpgsql security definer set search_path = '' as $$
declare
  v public.checkpoint_settings;
begin
  if p_version is null then
    return false;
  end if;
  update public.checkpoint_settings set earned_version = p_version where checkpoint = p_checkpoint and mode = 'auto' and earned_version is null;
  select * into v from public.checkpoint_settings where checkpoint = p_checkpoint;
  return v.mode = 'auto' and v.earned_version <> p_version and public.demote_checkpoint(p_checkpoint, 'definition',
    format('the definition of %s changed (%s, was %s)', public.agent_of(p_checkpoint), left(p_version, 12), left(v.earned_version, 12)));
end $$;

-- For whoever saves another definition: takes back at once what was earned with the one before.
create function public.note_definition(p_agent text, p_version text) returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform public.require_operator();
  perform public.check_definition(c, p_version) from unnest('{sourcing,campaign,classification}'::text[]) c where public.agent_of(c) = p_agent;
end $$;

create function public.on_verdict() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  perform public.check_burst(new.checkpoint);
  return null;
end $$;
create trigger approval_queue_verdict after update of verdict on public.approval_queue
  for each row when (old.verdict is null and new.verdict is not null) execute function public.on_verdict();

create function public.on_bad_mail() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  perform public.check_campaign_rates();
  return null;
end $$;
create trigger synced_emails_rates after update of category on public.synced_emails
  for each row when (new.category in ('bounce', 'complaint') and old.category is distinct from new.category) execute function public.on_bad_mail();

create function public.on_failed_run() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  perform public.check_schema_failures(c) from unnest('{sourcing,classification}'::text[]) c where public.agent_of(c) = new.agent;
  return null;
end $$;
create trigger agent_runs_failed after update of status on public.agent_runs
  for each row when (new.status = 'failed' and old.status <> 'failed') execute function public.on_failed_run();

-- Each minute: writes down that a time in auto ended (it had ended already), and looks at everything a lost moment could hide.
create function public.check_trust(p_now timestamptz default now()) returns table (checkpoint text, what text)
language plpgsql security definer set search_path = '' as $$
begin
  perform public.require_operator();
  return query
    select c.checkpoint, 'ended' from public.checkpoint_settings c
     where c.mode = 'auto' and c.auto_until <= p_now
       and public.demote_checkpoint(c.checkpoint, 'time', 'its time in auto ended ' || public.desk_moment(c.auto_until));
  return query
    select c.checkpoint, 'demoted' from public.checkpoint_settings c where c.mode = 'auto' and c.checkpoint <> 'extraction'
       and (public.check_burst(c.checkpoint) or public.check_schema_failures(c.checkpoint)
         or (c.checkpoint = 'campaign' and public.check_campaign_rates(p_now)));
end $$;

-- Where an id falls between 0 and 1, the same for ever: nobody chooses what is looked back at.
create function public.sample_point(p_id uuid) returns double precision
language sql immutable set search_path = '' as $$
  select ('x' || substr(md5(p_id::text), 1, 8))::bit(32)::bigint / 4294967296.0
$$;

-- As before (one approval per run, checkpoint and revision; an older one that waits is superseded), in the mode that holds
-- for this very item, with the reason. The lock on the checkpoint comes after the approvals', as it does for a decision.
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
  perform public.check_definition(p_checkpoint, (select r.agent_version from public.agent_runs r where r.id = p_agent_run_id));
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

-- What a person says afterwards about something auto let through; once. Words become a learning, a category sets the mail right.
create function public.give_verdict(p_id uuid, p_verdict text, p_words text default null, p_category text default null,
  p_agent text default null, p_tags text[] default '{}') returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_words text := public.words_in(p_words);
  v_row public.approval_queue;
begin
  perform public.require_operator();
  if p_verdict is null or p_verdict not in ('agree', 'would_change', 'would_reject') then
    raise exception 'A verdict is agree, would_change or would_reject, not %.', p_verdict using errcode = '22023';
  end if;
  if v_words is null and (p_verdict = 'would_reject' or (p_verdict = 'would_change' and p_category is null)) then
    raise exception 'Say what you would have changed, or why you would have rejected it.' using errcode = '22023';
  end if;
  update public.approval_queue set verdict = p_verdict, verdict_words = v_words, verdict_by = public.acting_name('service'), verdict_at = now()
   where id = p_id and mode = 'auto' and status = 'approved' and verdict is null returning * into v_row;
  if not found then
    select * into v_row from public.approval_queue where id = p_id;
    return jsonb_build_object('outcome', case when not found then 'not_found' when v_row.verdict is null then 'not_auto' else 'already_given' end,
      'verdict', v_row.verdict, 'by', v_row.verdict_by, 'at', v_row.verdict_at);
  end if;
  perform public.write_audit('approval.verdict', 'approval_queue', p_id::text, null,
    jsonb_strip_nulls(jsonb_build_object('verdict', p_verdict, 'category', p_category, 'sampled', v_row.sampled)), v_words);
  if v_row.checkpoint = 'classification' and v_row.email_id is not null and p_verdict = 'would_change' and p_category is not null then
    perform public.correct_category(v_row.email_id, p_category, v_words); -- keeps the words as a learning itself
  else
    if v_words is not null and p_agent is not null then
      insert into public.agent_feedback (agent, checkpoint, words, tags, approval_id, search_id, author)
      values (p_agent, v_row.checkpoint, v_words, coalesce(p_tags, '{}'), v_row.id, v_row.search_id, v_row.verdict_by);
    end if;
    if v_row.checkpoint = 'classification' and v_row.email_id is not null and p_verdict = 'agree' then
      insert into public.labelled_replies (email_id, predicted, predicted_confidence, correct, labelled_by)
      values (v_row.email_id, v_row.proposal ->> 'category', (v_row.proposal ->> 'confidence')::numeric, v_row.proposal ->> 'category', v_row.verdict_by)
      on conflict (email_id) do nothing;
    end if;
  end if;
  return jsonb_build_object('outcome', 'given', 'verdict', p_verdict, 'by', v_row.verdict_by, 'at', v_row.verdict_at, 'checkpoint', v_row.checkpoint,
    'mode', (select c.mode from public.checkpoint_settings c where c.checkpoint = v_row.checkpoint));
end $$;

alter table public.mode_changes enable row level security;
alter table public.notices enable row level security;
create policy mode_changes_read on public.mode_changes for select to authenticated using ((select public.is_operator()));
create policy notices_read on public.notices for select to authenticated using ((select public.is_operator()));
create trigger mode_changes_append_only before update or delete on public.mode_changes for each row execute function public.refuse_change();
grant select on public.mode_changes, public.notices, public.checkpoint_modes to authenticated, service_role;
grant insert on public.notices to service_role;

revoke execute on function public.tell(text, text, text, text, text), public.acknowledge_notice(uuid), public.require_scope(text, jsonb),
  public.payload_grounds(jsonb), public.scope_problem(text, jsonb, jsonb), public.scope_words(jsonb), public.desk_moment(timestamptz),
  public.effective_mode(text, jsonb, timestamptz),
  public.keep_mode_change(public.checkpoint_settings, public.checkpoint_settings, text, text, text, text),
  public.set_checkpoint_mode(text, text, text, timestamptz, jsonb), public.demote_checkpoint(text, text, text), public.check_burst(text),
  public.check_campaign_rates(timestamptz), public.check_schema_failures(text), public.check_definition(text, text),
  public.note_definition(text, text), public.on_verdict(), public.on_bad_mail(), public.on_failed_run(), public.check_trust(timestamptz),
  public.sample_point(uuid), public.give_verdict(uuid, text, text, text, text, text[]) from public, anon;
grant execute on function public.acknowledge_notice(uuid), public.scope_words(jsonb), public.set_checkpoint_mode(text, text, text, timestamptz, jsonb),
  public.note_definition(text, text), public.give_verdict(uuid, text, text, text, text, text[]) to authenticated, service_role;
grant execute on function public.effective_mode(text, jsonb, timestamptz), public.check_trust(timestamptz), public.sample_point(uuid),
  public.tell(text, text, text, text, text) to service_role;

alter publication supabase_realtime add table public.notices;
