-- What people made of each proposal, kept as evidence: how far a checkpoint can be trusted is counted from these rows alone.
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
insert into public.trust_settings (id) values (1);

-- The lower end of Wilson's score interval at 95 % (two-sided, z = 1.96) for `p_good` of `p_all`; 0 while there is nothing.
-- E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927).
create function public.wilson_lower(p_good bigint, p_all bigint) returns double precision
language sql immutable set search_path = '' as $$
  select case when p_all > 0 and p_good > 0
    then greatest(0, (p + z * z / (2 * n) - z * sqrt((p * (1 - p) + z * z / (4 * n)) / n)) / (1 + z * z / n)) else 0 end
  from (select 1.959963984540054::double precision as z, p_all::double precision as n,
    p_good::double precision / nullif(p_all, 0) as p) x
$$;

-- Every value in a piece of JSON by its path. A list of plain values is a set (its order says nothing); a list of objects
-- goes by their titles, so that one left out does not make all behind it look changed.
create function public.json_leaves(p_json jsonb) returns table (path text, value jsonb)
language sql immutable set search_path = '' as $$
  with recursive walk (path, value) as (
    select '', p_json
    union all
    select w.path || '/' || c.key, c.value from walk w cross join lateral (
      select o.key, o.value from jsonb_each(case jsonb_typeof(w.value) when 'object' then w.value else '{}' end) o
      union all
      select case when jsonb_typeof(a.value) in ('object', 'array') then coalesce(a.value ->> 'title', a.ordinality::text)
          else a.value #>> '{}' end, a.value
        from jsonb_array_elements(case jsonb_typeof(w.value) when 'array' then w.value else '[]' end) with ordinality a) c
  )
  select w.path, w.value from walk w where jsonb_typeof(w.value) not in ('object', 'array') or w.value in ('{}', '[]')
$$;

-- The share of fields that differ, 0 to 1: what one has and the other has not, or has otherwise.
create function public.changed_share(p_before jsonb, p_after jsonb) returns double precision
language sql immutable set search_path = '' as $$
  select case when p_before = p_after then 0 else
    coalesce((count(*) filter (where b.value is distinct from a.value))::double precision / nullif(count(*), 0), 1) end
  from (select distinct on (path) * from public.json_leaves(p_before) order by path) b
  full join (select distinct on (path) * from public.json_leaves(p_after) order by path) a on a.path = b.path
$$;

-- Who proposes at a checkpoint. Campaigns are planned by rules, which have no definition file and so no version.
create function public.agent_of(p_checkpoint text) returns text
language sql immutable set search_path = '' as $$
  select case p_checkpoint when 'campaign' then 'campaign-rules' when 'classification' then 'response-classifier'
    else 'sourcing-agent' end
$$;

alter table public.checkpoint_settings add column evidence_since timestamptz;
alter table public.approval_queue
  add column mode_reason text,
  add column sampled boolean not null default false,
  add column verdict text check (verdict in ('agree', 'would_change', 'would_reject')),
  add column verdict_words text,
  add column verdict_by text,
  add column verdict_at timestamptz,
  add constraint a_verdict_is_on_auto check (verdict is null or (mode = 'auto' and status = 'approved')),
  add constraint a_verdict_has_an_author check ((verdict is null) = (verdict_at is null or verdict_by is null)),
  add constraint only_auto_is_sampled check (not sampled or mode = 'auto');
create index approval_queue_look_back on public.approval_queue (requested_at desc, id desc) where sampled and verdict is null;
create index approval_queue_verdicts on public.approval_queue (checkpoint, verdict_at desc) where sampled and verdict is not null;
create index approval_queue_live on public.approval_queue (checkpoint, requested_at desc) where agent_run_id is not null;
create index approval_queue_run on public.approval_queue (agent_run_id);

-- One row per proposal a person judged: by deciding it, by a verdict afterwards, or by saying what a mail really was.
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
  constraint evidence_is_about_something check (approval_id is not null or email_id is not null)
);
create unique index trust_evidence_mail on public.trust_evidence (email_id) where approval_id is null;
create index trust_evidence_about_mail on public.trust_evidence (email_id);
create index trust_evidence_recent on public.trust_evidence (checkpoint, at desc, id desc);

