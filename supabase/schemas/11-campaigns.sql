-- A campaign: whom it may mail, its plan (saved in chunks, sealed with a hash, turned
-- into mails when approved), and changes made while it runs, each an approval of its own.

-- One campaign for each search. What it sends is the plan revision whose hash was approved.
create table public.campaigns (
  id uuid primary key default gen_random_uuid(),
  search_id uuid not null unique references public.searches (id),
  name text not null,
  status text not null default 'draft'
    check (status in ('draft', 'awaiting_approval', 'active', 'paused', 'completed', 'stopped', 'rejected')),
  status_reason text,
  plan_revision int not null default 0,
  plan_hash text,
  settings jsonb not null,
  time_zone text not null,
  window_start time not null,
  window_end time not null,
  window_days int[] not null,
  closed_dates date[] not null default '{}',
  dropped_contact_ids uuid[] not null default '{}',
  approval_id uuid references public.approval_queue (id),
  activated_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  auto_paused boolean not null default false,
  counts_from timestamptz
);
alter table public.campaigns enable row level security;
create policy campaigns_read on public.campaigns for select to authenticated
  using ((select public.is_operator()));
grant select on public.campaigns to authenticated;
grant select, insert, update on public.campaigns to service_role;
alter publication supabase_realtime add table public.campaigns;

insert into public.status_transitions (entity, from_status, to_status) values
  ('campaigns', 'draft', 'awaiting_approval'), ('campaigns', 'draft', 'active'),
  ('campaigns', 'draft', 'completed'), ('campaigns', 'draft', 'rejected'),
  ('campaigns', 'awaiting_approval', 'draft'), ('campaigns', 'awaiting_approval', 'active'),
  ('campaigns', 'awaiting_approval', 'rejected'), ('campaigns', 'active', 'paused'),
  ('campaigns', 'active', 'completed'), ('campaigns', 'active', 'stopped'), ('campaigns', 'paused', 'active'),
  ('campaigns', 'paused', 'stopped'), ('campaigns', 'draft', 'stopped'),
  -- Planned again, nobody may be left to mail.
  ('campaigns', 'awaiting_approval', 'stopped'),
  -- A way back that only undo_routing takes: its last sequence, ended by the routing that is undone, goes on.
  ('campaigns', 'completed', 'active');

alter table public.approval_queue
  add constraint approval_queue_campaign foreign key (campaign_id) references public.campaigns (id);

-- Up to three mails, each so many business days after the one before.
create table public.sequence_steps (
  campaign_id uuid not null references public.campaigns (id) on delete cascade,
  step int not null check (step between 1 and 3),
  gap_business_days int not null check (gap_business_days >= 0),
  subject_template text not null,
  body_template text not null,
  primary key (campaign_id, step)
);
alter table public.sequence_steps enable row level security;
create policy sequence_steps_read on public.sequence_steps for select to authenticated
  using ((select public.is_operator()));
grant select on public.sequence_steps to authenticated;
grant select, insert, update on public.sequence_steps to service_role;

-- A plan is a proposal: rows per revision that a person reads before anything real exists.
create table public.planned_enrollments (
  campaign_id uuid not null references public.campaigns (id) on delete cascade,
  revision int not null,
  contact_id uuid not null references public.contacts (id),
  property_id uuid references public.properties (id),
  mailbox_id uuid references public.mailboxes (id),
  time_zone text not null,
  decision text not null check (decision in ('enroll', 'excluded', 'dropped', 'blocked')),
  reason text,
  -- What a list of a plan is ordered and searched by, beside the rows themselves.
  name_key text not null default '',
  company_key text not null default '',
  first_due_at timestamptz,
  search_text text not null default '',
  primary key (campaign_id, revision, contact_id)
);
create index planned_enrollments_decision on public.planned_enrollments (campaign_id,
  revision, decision, contact_id);
create index planned_enrollments_contact on public.planned_enrollments (contact_id);
create index planned_enrollments_property on public.planned_enrollments (property_id);
create index planned_enrollments_by_name on public.planned_enrollments (campaign_id,
  revision, name_key, contact_id);
create index planned_enrollments_by_company on public.planned_enrollments (campaign_id, revision,
  company_key, contact_id);
create index planned_enrollments_by_time on public.planned_enrollments (campaign_id, revision,
  first_due_at, contact_id);
alter table public.planned_enrollments enable row level security;
create policy planned_enrollments_read on public.planned_enrollments for select to authenticated
  using ((select public.is_operator()));
grant select on public.planned_enrollments to authenticated;
grant select, insert, update, delete on public.planned_enrollments to service_role;

-- The mails of a plan, rendered: what is approved is what leaves, so their hash is part of the plan's.
create table public.planned_sends (
  campaign_id uuid not null references public.campaigns (id) on delete cascade,
  revision int not null,
  contact_id uuid not null references public.contacts (id),
  step int not null check (step between 1 and 3),
  due_at timestamptz not null,
  to_email text not null,
  subject text not null,
  body text not null,
  content_hash text generated always as (md5(to_email || E'\n' || subject || E'\n' || body)) stored,
  primary key (campaign_id, revision, contact_id, step)
);
create index planned_sends_due on public.planned_sends (campaign_id, revision, due_at, contact_id);
alter table public.planned_sends enable row level security;
create policy planned_sends_read on public.planned_sends for select to authenticated
  using ((select public.is_operator()));
grant select on public.planned_sends to authenticated;
grant select, insert, update, delete on public.planned_sends to service_role;

