-- What waits for a person, what they decided, and what that set in motion.

-- One item in the queue: what is asked to be approved, bound to a hash of exactly what is shown.
create table public.approval_queue (
  id uuid primary key default gen_random_uuid(),
  run_key text not null,
  checkpoint text not null,
  revision int not null check (revision >= 1),
  search_id uuid references public.searches (id),
  campaign_id uuid,
  email_id uuid,
  agent_run_id uuid references public.agent_runs (id),
  mode text not null check (mode in ('plan', 'auto')),
  status text not null default 'pending'
    check (status in ('pending', 'approved', 'rejected', 'changes_requested', 'superseded', 'expired')),
  title text not null,
  summary text not null,
  proposal jsonb not null,
  content_hash text not null default '',
  priority int not null default 50,
  requested_at timestamptz not null default now(),
  deadline_at timestamptz,
  reminded_at timestamptz,
  snoozed_until timestamptz,
  decided_at timestamptz,
  decided_by text,
  decided_by_id uuid,
  feedback text,
  edits jsonb,
  mode_reason text,
  sampled boolean not null default false,
  verdict text check (verdict in ('agree', 'would_change', 'would_reject')),
  verdict_words text,
  verdict_by text,
  verdict_at timestamptz,
  constraint one_per_revision unique (run_key, checkpoint, revision),
  constraint a_decision_has_a_decider check (status in ('pending', 'superseded', 'expired') or
    (decided_at is not null and decided_by is not null)),
  constraint a_verdict_is_on_auto check (verdict is null or (mode = 'auto' and status = 'approved')),
  constraint a_verdict_has_an_author check ((verdict is null) = (verdict_at is null or verdict_by is null)),
  constraint only_auto_is_sampled check (not sampled or mode = 'auto')
);
create index approval_queue_waiting on public.approval_queue (status, priority, requested_at, id);
create index approval_queue_search on public.approval_queue (search_id);
create index approval_queue_recent on public.approval_queue (requested_at desc, id desc);
-- At most one thing waits per run and checkpoint, whatever raced to propose it.
create unique index approval_queue_one_pending on public.approval_queue (run_key, checkpoint)
  where status = 'pending';
create index approval_queue_campaign_id on public.approval_queue (campaign_id);
create index approval_queue_email_id on public.approval_queue (email_id);
create index approval_queue_look_back on public.approval_queue (requested_at desc, id desc)
  where sampled and verdict is null;
create index approval_queue_verdicts on public.approval_queue (checkpoint, verdict_at desc)
  where sampled and verdict is not null;
create index approval_queue_live on public.approval_queue (checkpoint, requested_at desc)
  where agent_run_id is not null;
create index approval_queue_run on public.approval_queue (agent_run_id);
create index approval_queue_decided on public.approval_queue (decided_at) include (checkpoint, mode, status,
  revision, requested_at, search_id)
  where decided_at is not null;
create index approval_queue_read_mails on public.approval_queue (decided_at)
  where checkpoint = 'classification' and mode = 'plan' and status = 'approved' and email_id is not null;
alter table public.approval_queue enable row level security;
create policy approval_queue_read on public.approval_queue for select to authenticated
  using ((select public.is_operator()));
grant select on public.approval_queue to authenticated;
grant select, insert, update on public.approval_queue to service_role;
alter publication supabase_realtime add table public.approval_queue;

insert into public.status_transitions (entity, from_status, to_status) values
  ('approval_queue', 'pending', 'approved'), ('approval_queue', 'pending', 'rejected'),
  ('approval_queue', 'pending', 'changes_requested'), ('approval_queue', 'pending', 'superseded'),
  ('approval_queue', 'pending', 'expired'), ('approval_queue', 'expired', 'pending');

