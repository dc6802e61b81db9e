-- Autonomy that is earned, limited, looked back at and taken away. A person promotes;
-- the system only demotes. Trust belongs to a definition and to the model that ran it.

-- Plan or auto, per checkpoint. `extraction` needs a phone in someone's hand, so it can never be auto.
create table public.checkpoint_settings (
  checkpoint text primary key check (checkpoint in ('sourcing', 'extraction', 'campaign', 'classification')),
  mode text not null check (mode in ('plan', 'auto')),
  reason text,
  updated_by text not null default 'system',
  updated_at timestamptz not null default now(),
  evidence_since timestamptz,
  -- Auto can be limited: until when, and to what. The first decisions in auto are all looked back at.
  auto_until timestamptz,
  auto_scope jsonb not null default '{}',
  auto_since timestamptz default now(),
  earned_version text,
  looks_left int not null default 5 check (looks_left >= 0),
  earned_asked_model text,
  earned_model text,
  constraint extraction_needs_a_person check (not (checkpoint = 'extraction' and mode = 'auto')),
  constraint limits_are_of_auto check (mode = 'auto' or (auto_until is null and auto_scope = '{}'))
);
comment on column public.checkpoint_settings.earned_model
  is 'The model that had answered when trust was earned; `earned_asked_model` the one that was asked for.';
alter table public.checkpoint_settings enable row level security;
create policy checkpoint_settings_read on public.checkpoint_settings for select to authenticated
  using ((select public.is_operator()));
grant select on public.checkpoint_settings to authenticated;
grant select, insert, update on public.checkpoint_settings to service_role;
alter publication supabase_realtime add table public.checkpoint_settings;

insert into public.checkpoint_settings (checkpoint, mode, auto_since) values
  ('sourcing', 'auto', now()), ('extraction', 'plan', null), ('campaign', 'plan', null),
  ('classification', 'auto', now());

alter table public.approval_queue
  add constraint approval_queue_checkpoint_fkey foreign key (checkpoint)
    references public.checkpoint_settings (checkpoint);

alter table public.agent_feedback
  add constraint agent_feedback_checkpoint_fkey foreign key (checkpoint)
    references public.checkpoint_settings (checkpoint);

-- What trust is measured by: how many decisions are looked at, the bar they must reach, and the lines past
-- which it is lost.
create table public.trust_settings (
  id int primary key default 1 check (id = 1),
  bar numeric(4, 3) not null default 0.9 check (bar between 0.5 and 0.99),
  min_decisions int not null default 20 check (min_decisions between 5 and 500),
  window_size int not null default 50 check (window_size between 20 and 500),
  sample_share numeric(4, 3) not null default 0.1 check (sample_share between 0.01 and 1),
  first_looks int not null default 5 check (first_looks between 5 and 100),
  bounce_line_bps int not null default 500 check (bounce_line_bps between 10 and 10000),
  complaint_line_bps int not null default 30 check (complaint_line_bps between 1 and 10000),
  line_min_sends int not null default 50 check (line_min_sends between 10 and 10000),
  schema_failures_in_row int not null default 3 check (schema_failures_in_row between 1 and 20),
  schema_failures_in_20 int not null default 5 check (schema_failures_in_20 between 1 and 20),
  updated_by text not null default 'system',
  updated_at timestamptz not null default now(),
  constraint window_holds_enough check (window_size >= min_decisions)
);
alter table public.trust_settings enable row level security;
create policy trust_settings_read on public.trust_settings for select to authenticated
  using ((select public.is_operator()));
grant select on public.trust_settings to authenticated, service_role;

insert into public.trust_settings (id) values (1);

-- One row per proposal a person judged: by deciding it, by a
-- verdict afterwards, or by saying what a mail really was.
create table public.trust_evidence (
  id bigint generated always as identity primary key,
  checkpoint text not null references public.checkpoint_settings (checkpoint),
  agent text not null,
  agent_version text,
  outcome text not null check (outcome in ('unchanged', 'edited', 'changes_asked', 'rejected')),
  changed_bps int not null default 0 check (changed_bps between 0 and 10000),
  source text not null check (source in ('decision', 'verdict', 'label')),
  sampled boolean not null default false,
  approval_id uuid unique references public.approval_queue (id),
  email_id uuid references public.synced_emails (id),
  judged_by text not null,
  at timestamptz not null,
  asked_model text,
  model text,
  constraint evidence_is_about_something check (approval_id is not null or email_id is not null)
);
create unique index trust_evidence_mail on public.trust_evidence (email_id) where approval_id is null;
create index trust_evidence_about_mail on public.trust_evidence (email_id);
create index trust_evidence_recent on public.trust_evidence (checkpoint, at desc, id desc);
create index trust_evidence_at on public.trust_evidence (at) include (checkpoint, outcome);
alter table public.trust_evidence enable row level security;
create policy trust_evidence_read on public.trust_evidence for select to authenticated
  using ((select public.is_operator()));
grant select on public.trust_evidence to authenticated, service_role;

-- Every change of a mode or of its limits, with the evidence
-- as it stood. Rows are added and never touched again.
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
alter table public.mode_changes enable row level security;
create policy mode_changes_read on public.mode_changes for select to authenticated
  using ((select public.is_operator()));
grant select on public.mode_changes to authenticated, service_role;

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
alter table public.notices enable row level security;
create policy notices_read on public.notices for select to authenticated
  using ((select public.is_operator()));
grant select on public.notices to authenticated;
grant select, insert on public.notices to service_role;
alter publication supabase_realtime add table public.notices;

