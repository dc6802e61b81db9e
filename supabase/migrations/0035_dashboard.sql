-- The questions the Metrics pages ask. Every one takes days of the desk's zone, both included, and answers what the caller may
-- read. Runs that only look on (shadows, tests) are in no count.

-- When a day of the desk begins.
create function public.desk_day(p_day date) returns timestamptz
language sql stable security invoker set search_path = '' as $$
  select p_day::timestamp at time zone d.time_zone from public.desk_settings d where d.id = 1
$$;

-- How many learnings a run was given, kept beside it.
alter table public.agent_runs add column learnings_given int not null default 0;
update public.agent_runs r set learnings_given = x.n
  from (select l.run_id, count(*) as n from public.agent_run_learnings l group by 1) x where x.run_id = r.id;
create function public.count_given() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  update public.agent_runs r set learnings_given = learnings_given + x.n
    from (select t.run_id, count(*) as n from touched t group by 1) x where r.id = x.run_id;
  return null;
end $$;
create trigger agent_run_learnings_counted after insert on public.agent_run_learnings referencing new table as touched
  for each statement execute function public.count_given();

create index agent_runs_measured on public.agent_runs (started_at, agent, agent_version) include
  (status, failure_kind, attempts, duration_ms, input_tokens, output_tokens, cost_microusd, learnings_given, search_id) where kind = 'live';
create index approval_queue_decided on public.approval_queue (decided_at) include (checkpoint, mode, status, revision, requested_at, search_id)
  where decided_at is not null;
create index approval_queue_read_mails on public.approval_queue (decided_at)
  where checkpoint = 'classification' and mode = 'plan' and status = 'approved' and email_id is not null;
create index labelled_replies_at on public.labelled_replies (labelled_at desc, email_id desc);
create index trust_evidence_at on public.trust_evidence (at) include (checkpoint, outcome);

create function public.dashboard_funnel(p_from date, p_to date, p_search uuid default null, p_market text default null, p_by text default 'all')
returns table (key text, search_id uuid, name text, properties int, contacts int, enrolled int, sent int, delivered int, replied int,
  interested int, priced int) language sql stable security invoker set search_path = '' as $$
  select x.key, x.search_id, coalesce(s.name, x.key), x.properties::int, x.contacts::int, x.enrolled::int, x.sent::int,
    x.delivered::int, x.replied::int, x.interested::int, x.priced::int
  from (
    select case p_by when 'search' then f.search_id::text when 'market' then f.market else 'all' end as key,
      case p_by when 'search' then f.search_id end as search_id, coalesce(sum(f.properties), 0) as properties,
      coalesce(sum(f.contacts), 0) as contacts, coalesce(sum(f.enrolled), 0) as enrolled, coalesce(sum(f.sent), 0) as sent,
      coalesce(sum(f.delivered), 0) as delivered, coalesce(sum(f.replied), 0) as replied,
      coalesce(sum(f.interested), 0) as interested, coalesce(sum(f.priced), 0) as priced
    from public.funnel_hours f
   where f.hour >= (select public.whole_hour(public.desk_day(p_from))) and f.hour < (select public.desk_day(p_to + 1))
     and (p_search is null or f.search_id = p_search) and (p_market is null or f.market = p_market)
   group by 1, 2 order by sum(f.contacts) desc, 1 limit 200) x
  left join public.searches s on s.id = x.search_id
  order by x.contacts desc, x.key
$$;

-- How each definition of each agent did. First pass: right at the first try, of all runs that got an answer.
create function public.dashboard_agents(p_from date, p_to date, p_agent text default null, p_search uuid default null)
returns table (agent text, agent_version text, runs int, succeeded int, failed int, answered int, first_pass int, p50_ms double precision,
  p95_ms double precision, input_tokens bigint, output_tokens bigint, cost_microusd bigint, learnings double precision, last_at timestamptz)