-- A contact in a campaign. Nobody is in two running ones at once (enrollments_one_running).
create table public.enrollments (
  id uuid primary key default gen_random_uuid(),
  campaign_id uuid not null references public.campaigns (id),
  contact_id uuid not null references public.contacts (id),
  property_id uuid references public.properties (id),
  mailbox_id uuid not null references public.mailboxes (id),
  time_zone text not null,
  status text not null default 'active' check (status in ('active', 'paused', 'stopped', 'completed')),
  reason text,
  resume_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  -- How far a contact came in a campaign: 0 enrolled, 1 sent, 2 delivered, 3
  -- replied, 4 interested, 5 priced. Each stage holds the ones after it, so that
  -- a funnel never widens. Whoever wrote back was reached, whatever else bounced.
  found_hour timestamptz not null,
  market text not null,
  first_sent_at timestamptz,
  bounced_at timestamptz,
  complained_at timestamptz,
  replied_at timestamptz,
  interested_at timestamptz,
  priced_at timestamptz,
  reached int generated always as (case when first_sent_at is null then 0 when priced_at is not null then 5
    when interested_at is not null then 4 when replied_at is not null then 3 when bounced_at is null
      then 2 else 1 end) stored,
  unique (campaign_id, contact_id)
);
-- A contact is in one running campaign at a time.
create unique index enrollments_one_running on public.enrollments (contact_id)
  where status in ('active', 'paused');
create index enrollments_resume on public.enrollments (resume_at) where status = 'paused';
create index enrollments_property on public.enrollments (property_id);
create index enrollments_contact on public.enrollments (contact_id);
create index enrollments_found on public.enrollments (found_hour desc, id desc);
create index enrollments_reached_far on public.enrollments (reached, found_hour desc, id desc)
  where reached >= 3;
alter table public.enrollments enable row level security;
create policy enrollments_read on public.enrollments for select to authenticated
  using ((select public.is_operator()));
grant select on public.enrollments to authenticated;
grant select, insert, update on public.enrollments to service_role;

insert into public.status_transitions (entity, from_status, to_status) values
  ('enrollments', 'active', 'paused'), ('enrollments', 'active', 'stopped'),
  ('enrollments', 'active', 'completed'), ('enrollments', 'paused', 'active'),
  ('enrollments', 'paused', 'stopped'),
  -- A way back that only undo_routing takes.
  ('enrollments', 'stopped', 'paused');

-- A sealed plan in numbers: mails per hour beside those of
-- other campaigns, and what changed since the revision before.
create table public.plan_summaries (
  campaign_id uuid not null references public.campaigns (id) on delete cascade,
  revision int not null,
  hours jsonb not null,
  changes jsonb,
  made_at timestamptz not null default now(),
  primary key (campaign_id, revision)
);
alter table public.plan_summaries enable row level security;
create policy plan_summaries_read on public.plan_summaries for select to authenticated
  using ((select public.is_operator()));
grant select on public.plan_summaries to authenticated, service_role;

-- Changing a campaign that runs: mails that have not left are written or placed anew as a
-- proposal of their own, and take the place of the approved ones only with its approval.
create table public.campaign_edits (
  campaign_id uuid not null references public.campaigns (id) on delete cascade,
  revision int not null,
  -- What a person asked for: templates, start, window, daily limit, gaps.
  changes jsonb not null,
  status text not null default 'proposed' check (status in ('proposed', 'superseded', 'applying', 'applied')),
  hash text,
  summary jsonb not null default '{}',
  approval_id uuid references public.approval_queue (id),
  applied_mails int,
  -- Mails of the edit that had left, or were about to, when it was approved.
  left_mails int,
  made_by text not null,
  made_at timestamptz not null default now(),
  applied_at timestamptz,
  primary key (campaign_id, revision)
);
create unique index campaign_edits_one_proposed on public.campaign_edits (campaign_id)
  where status in ('proposed', 'applying');
create index campaign_edits_approval on public.campaign_edits (approval_id);
alter table public.campaign_edits enable row level security;
create policy campaign_edits_read on public.campaign_edits for select to authenticated
  using ((select public.is_operator()));
grant select on public.campaign_edits to authenticated, service_role;

-- Kept apart from campaigns, so that a mail that leaves wakes no reader of the campaign's own row.
create table public.campaign_pulse (
  campaign_id uuid primary key references public.campaigns (id),
  at timestamptz not null default now()
);
comment on table public.campaign_pulse is
  'Beats when a mail of the campaign is settled. '
    'Pages listen to it: publishing every send would shout 30,000 times.';
alter table public.campaign_pulse enable row level security;
create policy campaign_pulse_read on public.campaign_pulse for select to authenticated
  using ((select public.is_operator()));
grant select on public.campaign_pulse to authenticated, service_role;
alter publication supabase_realtime add table public.campaign_pulse;

-- Whether somebody at this desk is in the middle of something with the contact
-- or its company: a reply that shows interest or names a price and was not put
-- away, or an open call or broker task. A campaign would talk over that person.
create function public.open_deal(p_contact_id uuid, p_company_id uuid) returns text
language sql stable security invoker set search_path = '' as $$
  select case
    when exists (select 1 from public.synced_emails e where e.contact_id = p_contact_id
        and e.category in ('interested', 'pricing_given') and e.status <> 'done')
      or exists (select 1 from public.tasks t where t.contact_id = p_contact_id
        and t.kind in ('call', 'broker') and t.status = 'open')
      then 'open deal with this contact'
    when exists (select 1 from public.synced_emails e where e.company_id = p_company_id
        and e.category in ('interested', 'pricing_given') and e.status <> 'done')
      or exists (select 1 from public.tasks t where t.company_id = p_company_id
        and t.kind in ('call', 'broker') and t.status = 'open')
      then 'open deal with the company'
  end
$$;
grant execute on function public.open_deal to service_role;