-- The lower end of Wilson's score interval at 95 % (two-sided, z = 1.96) for
-- `p_good` of `p_all`; 0 while there is nothing. E. B. Wilson, "Probable
-- inference, the law of succession, and statistical inference", JASA 22 (1927).
create function public.wilson_lower(p_good bigint, p_all bigint) returns double precision
language sql immutable set search_path = '' as $$
  select case when p_all > 0 and p_good > 0
    then greatest(0, (p + z * z / (2 * n) - z * sqrt((p * (1 - p) + z * z / (4 * n)) / n)) / (1 + z * z / n))
      else 0 end
  from (select 1.959963984540054::double precision as z, p_all::double precision as n,
    p_good::double precision / nullif(p_all, 0) as p) x
$$;
grant execute on function public.wilson_lower to authenticated, service_role;

-- Keeps (or replaces) what one decided or looked-back approval
-- says, with the definition and the model it says it about.
create function public.record_evidence(p_row public.approval_queue) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_bps int := 0;
  v_outcome text;
  v_run public.agent_runs;
begin
  if p_row.mode = 'auto' then
    v_outcome := case p_row.verdict when 'agree' then 'unchanged' when 'would_change' then 'edited'
      when 'would_reject' then 'rejected' end;
  else
    v_bps := case when p_row.status = 'approved' then public.changed_bps(p_row) else 0 end;
    v_outcome := case p_row.status when 'rejected' then 'rejected'
      when 'changes_requested' then 'changes_asked'
      when 'approved' then case when v_bps > 0 then 'edited' else 'unchanged' end end;
  end if;
  -- A search made from a file has no payloads, so nobody judged the agent by them.
  if v_outcome is null or public.is_left_to_person(p_row.checkpoint, p_row.proposal)
    or p_row.checkpoint = 'sourcing' and p_row.proposal -> 'payloads' = '[]' then
    return;
  end if;
  select * into v_run from public.agent_runs r where r.id = p_row.agent_run_id;
  insert into public.trust_evidence as e (checkpoint, agent, agent_version, asked_model, model, outcome,
    changed_bps, source, sampled, approval_id, email_id, judged_by, at)
  values (p_row.checkpoint, public.agent_of(p_row.checkpoint),
    v_run.agent_version, v_run.model, v_run.answered_model, v_outcome, v_bps,
    case p_row.mode when 'auto' then 'verdict' else 'decision' end, p_row.sampled, p_row.id, p_row.email_id,
    coalesce(p_row.verdict_by, p_row.decided_by), coalesce(p_row.verdict_at, p_row.decided_at))
  on conflict (approval_id) do update set outcome = excluded.outcome, changed_bps = excluded.changed_bps,
    judged_by = excluded.judged_by, at = excluded.at;
end $$;

-- Evidence follows the decision: made, changed, or taken back.
create function public.keep_evidence() returns trigger language plpgsql security definer
  set search_path = '' as $$
begin
  if new.status = 'pending' then
    -- the decision was taken back, and with it what it said
    delete from public.trust_evidence where approval_id = new.id;
  else
    perform public.record_evidence(new);
  end if;
  return null;
end $$;

-- What a person says a mail really is. It is the verdict on an auto approval nobody looked back at yet, else
-- it sets right what was kept about the mail. Mails that rules decided say nothing about the classifier.
create function public.keep_label(p_label public.labelled_replies) returns void
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
  elsif v_approval.id is not null or exists (select from public.trust_evidence
    where email_id = p_label.email_id) then
    update public.trust_evidence set outcome = case when v_right then 'unchanged' else 'edited' end,
      changed_bps = case when v_right then 0 else 10000 end, judged_by = p_label.labelled_by
     where email_id = p_label.email_id and id = (select max(id) from public.trust_evidence
       where email_id = p_label.email_id)
       and outcome in ('unchanged', 'edited');
  elsif v_email.decided_by = 'agent' and p_label.predicted_confidence >= 0.7 then
    select * into v_run from public.agent_runs r where r.id = v_email.agent_run_id;
    insert into public.trust_evidence (checkpoint, agent, agent_version, asked_model, model, outcome,
      changed_bps, source, email_id, judged_by, at)
    values ('classification', public.agent_of('classification'),
      v_run.agent_version, v_run.model, v_run.answered_model,
      case when v_right then 'unchanged' else 'edited' end, case when v_right then 0 else 10000 end, 'label',
      p_label.email_id, p_label.labelled_by, p_label.labelled_at);
  end if;
end $$;

-- A correction counts from the moment it is made.
create function public.on_label() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  perform public.keep_label(new);
  return null;
end $$;

-- One sentence, rounded down: it never claims more than was counted.
create function public.evidence_sentence(p_unchanged bigint, p_all bigint) returns text
language sql immutable set search_path = '' as $$
  select case p_all when 0 then 'nothing decided yet'
    else format('%s of the last %s approved unchanged; at least %s with 95 %% confidence',
    p_unchanged, p_all, to_char(trunc(public.wilson_lower(p_unchanged, p_all)::numeric, 2), 'FM0.00')) end
$$;
grant execute on function public.evidence_sentence to authenticated, service_role;

-- How many approvals without a change, one after the other, would pass the bar; 0 when it is
-- passed. p_newest_first: what counts now, true where approved unchanged; the oldest leave.
create function public.approvals_missing(p_newest_first boolean[], p_bar double precision,
  p_min int, p_window int)
