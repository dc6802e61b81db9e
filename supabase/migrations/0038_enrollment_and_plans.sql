-- Who a campaign may mail, each refusal with its reason; what other campaigns already scheduled; and a plan's summary, counted once
-- when it is sealed, so that a page over ten thousand contacts reads one row.
alter table public.desk_settings add column cooldown_other_days int not null default 14 check (cooldown_other_days >= 0);

-- One mailbox however it is written: capitals, spaces, a "+tag", and Gmail's dots make no difference to who reads the mail.
create function public.address_key(p_email text) returns text language sql immutable set search_path = '' as $$
  select case when x.domain in ('gmail.com', 'googlemail.com') then replace(x.local, '.', '') || '@gmail.com' else x.local || '@' || x.domain end
  from (select split_part(split_part(lower(btrim(p_email)), '@', 1), '+', 1) as local, split_part(lower(btrim(p_email)), '@', 2) as domain) x
$$;
create index contacts_address_key on public.contacts (public.address_key(email));

-- Whether somebody at this desk is in the middle of something with the contact or its company: a reply that shows interest or names a
-- price and was not put away, or an open call or broker task. A campaign would talk over that person.
create function public.open_deal(p_contact_id uuid, p_company_id uuid) returns text
language sql stable security invoker set search_path = '' as $$
  select case
    when exists (select 1 from public.synced_emails e where e.contact_id = p_contact_id
        and e.category in ('interested', 'pricing_given') and e.status <> 'done')
      or exists (select 1 from public.tasks t where t.contact_id = p_contact_id and t.kind in ('call', 'broker') and t.status = 'open')
      then 'open deal with this contact'
    when exists (select 1 from public.synced_emails e where e.company_id = p_company_id
        and e.category in ('interested', 'pricing_given') and e.status <> 'done')
      or exists (select 1 from public.tasks t where t.company_id = p_company_id and t.kind in ('call', 'broker') and t.status = 'open')
      then 'open deal with the company'
  end
$$;

-- Everyone a search found, with what a mail needs to say and the first reason not to mail them. Paged by contact id, so that no cap
-- on rows can ever leave contacts out silently. The property a mail is about is the one the contact was found with, or, where only
-- replaced payloads found that one, another of the same owner that the newest ones found.
create or replace function public.campaign_candidates(p_campaign_id uuid, p_after uuid, p_limit int) returns jsonb
language sql stable security definer set search_path = '' as $$
  -- The page first, then all that is asked about its contacts: joined the other way round, each page would cost as much as all of them.
  with page as materialized (
    select sc.contact_id, sc.property_id from public.campaigns g join public.search_contacts sc on sc.search_id = g.search_id
     where g.id = p_campaign_id and sc.contact_id > p_after order by sc.contact_id limit p_limit
  ), newest as materialized (
    select g.search_id, (select e.id from public.extractions e where e.search_id = g.search_id and e.status = 'completed'
      order by e.created_at desc limit 1) as id from public.campaigns g where g.id = p_campaign_id
  ), chosen as materialized (
    select sc.contact_id, sc.property_id, case
        when n.id is null or not exists (select 1 from public.search_properties s where s.search_id = n.search_id
          and s.property_id = sc.property_id and s.extraction_id <> n.id) then sc.property_id
        else (select s.property_id from public.contacts c join public.properties o on o.company_id = c.company_id
          join public.search_properties s on s.search_id = n.search_id and s.property_id = o.id
         where c.id = sc.contact_id and s.extraction_id = n.id order by o.address_key limit 1) end as found
      from page sc cross join newest n
  )
  select coalesce(jsonb_agg(to_jsonb(x) order by x."contactId"), '[]') from (
    select c.id as "contactId", c.full_name as "fullName", c.first_name as "firstName", c.title, c.email,
      k.name as company, k.state as "companyState", k.address as "companyAddress",
      p.id as "propertyId", p.address as "propertyAddress", p.city as "propertyCity", p.state as "propertyState", p.zip as "propertyZip",
      p.property_type as "propertyType", p.building_sf as "buildingSf", c.time_zone as "timeZone",
      case
        when c.id = any (g.dropped_contact_ids) then 'dropped by a person'
        when nullif(btrim(c.email), '') is null then 'no e-mail address'
        when c.email_key !~ '^[^@\s]+@[^@\s.]+(\.[^@\s.]+)+$' then 'not an e-mail address'
        when barred.why is not null then barred.why
        when sc.found is null then 'found only by payloads that were replaced'
        when exists (select 1 from public.enrollments n where n.contact_id = c.id and n.status in ('active', 'paused'))
          then 'already in a running campaign'
        when deal.why is not null then deal.why
        when exists (select 1 from (select y.id from public.contacts y
              where public.address_key(y.email) = public.address_key(c.email) and y.id < c.id offset 0) y
            where exists (select 1 from public.search_contacts o where o.search_id = g.search_id and o.contact_id = y.id))
          or exists (select 1 from public.contact_addresses a join public.search_contacts o on o.contact_id = a.contact_id
            where a.address = c.email_key and a.contact_id <> c.id and o.search_id = g.search_id)
          then 'same address as another contact'
        when exists (select 1 from public.sends s left join public.enrollments n on n.id = s.enrollment_id
            where s.contact_id = c.id and s.sent_at > now() - make_interval(days => d.cooldown_days) and n.property_id = sc.found)
          then 'mailed about this property in the last ' || d.cooldown_days || ' days'
        when exists (select 1 from public.sends s left join public.enrollments n on n.id = s.enrollment_id
            where s.contact_id = c.id and s.sent_at > now() - make_interval(days => d.cooldown_other_days)
              and n.property_id is distinct from sc.found)
          then 'mailed in the last ' || d.cooldown_other_days || ' days'
      end as reason
    from chosen sc
    join public.campaigns g on g.id = p_campaign_id
    join public.contacts c on c.id = sc.contact_id
    left join public.companies k on k.id = c.company_id
    cross join public.desk_settings d
    join public.properties p on p.id = coalesce(sc.found, sc.property_id)
    left join lateral (select public.why_not_mail(c.id, c.email) as why) barred on true
    left join lateral (select public.open_deal(c.id, c.company_id) as why) deal on true
) x
$$;