language sql stable security invoker set search_path = '' as $$
  select r.agent, r.agent_version, count(*)::int, (count(*) filter (where r.status = 'succeeded'))::int,
    (count(*) filter (where r.status = 'failed'))::int,
    (count(*) filter (where r.status = 'succeeded' or r.failure_kind in ('schema', 'checks', 'no_answer')))::int,
    (count(*) filter (where r.status = 'succeeded' and r.attempts <= 1))::int,
    percentile_cont(0.5) within group (order by r.duration_ms), percentile_cont(0.95) within group (order by r.duration_ms),
    coalesce(sum(r.input_tokens), 0)::bigint, coalesce(sum(r.output_tokens), 0)::bigint, coalesce(sum(r.cost_microusd), 0)::bigint,
    avg(r.learnings_given)::double precision, max(r.started_at)
  from public.agent_runs r
 where r.kind = 'live' and r.started_at >= (select public.desk_day(p_from)) and r.started_at < (select public.desk_day(p_to + 1))
   and (p_agent is null or r.agent = p_agent) and (p_search is null or r.search_id = p_search)
 group by 1, 2 order by 1, max(r.started_at) desc
$$;

-- Runs and spending per day and agent.
create function public.dashboard_agent_days(p_from date, p_to date, p_agent text default null, p_search uuid default null)
returns table (day date, agent text, runs int, failed int, cost_microusd bigint)
language sql stable security invoker set search_path = '' as $$
  select (r.started_at at time zone (select d.time_zone from public.desk_settings d))::date, r.agent, count(*)::int,
    (count(*) filter (where r.status = 'failed'))::int, coalesce(sum(r.cost_microusd), 0)::bigint
  from public.agent_runs r
 where r.kind = 'live' and r.started_at >= (select public.desk_day(p_from)) and r.started_at < (select public.desk_day(p_to + 1))
   and (p_agent is null or r.agent = p_agent) and (p_search is null or r.search_id = p_search)
 group by 1, 2 order by 1, 2
$$;

-- Decisions at each checkpoint: what waits now, how long people took, and how many revisions an approval needed.
create function public.dashboard_checkpoints(p_from date, p_to date, p_agent text default null, p_search uuid default null)
returns table (checkpoint text, agent text, mode text, waiting int, oldest_at timestamptz, decided int, approved int, revisions double precision,
  by_auto int, p50_ms double precision, p95_ms double precision) language sql stable security invoker set search_path = '' as $$
  select m.checkpoint, public.agent_of(m.checkpoint), m.mode, w.n::int, w.oldest, coalesce(d.decided, 0)::int, coalesce(d.approved, 0)::int,
    d.revisions::double precision, coalesce(d.by_auto, 0)::int, d.p50, d.p95
  from public.checkpoint_modes m
  left join lateral (select count(*) as n, min(q.requested_at) as oldest from public.approval_queue q
    where q.checkpoint = m.checkpoint and q.status = 'pending' and (p_search is null or q.search_id = p_search)) w on true
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
     and (p_search is null or q.search_id = p_search)
   group by 1) d on d.checkpoint = m.checkpoint
 where p_agent is null or public.agent_of(m.checkpoint) = p_agent
 order by array_position('{sourcing,extraction,campaign,classification}'::text[], m.checkpoint)
$$;

-- How often people left a proposal as it was, week by week.
create function public.dashboard_agreement(p_from date, p_to date, p_agent text default null)
returns table (week date, checkpoint text, judged int, unchanged int, edited int, changes_asked int, rejected int)
language sql stable security invoker set search_path = '' as $$
  select date_trunc('week', e.at at time zone (select d.time_zone from public.desk_settings d))::date, e.checkpoint, count(*)::int,
    (count(*) filter (where e.outcome = 'unchanged'))::int, (count(*) filter (where e.outcome = 'edited'))::int,
    (count(*) filter (where e.outcome = 'changes_asked'))::int, (count(*) filter (where e.outcome = 'rejected'))::int
  from public.trust_evidence e
 where e.at >= (select public.desk_day(p_from)) and e.at < (select public.desk_day(p_to + 1)) and (p_agent is null or e.agent = p_agent)
 group by 1, 2 order by 1, 2
$$;

-- What came of the words people said, by agent. (What is measured comes with the next migration; nothing calls these before it.)
create function public.dashboard_learnings(p_from date, p_to date, p_agent text default null)
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
  from public.agent_feedback f
 where f.became is null and (p_agent is null or f.agent = p_agent) group by f.agent order by f.agent;
end $$;

