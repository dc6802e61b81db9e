-- What people said, what came of it, and which of it goes into the next prompt.

-- Learnings are ranked before every prompt: their tags stand ready in the form they are compared in.
create function public.tag_keys(p_tags text[]) returns text[]
language sql immutable set search_path = '' as $$
  select coalesce(array_agg(lower(t)), '{}') from unnest(p_tags) t
$$;
grant execute on function public.tag_keys to service_role;

-- Learnings: words a person said about a proposal, what changed, and what came of it.
create table public.agent_feedback (
  id uuid primary key default gen_random_uuid(),
  agent text not null,
  checkpoint text not null,
  words text not null check (words ~ '\S'),
  adjustment text,
  outcome text,
  effect_bps int,
  tags text[] not null default '{}',
  status text not null default 'active' check (status in ('active', 'retired')),
  pinned boolean not null default false,
  approval_id uuid,
  search_id uuid references public.searches (id),
  author text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  -- What came of a learning, measured: what stood before the
  -- words were said and what stood after they were applied.
  measure text check (measure in ('contacts', 'corrections', 'replies')),
  before jsonb,
  after jsonb,
  measured_at timestamptz,
  became uuid references public.agent_feedback (id),
  tag_keys text[] not null generated always as (public.tag_keys(tags)) stored,
  constraint agent_feedback_asked foreign key (approval_id) references public.approval_queue (id),
  constraint what_became_of_it_is_retired check (became is null or status = 'retired')
);
comment on column public.agent_feedback.became
  is 'The learning this one was rewritten or merged into; it goes into no later prompt.';
create index agent_feedback_relevant on public.agent_feedback (agent, status, created_at desc);
create index agent_feedback_approval on public.agent_feedback (approval_id);
create index agent_feedback_recent on public.agent_feedback (created_at desc, id desc);
create index agent_feedback_search on public.agent_feedback (search_id);
create index agent_feedback_became on public.agent_feedback (became);
create index agent_feedback_unmeasured on public.agent_feedback (measure, created_at)
  where measured_at is null and measure is not null;
alter table public.agent_feedback enable row level security;
create policy agent_feedback_read on public.agent_feedback for select to authenticated
  using ((select public.is_operator()));
grant select on public.agent_feedback to authenticated;
grant select, insert, update on public.agent_feedback to service_role;

-- Which learning went into which run, and the line it became.
create table public.agent_run_learnings (
  run_id uuid not null references public.agent_runs (id) on delete cascade,
  feedback_id uuid not null references public.agent_feedback (id),
  line text not null,
  primary key (run_id, feedback_id)
);
create index agent_run_learnings_feedback on public.agent_run_learnings (feedback_id);
alter table public.agent_run_learnings enable row level security;
create policy agent_run_learnings_read on public.agent_run_learnings for select to authenticated
  using ((select public.is_operator()));
grant select on public.agent_run_learnings to authenticated;
grant select, insert, update on public.agent_run_learnings to service_role;

-- Two learnings a person was told pull in different directions, and kept both.
create table public.learning_conflicts_kept (
  one uuid not null references public.agent_feedback (id),
  other uuid not null references public.agent_feedback (id),
  kept_by text not null,
  kept_at timestamptz not null default now(),
  primary key (one, other),
  constraint named_once check (one < other)
);
create index learning_conflicts_kept_other on public.learning_conflicts_kept (other);
alter table public.learning_conflicts_kept enable row level security;
create policy learning_conflicts_kept_read on public.learning_conflicts_kept for select to authenticated
  using ((select public.is_operator()));
grant select on public.learning_conflicts_kept to authenticated;
grant select, insert, update on public.learning_conflicts_kept to service_role;

-- Keeps the number beside the run, so that a page over thousands of runs counts nothing.
create function public.count_given() returns trigger language plpgsql security definer
  set search_path = '' as $$
begin
  update public.agent_runs r set learnings_given = learnings_given + x.n
    from (select t.run_id, count(*) as n from touched t group by 1) x where r.id = x.run_id;
  return null;
end $$;

-- Mails of a category in a span, and how many of them the classifier had put elsewhere: {mails, wrong}.
create function public.category_errors(p_category text, p_from timestamptz, p_to timestamptz) returns jsonb
language sql stable security definer set search_path = '' as $$
  select jsonb_build_object('mails', count(*), 'wrong',
    count(l.email_id) filter (where l.predicted is distinct from l.correct))
    from public.synced_emails e left join public.labelled_replies l on l.email_id = e.id
   where coalesce(l.correct, e.category) = p_category and e.classified_at >= p_from and e.classified_at < p_to