-- When mailboxes already send: mails scheduled, and mails handed over or sent by hand in the last day, per mailbox in epoch
-- milliseconds, ascending. Without the mails of one campaign that are about to be placed anew.
create function public.planning_load(p_without uuid default null) returns jsonb
language sql stable security definer set search_path = '' as $$
  select coalesce(jsonb_agg(jsonb_build_object('mailboxId', x.mailbox_id, 'taken', x.taken)), '[]') from (
    select y.mailbox_id, jsonb_agg(y.at order by y.at) as taken from (
      select s.mailbox_id, floor(extract(epoch from case s.status when 'scheduled' then s.due_at else s.handed_at end) * 1000)::bigint as at
        from public.sends s where (s.status = 'scheduled' and s.campaign_id is distinct from p_without)
          or s.handed_at > now() - interval '24 hours'
      union all
      select h.mailbox_id, floor(extract(epoch from h.sent_at) * 1000)::bigint
        from public.hand_sent_mails h, generate_series(1, h.recipients) where h.sent_at > now() - interval '24 hours') y
     group by y.mailbox_id) x
$$;

-- What a list of a plan is ordered and searched by, beside the rows themselves.
alter table public.planned_enrollments
  add column name_key text not null default '',
  add column company_key text not null default '',
  add column first_due_at timestamptz,
  add column search_text text not null default '';
create index planned_enrollments_by_name on public.planned_enrollments (campaign_id, revision, name_key, contact_id);
create index planned_enrollments_by_company on public.planned_enrollments (campaign_id, revision, company_key, contact_id);
create index planned_enrollments_by_time on public.planned_enrollments (campaign_id, revision, first_due_at, contact_id);
update public.planned_enrollments e set name_key = lower(c.full_name), company_key = lower(coalesce(k.name, '')),
    first_due_at = (select min(s.due_at) from public.planned_sends s
      where s.campaign_id = e.campaign_id and s.revision = e.revision and s.contact_id = e.contact_id),
    search_text = lower(concat_ws(' ', c.full_name, c.title, c.email, k.name))
  from public.contacts c left join public.companies k on k.id = c.company_id where c.id = e.contact_id;

