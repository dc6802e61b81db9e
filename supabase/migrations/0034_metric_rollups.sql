-- What the Metrics pages count, kept up as it happens, so that no page has to read every mail. Everything here can be counted
-- anew from the rows themselves: rebuild_metrics() does, and the triggers must never come to another answer.

-- Hours are whole hours of UTC; a page adds them up to days of the desk's zone.
create function public.whole_hour(p_at timestamptz) returns timestamptz
language sql immutable set search_path = '' as $$ select date_trunc('hour', p_at, 'UTC') $$;

-- The markets a payload asked for, by the names of the lookups; where it names none, the place of the property.
create function public.market_of(p_extraction_id uuid, p_position int, p_property_id uuid) returns text
language sql stable security definer set search_path = '' as $$
  select coalesce(
    (select string_agg(coalesce(l.name, 'market ' || g.id), ' + ' order by l.name, g.id)
       from public.extraction_payloads x
       cross join lateral public.payload_grounds(jsonb_build_array(jsonb_build_object('payload', x.payload))) g
       left join public.costar_lookups l on l.kind = 'market' and l.id::text = g.id
      where x.extraction_id = p_extraction_id and x."position" = p_position and g.kind = 'market'),
    (select nullif(concat_ws(', ', nullif(p.city, ''), nullif(p.state, '')), '') from public.properties p where p.id = p_property_id), '')
$$;

-- When and in which market something was found. The first finding stands, whatever finds it again.
alter table public.search_properties add column found_hour timestamptz, add column market text;
alter table public.search_contacts add column found_hour timestamptz, add column market text;
-- How far a contact came in a campaign: 0 enrolled, 1 sent, 2 delivered, 3 replied, 4 interested, 5 priced. Each stage holds
-- the ones after it, so that a funnel never widens. Whoever wrote back was reached, whatever else bounced.
alter table public.enrollments
  add column found_hour timestamptz, add column market text,
  add column first_sent_at timestamptz, add column bounced_at timestamptz, add column complained_at timestamptz,
  add column replied_at timestamptz, add column interested_at timestamptz, add column priced_at timestamptz,
  add column reached int generated always as (case when first_sent_at is null then 0 when priced_at is not null then 5
    when interested_at is not null then 4 when replied_at is not null then 3 when bounced_at is null then 2 else 1 end) stored;
alter table public.sends add column complained_at timestamptz;

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

-- Mails that left, by the hour they left in; a bounce or complaint counts against that hour, so that no rate passes 100 %.
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

-- The same by the domain they went to, in months of UTC: mailbox providers judge over weeks.
create table public.domain_months (
  month date not null,
  domain text not null,
  sent int not null default 0,
  bounced int not null default 0,
  complained int not null default 0,
  primary key (month, domain)
);

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
create function public.ms_between(p_from timestamptz, p_to timestamptz) returns double precision
language sql immutable set search_path = '' as $$ select extract(epoch from p_to - p_from)::double precision * 1000 $$;
create index reply_times_received on public.reply_times (received_at desc, email_id desc);
create index reply_times_enrollment on public.reply_times (enrollment_id);
create index reply_times_search on public.reply_times (search_id, received_at);
create index reply_times_complaints on public.reply_times (send_id) where category = 'complaint';
create index sends_manual on public.sends (reply_to_email_id) where kind = 'manual_reply' and status = 'sent';

-- A person wrote this, not a machine.
create function public.is_own_words(p_category text) returns boolean
language sql immutable set search_path = '' as $$
  select coalesce(p_category not in ('bounce', 'out_of_office', 'receipt'), false)
$$;