-- Everyone a search found, with what a mail needs to say and the first reason not to mail them. Paged by
-- contact id, so that no cap on rows can ever leave contacts out silently. The property a mail is about is
-- the one the contact was found with, or, where only replaced payloads found that one, another of the same
-- owner that the newest ones found.
create function public.campaign_candidates(p_campaign_id uuid, p_after uuid, p_limit int) returns jsonb
language sql stable security definer set search_path = '' as $$
  -- The page first, then all that is asked about its contacts: joined
  -- the other way round, each page would cost as much as all of them.
  with page as materialized (
    select sc.contact_id, sc.property_id from public.campaigns g join public.search_contacts sc
      on sc.search_id = g.search_id
     where g.id = p_campaign_id and sc.contact_id > p_after order by sc.contact_id limit p_limit
  ), newest as materialized (
    select g.search_id, (select e.id from public.extractions e where e.search_id = g.search_id
      and e.status = 'completed'
      order by e.created_at desc limit 1) as id from public.campaigns g where g.id = p_campaign_id
  ), chosen as materialized (
    select sc.contact_id, sc.property_id, case
        when n.id is null or not exists (select 1 from public.search_properties s
          where s.search_id = n.search_id
          and s.property_id = sc.property_id and s.extraction_id <> n.id) then sc.property_id
        else (select s.property_id from public.contacts c
          join public.properties o on o.company_id = c.company_id
          join public.search_properties s on s.search_id = n.search_id and s.property_id = o.id
         where c.id = sc.contact_id and s.extraction_id = n.id order by o.address_key limit 1) end as found
      from page sc cross join newest n
  )
  select coalesce(jsonb_agg(to_jsonb(x) order by x."contactId"), '[]') from (
    select c.id as "contactId", c.full_name as "fullName", c.first_name as "firstName", c.title, c.email,
      k.name as company, k.state as "companyState", k.address as "companyAddress",
      p.id as "propertyId", p.address as "propertyAddress", p.city as "propertyCity",
      p.state as "propertyState", p.zip as "propertyZip", p.property_type as "propertyType",
      p.building_sf as "buildingSf", c.time_zone as "timeZone", case
        when c.id = any (g.dropped_contact_ids) then 'dropped by a person'
        when nullif(btrim(c.email), '') is null then 'no e-mail address'
        when c.email_key !~ '^[^@\s]+@[^@\s.]+(\.[^@\s.]+)+$' then 'not an e-mail address'
        when barred.why is not null then barred.why
        when sc.found is null then 'found only by payloads that were replaced'
        when exists (select 1 from public.enrollments n where n.contact_id = c.id
          and n.status in ('active', 'paused'))
          then 'already in a running campaign'
        when deal.why is not null then deal.why
        when exists (select 1 from (select y.id from public.contacts y
              where public.address_key(y.email) = public.address_key(c.email) and y.id < c.id offset 0) y
            where exists (select 1 from public.search_contacts o where o.search_id = g.search_id
              and o.contact_id = y.id))
          or exists (select 1 from public.contact_addresses a join public.search_contacts o
            on o.contact_id = a.contact_id
            where a.address = c.email_key and a.contact_id <> c.id and o.search_id = g.search_id)
          then 'same address as another contact'
        when exists (select 1 from public.sends s left join public.enrollments n on n.id = s.enrollment_id
            where s.contact_id = c.id and s.sent_at > now() - make_interval(days => d.cooldown_days)
              and n.property_id = sc.found)
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
grant execute on function public.campaign_candidates to service_role;

-- When mailboxes already send: mails scheduled, and mails handed over or sent
-- by hand in the last day, per mailbox in epoch milliseconds, ascending.
-- Without the mails of one campaign that are about to be placed anew.
create function public.planning_load(p_without uuid default null) returns jsonb
language sql stable security definer set search_path = '' as $$
  select coalesce(jsonb_agg(jsonb_build_object('mailboxId', x.mailbox_id, 'taken', x.taken)), '[]') from (
    select y.mailbox_id, jsonb_agg(y.at order by y.at) as taken from (
      select s.mailbox_id, floor(extract(epoch from case s.status when 'scheduled' then s.due_at
        else s.handed_at end) * 1000)::bigint as at
        from public.sends s where (s.status = 'scheduled' and s.campaign_id is distinct from p_without)
          or s.handed_at > now() - interval '24 hours'
      union all
      select h.mailbox_id, floor(extract(epoch from h.sent_at) * 1000)::bigint
        from public.hand_sent_mails h, generate_series(1, h.recipients)
          where h.sent_at > now() - interval '24 hours') y
     group by y.mailbox_id) x
$$;
grant execute on function public.planning_load to service_role;

-- A chunk replaces all that an earlier try said about its contacts.
create function public.save_plan_chunk(p_campaign_id uuid, p_revision int, p_enrollments jsonb, p_sends jsonb)
returns void language plpgsql security definer set search_path = '' as $$
begin
  perform public.require_operator();
  -- Shared, so that chunks may be saved side by side, and none while the campaign is being activated.
  perform 1 from public.campaigns where id = p_campaign_id
    and status in ('draft', 'awaiting_approval') for share;
  if not found then
    raise exception 'The campaign is no longer being planned.' using errcode = '23514';
  end if;
  perform public.require_zone(z.time_zone) from (
    select distinct e.time_zone from jsonb_to_recordset(p_enrollments) as e (time_zone text)) z;
  delete from public.planned_sends s using jsonb_to_recordset(p_enrollments) as e (contact_id uuid)
   where s.campaign_id = p_campaign_id and s.revision = p_revision and s.contact_id = e.contact_id;
  insert into public.planned_enrollments (campaign_id, revision, contact_id, property_id, mailbox_id,
    time_zone, decision, reason, name_key, company_key, first_due_at, search_text)
  select p_campaign_id, p_revision, e.contact_id, e.property_id, e.mailbox_id,
    e.time_zone, e.decision, e.reason,
      lower(coalesce(c.full_name, '')), lower(coalesce(k.name, '')), due.first_due_at,
      lower(concat_ws(' ', c.full_name, c.title, c.email, k.name, p.address, p.city))
    from jsonb_to_recordset(p_enrollments) as e (contact_id uuid, property_id uuid,
      mailbox_id uuid, time_zone text, decision text, reason text)
    left join public.contacts c on c.id = e.contact_id
    left join public.companies k on k.id = c.company_id
    left join public.properties p on p.id = e.property_id
    left join (select s.contact_id, min(s.due_at) as first_due_at
      from jsonb_to_recordset(p_sends) as s (contact_id uuid, due_at timestamptz)
        group by 1) due on due.contact_id = e.contact_id
  on conflict (campaign_id, revision, contact_id) do update set property_id = excluded.property_id,
    mailbox_id = excluded.mailbox_id, time_zone = excluded.time_zone, decision = excluded.decision,
    reason = excluded.reason, name_key = excluded.name_key, company_key = excluded.company_key,
    first_due_at = excluded.first_due_at, search_text = excluded.search_text;
  insert into public.planned_sends (campaign_id, revision, contact_id, step, due_at, to_email, subject, body)
  select p_campaign_id, p_revision, s.contact_id, s.step, s.due_at, s.to_email, s.subject, s.body
    from jsonb_to_recordset(p_sends) as s (contact_id uuid, step int, due_at timestamptz,
      to_email text, subject text, body text)
  on conflict (campaign_id, revision, contact_id, step) do update set due_at = excluded.due_at,
    to_email = excluded.to_email, subject = excluded.subject, body = excluded.body;
end $$;
grant execute on function public.save_plan_chunk to service_role;

-- Mails per hour of the campaign's zone, by step, beside what
-- the desk's mailboxes send for others in the same hours.
create function public.plan_hours(p_campaign_id uuid, p_revision int) returns jsonb
language sql stable security invoker set search_path = '' as $$
  with mine as (
    select date_trunc('hour', s.due_at) as at, count(*) filter (where s.step = 1) as first,
      count(*) filter (where s.step = 2) as second,
        count(*) filter (where s.step > 2) as third
      from public.planned_sends s where s.campaign_id = p_campaign_id and s.revision = p_revision group by 1
  ), ends as (
    select min(m.at) as first_at, max(m.at) as last_at from mine m
  ), others as (
    select date_trunc('hour', s.due_at) as at, count(*) as sends from public.sends s, ends e
     where s.status = 'scheduled' and s.campaign_id is distinct from p_campaign_id
       and s.due_at >= e.first_at and s.due_at < e.last_at + interval '1 hour' group by 1
  )
  select coalesce(jsonb_agg(jsonb_build_object('at', x.at, 'first', x.first, 'second', x.second, 'third',
    x.third, 'others', x.others)
    order by x.at), '[]') from (
    select coalesce(m.at, o.at) as at, coalesce(m.first, 0) as first, coalesce(m.second, 0) as second,
      coalesce(m.third, 0) as third,
        coalesce(o.sends, 0) as others
      from mine m full join others o on o.at = m.at) x
$$;

-- What changed from one revision of a plan to the next: who came
-- and went, mails that say something else, and times that moved.
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
    select b.contact_id, b.step, b.due_at as due_before, a.due_at as due_after,
      b.content_hash <> a.content_hash as rewritten
      from (select * from public.planned_sends s where s.campaign_id = p_campaign_id
        and s.revision = p_before) b
      join (select * from public.planned_sends s where s.campaign_id = p_campaign_id
        and s.revision = p_after) a
        on a.contact_id = b.contact_id and a.step = b.step
  )
  select jsonb_build_object(
    'since', p_before,
    'gone', (select count(*) from gone), 'came', (select count(*) from came),
    'goneNames', coalesce(
      (select jsonb_agg(jsonb_build_object('id', c.id, 'name', c.full_name, 'why', x.reason)
      order by c.full_name)
      from (select * from gone order by contact_id limit 20) x join public.contacts c on c.id = x.contact_id),
        '[]'),
    'cameNames', coalesce(
      (select jsonb_agg(jsonb_build_object('id', c.id, 'name', c.full_name, 'why', x.reason)
      order by c.full_name)
      from (select * from came order by contact_id limit 20) x join public.contacts c on c.id = x.contact_id),
        '[]'),
    'moved', (select count(*) from mails m where m.due_before <> m.due_after),
    'unmoved', (select count(*) from mails m where m.due_before = m.due_after),
    'movedBySMin', (select extract(epoch from min(m.due_after - m.due_before))::bigint from mails m
      where m.due_before <> m.due_after),
    'movedBySMax', (select extract(epoch from max(m.due_after - m.due_before))::bigint from mails m
      where m.due_before <> m.due_after),
    'ends', (select jsonb_build_object('firstBefore', min(m.due_before), 'lastBefore', max(m.due_before),
      'firstAfter', min(m.due_after), 'lastAfter', max(m.due_after)) from mails m),
    'rewritten', (select count(*) from mails m where m.rewritten),
    -- One mail of each step, word for word, before and after.
    'samples', coalesce((select jsonb_agg(jsonb_build_object('step', b.step, 'contactId',
      b.contact_id, 'name', c.full_name,
        'subjectBefore', b.subject, 'subjectAfter', a.subject, 'bodyBefore', b.body,
        'bodyAfter', a.body) order by b.step)
      from (select distinct on (m.step) m.step, m.contact_id from mails m where m.rewritten
        order by m.step, m.contact_id) x
      join public.planned_sends b on b.campaign_id = p_campaign_id and b.revision = p_before
        and b.contact_id = x.contact_id and b.step = x.step
      join public.planned_sends a on a.campaign_id = p_campaign_id and a.revision = p_after
        and a.contact_id = x.contact_id and a.step = x.step
      join public.contacts c on c.id = x.contact_id), '[]'))