$$;
grant execute on function public.category_errors to service_role;

-- What a search's newest extraction found: {contacts, properties, mailable}.
create function public.search_yield(p_search_id uuid) returns jsonb
language sql stable security definer set search_path = '' as $$
  select jsonb_build_object('contacts', count(*), 'properties', count(distinct c.property_id),
    'mailable', count(*) filter (where k.email is not null))
    from public.search_contacts c
    join public.contacts k on k.id = c.contact_id
    join public.search_properties s on s.search_id = c.search_id and s.property_id = c.property_id
   where c.search_id = p_search_id and s.extraction_id = (
     select e.id from public.extractions e where e.search_id = p_search_id and e.status = 'completed'
      order by e.created_at desc limit 1)
$$;
grant execute on function public.search_yield to service_role;

-- How far contacts first mailed in a span came: {delivered,
-- replied}; of one search's campaign, or of all others.
create function public.reply_share(p_search_id uuid, p_of_others boolean, p_from timestamptz,
  p_to timestamptz) returns jsonb
language sql stable security definer set search_path = '' as $$
  select jsonb_build_object('delivered', count(*), 'replied', count(*) filter (where e.reached >= 3))
    from public.enrollments e join public.campaigns k on k.id = e.campaign_id
   where e.reached >= 2 and e.first_sent_at >= p_from and e.first_sent_at < p_to
     and (k.search_id = p_search_id) <> p_of_others
$$;

-- Change in basis points of what was; null where there was nothing to compare with.
create function public.share_changed(p_before numeric, p_after numeric) returns int
language sql immutable set search_path = '' as $$
  select case when p_before > 0 then round((p_after - p_before) / p_before * 10000)::int end
$$;
grant execute on function public.share_changed to service_role;

-- Notes, when words are said, what stood at that moment, so that their effect can be told later.
create function public.note_what_stood() returns trigger language plpgsql security definer
  set search_path = '' as $$
begin
  if new.agent = 'sourcing-agent' and new.search_id is not null then
    new.measure := 'contacts';
    if exists (select 1 from public.extractions e where e.search_id = new.search_id
      and e.status = 'completed') then
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

-- Measures every learning whose effect can be told by now: sourcing words once the search was extracted
-- again; classifier words once ten later mails of the category, or thirty days, have passed; words about a
-- campaign fourteen days after its first mail, against the desk's other campaigns of half a year. Answers how
-- many were measured.
create function public.measure_learnings(p_now timestamptz default now()) returns int
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
    v_yield := public.share_changed((v_row.before ->> 'mailable')::numeric / nullif(
      (v_row.before ->> 'properties')::numeric, 0),
      (v_row.after ->> 'mailable')::numeric / nullif((v_row.after ->> 'properties')::numeric, 0));
    update public.agent_feedback set after = v_row.after, measured_at = p_now,
      effect_bps = public.share_changed((v_row.before ->> 'contacts')::numeric,
        (v_row.after ->> 'contacts')::numeric),
      outcome = 'contacts: ' || coalesce((v_row.before ->> 'contacts') || ' → ', '')
        || (v_row.after ->> 'contacts')
        || case when abs(v_yield) >= 500 then format(', yield %s%s%%', case when v_yield > 0 then '+'
          else '-' end, round(abs(v_yield) / 100.0)) else '' end
     where id = v_row.id;
    v_count := v_count + 1;
  end loop;
  for v_row in
    select f.id, f.before, f.tags[1] as category, f.created_at < p_now - interval '30 days' as over,
      public.category_errors(f.tags[1], f.created_at,
        least(p_now, f.created_at + interval '30 days')) as after
      from public.agent_feedback f
     where f.measure = 'corrections' and f.measured_at is null
     order by f.created_at limit 200
     for update of f skip locked
  loop
    continue when (v_row.after ->> 'mails')::int < case when v_row.over then 1 else 10 end and not
      (v_row.over and (v_row.after ->> 'mails')::int = 0);
    update public.agent_feedback set measured_at = p_now, after = v_row.after,
      effect_bps = -public.share_changed((v_row.before ->> 'wrong')::numeric / nullif(
        (v_row.before ->> 'mails')::numeric, 0),
        (v_row.after ->> 'wrong')::numeric / nullif((v_row.after ->> 'mails')::numeric, 0)),
      outcome = case when (v_row.after ->> 'mails')::int = 0 then null else
        format('wrong about %s: %s of %s → %s of %s', replace(v_row.category, '_', ' '),
          v_row.before ->> 'wrong', v_row.before ->> 'mails', v_row.after ->> 'wrong',
          v_row.after ->> 'mails') end
     where id = v_row.id;
    v_count := v_count + 1;
  end loop;
  for v_row in
    select f.id, f.before, public.reply_share(f.search_id, false, f.created_at, p_now) as after
      from public.agent_feedback f
     where f.measure = 'replies' and f.measured_at is null and exists (
       select 1 from public.enrollments e join public.campaigns k on k.id = e.campaign_id
        where k.search_id = f.search_id and e.first_sent_at >= f.created_at
          and e.first_sent_at < p_now - interval '14 days')
     order by f.created_at limit 200
     for update of f skip locked
  loop
    continue when (v_row.after ->> 'delivered')::int = 0;
    update public.agent_feedback set measured_at = p_now, after = v_row.after,
      effect_bps = public.share_changed((v_row.before ->> 'replied')::numeric / nullif(
        (v_row.before ->> 'delivered')::numeric, 0),
        (v_row.after ->> 'replied')::numeric / nullif((v_row.after ->> 'delivered')::numeric, 0)),
      outcome = format('wrote back: %s%s of %s', case when (v_row.before ->> 'delivered')::int > 0
          then format('%s of %s → ', v_row.before ->> 'replied', v_row.before ->> 'delivered') else '' end,
        v_row.after ->> 'replied', v_row.after ->> 'delivered')
     where id = v_row.id;
    v_count := v_count + 1;
  end loop;
  return v_count;