create function public.stamp_found() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  -- Whoever saves many rows at once says both already.
  if new.found_hour is not null and new.market is not null then
    return new;
  end if;
  if tg_table_name = 'search_properties' then
    select public.whole_hour(x.created_at) into new.found_hour from public.extractions x where x.id = new.extraction_id;
    new.market := public.market_of(new.extraction_id, new.payload_position, new.property_id);
  elsif tg_table_name = 'search_contacts' then
    select p.found_hour, p.market into new.found_hour, new.market from public.search_properties p
     where p.search_id = new.search_id and p.property_id = new.property_id;
    new.found_hour := coalesce(new.found_hour, (select public.whole_hour(s.created_at) from public.searches s where s.id = new.search_id));
  else
    select c.found_hour, c.market into new.found_hour, new.market
      from public.campaigns k join public.search_contacts c on c.search_id = k.search_id and c.contact_id = new.contact_id
     where k.id = new.campaign_id;
    new.found_hour := coalesce(new.found_hour, public.whole_hour(new.created_at));
  end if;
  new.market := coalesce(new.market, '');
  return new;
end $$;
create trigger search_properties_found before insert on public.search_properties for each row execute function public.stamp_found();
create trigger search_contacts_found before insert on public.search_contacts for each row execute function public.stamp_found();
create trigger enrollments_found before insert on public.enrollments for each row execute function public.stamp_found();

-- True while rebuild_metrics() counts everything itself.
create function public.is_rebuilding() returns boolean
language sql stable set search_path = '' as $$ select coalesce(current_setting('upstream.rebuilding', true), '') = 'yes' $$;

-- Adds what a whole statement brought, in one order: statements that meet wait for each other and never cross.
create function public.count_found() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  v_sign int := case tg_op when 'DELETE' then -1 else 1 end;
begin
  if tg_table_name = 'search_properties' then
    insert into public.funnel_hours as f (hour, search_id, market, properties)
    select r.found_hour, r.search_id, r.market, v_sign * count(*) from touched r group by 1, 2, 3 order by 1, 2, 3
    on conflict (hour, search_id, market) do update set properties = f.properties + excluded.properties;
  elsif tg_table_name = 'search_contacts' then
    insert into public.funnel_hours as f (hour, search_id, market, contacts)
    select r.found_hour, r.search_id, r.market, v_sign * count(*) from touched r group by 1, 2, 3 order by 1, 2, 3
    on conflict (hour, search_id, market) do update set contacts = f.contacts + excluded.contacts;
  else
    insert into public.funnel_hours as f (hour, search_id, market, enrolled, sent, delivered, replied, interested, priced)
    select r.found_hour, k.search_id, r.market, v_sign * count(*), v_sign * count(*) filter (where r.reached >= 1),
      v_sign * count(*) filter (where r.reached >= 2), v_sign * count(*) filter (where r.reached >= 3),
      v_sign * count(*) filter (where r.reached >= 4), v_sign * count(*) filter (where r.reached >= 5)
      from touched r join public.campaigns k on k.id = r.campaign_id group by 1, 2, 3 order by 1, 2, 3
    on conflict (hour, search_id, market) do update set enrolled = f.enrolled + excluded.enrolled, sent = f.sent + excluded.sent,
      delivered = f.delivered + excluded.delivered, replied = f.replied + excluded.replied,
      interested = f.interested + excluded.interested, priced = f.priced + excluded.priced;
  end if;
  return null;
end $$;
create trigger search_properties_counted after insert on public.search_properties referencing new table as touched
  for each statement execute function public.count_found();
create trigger search_properties_uncounted after delete on public.search_properties referencing old table as touched
  for each statement execute function public.count_found();
create trigger search_contacts_counted after insert on public.search_contacts referencing new table as touched
  for each statement execute function public.count_found();
create trigger search_contacts_uncounted after delete on public.search_contacts referencing old table as touched
  for each statement execute function public.count_found();
create trigger enrollments_counted after insert on public.enrollments referencing new table as touched
  for each statement execute function public.count_found();
create trigger enrollments_uncounted after delete on public.enrollments referencing old table as touched
  for each statement execute function public.count_found();

-- A contact came further, or fell back because something was undone.
create function public.count_reached() returns trigger language plpgsql security definer set search_path = '' as $$
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
create trigger enrollments_reached after update on public.enrollments
  for each row when (old.reached is distinct from new.reached) execute function public.count_reached();