$$;

-- Everything a person approves, folded into one hash: who, about which property,
-- which mails, word for word, and when. Two ordered readings and no join: on rows
-- this fresh a planner without statistics joins every contact with every mail.
create function public.plan_hash(p_campaign_id uuid, p_revision int) returns text
language sql stable security definer set search_path = '' as $$
  select encode(sha256(convert_to(jsonb_build_array(
    (select string_agg(md5(jsonb_build_array(e.contact_id, e.property_id, e.decision, e.reason,
      e.mailbox_id, e.time_zone)::text),
        '' order by e.contact_id)
      from public.planned_enrollments e where e.campaign_id = p_campaign_id and e.revision = p_revision),
    (select string_agg(md5(jsonb_build_array(s.contact_id, s.step,
      extract(epoch from s.due_at), s.content_hash)::text),
        '' order by s.contact_id, s.step)
      from public.planned_sends s where s.campaign_id = p_campaign_id and s.revision = p_revision),
    (select jsonb_build_array(c.time_zone, c.window_start, c.window_end, c.window_days, c.closed_dates)
      from public.campaigns c where c.id = p_campaign_id))::text, 'UTF8')), 'hex')
$$;
grant execute on function public.plan_hash to service_role;

-- Makes a fully saved revision the plan of its campaign, writes down its summary, and forgets the older ones.
create function public.seal_plan(p_campaign_id uuid, p_revision int) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_hash text;
  v_before int;