end $$;
grant execute on function public.measure_learnings to service_role;

-- A finished extraction tells at once what the words before it were worth.
create function public.measure_when_extracted() returns trigger language plpgsql security definer
  set search_path = '' as $$
begin
  perform public.measure_learnings();
  return null;
end $$;

-- What a revision changed after these words, in one line; the first telling stands.
create function public.note_adjustment(p_approval_id uuid, p_adjustment text) returns int
language plpgsql security definer set search_path = '' as $$
declare
  v_count int;
begin
  perform public.require_operator();
  update public.agent_feedback set adjustment = left(public.words_in(p_adjustment), 500)
   where approval_id = p_approval_id and adjustment is null and became is null;
  get diagnostics v_count = row_count;
  return v_count;
end $$;
grant execute on function public.note_adjustment to service_role;

-- An agent's active learnings, the ones a prompt needs most first: pinned, then shared
-- tags, measured effect and recency (half of it is gone after 90 days). Each tag of the
-- run is looked for in one expression: half the time of unfolding and counting them.
create function public.rank_learnings(p_agent text, p_tags text[], p_limit int default 150)
returns table (id uuid, words text, adjustment text, outcome text, pinned boolean)
language plpgsql stable security definer set search_path = '' as $$
declare
  v_shared text := coalesce(
    (select string_agg(distinct format('(%L = any (f.tag_keys))::int', lower(t)), ' + ') from unnest(p_tags) t
      where t is not null), '0');
begin
  return query execute format($ranked$
    select f.id, f.words, f.adjustment, f.outcome, f.pinned
      from public.agent_feedback f where f.agent = $1 and f.status = 'active'
     order by f.pinned desc,
       2::float8 * (%s) + least(1::float8, abs(coalesce(f.effect_bps, 0)) / 5000::float8)
         + power(0.5::float8, greatest(0::float8, date_part('epoch', now() - f.created_at)) / 7776000::float8)
           desc,
       f.created_at desc, f.id
     limit $2$ranked$, v_shared) using p_agent, p_limit;
end $$;
grant execute on function public.rank_learnings to service_role;

-- Rewrites one learning, or merges several into one, in a person's
-- words. The old ones stay, retired, with what they became.
create function public.rewrite_learnings(p_ids uuid[], p_words text, p_tags text[],
  p_reason text default null)
returns public.agent_feedback language plpgsql security definer set search_path = '' as $$
declare
  v_words text := public.words_in(p_words);
  v_count int;
  v_agents int;
  v_best public.agent_feedback;
  v_new public.agent_feedback;
