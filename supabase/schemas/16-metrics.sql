-- What the Metrics pages count, kept up as it happens, so that no page has to
-- read every mail. Everything here can be counted anew from the rows themselves:
-- rebuild_metrics() does, and the triggers must never come to another answer.
--
-- Every question takes days of the desk's zone, both included, and answers what the caller may read, narrowed
-- to a search or a market. Something is about a search when it was made for it, or about a mail that answers
-- one of its mails; about a market when its search found something there, or its mail came from a contact
-- found there. The market '' holds what has none. The counts and the rows of a question hold the same
-- condition, word for word; tests/stack/metrics adds the rows up.

-- One row per hour, search and market of finding: how many were found, and how far they have come since.
create table public.funnel_hours (
  hour timestamptz not null,
  search_id uuid not null,
  market text not null,
  properties int not null default 0,
  contacts int not null default 0,
  enrolled int not null default 0,
  sent int not null default 0,
  delivered int not null default 0,
  replied int not null default 0,
  interested int not null default 0,
  priced int not null default 0,
  primary key (hour, search_id, market)
);
create index funnel_hours_search on public.funnel_hours (search_id, hour);
alter table public.funnel_hours enable row level security;
create policy funnel_hours_read on public.funnel_hours for select to authenticated
  using ((select public.is_operator()));
grant select on public.funnel_hours to authenticated, service_role;

-- Mails that left, by the hour they left in; a bounce or complaint
-- counts against that hour, so that no rate passes 100 %.
create table public.send_hours (
  hour timestamptz not null,
  mailbox_id uuid not null,
  campaign_id uuid,
  market text not null,
  sent int not null default 0,
  bounced int not null default 0,
  complained int not null default 0,
  unique nulls not distinct (hour, mailbox_id, campaign_id, market)
);
create index send_hours_campaign on public.send_hours (campaign_id, hour);
alter table public.send_hours enable row level security;
create policy send_hours_read on public.send_hours for select to authenticated
  using ((select public.is_operator()));
grant select on public.send_hours to authenticated, service_role;

-- The same by the domain they went to, in months of UTC: mailbox providers judge over weeks.
create table public.domain_months (
  month date not null,
  domain text not null,
  sent int not null default 0,
  bounced int not null default 0,
  complained int not null default 0,
  primary key (month, domain)
);
alter table public.domain_months enable row level security;
create policy domain_months_read on public.domain_months for select to authenticated
  using ((select public.is_operator()));
grant select on public.domain_months to authenticated, service_role;

-- One narrow row per inbound mail: whose it is, and when it came, was routed and was answered.
create table public.reply_times (
  email_id uuid primary key references public.synced_emails (id) on delete cascade,
  received_at timestamptz not null,
  routed_at timestamptz,
  answered_at timestamptz,
  category text,
  agent_run_id uuid,
  send_id uuid,
  enrollment_id uuid,
  search_id uuid,
  market text not null default '',
  -- From arrival on. Kept, because taking the seconds out of 50,000 spans costs more than sorting them.
  routed_ms double precision,
  answered_ms double precision
);
create index reply_times_received on public.reply_times (received_at desc, email_id desc);
create index reply_times_enrollment on public.reply_times (enrollment_id);
create index reply_times_search on public.reply_times (search_id, received_at);
create index reply_times_complaints on public.reply_times (send_id) where category = 'complaint';
alter table public.reply_times enable row level security;
create policy reply_times_read on public.reply_times for select to authenticated
  using ((select public.is_operator()));
grant select on public.reply_times to authenticated, service_role;

-- The markets a payload asked for, by the names of the
-- lookups; where it names none, the place of the property.
create function public.market_of(p_extraction_id uuid, p_position int, p_property_id uuid) returns text
language sql stable security definer set search_path = '' as $$
  select coalesce(
    (select string_agg(coalesce(l.name, 'market ' || g.id), ' + ' order by l.name, g.id)
       from public.extraction_payloads x
       cross join lateral public.payload_grounds(jsonb_build_array(jsonb_build_object('payload', x.payload)))
         g
       left join public.costar_lookups l on l.kind = 'market' and l.id::text = g.id
      where x.extraction_id = p_extraction_id and x."position" = p_position and g.kind = 'market'),
    (select nullif(concat_ws(', ', nullif(p.city, ''), nullif(p.state, '')), '') from public.properties p
      where p.id = p_property_id), '')
$$;

-- How long something took, in the unit the pages' percentiles are in.
create function public.ms_between(p_from timestamptz, p_to timestamptz) returns double precision
language sql immutable set search_path = '' as $$
  select extract(epoch from p_to - p_from)::double precision * 1000 $$;

-- When and in which market, written at the finding: what finds it again must not move it.
create function public.stamp_found() returns trigger language plpgsql security definer
  set search_path = '' as $$
begin
  -- Whoever saves many rows at once says both already.
  if new.found_hour is not null and new.market is not null then
    return new;
  end if;
  if tg_table_name = 'search_properties' then
    select public.whole_hour(x.created_at) into new.found_hour from public.extractions x
      where x.id = new.extraction_id;
    new.market := public.market_of(new.extraction_id, new.payload_position, new.property_id);
  elsif tg_table_name = 'search_contacts' then
    select p.found_hour, p.market into new.found_hour, new.market from public.search_properties p
     where p.search_id = new.search_id and p.property_id = new.property_id;
    new.found_hour := coalesce(new.found_hour, (select public.whole_hour(s.created_at) from public.searches s
      where s.id = new.search_id));
  else
    select c.found_hour, c.market into new.found_hour, new.market
      from public.campaigns k join public.search_contacts c on c.search_id = k.search_id
        and c.contact_id = new.contact_id
     where k.id = new.campaign_id;
    new.found_hour := coalesce(new.found_hour, public.whole_hour(new.created_at));
  end if;
  new.market := coalesce(new.market, '');
  return new;
end $$;

-- True while rebuild_metrics() counts everything itself.
create function public.is_rebuilding() returns boolean
language sql stable set search_path = '' as $$
  select coalesce(current_setting('upstream.rebuilding', true), '') = 'yes' $$;

-- Adds what a whole statement brought, in one order:
-- statements that meet wait for each other and never cross.
create function public.count_found() returns trigger language plpgsql security definer
  set search_path = '' as $$
declare
  v_sign int := case tg_op when 'DELETE' then -1 else 1 end;