begin
  perform public.require_operator();
  select plan_revision into v_before from public.campaigns where id = p_campaign_id
    and status in ('draft', 'awaiting_approval') for update;
  if not found then
    raise exception 'The campaign is no longer being planned.' using errcode = '23514';
  end if;
  v_hash := public.plan_hash(p_campaign_id, p_revision);
  update public.campaigns set plan_revision = p_revision, plan_hash = v_hash where id = p_campaign_id;
  insert into public.plan_summaries (campaign_id, revision, hours, changes)
  values (p_campaign_id, p_revision, public.plan_hours(p_campaign_id, p_revision),
    case when v_before between 1 and p_revision - 1 then public.plan_changes(p_campaign_id,
      v_before, p_revision) end)
  on conflict (campaign_id, revision) do update set hours = excluded.hours,
    changes = coalesce(excluded.changes, plan_summaries.changes),
    made_at = now();
  delete from public.planned_sends where campaign_id = p_campaign_id and revision < p_revision - 1;
  delete from public.planned_enrollments where campaign_id = p_campaign_id and revision < p_revision - 1;
  delete from public.plan_summaries where campaign_id = p_campaign_id and revision < p_revision - 1;
  return public.plan_totals(p_campaign_id, p_revision) || jsonb_build_object('planHash', v_hash);
end $$;
grant execute on function public.seal_plan to service_role;

-- Counted where the rows are: a plan has tens of thousands.
create function public.plan_totals(p_campaign_id uuid, p_revision int) returns jsonb
language sql stable security invoker set search_path = '' as $$
  select jsonb_build_object(
    'contacts', (select count(*) from public.planned_enrollments e where e.campaign_id = p_campaign_id
      and e.revision = p_revision),
    'enrolled', (select count(*) from public.planned_enrollments e
      where e.campaign_id = p_campaign_id and e.revision = p_revision and e.decision = 'enroll'),
    'leftOut', coalesce((select jsonb_object_agg(x.reason, x.n) from (
      select coalesce(e.reason, e.decision) as reason, count(*) as n from public.planned_enrollments e
       where e.campaign_id = p_campaign_id and e.revision = p_revision and e.decision <> 'enroll'
         group by 1) x), '{}'::jsonb),
    'sends', (select count(*) from public.planned_sends s where s.campaign_id = p_campaign_id
      and s.revision = p_revision),
    'mailboxes', (select count(distinct e.mailbox_id) from public.planned_enrollments e
      where e.campaign_id = p_campaign_id and e.revision = p_revision and e.decision = 'enroll'),
    'firstDueAt', (select min(s.due_at) from public.planned_sends s where s.campaign_id = p_campaign_id
      and s.revision = p_revision),
    'lastDueAt', (select max(s.due_at) from public.planned_sends s where s.campaign_id = p_campaign_id
      and s.revision = p_revision))
$$;
grant execute on function public.plan_totals to authenticated, service_role;

-- Sends per day, in the campaign's zone, for the timeline beside the limits.
create function public.plan_timeline(p_campaign_id uuid, p_revision int)
returns table (day date, step int, sends bigint) language sql stable security invoker
  set search_path = '' as $$
  select (s.due_at at time zone c.time_zone)::date, s.step, count(*)
    from public.planned_sends s join public.campaigns c on c.id = s.campaign_id
   where s.campaign_id = p_campaign_id and s.revision = p_revision
   group by 1, 2 order by 1, 2
$$;
grant execute on function public.plan_timeline to authenticated, service_role;

-- Turns the approved plan into enrollments and sends, all of them, in one
-- transaction, once. The plan must still hash to what the approval was bound to.
create function public.activate_campaign(p_campaign_id uuid, p_approval_id uuid) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_campaign public.campaigns;
  v_approval public.approval_queue;
  v_enrolled int;
  v_sends int;
begin
  perform public.require_operator();
  select * into v_campaign from public.campaigns where id = p_campaign_id for update;
  if not found then
    raise exception 'There is no campaign %.', p_campaign_id using errcode = 'P0002';
  end if;
  if v_campaign.status in ('active', 'paused', 'completed', 'stopped') then
    return jsonb_build_object('outcome', 'already_active');
  end if;
  select * into v_approval from public.approval_queue where id = p_approval_id
    and campaign_id = p_campaign_id;
  if not found or v_approval.status <> 'approved' or v_approval.checkpoint <> 'campaign' then
    raise exception 'This campaign has no approval to act on.' using errcode = '42501';
  end if;
  if v_approval.proposal ->> 'planHash' is distinct from public.plan_hash(p_campaign_id,
    v_campaign.plan_revision) then
    raise exception 'The plan changed after it was approved.' using errcode = '23514';
  end if;
  insert into public.enrollments (campaign_id, contact_id, property_id, mailbox_id, time_zone)
  select e.campaign_id, e.contact_id, e.property_id, e.mailbox_id, e.time_zone
    from public.planned_enrollments e
   where e.campaign_id = p_campaign_id and e.revision = v_campaign.plan_revision and e.decision = 'enroll'
   -- In one order, and without those another campaign took
   -- meanwhile: two campaigns may be activated side by side.
   order by e.contact_id
  on conflict do nothing;
  get diagnostics v_enrolled = row_count;
  insert into public.sends (campaign_id, enrollment_id, contact_id, mailbox_id, step, due_at, to_email,
    subject, body, content_hash)
  select n.campaign_id, n.id, n.contact_id, n.mailbox_id, s.step, s.due_at, s.to_email,
    s.subject, s.body, s.content_hash
    from public.enrollments n
    join public.planned_sends s on s.campaign_id = n.campaign_id and s.contact_id = n.contact_id
     and s.revision = v_campaign.plan_revision
   where n.campaign_id = p_campaign_id;
  get diagnostics v_sends = row_count;
  update public.campaigns set status = 'active', approval_id = p_approval_id, activated_at = now()
    where id = p_campaign_id;
  perform public.write_audit('campaign.activated', 'campaigns', p_campaign_id::text, null,
    jsonb_build_object('enrolled', v_enrolled, 'sends', v_sends, 'approval', p_approval_id));
  return jsonb_build_object('outcome', 'activated', 'enrolled', v_enrolled, 'sends', v_sends);