begin
  perform public.require_operator();
  if v_words is null then
    raise exception 'A learning needs words.' using errcode = '22023';
  end if;
  perform 1 from public.agent_feedback where id = any (p_ids) order by id for update;
  select count(*), count(distinct agent) into v_count, v_agents from public.agent_feedback
    where id = any (p_ids) and status = 'active';
  if v_count = 0 or v_count <> (select count(distinct x) from unnest(p_ids) x) then
    raise exception 'Only learnings in use can be rewritten; one of these was retired meanwhile.'
      using errcode = '22023';
  elsif v_agents > 1 then
    raise exception 'Learnings of different agents cannot be merged.' using errcode = '22023';
  end if;
  -- The new words inherit the strongest evidence among the old.
  select * into v_best from public.agent_feedback where id = any (p_ids)
   order by effect_bps is null, abs(effect_bps) desc, created_at desc limit 1;
  insert into public.agent_feedback (agent, checkpoint, words, adjustment, outcome, effect_bps, tags,
    pinned, approval_id, search_id, author, measure, before, after, measured_at)
  values (v_best.agent, v_best.checkpoint, v_words, v_best.adjustment, v_best.outcome,
    v_best.effect_bps, coalesce(p_tags, '{}'),
    (select bool_or(pinned) from public.agent_feedback where id = any (p_ids)),
    v_best.approval_id, v_best.search_id, public.acting_name(), v_best.measure, v_best.before,
    v_best.after, v_best.measured_at)
  returning * into v_new;
  update public.agent_feedback set status = 'retired', pinned = false, became = v_new.id
    where id = any (p_ids);
  perform public.write_audit(case when v_count = 1 then 'learning.edited' else 'learning.merged' end,
    'agent_feedback', v_new.id::text, jsonb_build_object('ids', to_jsonb(p_ids), 'words',
      (select jsonb_agg(words order by created_at) from public.agent_feedback where id = any (p_ids))),
    jsonb_build_object('words', v_words, 'tags', to_jsonb(coalesce(p_tags, '{}'))), p_reason);
  return v_new;
end $$;
grant execute on function public.rewrite_learnings to authenticated, service_role;

-- A person read both and keeps both.
create function public.keep_both_learnings(p_one uuid, p_other uuid) returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  perform public.require_operator();
  insert into public.learning_conflicts_kept (one, other, kept_by)
  values (least(p_one, p_other), greatest(p_one, p_other), public.acting_name()) on conflict do nothing;
  if not found then
    return false;
  end if;
  perform public.write_audit('learning.kept_both', 'agent_feedback', p_one::text, null,
    jsonb_build_object('other', p_other));
  return true;
end $$;
grant execute on function public.keep_both_learnings to authenticated, service_role;

-- Words about what a search found, kept for every later search; nothing is asked again now.
create function public.note_learning(p_search_id uuid, p_words text, p_tags text[] default '{}') returns uuid
language plpgsql security definer set search_path = '' as $$
declare
  v_id uuid;
begin
  perform public.require_operator();
  if public.words_in(p_words) is null then
    raise exception 'Say what should be different next time.' using errcode = '22023';
  end if;
  insert into public.agent_feedback (agent, checkpoint, words, tags, search_id, author)
  values ('sourcing-agent', 'extraction', public.words_in(p_words), coalesce(p_tags, '{}'),
    p_search_id, public.acting_name())
  returning id into v_id;
  perform public.write_audit('learning.noted', 'agent_feedback', v_id::text, null,
    jsonb_build_object('search', p_search_id), public.words_in(p_words));
  return v_id;
end $$;
grant execute on function public.note_learning to authenticated, service_role;

-- A learning is pinned (it comes before all others), or retired (it goes into no later
-- prompt) and brought back. Its words and what came of it never change. Pinned words
-- must leave room for the others: they go into every prompt, whatever the budget.
create function public.set_learning(p_id uuid, p_pinned boolean, p_status text, p_reason text default null)
returns public.agent_feedback language plpgsql security definer set search_path = '' as $$
declare
  v_before public.agent_feedback;
  v_after public.agent_feedback;
begin
  perform public.require_operator();
  select * into v_before from public.agent_feedback where id = p_id for update;
  if not found then
    raise exception 'There is no such learning.' using errcode = 'P0002';
  elsif v_before.became is not null and p_status = 'active' then
    raise exception 'This learning was rewritten; the one it became is in use.' using errcode = '22023';
  elsif p_pinned and p_status = 'active' and not v_before.pinned and length(v_before.words) + (
    select coalesce(sum(length(words)), 0) from public.agent_feedback where agent = v_before.agent and pinned
      and status = 'active') > 3000 then
    raise exception 'The pinned learnings of this agent are long enough already; unpin or shorten one first.'
      using errcode = '22023';
  end if;
  update public.agent_feedback set pinned = p_pinned and p_status = 'active', status = p_status
   where id = p_id returning * into v_after;
  if (v_before.pinned, v_before.status) is distinct from (v_after.pinned, v_after.status) then
    perform public.write_audit('learning.' || case
        when v_before.status <> v_after.status then case v_after.status when 'retired'
          then 'retired' else 'brought_back' end
        when v_after.pinned then 'pinned' else 'unpinned' end,
      'agent_feedback', p_id::text, jsonb_build_object('pinned', v_before.pinned, 'status', v_before.status),
      jsonb_build_object('pinned', v_after.pinned, 'status', v_after.status), p_reason);
  end if;
  return v_after;