begin
  if tg_table_name = 'search_properties' then
    insert into public.funnel_hours as f (hour, search_id, market, properties)
    select r.found_hour, r.search_id, r.market, v_sign * count(*) from touched r
      group by 1, 2, 3 order by 1, 2, 3
    on conflict (hour, search_id, market) do update set properties = f.properties + excluded.properties;
  elsif tg_table_name = 'search_contacts' then
    insert into public.funnel_hours as f (hour, search_id, market, contacts)
    select r.found_hour, r.search_id, r.market, v_sign * count(*) from touched r
      group by 1, 2, 3 order by 1, 2, 3
    on conflict (hour, search_id, market) do update set contacts = f.contacts + excluded.contacts;
  else
    insert into public.funnel_hours as f (hour, search_id, market, enrolled, sent, delivered,
      replied, interested, priced)
    select r.found_hour, k.search_id, r.market, v_sign * count(*),
      v_sign * count(*) filter (where r.reached >= 1), v_sign * count(*) filter (where r.reached >= 2),
      v_sign * count(*) filter (where r.reached >= 3), v_sign * count(*) filter (where r.reached >= 4),
      v_sign * count(*) filter (where r.reached >= 5)
      from touched r join public.campaigns k on k.id = r.campaign_id group by 1, 2, 3 order by 1, 2, 3
    on conflict (hour, search_id, market) do update set enrolled = f.enrolled + excluded.enrolled,
      sent = f.sent + excluded.sent, delivered = f.delivered + excluded.delivered,
      replied = f.replied + excluded.replied, interested = f.interested + excluded.interested,
      priced = f.priced + excluded.priced;
  end if;
  return null;
end $$;

-- A contact came further, or fell back because something was undone.
create function public.count_reached() returns trigger language plpgsql security definer
  set search_path = '' as $$
begin
  if not public.is_rebuilding() then
    update public.funnel_hours f set
      sent = sent + (new.reached >= 1)::int - (old.reached >= 1)::int,
      delivered = delivered + (new.reached >= 2)::int - (old.reached >= 2)::int,
      replied = replied + (new.reached >= 3)::int - (old.reached >= 3)::int,
      interested = interested + (new.reached >= 4)::int - (old.reached >= 4)::int,
      priced = priced + (new.reached >= 5)::int - (old.reached >= 5)::int
    where f.hour = new.found_hour and f.market = new.market
      and f.search_id = (select k.search_id from public.campaigns k where k.id = new.campaign_id);
  end if;
  return null;
end $$;

-- What happened to these enrollments, from their mails and the answers. The rows are held
-- first, and the counting statement sees all that whoever held them before has done.
create function public.refresh_enrollments(p_ids uuid[]) returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform 1 from public.enrollments e where e.id = any (p_ids) order by e.id for no key update;
  update public.enrollments e set first_sent_at = x.first_sent_at, bounced_at = x.bounced_at,
    complained_at = x.complained_at,
      replied_at = x.replied_at, interested_at = x.interested_at, priced_at = x.priced_at
    from (
      select n.id, s.first_sent_at, s.bounced_at, r.complained_at, r.replied_at, r.interested_at, r.priced_at
        from unnest(p_ids) n (id)
        cross join lateral (select
            min(coalesce(s.sent_at, s.handed_at, s.created_at))
              filter (where s.status = 'sent') as first_sent_at,
            min(s.bounced_at) as bounced_at from public.sends s where s.enrollment_id = n.id) s
        cross join lateral (select
          min(t.received_at) filter (where t.category = 'complaint') as complained_at,
          min(t.received_at) filter (where public.is_own_words(t.category)) as replied_at,
          min(t.received_at) filter (where t.category in ('interested', 'pricing_given')) as interested_at,
          min(t.received_at) filter (where t.category = 'pricing_given') as priced_at
          from public.reply_times t where t.enrollment_id = n.id) r) x
   where e.id = x.id and (e.first_sent_at, e.bounced_at, e.complained_at, e.replied_at,
     e.interested_at, e.priced_at)
     is distinct from (x.first_sent_at, x.bounced_at, x.complained_at, x.replied_at,
       x.interested_at, x.priced_at);
end $$;

-- Adds a mail to what left, or takes it out.
create function public.count_send(p_send public.sends, p_sign int) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_at timestamptz := coalesce(p_send.sent_at, p_send.handed_at, p_send.created_at);
  v_bounced int := p_sign * (p_send.bounced_at is not null)::int;
  v_complained int := p_sign * (p_send.complained_at is not null)::int;
begin
  insert into public.send_hours as h (hour, mailbox_id, campaign_id, market, sent, bounced, complained)
  values (public.whole_hour(v_at), p_send.mailbox_id, p_send.campaign_id,
    coalesce((select e.market from public.enrollments e where e.id = p_send.enrollment_id), ''),
    p_sign, v_bounced, v_complained)
  on conflict (hour, mailbox_id, campaign_id, market) do update set sent = h.sent + excluded.sent,
    bounced = h.bounced + excluded.bounced, complained = h.complained + excluded.complained;
  insert into public.domain_months as d (month, domain, sent, bounced, complained)
  values (date_trunc('month', v_at at time zone 'UTC')::date, lower(split_part(p_send.to_email, '@', 2)),
    p_sign, v_bounced, v_complained)
  on conflict (month, domain) do update set sent = d.sent + excluded.sent,
    bounced = d.bounced + excluded.bounced, complained = d.complained + excluded.complained;
end $$;

-- The enrollment comes before the counts here and wherever mail
-- is routed, so that the two never wait for each other in a ring.
create function public.note_send() returns trigger language plpgsql security definer
  set search_path = '' as $$
begin
  if public.is_rebuilding() then
    return null;
  end if;
  if new.enrollment_id is not null then
    -- A mail found to have left after its answer came in: only now is it known what the answer is to.
    if tg_op = 'INSERT' or (old.status = 'sent') is distinct from (new.status = 'sent') then
      perform public.hold_contact(new.contact_id);
      perform public.time_mail(m.id, m.contact_id) from public.synced_emails m
       where m.contact_id = new.contact_id and m.send_id is null
         and m.received_at >= coalesce(new.sent_at, new.handed_at, new.created_at);
    end if;
    perform public.refresh_enrollments(array[new.enrollment_id]);
  elsif new.reply_to_email_id is not null then
    update public.reply_times t set answered_at = x.at, answered_ms = public.ms_between(t.received_at, x.at)
      from (select min(s.sent_at) as at from public.sends s
        where s.reply_to_email_id = new.reply_to_email_id and s.kind = 'manual_reply' and s.status = 'sent') x
     where t.email_id = new.reply_to_email_id;
  end if;
  if tg_op = 'UPDATE' and old.status = 'sent' then
    perform public.count_send(old, -1);
  end if;
  if new.status = 'sent' then
    perform public.count_send(new, 1);
  end if;
  return null;