returns int language plpgsql immutable set search_path = '' as $$
declare
  v_kept int;
  v_good int;
begin
  for v_more in 0..p_window - 1 loop
    select count(*), count(*) filter (where x) into v_kept, v_good
      from unnest(p_newest_first[1:p_window - v_more]) x;
    if v_kept + v_more >= p_min and public.wilson_lower(v_good + v_more, v_kept + v_more) >= p_bar then
      return v_more;
    end if;
  end loop;
  return p_window;
end $$;
grant execute on function public.approvals_missing to authenticated, service_role;

-- What each checkpoint has earned: counts over the last `window_size` judged proposals of the
-- definition and the model that are live, since trust was last lost, and over all time. (Compiling this
-- takes 300 ms where running it takes one: the planner thinks there are thousands of checkpoints.)
create function public.checkpoint_trust() returns table (
  checkpoint text, agent text, agent_version text, model text, since timestamptz, decisions int,
  unchanged int, edited int, changes_asked int, rejected int, changed_bps int, bound double precision,
  sentence text, bar double precision, min_decisions int, window_size int, passes boolean,
  missing int, all_decisions int, all_unchanged int, all_edited int,
  all_changes_asked int, all_rejected int
) language sql stable security invoker set search_path = '' set jit = off as $$
  select c.checkpoint, public.agent_of(c.checkpoint), v.version, coalesce(v.model, v.asked_model),
    c.evidence_since, w.n::int, w.unchanged::int, w.edited::int, w.changes_asked::int, w.rejected::int,
    w.changed_bps::int, b.bound, public.evidence_sentence(w.unchanged, w.n),
    s.bar::double precision, s.min_decisions, s.window_size, w.n >= s.min_decisions
      and b.bound >= s.bar::double precision,
    public.approvals_missing(w.newest_first, s.bar::double precision, s.min_decisions, s.window_size),
    t.n::int, t.unchanged::int, t.edited::int, t.changes_asked::int, t.rejected::int
  from public.checkpoint_settings c cross join public.trust_settings s
  left join lateral public.live_agent(c.checkpoint) v on true
  cross join lateral (
    select count(*) as n, count(*) filter (where e.outcome = 'unchanged') as unchanged,
      count(*) filter (where e.outcome = 'edited') as edited,
      count(*) filter (where e.outcome = 'changes_asked') as changes_asked,
      count(*) filter (where e.outcome = 'rejected') as rejected,
      coalesce(avg(e.changed_bps) filter (where e.outcome = 'edited' and e.changed_bps > 0),
        0) as changed_bps,
      coalesce(array_agg(e.outcome = 'unchanged' order by e.at desc, e.id desc), '{}') as newest_first
    from (select x.id, x.at, x.outcome, x.changed_bps from public.trust_evidence x
      where x.checkpoint = c.checkpoint and x.agent_version is not distinct from v.version
        and public.is_same_model(x.asked_model, x.model, v.asked_model, v.model)
        and (c.evidence_since is null or x.at > c.evidence_since)
      order by x.at desc, x.id desc limit s.window_size) e) w
  cross join lateral (select public.wilson_lower(w.unchanged, w.n) as bound) b
  cross join lateral (
    select count(*) as n, count(*) filter (where e.outcome = 'unchanged') as unchanged,
      count(*) filter (where e.outcome = 'edited') as edited,
      count(*) filter (where e.outcome = 'changes_asked') as changes_asked,
      count(*) filter (where e.outcome = 'rejected') as rejected
    from public.trust_evidence e where e.checkpoint = c.checkpoint) t
$$;
grant execute on function public.checkpoint_trust to authenticated, service_role;

-- Week by week in the desk's zone: what people made of the
-- proposals, and where the bound stood at the week's end.
create function public.trust_trend(p_checkpoint text, p_weeks int default 26) returns table (
  week date, decisions int, unchanged int, edited int, changes_asked int, rejected int, bound double precision
) language sql stable security invoker set search_path = '' set jit = off as $$
  with judged as (
    select date_trunc('week', e.at at time zone d.time_zone)::date as week, e.outcome, e.at, e.id,
      count(*) over last as n, count(*) filter (where e.outcome = 'unchanged') over last as good
    from public.trust_evidence e cross join public.desk_settings d where e.checkpoint = p_checkpoint
    window last as (order by e.at,
      e.id rows between coalesce((select s.window_size - 1 from public.trust_settings s),
      0) preceding and current row)
  )
  select j.week, count(*)::int, (count(*) filter (where j.outcome = 'unchanged'))::int,
    (count(*) filter (where j.outcome = 'edited'))::int,
    (count(*) filter (where j.outcome = 'changes_asked'))::int,
    (count(*) filter (where j.outcome = 'rejected'))::int,
    (array_agg(public.wilson_lower(j.good, j.n) order by j.at desc, j.id desc))[1]
  from judged j where j.week > (now() - make_interval(weeks => p_weeks))::date group by j.week order by j.week
$$;
grant execute on function public.trust_trend to authenticated, service_role;