-- The learnings measured in a time, the largest effect first, and in how many runs each went (no more than 1,000 are counted).
create function public.dashboard_effects(p_from date, p_to date, p_agent text default null)
returns table (id uuid, agent text, words text, outcome text, effect_bps int, measured_at timestamptz, runs int)
language plpgsql stable security invoker set search_path = '' as $$
begin
  return query select f.id, f.agent, f.words, f.outcome, f.effect_bps, f.measured_at,
    (select count(*) from (select from public.agent_run_learnings l where l.feedback_id = f.id limit 1000) x)::int
  from (select * from public.agent_feedback m
    where m.measured_at >= (select public.desk_day(p_from)) and m.measured_at < (select public.desk_day(p_to + 1))
      and m.effect_bps is not null and m.became is null and (p_agent is null or m.agent = p_agent)
    order by abs(m.effect_bps) desc, m.id limit 20) f
  order by abs(f.effect_bps) desc, f.id;
end $$;

-- Each mail the classifier read and a person judged: by saying what it is, or by deciding the proposal. A later word of a
-- person stands over the decision.
create view public.judged_mails with (security_invoker = true) as
  select l.email_id, l.labelled_at as judged_at, l.labelled_by as judged_by, l.predicted, l.predicted_confidence as confidence, l.correct,
    r.search_id, r.market
    from public.labelled_replies l join public.reply_times r on r.email_id = l.email_id
   where l.predicted is not null and r.agent_run_id is not null
  union all
  select q.email_id, q.decided_at, q.decided_by, q.proposal ->> 'category', (q.proposal ->> 'confidence')::numeric,
    coalesce(q.edits ->> 'category', q.proposal ->> 'category'), r.search_id, r.market
    from public.approval_queue q join public.reply_times r on r.email_id = q.email_id
   where q.checkpoint = 'classification' and q.mode = 'plan' and q.status = 'approved' and q.email_id is not null
     and not exists (select from public.labelled_replies l where l.email_id = q.email_id);

create function public.dashboard_confusion(p_from date, p_to date, p_search uuid default null, p_market text default null)
returns table (predicted text, correct text, mails int) language sql stable security invoker set search_path = '' as $$
  select j.predicted, j.correct, count(*)::int from public.judged_mails j
   where j.judged_at >= (select public.desk_day(p_from)) and j.judged_at < (select public.desk_day(p_to + 1))
     and (p_search is null or j.search_id = p_search) and (p_market is null or j.market = p_market)
   group by 1, 2 order by 3 desc, 1, 2
$$;

-- How sure the classifier was, in steps of a tenth, against how often it was right.
create function public.dashboard_calibration(p_from date, p_to date, p_search uuid default null, p_market text default null)
returns table (bin int, mails int, correct int, confidence double precision) language sql stable security invoker set search_path = '' as $$
  select least(floor(j.confidence * 10), 9)::int, count(*)::int, (count(*) filter (where j.predicted = j.correct))::int,
    avg(j.confidence)::double precision
  from public.judged_mails j
 where j.judged_at >= (select public.desk_day(p_from)) and j.judged_at < (select public.desk_day(p_to + 1)) and j.confidence is not null
   and (p_search is null or j.search_id = p_search) and (p_market is null or j.market = p_market)
 group by 1 order by 1
$$;

-- From arrival to routing and to the answer, by category; the row without one is all of them.
create function public.dashboard_replies(p_from date, p_to date, p_search uuid default null, p_market text default null)
returns table (category text, mails int, by_agent int, routed int, answered int, routed_p50_ms double precision, routed_p95_ms double precision,
  answered_p50_ms double precision, answered_p95_ms double precision) language sql stable security invoker set search_path = '' as $$
  select x.category, count(*)::int, count(x.agent_run_id)::int, count(x.routed)::int, count(x.answered)::int,
    percentile_cont(0.5) within group (order by x.routed), percentile_cont(0.95) within group (order by x.routed),
    percentile_cont(0.5) within group (order by x.answered), percentile_cont(0.95) within group (order by x.answered)
  from (select coalesce(r.category, 'unread') as category, r.agent_run_id,
      r.routed_ms as routed, r.answered_ms as answered
    from public.reply_times r
   where r.received_at >= (select public.desk_day(p_from)) and r.received_at < (select public.desk_day(p_to + 1))
     and (p_search is null or r.search_id = p_search) and (p_market is null or r.market = p_market)) x
  group by grouping sets ((x.category), ()) order by 2 desc, 1 nulls first
$$;