end $$;

-- Whose mail it is: that of the mail it answers; without one, the newest mail this contact was sent before.
create function public.reply_time_of(p_email public.synced_emails) returns public.reply_times
language sql stable security definer set search_path = '' as $$
  select p_email.id, p_email.received_at, p_email.routed_at, one.answered_at, p_email.category,
    p_email.agent_run_id, s.id, e.id, k.search_id, coalesce(e.market, ''),
    public.ms_between(p_email.received_at, p_email.routed_at),
    public.ms_between(p_email.received_at, one.answered_at)
  from (select min(a.sent_at) as answered_at from public.sends a
    where a.reply_to_email_id = p_email.id and a.kind = 'manual_reply' and a.status = 'sent') one
  left join lateral (select x.id, x.enrollment_id, x.campaign_id from public.sends x
    where x.id = coalesce(p_email.send_id, (select o.id from public.sends o
      where o.contact_id = p_email.contact_id and o.status = 'sent'
      and o.enrollment_id is not null
      and coalesce(o.sent_at, o.handed_at, o.created_at) <= p_email.received_at
      order by coalesce(o.sent_at, o.handed_at, o.created_at) desc, o.id limit 1))) s on true
  left join public.enrollments e on e.id = s.enrollment_id
  left join public.campaigns k on k.id = coalesce(e.campaign_id, s.campaign_id)
$$;

-- Times one mail anew, and counts what that changes: the stages of its enrollment, and the complaint on the
-- mail it answers. The contact is held first, so that two mails of theirs are counted one after the other.
create function public.time_mail(p_email_id uuid, p_contact_id uuid) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_email public.synced_emails;
  v_before public.reply_times;
  v_after public.reply_times;
begin
  perform public.hold_contact(p_contact_id);
  select * into v_email from public.synced_emails m where m.id = p_email_id;
  select * into v_before from public.reply_times t where t.email_id = p_email_id;
  v_after := public.reply_time_of(v_email);
  insert into public.reply_times as t select v_after.*
  on conflict (email_id) do update set received_at = excluded.received_at, routed_at = excluded.routed_at,
    answered_at = excluded.answered_at, category = excluded.category, agent_run_id = excluded.agent_run_id,
    send_id = excluded.send_id, enrollment_id = excluded.enrollment_id, search_id = excluded.search_id,
    market = excluded.market, routed_ms = excluded.routed_ms, answered_ms = excluded.answered_ms;
  if (v_before.category, v_before.enrollment_id, v_before.received_at) is distinct from (v_after.category,
    v_after.enrollment_id, v_after.received_at)
    and coalesce(v_before.enrollment_id, v_after.enrollment_id) is not null then
    perform public.refresh_enrollments(array_remove(array[v_before.enrollment_id, v_after.enrollment_id],
      null));
  end if;
  if 'complaint' in (v_before.category, v_after.category) then
    update public.sends s set complained_at = (select min(t.received_at) from public.reply_times t
      where t.send_id = s.id and t.category = 'complaint')
     where s.id in (v_before.send_id, v_after.send_id);
  end if;
end $$;

-- Row by row: mails come one at a time, and each belongs to one contact, whose lock orders the counting.
create function public.note_mail() returns trigger language plpgsql security definer
  set search_path = '' as $$
begin
  if not public.is_rebuilding() then
    perform public.time_mail(new.id, new.contact_id);
  end if;
  return null;
end $$;

-- Counts everything anew, from the rows themselves.
create function public.rebuild_metrics() returns void
language plpgsql security definer set search_path = '' as $$
begin
  lock table public.search_properties, public.search_contacts, public.enrollments, public.sends,
  public.synced_emails in share row exclusive mode;
  perform set_config('upstream.rebuilding', 'yes', true);
  update public.search_properties p set found_hour = public.whole_hour(x.created_at),
    market = public.market_of(x.id, p.payload_position, p.property_id)
    from public.extractions x where x.id = p.extraction_id and p.found_hour is null;
  update public.search_contacts c
    set found_hour = coalesce((select p.found_hour from public.search_properties p
    where p.search_id = c.search_id
        and p.property_id = c.property_id), public.whole_hour(s.created_at)),
      market = coalesce((select p.market from public.search_properties p where p.search_id = c.search_id
        and p.property_id = c.property_id), '')
    from public.searches s where s.id = c.search_id and c.found_hour is null;
  update public.enrollments e set found_hour = coalesce(x.found_hour, public.whole_hour(e.created_at)),
    market = coalesce(x.market, '')
    from public.enrollments n join public.campaigns k on k.id = n.campaign_id
    left join public.search_contacts x on x.search_id = k.search_id and x.contact_id = n.contact_id
   where n.id = e.id and e.found_hour is null;
  delete from public.reply_times;
  insert into public.reply_times select t.* from public.synced_emails m
    cross join lateral public.reply_time_of(m) t;
  update public.sends s set complained_at = x.at from (
      select o.id, min(t.received_at) as at from public.sends o
        left join public.reply_times t on t.send_id = o.id and t.category = 'complaint'
       where o.complained_at is not null or t.email_id is not null group by o.id) x
   where s.id = x.id and s.complained_at is distinct from x.at;
  perform public.refresh_enrollments((select array_agg(e.id) from public.enrollments e));
  delete from public.funnel_hours;
  insert into public.funnel_hours
  select hour, search_id, market, sum(p), sum(c), sum(n), sum(s), sum(d), sum(r), sum(i), sum(g) from (
    select found_hour as hour, search_id, market, 1 as p, 0 as c, 0 as n, 0 as s, 0 as d, 0 as r, 0 as i,
      0 as g from public.search_properties
    union all select found_hour, search_id, market, 0, 1, 0, 0, 0, 0, 0, 0 from public.search_contacts
    union all select e.found_hour, k.search_id, e.market, 0, 0, 1, (reached >= 1)::int,
    (reached >= 2)::int, (reached >= 3)::int,
      (reached >= 4)::int, (reached >= 5)::int from public.enrollments e
        join public.campaigns k on k.id = e.campaign_id) x
  group by 1, 2, 3;
  delete from public.send_hours;
  insert into public.send_hours
  select public.whole_hour(coalesce(s.sent_at, s.handed_at, s.created_at)), s.mailbox_id,
    s.campaign_id, coalesce(e.market, ''), count(*), count(s.bounced_at), count(s.complained_at)
    from public.sends s left join public.enrollments e on e.id = s.enrollment_id
      where s.status = 'sent' group by 1, 2, 3, 4;
  delete from public.domain_months;
  insert into public.domain_months
  select date_trunc('month', coalesce(s.sent_at, s.handed_at, s.created_at) at time zone 'UTC')::date,
    lower(split_part(s.to_email, '@', 2)), count(*), count(s.bounced_at), count(s.complained_at)
      from public.sends s where s.status = 'sent' group by 1, 2;
  perform set_config('upstream.rebuilding', '', true);