-- What each definition earned with each model: one that was
-- replaced keeps its own, beside the one that replaced it.
create function public.trust_by_version(p_checkpoint text) returns table (
  agent text, agent_version text, model text, is_live boolean, first_at timestamptz, last_at timestamptz,
  decisions int, unchanged int, edited int, changes_asked int, rejected int, bound double precision
) language sql stable security invoker set search_path = '' as $$
  select e.agent, e.agent_version, coalesce(e.model, e.asked_model),
    bool_or(e.agent_version is not distinct from v.version and public.is_same_model(e.asked_model, e.model,
      v.asked_model, v.model)),
    min(e.at), max(e.at),
    count(*)::int, (count(*) filter (where e.outcome = 'unchanged'))::int,
    (count(*) filter (where e.outcome = 'edited'))::int,
    (count(*) filter (where e.outcome = 'changes_asked'))::int,
    (count(*) filter (where e.outcome = 'rejected'))::int,
    public.wilson_lower(count(*) filter (where e.outcome = 'unchanged'), count(*))
  from public.trust_evidence e left join public.live_agent(p_checkpoint) v on true
 where e.checkpoint = p_checkpoint group by 1, 2, 3 order by max(e.at) desc limit 20
$$;
grant execute on function public.trust_by_version to authenticated, service_role;

-- A bar that no run of approvals could reach would keep everything in plan for ever, unseen: it is refused.
create function public.update_trust_settings(p_changes jsonb) returns public.trust_settings
language plpgsql security definer set search_path = '' as $$
declare
  v_before public.trust_settings;
  v_after public.trust_settings;
begin
  perform public.require_operator();
  select * into v_before from public.trust_settings where id = 1 for update;
  v_after := jsonb_populate_record(v_before, p_changes - '{id,updated_by,updated_at}'::text[]);
  if public.wilson_lower(v_after.window_size, v_after.window_size) < v_after.bar then
    raise exception 'Not even % approvals in a row reach that bar; look at more decisions or lower it.',
      v_after.window_size
      using errcode = '22023';
  end if;
  update public.trust_settings set bar = v_after.bar, min_decisions = v_after.min_decisions,
    window_size = v_after.window_size, sample_share = v_after.sample_share, first_looks = v_after.first_looks,
    bounce_line_bps = v_after.bounce_line_bps, complaint_line_bps = v_after.complaint_line_bps,
    line_min_sends = v_after.line_min_sends, schema_failures_in_row = v_after.schema_failures_in_row,
    schema_failures_in_20 = v_after.schema_failures_in_20,
    updated_by = public.acting_name(), updated_at = now()
  where id = 1 returning * into v_after;
  perform public.write_audit('trust.settings', 'trust_settings', '1', to_jsonb(v_before), to_jsonb(v_after));
  return v_after;
end $$;
grant execute on function public.update_trust_settings to authenticated, service_role;

-- Tells whoever looks next; a trigger has nobody to answer to.
create function public.tell(p_kind text, p_tone text, p_title text, p_body text, p_href text) returns uuid
language sql security definer set search_path = '' as $$
  insert into public.notices (kind, tone, title, body, href) values (p_kind, p_tone, p_title, p_body, p_href)
    returning id
$$;
grant execute on function public.tell to service_role;

-- False when somebody else has: one is enough.
create function public.acknowledge_notice(p_id uuid) returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  perform public.require_operator();
  update public.notices set acknowledged_at = now(), acknowledged_by = public.acting_name() where id = p_id
    and acknowledged_at is null;
  if not found then
    return false;
  end if;
  perform public.write_audit('notice.acknowledged', 'notices', p_id::text);
  return true;
end $$;
grant execute on function public.acknowledge_notice to authenticated, service_role;

-- Refuses limits that mean nothing at a checkpoint, where they are written.
create function public.require_scope(p_checkpoint text, p_scope jsonb) returns void
language plpgsql stable security definer set search_path = '' as $$
declare
  v_known text[] := case p_checkpoint when 'campaign' then '{maxContacts}' when 'sourcing' then '{seenOnly}'
    when 'classification' then '{categories,minConfidence}' else '{}' end;
  v_good boolean;
