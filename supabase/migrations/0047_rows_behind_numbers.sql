-- Every number of the Metrics pages, narrowed to a search or a market, and the very rows behind it. Something is about a search
-- when it was made for it, or about a mail that answers one of its mails; about a market when its search found something there,
-- or its mail came from a contact found there. The market '' holds what has none. The counts and the rows of a question hold the
-- same condition, word for word; tests/stack/metrics adds the rows up.

drop index public.agent_runs_measured;
create index agent_runs_measured on public.agent_runs (started_at, agent, agent_version) include
  (status, failure_kind, attempts, duration_ms, input_tokens, output_tokens, cost_microusd, learnings_given, search_id, email_id, id,
   model, answered_model) where kind = 'live';

-- How each definition of each agent did with each model. First pass: right at the first try, of all runs that got an answer.
drop function public.dashboard_agents(date, date, text, uuid);
create function public.dashboard_agents(p_from date, p_to date, p_agent text default null, p_search uuid default null, p_market text default null)
returns table (agent text, agent_version text, model text, runs int, succeeded int, failed int, answered int, first_pass int,
  p50_ms double precision, p95_ms double precision, input_tokens bigint, output_tokens bigint, cost_microusd bigint,
  learnings double precision, last_at timestamptz)
language sql stable security invoker set search_path = '' as $$
  select r.agent, r.agent_version, coalesce(r.answered_model, r.model), count(*)::int, (count(*) filter (where r.status = 'succeeded'))::int,
    (count(*) filter (where r.status = 'failed'))::int,
    (count(*) filter (where r.status = 'succeeded' or r.failure_kind in ('schema', 'checks', 'no_answer')))::int,
    (count(*) filter (where r.status = 'succeeded' and r.attempts <= 1))::int,
    percentile_cont(0.5) within group (order by r.duration_ms), percentile_cont(0.95) within group (order by r.duration_ms),
    coalesce(sum(r.input_tokens), 0)::bigint, coalesce(sum(r.output_tokens), 0)::bigint, coalesce(sum(r.cost_microusd), 0)::bigint,
    avg(r.learnings_given)::double precision, max(r.started_at)
  from public.agent_runs r
 where r.kind = 'live' and r.started_at >= (select public.desk_day(p_from)) and r.started_at < (select public.desk_day(p_to + 1))
   and (p_agent is null or r.agent = p_agent)
   and ((p_search is null and p_market is null)
     or (r.search_id is not null and (p_search is null or r.search_id = p_search)
       and (p_market is null or r.search_id in (select f.search_id from public.funnel_hours f where f.market = p_market)))
     or r.email_id in (select t.email_id from public.reply_times t where (p_search is null or t.search_id = p_search) and (p_market is null or t.market = p_market))
     or r.id in (select t.agent_run_id from public.reply_times t where t.agent_run_id is not null and (p_search is null or t.search_id = p_search) and (p_market is null or t.market = p_market)))
 group by 1, 2, 3 order by 1, max(r.started_at) desc
$$;

-- Runs and spending per day and agent.
drop function public.dashboard_agent_days(date, date, text, uuid);
create function public.dashboard_agent_days(p_from date, p_to date, p_agent text default null, p_search uuid default null, p_market text default null)
returns table (day date, agent text, runs int, failed int, cost_microusd bigint)
language sql stable security invoker set search_path = '' as $$
  select (r.started_at at time zone (select d.time_zone from public.desk_settings d))::date, r.agent, count(*)::int,
    (count(*) filter (where r.status = 'failed'))::int, coalesce(sum(r.cost_microusd), 0)::bigint
  from public.agent_runs r
 where r.kind = 'live' and r.started_at >= (select public.desk_day(p_from)) and r.started_at < (select public.desk_day(p_to + 1))
   and (p_agent is null or r.agent = p_agent)
   and ((p_search is null and p_market is null)
     or (r.search_id is not null and (p_search is null or r.search_id = p_search)
       and (p_market is null or r.search_id in (select f.search_id from public.funnel_hours f where f.market = p_market)))
     or r.email_id in (select t.email_id from public.reply_times t where (p_search is null or t.search_id = p_search) and (p_market is null or t.market = p_market))
     or r.id in (select t.agent_run_id from public.reply_times t where t.agent_run_id is not null and (p_search is null or t.search_id = p_search) and (p_market is null or t.market = p_market)))
 group by 1, 2 order by 1, 2