-- What happened to these enrollments, from their mails and the answers. The rows are held first, and the counting statement
-- sees all that whoever held them before has done.
create function public.refresh_enrollments(p_ids uuid[]) returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform 1 from public.enrollments e where e.id = any (p_ids) order by e.id for no key update;
  update public.enrollments e set first_sent_at = x.first_sent_at, bounced_at = x.bounced_at, complained_at = x.complained_at,
      replied_at = x.replied_at, interested_at = x.interested_at, priced_at = x.priced_at
    from (
      select n.id, s.first_sent_at, s.bounced_at, r.complained_at, r.replied_at, r.interested_at, r.priced_at
        from unnest(p_ids) n (id)
        cross join lateral (select min(coalesce(s.sent_at, s.handed_at, s.created_at)) filter (where s.status = 'sent') as first_sent_at,
          min(s.bounced_at) as bounced_at from public.sends s where s.enrollment_id = n.id) s
        cross join lateral (select min(t.received_at) filter (where t.category = 'complaint') as complained_at,
          min(t.received_at) filter (where public.is_own_words(t.category)) as replied_at,
          min(t.received_at) filter (where t.category in ('interested', 'pricing_given')) as interested_at,
          min(t.received_at) filter (where t.category = 'pricing_given') as priced_at
          from public.reply_times t where t.enrollment_id = n.id) r) x
   where e.id = x.id and (e.first_sent_at, e.bounced_at, e.complained_at, e.replied_at, e.interested_at, e.priced_at)
     is distinct from (x.first_sent_at, x.bounced_at, x.complained_at, x.replied_at, x.interested_at, x.priced_at);
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
    coalesce((select e.market from public.enrollments e where e.id = p_send.enrollment_id), ''), p_sign, v_bounced, v_complained)
  on conflict (hour, mailbox_id, campaign_id, market) do update set sent = h.sent + excluded.sent,
    bounced = h.bounced + excluded.bounced, complained = h.complained + excluded.complained;
  insert into public.domain_months as d (month, domain, sent, bounced, complained)
  values (date_trunc('month', v_at at time zone 'UTC')::date, lower(split_part(p_send.to_email, '@', 2)), p_sign, v_bounced, v_complained)
  on conflict (month, domain) do update set sent = d.sent + excluded.sent, bounced = d.bounced + excluded.bounced,
    complained = d.complained + excluded.complained;
end $$;

-- The enrollment comes before the counts here and wherever mail is routed, so that the two never wait for each other in a ring.
create function public.note_send() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if public.is_rebuilding() then
    return null;
  end if;
  if new.enrollment_id is not null then
    -- A mail found to have left after its answer came in: only now is it known what the answer is to.
    if tg_op = 'INSERT' or (old.status = 'sent') is distinct from (new.status = 'sent') then
      perform public.hold_contact(new.contact_id);
      perform public.time_mail(m.id, m.contact_id) from public.synced_emails m
       where m.contact_id = new.contact_id and m.send_id is null and m.received_at >= coalesce(new.sent_at, new.handed_at, new.created_at);
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
create trigger sends_left after insert on public.sends for each row when (new.status = 'sent' or new.bounced_at is not null)
  execute function public.note_send();
create trigger sends_changed after update on public.sends for each row
  when ((old.status = 'sent') is distinct from (new.status = 'sent') or old.bounced_at is distinct from new.bounced_at
    or old.complained_at is distinct from new.complained_at or (new.status = 'sent' and old.sent_at is distinct from new.sent_at)
    or (new.status = 'sent' and old.mailbox_id is distinct from new.mailbox_id))
  execute function public.note_send();