end $$;
grant execute on function public.rebuild_metrics to service_role;

-- How far the contacts found in a time came: all together, by search or by market.
create function public.dashboard_funnel(p_from date, p_to date, p_search uuid default null,
  p_market text default null, p_by text default 'all')
returns table (key text, search_id uuid, name text, properties int, contacts int, enrolled int, sent int,
  delivered int, replied int, interested int, priced int) language sql stable security invoker
    set search_path = '' as $$
  select x.key, x.search_id, coalesce(s.name, x.key), x.properties::int, x.contacts::int,
    x.enrolled::int, x.sent::int, x.delivered::int, x.replied::int, x.interested::int, x.priced::int
  from (
    select case p_by when 'search' then f.search_id::text when 'market' then f.market else 'all' end as key,
      case p_by when 'search' then f.search_id end as search_id, coalesce(sum(f.properties), 0) as properties,
      coalesce(sum(f.contacts), 0) as contacts, coalesce(sum(f.enrolled), 0) as enrolled,
      coalesce(sum(f.sent), 0) as sent, coalesce(sum(f.delivered), 0) as delivered,
      coalesce(sum(f.replied), 0) as replied, coalesce(sum(f.interested), 0) as interested,
      coalesce(sum(f.priced), 0) as priced
    from public.funnel_hours f
   where f.hour >= (select public.whole_hour(public.desk_day(p_from)))
     and f.hour < (select public.desk_day(p_to + 1))
     and (p_search is null or f.search_id = p_search) and (p_market is null or f.market = p_market)
   group by 1, 2 order by sum(f.contacts) desc, 1 limit 200) x
  left join public.searches s on s.id = x.search_id
  order by x.contacts desc, x.key
$$;
grant execute on function public.dashboard_funnel to authenticated, service_role;

-- How each definition of each agent did with each model. First
-- pass: right at the first try, of all runs that got an answer.
create function public.dashboard_agents(p_from date, p_to date, p_agent text default null,
  p_search uuid default null, p_market text default null)
returns table (agent text, agent_version text, model text, runs int, succeeded int, failed int,
  answered int, first_pass int, p50_ms double precision, p95_ms double precision, input_tokens bigint,
  output_tokens bigint, cost_microusd bigint, learnings double precision, last_at timestamptz)
language sql stable security invoker set search_path = '' as $$
  select r.agent, r.agent_version, coalesce(r.answered_model, r.model), count(*)::int,
    (count(*) filter (where r.status = 'succeeded'))::int,
    (count(*) filter (where r.status = 'failed'))::int,
    (count(*) filter (where r.status = 'succeeded'
      or r.failure_kind in ('schema', 'checks', 'no_answer')))::int,
    (count(*) filter (where r.status = 'succeeded' and r.attempts <= 1))::int,
    percentile_cont(0.5) within group (order by r.duration_ms),
    percentile_cont(0.95) within group (order by r.duration_ms), coalesce(sum(r.input_tokens), 0)::bigint,
    coalesce(sum(r.output_tokens), 0)::bigint, coalesce(sum(r.cost_microusd), 0)::bigint,
    avg(r.learnings_given)::double precision, max(r.started_at)
  from public.agent_runs r
 where r.kind = 'live' and r.started_at >= (select public.desk_day(p_from))
   and r.started_at < (select public.desk_day(p_to + 1))
   and (p_agent is null or r.agent = p_agent)
   and ((p_search is null and p_market is null)
     or (r.search_id is not null and (p_search is null or r.search_id = p_search)
       and (p_market is null or r.search_id in (select f.search_id from public.funnel_hours f
         where f.market = p_market)))
     or r.email_id in (select t.email_id from public.reply_times t
       where (p_search is null or t.search_id = p_search) and (p_market is null or t.market = p_market))
     or r.id in (select t.agent_run_id from public.reply_times t where t.agent_run_id is not null
       and (p_search is null or t.search_id = p_search) and (p_market is null or t.market = p_market)))
 group by 1, 2, 3 order by 1, max(r.started_at) desc
$$;
grant execute on function public.dashboard_agents to authenticated, service_role;

-- Runs and spending per day and agent.
create function public.dashboard_agent_days(p_from date, p_to date, p_agent text default null,
  p_search uuid default null, p_market text default null)
returns table (day date, agent text, runs int, failed int, cost_microusd bigint)
language sql stable security invoker set search_path = '' as $$
  select (r.started_at at time zone (select d.time_zone from public.desk_settings d))::date, r.agent,
    count(*)::int,
    (count(*) filter (where r.status = 'failed'))::int, coalesce(sum(r.cost_microusd), 0)::bigint
  from public.agent_runs r
 where r.kind = 'live' and r.started_at >= (select public.desk_day(p_from))
   and r.started_at < (select public.desk_day(p_to + 1))
   and (p_agent is null or r.agent = p_agent)
   and ((p_search is null and p_market is null)
     or (r.search_id is not null and (p_search is null or r.search_id = p_search)
       and (p_market is null or r.search_id in (select f.search_id from public.funnel_hours f
         where f.market = p_market)))
     or r.email_id in (select t.email_id from public.reply_times t
       where (p_search is null or t.search_id = p_search) and (p_market is null or t.market = p_market))
     or r.id in (select t.agent_run_id from public.reply_times t where t.agent_run_id is not null
       and (p_search is null or t.search_id = p_search) and (p_market is null or t.market = p_market)))
 group by 1, 2 order by 1, 2