$$;

-- The runs themselves.
create function public.metric_runs(p_from date, p_to date, p_agent text default null, p_search uuid default null, p_market text default null)
returns table (id uuid, agent text, agent_version text, model text, purpose text, status text, failure_kind text, answered boolean,
  first_pass boolean, tokens bigint, cost_microusd bigint, duration_ms int, learnings int, started_at timestamptz)
language sql stable security invoker set search_path = '' as $$
  select r.id, r.agent, r.agent_version, coalesce(r.answered_model, r.model), r.purpose, r.status, r.failure_kind,
    r.status = 'succeeded' or coalesce(r.failure_kind in ('schema', 'checks', 'no_answer'), false),
    r.status = 'succeeded' and r.attempts <= 1, coalesce(r.input_tokens, 0)::bigint + coalesce(r.output_tokens, 0), r.cost_microusd::bigint,
    r.duration_ms, r.learnings_given, r.started_at
  from public.agent_runs r
 where r.kind = 'live' and r.started_at >= (select public.desk_day(p_from)) and r.started_at < (select public.desk_day(p_to + 1))
   and (p_agent is null or r.agent = p_agent)
   and ((p_search is null and p_market is null)
     or (r.search_id is not null and (p_search is null or r.search_id = p_search)
       and (p_market is null or r.search_id in (select f.search_id from public.funnel_hours f where f.market = p_market)))
     or r.email_id in (select t.email_id from public.reply_times t where (p_search is null or t.search_id = p_search) and (p_market is null or t.market = p_market))
     or r.id in (select t.agent_run_id from public.reply_times t where t.agent_run_id is not null and (p_search is null or t.search_id = p_search) and (p_market is null or t.market = p_market)))
$$;

-- Decisions at each checkpoint: what waits now, how long people took, and how many revisions an approval needed.
drop function public.dashboard_checkpoints(date, date, text, uuid);
create function public.dashboard_checkpoints(p_from date, p_to date, p_agent text default null, p_search uuid default null, p_market text default null)
returns table (checkpoint text, agent text, mode text, waiting int, oldest_at timestamptz, decided int, approved int, revisions double precision,
  by_auto int, p50_ms double precision, p95_ms double precision) language sql stable security invoker set search_path = '' as $$
  select m.checkpoint, public.agent_of(m.checkpoint), m.mode, w.n::int, w.oldest, coalesce(d.decided, 0)::int, coalesce(d.approved, 0)::int,
    d.revisions::double precision, coalesce(d.by_auto, 0)::int, d.p50, d.p95
  from public.checkpoint_modes m
  left join lateral (select count(*) as n, min(q.requested_at) as oldest from public.approval_queue q
    where q.checkpoint = m.checkpoint and q.status = 'pending'
   and ((p_search is null and p_market is null)
     or (q.search_id is not null and (p_search is null or q.search_id = p_search)
       and (p_market is null or q.search_id in (select f.search_id from public.funnel_hours f where f.market = p_market)))
     or q.email_id in (select t.email_id from public.reply_times t where (p_search is null or t.search_id = p_search) and (p_market is null or t.market = p_market)))) w on true
  left join (
    select q.checkpoint, count(*) filter (where q.mode = 'plan') as decided,
      count(*) filter (where q.mode = 'plan' and q.status = 'approved') as approved,
      avg(q.revision) filter (where q.mode = 'plan' and q.status = 'approved') as revisions, count(*) filter (where q.mode = 'auto') as by_auto,
      percentile_cont(0.5) within group (order by extract(epoch from q.decided_at - q.requested_at)::double precision * 1000)
        filter (where q.mode = 'plan') as p50,
      percentile_cont(0.95) within group (order by extract(epoch from q.decided_at - q.requested_at)::double precision * 1000)
        filter (where q.mode = 'plan') as p95
    from public.approval_queue q
   where q.decided_at >= (select public.desk_day(p_from)) and q.decided_at < (select public.desk_day(p_to + 1))
     and ((p_search is null and p_market is null)
     or (q.search_id is not null and (p_search is null or q.search_id = p_search)
       and (p_market is null or q.search_id in (select f.search_id from public.funnel_hours f where f.market = p_market)))
     or q.email_id in (select t.email_id from public.reply_times t where (p_search is null or t.search_id = p_search) and (p_market is null or t.market = p_market)))
   group by 1) d on d.checkpoint = m.checkpoint
 where p_agent is null or public.agent_of(m.checkpoint) = p_agent
 order by array_position('{sourcing,extraction,campaign,classification}'::text[], m.checkpoint)