end $$;
grant execute on function public.activate_campaign to service_role;

-- Moves a campaign at someone's word. It becomes active only through its approval, and
-- completed only when its mails are settled; resuming a paused one is the exception.
create function public.set_campaign_status(p_id uuid, p_to text, p_reason text default null) returns boolean
language plpgsql security definer set search_path = '' as $$
declare
  v_before text;
begin
  perform public.require_operator();
  select status into v_before from public.campaigns where id = p_id for update;
  if v_before is null then
    raise exception 'There is no campaign %.', p_id using errcode = 'P0002';
  end if;
  if v_before = p_to then
    return false;
  end if;
  if p_to = 'completed' or (p_to = 'active' and v_before <> 'paused') then
    raise exception 'A campaign cannot be made % by hand.', p_to using errcode = '23514';
  end if;
  update public.campaigns set status = p_to, status_reason = p_reason where id = p_id;
  if p_to = 'stopped' then
    update public.sends set status = 'cancelled', reason = 'campaign stopped' where campaign_id = p_id
      and status = 'scheduled';
    update public.enrollments set status = 'stopped', reason = 'campaign stopped'
     where campaign_id = p_id and status in ('active', 'paused');
  end if;
  perform public.write_audit('campaign.' || p_to, 'campaigns', p_id::text,
    jsonb_build_object('status', v_before), jsonb_build_object('status', p_to), p_reason);
  return true;
end $$;
grant execute on function public.set_campaign_status to authenticated, service_role;

-- Ends campaigns whose last mail is settled, and the searches they came from.
create function public.close_finished_campaigns() returns int
language plpgsql security definer set search_path = '' as $$
declare
  v_count int;
begin
  perform public.require_operator();
  update public.enrollments n set status = 'completed' where n.status = 'active' and not exists (
    select 1 from public.sends s where s.enrollment_id = n.id
      and s.status in ('scheduled', 'sending', 'uncertain'));
  with done as (
    update public.campaigns c set status = 'completed' where c.status = 'active'
      and not exists (select 1 from public.enrollments n where n.campaign_id = c.id
        and n.status in ('active', 'paused'))
      and not exists (select 1 from public.sends s where s.campaign_id = c.id
        and s.status in ('scheduled', 'sending', 'uncertain'))
    returning c.search_id
  ), closed as (
    update public.searches s set status = 'completed' from done d where s.id = d.search_id
      and s.status = 'active' returning 1
  )
  select count(*) into v_count from done;
  return v_count;
end $$;
grant execute on function public.close_finished_campaigns to service_role;

-- From when on a scheduled mail may still be changed: one
-- that is due sooner may be on its way before the change is.
create function public.changeable_from() returns timestamptz language sql stable set search_path = '' as $$
  select now() + interval '5 minutes'
$$;
grant execute on function public.changeable_from to service_role;

-- Contacts of a running campaign with mails that have not left: what those mails say and when,
-- what merge tags stand for, and when the mail before them left or will. Paged by contact id.
create function public.unsent_mails(p_campaign_id uuid, p_after uuid, p_limit int) returns jsonb
language sql stable security definer set search_path = '' as $$
  select coalesce(jsonb_agg(to_jsonb(x) order by x."contactId"), '[]') from (
    select c.id as "contactId", c.full_name as "fullName", c.first_name as "firstName", c.title, c.email,
      k.name as company, k.state as "companyState", k.address as "companyAddress",
      n.property_id as "propertyId", coalesce(p.address, '') as "propertyAddress", p.city as "propertyCity",
      p.state as "propertyState", p.zip as "propertyZip", p.property_type as "propertyType",
      p.building_sf as "buildingSf", n.time_zone as "timeZone", null as reason,
      n.mailbox_id as "mailboxId", mine.mails, before.step as "stepBefore", before.at as "leftAt",
      before.subject as "threadSubject"
    from public.enrollments n
    join public.contacts c on c.id = n.contact_id
    left join public.companies k on k.id = c.company_id
    left join public.properties p on p.id = n.property_id
    join lateral (select jsonb_agg(jsonb_build_object('step', s.step, 'dueAt',
      floor(extract(epoch from s.due_at) * 1000)::bigint,
        'to', s.to_email, 'subject', s.subject, 'body', s.body) order by s.step) as mails, min(s.step) as step
      from public.sends s where s.enrollment_id = n.id and s.status = 'scheduled'
        and s.due_at > public.changeable_from()) mine
      on mine.mails is not null
    left join lateral (select s.step, s.subject,
        floor(extract(epoch from coalesce(s.sent_at, s.handed_at, s.due_at)) * 1000)::bigint as at
      from public.sends s where s.enrollment_id = n.id and s.step < mine.step
        order by s.step desc limit 1) before on true
    where n.campaign_id = p_campaign_id and n.status in ('active', 'paused') and n.contact_id > p_after
    order by n.contact_id limit p_limit) x
$$;
grant execute on function public.unsent_mails to service_role;

-- When this campaign's mails of the last day were handed over, and
-- when those that can no longer change are due. Epoch milliseconds.
create function public.campaign_load(p_campaign_id uuid) returns jsonb
language sql stable security definer set search_path = '' as $$
  select coalesce(jsonb_agg(x.at order by x.at), '[]') from (
    select floor(extract(epoch from coalesce(s.handed_at, s.due_at)) * 1000)::bigint as at from public.sends s
     where s.campaign_id = p_campaign_id and (s.handed_at > now() - interval '24 hours'
       or (s.status = 'scheduled' and s.due_at <= public.changeable_from()))) x
$$;
grant execute on function public.campaign_load to service_role;

-- Begins an edit of a running campaign and answers its revision;
-- one that was proposed before and not applied is over.
create function public.open_campaign_edit(p_campaign_id uuid, p_changes jsonb, p_by text default null)
  returns int
language plpgsql security definer set search_path = '' as $$
declare
  v_revision int;
