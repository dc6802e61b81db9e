-- One item in the queue: what is asked to be approved, bound to a hash of exactly what is shown.
create table public.approval_queue (
  id uuid primary key default gen_random_uuid(),
  run_key text not null,
  checkpoint text not null references public.checkpoint_settings (checkpoint),
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
  constraint one_per_revision unique (run_key, checkpoint, revision),
  constraint a_decision_has_a_decider check (status in ('pending', 'superseded', 'expired') or
    (decided_at is not null and decided_by is not null))
);
create index approval_queue_waiting on public.approval_queue (status, priority, requested_at, id);
create index approval_queue_search on public.approval_queue (search_id);
create index approval_queue_recent on public.approval_queue (requested_at desc, id desc);
-- At most one thing waits per run and checkpoint, whatever raced to propose it.
create unique index approval_queue_one_pending on public.approval_queue (run_key, checkpoint) where status = 'pending';

insert into public.status_transitions (entity, from_status, to_status) values
  ('approval_queue', 'pending', 'approved'), ('approval_queue', 'pending', 'rejected'),
  ('approval_queue', 'pending', 'changes_requested'), ('approval_queue', 'pending', 'superseded'),
  ('approval_queue', 'pending', 'expired'), ('approval_queue', 'expired', 'pending');
create trigger approval_queue_transitions before update of status on public.approval_queue
  for each row execute function public.hold_to_transitions();

-- The hash is taken here, so no caller can show one thing and have another approved. A proposal never changes.
create function public.bind_proposal() returns trigger language plpgsql set search_path = '' as $$
begin
  if tg_op = 'UPDATE' and (new.proposal, new.content_hash, new.title, new.summary, new.run_key, new.checkpoint, new.revision, new.campaign_id)
    is distinct from (old.proposal, old.content_hash, old.title, old.summary, old.run_key, old.checkpoint, old.revision, old.campaign_id) then
    raise exception 'A proposal cannot change; make a new revision.' using errcode = '23514';
  end if;
  if tg_op = 'INSERT' then
    new.content_hash := encode(sha256(convert_to(new.proposal::text, 'UTF8')), 'hex');
  end if;
  return new;
end $$;
create trigger approval_queue_bind before insert or update on public.approval_queue
  for each row execute function public.bind_proposal();

-- Opens an approval, or returns the one that already stands for this run, checkpoint and revision, or a newer one. An older
-- revision that still waits is superseded. In auto mode it is approved at once, with the same record.
create function public.propose(
  p_run_key text, p_checkpoint text, p_revision int, p_title text, p_summary text, p_proposal jsonb,
  p_search_id uuid default null, p_campaign_id uuid default null, p_email_id uuid default null,
  p_agent_run_id uuid default null, p_priority int default 50, p_deadline_at timestamptz default null
) returns public.approval_queue language plpgsql security definer set search_path = '' as $$
declare
  v_mode text;
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
  select mode into strict v_mode from public.checkpoint_settings where checkpoint = p_checkpoint;
  update public.approval_queue set status = 'superseded'
   where run_key = p_run_key and checkpoint = p_checkpoint and status = 'pending' and revision < p_revision;
  insert into public.approval_queue (run_key, checkpoint, revision, search_id, campaign_id, email_id, agent_run_id, mode,
    status, title, summary, proposal, priority, deadline_at, decided_at, decided_by)
  values (p_run_key, p_checkpoint, p_revision, p_search_id, p_campaign_id, p_email_id, p_agent_run_id, v_mode,
    case v_mode when 'auto' then 'approved' else 'pending' end, p_title, p_summary, p_proposal, p_priority, p_deadline_at,
    case v_mode when 'auto' then now() end, case v_mode when 'auto' then 'auto' end)
  returning * into v_row;
  perform public.write_audit(case v_mode when 'auto' then 'approval.auto' else 'approval.asked' end, 'approval_queue',
    v_row.id::text, null, jsonb_build_object('checkpoint', p_checkpoint, 'revision', p_revision, 'hash', v_row.content_hash));
  return v_row;
end $$;