$$;

-- The proposals themselves: those decided in a time, or those that wait now.
create function public.metric_decisions(p_from date, p_to date, p_waiting boolean default false, p_search uuid default null, p_market text default null)
returns table (id uuid, title text, checkpoint text, revision int, mode text, status text, decided_by text, requested_at timestamptz, at timestamptz)
language sql stable security invoker set search_path = '' as $$
  select q.id, q.title, q.checkpoint, q.revision, q.mode, q.status, q.decided_by, q.requested_at,
    case when p_waiting then q.requested_at else q.decided_at end
  from public.approval_queue q
 where case when p_waiting then q.status = 'pending' else q.decided_at >= (select public.desk_day(p_from)) and q.decided_at < (select public.desk_day(p_to + 1)) end
   and ((p_search is null and p_market is null)
     or (q.search_id is not null and (p_search is null or q.search_id = p_search)
       and (p_market is null or q.search_id in (select f.search_id from public.funnel_hours f where f.market = p_market)))
     or q.email_id in (select t.email_id from public.reply_times t where (p_search is null or t.search_id = p_search) and (p_market is null or t.market = p_market)))
$$;

-- How often people left a proposal as it was, week by week.
drop function public.dashboard_agreement(date, date, text);
create function public.dashboard_agreement(p_from date, p_to date, p_agent text default null, p_search uuid default null, p_market text default null)
returns table (week date, checkpoint text, judged int, unchanged int, edited int, changes_asked int, rejected int)
language sql stable security invoker set search_path = '' as $$
  select date_trunc('week', e.at at time zone (select d.time_zone from public.desk_settings d))::date, e.checkpoint, count(*)::int,
    (count(*) filter (where e.outcome = 'unchanged'))::int, (count(*) filter (where e.outcome = 'edited'))::int,
    (count(*) filter (where e.outcome = 'changes_asked'))::int, (count(*) filter (where e.outcome = 'rejected'))::int
  from public.trust_evidence e
 where e.at >= (select public.desk_day(p_from)) and e.at < (select public.desk_day(p_to + 1)) and (p_agent is null or e.agent = p_agent)
   and ((p_search is null and p_market is null)
     or e.email_id in (select t.email_id from public.reply_times t where (p_search is null or t.search_id = p_search) and (p_market is null or t.market = p_market))
     or e.approval_id in (select a.id from public.approval_queue a where ((p_search is null and p_market is null)
       or (a.search_id is not null and (p_search is null or a.search_id = p_search)
         and (p_market is null or a.search_id in (select f.search_id from public.funnel_hours f where f.market = p_market)))
       or a.email_id in (select t.email_id from public.reply_times t where (p_search is null or t.search_id = p_search) and (p_market is null or t.market = p_market)))))
 group by 1, 2 order by 1, 2