begin
  perform public.require_operator();
  select c.plan_revision into v_revision from public.campaigns c where c.id = p_campaign_id
    and c.status in ('active', 'paused') for update;
  if not found then
    raise exception 'Only a campaign that runs has mails to change.' using errcode = '23514';
  end if;
  update public.campaign_edits set status = 'superseded'
    where campaign_id = p_campaign_id and status = 'proposed';
  select greatest(v_revision, coalesce(max(e.revision), 0)) + 1 into v_revision from public.campaign_edits e
    where e.campaign_id = p_campaign_id;
  delete from public.planned_sends s using public.campaign_edits e where s.campaign_id = p_campaign_id
    and e.campaign_id = p_campaign_id
    and s.revision = e.revision and e.status = 'superseded';
  insert into public.campaign_edits (campaign_id, revision, changes, made_by)
    values (p_campaign_id, v_revision, p_changes, coalesce(nullif(p_by, ''), public.acting_name()));
  return v_revision;
end $$;
grant execute on function public.open_campaign_edit to service_role;

-- A chunk is taken only while its edit is being written: what was sealed is what is approved.
create function public.save_edit_chunk(p_campaign_id uuid, p_revision int, p_sends jsonb) returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform public.require_operator();
  perform 1 from public.campaign_edits where campaign_id = p_campaign_id and revision = p_revision
    and status = 'proposed' and hash is null for share;
  if not found then
    raise exception 'This edit is no longer being written.' using errcode = '23514';
  end if;
  insert into public.planned_sends (campaign_id, revision, contact_id, step, due_at, to_email, subject, body)
  select p_campaign_id, p_revision, s.contact_id, s.step, s.due_at, s.to_email, s.subject, s.body
    from jsonb_to_recordset(p_sends) as s (contact_id uuid, step int, due_at timestamptz,
      to_email text, subject text, body text)
  on conflict (campaign_id, revision, contact_id, step) do update set due_at = excluded.due_at,
    to_email = excluded.to_email, subject = excluded.subject, body = excluded.body;
end $$;
grant execute on function public.save_edit_chunk to service_role;

-- Everything a person approves of an edit: what is changed, which mails, word for word, and when.
create function public.edit_hash(p_campaign_id uuid, p_revision int) returns text
language sql stable security invoker set search_path = '' as $$
  select encode(sha256(
    convert_to(jsonb_build_array(e.changes, (select string_agg(md5(jsonb_build_array(s.contact_id, s.step,
      extract(epoch from s.due_at), s.content_hash)::text), '' order by s.contact_id, s.step)
    from public.planned_sends s where s.campaign_id = p_campaign_id
      and s.revision = p_revision))::text, 'UTF8')), 'hex')
  from public.campaign_edits e where e.campaign_id = p_campaign_id and e.revision = p_revision
$$;
grant execute on function public.edit_hash to service_role;

-- Closes an edit: no mail can be added after this. Answers its numbers and its hash.
create function public.seal_campaign_edit(p_campaign_id uuid, p_revision int, p_kept jsonb default '{}')
  returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_summary jsonb;
begin
  perform public.require_operator();
  perform 1 from public.campaign_edits where campaign_id = p_campaign_id and revision = p_revision
    and status = 'proposed' for update;
  if not found then
    raise exception 'This edit is no longer being written.' using errcode = '23514';
  end if;
  select jsonb_build_object('mails', count(*), 'contacts', count(distinct p.contact_id),
      'rewritten', count(*) filter (where p.content_hash <> s.content_hash), 'moved',
      count(*) filter (where p.due_at <> s.due_at), 'firstBefore', min(s.due_at), 'lastBefore', max(s.due_at),
      'firstAfter', min(p.due_at), 'lastAfter', max(p.due_at), 'kept', p_kept)
    into v_summary
    from public.planned_sends p
    join public.sends s on s.campaign_id = p.campaign_id and s.contact_id = p.contact_id
      and s.step = p.step and s.kind = 'sequence'
   where p.campaign_id = p_campaign_id and p.revision = p_revision;
  update public.campaign_edits set hash = public.edit_hash(p_campaign_id, p_revision), summary = v_summary
   where campaign_id = p_campaign_id and revision = p_revision;
  return v_summary || jsonb_build_object('hash', public.edit_hash(p_campaign_id, p_revision));
end $$;
grant execute on function public.seal_campaign_edit to service_role;

-- Carries an approved edit out, once, in one transaction: mails that are still scheduled and not due within
-- minutes take the approved words and times; those that left or are about to leave stay as they were approved
-- before. A follow-up keeps its old words when the mail it answers left under another subject meanwhile. An
-- edit may also leave contacts out ("skip brokers"): their mails that have not left are cancelled.
create function public.apply_campaign_edit(p_approval_id uuid) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_approval public.approval_queue;
  v_campaign public.campaigns;
  v_edit public.campaign_edits;
  v_changed int;
  v_all int;
  v_out uuid[];
  v_stopped int;