-- Saving a plan in chunks. A chunk replaces all that an earlier try said about its contacts.
create or replace function public.save_plan_chunk(p_campaign_id uuid, p_revision int, p_enrollments jsonb, p_sends jsonb)
returns void language plpgsql security definer set search_path = '' as $$
begin
  perform public.require_operator();
  -- Shared, so that chunks may be saved side by side, and none while the campaign is being activated.
  perform 1 from public.campaigns where id = p_campaign_id and status in ('draft', 'awaiting_approval') for share;
  if not found then
    raise exception 'The campaign is no longer being planned.' using errcode = '23514';
  end if;
  perform public.require_zone(z.time_zone) from (
    select distinct e.time_zone from jsonb_to_recordset(p_enrollments) as e (time_zone text)) z;
  delete from public.planned_sends s using jsonb_to_recordset(p_enrollments) as e (contact_id uuid)
   where s.campaign_id = p_campaign_id and s.revision = p_revision and s.contact_id = e.contact_id;
  insert into public.planned_enrollments (campaign_id, revision, contact_id, property_id, mailbox_id, time_zone, decision, reason,
    name_key, company_key, first_due_at, search_text)
  select p_campaign_id, p_revision, e.contact_id, e.property_id, e.mailbox_id, e.time_zone, e.decision, e.reason,
      lower(coalesce(c.full_name, '')), lower(coalesce(k.name, '')), due.first_due_at,
      lower(concat_ws(' ', c.full_name, c.title, c.email, k.name, p.address, p.city))
    from jsonb_to_recordset(p_enrollments) as e (contact_id uuid, property_id uuid, mailbox_id uuid, time_zone text,
      decision text, reason text)
    left join public.contacts c on c.id = e.contact_id
    left join public.companies k on k.id = c.company_id
    left join public.properties p on p.id = e.property_id
    left join (select s.contact_id, min(s.due_at) as first_due_at
      from jsonb_to_recordset(p_sends) as s (contact_id uuid, due_at timestamptz) group by 1) due on due.contact_id = e.contact_id
  on conflict (campaign_id, revision, contact_id) do update set property_id = excluded.property_id,
    mailbox_id = excluded.mailbox_id, time_zone = excluded.time_zone, decision = excluded.decision, reason = excluded.reason,
    name_key = excluded.name_key, company_key = excluded.company_key, first_due_at = excluded.first_due_at,
    search_text = excluded.search_text;
  insert into public.planned_sends (campaign_id, revision, contact_id, step, due_at, to_email, subject, body)
  select p_campaign_id, p_revision, s.contact_id, s.step, s.due_at, s.to_email, s.subject, s.body
    from jsonb_to_recordset(p_sends) as s (contact_id uuid, step int, due_at timestamptz, to_email text, subject text, body text)
  on conflict (campaign_id, revision, contact_id, step) do update set due_at = excluded.due_at,
    to_email = excluded.to_email, subject = excluded.subject, body = excluded.body;
end $$;

-- A sealed plan in numbers: mails per hour beside those of other campaigns, and what changed since the revision before.
create table public.plan_summaries (
  campaign_id uuid not null references public.campaigns (id) on delete cascade,
  revision int not null,
  hours jsonb not null,
  changes jsonb,
  made_at timestamptz not null default now(),
  primary key (campaign_id, revision)
);
alter table public.plan_summaries enable row level security;
create policy plan_summaries_read on public.plan_summaries for select to authenticated using ((select public.is_operator()));
grant select on public.plan_summaries to authenticated, service_role;

-- Mails per hour of the campaign's zone, by step, beside what the desk's mailboxes send for others in the same hours.
create function public.plan_hours(p_campaign_id uuid, p_revision int) returns jsonb
language sql stable security invoker set search_path = '' as $$
  with mine as (
    select date_trunc('hour', s.due_at) as at, count(*) filter (where s.step = 1) as first, count(*) filter (where s.step = 2) as second,
        count(*) filter (where s.step > 2) as third
      from public.planned_sends s where s.campaign_id = p_campaign_id and s.revision = p_revision group by 1
  ), ends as (
    select min(m.at) as first_at, max(m.at) as last_at from mine m
  ), others as (
    select date_trunc('hour', s.due_at) as at, count(*) as sends from public.sends s, ends e
     where s.status = 'scheduled' and s.campaign_id is distinct from p_campaign_id
       and s.due_at >= e.first_at and s.due_at < e.last_at + interval '1 hour' group by 1
  )
  select coalesce(jsonb_agg(jsonb_build_object('at', x.at, 'first', x.first, 'second', x.second, 'third', x.third, 'others', x.others)
    order by x.at), '[]') from (
    select coalesce(m.at, o.at) as at, coalesce(m.first, 0) as first, coalesce(m.second, 0) as second, coalesce(m.third, 0) as third,
        coalesce(o.sends, 0) as others
      from mine m full join others o on o.at = m.at) x
$$;