-- The hash is taken here, so no caller can show one thing
-- and have another approved. A proposal never changes.
create function public.bind_proposal() returns trigger language plpgsql set search_path = '' as $$
begin
  if tg_op = 'UPDATE' and (new.proposal, new.content_hash, new.title, new.summary, new.run_key,
    new.checkpoint, new.revision, new.campaign_id)
    is distinct from (old.proposal, old.content_hash, old.title, old.summary, old.run_key, old.checkpoint,
      old.revision, old.campaign_id) then
    raise exception 'A proposal cannot change; make a new revision.' using errcode = '23514';
  end if;
  if tg_op = 'INSERT' then
    new.content_hash := encode(sha256(convert_to(new.proposal::text, 'UTF8')), 'hex');
  end if;
  return new;
end $$;

-- Opens an approval, or returns the one that already stands for this run, checkpoint and revision, or a newer
-- one. An older revision that still waits is superseded. It is opened in the mode that holds for this very
-- item, with the reason: in auto it is approved at once, with the same record. The run behind a proposal says
-- which definition and which model it was. The lock on the checkpoint comes after the approvals', as it does
-- for a decision.
create function public.propose(
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
  select * into strict v_settings from public.checkpoint_settings
    where checkpoint = p_checkpoint for no key update;
  perform public.check_definition(p_checkpoint, r.agent_version, r.model, r.answered_model)
    from public.agent_runs r where r.id = p_agent_run_id;
  select e.mode, e.because into v_mode, v_because from public.effective_mode(p_checkpoint, p_proposal) e;
  if v_mode = 'auto' then
    v_sampled := v_settings.looks_left > 0 or public.sample_point(v_id) < (select s.sample_share
      from public.trust_settings s);
    update public.checkpoint_settings set looks_left = looks_left - 1
      where checkpoint = p_checkpoint and looks_left > 0;
  end if;
  insert into public.approval_queue (id, run_key, checkpoint, revision, search_id, campaign_id,
    email_id, agent_run_id, mode, mode_reason, sampled, status, title, summary, proposal, priority,
    deadline_at, decided_at, decided_by)
  values (v_id, p_run_key, p_checkpoint, p_revision, p_search_id, p_campaign_id,
    p_email_id, p_agent_run_id, v_mode, v_because, v_sampled, case v_mode when 'auto' then 'approved'
      else 'pending' end, p_title, p_summary, p_proposal, p_priority,
    p_deadline_at, case v_mode when 'auto' then now() end, case v_mode when 'auto' then 'auto' end)
  returning * into v_row;
  perform public.write_audit(case v_mode when 'auto' then 'approval.auto' else 'approval.asked' end,
    'approval_queue', v_row.id::text, null, jsonb_build_object('checkpoint', p_checkpoint, 'revision',
      p_revision, 'hash', v_row.content_hash, 'sampled', v_sampled),
    v_mode || ': ' || v_because);
  return v_row;
end $$;
grant execute on function public.propose to service_role;

-- What a decision came to, as data: the caller must say which of these happened.
create function public.decision_outcome(p_outcome text, p_row public.approval_queue) returns jsonb
language sql immutable set search_path = '' as $$
  select jsonb_build_object('outcome', p_outcome, 'id', p_row.id, 'runKey', p_row.run_key,
    'checkpoint', p_row.checkpoint, 'revision', p_row.revision, 'status', p_row.status, 'contentHash',
    p_row.content_hash, 'decidedBy', p_row.decided_by, 'decidedAt', p_row.decided_at)
$$;

-- One compare-and-set on `pending` and the hash, together with its audit row and its feedback.
create function public.decide_approval(
  p_id uuid, p_decision text, p_content_hash text, p_feedback text default null, p_edits jsonb default null,
  p_agent text default null, p_tags text[] default '{}'
) returns jsonb language plpgsql security definer set search_path = '' as $$
declare
  v_status text := case p_decision when 'approve' then 'approved' when 'reject' then 'rejected'
    when 'request_changes' then 'changes_requested' end;
  v_words text := public.words_in(p_feedback);
  v_row public.approval_queue;
begin
  perform public.require_operator();
  if v_status is null then
    raise exception 'A decision is approve, reject or request_changes, not %.',
      p_decision using errcode = '22023';
  end if;
  if v_words is null and p_decision <> 'approve' then
    raise exception '% needs words: say what should change, or why not.', p_decision using errcode = '22023';
  end if;
  update public.approval_queue
     set status = v_status, decided_at = now(), decided_by = public.acting_name('service'),
       decided_by_id = auth.uid(),
         feedback = v_words, edits = p_edits, snoozed_until = null
   where id = p_id and status = 'pending' and content_hash = p_content_hash
  returning * into v_row;
  if not found then
    select * into v_row from public.approval_queue where id = p_id;
    if not found then
      return jsonb_build_object('outcome', 'not_found');
    end if;
    -- Superseded or expired: nobody decided it, it is only no longer what waits.
    return public.decision_outcome(case when v_row.decided_at is null then 'changed'
      else 'already_decided' end, v_row);
  end if;
  perform public.write_audit('approval.' || v_status, 'approval_queue', p_id::text,
    jsonb_build_object('status', 'pending', 'hash', p_content_hash),
    jsonb_build_object('status', v_status, 'edits', p_edits), v_words);
  if v_words is not null and p_agent is not null then
    insert into public.agent_feedback (agent, checkpoint, words, tags, approval_id, search_id, author)
    values (p_agent, v_row.checkpoint, v_words, coalesce(p_tags, '{}'), v_row.id,
      v_row.search_id, v_row.decided_by);
  end if;
  return public.decision_outcome('decided', v_row);
end $$;
grant execute on function public.decide_approval to authenticated, service_role;

-- "Not now": the item leaves the top of the queue until then; its status stays pending.
create function public.snooze_approval(p_id uuid, p_until timestamptz) returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  perform public.require_operator();
  update public.approval_queue set snoozed_until = p_until where id = p_id and status = 'pending';
  if not found then
    return false;
  end if;
  perform public.write_audit('approval.snoozed', 'approval_queue', p_id::text, null,
    jsonb_build_object('until', p_until));
  return true;
end $$;
grant execute on function public.snooze_approval to authenticated, service_role;

-- Past its deadline an item is first brought to the top, and a day
-- later (or when it was put off to) parked where it can be reopened.
create function public.age_approvals(p_now timestamptz default now()) returns table (id uuid, what text)
language plpgsql security definer set search_path = '' as $$
begin
  perform public.require_operator();
  return query
    with parked as (
      update public.approval_queue q set status = 'expired'
       where q.status = 'pending' and q.reminded_at < p_now - interval '1 day'
         and coalesce(q.snoozed_until, p_now) <= p_now
      returning q.id
    ), reminded as (
      update public.approval_queue q set reminded_at = p_now,
        priority = least(q.priority, 5), snoozed_until = null
       where q.status = 'pending' and q.reminded_at is null and q.deadline_at < p_now returning q.id
    )
    select x.id, x.what from (select p.id, 'expired' as what from parked p union all select r.id,
      'reminded' from reminded r) x, lateral public.write_audit('approval.' || x.what,
        'approval_queue', x.id::text);
end $$;
grant execute on function public.age_approvals to service_role;

-- False when it is not expired, or when a newer revision was asked for since: that one is what counts.
create function public.reopen_approval(p_id uuid) returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  perform public.require_operator();
  perform pg_advisory_xact_lock(hashtextextended(q.run_key || '/' || q.checkpoint, 0))
    from public.approval_queue q where q.id = p_id;
  update public.approval_queue q
     set status = 'pending', reminded_at = null, snoozed_until = null, deadline_at = now() + interval '2 days'
   where q.id = p_id and q.status = 'expired' and not exists (select 1 from public.approval_queue n
     where n.run_key = q.run_key and n.checkpoint = q.checkpoint and n.revision > q.revision);
  if not found then
    return false;
  end if;
  perform public.write_audit('approval.reopened', 'approval_queue', p_id::text);
  return true;
end $$;
grant execute on function public.reopen_approval to authenticated, service_role;

-- Every value in a piece of JSON by its path. A list of plain values is a set (its order says nothing);
-- a list of objects goes by their titles, so that one left out does not make all behind it look changed.
create function public.json_leaves(p_json jsonb) returns table (path text, value jsonb)
language sql immutable set search_path = '' as $$
  with recursive walk (path, value) as (
    select '', p_json
    union all
    select w.path || '/' || c.key, c.value from walk w cross join lateral (
      select o.key, o.value
        from jsonb_each(case jsonb_typeof(w.value) when 'object' then w.value else '{}' end) o
      union all
      select case when jsonb_typeof(a.value) in ('object', 'array')
        then coalesce(a.value ->> 'title', a.ordinality::text)
          else a.value #>> '{}' end, a.value
        from jsonb_array_elements(case jsonb_typeof(w.value) when 'array' then w.value
          else '[]' end) with ordinality a) c
  )
  select w.path, w.value from walk w where jsonb_typeof(w.value) not in ('object', 'array')
    or w.value in ('{}', '[]')
$$;
grant execute on function public.json_leaves to service_role;

-- The share of fields that differ, 0 to 1: what one has and the other has not, or has otherwise.
create function public.changed_share(p_before jsonb, p_after jsonb) returns double precision
language sql immutable set search_path = '' as $$
  select case when p_before = p_after then 0 else
    coalesce((count(*) filter (where b.value is distinct from a.value))::double precision / nullif(count(*),
      0), 1) end
  from (select distinct on (path) * from public.json_leaves(p_before) order by path) b
  full join (select distinct on (path) * from public.json_leaves(p_after) order by path) a on a.path = b.path
$$;
grant execute on function public.changed_share to service_role;

-- How much a person changed before approving, in basis points of the fields shown. A campaign is edited
-- before it is approved, so its first plan since the last decision is compared with the one approved.
create function public.changed_bps(p_row public.approval_queue) returns int
language sql stable security definer set search_path = '' as $$
  select round(10000 * case
    when p_row.checkpoint = 'campaign' then coalesce((
      select public.changed_share(f.proposal - '{planRevision,notes}'::text[],
        p_row.proposal - '{planRevision,notes}'::text[])
        from public.approval_queue f
       where f.run_key = p_row.run_key and f.checkpoint = p_row.checkpoint and f.status = 'superseded'
         and f.revision < p_row.revision
         and f.revision > coalesce((select max(d.revision) from public.approval_queue d
           where d.run_key = p_row.run_key and d.checkpoint = p_row.checkpoint and d.revision < p_row.revision
             and d.status in ('changes_requested', 'rejected', 'approved')), 0)
       order by f.revision limit 1), 0)
    when p_row.edits is null then 0
    when p_row.checkpoint = 'classification' then
      case when p_row.edits ->> 'category' is distinct from p_row.proposal ->> 'category' then 1 else 0 end
    else public.changed_share(p_row.proposal -> 'payloads', p_row.edits -> 'payloads') end)::int
$$;

-- Below 0.7 a person reads the mail in either mode, so what
-- the classifier thought of it says nothing about auto.
create function public.is_left_to_person(p_checkpoint text, p_proposal jsonb) returns boolean
language sql immutable set search_path = '' as $$
  select p_checkpoint = 'classification' and (coalesce((p_proposal ->> 'confidence')::numeric, 0) < 0.7
    or coalesce((p_proposal #>> '{facts,toPerson}')::boolean, false))
$$;

create trigger approval_queue_transitions before update of status on public.approval_queue
  for each row execute function public.hold_to_transitions();
create trigger approval_queue_bind before insert or update on public.approval_queue
  for each row execute function public.bind_proposal();
