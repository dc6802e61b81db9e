-- A run's page says which of its learnings were visibly applied, a learning's page what people made of every run it went into,
-- and words about a campaign are measured by how many wrote back.
alter table public.agent_feedback drop constraint agent_feedback_measure_check,
  add constraint agent_feedback_measure_check check (measure in ('contacts', 'corrections', 'replies'));

-- How far contacts first mailed in a span came: {delivered, replied}; of one search's campaign, or of all others.
create function public.reply_share(p_search_id uuid, p_of_others boolean, p_from timestamptz, p_to timestamptz) returns jsonb
language sql stable security definer set search_path = '' as $$
  select jsonb_build_object('delivered', count(*), 'replied', count(*) filter (where e.reached >= 3))
    from public.enrollments e join public.campaigns k on k.id = e.campaign_id
   where e.reached >= 2 and e.first_sent_at >= p_from and e.first_sent_at < p_to and (k.search_id = p_search_id) <> p_of_others
$$;

-- Notes, when words are said, what stood at that moment, so that their effect can be told later.
create or replace function public.note_what_stood() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if new.agent = 'sourcing-agent' and new.search_id is not null then
    new.measure := 'contacts';
    if exists (select 1 from public.extractions e where e.search_id = new.search_id and e.status = 'completed') then
      new.before := public.search_yield(new.search_id);
    end if;
  elsif new.agent = 'response-classifier' and array_length(new.tags, 1) = 1 then
    new.measure := 'corrections';
    new.before := public.category_errors(new.tags[1], now() - interval '30 days', now());
  elsif new.agent = 'campaign-rules' and new.search_id is not null then
    new.measure := 'replies';
    new.before := public.reply_share(new.search_id, true, now() - interval '180 days', now());
  end if;
  return new;
end $$;

-- As before; words about a campaign fourteen days after its first mail, against the desk's other campaigns of half a year.
create or replace function public.measure_learnings(p_now timestamptz default now()) returns int
language plpgsql security definer set search_path = '' as $$
declare
  v_row record;
  v_yield int;
  v_count int := 0;
begin
  perform public.require_operator();
  for v_row in
    select f.id, f.before, public.search_yield(f.search_id) as after
      from public.agent_feedback f
     where f.measure = 'contacts' and f.measured_at is null and exists (
       select 1 from public.extractions e
        where e.search_id = f.search_id and e.status = 'completed' and e.created_at > f.created_at)
     for update of f skip locked
  loop
    v_yield := public.share_changed((v_row.before ->> 'mailable')::numeric / nullif((v_row.before ->> 'properties')::numeric, 0),
      (v_row.after ->> 'mailable')::numeric / nullif((v_row.after ->> 'properties')::numeric, 0));
    update public.agent_feedback set after = v_row.after, measured_at = p_now,
      effect_bps = public.share_changed((v_row.before ->> 'contacts')::numeric, (v_row.after ->> 'contacts')::numeric),
      outcome = 'contacts: ' || coalesce((v_row.before ->> 'contacts') || ' → ', '') || (v_row.after ->> 'contacts')
        || case when abs(v_yield) >= 500 then format(', yield %s%s%%', case when v_yield > 0 then '+' else '-' end, round(abs(v_yield) / 100.0)) else '' end
     where id = v_row.id;
    v_count := v_count + 1;
  end loop;
  for v_row in
    select f.id, f.before, f.tags[1] as category, f.created_at < p_now - interval '30 days' as over,
      public.category_errors(f.tags[1], f.created_at, least(p_now, f.created_at + interval '30 days')) as after
      from public.agent_feedback f
     where f.measure = 'corrections' and f.measured_at is null
     order by f.created_at limit 200
     for update of f skip locked
  loop
    continue when (v_row.after ->> 'mails')::int < case when v_row.over then 1 else 10 end and not
      (v_row.over and (v_row.after ->> 'mails')::int = 0);
    update public.agent_feedback set measured_at = p_now, after = v_row.after,
      effect_bps = -public.share_changed((v_row.before ->> 'wrong')::numeric / nullif((v_row.before ->> 'mails')::numeric, 0),
        (v_row.after ->> 'wrong')::numeric / nullif((v_row.after ->> 'mails')::numeric, 0)),
      outcome = case when (v_row.after ->> 'mails')::int = 0 then null else
        format('wrong about %s: %s of %s → %s of %s', replace(v_row.category, '_', ' '), v_row.before ->> 'wrong', v_row.before ->> 'mails',
          v_row.after ->> 'wrong', v_row.after ->> 'mails') end
     where id = v_row.id;
    v_count := v_count + 1;
  end loop;
  for v_row in
    select f.id, f.before, public.reply_share(f.search_id, false, f.created_at, p_now) as after
      from public.agent_feedback f
     where f.measure = 'replies' and f.measured_at is null and exists (
       select 1 from public.enrollments e join public.campaigns k on k.id = e.campaign_id
        where k.search_id = f.search_id and e.first_sent_at >= f.created_at and e.first_sent_at < p_now - interval '14 days')
     order by f.created_at limit 200
     for update of f skip locked
  loop
    continue when (v_row.after ->> 'delivered')::int = 0;
    update public.agent_feedback set measured_at = p_now, after = v_row.after,
      effect_bps = public.share_changed((v_row.before ->> 'replied')::numeric / nullif((v_row.before ->> 'delivered')::numeric, 0),
        (v_row.after ->> 'replied')::numeric / nullif((v_row.after ->> 'delivered')::numeric, 0)),
      outcome = format('wrote back: %s%s of %s', case when (v_row.before ->> 'delivered')::int > 0
          then format('%s of %s → ', v_row.before ->> 'replied', v_row.before ->> 'delivered') else '' end,
        v_row.after ->> 'replied', v_row.after ->> 'delivered')
     where id = v_row.id;
    v_count := v_count + 1;
  end loop;
  return v_count;