-- Below 0.7 a person reads the mail in either mode, so what the classifier thought of it says nothing about auto.
create function public.is_left_to_person(p_checkpoint text, p_proposal jsonb) returns boolean
language sql immutable set search_path = '' as $$
  select p_checkpoint = 'classification' and (coalesce((p_proposal ->> 'confidence')::numeric, 0) < 0.7
    or coalesce((p_proposal #>> '{facts,toPerson}')::boolean, false))
$$;

-- How much a person changed before approving, in basis points of the fields shown. A campaign is edited before it is
-- approved, so its first plan since the last decision is compared with the one approved.
create function public.changed_bps(p_row public.approval_queue) returns int
language sql stable security definer set search_path = '' as $$
  select round(10000 * case
    when p_row.checkpoint = 'campaign' then coalesce((
      select public.changed_share(f.proposal - '{planRevision,notes}'::text[], p_row.proposal - '{planRevision,notes}'::text[])
        from public.approval_queue f
       where f.run_key = p_row.run_key and f.checkpoint = p_row.checkpoint and f.status = 'superseded'
         and f.revision < p_row.revision and f.revision > coalesce((select max(d.revision) from public.approval_queue d
           where d.run_key = p_row.run_key and d.checkpoint = p_row.checkpoint and d.revision < p_row.revision
             and d.status in ('changes_requested', 'rejected', 'approved')), 0)
       order by f.revision limit 1), 0)
    when p_row.edits is null then 0
    when p_row.checkpoint = 'classification' then
      case when p_row.edits ->> 'category' is distinct from p_row.proposal ->> 'category' then 1 else 0 end
    else public.changed_share(p_row.proposal -> 'payloads', p_row.edits -> 'payloads') end)::int
$$;

-- Keeps (or replaces) what one decided or looked-back approval says.
create function public.record_evidence(p_row public.approval_queue) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_bps int := 0;
  v_outcome text;
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
  insert into public.trust_evidence as e (checkpoint, agent, agent_version, outcome, changed_bps, source, sampled, approval_id,
    email_id, judged_by, at)
  values (p_row.checkpoint, public.agent_of(p_row.checkpoint),
    (select r.agent_version from public.agent_runs r where r.id = p_row.agent_run_id), v_outcome, v_bps,
    case p_row.mode when 'auto' then 'verdict' else 'decision' end, p_row.sampled, p_row.id, p_row.email_id,
    coalesce(p_row.verdict_by, p_row.decided_by), coalesce(p_row.verdict_at, p_row.decided_at))
  on conflict (approval_id) do update set outcome = excluded.outcome, changed_bps = excluded.changed_bps,
    judged_by = excluded.judged_by, at = excluded.at;
end $$;

create function public.keep_evidence() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if new.status = 'pending' then
    delete from public.trust_evidence where approval_id = new.id; -- the decision was taken back, and with it what it said
  else
    perform public.record_evidence(new);
  end if;
  return null;
end $$;
create trigger approval_queue_evidence after update of status, verdict on public.approval_queue
  for each row when (new.status is distinct from old.status or new.verdict is distinct from old.verdict)
  execute function public.keep_evidence();

-- What a person says a mail really is. It is the verdict on an auto approval nobody looked back at yet, else it sets right
-- what was kept about the mail. Mails that rules decided say nothing about the classifier.
create function public.keep_label(p_label public.labelled_replies) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_email public.synced_emails;
  v_approval public.approval_queue;
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
    insert into public.trust_evidence (checkpoint, agent, agent_version, outcome, changed_bps, source, email_id, judged_by, at)
    values ('classification', public.agent_of('classification'),
      (select r.agent_version from public.agent_runs r where r.id = v_email.agent_run_id),
      case when v_right then 'unchanged' else 'edited' end, case when v_right then 0 else 10000 end, 'label',
      p_label.email_id, p_label.labelled_by, p_label.labelled_at);
  end if;
end $$;

create function public.on_label() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  perform public.keep_label(new);
  return null;
end $$;
create trigger labelled_replies_evidence after insert or update of correct on public.labelled_replies
  for each row execute function public.on_label();

-- The definition that proposes at a checkpoint now: the one behind its newest proposal. Nothing earned with another counts.
create function public.live_agent_version(p_checkpoint text) returns text
language sql stable security invoker set search_path = '' as $$
  select r.agent_version from public.approval_queue q join public.agent_runs r on r.id = q.agent_run_id
   where q.checkpoint = p_checkpoint and q.agent_run_id is not null order by q.requested_at desc limit 1
$$;

-- One sentence, rounded down: it never claims more than was counted.
create function public.evidence_sentence(p_unchanged bigint, p_all bigint) returns text
language sql immutable set search_path = '' as $$
  select case p_all when 0 then 'nothing decided yet' else format('%s of the last %s approved unchanged; at least %s with 95 %% confidence',
    p_unchanged, p_all, to_char(trunc(public.wilson_lower(p_unchanged, p_all)::numeric, 2), 'FM0.00')) end
$$;

-- What each checkpoint has earned: counts over the last `window_size` judged proposals of the definition that is live, since
-- trust was last lost, and over all time. (Compiling this takes 300 ms where running it takes one: the planner thinks there
-- are thousands of checkpoints.)
create function public.checkpoint_trust() returns table (
  checkpoint text, agent text, agent_version text, since timestamptz, decisions int, unchanged int, edited int,
  changes_asked int, rejected int, changed_bps int, bound double precision, sentence text, bar double precision,
  min_decisions int, window_size int, passes boolean, newest_first boolean[], all_decisions int, all_unchanged int, all_edited int,
  all_changes_asked int, all_rejected int
) language sql stable security invoker set search_path = '' set jit = off as $$
  select c.checkpoint, public.agent_of(c.checkpoint), v.version, c.evidence_since, w.n::int, w.unchanged::int, w.edited::int,
    w.changes_asked::int, w.rejected::int, w.changed_bps::int, b.bound, public.evidence_sentence(w.unchanged, w.n),
    s.bar::double precision, s.min_decisions, s.window_size, w.n >= s.min_decisions and b.bound >= s.bar::double precision,
    w.newest_first, t.n::int, t.unchanged::int, t.edited::int, t.changes_asked::int, t.rejected::int
  from public.checkpoint_settings c cross join public.trust_settings s
  cross join lateral (select public.live_agent_version(c.checkpoint) as version) v
  cross join lateral (
    select count(*) as n, count(*) filter (where e.outcome = 'unchanged') as unchanged,
      count(*) filter (where e.outcome = 'edited') as edited, count(*) filter (where e.outcome = 'changes_asked') as changes_asked,
      count(*) filter (where e.outcome = 'rejected') as rejected,
      coalesce(avg(e.changed_bps) filter (where e.outcome = 'edited' and e.changed_bps > 0), 0) as changed_bps,
      coalesce(array_agg(e.outcome = 'unchanged' order by e.at desc, e.id desc), '{}') as newest_first
    from (select x.id, x.at, x.outcome, x.changed_bps from public.trust_evidence x
      where x.checkpoint = c.checkpoint and x.agent_version is not distinct from v.version
        and (c.evidence_since is null or x.at > c.evidence_since)
      order by x.at desc, x.id desc limit s.window_size) e) w
  cross join lateral (select public.wilson_lower(w.unchanged, w.n) as bound) b
  cross join lateral (
    select count(*) as n, count(*) filter (where e.outcome = 'unchanged') as unchanged,
      count(*) filter (where e.outcome = 'edited') as edited, count(*) filter (where e.outcome = 'changes_asked') as changes_asked,
      count(*) filter (where e.outcome = 'rejected') as rejected
    from public.trust_evidence e where e.checkpoint = c.checkpoint) t
$$;

-- Week by week in the desk's zone: what people made of the proposals, and where the bound stood at the week's end.
create function public.trust_trend(p_checkpoint text, p_weeks int default 26) returns table (
  week date, decisions int, unchanged int, edited int, changes_asked int, rejected int, bound double precision
) language sql stable security invoker set search_path = '' set jit = off as $$
  with judged as (
    select date_trunc('week', e.at at time zone d.time_zone)::date as week, e.outcome, e.at, e.id,
      count(*) over last as n, count(*) filter (where e.outcome = 'unchanged') over last as good
    from public.trust_evidence e cross join public.desk_settings d where e.checkpoint = p_checkpoint
    window last as (order by e.at, e.id rows between coalesce((select s.window_size - 1 from public.trust_settings s), 0) preceding and current row)
  )
  select j.week, count(*)::int, (count(*) filter (where j.outcome = 'unchanged'))::int, (count(*) filter (where j.outcome = 'edited'))::int,
    (count(*) filter (where j.outcome = 'changes_asked'))::int, (count(*) filter (where j.outcome = 'rejected'))::int,
    (array_agg(public.wilson_lower(j.good, j.n) order by j.at desc, j.id desc))[1]
  from judged j where j.week > (now() - make_interval(weeks => p_weeks))::date group by j.week order by j.week
$$;

-- The same by definition: one that was replaced keeps what it earned, beside the one that replaced it.
create function public.trust_by_version(p_checkpoint text) returns table (
  agent text, agent_version text, is_live boolean, first_at timestamptz, last_at timestamptz, decisions int, unchanged int,
  edited int, changes_asked int, rejected int, bound double precision
) language sql stable security invoker set search_path = '' as $$
  select e.agent, e.agent_version, e.agent_version is not distinct from public.live_agent_version(p_checkpoint), min(e.at), max(e.at),
    count(*)::int, (count(*) filter (where e.outcome = 'unchanged'))::int, (count(*) filter (where e.outcome = 'edited'))::int,
    (count(*) filter (where e.outcome = 'changes_asked'))::int, (count(*) filter (where e.outcome = 'rejected'))::int,
    public.wilson_lower(count(*) filter (where e.outcome = 'unchanged'), count(*))
  from public.trust_evidence e where e.checkpoint = p_checkpoint group by 1, 2 order by max(e.at) desc limit 20
$$;

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
    raise exception 'Not even % approvals in a row reach that bar; look at more decisions or lower it.', v_after.window_size
      using errcode = '22023';
  end if;
  update public.trust_settings set bar = v_after.bar, min_decisions = v_after.min_decisions, window_size = v_after.window_size,
    sample_share = v_after.sample_share, first_looks = v_after.first_looks, bounce_line_bps = v_after.bounce_line_bps,
    complaint_line_bps = v_after.complaint_line_bps, line_min_sends = v_after.line_min_sends,
    schema_failures_in_row = v_after.schema_failures_in_row, schema_failures_in_20 = v_after.schema_failures_in_20,
    updated_by = public.acting_name(), updated_at = now()
  where id = 1 returning * into v_after;
  perform public.write_audit('trust.settings', 'trust_settings', '1', to_jsonb(v_before), to_jsonb(v_after));
  return v_after;
end $$;

-- What was decided and labelled before this was kept.
select public.record_evidence(q) from public.approval_queue q where q.mode = 'plan' and q.decided_at is not null;
select public.keep_label(l) from public.labelled_replies l;

alter table public.trust_settings enable row level security;
alter table public.trust_evidence enable row level security;
create policy trust_settings_read on public.trust_settings for select to authenticated using ((select public.is_operator()));
create policy trust_evidence_read on public.trust_evidence for select to authenticated using ((select public.is_operator()));
grant select on public.trust_settings, public.trust_evidence to authenticated, service_role;

revoke execute on function public.wilson_lower(bigint, bigint), public.json_leaves(jsonb), public.changed_share(jsonb, jsonb),
  public.agent_of(text), public.is_left_to_person(text, jsonb), public.changed_bps(public.approval_queue),
  public.record_evidence(public.approval_queue), public.keep_evidence(), public.keep_label(public.labelled_replies),
  public.on_label(), public.live_agent_version(text), public.evidence_sentence(bigint, bigint), public.checkpoint_trust(),
  public.trust_trend(text, int), public.trust_by_version(text), public.update_trust_settings(jsonb) from public, anon;
grant execute on function public.wilson_lower(bigint, bigint), public.agent_of(text), public.live_agent_version(text),
  public.evidence_sentence(bigint, bigint), public.checkpoint_trust(), public.trust_trend(text, int),
  public.trust_by_version(text), public.update_trust_settings(jsonb) to authenticated, service_role;
grant execute on function public.changed_share(jsonb, jsonb), public.json_leaves(jsonb) to service_role;