-- Whose mail it is: that of the mail it answers; without one, the newest mail this contact was sent before.
create function public.reply_time_of(p_email public.synced_emails) returns public.reply_times
language sql stable security definer set search_path = '' as $$
  select p_email.id, p_email.received_at, p_email.routed_at, one.answered_at, p_email.category, p_email.agent_run_id, s.id, e.id,
    k.search_id, coalesce(e.market, ''), public.ms_between(p_email.received_at, p_email.routed_at),
    public.ms_between(p_email.received_at, one.answered_at)
  from (select min(a.sent_at) as answered_at from public.sends a
    where a.reply_to_email_id = p_email.id and a.kind = 'manual_reply' and a.status = 'sent') one
  left join lateral (select x.id, x.enrollment_id, x.campaign_id from public.sends x
    where x.id = coalesce(p_email.send_id, (select o.id from public.sends o where o.contact_id = p_email.contact_id and o.status = 'sent'
      and o.enrollment_id is not null and coalesce(o.sent_at, o.handed_at, o.created_at) <= p_email.received_at
      order by coalesce(o.sent_at, o.handed_at, o.created_at) desc, o.id limit 1))) s on true
  left join public.enrollments e on e.id = s.enrollment_id
  left join public.campaigns k on k.id = coalesce(e.campaign_id, s.campaign_id)
$$;

-- The contact's enrollments are held first, by whoever sends to them or hears from them: then each sees what the other did.
create function public.hold_contact(p_contact_id uuid) returns void
language sql security definer set search_path = '' as $$
  select from public.enrollments e where e.contact_id = p_contact_id order by e.id for no key update
$$;

create function public.time_mail(p_email_id uuid, p_contact_id uuid) returns void language plpgsql security definer set search_path = '' as $$
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
    answered_at = excluded.answered_at, category = excluded.category, agent_run_id = excluded.agent_run_id, send_id = excluded.send_id,
    enrollment_id = excluded.enrollment_id, search_id = excluded.search_id, market = excluded.market,
    routed_ms = excluded.routed_ms, answered_ms = excluded.answered_ms;
  if (v_before.category, v_before.enrollment_id, v_before.received_at) is distinct from (v_after.category, v_after.enrollment_id, v_after.received_at)
    and coalesce(v_before.enrollment_id, v_after.enrollment_id) is not null then
    perform public.refresh_enrollments(array_remove(array[v_before.enrollment_id, v_after.enrollment_id], null));
  end if;
  if 'complaint' in (v_before.category, v_after.category) then
    update public.sends s set complained_at = (select min(t.received_at) from public.reply_times t where t.send_id = s.id and t.category = 'complaint')
     where s.id in (v_before.send_id, v_after.send_id);
  end if;
end $$;
create function public.note_mail() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if not public.is_rebuilding() then
    perform public.time_mail(new.id, new.contact_id);
  end if;
  return null;
end $$;
create trigger synced_emails_noted after insert on public.synced_emails for each row execute function public.note_mail();
create trigger synced_emails_renoted after update on public.synced_emails for each row
  when ((old.category, old.contact_id, old.send_id, old.routed_at, old.received_at, old.agent_run_id)
    is distinct from (new.category, new.contact_id, new.send_id, new.routed_at, new.received_at, new.agent_run_id))
  execute function public.note_mail();