create function public.dashboard_reply_weeks(p_from date, p_to date, p_search uuid default null, p_market text default null)
returns table (week date, mails int, routed_p50_ms double precision, answered int, answered_p50_ms double precision)
language sql stable security invoker set search_path = '' as $$
  select date_trunc('week', r.received_at at time zone (select d.time_zone from public.desk_settings d))::date, count(*)::int,
    percentile_cont(0.5) within group (order by r.routed_ms),
    count(r.answered_at)::int, percentile_cont(0.5) within group (order by r.answered_ms)
  from public.reply_times r
 where r.received_at >= (select public.desk_day(p_from)) and r.received_at < (select public.desk_day(p_to + 1))
   and (p_search is null or r.search_id = p_search) and (p_market is null or r.market = p_market)
 group by 1 order by 1
$$;

-- Mails that left, by day or by mailbox, with what bounced and what drew a complaint.
create function public.dashboard_sends(p_from date, p_to date, p_search uuid default null, p_market text default null, p_by text default 'day')
returns table (key text, name text, sent int, bounced int, complained int, busiest_hour int)
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
  select x.key, coalesce(m.address, x.key), sum(x.sent)::int, sum(x.bounced)::int, sum(x.complained)::int, max(x.sent)::int
    from hours x left join public.mailboxes m on p_by = 'mailbox' and m.id::text = x.key
   group by 1, 2 having sum(x.sent) > 0 order by 1
$$;

-- The domains most mails went to, in whole months.
create function public.dashboard_domains(p_from date, p_to date)
returns table (domain text, sent int, bounced int, complained int) language sql stable security invoker set search_path = '' as $$
  select d.domain, sum(d.sent)::int, sum(d.bounced)::int, sum(d.complained)::int from public.domain_months d
   where d.month >= date_trunc('month', p_from)::date and d.month <= p_to
   group by 1 having sum(d.sent) > 0 order by 2 desc, 1 limit 50
$$;

-- Each mailbox against its limits as they hold at this moment, and the desk as a whole (without an id). Mail sent by hand counts.
create function public.dashboard_limits(p_now timestamptz default now())
returns table (mailbox_id uuid, name text, status text, hour_used int, hour_limit int, day_used int, day_limit int, warming_up boolean)
language sql stable security invoker set search_path = '' as $$
  with used as (
    select x.mailbox_id, sum(x.n) filter (where x.at > p_now - interval '1 hour') as hour, sum(x.n) as day from (
      select s.mailbox_id, s.handed_at as at, 1 as n from public.sends s where s.handed_at > p_now - interval '24 hours' and s.handed_at <= p_now
      union all
      select h.mailbox_id, h.sent_at, h.recipients from public.hand_sent_mails h where h.sent_at > p_now - interval '24 hours' and h.sent_at <= p_now) x
    group by 1)
  select null::uuid, 'All mailboxes', null, coalesce((select sum(u.hour) from used u), 0)::int, d.hourly_limit,
    coalesce((select sum(u.day) from used u), 0)::int, d.daily_limit, false
    from public.desk_settings d where d.id = 1
  union all
  (select m.id, m.address, m.status, coalesce(u.hour, 0)::int, m.hourly_limit, coalesce(u.day, 0)::int, l.daily, l.daily < m.daily_limit
    from public.mailboxes m cross join lateral (select public.mailbox_daily_limit(m.id, p_now) as daily) l
    left join used u on u.mailbox_id = m.id order by m.address)
$$;

-- The markets there are numbers for, most contacts first.
create function public.dashboard_markets() returns table (market text, contacts int)
language sql stable security invoker set search_path = '' as $$
  select f.market, sum(f.contacts)::int from public.funnel_hours f where f.market <> '' group by 1 order by 2 desc, 1 limit 200
$$;

grant select on public.judged_mails to authenticated, service_role;
revoke execute on function public.count_given() from public, anon;
do $$
declare
  v_name text;
begin
  for v_name in select p.oid::regprocedure::text from pg_catalog.pg_proc p
     where p.pronamespace = 'public'::regnamespace and (p.proname like 'dashboard\_%' or p.proname in ('desk_day', 'whole_hour')) loop
    execute format('revoke execute on function %s from public, anon', v_name);
    execute format('grant execute on function %s to authenticated, service_role', v_name);
  end loop;
end $$;