begin
  if jsonb_typeof(p_scope) is distinct from 'object' or exists (select from jsonb_object_keys(p_scope) k
    where k <> all (v_known)) then
    raise exception 'Auto at % cannot be limited like that.', p_checkpoint using errcode = '22023';
  end if;
  v_good := case p_checkpoint
    when 'campaign' then not p_scope ? 'maxContacts' or (p_scope ->> 'maxContacts' ~ '^[0-9]{1,6}$'
      and (p_scope ->> 'maxContacts')::int > 0)
    when 'sourcing' then not p_scope ? 'seenOnly' or p_scope -> 'seenOnly' = 'true'
    when 'classification' then
      (not p_scope ? 'minConfidence' or (jsonb_typeof(p_scope -> 'minConfidence') = 'number'
        and (p_scope ->> 'minConfidence')::numeric between 0.7 and 1))
      and (not p_scope ? 'categories' or (jsonb_typeof(p_scope -> 'categories') = 'array'
        and p_scope -> 'categories' <> '[]'
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
  select 'market', m #>> '{}'
    from jsonb_path_query(p_payloads, 'lax $[*].payload."0".Geography.Filter.Ids[*]') m
  union
  select 'type', t #>> '{}'
    from jsonb_path_query(p_payloads, 'lax $[*].payload."0".Property.PropertyTypes[*]') t
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
      return format('auto covers campaigns of at most %s contacts, and this one mails %s',
        p_scope ->> 'maxContacts', coalesce(v_contacts::text, 'an unknown number'));
    end if;
  end if;
  if p_scope ? 'seenOnly' then
    if exists (select from jsonb_array_elements(p_proposal -> 'payloads') p
        where not exists (select from public.payload_grounds(jsonb_build_array(p)) g
          where g.kind = 'market')) then
      return 'auto covers markets seen before, and a payload names none';
    end if;
    select string_agg(distinct g.kind, ' and ' order by g.kind) into v_new
      from public.payload_grounds(p_proposal -> 'payloads') g
     where not exists (select from public.approval_queue q,
       public.payload_grounds(coalesce(q.edits, q.proposal) -> 'payloads') s
       where q.checkpoint in ('sourcing', 'extraction') and q.mode = 'plan' and q.status = 'approved'
         and s.kind = g.kind and s.id = g.id);
    if v_new is not null then
      return format('auto covers markets and property types approved before, and this has a new %s',
        replace(v_new, 'type', 'property type'));
    end if;
  end if;
  if p_scope ? 'categories' and not coalesce(p_scope -> 'categories' ? (p_proposal ->> 'category'), false)
    then
    return format('auto does not cover %s',
      replace(coalesce(p_proposal ->> 'category', 'an unknown category'), '_', ' '));
  end if;
  if p_scope ? 'minConfidence'
    and coalesce((p_proposal ->> 'confidence')::numeric < (p_scope ->> 'minConfidence')::numeric, true) then
    return format('auto covers what is at least %s%% sure, and this is %s%%',
      round(100 * (p_scope ->> 'minConfidence')::numeric),
      coalesce(trunc(100 * (p_proposal ->> 'confidence')::numeric)::text, '?'));
  end if;
  return null;
end $$;

-- The limits of auto as people read them, in one place for pages, notices and the audit log.
create function public.scope_words(p_scope jsonb) returns text
language sql immutable set search_path = '' as $$
  select nullif(concat_ws('; ',
    'campaigns of at most ' || (p_scope ->> 'maxContacts') || ' contacts',
    case when p_scope ? 'seenOnly' then 'markets and property types approved before' end,
    'the categories ' || (select string_agg(replace(x, '_', ' '), ', ' order by x)
      from jsonb_array_elements_text(p_scope -> 'categories') x),
    'at least ' || round(100 * (p_scope ->> 'minConfidence')::numeric) || '% sure'), '')
$$;
grant execute on function public.scope_words to authenticated, service_role;

-- The mode that holds for an item now, and why. Nothing waits for a clock: time in auto ends by itself, here.
create function public.effective_mode(p_checkpoint text, p_proposal jsonb default null,
  p_at timestamptz default now())
returns table (mode text, because text) language plpgsql stable security definer set search_path = '' as $$
declare
  v public.checkpoint_settings;
  v_problem text;
begin
  select * into strict v from public.checkpoint_settings c where c.checkpoint = p_checkpoint;
  if v.mode <> 'auto' then
    return query select 'plan', case p_checkpoint when 'extraction' then 'extraction always needs a person'
      else 'the checkpoint is in plan' end;
  elsif v.auto_until <= p_at then
    return query select 'plan', 'its time in auto ended ' || public.desk_moment(v.auto_until);
  else
    v_problem := case when p_proposal is not null then public.scope_problem(p_checkpoint,
      v.auto_scope, p_proposal) end;
    return query select case when v_problem is null then 'auto' else 'plan' end,
      coalesce(v_problem, concat_ws('; ', case when v.updated_by = 'system' and v.reason is null
        then 'the checkpoint is in auto as installed'
        else format('%s put the checkpoint into auto', v.updated_by) end || coalesce(': ' || v.reason, ''),
      'until ' || public.desk_moment(v.auto_until), 'limited to ' || public.scope_words(v.auto_scope)));
  end if;
end $$;
grant execute on function public.effective_mode to service_role;

-- The change itself, written down twice: for the audit log,
-- and with the evidence for the checkpoint's own history.
create function public.keep_mode_change(p_before public.checkpoint_settings,
  p_after public.checkpoint_settings, p_actor text, p_kind text, p_cause text, p_why text) returns void
    language plpgsql security definer set search_path = '' as $$
begin
  insert into public.mode_changes (checkpoint, actor, from_mode, to_mode, kind, cause,
    reason, until, scope, evidence)
  values (p_after.checkpoint, p_actor, p_before.mode, p_after.mode, p_kind, p_cause, p_why,
    p_after.auto_until, p_after.auto_scope,
    (select to_jsonb(t) from public.checkpoint_trust() t where t.checkpoint = p_after.checkpoint));
  -- By its own name where the system acts: a verdict may be what made it act, but nobody chose this.
  insert into public.audit_log (actor_id, actor, action, entity, entity_id, before, after, why)
  values (case when p_actor = 'system' then null else auth.uid() end, p_actor,
    case when p_before.mode = p_after.mode then 'checkpoint.limits' else 'checkpoint.mode' end,
      'checkpoint_settings', p_after.checkpoint,
    jsonb_strip_nulls(jsonb_build_object('mode', p_before.mode, 'until', p_before.auto_until, 'scope',
      nullif(p_before.auto_scope, '{}'))),
    jsonb_strip_nulls(jsonb_build_object('mode', p_after.mode, 'until', p_after.auto_until, 'scope',
      nullif(p_after.auto_scope, '{}'))), p_why);
end $$;

-- A person's choice. Into auto (or wider limits) the evidence
-- must pass the bar, or words say why it goes ahead of it.
create function public.set_checkpoint_mode(p_checkpoint text, p_mode text, p_reason text default null,
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
    raise exception 'Extraction always needs a person: CoStar asks for a tap on the phone.'
      using errcode = '23514';
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
      raise exception 'The bar is not passed (%): say why it goes to auto ahead of the evidence.',
        v_trust.sentence using errcode = '22023';
    end if;
    v_kind := case when v_before.mode = 'auto' then 'limited' when v_trust.passes
      then 'promoted' else 'ahead' end;
    v_words := coalesce(v_words, v_trust.sentence);
  end if;
  select l.version, l.asked_model, l.model into v_live from (select 1) one
    left join public.live_agent(p_checkpoint) l on true;
  update public.checkpoint_settings set mode = p_mode, reason = v_words,
    updated_by = public.acting_name('service'), updated_at = now(),
    auto_until = case p_mode when 'auto' then p_until end, auto_scope = case p_mode
      when 'auto' then coalesce(p_scope, '{}') else '{}' end,
    -- A second word about a checkpoint that is in auto limits it; only coming from plan starts it anew.
    auto_since = case when p_mode <> 'auto' then null when v_before.mode = 'auto' then v_before.auto_since
      else now() end,
    earned_version = case when p_mode <> 'auto' then null when v_before.mode = 'auto'
      then v_before.earned_version
      else v_live.version end,
    earned_asked_model = case when p_mode <> 'auto' then null when v_before.mode = 'auto'
      then v_before.earned_asked_model else v_live.asked_model end,
    earned_model = case when p_mode <> 'auto' then null when v_before.mode = 'auto' then v_before.earned_model
      else v_live.model end,
    looks_left = case when p_mode = 'auto' and v_before.mode <> 'auto' then (select s.first_looks
      from public.trust_settings s) else v_before.looks_left end
   where checkpoint = p_checkpoint returning * into v_after;
  if (v_before.mode, v_before.auto_until, v_before.auto_scope) is distinct from (v_after.mode,
    v_after.auto_until, v_after.auto_scope) then
    perform public.keep_mode_change(v_before, v_after, v_after.updated_by, v_kind, null, v_words);
    if v_kind = 'ahead' then
      perform public.write_audit('checkpoint.ahead_of_evidence', 'checkpoint_settings', p_checkpoint, null,
        jsonb_build_object('unchanged', v_trust.unchanged, 'decisions', v_trust.decisions, 'bound',
          round(v_trust.bound::numeric, 4), 'bar', v_trust.bar), v_words);
    end if;
  end if;
  return v_after;
end $$;
grant execute on function public.set_checkpoint_mode to authenticated, service_role;

-- Back to plan, by the system's own doing. Trust is earned anew from here on, and the history
-- keeps the evidence as it stood when auto was taken back. False when it was in plan already.
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
  v_after := v_before;
  v_after.mode := 'plan';
  v_after.auto_until := null;
  v_after.auto_scope := '{}';
  -- Written down first: from the change on, what it was trusted for counts no more.
  perform public.keep_mode_change(v_before, v_after, 'system', case p_cause when 'time' then 'ended'
    else 'demoted' end, p_cause, p_why);
  update public.checkpoint_settings set mode = 'plan', reason = p_why, updated_by = 'system',
    updated_at = now(), auto_until = null, auto_scope = '{}', auto_since = null, earned_version = null,
    earned_asked_model = null, earned_model = null, evidence_since = case when p_cause = 'time'
      then v_before.evidence_since else clock_timestamp() end
   where checkpoint = p_checkpoint;
  perform public.tell('checkpoint.' || p_cause, case p_cause when 'time' then 'info' else 'attention' end,
    format('%s is back in plan', initcap(p_checkpoint)), upper(left(p_why, 1)) || substr(p_why, 2)
      || '. You are asked about each proposal again.',
    '/settings/checkpoints/' || p_checkpoint);
  return true;
end $$;

-- Two edits or rejections among the last five sampled, since it went to auto. Each check below holds
-- the checkpoint first: of several bad verdicts at the same moment, the last one must see the others.
create function public.check_burst(p_checkpoint text) returns boolean
language plpgsql security definer set search_path = '' as $$
declare
  v_bad int;
  v_all int;
begin
  perform 1 from public.checkpoint_settings c where c.checkpoint = p_checkpoint for no key update;
  select count(*) filter (where x.verdict <> 'agree'), count(*) into v_bad, v_all from (
    select q.verdict from public.approval_queue q join public.checkpoint_settings c
      on c.checkpoint = q.checkpoint
     where q.checkpoint = p_checkpoint and q.sampled and q.verdict is not null and c.mode = 'auto'
       and q.requested_at >= c.auto_since
     order by q.verdict_at desc, q.id limit 5) x;
  return v_bad >= 2 and public.demote_checkpoint(p_checkpoint, 'burst',
    format('%s of the last %s looked back at would have been changed or rejected', v_bad, v_all));
end $$;

-- Bounces and complaints per mail sent since it went to auto, at most the last seven
-- days. One complaint alone can be a slip of somebody's finger, so it takes two.
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
  select count(*) into v_sends from public.sends s where s.handed_at >= v_since and s.kind = 'sequence'
    and s.status in ('sent', 'uncertain');
  if v_sends < v.line_min_sends then
    return false;
  end if;
  select count(distinct s.id) filter (where e.category = 'bounce'),
    count(distinct s.id) filter (where e.category = 'complaint')
    into v_bounced, v_complained
    from public.synced_emails e join public.sends s on s.id = e.send_id
   where e.category in ('bounce', 'complaint') and e.received_at >= v_since
     and s.handed_at >= v_since and s.kind = 'sequence';
  if v_bounced * 10000 > v_sends * v.bounce_line_bps then
    return public.demote_checkpoint('campaign', 'bounces', format('%s of %s mails bounced, more than %s%%',
      v_bounced, v_sends, trim_scale(v.bounce_line_bps / 100.0)));
  end if;
  return v_complained >= 2 and v_complained * 10000 > v_sends * v.complaint_line_bps
    and public.demote_checkpoint('campaign', 'complaints',
      format('%s of %s mails drew a complaint, more than %s%%', v_complained, v_sends,
      trim_scale(v.complaint_line_bps / 100.0)));
end $$;

-- Answers of the wrong shape, or that say what cannot be, since it went to auto:
-- some in a row, or many among the last 20 runs that something is done with.
-- (`agent_runs.kind` comes with the next migration; nothing calls this before it.)
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
     where r.agent = public.agent_of(p_checkpoint) and r.kind = 'live' and r.status <> 'running'
       and c.mode = 'auto' and r.started_at >= c.auto_since
     order by r.started_at desc limit 20) x;
  if not v_failed[1] or v_failed is null then
    return false; -- the newest one is fine, or there is none
  end if;
  select count(*) into v_bad from unnest(v_failed) b where b;
  if array_length(v_failed, 1) >= v.schema_failures_in_row
    and true = all (v_failed[1:v.schema_failures_in_row]) then
    return public.demote_checkpoint(p_checkpoint, 'schema',
      format('%s answered in the wrong shape %s times in a row', public.agent_of(p_checkpoint),
      v.schema_failures_in_row));
  end if;
  return v_bad >= v.schema_failures_in_20 and public.demote_checkpoint(p_checkpoint, 'schema',
    format('%s answered in the wrong shape in %s of its last %s runs', public.agent_of(p_checkpoint), v_bad,
      array_length(v_failed, 1)));
end $$;

-- What proposes is not what trust was earned with: another definition, another
-- model, or another model behind the same name. The first one seen in auto is
-- taken as the one that was meant; what is not known yet is filled in when it is.
create function public.check_definition(p_checkpoint text, p_version text, p_asked_model text default null,
  p_model text default null)
returns boolean language plpgsql security definer set search_path = '' as $$
declare
  v public.checkpoint_settings;
  v_agent text := public.agent_of(p_checkpoint);
begin
  if p_version is null then
    return false;
  end if;
  update public.checkpoint_settings set earned_version = p_version,
    earned_asked_model = coalesce(earned_asked_model, p_asked_model),
      earned_model = coalesce(earned_model, p_model)
   where checkpoint = p_checkpoint and mode = 'auto' and coalesce(earned_version = p_version, true)
     and coalesce(earned_asked_model = p_asked_model, true)
     and (earned_version is null or (earned_asked_model is null and p_asked_model is not null)
       or (earned_model is null and p_model is not null));
  select * into v from public.checkpoint_settings where checkpoint = p_checkpoint;
  if v.mode <> 'auto' then
    return false;
  elsif v.earned_version <> p_version then
    return public.demote_checkpoint(p_checkpoint, 'definition',
      format('the definition of %s changed (%s, was %s)', v_agent, left(p_version, 12),
        left(v.earned_version, 12)) || case when v.earned_asked_model <> p_asked_model
        then format(', and its model (%s, was %s)', p_asked_model, v.earned_asked_model) else '' end);
  elsif v.earned_asked_model <> p_asked_model then
    return public.demote_checkpoint(p_checkpoint, 'model',
      format('the model of %s changed (%s, was %s)', v_agent, p_asked_model, v.earned_asked_model));
  end if;
  return coalesce(v.earned_model <> p_model, false) and public.demote_checkpoint(p_checkpoint, 'model',
    format('the model %s runs on changed behind the name %s (%s, was %s)', v_agent, p_asked_model,
      p_model, v.earned_model));
end $$;

-- For whoever saves another definition, and for the sweep, which knows what
-- the next run will use: takes back at once what was earned with another.
-- Without a model it is the one the definition names, should it name one.
create function public.note_definition(p_agent text, p_version text, p_model text default null) returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform public.require_operator();
  perform public.check_definition(c, p_version,
    coalesce(p_model, public.definition_model(p_agent, p_version)))
    from unnest('{sourcing,campaign,classification}'::text[]) c where public.agent_of(c) = p_agent;
end $$;
grant execute on function public.note_definition to authenticated, service_role;

-- A look back may be the one that makes a burst.
create function public.on_verdict() returns trigger language plpgsql security definer
  set search_path = '' as $$
begin
  perform public.check_burst(new.checkpoint);
  return null;
end $$;

-- A bounce or a complaint may be the one that is too many.
create function public.on_bad_mail() returns trigger language plpgsql security definer
  set search_path = '' as $$
begin
  perform public.check_campaign_rates();
  return null;
end $$;

-- Only the checkpoints this agent proposes at.
create function public.on_failed_run() returns trigger language plpgsql security definer
  set search_path = '' as $$
begin
  perform public.check_schema_failures(c) from unnest('{sourcing,classification}'::text[]) c
    where public.agent_of(c) = new.agent;
  return null;
end $$;

-- Each minute: writes down that a time in auto ended (it had ended
-- already), and looks at everything a lost moment could hide.
create function public.check_trust(p_now timestamptz default now()) returns table (checkpoint text, what text)
language plpgsql security definer set search_path = '' as $$
begin
  perform public.require_operator();
  return query
    select c.checkpoint, 'ended' from public.checkpoint_settings c
     where c.mode = 'auto' and c.auto_until <= p_now
       and public.demote_checkpoint(c.checkpoint, 'time', 'its time in auto ended '
         || public.desk_moment(c.auto_until));
  return query
    select c.checkpoint, 'demoted' from public.checkpoint_settings c where c.mode = 'auto'
      and c.checkpoint <> 'extraction'
       and (public.check_burst(c.checkpoint) or public.check_schema_failures(c.checkpoint)
         or (c.checkpoint = 'campaign' and public.check_campaign_rates(p_now)));
end $$;
grant execute on function public.check_trust to service_role;

-- Where an id falls between 0 and 1, the same for ever: nobody chooses what is looked back at.
create function public.sample_point(p_id uuid) returns double precision
language sql immutable set search_path = '' as $$
  select ('x' || substr(md5(p_id::text), 1, 8))::bit(32)::bigint / 4294967296.0
$$;
grant execute on function public.sample_point to service_role;

-- What a person says afterwards about something auto let through;
-- once. Words become a learning, a category sets the mail right.
create function public.give_verdict(p_id uuid, p_verdict text, p_words text default null,
  p_category text default null, p_agent text default null, p_tags text[] default '{}') returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_words text := public.words_in(p_words);
  v_row public.approval_queue;
begin
  perform public.require_operator();
  if p_verdict is null or p_verdict not in ('agree', 'would_change', 'would_reject') then
    raise exception 'A verdict is agree, would_change or would_reject, not %.',
      p_verdict using errcode = '22023';
  end if;
  if v_words is null and (p_verdict = 'would_reject' or (p_verdict = 'would_change' and p_category is null))
    then
    raise exception 'Say what you would have changed, or why you would have rejected it.'
      using errcode = '22023';
  end if;
  update public.approval_queue set verdict = p_verdict, verdict_words = v_words,
    verdict_by = public.acting_name('service'), verdict_at = now()
   where id = p_id and mode = 'auto' and status = 'approved' and verdict is null returning * into v_row;
  if not found then
    select * into v_row from public.approval_queue where id = p_id;
    return jsonb_build_object('outcome', case when not found then 'not_found' when v_row.verdict is null
      then 'not_auto' else 'already_given' end, 'verdict', v_row.verdict, 'by',
      v_row.verdict_by, 'at', v_row.verdict_at);
  end if;
  perform public.write_audit('approval.verdict', 'approval_queue', p_id::text, null,
    jsonb_strip_nulls(jsonb_build_object('verdict', p_verdict, 'category', p_category, 'sampled',
      v_row.sampled)), v_words);
  if v_row.checkpoint = 'classification' and v_row.email_id is not null and p_verdict = 'would_change'
    and p_category is not null then
    -- keeps the words as a learning itself
    perform public.correct_category(v_row.email_id, p_category, v_words);
  else
    if v_words is not null and p_agent is not null then
      insert into public.agent_feedback (agent, checkpoint, words, tags, approval_id, search_id, author)
      values (p_agent, v_row.checkpoint, v_words, coalesce(p_tags, '{}'), v_row.id,
        v_row.search_id, v_row.verdict_by);
    end if;
    if v_row.checkpoint = 'classification' and v_row.email_id is not null and p_verdict = 'agree' then
      insert into public.labelled_replies (email_id, predicted, predicted_confidence, correct, labelled_by)
      values (v_row.email_id, v_row.proposal ->> 'category', (v_row.proposal ->> 'confidence')::numeric,
        v_row.proposal ->> 'category', v_row.verdict_by)
      on conflict (email_id) do nothing;
    end if;
  end if;
  return jsonb_build_object('outcome', 'given', 'verdict', p_verdict, 'by', v_row.verdict_by, 'at',
    v_row.verdict_at, 'checkpoint', v_row.checkpoint, 'mode', (select c.mode from public.checkpoint_settings c
      where c.checkpoint = v_row.checkpoint));
end $$;
grant execute on function public.give_verdict to authenticated, service_role;

-- How each checkpoint stands this moment: `mode` is what holds, `set_mode` what was last chosen.
create view public.checkpoint_modes with (security_invoker = true) as
  select c.checkpoint, case when c.mode = 'auto' and (c.auto_until is null or c.auto_until > now())
    then 'auto' else 'plan' end as mode, c.mode as set_mode, c.auto_until, c.auto_scope,
    public.scope_words(c.auto_scope) as scope_words, c.auto_since, c.evidence_since,
    c.earned_version, c.reason, c.updated_by, c.updated_at,
    c.earned_asked_model, c.earned_model
  from public.checkpoint_settings c;
grant select on public.checkpoint_modes to authenticated;
grant select on public.checkpoint_modes to service_role;

create trigger approval_queue_evidence after update of status, verdict on public.approval_queue
  for each row when (new.status is distinct from old.status or new.verdict is distinct from old.verdict)
  execute function public.keep_evidence();
create trigger approval_queue_verdict after update of verdict on public.approval_queue
  for each row when (old.verdict is null and new.verdict is not null) execute function public.on_verdict();

create trigger labelled_replies_evidence after insert or update of correct on public.labelled_replies
  for each row execute function public.on_label();

create trigger synced_emails_rates after update of category on public.synced_emails
  for each row when (new.category in ('bounce', 'complaint') and old.category is distinct from new.category)
    execute function public.on_bad_mail();

create trigger agent_runs_failed after update of status on public.agent_runs
  for each row when (new.status = 'failed' and old.status <> 'failed')
    execute function public.on_failed_run();

create trigger mode_changes_append_only before update or delete on public.mode_changes for each row
  execute function public.refuse_change();