begin
  perform public.require_operator();
  select * into v_approval from public.approval_queue where id = p_approval_id;
  if not found or v_approval.status <> 'approved' or v_approval.checkpoint <> 'campaign'
    or v_approval.proposal ->> 'kind' is distinct from 'edit' then
    raise exception 'This edit has no approval to act on.' using errcode = '42501';
  end if;
  select * into v_campaign from public.campaigns where id = v_approval.campaign_id for update;
  select * into v_edit from public.campaign_edits where campaign_id = v_campaign.id
    and revision = (v_approval.proposal ->> 'revision')::int for update;
  if not found or v_edit.status = 'superseded' then
    return jsonb_build_object('outcome', 'superseded');
  elsif v_edit.status = 'applied' then
    return jsonb_build_object('outcome', 'already_applied');
  elsif v_campaign.status not in ('active', 'paused') then
    update public.campaign_edits set status = 'superseded' where campaign_id = v_edit.campaign_id
      and revision = v_edit.revision;
    return jsonb_build_object('outcome', 'ended');
  elsif v_approval.proposal ->> 'hash' is distinct from public.edit_hash(v_edit.campaign_id, v_edit.revision)
    then
    raise exception 'The edit changed after it was approved.' using errcode = '23514';
  end if;
  update public.campaign_edits set status = 'applying', approval_id = p_approval_id
   where campaign_id = v_edit.campaign_id and revision = v_edit.revision;
  -- Held before anything is compared, so that no mail leaves between the
  -- look and the change. In the order of a stop, which also writes many.
  perform 1 from public.sends s where s.campaign_id = v_campaign.id and s.status = 'scheduled'
    order by s.id for update;
  with edited as (
    select s.id, s.enrollment_id, p.step, p.due_at, p.subject, p.body, p.content_hash
      from public.planned_sends p
      join public.sends s on s.campaign_id = p.campaign_id and s.contact_id = p.contact_id
        and s.step = p.step and s.kind = 'sequence'
     where p.campaign_id = v_edit.campaign_id and p.revision = v_edit.revision and p.to_email = s.to_email
       and s.status = 'scheduled' and s.due_at > public.changeable_from()
  ), fits as (
    select e.* from edited e
      join public.sends f on f.enrollment_id = e.enrollment_id and f.step = 1
      left join edited g on g.id = f.id
     where e.step = 1 or e.subject = 'RE: ' || coalesce(g.subject, f.subject)
  )
  update public.sends s set subject = f.subject, body = f.body, content_hash = f.content_hash,
      due_at = case when v_edit.changes ? 'retimed' then greatest(f.due_at, now())
        else s.due_at end, reason = null
    from fits f where s.id = f.id;
  get diagnostics v_changed = row_count;
  select count(*) into v_all from public.planned_sends where campaign_id = v_edit.campaign_id
    and revision = v_edit.revision;
  update public.sequence_steps q set subject_template = t.subject, body_template = t.body
    from jsonb_to_recordset(coalesce(v_edit.changes -> 'templates', '[]')) as t (step int, subject text,
      body text)
   where q.campaign_id = v_campaign.id and q.step = t.step;
  update public.sequence_steps q set gap_business_days = g.gap::int
    from jsonb_array_elements_text(coalesce(v_edit.changes -> 'gaps', '[]')) with ordinality as g (gap, step)
   where q.campaign_id = v_campaign.id and q.step = g.step;
  update public.campaigns set window_start = coalesce((v_edit.changes ->> 'windowStart')::time, window_start),
      window_end = coalesce((v_edit.changes ->> 'windowEnd')::time, window_end),
      settings = settings || jsonb_strip_nulls(jsonb_build_object('startAt', v_edit.changes -> 'startAt',
        'dailyLimit', v_edit.changes -> 'dailyLimit'))
   where id = v_campaign.id;
  -- Whoever an edit leaves out gets nothing more of this
  -- campaign, and is not enrolled anew by a later plan of it.
  v_out := array(select x::uuid
    from jsonb_array_elements_text(coalesce(v_edit.changes -> 'leaveOut', '[]')) x);
  update public.enrollments set status = 'stopped', reason = 'left out by a change of the running campaign',
    resume_at = null
   where campaign_id = v_campaign.id and contact_id = any (v_out) and status in ('active', 'paused');
  get diagnostics v_stopped = row_count;
  update public.sends set status = 'cancelled', reason = 'left out by a change of the running campaign'
   where campaign_id = v_campaign.id and contact_id = any (v_out) and kind = 'sequence'
     and status = 'scheduled';
  update public.campaigns set dropped_contact_ids = array(select distinct x
    from unnest(dropped_contact_ids || v_out) x)
   where id = v_campaign.id and v_out <> '{}';
  update public.campaign_edits set status = 'applied', applied_mails = v_changed,
    left_mails = v_all - v_changed, applied_at = now()
   where campaign_id = v_edit.campaign_id and revision = v_edit.revision;
  perform public.write_audit('campaign.edited', 'campaigns', v_campaign.id::text,
    jsonb_build_object('window_start', v_campaign.window_start, 'window_end', v_campaign.window_end,
      'settings', v_campaign.settings),
    jsonb_build_object('changes', v_edit.changes, 'mails', v_changed, 'left', v_all - v_changed, 'leftOut',
      v_stopped, 'approval', p_approval_id));
  return jsonb_build_object('outcome', 'applied', 'mails', v_changed, 'left',
    v_all - v_changed, 'leftOut', v_stopped);
end $$;
grant execute on function public.apply_campaign_edit to service_role;

-- Ends an edit that was to be proposed again and has nothing left to change.
create function public.drop_campaign_edit(p_campaign_id uuid, p_revision int) returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  perform public.require_operator();
  update public.campaign_edits set status = 'superseded' where campaign_id = p_campaign_id
    and revision = p_revision and status = 'proposed';
  return found;
end $$;
grant execute on function public.drop_campaign_edit to service_role;

-- Decided proposals of edits that nobody acted on yet.
create function public.edits_decided() returns jsonb
language sql stable security definer set search_path = '' as $$
  select coalesce(jsonb_agg(jsonb_build_object('approvalId', a.id, 'campaignId', e.campaign_id,
    'status', a.status)), '[]')
    from public.campaign_edits e
    join public.approval_queue a on a.campaign_id = e.campaign_id and a.run_key = 'edit:' || e.campaign_id
      and a.revision = e.revision
   where e.status = 'proposed' and a.status in ('approved', 'changes_requested')
$$;
grant execute on function public.edits_decided to service_role;

-- A pause nobody chose says so (`auto_paused`), and never overwrites one a person chose.
create function public.pause_campaign_itself(p_id uuid, p_why text) returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  update public.campaigns set status = 'paused', auto_paused = true, status_reason = p_why
    where id = p_id and status = 'active';
  if found then
    perform public.write_audit('campaign.auto_paused', 'campaigns', p_id::text, null,
      '{"status": "paused"}', p_why);
  end if;
  return found;
end $$;

create trigger campaigns_transitions before update of status on public.campaigns
  for each row execute function public.hold_to_transitions();
create trigger campaigns_touch before update on public.campaigns for each row
  execute function public.touch_updated_at();

create trigger enrollments_transitions before update of status on public.enrollments
  for each row execute function public.hold_to_transitions();
create trigger enrollments_touch before update on public.enrollments for each row
  execute function public.touch_updated_at();