$$;
grant execute on function public.dashboard_agent_days to authenticated, service_role;

-- The runs themselves.
create function public.metric_runs(p_from date, p_to date, p_agent text default null,
  p_search uuid default null, p_market text default null)
returns table (id uuid, agent text, agent_version text, model text, purpose text, status text,
  failure_kind text, answered boolean, first_pass boolean, tokens bigint, cost_microusd bigint,
  duration_ms int, learnings int, started_at timestamptz)
language sql stable security invoker set search_path = '' as $$
  select r.id, r.agent, r.agent_version, coalesce(r.answered_model, r.model), r.purpose,
    r.status, r.failure_kind, r.status = 'succeeded'
      or coalesce(r.failure_kind in ('schema', 'checks', 'no_answer'), false),
    r.status = 'succeeded' and r.attempts <= 1,
    coalesce(r.input_tokens, 0)::bigint + coalesce(r.output_tokens, 0), r.cost_microusd::bigint,
    r.duration_ms, r.learnings_given, r.started_at
  from public.agent_runs r
 where r.kind = 'live' and r.started_at >= (select public.desk_day(p_from))
   and r.started_at < (select public.desk_day(p_to + 1))
   and (p_agent is null or r.agent = p_agent)
   and ((p_search is null and p_market is null)
     or (r.search_id is not null and (p_search is null or r.search_id = p_search)
       and (p_market is null or r.search_id in (select f.search_id from public.funnel_hours f
         where f.market = p_market)))
     or r.email_id in (select t.email_id from public.reply_times t
       where (p_search is null or t.search_id = p_search) and (p_market is null or t.market = p_market))
     or r.id in (select t.agent_run_id from public.reply_times t where t.agent_run_id is not null
       and (p_search is null or t.search_id = p_search) and (p_market is null or t.market = p_market)))
$$;
grant execute on function public.metric_runs to authenticated, service_role;

-- Decisions at each checkpoint: what waits now, how long
-- people took, and how many revisions an approval needed.
create function public.dashboard_checkpoints(p_from date, p_to date, p_agent text default null,
  p_search uuid default null, p_market text default null)
returns table (checkpoint text, agent text, mode text, waiting int, oldest_at timestamptz, decided int,
  approved int, revisions double precision, by_auto int, p50_ms double precision, p95_ms double precision)
    language sql stable security invoker set search_path = '' as $$
  select m.checkpoint, public.agent_of(m.checkpoint), m.mode, w.n::int, w.oldest, coalesce(d.decided, 0)::int,
    coalesce(d.approved, 0)::int, d.revisions::double precision, coalesce(d.by_auto, 0)::int, d.p50, d.p95
  from public.checkpoint_modes m
  left join lateral (select count(*) as n, min(q.requested_at) as oldest from public.approval_queue q
    where q.checkpoint = m.checkpoint and q.status = 'pending'
   and ((p_search is null and p_market is null)
     or (q.search_id is not null and (p_search is null or q.search_id = p_search)
       and (p_market is null or q.search_id in (select f.search_id from public.funnel_hours f
         where f.market = p_market)))
     or q.email_id in (select t.email_id from public.reply_times t
       where (p_search is null or t.search_id = p_search)
     and (p_market is null or t.market = p_market)))) w on true
  left join (
    select q.checkpoint, count(*) filter (where q.mode = 'plan') as decided,
      count(*) filter (where q.mode = 'plan' and q.status = 'approved') as approved,
      avg(q.revision) filter (where q.mode = 'plan' and q.status = 'approved') as revisions,
      count(*) filter (where q.mode = 'auto') as by_auto,
      percentile_cont(0.5) within group (order by extract(epoch
        from q.decided_at - q.requested_at)::double precision * 1000)
        filter (where q.mode = 'plan') as p50,
      percentile_cont(0.95) within group (order by extract(epoch
        from q.decided_at - q.requested_at)::double precision * 1000)
        filter (where q.mode = 'plan') as p95
    from public.approval_queue q
   where q.decided_at >= (select public.desk_day(p_from))
     and q.decided_at < (select public.desk_day(p_to + 1))
     and ((p_search is null and p_market is null)
     or (q.search_id is not null and (p_search is null or q.search_id = p_search)
       and (p_market is null or q.search_id in (select f.search_id from public.funnel_hours f
         where f.market = p_market)))
     or q.email_id in (select t.email_id from public.reply_times t
       where (p_search is null or t.search_id = p_search) and (p_market is null or t.market = p_market)))
   group by 1) d on d.checkpoint = m.checkpoint
 where p_agent is null or public.agent_of(m.checkpoint) = p_agent
 order by array_position('{sourcing,extraction,campaign,classification}'::text[], m.checkpoint)
$$;
grant execute on function public.dashboard_checkpoints to authenticated, service_role;

-- The proposals themselves: those decided in a time, or those that wait now.
create function public.metric_decisions(p_from date, p_to date, p_waiting boolean default false,
  p_search uuid default null, p_market text default null)
returns table (id uuid, title text, checkpoint text, revision int, mode text, status text, decided_by text,
  requested_at timestamptz, at timestamptz)
language sql stable security invoker set search_path = '' as $$
  select q.id, q.title, q.checkpoint, q.revision, q.mode, q.status, q.decided_by, q.requested_at,
    case when p_waiting then q.requested_at else q.decided_at end
  from public.approval_queue q
 where case when p_waiting then q.status = 'pending' else q.decided_at >= (select public.desk_day(p_from))
   and q.decided_at < (select public.desk_day(p_to + 1)) end
   and ((p_search is null and p_market is null)
     or (q.search_id is not null and (p_search is null or q.search_id = p_search)
       and (p_market is null or q.search_id in (select f.search_id from public.funnel_hours f
         where f.market = p_market)))
     or q.email_id in (select t.email_id from public.reply_times t
       where (p_search is null or t.search_id = p_search) and (p_market is null or t.market = p_market)))
$$;
grant execute on function public.metric_decisions to authenticated, service_role;

-- How often people left a proposal as it was, week by week.
create function public.dashboard_agreement(p_from date, p_to date, p_agent text default null,
  p_search uuid default null, p_market text default null)