$$;

-- What was judged, one by one.
create function public.metric_judged(p_from date, p_to date, p_agent text default null, p_search uuid default null, p_market text default null)
returns table (id bigint, checkpoint text, agent text, outcome text, source text, changed_bps int, judged_by text, approval_id uuid,
  email_id uuid, title text, at timestamptz) language sql stable security invoker set search_path = '' as $$
  select e.id, e.checkpoint, e.agent, e.outcome, e.source, e.changed_bps, e.judged_by, e.approval_id, e.email_id,
    coalesce((select a.title from public.approval_queue a where a.id = e.approval_id), (select m.subject from public.synced_emails m where m.id = e.email_id)),
    e.at
  from public.trust_evidence e
 where e.at >= (select public.desk_day(p_from)) and e.at < (select public.desk_day(p_to + 1)) and (p_agent is null or e.agent = p_agent)
   and ((p_search is null and p_market is null)
     or e.email_id in (select t.email_id from public.reply_times t where (p_search is null or t.search_id = p_search) and (p_market is null or t.market = p_market))
     or e.approval_id in (select a.id from public.approval_queue a where ((p_search is null and p_market is null)
       or (a.search_id is not null and (p_search is null or a.search_id = p_search)
         and (p_market is null or a.search_id in (select f.search_id from public.funnel_hours f where f.market = p_market)))
       or a.email_id in (select t.email_id from public.reply_times t where (p_search is null or t.search_id = p_search) and (p_market is null or t.market = p_market)))))
$$;

-- Words people said, without those that became others.
create function public.metric_learnings(p_agent text default null, p_search uuid default null, p_market text default null)
returns table (id uuid, agent text, words text, adjustment text, outcome text, effect_bps int, status text, author text, created_at timestamptz,
  measured_at timestamptz) language sql stable security invoker set search_path = '' as $$
  select x.id, x.agent, x.words, x.adjustment, x.outcome, x.effect_bps, x.status, x.author, x.created_at, x.measured_at
  from public.agent_feedback x
 where x.became is null and (p_agent is null or x.agent = p_agent)
   and ((p_search is null and p_market is null)
     or (x.search_id is not null and (p_search is null or x.search_id = p_search)
       and (p_market is null or x.search_id in (select h.search_id from public.funnel_hours h where h.market = p_market)))
     or x.approval_id in (select a.id from public.approval_queue a where a.email_id in
       (select t.email_id from public.reply_times t where (p_search is null or t.search_id = p_search) and (p_market is null or t.market = p_market))))
$$;

drop function public.dashboard_learnings(date, date, text);
create function public.dashboard_learnings(p_from date, p_to date, p_agent text default null, p_search uuid default null, p_market text default null)
returns table (agent text, in_use int, said int, measured int, better int, worse int, mean_bps double precision)
language plpgsql stable security invoker set search_path = '' as $$
declare
  v_since timestamptz := public.desk_day(p_from);
  v_until timestamptz := public.desk_day(p_to + 1);
begin
  return query select f.agent, (count(*) filter (where f.status = 'active'))::int,
    (count(*) filter (where f.created_at >= v_since and f.created_at < v_until))::int,
    (count(*) filter (where f.measured_at >= v_since and f.measured_at < v_until and f.effect_bps is not null))::int,
    (count(*) filter (where f.measured_at >= v_since and f.measured_at < v_until and f.effect_bps > 0))::int,
    (count(*) filter (where f.measured_at >= v_since and f.measured_at < v_until and f.effect_bps < 0))::int,
    avg(f.effect_bps) filter (where f.measured_at >= v_since and f.measured_at < v_until)::double precision
  from public.metric_learnings(p_agent, p_search, p_market) f group by f.agent order by f.agent;
end $$;