end $$;
grant execute on function public.set_learning to authenticated, service_role;

-- Whether a run is the revision that was asked for with these words, and whether
-- it shows: null when it is not that revision. Words about a campaign that sent
-- its payloads back are answered by the first payloads proposed after them.
create function public.is_applied(p_feedback public.agent_feedback, p_asked public.approval_queue,
  p_answer public.approval_queue) returns boolean
language sql stable security invoker set search_path = '' as $$
  select case when p_asked.run_key = p_answer.run_key and case when p_asked.checkpoint = 'campaign' then
      p_answer.checkpoint = 'sourcing' and p_answer.requested_at > p_asked.decided_at and not exists (
        select from public.approval_queue b where b.run_key = p_answer.run_key and b.checkpoint = 'sourcing'
          and b.requested_at > p_asked.decided_at and b.revision < p_answer.revision)
      else p_answer.revision = p_asked.revision + 1 end
    then coalesce(p_feedback.adjustment <> 'nothing was changed', false) end
$$;
grant execute on function public.is_applied to authenticated, service_role;

-- The runs a learning went into, newest first, and what came of each: the decision about its proposal
-- or the look back at it, the contacts then found, and what a person said the mail really was.
create function public.learning_runs(p_id uuid, p_before timestamptz default null, p_limit int default 30)
returns table (run_id uuid, purpose text, status text, started_at timestamptz, line text, search_id uuid,
  search_name text, email_id uuid, decision text, edited boolean, decided_by text, verdict text, contacts int,
  corrected_to text, applied boolean)
language sql stable security invoker set search_path = '' as $$
  select r.id, r.purpose, r.status, r.started_at, l.line, r.search_id, s.name, r.email_id, q.status,
    q.edits is not null, q.decided_by, q.verdict, e.contacts_found, c.correct, public.is_applied(f, a, q)
    from public.agent_run_learnings l
    join public.agent_runs r on r.id = l.run_id
    join public.agent_feedback f on f.id = l.feedback_id
    left join public.approval_queue a on a.id = f.approval_id
    left join public.searches s on s.id = r.search_id
    left join lateral (select * from public.approval_queue x where x.agent_run_id = r.id
      order by x.checkpoint = 'sourcing' desc, x.revision desc limit 1) q on true
    left join lateral (select sum(x.contacts_found)::int as contacts_found from public.extractions x
      join public.approval_queue y on y.id = x.approval_id where y.agent_run_id = r.id
        and x.status = 'completed') e on true
    left join public.labelled_replies c on c.email_id = r.email_id and c.predicted is distinct from c.correct
   where l.feedback_id = p_id and (p_before is null or r.started_at < p_before)
   order by r.started_at desc limit p_limit
$$;
grant execute on function public.learning_runs to authenticated, service_role;

-- The learnings a run was given, those its revision was asked for
-- first. A run that looks on was given those of its live run.
create function public.run_learnings(p_run_id uuid)
returns table (feedback_id uuid, line text, status text, pinned boolean, became uuid,
  adjustment text, applied boolean)
language sql stable security invoker set search_path = '' as $$
  select f.id, l.line, f.status, f.pinned, f.became, f.adjustment, case when r.kind = 'live'
    then public.is_applied(f, a, q) end
    from public.agent_runs r
    join public.agent_run_learnings l on l.run_id = coalesce(r.shadow_of, r.id)
    join public.agent_feedback f on f.id = l.feedback_id
    left join public.approval_queue a on a.id = f.approval_id
    left join lateral (select * from public.approval_queue x where x.agent_run_id = r.id
      order by x.checkpoint = 'sourcing' desc, x.revision desc limit 1) q on true
   where r.id = p_run_id
   order by public.is_applied(f, a, q) desc nulls last, f.pinned desc, f.created_at desc, f.id
$$;
grant execute on function public.run_learnings to authenticated, service_role;

create trigger agent_feedback_touch before update on public.agent_feedback
  for each row execute function public.touch_updated_at();
create trigger agent_feedback_stood before insert on public.agent_feedback
  for each row when (new.measure is null) execute function public.note_what_stood();

create trigger agent_run_learnings_counted after insert
  on public.agent_run_learnings referencing new table as touched
  for each statement execute function public.count_given();