returns table (week date, checkpoint text, judged int, unchanged int, edited int,
  changes_asked int, rejected int)
language sql stable security invoker set search_path = '' as $$
  select date_trunc('week', e.at at time zone (select d.time_zone from public.desk_settings d))::date,
    e.checkpoint, count(*)::int,
    (count(*) filter (where e.outcome = 'unchanged'))::int,
    (count(*) filter (where e.outcome = 'edited'))::int,
    (count(*) filter (where e.outcome = 'changes_asked'))::int,
    (count(*) filter (where e.outcome = 'rejected'))::int
  from public.trust_evidence e
 where e.at >= (select public.desk_day(p_from)) and e.at < (select public.desk_day(p_to + 1))
   and (p_agent is null or e.agent = p_agent)
   and ((p_search is null and p_market is null)
     or e.email_id in (select t.email_id from public.reply_times t
       where (p_search is null or t.search_id = p_search) and (p_market is null or t.market = p_market))
     or e.approval_id in (select a.id from public.approval_queue a
       where ((p_search is null and p_market is null)
       or (a.search_id is not null and (p_search is null or a.search_id = p_search)
         and (p_market is null or a.search_id in (select f.search_id from public.funnel_hours f
           where f.market = p_market)))
       or a.email_id in (select t.email_id from public.reply_times t
         where (p_search is null or t.search_id = p_search) and (p_market is null or t.market = p_market)))))
 group by 1, 2 order by 1, 2
$$;
grant execute on function public.dashboard_agreement to authenticated, service_role;

-- What was judged, one by one.
create function public.metric_judged(p_from date, p_to date, p_agent text default null,
  p_search uuid default null, p_market text default null)
returns table (id bigint, checkpoint text, agent text, outcome text, source text, changed_bps int,
  judged_by text, approval_id uuid, email_id uuid, title text, at timestamptz)
    language sql stable security invoker set search_path = '' as $$
  select e.id, e.checkpoint, e.agent, e.outcome, e.source, e.changed_bps, e.judged_by,
    e.approval_id, e.email_id,
    coalesce((select a.title from public.approval_queue a where a.id = e.approval_id),
      (select m.subject from public.synced_emails m where m.id = e.email_id)),
    e.at
  from public.trust_evidence e
 where e.at >= (select public.desk_day(p_from)) and e.at < (select public.desk_day(p_to + 1))
   and (p_agent is null or e.agent = p_agent)
   and ((p_search is null and p_market is null)
     or e.email_id in (select t.email_id from public.reply_times t
       where (p_search is null or t.search_id = p_search) and (p_market is null or t.market = p_market))
     or e.approval_id in (select a.id from public.approval_queue a
       where ((p_search is null and p_market is null)
       or (a.search_id is not null and (p_search is null or a.search_id = p_search)
         and (p_market is null or a.search_id in (select f.search_id from public.funnel_hours f
           where f.market = p_market)))
       or a.email_id in (select t.email_id from public.reply_times t
         where (p_search is null or t.search_id = p_search) and (p_market is null or t.market = p_market)))))
$$;
grant execute on function public.metric_judged to authenticated, service_role;

-- Words people said, without those that became others.
create function public.metric_learnings(p_agent text default null, p_search uuid default null,
  p_market text default null)
returns table (id uuid, agent text, words text, adjustment text, outcome text, effect_bps int, status text,
  author text, created_at timestamptz, measured_at timestamptz) language sql stable security invoker
    set search_path = '' as $$
  select x.id, x.agent, x.words, x.adjustment, x.outcome, x.effect_bps, x.status, x.author,
    x.created_at, x.measured_at
  from public.agent_feedback x
 where x.became is null and (p_agent is null or x.agent = p_agent)
   and ((p_search is null and p_market is null)
     or (x.search_id is not null and (p_search is null or x.search_id = p_search)
       and (p_market is null or x.search_id in (select h.search_id from public.funnel_hours h
         where h.market = p_market)))
     or x.approval_id in (select a.id from public.approval_queue a where a.email_id in
       (select t.email_id from public.reply_times t where (p_search is null or t.search_id = p_search)
         and (p_market is null or t.market = p_market))))
$$;
grant execute on function public.metric_learnings to authenticated, service_role;

-- What came of the words people said, by agent.
create function public.dashboard_learnings(p_from date, p_to date, p_agent text default null,
  p_search uuid default null, p_market text default null)
returns table (agent text, in_use int, said int, measured int, better int, worse int,
  mean_bps double precision)
language plpgsql stable security invoker set search_path = '' as $$
declare
  v_since timestamptz := public.desk_day(p_from);
  v_until timestamptz := public.desk_day(p_to + 1);
begin
  return query select f.agent, (count(*) filter (where f.status = 'active'))::int,
    (count(*) filter (where f.created_at >= v_since and f.created_at < v_until))::int,
    (count(*) filter (where f.measured_at >= v_since and f.measured_at < v_until
      and f.effect_bps is not null))::int,
    (count(*) filter (where f.measured_at >= v_since and f.measured_at < v_until and f.effect_bps > 0))::int,
    (count(*) filter (where f.measured_at >= v_since and f.measured_at < v_until and f.effect_bps < 0))::int,
    avg(f.effect_bps) filter (where f.measured_at >= v_since and f.measured_at < v_until)::double precision
  from public.metric_learnings(p_agent, p_search, p_market) f group by f.agent order by f.agent;
end $$;
grant execute on function public.dashboard_learnings to authenticated, service_role;

-- The learnings measured in a time, the largest effect first, and in how many runs each went.
create function public.dashboard_effects(p_from date, p_to date, p_agent text default null,
  p_search uuid default null, p_market text default null)
returns table (id uuid, agent text, words text, outcome text, effect_bps int,
  measured_at timestamptz, runs int)
language plpgsql stable security invoker set search_path = '' as $$
begin
  return query select f.id, f.agent, f.words, f.outcome, f.effect_bps, f.measured_at,
    (select count(*)::int from public.agent_run_learnings l where l.feedback_id = f.id)
  from (select m.id, m.agent, m.words, m.outcome, m.effect_bps, m.measured_at
    from public.metric_learnings(p_agent, p_search, p_market) m
    where m.measured_at >= (select public.desk_day(p_from))
      and m.measured_at < (select public.desk_day(p_to + 1)) and m.effect_bps is not null
    order by abs(m.effect_bps) desc, m.id limit 20) f
  order by abs(f.effect_bps) desc, f.id;