-- The learnings measured in a time, the largest effect first, and in how many runs each went.
drop function public.dashboard_effects(date, date, text);
create function public.dashboard_effects(p_from date, p_to date, p_agent text default null, p_search uuid default null, p_market text default null)
returns table (id uuid, agent text, words text, outcome text, effect_bps int, measured_at timestamptz, runs int)
language plpgsql stable security invoker set search_path = '' as $$
begin
  return query select f.id, f.agent, f.words, f.outcome, f.effect_bps, f.measured_at,
    (select count(*)::int from public.agent_run_learnings l where l.feedback_id = f.id)
  from (select m.id, m.agent, m.words, m.outcome, m.effect_bps, m.measured_at from public.metric_learnings(p_agent, p_search, p_market) m
    where m.measured_at >= (select public.desk_day(p_from)) and m.measured_at < (select public.desk_day(p_to + 1)) and m.effect_bps is not null
    order by abs(m.effect_bps) desc, m.id limit 20) f
  order by abs(f.effect_bps) desc, f.id;
end $$;

-- As before, and which hour was the busiest.
drop function public.dashboard_sends(date, date, uuid, text, text);
create function public.dashboard_sends(p_from date, p_to date, p_search uuid default null, p_market text default null, p_by text default 'day')
returns table (key text, name text, sent int, bounced int, complained int, busiest_hour int, busiest_at timestamptz)
language sql stable security invoker set search_path = '' as $$
  with hours as (
    select case p_by when 'mailbox' then h.mailbox_id::text
        else to_char(h.hour at time zone (select d.time_zone from public.desk_settings d), 'YYYY-MM-DD') end as key,
      h.hour, sum(h.sent) as sent, sum(h.bounced) as bounced, sum(h.complained) as complained
    from public.send_hours h
   where h.hour >= (select public.whole_hour(public.desk_day(p_from))) and h.hour < (select public.desk_day(p_to + 1))
     and (p_search is null or h.campaign_id = (select c.id from public.campaigns c where c.search_id = p_search))
     and (p_market is null or h.market = p_market)
   group by 1, 2)
  select x.key, coalesce(m.address, x.key), sum(x.sent)::int, sum(x.bounced)::int, sum(x.complained)::int, max(x.sent)::int,
    (array_agg(x.hour order by x.sent desc, x.hour))[1]
    from hours x left join public.mailboxes m on p_by = 'mailbox' and m.id::text = x.key
   group by 1, 2 having sum(x.sent) > 0 order by 1
$$;

-- What takes places under the limits at this moment: mails handed over, and mails sent by hand with as many places as recipients.
create function public.metric_used(p_hours int, p_mailbox uuid default null, p_now timestamptz default now())
returns table (id uuid, title text, contact_id uuid, from_address text, to_words text, places int, by_hand boolean, at timestamptz)
language sql stable security invoker set search_path = '' as $$
  select s.id, s.subject, s.contact_id, m.address, s.to_email, 1, false, s.handed_at
    from public.sends s join public.mailboxes m on m.id = s.mailbox_id
   where s.handed_at > p_now - make_interval(hours => p_hours) and s.handed_at <= p_now and (p_mailbox is null or s.mailbox_id = p_mailbox)
  union all
  select h.id, h.subject, null, m.address, array_to_string(h.to_emails, ', '), h.recipients, true, h.sent_at
    from public.hand_sent_mails h join public.mailboxes m on m.id = h.mailbox_id
   where h.sent_at > p_now - make_interval(hours => p_hours) and h.sent_at <= p_now and (p_mailbox is null or h.mailbox_id = p_mailbox)
$$;

do $$
declare
  v_name text;
begin
  for v_name in select p.oid::regprocedure::text from pg_catalog.pg_proc p
     where p.pronamespace = 'public'::regnamespace and (p.proname like 'dashboard\_%' or p.proname like 'metric\_%') loop
    execute format('revoke execute on function %s from public, anon', v_name);
    execute format('grant execute on function %s to authenticated, service_role', v_name);
  end loop;
end $$;