-- What a decision came to, as data: the caller must say which of these happened.
create function public.decision_outcome(p_outcome text, p_row public.approval_queue) returns jsonb
language sql immutable set search_path = '' as $$
  select jsonb_build_object('outcome', p_outcome, 'id', p_row.id, 'runKey', p_row.run_key, 'checkpoint', p_row.checkpoint,
    'revision', p_row.revision, 'status', p_row.status, 'contentHash', p_row.content_hash, 'decidedBy', p_row.decided_by,
    'decidedAt', p_row.decided_at)
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
    raise exception 'A decision is approve, reject or request_changes, not %.', p_decision using errcode = '22023';
  end if;
  if v_words is null and p_decision <> 'approve' then
    raise exception '% needs words: say what should change, or why not.', p_decision using errcode = '22023';
  end if;
  update public.approval_queue
     set status = v_status, decided_at = now(), decided_by = public.acting_name('service'), decided_by_id = auth.uid(),
         feedback = v_words, edits = p_edits, snoozed_until = null
   where id = p_id and status = 'pending' and content_hash = p_content_hash
  returning * into v_row;
  if not found then
    select * into v_row from public.approval_queue where id = p_id;
    if not found then
      return jsonb_build_object('outcome', 'not_found');
    end if;
    -- Superseded or expired: nobody decided it, it is only no longer what waits.
    return public.decision_outcome(case when v_row.decided_at is null then 'changed' else 'already_decided' end, v_row);
  end if;
  perform public.write_audit('approval.' || v_status, 'approval_queue', p_id::text,
    jsonb_build_object('status', 'pending', 'hash', p_content_hash),
    jsonb_build_object('status', v_status, 'edits', p_edits), v_words);
  if v_words is not null and p_agent is not null then
    insert into public.agent_feedback (agent, checkpoint, words, tags, approval_id, search_id, author)
    values (p_agent, v_row.checkpoint, v_words, coalesce(p_tags, '{}'), v_row.id, v_row.search_id, v_row.decided_by);
  end if;
  return public.decision_outcome('decided', v_row);
end $$;

-- "Not now": the item leaves the top of the queue until then; its status stays pending.
create function public.snooze_approval(p_id uuid, p_until timestamptz) returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  perform public.require_operator();
  update public.approval_queue set snoozed_until = p_until where id = p_id and status = 'pending';
  if not found then
    return false;
  end if;
  perform public.write_audit('approval.snoozed', 'approval_queue', p_id::text, null, jsonb_build_object('until', p_until));
  return true;
end $$;

-- Past its deadline an item is first brought to the top, and a day later (or when it was put off to) parked where it can be
-- reopened.
create function public.age_approvals(p_now timestamptz default now()) returns table (id uuid, what text)
language plpgsql security definer set search_path = '' as $$
begin
  perform public.require_operator();
  return query
    with parked as (
      update public.approval_queue q set status = 'expired'
       where q.status = 'pending' and q.reminded_at < p_now - interval '1 day' and coalesce(q.snoozed_until, p_now) <= p_now
      returning q.id
    ), reminded as (
      update public.approval_queue q set reminded_at = p_now, priority = least(q.priority, 5), snoozed_until = null
       where q.status = 'pending' and q.reminded_at is null and q.deadline_at < p_now returning q.id
    )
    select x.id, x.what from (select p.id, 'expired' as what from parked p union all select r.id, 'reminded' from reminded r) x,
      lateral public.write_audit('approval.' || x.what, 'approval_queue', x.id::text);
end $$;

-- False when it is not expired, or when a newer revision was asked for since: that one is what counts.
create function public.reopen_approval(p_id uuid) returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  perform public.require_operator();
  perform pg_advisory_xact_lock(hashtextextended(q.run_key || '/' || q.checkpoint, 0)) from public.approval_queue q where q.id = p_id;
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

alter table public.approval_queue enable row level security;
create policy approval_queue_read on public.approval_queue for select to authenticated using ((select public.is_operator()));
grant select on public.approval_queue to authenticated;
grant select, insert, update on public.approval_queue to service_role;

revoke execute on function public.bind_proposal(),
  public.propose(text, text, int, text, text, jsonb, uuid, uuid, uuid, uuid, int, timestamptz),
  public.decision_outcome(text, public.approval_queue), public.decide_approval(uuid, text, text, text, jsonb, text, text[]),
  public.snooze_approval(uuid, timestamptz), public.age_approvals(timestamptz), public.reopen_approval(uuid)
  from public, anon;
grant execute on function public.decide_approval(uuid, text, text, text, jsonb, text, text[]),
  public.snooze_approval(uuid, timestamptz), public.reopen_approval(uuid) to authenticated, service_role;
grant execute on function public.propose(text, text, int, text, text, jsonb, uuid, uuid, uuid, uuid, int, timestamptz),
  public.age_approvals(timestamptz) to service_role;

alter publication supabase_realtime add table public.approval_queue;