end $$;
grant execute on function public.dashboard_effects to authenticated, service_role;

-- What the classifier said each judged mail was, and what it was.
create function public.dashboard_confusion(p_from date, p_to date, p_search uuid default null,
  p_market text default null)
returns table (predicted text, correct text, mails int) language sql stable security invoker
  set search_path = '' as $$
  select j.predicted, j.correct, count(*)::int from public.judged_mails j
   where j.judged_at >= (select public.desk_day(p_from)) and j.judged_at < (select public.desk_day(p_to + 1))
     and (p_search is null or j.search_id = p_search) and (p_market is null or j.market = p_market)
   group by 1, 2 order by 3 desc, 1, 2
$$;
grant execute on function public.dashboard_confusion to authenticated, service_role;

-- How sure the classifier was, in steps of a tenth, against how often it was right.
create function public.dashboard_calibration(p_from date, p_to date, p_search uuid default null,
  p_market text default null)
returns table (bin int, mails int, correct int, confidence double precision)
  language sql stable security invoker set search_path = '' as $$
  select least(floor(j.confidence * 10), 9)::int, count(*)::int,
    (count(*) filter (where j.predicted = j.correct))::int, avg(j.confidence)::double precision
  from public.judged_mails j
 where j.judged_at >= (select public.desk_day(p_from)) and j.judged_at < (select public.desk_day(p_to + 1))
   and j.confidence is not null
   and (p_search is null or j.search_id = p_search) and (p_market is null or j.market = p_market)
 group by 1 order by 1
$$;
grant execute on function public.dashboard_calibration to authenticated, service_role;

-- From arrival to routing and to the answer, by category; the row without one is all of them.
create function public.dashboard_replies(p_from date, p_to date, p_search uuid default null,
  p_market text default null)
returns table (category text, mails int, by_agent int, routed int, answered int,
  routed_p50_ms double precision, routed_p95_ms double precision,
  answered_p50_ms double precision, answered_p95_ms double precision) language sql stable security invoker
    set search_path = '' as $$
  select x.category, count(*)::int, count(x.agent_run_id)::int, count(x.routed)::int, count(x.answered)::int,
    percentile_cont(0.5) within group (order by x.routed),
    percentile_cont(0.95) within group (order by x.routed),
    percentile_cont(0.5) within group (order by x.answered),
    percentile_cont(0.95) within group (order by x.answered)
  from (select coalesce(r.category, 'unread') as category, r.agent_run_id,
      r.routed_ms as routed, r.answered_ms as answered
    from public.reply_times r
   where r.received_at >= (select public.desk_day(p_from))
     and r.received_at < (select public.desk_day(p_to + 1))
     and (p_search is null or r.search_id = p_search) and (p_market is null or r.market = p_market)) x
  group by grouping sets ((x.category), ()) order by 2 desc, 1 nulls first
$$;
grant execute on function public.dashboard_replies to authenticated, service_role;

-- How long a mail waits to be filed and to be answered, week by week.
create function public.dashboard_reply_weeks(p_from date, p_to date, p_search uuid default null,
  p_market text default null)
returns table (week date, mails int, routed_p50_ms double precision, answered int,
  answered_p50_ms double precision)
language sql stable security invoker set search_path = '' as $$
  select date_trunc('week', r.received_at at time zone (select d.time_zone
    from public.desk_settings d))::date, count(*)::int,
      percentile_cont(0.5) within group (order by r.routed_ms),
    count(r.answered_at)::int, percentile_cont(0.5) within group (order by r.answered_ms)
  from public.reply_times r
 where r.received_at >= (select public.desk_day(p_from))
   and r.received_at < (select public.desk_day(p_to + 1))
   and (p_search is null or r.search_id = p_search) and (p_market is null or r.market = p_market)
 group by 1 order by 1
$$;
grant execute on function public.dashboard_reply_weeks to authenticated, service_role;

-- Mails that left, by day or by mailbox, with what bounced,
-- what drew a complaint, and which hour was the busiest.
create function public.dashboard_sends(p_from date, p_to date, p_search uuid default null,
  p_market text default null, p_by text default 'day')
returns table (key text, name text, sent int, bounced int, complained int,
  busiest_hour int, busiest_at timestamptz)
language sql stable security invoker set search_path = '' as $$
  with hours as (
    select case p_by when 'mailbox' then h.mailbox_id::text
        else to_char(h.hour at time zone (select d.time_zone from public.desk_settings d),
          'YYYY-MM-DD') end as key,
      h.hour, sum(h.sent) as sent, sum(h.bounced) as bounced, sum(h.complained) as complained
    from public.send_hours h
   where h.hour >= (select public.whole_hour(public.desk_day(p_from)))
     and h.hour < (select public.desk_day(p_to + 1))
     and (p_search is null or h.campaign_id = (select c.id from public.campaigns c
       where c.search_id = p_search))
     and (p_market is null or h.market = p_market)
   group by 1, 2)
  select x.key, coalesce(m.address, x.key), sum(x.sent)::int, sum(x.bounced)::int,
    sum(x.complained)::int, max(x.sent)::int,
    (array_agg(x.hour order by x.sent desc, x.hour))[1]
    from hours x left join public.mailboxes m on p_by = 'mailbox' and m.id::text = x.key
   group by 1, 2 having sum(x.sent) > 0 order by 1
$$;
grant execute on function public.dashboard_sends to authenticated, service_role;

-- What takes places under the limits at this moment: mails handed
-- over, and mails sent by hand with as many places as recipients.
create function public.metric_used(p_hours int, p_mailbox uuid default null, p_now timestamptz default now())
returns table (id uuid, title text, contact_id uuid, from_address text, to_words text, places int,
  by_hand boolean, at timestamptz)
language sql stable security invoker set search_path = '' as $$
  select s.id, s.subject, s.contact_id, m.address, s.to_email, 1, false, s.handed_at
    from public.sends s join public.mailboxes m on m.id = s.mailbox_id
   where s.handed_at > p_now - make_interval(hours => p_hours) and s.handed_at <= p_now
     and (p_mailbox is null or s.mailbox_id = p_mailbox)
  union all
  select h.id, h.subject, null, m.address, array_to_string(h.to_emails, ', '), h.recipients, true, h.sent_at
    from public.hand_sent_mails h join public.mailboxes m on m.id = h.mailbox_id
   where h.sent_at > p_now - make_interval(hours => p_hours) and h.sent_at <= p_now
     and (p_mailbox is null or h.mailbox_id = p_mailbox)