-- What changed from one revision of a plan to the next: who came and went, mails that say something else, and times that moved.
create function public.plan_changes(p_campaign_id uuid, p_before int, p_after int) returns jsonb
language sql stable security invoker set search_path = '' as $$
  with was as materialized (
    select e.contact_id, e.decision, e.reason, e.mailbox_id from public.planned_enrollments e
     where e.campaign_id = p_campaign_id and e.revision = p_before
  ), now_in as materialized (
    select e.contact_id, e.decision, e.reason, e.mailbox_id from public.planned_enrollments e
     where e.campaign_id = p_campaign_id and e.revision = p_after
  ), gone as (
    select w.contact_id, coalesce(n.reason, 'no longer found') as reason from was w
      left join now_in n on n.contact_id = w.contact_id
     where w.decision = 'enroll' and n.decision is distinct from 'enroll'
  ), came as (
    select n.contact_id, w.reason from now_in n left join was w on w.contact_id = n.contact_id
     where n.decision = 'enroll' and w.decision is distinct from 'enroll'
  ), mails as materialized (
    select b.contact_id, b.step, b.due_at as due_before, a.due_at as due_after, b.content_hash <> a.content_hash as rewritten
      from (select * from public.planned_sends s where s.campaign_id = p_campaign_id and s.revision = p_before) b
      join (select * from public.planned_sends s where s.campaign_id = p_campaign_id and s.revision = p_after) a
        on a.contact_id = b.contact_id and a.step = b.step
  )
  select jsonb_build_object(
    'since', p_before,
    'gone', (select count(*) from gone), 'came', (select count(*) from came),
    'goneNames', coalesce((select jsonb_agg(jsonb_build_object('id', c.id, 'name', c.full_name, 'why', x.reason) order by c.full_name)
      from (select * from gone order by contact_id limit 20) x join public.contacts c on c.id = x.contact_id), '[]'),
    'cameNames', coalesce((select jsonb_agg(jsonb_build_object('id', c.id, 'name', c.full_name, 'why', x.reason) order by c.full_name)
      from (select * from came order by contact_id limit 20) x join public.contacts c on c.id = x.contact_id), '[]'),
    'moved', (select count(*) from mails m where m.due_before <> m.due_after),
    'unmoved', (select count(*) from mails m where m.due_before = m.due_after),
    'movedBySMin', (select extract(epoch from min(m.due_after - m.due_before))::bigint from mails m where m.due_before <> m.due_after),
    'movedBySMax', (select extract(epoch from max(m.due_after - m.due_before))::bigint from mails m where m.due_before <> m.due_after),
    'ends', (select jsonb_build_object('firstBefore', min(m.due_before), 'lastBefore', max(m.due_before), 'firstAfter', min(m.due_after),
      'lastAfter', max(m.due_after)) from mails m),
    'rewritten', (select count(*) from mails m where m.rewritten),
    -- One mail of each step, word for word, before and after.
    'samples', coalesce((select jsonb_agg(jsonb_build_object('step', b.step, 'contactId', b.contact_id, 'name', c.full_name,
        'subjectBefore', b.subject, 'subjectAfter', a.subject, 'bodyBefore', b.body, 'bodyAfter', a.body) order by b.step)
      from (select distinct on (m.step) m.step, m.contact_id from mails m where m.rewritten order by m.step, m.contact_id) x
      join public.planned_sends b on b.campaign_id = p_campaign_id and b.revision = p_before and b.contact_id = x.contact_id and b.step = x.step
      join public.planned_sends a on a.campaign_id = p_campaign_id and a.revision = p_after and a.contact_id = x.contact_id and a.step = x.step
      join public.contacts c on c.id = x.contact_id), '[]'))
$$;

-- Makes a fully saved revision the plan of its campaign, writes down its summary, and forgets the older ones.
create or replace function public.seal_plan(p_campaign_id uuid, p_revision int) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_hash text;
  v_before int;
begin
  perform public.require_operator();
  select plan_revision into v_before from public.campaigns where id = p_campaign_id and status in ('draft', 'awaiting_approval') for update;
  if not found then
    raise exception 'The campaign is no longer being planned.' using errcode = '23514';
  end if;
  v_hash := public.plan_hash(p_campaign_id, p_revision);
  update public.campaigns set plan_revision = p_revision, plan_hash = v_hash where id = p_campaign_id;
  insert into public.plan_summaries (campaign_id, revision, hours, changes)
  values (p_campaign_id, p_revision, public.plan_hours(p_campaign_id, p_revision),
    case when v_before between 1 and p_revision - 1 then public.plan_changes(p_campaign_id, v_before, p_revision) end)
  on conflict (campaign_id, revision) do update set hours = excluded.hours, changes = coalesce(excluded.changes, plan_summaries.changes),
    made_at = now();
  delete from public.planned_sends where campaign_id = p_campaign_id and revision < p_revision - 1;
  delete from public.planned_enrollments where campaign_id = p_campaign_id and revision < p_revision - 1;
  delete from public.plan_summaries where campaign_id = p_campaign_id and revision < p_revision - 1;
  return public.plan_totals(p_campaign_id, p_revision) || jsonb_build_object('planHash', v_hash);
end $$;

-- What CoStar answered to the cheap question how many properties a payload finds.
create table public.payload_counts (
  payload_hash text primary key,
  properties int not null check (properties >= 0),
  counted_at timestamptz not null default now()
);
alter table public.payload_counts enable row level security;
create policy payload_counts_read on public.payload_counts for select to authenticated using ((select public.is_operator()));
grant select on public.payload_counts to authenticated;
grant select, insert, update on public.payload_counts to service_role;

revoke execute on function public.address_key(text), public.open_deal(uuid, uuid), public.planning_load(uuid),
  public.plan_hours(uuid, int), public.plan_changes(uuid, int, int) from public, anon;
grant execute on function public.planning_load(uuid), public.open_deal(uuid, uuid), public.address_key(text) to service_role;