end $$;

-- Whether a run is the revision that was asked for with these words, and whether it shows: null when it is not that revision.
-- Words about a campaign that sent its payloads back are answered by the first payloads proposed after them.
create function public.is_applied(p_feedback public.agent_feedback, p_asked public.approval_queue, p_answer public.approval_queue) returns boolean
language sql stable security invoker set search_path = '' as $$
  select case when p_asked.run_key = p_answer.run_key and case when p_asked.checkpoint = 'campaign' then
      p_answer.checkpoint = 'sourcing' and p_answer.requested_at > p_asked.decided_at and not exists (
        select from public.approval_queue b where b.run_key = p_answer.run_key and b.checkpoint = 'sourcing'
          and b.requested_at > p_asked.decided_at and b.revision < p_answer.revision)
      else p_answer.revision = p_asked.revision + 1 end
    then coalesce(p_feedback.adjustment <> 'nothing was changed', false) end
$$;

-- The runs a learning went into, newest first, and what came of each: the decision about its proposal or the look back at it, the
-- contacts then found, and what a person said the mail really was.
drop function public.learning_runs(uuid, timestamptz, int);
create function public.learning_runs(p_id uuid, p_before timestamptz default null, p_limit int default 30)
returns table (run_id uuid, purpose text, status text, started_at timestamptz, line text, search_id uuid, search_name text, email_id uuid,
  decision text, edited boolean, decided_by text, verdict text, contacts int, corrected_to text, applied boolean)
language sql stable security invoker set search_path = '' as $$
  select r.id, r.purpose, r.status, r.started_at, l.line, r.search_id, s.name, r.email_id, q.status, q.edits is not null, q.decided_by,
    q.verdict, e.contacts_found, c.correct, public.is_applied(f, a, q)
    from public.agent_run_learnings l
    join public.agent_runs r on r.id = l.run_id
    join public.agent_feedback f on f.id = l.feedback_id
    left join public.approval_queue a on a.id = f.approval_id
    left join public.searches s on s.id = r.search_id
    left join lateral (select * from public.approval_queue x where x.agent_run_id = r.id
      order by x.checkpoint = 'sourcing' desc, x.revision desc limit 1) q on true
    left join lateral (select sum(x.contacts_found)::int as contacts_found from public.extractions x
      join public.approval_queue y on y.id = x.approval_id where y.agent_run_id = r.id and x.status = 'completed') e on true
    left join public.labelled_replies c on c.email_id = r.email_id and c.predicted is distinct from c.correct
   where l.feedback_id = p_id and (p_before is null or r.started_at < p_before)
   order by r.started_at desc limit p_limit
$$;

-- The learnings a run was given, those its revision was asked for first. A run that looks on was given those of its live run.
create function public.run_learnings(p_run_id uuid)
returns table (feedback_id uuid, line text, status text, pinned boolean, became uuid, adjustment text, applied boolean)
language sql stable security invoker set search_path = '' as $$
  select f.id, l.line, f.status, f.pinned, f.became, f.adjustment, case when r.kind = 'live' then public.is_applied(f, a, q) end
    from public.agent_runs r
    join public.agent_run_learnings l on l.run_id = coalesce(r.shadow_of, r.id)
    join public.agent_feedback f on f.id = l.feedback_id
    left join public.approval_queue a on a.id = f.approval_id
    left join lateral (select * from public.approval_queue x where x.agent_run_id = r.id
      order by x.checkpoint = 'sourcing' desc, x.revision desc limit 1) q on true
   where r.id = p_run_id
   order by public.is_applied(f, a, q) desc nulls last, f.pinned desc, f.created_at desc, f.id
$$;

-- What an operator wants to be told on their own computer while the console is open there; nothing until they choose.
create table public.desktop_notices (
  operator_id uuid primary key references public.operators (id) on delete cascade,
  kinds text[] not null,
  updated_at timestamptz not null default now(),
  constraint known_kinds check (kinds <@ '{approval,demotion,agents,mailbox,reply}'::text[])
);
alter table public.desktop_notices enable row level security;
create policy desktop_notices_own on public.desktop_notices for select to authenticated
  using ((select public.is_operator()) and operator_id = (select auth.uid()));
grant select on public.desktop_notices to authenticated, service_role;

create function public.set_desktop_notices(p_kinds text[]) returns text[]
language plpgsql security definer set search_path = '' as $$
declare
  v_kinds text[];
begin
  perform public.require_operator();
  if auth.uid() is null then
    raise exception 'Only a person who is signed in has a desktop.' using errcode = '42501';
  end if;
  insert into public.desktop_notices as d (operator_id, kinds) values (auth.uid(), coalesce(p_kinds, '{}'))
  on conflict (operator_id) do update set kinds = excluded.kinds, updated_at = now() returning d.kinds into v_kinds;
  return v_kinds;
end $$;

revoke execute on function public.reply_share(uuid, boolean, timestamptz, timestamptz),
  public.is_applied(public.agent_feedback, public.approval_queue, public.approval_queue),
  public.learning_runs(uuid, timestamptz, int), public.run_learnings(uuid), public.set_desktop_notices(text[]) from public, anon;
grant execute on function public.learning_runs(uuid, timestamptz, int), public.run_learnings(uuid), public.set_desktop_notices(text[]),
  public.is_applied(public.agent_feedback, public.approval_queue, public.approval_queue) to authenticated, service_role;