$$;
grant execute on function public.metric_used to authenticated, service_role;

-- The domains most mails went to, in whole months.
create function public.dashboard_domains(p_from date, p_to date)
returns table (domain text, sent int, bounced int, complained int) language sql stable security invoker
  set search_path = '' as $$
  select d.domain, sum(d.sent)::int, sum(d.bounced)::int, sum(d.complained)::int from public.domain_months d
   where d.month >= date_trunc('month', p_from)::date and d.month <= p_to
   group by 1 having sum(d.sent) > 0 order by 2 desc, 1 limit 50
$$;
grant execute on function public.dashboard_domains to authenticated, service_role;

-- Each mailbox against its limits as they hold at this moment, and
-- the desk as a whole (without an id). Mail sent by hand counts.
create function public.dashboard_limits(p_now timestamptz default now())
returns table (mailbox_id uuid, name text, status text, hour_used int, hour_limit int, day_used int,
  day_limit int, warming_up boolean)
language sql stable security invoker set search_path = '' as $$
  with used as (
    select x.mailbox_id, sum(x.n) filter (where x.at > p_now - interval '1 hour') as hour, sum(x.n) as day
      from (
      select s.mailbox_id, s.handed_at as at, 1 as n from public.sends s
        where s.handed_at > p_now - interval '24 hours' and s.handed_at <= p_now
      union all
      select h.mailbox_id, h.sent_at, h.recipients from public.hand_sent_mails h
        where h.sent_at > p_now - interval '24 hours' and h.sent_at <= p_now) x
    group by 1)
  select null::uuid, 'All mailboxes', null, coalesce((select sum(u.hour) from used u), 0)::int,
    d.hourly_limit, coalesce((select sum(u.day) from used u), 0)::int, d.daily_limit, false
    from public.desk_settings d where d.id = 1
  union all
  (select m.id, m.address, m.status, coalesce(u.hour, 0)::int, m.hourly_limit, coalesce(u.day, 0)::int,
    l.daily, l.daily < m.daily_limit
    from public.mailboxes m cross join lateral (select public.mailbox_daily_limit(m.id, p_now) as daily) l
    left join used u on u.mailbox_id = m.id order by m.address)
$$;
grant execute on function public.dashboard_limits to authenticated, service_role;

-- The markets there are numbers for, most contacts first.
create function public.dashboard_markets() returns table (market text, contacts int)
language sql stable security invoker set search_path = '' as $$
  select f.market, sum(f.contacts)::int from public.funnel_hours f where f.market <> '' group by 1
    order by 2 desc, 1 limit 200
$$;
grant execute on function public.dashboard_markets to authenticated, service_role;

-- Each mail the classifier read and a person judged: by saying what it is, or
-- by deciding the proposal. A later word of a person stands over the decision.
create view public.judged_mails with (security_invoker = true) as
  select l.email_id, l.labelled_at as judged_at, l.labelled_by as judged_by, l.predicted,
    l.predicted_confidence as confidence, l.correct, r.search_id, r.market
    from public.labelled_replies l join public.reply_times r on r.email_id = l.email_id
   where l.predicted is not null and r.agent_run_id is not null
  union all
  select q.email_id, q.decided_at, q.decided_by, q.proposal ->> 'category',
    (q.proposal ->> 'confidence')::numeric, coalesce(q.edits ->> 'category', q.proposal ->> 'category'),
    r.search_id, r.market
    from public.approval_queue q join public.reply_times r on r.email_id = q.email_id
   where q.checkpoint = 'classification' and q.mode = 'plan' and q.status = 'approved'
     and q.email_id is not null
     and not exists (select from public.labelled_replies l where l.email_id = q.email_id);
grant select on public.judged_mails to authenticated;
grant select on public.judged_mails to service_role;

create trigger search_properties_found before insert on public.search_properties for each row
  execute function public.stamp_found();
create trigger search_properties_counted after insert
  on public.search_properties referencing new table as touched
  for each statement execute function public.count_found();
create trigger search_properties_uncounted after delete
  on public.search_properties referencing old table as touched
  for each statement execute function public.count_found();

create trigger search_contacts_found before insert on public.search_contacts for each row
  execute function public.stamp_found();
create trigger search_contacts_counted after insert on public.search_contacts referencing new table as touched
  for each statement execute function public.count_found();
create trigger search_contacts_uncounted after delete
  on public.search_contacts referencing old table as touched
  for each statement execute function public.count_found();

create trigger enrollments_found before insert on public.enrollments for each row
  execute function public.stamp_found();
create trigger enrollments_counted after insert on public.enrollments referencing new table as touched
  for each statement execute function public.count_found();
create trigger enrollments_uncounted after delete on public.enrollments referencing old table as touched
  for each statement execute function public.count_found();
create trigger enrollments_reached after update on public.enrollments
  for each row when (old.reached is distinct from new.reached) execute function public.count_reached();

create trigger sends_left after insert on public.sends for each row
  when (new.status = 'sent' or new.bounced_at is not null)
  execute function public.note_send();
create trigger sends_changed after update on public.sends for each row
  when ((old.status = 'sent') is distinct from (new.status = 'sent')
    or old.bounced_at is distinct from new.bounced_at
    or old.complained_at is distinct from new.complained_at
    or (new.status = 'sent' and old.sent_at is distinct from new.sent_at)
    or (new.status = 'sent' and old.mailbox_id is distinct from new.mailbox_id))
  execute function public.note_send();

create trigger synced_emails_noted after insert on public.synced_emails for each row
  execute function public.note_mail();
create trigger synced_emails_renoted after update on public.synced_emails for each row
  when ((old.category, old.contact_id, old.send_id, old.routed_at, old.received_at, old.agent_run_id)
    is distinct from (new.category, new.contact_id, new.send_id, new.routed_at,
      new.received_at, new.agent_run_id))
  execute function public.note_mail();

-- Postgres lets everybody call a new function; here only those may who were granted it beside its body.
revoke execute on all functions in schema public from public, anon;