-- Counts everything anew, from the rows themselves.
create function public.rebuild_metrics() returns void
language plpgsql security definer set search_path = '' as $$
begin
  lock table public.search_properties, public.search_contacts, public.enrollments, public.sends, public.synced_emails in share row exclusive mode;
  perform set_config('upstream.rebuilding', 'yes', true);
  update public.search_properties p set found_hour = public.whole_hour(x.created_at), market = public.market_of(x.id, p.payload_position, p.property_id)
    from public.extractions x where x.id = p.extraction_id and p.found_hour is null;
  update public.search_contacts c set found_hour = coalesce((select p.found_hour from public.search_properties p where p.search_id = c.search_id
        and p.property_id = c.property_id), public.whole_hour(s.created_at)),
      market = coalesce((select p.market from public.search_properties p where p.search_id = c.search_id and p.property_id = c.property_id), '')
    from public.searches s where s.id = c.search_id and c.found_hour is null;
  update public.enrollments e set found_hour = coalesce(x.found_hour, public.whole_hour(e.created_at)), market = coalesce(x.market, '')
    from public.enrollments n join public.campaigns k on k.id = n.campaign_id
    left join public.search_contacts x on x.search_id = k.search_id and x.contact_id = n.contact_id
   where n.id = e.id and e.found_hour is null;
  delete from public.reply_times;
  insert into public.reply_times select t.* from public.synced_emails m cross join lateral public.reply_time_of(m) t;
  update public.sends s set complained_at = x.at from (
      select o.id, min(t.received_at) as at from public.sends o
        left join public.reply_times t on t.send_id = o.id and t.category = 'complaint'
       where o.complained_at is not null or t.email_id is not null group by o.id) x
   where s.id = x.id and s.complained_at is distinct from x.at;
  perform public.refresh_enrollments((select array_agg(e.id) from public.enrollments e));
  delete from public.funnel_hours;
  insert into public.funnel_hours
  select hour, search_id, market, sum(p), sum(c), sum(n), sum(s), sum(d), sum(r), sum(i), sum(g) from (
    select found_hour as hour, search_id, market, 1 as p, 0 as c, 0 as n, 0 as s, 0 as d, 0 as r, 0 as i, 0 as g from public.search_properties
    union all select found_hour, search_id, market, 0, 1, 0, 0, 0, 0, 0, 0 from public.search_contacts
    union all select e.found_hour, k.search_id, e.market, 0, 0, 1, (reached >= 1)::int, (reached >= 2)::int, (reached >= 3)::int,
      (reached >= 4)::int, (reached >= 5)::int from public.enrollments e join public.campaigns k on k.id = e.campaign_id) x
  group by 1, 2, 3;
  delete from public.send_hours;
  insert into public.send_hours
  select public.whole_hour(coalesce(s.sent_at, s.handed_at, s.created_at)), s.mailbox_id, s.campaign_id, coalesce(e.market, ''),
    count(*), count(s.bounced_at), count(s.complained_at)
    from public.sends s left join public.enrollments e on e.id = s.enrollment_id where s.status = 'sent' group by 1, 2, 3, 4;
  delete from public.domain_months;
  insert into public.domain_months
  select date_trunc('month', coalesce(s.sent_at, s.handed_at, s.created_at) at time zone 'UTC')::date, lower(split_part(s.to_email, '@', 2)),
    count(*), count(s.bounced_at), count(s.complained_at) from public.sends s where s.status = 'sent' group by 1, 2;
  perform set_config('upstream.rebuilding', '', true);
end $$;

-- What there was before this.
select public.rebuild_metrics();
alter table public.search_properties alter column found_hour set not null, alter column market set not null;
alter table public.search_contacts alter column found_hour set not null, alter column market set not null;
alter table public.enrollments alter column found_hour set not null, alter column market set not null;
create index search_contacts_found on public.search_contacts (found_hour desc, search_id desc, contact_id desc);
create index search_properties_found on public.search_properties (found_hour desc, search_id desc, property_id desc);
create index enrollments_contact on public.enrollments (contact_id);
create index enrollments_found on public.enrollments (found_hour desc, id desc);
create index enrollments_reached_far on public.enrollments (reached, found_hour desc, id desc) where reached >= 3;
create index sends_bounced on public.sends (sent_at desc, id desc) where bounced_at is not null;
create index sends_complained on public.sends (sent_at desc, id desc) where complained_at is not null;
create index sends_left_at on public.sends (sent_at desc, id desc) where status = 'sent';

do $$
declare
  v_table text;
begin
  foreach v_table in array '{funnel_hours,send_hours,domain_months,reply_times}'::text[] loop
    execute format('alter table public.%I enable row level security', v_table);
    execute format('create policy %I on public.%I for select to authenticated using ((select public.is_operator()))', v_table || '_read', v_table);
    execute format('grant select on public.%I to authenticated, service_role', v_table);
  end loop;
end $$;
revoke execute on function public.ms_between(timestamptz, timestamptz), public.whole_hour(timestamptz), public.market_of(uuid, int, uuid), public.is_own_words(text), public.stamp_found(),
  public.is_rebuilding(), public.count_found(), public.count_reached(), public.refresh_enrollments(uuid[]),
  public.count_send(public.sends, int), public.note_send(), public.reply_time_of(public.synced_emails), public.note_mail(), public.time_mail(uuid, uuid), public.hold_contact(uuid),
  public.rebuild_metrics() from public, anon;
grant execute on function public.rebuild_metrics() to service_role;
