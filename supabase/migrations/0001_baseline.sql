-- Made from supabase/schemas by `npm run db:baseline`. Read and edit it there.

-- Who signs in, what was done by whom, and the few words every other file uses.

-- A function may stand before what its body reads; `npm run db:check` compiles all bodies.
set check_function_bodies = off;

-- An older hosted project grants everything on every new object to the API's roles. Here each grant is
-- written beside its object, so those defaults are taken back first.
alter default privileges in schema public revoke all on tables from anon, authenticated, service_role;
alter default privileges in schema public revoke all on sequences from anon, authenticated, service_role;
alter default privileges in schema public revoke all on functions from anon, authenticated, service_role;

-- Row security asks this for every table. It reads `operators`
-- as its owner: as the caller it would ask itself.
create function public.is_operator() returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select 1 from public.operators o where o.id = auth.uid())
$$;
grant execute on function public.is_operator to authenticated, service_role;

-- Operators: the people who sign in. Everything else in this schema is readable by them and by nobody else.
create table public.operators (
  id uuid primary key references auth.users (id) on delete cascade,
  email text not null unique,
  display_name text not null,
  role text not null default 'operator' check (role in ('admin', 'operator')),
  created_at timestamptz not null default now()
);
alter table public.operators enable row level security;
create policy operators_read on public.operators for select to authenticated using (public.is_operator());
grant select on public.operators to authenticated;
grant select, insert, update on public.operators to service_role;

-- One-time links that create the first operator. Only the hash is kept; a link works once and for a while.
create table public.setup_links (
  token_hash text primary key,
  expires_at timestamptz not null,
  used_at timestamptz,
  created_at timestamptz not null default now()
);
alter table public.setup_links enable row level security;
grant select, insert, update on public.setup_links to service_role;

-- What an operator wants to be told on their own computer
-- while the console is open there; nothing until they choose.
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

-- Who did what, when, what it was before and after, and why. Rows are added and never touched again.
create table public.audit_log (
  id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  actor_id uuid,
  actor text not null,
  action text not null,
  entity text not null,
  entity_id text not null,
  before jsonb,
  after jsonb,
  why text
);
create index audit_log_entity on public.audit_log (entity, entity_id, id desc);
create index audit_log_recent on public.audit_log (id desc);
alter table public.audit_log enable row level security;
-- `(select …)` asks once per query; a bare call would ask once per
-- row, which made the totals of 30,000 mails fifteen times as slow.
create policy audit_log_read on public.audit_log for select to authenticated
  using ((select public.is_operator()));
grant select on public.audit_log to authenticated;
grant select, insert on public.audit_log to service_role;

-- The only moves a status may make. A trigger on each table with a status holds it to these.
create table public.status_transitions (
  entity text not null,
  from_status text not null,
  to_status text not null,
  primary key (entity, from_status, to_status)
);
alter table public.status_transitions enable row level security;
create policy status_transitions_read on public.status_transitions for select to authenticated
  using ((select public.is_operator()));
grant select on public.status_transitions to authenticated, service_role;

-- Who may also do what cannot be undone by the next operator: lift exclusions, bring back who opted out.
create function public.is_admin() returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select 1 from public.operators o where o.id = auth.uid() and o.role = 'admin')
$$;
grant execute on function public.is_admin to authenticated, service_role;

-- Every function that changes something starts here: an operator, or the product's own service role.
create function public.require_operator() returns void
language plpgsql stable security definer set search_path = '' as $$
begin
  if coalesce(auth.role(), '') <> 'service_role' and not public.is_operator() then
    raise exception 'Only a signed-in operator may do this.' using errcode = '42501';
  end if;
end $$;
grant execute on function public.require_operator to authenticated, service_role;

-- The name that goes into the audit log: the operator's, or the one the service role gives.
create function public.acting_name(p_actor text default null) returns text
language sql stable security definer set search_path = '' as $$
  select coalesce((select o.display_name from public.operators o where o.id = auth.uid()), p_actor, 'system')
$$;
grant execute on function public.acting_name to authenticated, service_role;

-- Creates the first operator from a valid setup link; the second use of the same link fails.
create function public.use_setup_link(p_token_hash text) returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  update public.setup_links set used_at = now()
   where token_hash = p_token_hash and used_at is null and expires_at > now();
  return found;
end $$;
grant execute on function public.use_setup_link to service_role;

-- Everybody chooses for their own computer only; the service role has none.
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
  on conflict (operator_id) do update set kinds = excluded.kinds, updated_at = now()
    returning d.kinds into v_kinds;
  return v_kinds;
end $$;
grant execute on function public.set_desktop_notices to authenticated, service_role;

-- What the log says happened stays said; even the owner of the database has to drop this first.
create function public.refuse_change() returns trigger language plpgsql set search_path = '' as $$
begin
  raise exception 'The audit log is append-only.' using errcode = '42501';
end $$;

-- Every function that changes something says so here, in the same transaction as the change.
create function public.write_audit(
  p_action text, p_entity text, p_entity_id text, p_before jsonb default null, p_after jsonb default null,
  p_why text default null, p_actor text default null
) returns void language sql security definer set search_path = '' as $$
  insert into public.audit_log (actor_id, actor, action, entity, entity_id, before, after, why)
  values (auth.uid(), public.acting_name(p_actor), p_action, p_entity, p_entity_id, p_before, p_after, p_why)
$$;
grant execute on function public.write_audit to service_role;

-- No caller, however privileged, moves a status along a way that is not listed.
create function public.hold_to_transitions() returns trigger language plpgsql security definer
  set search_path = '' as $$
begin
  if new.status is distinct from old.status and not exists (
    select 1 from public.status_transitions t
     where t.entity = tg_table_name and t.from_status = old.status and t.to_status = new.status
  ) then
    raise exception '% cannot go from % to %.', tg_table_name, old.status, new.status using errcode = '23514';
  end if;
  return new;
end $$;

-- What a person wrote, without the white space around it, or null when that is all there is.
create function public.words_in(p_text text) returns text
language sql immutable set search_path = '' as $$
  select nullif(regexp_replace(p_text, '^\s+|\s+$', '', 'g'), '')
$$;

-- Refuses a zone the clock does not know where it is written:
-- one found while sending would hold up every mail behind it.
create function public.require_zone(p_zone text) returns void
language plpgsql stable set search_path = '' as $$
begin
  perform now() at time zone p_zone;
exception when invalid_parameter_value then
  raise exception 'There is no time zone named %.', p_zone using errcode = '22023';
end $$;

-- Pages sort and compare by `updated_at`; a writer that forgets it must not matter.
create function public.touch_updated_at() returns trigger language plpgsql set search_path = '' as $$
begin
  new.updated_at := now();
  return new;
end $$;

-- The texts of a JSON array; anything that is no array has
-- none. Mail is hostile and half of its fields are missing.
create function public.texts_in(p_list jsonb) returns text[]
language sql immutable set search_path = '' as $$
  select coalesce(array_agg(x), '{}') from jsonb_array_elements_text(case jsonb_typeof(p_list)
    when 'array' then p_list else '[]' end) x
$$;

create trigger audit_log_append_only before update or delete on public.audit_log
  for each row execute function public.refuse_change();
create trigger audit_log_no_truncate before truncate on public.audit_log
  for each statement execute function public.refuse_change();

-- What the whole desk runs with: its settings, its clock, the kill switch, the keys it signs with.

-- Defaults of the whole desk; a campaign copies what it needs when it is planned.
create table public.desk_settings (
  id int primary key default 1 check (id = 1),
  desk_name text not null default 'Acquisitions',
  sender_name text not null default 'The acquisitions desk',
  postal_address text not null default '',
  time_zone text not null default 'America/Los_Angeles',
  window_start time not null default '09:00',
  window_end time not null default '17:00',
  window_days int[] not null default '{1,2,3,4,5}',
  keep_holidays boolean not null default true,
  closed_dates date[] not null default '{}',
  gap_business_days int[] not null default '{0,3,4}',
  spacing_min_s int not null default 30,
  spacing_max_s int not null default 90,
  batch_size int not null default 50,
  batch_pause_s int not null default 600,
  hourly_limit int not null default 1000 check (hourly_limit between 1 and 1000),
  daily_limit int not null default 10000 check (daily_limit between 1 and 10000),
  cooldown_days int not null default 30 check (cooldown_days >= 0),
  updated_by text not null default 'system',
  updated_at timestamptz not null default now(),
  bounce_pause_percent int not null default 10 check (bounce_pause_percent between 1 and 100),
  bounce_pause_count int not null default 10 check (bounce_pause_count between 1 and 1000),
  error_pause_percent int not null default 30 check (error_pause_percent between 1 and 100),
  error_pause_count int not null default 5 check (error_pause_count between 1 and 1000),
  -- How long a hand-over may stay unconfirmed, and how long a
  -- mail may sit in the Outbox before "not found" is an answer.
  stale_after_s int not null default 180 check (stale_after_s between 1 and 3600),
  uncertain_grace_s int not null default 600 check (uncertain_grace_s between 1 and 86400),
  -- Mail received before this is never acted on while nothing
  -- has been sent: an inbox was full before the desk was there.
  mail_counts_from timestamptz not null default now(),
  -- How long somebody whom another campaign mailed is left alone.
  cooldown_other_days int not null default 14 check (cooldown_other_days >= 0),
  constraint window_is_open check (window_start < window_end),
  constraint spacing_is_a_range check (spacing_min_s >= 0 and spacing_max_s >= spacing_min_s),
  constraint three_gaps check (array_length(gap_business_days, 1) = 3)
);
alter table public.desk_settings enable row level security;
create policy desk_settings_read on public.desk_settings for select to authenticated
  using ((select public.is_operator()));
grant select on public.desk_settings to authenticated;
grant select, insert, update on public.desk_settings to service_role;

insert into public.desk_settings (id) values (1);

-- The kill switch: one row every reservation reads, so pulling it holds from the next hand-over on.
create table public.kill_switch (
  id int primary key default 1 check (id = 1),
  pulled boolean not null default false,
  reason text,
  changed_by text not null default 'system',
  changed_at timestamptz not null default now()
);
alter table public.kill_switch enable row level security;
create policy kill_switch_read on public.kill_switch for select to authenticated
  using ((select public.is_operator()));
grant select on public.kill_switch to authenticated;
grant select, insert, update on public.kill_switch to service_role;
alter publication supabase_realtime add table public.kill_switch;

insert into public.kill_switch (id) values (1);

-- Keys the product signs with. Made here once, read by its
-- servers only, so that a link in an old mail works for ever.
create table public.signing_keys (
  purpose text primary key,
  secret text not null,
  created_at timestamptz not null default now()
);
alter table public.signing_keys enable row level security;
grant select on public.signing_keys to service_role;

insert into public.signing_keys (purpose, secret)
values ('unsubscribe', replace(gen_random_uuid()::text || gen_random_uuid()::text
  || gen_random_uuid()::text, '-', ''));

-- Stopping needs a reason, because whoever starts again has to know whether it is gone.
create function public.set_kill_switch(p_pulled boolean, p_reason text) returns public.kill_switch
language plpgsql security definer set search_path = '' as $$
declare
  v_before boolean;
  v_after public.kill_switch;
begin
  perform public.require_operator();
  if p_pulled and public.words_in(p_reason) is null then
    raise exception 'Say why sending is stopped.' using errcode = '22023';
  end if;
  select pulled into v_before from public.kill_switch where id = 1 for update;
  update public.kill_switch set pulled = p_pulled, reason = p_reason,
    changed_by = public.acting_name(), changed_at = now()
   where id = 1 returning * into v_after;
  perform public.write_audit('sending.' || case when p_pulled then 'stopped'
    else 'resumed' end, 'kill_switch', '1', jsonb_build_object('pulled', v_before),
    jsonb_build_object('pulled', p_pulled), p_reason);
  return v_after;
end $$;
grant execute on function public.set_kill_switch to authenticated, service_role;

-- Writes every column that is named in the changes, so that
-- a setting added later needs no new version of this.
create function public.update_desk_settings(p_changes jsonb) returns public.desk_settings
language plpgsql security definer set search_path = '' as $$
declare
  v_before public.desk_settings;
  v_after public.desk_settings;
  v_columns text;
begin
  perform public.require_operator();
  select * into v_before from public.desk_settings where id = 1 for update;
  v_after := jsonb_populate_record(v_before, p_changes - '{id,updated_by,updated_at}'::text[]);
  perform public.require_zone(v_after.time_zone);
  select string_agg(quote_ident(a.attname), ', ' order by a.attnum) into v_columns
    from pg_catalog.pg_attribute a
   where a.attrelid = 'public.desk_settings'::regclass and a.attnum > 0 and not a.attisdropped
     and a.attname not in ('id', 'updated_by', 'updated_at');
  execute format('update public.desk_settings set
      (%1$s) = (select %1$s from jsonb_populate_record(null::public.desk_settings, $1)),
      updated_by = $2, updated_at = now() where id = 1', v_columns)
    using to_jsonb(v_after), public.acting_name();
  select * into v_after from public.desk_settings where id = 1;
  perform public.write_audit('desk.settings', 'desk_settings', '1', to_jsonb(v_before), to_jsonb(v_after));
  return v_after;
end $$;
grant execute on function public.update_desk_settings to authenticated, service_role;

-- The next instant at or after p_at that is inside a send window, in the contact's own zone.
create function public.next_open(p_at timestamptz, p_zone text, p_start time, p_end time,
  p_days int[], p_closed date[])
returns timestamptz language plpgsql immutable set search_path = '' as $$
declare
  v_local timestamp := p_at at time zone p_zone;
  v_day date;
begin
  for i in 0..60 loop
    v_day := v_local::date + i;
    continue when not (extract(isodow from v_day)::int = any (p_days)) or v_day = any (p_closed);
    if i > 0 or v_local::time <= p_start then
      return (v_day + p_start) at time zone p_zone;
    elsif v_local::time < p_end then
      return p_at;
    end if;
  end loop;
  return p_at + interval '60 days';
end $$;
grant execute on function public.next_open to service_role;

-- The earliest instant of the p_gap-th open day after p_from. A follow-up
-- keeps this distance from the mail before it as that one really left: after
-- a long pause three overdue mails must not reach a person within minutes.
create function public.after_gap(p_from timestamptz, p_gap int, p_zone text, p_start time,
  p_days int[], p_closed date[])
returns timestamptz language plpgsql immutable set search_path = '' as $$
declare
  v_day date := (p_from at time zone p_zone)::date;
  v_left int := p_gap;
begin
  for i in 1..366 loop
    exit when v_left <= 0;
    v_day := v_day + 1;
    if extract(isodow from v_day)::int = any (p_days) and not v_day = any (p_closed) then
      v_left := v_left - 1;
    end if;
  end loop;
  return case when p_gap <= 0 then p_from else (v_day + p_start) at time zone p_zone end;
end $$;

-- A moment as the desk says it, in its zone.
create function public.desk_moment(p_at timestamptz) returns text
language sql stable security definer set search_path = '' as $$
  select to_char(p_at at time zone d.time_zone, 'Dy FMDD Mon HH24:MI') || ' ' || d.time_zone
    from public.desk_settings d
$$;

-- When a day of the desk begins.
create function public.desk_day(p_day date) returns timestamptz
language sql stable security invoker set search_path = '' as $$
  select p_day::timestamp at time zone d.time_zone from public.desk_settings d where d.id = 1
$$;
grant execute on function public.desk_day to authenticated, service_role;

-- Hours are whole hours of UTC; a page adds them up to days of the desk's zone.
create function public.whole_hour(p_at timestamptz) returns timestamptz
language sql immutable set search_path = '' as $$ select date_trunc('hour', p_at, 'UTC') $$;
grant execute on function public.whole_hour to authenticated, service_role;

-- From when on mail is acted on: the first mail that left, less what two clocks may differ.
create function public.mail_counts_from() returns timestamptz
language sql stable security definer set search_path = '' as $$
  select coalesce((select min(s.handed_at) - interval '2 minutes' from public.sends s
    where s.handed_at is not null),
    (select d.mail_counts_from from public.desk_settings d where d.id = 1))
$$;
grant execute on function public.mail_counts_from to service_role;

-- A search: what a buyer looks for, and how far it has come.

-- A search is one buyer's criteria and what came of it.
create table public.searches (
  id uuid primary key default gen_random_uuid(),
  name text not null,
  buyer_name text not null,
  criteria jsonb not null,
  source text not null check (source in ('form', 'file', 'api', 'import')),
  status text not null default 'new'
    check (status in ('new', 'sourcing', 'awaiting_sourcing', 'awaiting_extraction',
    'extracting', 'scheduling', 'awaiting_campaign', 'active', 'completed',
    'rejected', 'failed', 'cancelled')),
  status_reason text,
  strategy text,
  payloads jsonb not null default '[]',
  engine_run_id text,
  created_by text not null default public.acting_name(),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index searches_recent on public.searches (created_at desc, id desc);
create index searches_status on public.searches (status);
alter table public.searches enable row level security;
create policy searches_read on public.searches for select to authenticated
  using ((select public.is_operator()));
create policy searches_create on public.searches for insert to authenticated
  with check ((select public.is_operator()));
grant select on public.searches to authenticated;
grant select, insert, update on public.searches to service_role;
-- A new search is all an operator writes by hand; status, payloads and author are not theirs to choose.
grant insert (name, buyer_name, criteria, source) on public.searches to authenticated;
alter publication supabase_realtime add table public.searches;

insert into public.status_transitions (entity, from_status, to_status)
select 'searches', f, t from (values
  ('new', 'sourcing'), ('sourcing', 'awaiting_sourcing'), ('sourcing', 'awaiting_extraction'),
  ('awaiting_sourcing', 'sourcing'), ('awaiting_sourcing', 'awaiting_extraction'),
  ('awaiting_extraction', 'sourcing'), ('awaiting_extraction', 'extracting'),
  ('extracting', 'awaiting_extraction'), ('extracting', 'scheduling'), ('scheduling', 'awaiting_campaign'),
  ('scheduling', 'completed'), ('scheduling', 'active'), ('awaiting_campaign', 'scheduling'),
  ('awaiting_campaign', 'active'), ('active', 'completed'), ('failed', 'sourcing'), ('failed', 'extracting'),
  ('failed', 'scheduling'), ('failed', 'awaiting_extraction'),
  -- A person who has seen what was found may send the search back to its payloads, with words, instead of
  -- mailing these contacts.
  ('awaiting_campaign', 'sourcing'), ('scheduling', 'sourcing'),
  -- A way back that only undo_routing takes: its last sequence, ended by the routing that is undone, goes on.
  ('completed', 'active'),
  ('failed', 'cancelled')
) as moves (f, t)
union all
select 'searches', f, t
  from unnest('{new,sourcing,awaiting_sourcing,awaiting_extraction,extracting,
      scheduling,awaiting_campaign,active}'::text[]) f,
    unnest('{rejected,failed,cancelled}'::text[]) t;

-- Moves a search only from where the caller believes it is; false means somebody else moved it first.
create function public.move_search(p_id uuid, p_from text[], p_to text, p_reason text default null)
  returns boolean
language plpgsql security definer set search_path = '' as $$
declare
  v_before text;
begin
  perform public.require_operator();
  select status into v_before from public.searches where id = p_id for update;
  if v_before = p_to then
    return true;
  end if;
  update public.searches set status = p_to, status_reason = p_reason where id = p_id
    and status = any (p_from);
  if not found then
    return false;
  end if;
  perform public.write_audit('search.' || p_to, 'searches', p_id::text,
    jsonb_build_object('status', v_before), jsonb_build_object('status', p_to), p_reason);
  return true;
end $$;
grant execute on function public.move_search to authenticated, service_role;

-- What one tick did, for whoever called it: counted where the rows are, not collected on the way.
create function public.tick_summary(p_since timestamptz) returns jsonb
language sql stable security invoker set search_path = '' as $$
  select jsonb_build_object(
    'searchesProcessed', (select count(*) from public.searches where updated_at >= p_since),
    'approvalsPending', (select count(*) from public.approval_queue where status = 'pending'),
    'sends', jsonb_build_object(
      'sent', (select count(*) from public.sends where sent_at >= p_since),
      'uncertain', (select count(*) from public.sends where status = 'uncertain'),
      'skipped', coalesce((select jsonb_object_agg(x.reason, x.n)
        from (select coalesce(reason, 'unknown') as reason, count(*) as n
        from public.sends where status = 'skipped' and updated_at >= p_since group by 1) x), '{}')),
    'mailsIngested', (select count(*) from public.synced_emails where synced_at >= p_since),
    'classified', coalesce((select jsonb_object_agg(x.category, x.n)
      from (select category, count(*) as n from public.synced_emails
      where classified_at >= p_since and category is not null group by category) x), '{}'),
    'routed', (select count(*) from public.synced_emails where routed_at >= p_since),
    'unread', (select count(*) from public.synced_emails where status in ('new', 'classifying')))
$$;
grant execute on function public.tick_summary to service_role;

-- Work whose event was lost: searches nobody moves, approvals decided while nobody listened, mails nobody
-- read. A burst has a reader of its own and is left to it for half an hour; the newest mail comes first.
create function public.stalled_work(p_now timestamptz default now()) returns jsonb
language sql stable security definer set search_path = '' as $$
  select jsonb_build_object(
    'searches', coalesce((select jsonb_agg(s.id) from public.searches s
      where (s.status in ('new', 'sourcing', 'scheduling') and s.updated_at < p_now - interval '45 seconds')
         or (s.status = 'extracting' and exists (select 1 from public.extractions x where x.search_id = s.id
              and x.status in ('waiting', 'running', 'completed')
              and x.updated_at < p_now - interval '3 minutes'))
         or (s.status in ('awaiting_sourcing', 'awaiting_extraction', 'awaiting_campaign')
              and not exists (select 1 from public.approval_queue q where q.search_id = s.id
                and (q.status in ('pending', 'expired') or q.decided_at > p_now - interval '1 minute')))),
                '[]'),
    'emails', coalesce((select jsonb_agg(x.id) from (select e.id from public.synced_emails e
      where (e.status = 'new' and e.synced_at < p_now - case when e.in_burst then interval '30 minutes'
        else interval '20 seconds' end)
         or (e.status = 'classifying' and e.classifying_since < p_now - interval '5 minutes')
      order by e.received_at desc, e.id limit 200) x), '[]'),
    'sends', coalesce((select jsonb_agg(s.id) from public.sends s
      where s.status = 'uncertain' or (s.status = 'sending' and s.handed_at < p_now - interval '3 minutes')),
        '[]'))
$$;
grant execute on function public.stalled_work to service_role;

-- A person wrote this, not a machine.
create function public.is_own_words(p_category text) returns boolean
language sql immutable set search_path = '' as $$
  select coalesce(p_category not in ('bounce', 'out_of_office', 'receipt'), false)
$$;
-- desk_overview runs with its caller's own rights.
grant execute on function public.is_own_words to authenticated, service_role;

-- Numbers for the overview page and for the summary of a single tick,
-- counted where the rows are, and only of runs something was done with.
create function public.desk_overview(p_since timestamptz default now() - interval '30 days') returns jsonb
language sql stable security invoker set search_path = '' as $$
  select jsonb_build_object(
    'approvalsPending', (select count(*) from public.approval_queue where status = 'pending'),
    'repliesForAPerson', (select count(*) from public.synced_emails where status = 'needs_person'),
    'uncertainSends', (select count(*) from public.sends where status = 'uncertain'),
    'searches', (select count(*) from public.searches where created_at >= p_since),
    'properties', (select count(*) from public.search_properties p
      join public.searches s on s.id = p.search_id where s.created_at >= p_since),
    'contacts', (select count(*) from public.search_contacts c join public.searches s on s.id = c.search_id
      where s.created_at >= p_since),
    'enrolled', (select count(*) from public.enrollments where created_at >= p_since),
    'scheduled', (select count(*) from public.sends where status = 'scheduled'),
    'sent', (select count(*) from public.sends where sent_at >= p_since and status = 'sent'),
    'sentLastHour', (select count(*) from public.sends where handed_at > now() - interval '1 hour'),
    'sentLastDay', (select count(*) from public.sends where handed_at > now() - interval '24 hours'),
    'replied', (select count(distinct contact_id) from public.synced_emails
      where received_at >= p_since and contact_id is not null
        and public.is_own_words(category)),
    'byCategory', coalesce((select jsonb_object_agg(x.category, x.n)
      from (select category, count(*) as n from public.synced_emails
      where received_at >= p_since and category is not null group by category) x), '{}'),
    'agents', coalesce((select jsonb_agg(to_jsonb(a) order by a.agent) from (
      select agent, count(*) as runs, count(*) filter (where status = 'succeeded') as succeeded,
        count(*) filter (where status = 'failed') as failed,
        percentile_cont(0.5) within group (order by duration_ms) as median_ms,
        coalesce(sum(input_tokens + output_tokens), 0) as tokens,
        coalesce(sum(cost_microusd), 0) as cost_microusd
      from public.agent_runs where started_at >= p_since and kind = 'live' group by agent) a), '[]'))
$$;
grant execute on function public.desk_overview to authenticated, service_role;

create trigger searches_transitions before update of status on public.searches
  for each row execute function public.hold_to_transitions();
create trigger searches_touch before update on public.searches for each row
  execute function public.touch_updated_at();

-- Runs of agents, their definitions and the shapes of their answers, the circuit breaker, and definitions
-- tried on the side. Runs that only look on (a `shadow` of a live run, a `test` of a definition) name no
-- search and no mail of their own: nothing acts on them, and no count of the desk's work includes them.

-- The shapes an answer had to have, each kept once: a run names the one it was held to.
create table public.agent_schemas (
  hash text primary key,
  schema jsonb not null,
  created_at timestamptz not null default now()
);
alter table public.agent_schemas enable row level security;
create policy agent_schemas_read on public.agent_schemas for select to authenticated
  using ((select public.is_operator()));
grant select on public.agent_schemas to authenticated;
grant select, insert on public.agent_schemas to service_role;

-- Every text an agent's definition ever had. One may be
-- active; when none is, the file is. A text never changes.
create table public.agent_definitions (
  agent text not null check (agent ~ '^[a-z][a-z0-9-]{1,60}$'),
  version text not null,
  source text not null check (source ~ '\S' and octet_length(source) <= 65536),
  origin text not null check (origin in ('file', 'console')),
  author text not null,
  note text,
  created_at timestamptz not null default now(),
  active boolean not null default false,
  activated_at timestamptz,
  activated_by text,
  -- The file's version when this one was made live: another
  -- one later means the file was changed on disk since.
  file_version text,
  primary key (agent, version)
);
create unique index agent_definitions_active on public.agent_definitions (agent) where active;
create index agent_definitions_recent on public.agent_definitions (agent, created_at desc, version desc);
alter table public.agent_definitions enable row level security;
create policy agent_definitions_read on public.agent_definitions for select to authenticated
  using ((select public.is_operator()));
grant select on public.agent_definitions to authenticated, service_role;

-- Whether agents are asked at all. Closed: yes. Open: nobody asks before `retry_at`. Probing: one asks,
-- the others wait for what it finds; a probe whose process died is taken over when its time is up.
create table public.agent_circuit (
  id int primary key default 1 check (id = 1),
  status text not null default 'closed' check (status in ('closed', 'open', 'probing')),
  failures int not null default 0,
  openings int not null default 0,
  kind text,
  message text,
  opened_at timestamptz,
  retry_at timestamptz,
  changed_at timestamptz not null default now(),
  constraint open_says_until_when check ((status = 'closed') = (retry_at is null))
);
alter table public.agent_circuit enable row level security;
create policy agent_circuit_read on public.agent_circuit for select to authenticated
  using ((select public.is_operator()));
grant select on public.agent_circuit to authenticated, service_role;
alter publication supabase_realtime add table public.agent_circuit;

insert into public.agent_circuit (id) values (1);

-- A candidate definition beside the live one, on the same real inputs. Nothing acts on what it says.
create table public.agent_shadows (
  id uuid primary key default gen_random_uuid(),
  agent text not null,
  version text not null,
  share_pct int not null check (share_pct between 1 and 100),
  budget_microusd bigint not null check (budget_microusd > 0),
  status text not null default 'running' check (status in ('running', 'stopped', 'switched')),
  status_reason text,
  started_by text not null,
  started_at timestamptz not null default now(),
  ended_at timestamptz,
  foreign key (agent, version) references public.agent_definitions (agent, version)
);
create unique index agent_shadows_one_per_agent on public.agent_shadows (agent) where status = 'running';
create index agent_shadows_recent on public.agent_shadows (agent, started_at desc, id desc);
create index agent_shadows_definition on public.agent_shadows (agent, version);
alter table public.agent_shadows enable row level security;
create policy agent_shadows_read on public.agent_shadows for select to authenticated
  using ((select public.is_operator()));
grant select on public.agent_shadows to authenticated, service_role;

insert into public.status_transitions (entity, from_status, to_status) values
  ('agent_shadows', 'running', 'stopped'), ('agent_shadows', 'running', 'switched'),
  ('agent_shadows', 'stopped', 'switched');

-- Every run of an agent: what it was given, what came out, what it cost.
create table public.agent_runs (
  id uuid primary key default gen_random_uuid(),
  agent text not null,
  agent_version text not null,
  purpose text not null,
  search_id uuid references public.searches (id),
  email_id uuid,
  model text not null,
  prompt text not null,
  status text not null default 'running' check (status in ('running', 'succeeded', 'failed')),
  output jsonb,
  failure_kind text,
  failure_message text,
  schema_errors jsonb not null default '[]',
  attempts int not null default 0,
  duration_ms int,
  input_tokens int,
  output_tokens int,
  cost_microusd bigint,
  session_id text,
  started_at timestamptz not null default now(),
  finished_at timestamptz,
  kind text not null default 'live' check (kind in ('live', 'shadow', 'test')),
  shadow_of uuid references public.agent_runs (id),
  input jsonb,
  schema_hash text references public.agent_schemas (hash),
  agreement_bps int check (agreement_bps between 0 and 10000),
  agreement_note text,
  shadow_id uuid references public.agent_shadows (id),
  -- How many learnings a run was given, kept beside it.
  learnings_given int not null default 0,
  -- Trust belongs to a definition and to the model that ran it. What a name like "sonnet" stands for can
  -- change without anybody changing a setting, so the model that answered is kept beside the one that
  -- was asked for; where it is not known (older runs, or a CLI that does not say) only the name counts.
  answered_model text,
  constraint only_looking_on check ((kind = 'live') = (shadow_of is null)
    and (kind = 'live' or (search_id is null and email_id is null))),
  constraint a_shadow_has_its_trial check ((kind = 'shadow') = (shadow_id is not null))
);
comment on column public.agent_runs.answered_model
  is 'The model that answered, as the CLI names it; `model` is the one that was asked for.';
create index agent_runs_recent on public.agent_runs (started_at desc, id desc);
create index agent_runs_search on public.agent_runs (search_id, started_at desc);
create index agent_runs_email on public.agent_runs (email_id);
create index agent_runs_shadow_of on public.agent_runs (shadow_of);
create index agent_runs_schema on public.agent_runs (schema_hash);
create index agent_runs_by_agent on public.agent_runs (agent, kind, started_at desc, id desc);
create unique index agent_runs_shadow_once on public.agent_runs (shadow_id, shadow_of) where kind = 'shadow';
-- Holds all that the Metrics pages count of runs, so that they read the index alone.
create index agent_runs_measured on public.agent_runs (started_at, agent, agent_version) include
  (status, failure_kind, attempts, duration_ms, input_tokens, output_tokens, cost_microusd,
    learnings_given, search_id, email_id, id,
   model, answered_model) where kind = 'live';
alter table public.agent_runs enable row level security;
create policy agent_runs_read on public.agent_runs for select to authenticated
  using ((select public.is_operator()));
grant select on public.agent_runs to authenticated;
grant select, insert, update on public.agent_runs to service_role;

-- The answer whoever wants to start an agent gets, in one shape for every caller.
create function public.say_agent_circuit(p_circuit public.agent_circuit, p_passes boolean, p_probe boolean)
  returns jsonb
language sql immutable set search_path = '' as $$
  select jsonb_build_object('passes', p_passes, 'probe', p_probe, 'status',
    p_circuit.status, 'kind', p_circuit.kind, 'message', p_circuit.message, 'openedAt', p_circuit.opened_at,
    'retryAt', p_circuit.retry_at)
$$;

-- Asked before every agent run. While closed it takes no lock
-- and writes nothing. `p_probe` false never becomes the probe.
create function public.pass_agent_circuit(
  p_lease_s int default 180, p_probe boolean default true, p_now timestamptz default now()
) returns jsonb language plpgsql security definer set search_path = '' as $$
declare
  v_circuit public.agent_circuit;
begin
  perform public.require_operator();
  select * into v_circuit from public.agent_circuit where id = 1;
  if v_circuit.status = 'closed' then
    return public.say_agent_circuit(v_circuit, true, false);
  end if;
  select * into v_circuit from public.agent_circuit where id = 1 for update;
  if v_circuit.status = 'closed' then
    return public.say_agent_circuit(v_circuit, true, false);
  end if;
  if not p_probe or v_circuit.retry_at > p_now then
    return public.say_agent_circuit(v_circuit, false, false);
  end if;
  update public.agent_circuit set status = 'probing', retry_at = p_now + make_interval(secs => p_lease_s),
    changed_at = p_now
   where id = 1 returning * into v_circuit;
  return public.say_agent_circuit(v_circuit, true, true);
end $$;
grant execute on function public.pass_agent_circuit to service_role;

-- What became of a run: 'answered', or how the provider failed. Three failures in a row open the circuit; one
-- is enough where trying again cannot help (not signed in, no credit). Each opening without an answer in
-- between waits twice as long, from 30 seconds to 15 minutes, spread by a fifth either way so that several
-- processes do not ask at once.
create function public.report_agent_outcome(
  p_outcome text, p_message text default null, p_jitter double precision default 0.5,
  p_now timestamptz default now()
) returns jsonb language plpgsql security definer set search_path = '' as $$
declare
  v_circuit public.agent_circuit;
  v_before text;
  v_enough int := case when p_outcome in ('not_signed_in', 'no_credit') then 1 else 3 end;
begin
  perform public.require_operator();
  select * into v_circuit from public.agent_circuit where id = 1;
  if p_outcome = 'answered' and v_circuit.status = 'closed' and v_circuit.failures = 0 then
    return public.say_agent_circuit(v_circuit, true, false);
  end if;
  select * into v_circuit from public.agent_circuit where id = 1 for update;
  v_before := v_circuit.status;
  if p_outcome = 'answered' then
    update public.agent_circuit set status = 'closed', failures = 0, openings = 0,
      kind = null, message = null, opened_at = null, retry_at = null, changed_at = p_now
        where id = 1 returning * into v_circuit;
    if v_before <> 'closed' then
      perform public.write_audit('agents.resumed', 'agent_circuit', '1', null, null,
        'An agent answered again.');
      -- What it asked of a person is done.
      update public.notices set acknowledged_at = p_now, acknowledged_by = 'system'
       where kind = 'agents.paused' and acknowledged_at is null;
    end if;
    return public.say_agent_circuit(v_circuit, true, false);
  end if;
  -- A run that began before the pause and fails during it says nothing new.
  if v_before = 'open' then
    return public.say_agent_circuit(v_circuit, false, false);
  end if;
  if v_before = 'closed' and v_circuit.failures + 1 < v_enough then
    update public.agent_circuit set failures = failures + 1, kind = p_outcome,
      message = p_message, changed_at = p_now
     where id = 1 returning * into v_circuit;
    return public.say_agent_circuit(v_circuit, true, false);
  end if;
  update public.agent_circuit set status = 'open', failures = failures + 1,
    openings = openings + 1, kind = p_outcome,
      message = p_message, opened_at = coalesce(opened_at, p_now), changed_at = p_now,
      retry_at = p_now + least(30 * power(2, least(openings, 10)),
        900) * (0.8 + 0.4 * p_jitter) * interval '1 second'
   where id = 1 returning * into v_circuit;
  if v_before = 'closed' then
    perform public.write_audit('agents.paused', 'agent_circuit', '1', null,
      jsonb_build_object('kind', p_outcome), p_message);
    perform public.tell('agents.paused', 'attention', 'Agents are paused',
      coalesce(p_message, 'The provider does not answer.') || ' Searches and replies wait until it is back.',
      '/settings/agents');
  end if;
  return public.say_agent_circuit(v_circuit, false, false);
end $$;
grant execute on function public.report_agent_outcome to service_role;

-- An operator does not want to wait for the next try. True when agents were paused.
create function public.retry_agents_now() returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  perform public.require_operator();
  update public.agent_circuit set retry_at = now(), changed_at = now() where id = 1 and status = 'open';
  if found then
    perform public.write_audit('agents.tried', 'agent_circuit', '1');
  end if;
  return found;
end $$;
grant execute on function public.retry_agents_now to authenticated, service_role;

-- A run whose process died would say "running" for ever.
create function public.tidy_agent_runs(p_now timestamptz default now()) returns int
language plpgsql security definer set search_path = '' as $$
declare
  v_count int;
begin
  perform public.require_operator();
  update public.agent_runs set status = 'failed', failure_kind = 'broken', finished_at = p_now,
      failure_message = 'The program ended before the run did.'
   where status = 'running' and started_at < p_now - interval '30 minutes';
  get diagnostics v_count = row_count;
  return v_count;
end $$;
grant execute on function public.tidy_agent_runs to service_role;

-- A definition is named by what it says: the same words are the same version, wherever they came from.
create function public.definition_version(p_source text) returns text
language sql immutable set search_path = '' as $$
  select left(encode(sha256(convert_to(p_source, 'UTF8')), 'hex'), 12)
$$;

-- Remembers a text, so that runs made with it can show it after it changed.
create function public.keep_agent_definition(p_agent text, p_source text, p_origin text, p_author text,
  p_note text default null)
returns text language plpgsql security definer set search_path = '' as $$
declare
  v_version text := public.definition_version(p_source);
begin
  perform public.require_operator();
  insert into public.agent_definitions (agent, version, source, origin, author, note)
  values (p_agent, v_version, p_source, p_origin, p_author, public.words_in(p_note))
  on conflict (agent, version) do nothing;
  return v_version;
end $$;
grant execute on function public.keep_agent_definition to service_role;

-- Makes a version the live one, if what is live is still what its author looked
-- at. Two who save at once would otherwise take back each other's words unseen.
create function public.point_agent_definition(
  p_agent text, p_version text, p_expected text, p_file_version text, p_why text
) returns text language plpgsql security definer set search_path = '' as $$
declare
  v_live text;
begin
  perform pg_advisory_xact_lock(hashtext('agent_definitions:' || p_agent));
  select version into v_live from public.agent_definitions where agent = p_agent and active;
  v_live := coalesce(v_live, p_file_version);
  if p_expected is distinct from v_live then
    raise exception 'Somebody changed the live definition since you opened it. '
      'Open it again and look at it first.'
      using errcode = '22023';
  end if;
  if p_version is not null and not exists (
    select from public.agent_definitions where agent = p_agent and version = p_version) then
    raise exception 'There is no version % of %.', p_version, p_agent using errcode = 'P0002';
  end if;
  update public.agent_definitions set active = false where agent = p_agent and active
    and version is distinct from p_version;
  update public.agent_definitions set active = true, activated_at = now(),
    activated_by = public.acting_name(),
      file_version = p_file_version
   where agent = p_agent and version = p_version;
  perform public.write_audit('agent.' || case when p_version is null then 'follows_file' else 'activated' end,
    'agent_definitions', p_agent, jsonb_build_object('version', v_live),
    jsonb_build_object('version', coalesce(p_version, p_file_version)), p_why);
  -- Trust was earned with the other text.
  perform public.note_definition(p_agent, coalesce(p_version, p_file_version));
  return coalesce(p_version, p_file_version);
end $$;

-- Keeps a new text, live or not. `p_expected` is the version that was live when the editor was opened.
create function public.save_agent_definition(
  p_agent text, p_source text, p_note text, p_live boolean, p_expected text, p_file_version text
) returns text language plpgsql security definer set search_path = '' as $$
declare
  v_version text;
begin
  perform public.require_operator();
  if public.words_in(p_note) is null then
    raise exception 'Say what changed.' using errcode = '22023';
  end if;
  v_version := public.keep_agent_definition(p_agent, p_source, 'console', public.acting_name(), p_note);
  if p_live then
    perform public.point_agent_definition(p_agent, v_version, p_expected, p_file_version, p_note);
  else
    perform public.write_audit('agent.saved', 'agent_definitions', p_agent, null,
      jsonb_build_object('version', v_version), p_note);
  end if;
  return v_version;
end $$;
grant execute on function public.save_agent_definition to authenticated, service_role;

-- Makes an earlier text live again; without a version the file is followed from now on.
create function public.activate_agent_definition(
  p_agent text, p_version text, p_expected text, p_file_version text, p_why text
) returns text language plpgsql security definer set search_path = '' as $$
begin
  perform public.require_operator();
  if public.words_in(p_why) is null then
    raise exception 'Say why.' using errcode = '22023';
  end if;
  return public.point_agent_definition(p_agent, p_version, p_expected, p_file_version, p_why);
end $$;
grant execute on function public.activate_agent_definition to authenticated, service_role;

-- What proposes at a checkpoint now: the definition and the model behind its newest proposal.
create function public.live_agent(p_checkpoint text)
  returns table (version text, asked_model text, model text)
language sql stable security invoker set search_path = '' as $$
  select r.agent_version, r.model, r.answered_model from public.approval_queue q
    join public.agent_runs r on r.id = q.agent_run_id
   where q.checkpoint = p_checkpoint and q.agent_run_id is not null order by q.requested_at desc limit 1
$$;
grant execute on function public.live_agent to authenticated, service_role;

-- The definition that proposes at a checkpoint now: the one
-- behind its newest proposal. Nothing earned with another counts.
create function public.live_agent_version(p_checkpoint text) returns text
language sql stable security invoker set search_path = '' as $$
  select r.agent_version from public.approval_queue q join public.agent_runs r on r.id = q.agent_run_id
   where q.checkpoint = p_checkpoint and q.agent_run_id is not null order by q.requested_at desc limit 1
$$;
grant execute on function public.live_agent_version to authenticated, service_role;

-- Whether evidence was earned with the model that is live; what is not known contradicts nothing.
create function public.is_same_model(p_asked text, p_model text, p_live_asked text, p_live_model text)
  returns boolean
language sql immutable set search_path = '' as $$
  select p_asked is not distinct from p_live_asked and coalesce(p_model = p_live_model, true)
$$;
grant execute on function public.is_same_model to authenticated, service_role;

-- The model a definition's front matter names, or null.
create function public.definition_model(p_agent text, p_version text) returns text
language sql stable security definer set search_path = '' as $$
  select substring(split_part(d.source, E'\n---', 1) from '(?n)^\s*model\s*:\s*(\S+)\s*$')
    from public.agent_definitions d where d.agent = p_agent and d.version = p_version
$$;

-- Who proposes at a checkpoint. Campaigns are planned by
-- rules, which have no definition file and so no version.
create function public.agent_of(p_checkpoint text) returns text
language sql immutable set search_path = '' as $$
  select case p_checkpoint when 'campaign' then 'campaign-rules' when 'classification'
    then 'response-classifier'
    else 'sourcing-agent' end
$$;
grant execute on function public.agent_of to authenticated, service_role;

-- One trial per agent at a time (agent_shadows_one_per_agent), so that its budget is what it costs.
create function public.start_shadow(p_agent text, p_version text, p_share_pct int, p_budget_microusd bigint)
returns uuid language plpgsql security definer set search_path = '' as $$
declare
  v_id uuid;
begin
  perform public.require_operator();
  insert into public.agent_shadows (agent, version, share_pct, budget_microusd, started_by)
  values (p_agent, p_version, p_share_pct, p_budget_microusd, public.acting_name()) returning id into v_id;
  perform public.write_audit('shadow.started', 'agent_shadows', v_id::text, null,
    jsonb_build_object('agent', p_agent, 'version', p_version, 'share_pct', p_share_pct,
      'budget_microusd', p_budget_microusd));
  return v_id;
exception when unique_violation then
  raise exception 'A shadow of % is running already. Stop it first.', p_agent using errcode = '22023';
end $$;
grant execute on function public.start_shadow to authenticated, service_role;

-- False when it had ended already: the sweep and a person may both stop it.
create function public.stop_shadow(p_id uuid, p_why text default null) returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  perform public.require_operator();
  update public.agent_shadows set status = 'stopped', status_reason = p_why, ended_at = now()
   where id = p_id and status = 'running';
  if found then
    perform public.write_audit('shadow.stopped', 'agent_shadows', p_id::text, null, null, p_why);
  end if;
  return found;
end $$;
grant execute on function public.stop_shadow to authenticated, service_role;

-- Ends the trial and makes the candidate live, in one transaction.
create function public.switch_shadow(p_id uuid, p_expected text, p_file_version text, p_why text) returns text
language plpgsql security definer set search_path = '' as $$
declare
  v_shadow public.agent_shadows;
begin
  perform public.require_operator();
  select * into v_shadow from public.agent_shadows where id = p_id for update;
  if not found then
    raise exception 'There is no such shadow.' using errcode = 'P0002';
  end if;
  update public.agent_shadows set status = 'switched', status_reason = p_why,
    ended_at = coalesce(ended_at, now())
   where id = p_id;
  perform public.write_audit('shadow.switched', 'agent_shadows', p_id::text, null,
    jsonb_build_object('agent', v_shadow.agent, 'version', v_shadow.version), p_why);
  return public.point_agent_definition(v_shadow.agent, v_shadow.version, p_expected, p_file_version, p_why);
end $$;
grant execute on function public.switch_shadow to authenticated, service_role;

-- Live runs a shadow should look at and has not: those finished since it
-- began, its share of them, oldest first. One whose budget is used up is
-- stopped here. Which runs fall into the share depends on their id alone.
create function public.next_shadow_work(p_limit int default 20)
returns table (shadow_id uuid, run_id uuid, agent text, version text, left_microusd bigint)
language plpgsql security definer set search_path = '' as $$
begin
  perform public.require_operator();
  perform public.stop_shadow(s.id, 'Its budget is used up.') from public.agent_shadows s
    where s.status = 'running' and s.budget_microusd <= (
      select coalesce(sum(r.cost_microusd), 0) from public.agent_runs r
        where r.shadow_id = s.id and r.kind = 'shadow');
  return query
    select s.id, r.id, s.agent, s.version, s.budget_microusd - (
        select coalesce(sum(x.cost_microusd), 0)::bigint from public.agent_runs x
          where x.shadow_id = s.id and x.kind = 'shadow')
      from public.agent_shadows s
      join public.agent_runs r on r.agent = s.agent and r.kind = 'live' and r.started_at >= s.started_at
     where s.status = 'running' and r.input is not null and r.schema_hash is not null
       and (r.status = 'succeeded'
         or (r.status = 'failed' and r.failure_kind in ('schema', 'checks', 'no_answer', 'refused')))
       and ('x' || left(md5(s.id::text || r.id::text), 7))::bit(28)::int % 100 < s.share_pct
       and not exists (select from public.agent_runs x where x.shadow_id = s.id
         and x.shadow_of = r.id and x.kind = 'shadow')
     order by r.started_at, r.id limit p_limit;
end $$;
grant execute on function public.next_shadow_work to service_role;

-- Takes one live run for a shadow, once; null when it was taken or the shadow has ended.
create function public.claim_shadow_run(p_shadow_id uuid, p_run_id uuid, p_model text, p_prompt text)
  returns uuid
language plpgsql security definer set search_path = '' as $$
declare
  v_id uuid;
begin
  perform public.require_operator();
  insert into public.agent_runs (agent, agent_version, purpose, model, prompt, kind, shadow_of,
    shadow_id, input, schema_hash)
  select s.agent, s.version, r.purpose, p_model, p_prompt, 'shadow', r.id, s.id, r.input, r.schema_hash
    from public.agent_shadows s join public.agent_runs r on r.id = p_run_id and r.kind = 'live'
   where s.id = p_shadow_id and s.status = 'running'
  on conflict do nothing returning id into v_id;
  return v_id;
end $$;
grant execute on function public.claim_shadow_run to service_role;

-- Candidate and live, on the same inputs, with the models that are
-- compared. Costs in millionths of a dollar, agreement in basis points.
create function public.shadow_totals(p_id uuid) returns jsonb
language sql stable security invoker set search_path = '' as $$
  select jsonb_build_object(
    'runs', count(*), 'finished', count(*) filter (where c.status <> 'running'),
    'succeeded', count(*) filter (where c.status = 'succeeded'),
    'liveSucceeded', count(*) filter (where c.status <> 'running' and l.status = 'succeeded'),
    'firstPass', count(*) filter (where c.status = 'succeeded' and c.attempts = 1),
    'liveFirstPass', count(*) filter (where c.status <> 'running'
      and l.status = 'succeeded' and l.attempts = 1),
    'compared', count(c.agreement_bps), 'same', count(*) filter (where c.agreement_bps = 10000),
    'agreementBps', round(avg(c.agreement_bps)),
    'model', max(coalesce(c.answered_model, c.model)), 'liveModel', max(coalesce(l.answered_model, l.model)),
    'liveModels', count(distinct coalesce(l.answered_model, l.model)),
    'cost', coalesce(sum(c.cost_microusd), 0),
    'liveCost', coalesce(sum(l.cost_microusd) filter (where c.status <> 'running'), 0),
    'medianMs', percentile_cont(0.5) within group (order by c.duration_ms),
    'liveMedianMs', percentile_cont(0.5) within group (order by l.duration_ms) filter (
      where c.status <> 'running'))
  from public.agent_runs c join public.agent_runs l on l.id = c.shadow_of
  where c.shadow_id = p_id and c.kind = 'shadow'
$$;
grant execute on function public.shadow_totals to authenticated, service_role;

create trigger agent_shadows_transitions before update of status on public.agent_shadows
  for each row execute function public.hold_to_transitions();

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

-- Owners: companies, properties, people, their addresses, and whom nobody may mail.

-- Owning companies, each known by one spelling of its name.
create table public.companies (
  id uuid primary key default gen_random_uuid(),
  name text not null,
  name_key text not null unique,
  costar_company_id bigint unique,
  address text,
  state text,
  phones text[] not null default '{}',
  do_not_contact_at timestamptz,
  do_not_contact_reason text,
  source text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
alter table public.companies enable row level security;
create policy companies_read on public.companies for select to authenticated
  using ((select public.is_operator()));
grant select on public.companies to authenticated;
grant select, insert, update on public.companies to service_role;

-- Buildings, each known by one spelling of its address.
create table public.properties (
  id uuid primary key default gen_random_uuid(),
  costar_property_id bigint unique,
  address text not null,
  address_key text not null unique,
  city text,
  state text,
  zip text,
  property_type text,
  building_sf int,
  land_acres numeric(10, 2),
  year_built int,
  company_id uuid references public.companies (id),
  source text not null,
  raw jsonb not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index properties_company on public.properties (company_id);
alter table public.properties enable row level security;
create policy properties_read on public.properties for select to authenticated
  using ((select public.is_operator()));
grant select on public.properties to authenticated;
grant select, insert, update on public.properties to service_role;

-- One mailbox however it is written: capitals, spaces, a "+tag",
-- and Gmail's dots make no difference to who reads the mail.
create function public.address_key(p_email text) returns text
language sql immutable set search_path = '' as $$
  select case when x.domain in ('gmail.com', 'googlemail.com') then replace(x.local, '.', '') || '@gmail.com'
    else x.local || '@' || x.domain end
  from (select split_part(split_part(lower(btrim(p_email)), '@', 1), '+', 1) as local,
    split_part(lower(btrim(p_email)), '@', 2) as domain) x
$$;
grant execute on function public.address_key to service_role;

-- The domain of an address: what follows its last @, because a quoted name may hold one; null without any.
create function public.email_domain(p_email text) returns text
language sql immutable set search_path = '' as $$
  select substring(lower(btrim(p_email)) from '@([^@]*)$')
$$;
grant execute on function public.email_domain to authenticated, service_role;

-- The people mail goes to. An address belongs to one of them, however it is written.
create table public.contacts (
  id uuid primary key default gen_random_uuid(),
  company_id uuid references public.companies (id),
  full_name text not null,
  first_name text not null default '',
  title text,
  email text,
  email_key text generated always as (lower(btrim(email))) stored unique,
  phones text[] not null default '{}',
  costar_person_id bigint unique,
  time_zone text,
  do_not_contact_at timestamptz,
  do_not_contact_reason text,
  bounced_at timestamptz,
  source text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index contacts_company on public.contacts (company_id);
create index contacts_domain on public.contacts (public.email_domain(email_key));
create index contacts_address_key on public.contacts (public.address_key(email));
alter table public.contacts enable row level security;
create policy contacts_read on public.contacts for select to authenticated
  using ((select public.is_operator()));
grant select on public.contacts to authenticated;
grant select, insert, update on public.contacts to service_role;

-- Addresses a contact writes from besides the one we mail. A
-- person says so once; from then on their mail is matched.
create table public.contact_addresses (
  address text primary key check (address = lower(btrim(address)) and address ~ '^[^@\s]+@[^@\s]+$'),
  contact_id uuid not null references public.contacts (id) on delete cascade,
  email_id uuid,
  created_by text not null default 'system',
  created_at timestamptz not null default now()
);
create index contact_addresses_contact on public.contact_addresses (contact_id);
create index contact_addresses_email on public.contact_addresses (email_id);
alter table public.contact_addresses enable row level security;
create policy contact_addresses_read on public.contact_addresses for select to authenticated
  using ((select public.is_operator()));
grant select on public.contact_addresses to authenticated;
grant select, insert, update on public.contact_addresses to service_role;
alter publication supabase_realtime add table public.contact_addresses;

-- Addresses and domains never mailed again.
create table public.email_exclusions (
  id uuid primary key default gen_random_uuid(),
  kind text not null check (kind in ('address', 'domain')),
  value text not null check (value = lower(btrim(value)) and value <> ''),
  reason text not null,
  source text not null check (source in ('bounce', 'opt_out', 'complaint', 'manual')),
  email_id uuid,
  created_by text not null default 'system',
  created_at timestamptz not null default now(),
  unique (kind, value)
);
create index email_exclusions_recent on public.email_exclusions (created_at desc, id desc);
alter table public.email_exclusions enable row level security;
create policy email_exclusions_read on public.email_exclusions for select to authenticated
  using ((select public.is_operator()));
grant select on public.email_exclusions to authenticated;
grant select, insert, update on public.email_exclusions to service_role;

-- One spelling of what people and CoStar write in several: "100 North Main Street"
-- is "100 N. Main St", "Acme, L.L.C." is "ACME LLC", "Peña" is "Pena". Letters of
-- other scripts stay: two owners whose names have no Latin letter are two owners.
create function public.match_key(p_text text) returns text
language sql immutable set search_path = '' as $$
  select coalesce(string_agg(coalesce(
    '{"street":"st","avenue":"ave","av":"ave","boulevard":"blvd","drive":"dr","road":"rd","lane":"ln",
      "court":"ct","place":"pl","square":"sq","terrace":"ter","parkway":"pkwy","pky":"pkwy","highway":"hwy",
      "circle":"cir","trail":"trl","freeway":"fwy","expressway":"expy","suite":"ste","building":"bldg",
      "floor":"fl","north":"n","south":"s","east":"e","west":"w","northeast":"ne","northwest":"nw",
      "southeast":"se","southwest":"sw","mount":"mt","fort":"ft","saint":"st","company":"co",
      "corporation":"corp","incorporated":"inc","limited":"ltd"}'::jsonb ->> w.word, w.word),
    ' ' order by w.place), '')
  from regexp_split_to_table(regexp_replace(regexp_replace(regexp_replace(
      lower(normalize(coalesce(p_text, ''), NFKD)), '[\u0300-\u036f]', '', 'g'), '\m([a-z])\.', '\1', 'g'),
      '[\u0001-\u002f\u003a-\u0060\u007b-\u00a0\u2000-\u206f\u3000]+', ' ', 'g'),
      ' ') with ordinality as w (word, place)
  where w.word not in ('', 'and')
$$;
grant execute on function public.match_key to service_role;

-- Domains where strangers live beside each other; sharing one says nothing about a company.
create function public.is_shared_domain(p_domain text) returns boolean
language sql immutable set search_path = '' as $$
  select coalesce(p_domain, '') = ''
    or p_domain ~ ('^(gmail|googlemail|yahoo|ymail|rocketmail|hotmail|outlook|live|msn|aol|aim|icloud|me|mac|'
    || 'comcast|verizon|att|sbcglobal|bellsouth|cox|charter|spectrum|earthlink|roadrunner|juno|netzero|'
      'optonline|frontier|centurylink|'
    || 'protonmail|proton|pm|gmx|zoho|fastmail|mail|yandex|qq|163)\.[a-z.]{2,6}$')
$$;

-- Saving what CoStar or a file gives: normalised, deduplicated, nothing overwritten silently (blanks are
-- filled, values stay). A property that a later extraction finds again belongs to that one from then on, with
-- the contacts known of it; what only replaced payloads found stays with the old extraction and is not
-- mailed.
create function public.save_properties(p_extraction_id uuid, p_position int, p_next_page int,
  p_listed boolean, p_rows jsonb)
returns int language plpgsql security definer set search_path = '' as $$
declare
  v_search uuid;
  v_new int;
  v_known int;
begin
  perform public.require_operator();
  select search_id into strict v_search from public.extractions where id = p_extraction_id;
  -- One page may list a property under two addresses, or two properties under one.
  with listed as (
    select distinct on (public.match_key(concat_ws(' ', r.address, r.city, r.state)))
      r.*, public.match_key(concat_ws(' ', r.address, r.city, r.state)) as address_key
      from jsonb_to_recordset(p_rows) as r (costar_property_id bigint, address text,
        city text, state text, zip text, property_type text, building_sf int, land_acres numeric,
        year_built int, source text, raw jsonb)
  ), incoming as (
    select distinct on (coalesce(l.costar_property_id::text, l.address_key)) l.* from listed l
  ), saved as (
    insert into public.properties as p (costar_property_id, address, address_key, city, state, zip,
      property_type, building_sf, land_acres, year_built, source, raw)
    select i.costar_property_id, i.address, i.address_key, i.city, i.state, i.zip, i.property_type,
      i.building_sf, i.land_acres, i.year_built, i.source, coalesce(i.raw, '{}') from incoming i
     where not exists (select 1 from public.properties x where x.costar_property_id = i.costar_property_id
       and x.address_key <> i.address_key)
    on conflict (address_key) do update set
      costar_property_id = coalesce(p.costar_property_id, excluded.costar_property_id),
      zip = coalesce(p.zip, excluded.zip), property_type = coalesce(p.property_type, excluded.property_type),
      building_sf = coalesce(p.building_sf, excluded.building_sf),
      land_acres = coalesce(p.land_acres, excluded.land_acres),
      year_built = coalesce(p.year_built, excluded.year_built)
    returning p.id
  ), known as (
    select id from saved
    union select x.id from public.properties x join incoming i on x.costar_property_id = i.costar_property_id
  ), linked as (
    insert into public.search_properties as s (search_id, property_id, extraction_id, payload_position)
    select v_search, k.id, p_extraction_id, p_position from known k
    on conflict (search_id, property_id) do update
      set extraction_id = excluded.extraction_id, payload_position = excluded.payload_position
      where s.extraction_id <> excluded.extraction_id
    returning s.property_id
  ), brought as (
    update public.search_contacts c set payload_position = p_position
      from linked l where c.search_id = v_search and c.property_id = l.property_id returning 1
  )
  select (select count(*) from linked), (select count(*) from brought) into v_new, v_known;
  update public.extraction_payloads set next_page = p_next_page, listed = p_listed,
    properties_found = properties_found + v_new
   where extraction_id = p_extraction_id and "position" = p_position;
  update public.extractions set properties_found = properties_found + v_new,
    contacts_found = contacts_found + v_known
   where id = p_extraction_id;
  return v_new;
end $$;
grant execute on function public.save_properties to service_role;

-- Saves the owner and contacts of one property and marks it as
-- asked, in one transaction: a crash re-asks at most this one.
create function public.save_owner(
  p_extraction_id uuid, p_property_id uuid, p_header jsonb, p_owner jsonb, p_contacts jsonb
) returns int
language plpgsql security definer set search_path = '' as $$
declare
  v_link public.search_properties;
  v_company uuid;
  v_contact uuid;
  v_row record;
  v_new int := 0;
begin
  perform public.require_operator();
  select s.* into strict v_link from public.search_properties s
   where s.extraction_id = p_extraction_id and s.property_id = p_property_id for update;
  -- A listing may come without an address; the detail has it.
  -- A property already known by that address keeps its row.
  update public.properties p set address = p_header ->> 'address',
      address_key = public.match_key(concat_ws(' ', p_header ->> 'address', p.city, p.state))
   where p.id = p_property_id and p.address like 'CoStar property %' and p_header ->> 'address' is not null
     and not exists (select 1 from public.properties x
       where x.address_key = public.match_key(concat_ws(' ', p_header ->> 'address', p.city, p.state)));
  update public.properties p set property_type = coalesce(p.property_type, p_header ->> 'propertyType'),
      building_sf = coalesce(p.building_sf, (p_header ->> 'buildingSf')::int),
      year_built = coalesce(p.year_built, (p_header ->> 'yearBuilt')::int)
   where p.id = p_property_id;
  if p_owner ->> 'name' is not null then
    -- CoStar writes one owner in several ways; its number says who it is.
    select c.id into v_company from public.companies c
      where c.costar_company_id = (p_owner ->> 'costarCompanyId')::bigint;
    if v_company is null then
      insert into public.companies as c (name, name_key, costar_company_id, address, state, phones, source)
      values (p_owner ->> 'name', public.match_key(p_owner ->> 'name'),
        (p_owner ->> 'costarCompanyId')::bigint, p_owner ->> 'address',
        p_owner ->> 'state', coalesce((select array_agg(x)
          from jsonb_array_elements_text(p_owner -> 'phones') x), '{}'),
        coalesce(p_owner ->> 'source', 'costar'))
      on conflict (name_key) do update set costar_company_id = coalesce(c.costar_company_id,
        excluded.costar_company_id), address = coalesce(c.address, excluded.address),
        phones = case when c.phones = '{}' then excluded.phones else c.phones end
      returning id into v_company;
    end if;
    update public.properties set company_id = coalesce(company_id, v_company) where id = p_property_id;
  end if;
  for v_row in
    select * from jsonb_to_recordset(p_contacts) as r ("fullName" text, "firstName" text, title text,
      email text, phones jsonb, "costarPersonId" bigint, "timeZone" text, source text)
  loop
    select c.id into v_contact from public.contacts c
     where c.email_key = lower(btrim(v_row.email)) or c.costar_person_id = v_row."costarPersonId"
     order by (c.email_key = lower(btrim(v_row.email))) desc nulls last limit 1;
    if v_contact is null then
      insert into public.contacts (company_id, full_name, first_name, title, email, phones,
        costar_person_id, time_zone, source)
      values (v_company, v_row."fullName", coalesce(v_row."firstName", ''), v_row.title,
        nullif(btrim(v_row.email), ''),
        coalesce((select array_agg(x) from jsonb_array_elements_text(v_row.phones) x), '{}'),
        v_row."costarPersonId", v_row."timeZone", coalesce(v_row.source, 'costar'))
      returning id into v_contact;
    else
      update public.contacts c set company_id = coalesce(c.company_id, v_company),
        title = coalesce(c.title, v_row.title), email = coalesce(c.email, nullif(btrim(v_row.email), '')),
        time_zone = coalesce(c.time_zone, v_row."timeZone"), costar_person_id = coalesce(c.costar_person_id,
          (select v_row."costarPersonId" where not exists (
          select 1 from public.contacts x where x.costar_person_id = v_row."costarPersonId")))
       where c.id = v_contact;
    end if;
    insert into public.search_contacts (search_id, contact_id, property_id, payload_position)
    values (v_link.search_id, v_contact, p_property_id, v_link.payload_position) on conflict do nothing;
    if found then
      v_new := v_new + 1;
    end if;
  end loop;
  if v_link.contacts_fetched_at is null then
    update public.search_properties set contacts_fetched_at = now() where search_id = v_link.search_id
      and property_id = p_property_id;
    update public.extractions set contacts_found = contacts_found + v_new where id = p_extraction_id;
  end if;
  return v_new;
end $$;
grant execute on function public.save_owner to service_role;

-- Exclusions by hand. Adding one stops what is scheduled to it at once; lifting
-- one is an admin's, with a reason, and starts nothing again by itself.
create function public.exclude_address(p_kind text, p_value text, p_reason text)
  returns public.email_exclusions
language plpgsql security definer set search_path = '' as $$
declare
  v_value text := lower(btrim(p_value));
  v_row public.email_exclusions;
  v_contact uuid;
begin
  perform public.require_operator();
  if public.words_in(p_reason) is null then
    raise exception 'Say why it is excluded.' using errcode = '22023';
  end if;
  if p_kind = 'domain' then
    v_value := ltrim(v_value, '@');
  end if;
  if (p_kind = 'address' and v_value !~ '^[^@\s]+@[^@\s]+\.[^@\s.]+$')
    or (p_kind = 'domain' and v_value !~ '^([a-z0-9-]+\.)+[a-z0-9-]{2,}$') then
    raise exception '% is not %.', p_value, case p_kind when 'domain' then 'a domain like example.com'
      else 'an e-mail address' end
      using errcode = '22023';
  end if;
  insert into public.email_exclusions (kind, value, reason, source, created_by)
  values (p_kind, v_value, btrim(p_reason), 'manual', public.acting_name())
  on conflict (kind, value) do nothing returning * into v_row;
  if v_row.id is null then
    select * into strict v_row from public.email_exclusions where kind = p_kind and value = v_value;
    return v_row;
  end if;
  for v_contact in select c.id from public.contacts c
     where case p_kind when 'domain' then public.email_domain(c.email_key) else c.email_key end = v_value
  loop
    perform public.hold_contact(v_contact, 'stop', p_kind || ' is excluded');
  end loop;
  perform public.write_audit('exclusion.added', 'email_exclusions', v_row.id::text, null,
    to_jsonb(v_row), btrim(p_reason));
  return v_row;
end $$;
grant execute on function public.exclude_address to authenticated, service_role;

-- Mailing again somebody who may not be mailed is an admin's to answer for, with a reason.
create function public.lift_exclusion(p_id uuid, p_reason text) returns boolean
language plpgsql security definer set search_path = '' as $$
declare
  v_row public.email_exclusions;
begin
  perform public.require_operator();
  if coalesce(auth.role(), '') <> 'service_role' and not public.is_admin() then
    raise exception 'Only an admin may lift an exclusion.' using errcode = '42501';
  end if;
  if public.words_in(p_reason) is null then
    raise exception 'Say why this may be mailed again.' using errcode = '22023';
  end if;
  delete from public.email_exclusions where id = p_id returning * into v_row;
  if not found then
    return false;
  end if;
  -- Do-not-contact is another promise and stays; a bounce is only as lasting as its exclusion.
  if v_row.source = 'bounce' then
    update public.contacts set bounced_at = null where email_key = v_row.value;
  end if;
  perform public.write_audit('exclusion.lifted', 'email_exclusions', p_id::text,
    to_jsonb(v_row), null, btrim(p_reason));
  return true;
end $$;
grant execute on function public.lift_exclusion to authenticated, service_role;

-- Forgets a remembered address: mail from it is unmatched again from now on.
create function public.forget_address(p_address text, p_reason text) returns boolean
language plpgsql security definer set search_path = '' as $$
declare
  v_row public.contact_addresses;
begin
  perform public.require_operator();
  if public.words_in(p_reason) is null then
    raise exception 'Say why this address is not theirs.' using errcode = '22023';
  end if;
  delete from public.contact_addresses where address = lower(btrim(p_address)) returning * into v_row;
  if not found then
    return false;
  end if;
  perform public.write_audit('contact.address_forgotten', 'contacts', v_row.contact_id::text,
    to_jsonb(v_row), null, btrim(p_reason));
  return true;
end $$;
grant execute on function public.forget_address to authenticated, service_role;

-- "Never again" is lifted by an admin, with a reason; nothing
-- starts again by itself, and an excluded address stays excluded.
create function public.lift_do_not_contact(p_kind text, p_id uuid, p_reason text) returns boolean
language plpgsql security definer set search_path = '' as $$
declare
  v_before jsonb;
begin
  perform public.require_operator();
  if coalesce(auth.role(), '') <> 'service_role' and not public.is_admin() then
    raise exception 'Only an admin may lift do-not-contact.' using errcode = '42501';
  end if;
  if public.words_in(p_reason) is null then
    raise exception 'Say why they may be contacted again.' using errcode = '22023';
  end if;
  if p_kind = 'contact' then
    select jsonb_build_object('at', do_not_contact_at, 'reason', do_not_contact_reason) into v_before
      from public.contacts
     where id = p_id and do_not_contact_at is not null for update;
    update public.contacts set do_not_contact_at = null, do_not_contact_reason = null where id = p_id
      and v_before is not null;
  elsif p_kind = 'company' then
    select jsonb_build_object('at', do_not_contact_at, 'reason', do_not_contact_reason) into v_before
      from public.companies
     where id = p_id and do_not_contact_at is not null for update;
    update public.companies set do_not_contact_at = null, do_not_contact_reason = null where id = p_id
      and v_before is not null;
  else
    raise exception 'It is lifted for a contact or a company, not %.', p_kind using errcode = '22023';
  end if;
  if v_before is null then
    return false;
  end if;
  perform public.write_audit(p_kind || '.may_be_contacted', case p_kind when 'contact' then 'contacts'
    else 'companies' end, p_id::text, v_before, null, btrim(p_reason));
  return true;
end $$;
grant execute on function public.lift_do_not_contact to authenticated, service_role;

-- A routing says "sequence stopped" only where one ran: what is promised back by undo must have been there.
create function public.has_sequence(p_contacts uuid[]) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select 1 from public.enrollments n where n.contact_id = any (p_contacts)
    and n.status in ('active', 'paused'))
$$;

-- The recipient of a mail asked for no more by its link: do-not-contact, exclusion and stop in one
-- transaction, once. Says whether that was news; whoever pressed the link is told the same either way.
create function public.opt_out_by_link(p_send_id uuid) returns boolean
language plpgsql security definer set search_path = '' as $$
declare
  v_send public.sends;
  v_address text;
  v_contact uuid;
  v_news boolean := false;
  v_why constant text := 'opted out by the link in a mail';
begin
  perform public.require_operator();
  select * into v_send from public.sends where id = p_send_id;
  if not found then
    return false;
  end if;
  v_address := lower(btrim(v_send.to_email));
  -- The contact is locked first, as a reply does; two presses of the link wait for each other here.
  for v_contact in select c.id from public.contacts c where c.id = v_send.contact_id
    or c.email_key = v_address order by c.id for update loop
    update public.contacts set do_not_contact_at = now(), do_not_contact_reason = v_why where id = v_contact
      and do_not_contact_at is null;
    v_news := v_news or found;
    perform public.hold_contact(v_contact, 'stop', 'contact opted out');
  end loop;
  insert into public.email_exclusions (kind, value, reason, source)
    values ('address', v_address, v_why, 'opt_out') on conflict do nothing;
  v_news := v_news or found;
  if v_news then
    perform public.write_audit('contact.opted_out', 'contacts', v_send.contact_id::text, null,
      jsonb_build_object('send', p_send_id), v_why, 'the recipient');
  end if;
  return v_news;
end $$;
grant execute on function public.opt_out_by_link to service_role;

create trigger companies_touch before update on public.companies for each row
  execute function public.touch_updated_at();

create trigger properties_touch before update on public.properties for each row
  execute function public.touch_updated_at();

create trigger contacts_touch before update on public.contacts for each row
  execute function public.touch_updated_at();

-- What is asked of CoStar, what came back, and the lists its fields are chosen from.
-- Lookups are retired rather than deleted: what an old search names must stay readable.

-- What CoStar calls things, and the owners it knows: lookups, companies, properties, contacts.
create table public.costar_lookups (
  kind text not null check (kind in ('market', 'property_type', 'owner_type')),
  id int not null,
  name text not null,
  market_filter boolean not null default true,
  -- Lookups come from a file of the operator's, are previewed, and are
  -- retired rather than deleted: what an old search names must stay readable.
  retired_at timestamptz,
  primary key (kind, id)
);
create unique index costar_lookups_name on public.costar_lookups (kind, lower(name)) where retired_at is null;
alter table public.costar_lookups enable row level security;
create policy costar_lookups_read on public.costar_lookups for select to authenticated
  using ((select public.is_operator()));
grant select on public.costar_lookups to authenticated;
grant select, insert, update on public.costar_lookups to service_role;

-- The starter set; an operator imports the full list in Settings.
insert into public.costar_lookups (kind, id, name, market_filter) values
  ('property_type', 1, 'Hospitality', true), ('property_type', 2, 'Industrial', true),
  ('property_type', 3, 'Land', false),
  ('property_type', 5, 'Office', true), ('property_type', 6, 'Retail', true),
  ('property_type', 7, 'Flex', false),
  ('property_type', 8, 'Sports & Entertainment', false), ('property_type', 10, 'Specialty', false),
  ('property_type', 11, 'Multifamily', true), ('property_type', 12, 'Shopping Center', false),
  ('property_type', 13, 'Health Care', false), ('property_type', 15, 'Residential', false),
  ('property_type', 31, 'Student', false),
  ('owner_type', 1, 'Corporation', true), ('owner_type', 2, 'Public REIT', true),
  ('owner_type', 3, 'Individual', true),
  ('owner_type', 4, 'Government', true), ('owner_type', 5, 'Bank', true),
  ('owner_type', 6, 'Developer-National', true),
  ('owner_type', 7, 'Pension Fund', true), ('owner_type', 8, 'Insurance', true),
  ('owner_type', 9, 'Non Profit', true),
  ('owner_type', 10, 'Endowment', true), ('owner_type', 11, 'Investment Manager', true),
  ('owner_type', 13, 'Sovereign Wealth', true), ('owner_type', 14, 'REOC', true),
  ('owner_type', 15, 'Listed Funds', true),
  ('owner_type', 16, 'Developer-Regional', true), ('owner_type', 17, 'Trust', true),
  ('owner_type', 18, 'Tenants in Common', true), ('owner_type', 19, 'Private REIT', true),
  ('owner_type', 20, 'Other-Private', true), ('owner_type', 21, 'Equity Funds', true),
  ('owner_type', 22, 'Educational', true), ('owner_type', 24, 'Religious', true),
  ('owner_type', 25, 'Medical', true),
  ('owner_type', 26, 'Special Servicer', true),
  ('market', 825, 'Inland Empire', true), ('market', 605, 'Los Angeles', true),
  ('market', 130, 'Orange County', true),
  ('market', 861, 'San Diego', true), ('market', 776, 'Phoenix', true),
  ('market', 316, 'Dallas-Fort Worth', true),
  ('market', 1276, 'Houston', true), ('market', 159, 'Austin', true), ('market', 1805, 'Atlanta', true),
  ('market', 1264, 'Chicago', true), ('market', 716, 'New York', true),
  ('market', 865, 'San Francisco', true),
  ('market', 332, 'Denver', true);

-- The one CoStar session of this desk, as the page shows it while the phone is in someone's hand.
create table public.costar_session (
  id int primary key default 1 check (id = 1),
  state text not null default 'offline'
    check (state in ('offline', 'starting', 'waiting_2fa', 'connected', 'expired', 'error')),
  detail text,
  deadline_at timestamptz,
  expires_at timestamptz,
  updated_at timestamptz not null default now()
);
alter table public.costar_session enable row level security;
create policy costar_session_read on public.costar_session for select to authenticated
  using ((select public.is_operator()));
grant select on public.costar_session to authenticated;
grant select, insert, update on public.costar_session to service_role;
alter publication supabase_realtime add table public.costar_session;

insert into public.costar_session (id) values (1);

-- Running payloads: one extraction per search and approved
-- revision, resumable payload by payload, page by page.
create table public.extractions (
  id uuid primary key default gen_random_uuid(),
  search_id uuid not null references public.searches (id),
  approval_id uuid not null unique references public.approval_queue (id),
  status text not null default 'waiting'
    check (status in ('waiting', 'running', 'stopped', 'completed', 'failed', 'cancelled')),
  reason text,
  properties_found int not null default 0,
  contacts_found int not null default 0,
  started_at timestamptz,
  finished_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  import_id uuid unique
);
create index extractions_search on public.extractions (search_id, created_at desc);
alter table public.extractions enable row level security;
create policy extractions_read on public.extractions for select to authenticated
  using ((select public.is_operator()));
grant select on public.extractions to authenticated;
grant select, insert, update on public.extractions to service_role;
alter publication supabase_realtime add table public.extractions;

insert into public.status_transitions (entity, from_status, to_status) values
  ('extractions', 'waiting', 'running'), ('extractions', 'waiting', 'cancelled'),
  ('extractions', 'waiting', 'failed'),
  ('extractions', 'waiting', 'stopped'), ('extractions', 'running', 'stopped'),
  ('extractions', 'running', 'completed'),
  ('extractions', 'running', 'failed'), ('extractions', 'running', 'cancelled'),
  ('extractions', 'running', 'waiting'),
  ('extractions', 'stopped', 'running'), ('extractions', 'stopped', 'cancelled'),
  ('extractions', 'stopped', 'failed'),
  ('extractions', 'stopped', 'waiting'), ('extractions', 'failed', 'waiting');

-- The questions an extraction asks, in order, and how far
-- each was answered: a stopped one goes on where it was.
create table public.extraction_payloads (
  extraction_id uuid not null references public.extractions (id) on delete cascade,
  position int not null,
  title text not null,
  payload jsonb not null,
  next_page int not null default 1,
  listed boolean not null default false,
  properties_found int not null default 0,
  primary key (extraction_id, position)
);
alter table public.extraction_payloads enable row level security;
create policy extraction_payloads_read on public.extraction_payloads for select to authenticated
  using ((select public.is_operator()));
grant select on public.extraction_payloads to authenticated;
grant select, insert, update on public.extraction_payloads to service_role;

-- Which property came out of which payload, and whether its owner and contacts were already asked for.
create table public.search_properties (
  search_id uuid not null references public.searches (id) on delete cascade,
  property_id uuid not null references public.properties (id),
  extraction_id uuid not null references public.extractions (id) on delete cascade,
  payload_position int not null,
  contacts_fetched_at timestamptz,
  -- When and in which market something was found. The first finding stands, whatever finds it again.
  found_hour timestamptz not null,
  market text not null,
  primary key (search_id, property_id)
);
create index search_properties_pending on public.search_properties (extraction_id)
  where contacts_fetched_at is null;
create index search_properties_property on public.search_properties (property_id);
create index search_properties_found on public.search_properties (found_hour desc,
  search_id desc, property_id desc);
alter table public.search_properties enable row level security;
create policy search_properties_read on public.search_properties for select to authenticated
  using ((select public.is_operator()));
grant select on public.search_properties to authenticated;
grant select, insert, update on public.search_properties to service_role;

-- Whom a search found, and with which of their properties: the one its mails are about.
create table public.search_contacts (
  search_id uuid not null references public.searches (id) on delete cascade,
  contact_id uuid not null references public.contacts (id),
  property_id uuid not null references public.properties (id),
  payload_position int not null,
  found_hour timestamptz not null,
  market text not null,
  primary key (search_id, contact_id)
);
create index search_contacts_contact on public.search_contacts (contact_id);
create index search_contacts_property on public.search_contacts (property_id);
create index search_contacts_found on public.search_contacts (found_hour desc,
  search_id desc, contact_id desc);
alter table public.search_contacts enable row level security;
create policy search_contacts_read on public.search_contacts for select to authenticated
  using ((select public.is_operator()));
grant select on public.search_contacts to authenticated;
grant select, insert, update on public.search_contacts to service_role;

-- What CoStar answered to the cheap question how many properties a payload finds.
create table public.payload_counts (
  payload_hash text primary key,
  properties int not null check (properties >= 0),
  counted_at timestamptz not null default now()
);
alter table public.payload_counts enable row level security;
create policy payload_counts_read on public.payload_counts for select to authenticated
  using ((select public.is_operator()));
grant select on public.payload_counts to authenticated;
grant select, insert, update on public.payload_counts to service_role;

-- A person beside a stopped extraction: try again (the phone is at hand now), or give it up.
create function public.answer_extraction(p_id uuid, p_answer text) returns boolean
language plpgsql security definer set search_path = '' as $$
declare
  v_before text;
begin
  perform public.require_operator();
  select status into v_before from public.extractions where id = p_id for update;
  if p_answer = 'retry' and v_before = 'stopped' then
    update public.extractions set status = 'waiting', reason = null where id = p_id;
  elsif p_answer = 'cancel' and v_before in ('waiting', 'running', 'stopped') then
    update public.extractions set status = 'cancelled', reason = 'cancelled by ' || public.acting_name(),
      finished_at = now() where id = p_id;
  else
    return false;
  end if;
  perform public.write_audit('extraction.' || p_answer, 'extractions', p_id::text,
    jsonb_build_object('status', v_before));
  return true;
end $$;
grant execute on function public.answer_extraction to authenticated, service_role;

-- What the set is now, as one value: a change is applied to the set that was looked at, or not at all.
create function public.lookups_hash() returns text
language sql stable security invoker set search_path = '' as $$
  select encode(sha256(
    convert_to(coalesce(string_agg(concat_ws('|', l.kind, l.id, l.name, l.market_filter), E'\n'
    order by l.kind, l.id), ''), 'UTF8')), 'hex')
  from public.costar_lookups l where l.retired_at is null
$$;
grant execute on function public.lookups_hash to authenticated, service_role;

-- Which lookups an open search still needs: its criteria, its
-- approved payloads, and payloads that wait for approval.
create function public.lookups_in_use() returns table (kind text, id int, search_id uuid, search_name text)
language sql stable security invoker set search_path = '' as $$
  with open as (
    select s.id, s.name, s.criteria, s.payloads || coalesce((select jsonb_agg(p) from public.approval_queue a,
        jsonb_array_elements(case jsonb_typeof(a.proposal -> 'payloads')
          when 'array' then a.proposal -> 'payloads' else '[]' end) p
        where a.search_id = s.id and a.status = 'pending'), '[]') as payloads
      from public.searches s where s.status not in ('completed', 'rejected', 'cancelled')
  ), wanted as (
    select o.id, o.name, 'market' as kind, v #>> '{}' as what
      from open o, jsonb_path_query(o.criteria, '$.criteria.markets[*]') v
    union select o.id, o.name, 'property_type', v #>> '{}'
      from open o, jsonb_path_query(o.criteria, '$.criteria.propertyTypes[*]') v
    union select o.id, o.name, 'market', v #>> '{}'
      from open o, jsonb_path_query(o.payloads, '$[*].payload."0".Geography.Filter.Ids[*]') v
    union select o.id, o.name, 'property_type', v #>> '{}'
      from open o, jsonb_path_query(o.payloads, '$[*].payload."0".Property.PropertyTypes[*]') v
    union select o.id, o.name, 'owner_type', v #>> '{}'
      from open o, jsonb_path_query(o.payloads, '$[*].payload."0".Property.OwnerTypes[*]') v
  )
  select distinct l.kind, l.id, w.id, w.name from wanted w
    join public.costar_lookups l on l.kind = w.kind and (l.id::text = w.what or lower(l.name) = lower(w.what))
   where l.retired_at is null order by 1, 2, 4
$$;
grant execute on function public.lookups_in_use to authenticated, service_role;

-- Adds, renames, brings back and, when asked, retires, in one transaction with its audit row.
-- `p_expected` is the hash of the set the preview was made from; another set means somebody was faster.
create function public.apply_lookups(p_rows jsonb, p_retire_missing boolean, p_expected text, p_why text)
  returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_added int; v_back int; v_renamed jsonb; v_changed int; v_retired jsonb; v_clash text;
begin
  perform public.require_operator();
  lock table public.costar_lookups in share row exclusive mode;
  if public.lookups_hash() <> p_expected then
    return jsonb_build_object('outcome', 'changed');
  end if;
  if exists (select 1 from jsonb_to_recordset(p_rows) as r (kind text, id int, name text)
      where r.kind is null or r.kind not in ('market', 'property_type', 'owner_type')
        or r.id is null or r.id <= 0
        or public.words_in(r.name) is null or length(r.name) > 120)
    or exists (select 1 from jsonb_to_recordset(p_rows) as r (kind text, id int, name text) group by r.kind,
      r.id having count(*) > 1)
    or exists (select 1 from jsonb_to_recordset(p_rows) as r (kind text, id int, name text) group by r.kind,
      lower(r.name) having count(*) > 1)
  then
    raise exception 'Each lookup needs a kind, a whole-number id and a name, and each once.'
      using errcode = '22023';
  end if;

  with rows as (select * from jsonb_to_recordset(p_rows) as r (kind text, id int, name text,
    "marketFilter" boolean)),
  missing as (
    select l.* from public.costar_lookups l where p_retire_missing and l.retired_at is null
      and l.kind in (select kind from rows)
       and not exists (select 1 from rows r where r.kind = l.kind and r.id = l.id)
       and not exists (select 1 from public.lookups_in_use() u where u.kind = l.kind and u.id = l.id)
  ), retired as (
    update public.costar_lookups l set retired_at = now() from missing m where l.kind = m.kind
      and l.id = m.id returning l.name
  )
  select coalesce(jsonb_agg(name order by name), '[]') into v_retired from retired;

  select l.name into v_clash from public.costar_lookups l
    join jsonb_to_recordset(p_rows) as r (kind text, id int, name text) on r.kind = l.kind
      and lower(btrim(r.name)) = lower(l.name) and r.id <> l.id
   where l.retired_at is null
     and not exists (select 1 from jsonb_to_recordset(p_rows) as o (kind text, id int) where o.kind = l.kind
       and o.id = l.id) limit 1;
  if v_clash is not null then
    raise exception 'The name "%" already belongs to another id.', v_clash using errcode = '22023';
  end if;

  with renamed as (
    select r.kind, r.id, l.name as was, btrim(r.name) as is_now
      from jsonb_to_recordset(p_rows) as r (kind text, id int, name text)
      join public.costar_lookups l on l.kind = r.kind and l.id = r.id where l.retired_at is null
        and l.name <> btrim(r.name)
  )
  select coalesce(jsonb_agg(jsonb_build_object('id', id, 'from', was, 'to', is_now)), '[]') into v_renamed
    from renamed;
  -- Two names may change places; each index entry is checked as it is written, so they first step aside.
  update public.costar_lookups l set name = l.name || ' ' || chr(1) || l.id
    from jsonb_to_recordset(p_rows) as r (kind text, id int, name text)
   where l.kind = r.kind and l.id = r.id and l.retired_at is null and l.name <> btrim(r.name);
  select count(*) filter (where l.id is null), count(*) filter (where l.retired_at is not null),
      count(*) filter (where l.retired_at is null and r."marketFilter" is not null
        and l.market_filter <> r."marketFilter")
    into v_added, v_back, v_changed
    from jsonb_to_recordset(p_rows) as r (kind text, id int, name text, "marketFilter" boolean)
    left join public.costar_lookups l on l.kind = r.kind and l.id = r.id;
  insert into public.costar_lookups as l (kind, id, name, market_filter)
  select r.kind, r.id, btrim(r.name), coalesce(r."marketFilter", o.market_filter, true)
    from jsonb_to_recordset(p_rows) as r (kind text, id int, name text, "marketFilter" boolean)
    left join public.costar_lookups o on o.kind = r.kind and o.id = r.id
  on conflict (kind, id) do update set name = excluded.name, market_filter = excluded.market_filter,
    retired_at = null
   where (l.name, l.market_filter) is distinct from (excluded.name, excluded.market_filter)
     or l.retired_at is not null;

  perform public.write_audit('lookups.imported', 'costar_lookups', 'all', null,
    jsonb_build_object('added', v_added, 'brought_back', v_back, 'renamed', v_renamed,
      'market_filter_changed', v_changed, 'retired', v_retired), p_why);
  return jsonb_build_object('outcome', 'applied', 'added', v_added, 'broughtBack', v_back, 'renamed',
    jsonb_array_length(v_renamed), 'changed', v_changed, 'retired', jsonb_array_length(v_retired));
end $$;
grant execute on function public.apply_lookups to authenticated, service_role;

-- Per payload: how many properties and contacts it found, and how many of those can be mailed.
create function public.extraction_yield(p_extraction_id uuid)
returns table ("position" int, title text, properties bigint, asked bigint,
  contacts bigint, with_email bigint)
language sql stable security invoker set search_path = '' as $$
  select p."position", p.title,
    (select count(*) from public.search_properties s where s.extraction_id = p.extraction_id
      and s.payload_position = p."position"),
    (select count(*) from public.search_properties s where s.extraction_id = p.extraction_id
      and s.payload_position = p."position"
      and s.contacts_fetched_at is not null),
    (select count(*) from public.search_contacts c where c.search_id = e.search_id
      and c.payload_position = p."position"),
    (select count(*) from public.search_contacts c join public.contacts k on k.id = c.contact_id
      where c.search_id = e.search_id and c.payload_position = p."position" and k.email is not null)
  from public.extraction_payloads p join public.extractions e on e.id = p.extraction_id
  where p.extraction_id = p_extraction_id order by p."position"
$$;
grant execute on function public.extraction_yield to authenticated, service_role;

create trigger extractions_transitions before update of status on public.extractions
  for each row execute function public.hold_to_transitions();
create trigger extractions_touch before update on public.extractions for each row
  execute function public.touch_updated_at();
create trigger extractions_measured after update of status on public.extractions
  for each row when (new.status = 'completed' and old.status <> 'completed')
    execute function public.measure_when_extracted();

-- A CoStar export as the source of an extraction: uploaded, mapped, checked row by
-- row, and then saved by the same rules. Where a file says something else than what is
-- known, a person chooses whose value stays; without a choice, what is known stays.

-- One uploaded file. Its rows are kept apart and deleted
-- after a while; this row stays as where contacts came from.
create table public.imports (
  id uuid primary key default gen_random_uuid(),
  search_id uuid references public.searches (id),
  file_name text not null check (file_name ~ '\S'),
  file_bytes int not null,
  file_hash text not null,
  read_as text not null,
  headers text[] not null,
  headers_key text not null,
  header_row int not null,
  mapping jsonb not null default '{}',
  status text not null default 'reading'
    check (status in ('reading', 'unmapped', 'checking', 'ready', 'used', 'discarded')),
  row_count int not null default 0,
  check_no int not null default 0,
  checked_to int not null default 0,
  checked_rows int not null default 0,
  counts jsonb not null default '{}',
  applied_to int not null default 0,
  applied_rows int not null default 0,
  created_by text not null default public.acting_name(),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  used_at timestamptz,
  rows_deleted_at timestamptz
);
create index imports_search on public.imports (search_id, created_at desc);
create index imports_open on public.imports (status, updated_at) where rows_deleted_at is null;
alter table public.imports enable row level security;
create policy imports_read on public.imports for select to authenticated
  using ((select public.is_operator()));
grant select on public.imports to authenticated, service_role;

insert into public.status_transitions (entity, from_status, to_status) values
  ('imports', 'reading', 'unmapped'), ('imports', 'reading', 'checking'), ('imports', 'unmapped', 'checking'),
  ('imports', 'checking', 'unmapped'), ('imports', 'ready', 'unmapped'), ('imports', 'checking', 'ready'),
  ('imports', 'ready', 'checking'), ('imports', 'ready', 'used'), ('imports', 'reading', 'discarded'),
  ('imports', 'unmapped', 'discarded'), ('imports', 'checking', 'discarded'),
  ('imports', 'ready', 'discarded');

alter table public.extractions
  add constraint extractions_import_id_fkey foreign key (import_id) references public.imports (id);

-- A row as it stands in the file: its cells as text, or what made it unreadable.
create table public.import_rows (
  import_id uuid not null references public.imports (id) on delete cascade,
  row_no int not null,
  cells text[] not null default '{}',
  problem text,
  detail text,
  primary key (import_id, row_no)
);
alter table public.import_rows enable row level security;
create policy import_rows_read on public.import_rows for select to authenticated
  using ((select public.is_operator()));
grant select on public.import_rows to authenticated, service_role;

-- What would come of a row, decided under one mapping (`check_no`), with the keys it is matched by.
create table public.import_checks (
  import_id uuid not null references public.imports (id) on delete cascade,
  row_no int not null,
  outcome text not null check (outcome in ('create', 'update', 'known', 'property_only', 'skip')),
  reason text,
  detail text,
  notes text[] not null default '{}',
  facts jsonb not null default '{}',
  address_key text not null default '',
  company_key text not null default '',
  email_key text,
  costar_property_id bigint,
  property_known boolean not null default false,
  company_known boolean not null default false,
  fills text[] not null default '{}',
  differences jsonb not null default '[]',
  primary key (import_id, row_no)
);
create index import_checks_outcome on public.import_checks (import_id, outcome, row_no);
create index import_checks_email on public.import_checks (import_id, email_key) where email_key is not null;
alter table public.import_checks enable row level security;
create policy import_checks_read on public.import_checks for select to authenticated
  using ((select public.is_operator()));
grant select on public.import_checks to authenticated, service_role;

-- Which column meant what, by the set of headers, as a person last confirmed it.
create table public.import_mappings (
  headers_key text primary key,
  mapping jsonb not null,
  updated_by text not null default public.acting_name(),
  updated_at timestamptz not null default now()
);
alter table public.import_mappings enable row level security;
create policy import_mappings_read on public.import_mappings for select to authenticated
  using ((select public.is_operator()));
grant select on public.import_mappings to authenticated, service_role;

-- Where a file says something else than what is known, a person chooses whose value stays: for a
-- whole column, or for one row. Nothing is chosen by itself: without a choice, what is known stays.
create table public.import_choices (
  import_id uuid not null references public.imports (id) on delete cascade,
  field text not null check (field in ('contactName', 'title', 'phone', 'company', 'propertyType', 'zip',
    'buildingSf', 'landAcres', 'yearBuilt')),
  -- 0 stands for every row without a choice of its own.
  row_no int not null,
  take text not null check (take in ('ours', 'file')),
  chosen_by text not null default public.acting_name(),
  chosen_at timestamptz not null default now(),
  primary key (import_id, field, row_no)
);
alter table public.import_choices enable row level security;
create policy import_choices_read on public.import_choices for select to authenticated
  using ((select public.is_operator()));
grant select on public.import_choices to authenticated, service_role;

-- Opens an import with its first answer to which column is what; rows follow in chunks.
create function public.open_import(
  p_file_name text, p_file_bytes int, p_file_hash text, p_read_as text, p_headers text[],
  p_headers_key text, p_header_row int, p_search_id uuid default null
) returns uuid language plpgsql security definer set search_path = '' as $$
declare
  v_id uuid;
begin
  perform public.require_operator();
  insert into public.imports (search_id, file_name, file_bytes, file_hash, read_as,
    headers, headers_key, header_row)
  values (p_search_id, p_file_name, p_file_bytes, p_file_hash, p_read_as, p_headers,
    p_headers_key, p_header_row)
  returning id into v_id;
  perform public.write_audit('import.uploaded', 'imports', v_id::text, null,
    jsonb_build_object('file', p_file_name, 'bytes', p_file_bytes, 'sha256',
      p_file_hash, 'search', p_search_id));
  return v_id;
end $$;
grant execute on function public.open_import to authenticated, service_role;

-- Rows arrive in chunks while the file is read; a chunk sent twice is stored once.
create function public.stage_import_rows(p_id uuid, p_rows jsonb) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_new int;
begin
  perform public.require_operator();
  perform 1 from public.imports where id = p_id and status = 'reading' for update;
  if not found then
    raise exception 'This import takes no more rows.' using errcode = '22023';
  end if;
  insert into public.import_rows (import_id, row_no, cells, problem, detail)
  select p_id, r.row_no, coalesce(r.cells, '{}'), r.problem, r.detail
    from jsonb_to_recordset(p_rows) as r (row_no int, cells text[], problem text, detail text)
  on conflict do nothing;
  get diagnostics v_new = row_count;
  update public.imports set row_count = row_count + v_new where id = p_id;
end $$;
grant execute on function public.stage_import_rows to authenticated, service_role;

-- Says which column is what and starts the check anew. Without
-- the columns a row cannot do without, it waits for them.
create function public.map_import(p_id uuid, p_mapping jsonb, p_remember boolean default false) returns text
language plpgsql security definer set search_path = '' as $$
declare
  v_to text := case when p_mapping ? 'address' and p_mapping ? 'email' then 'checking' else 'unmapped' end;
  v_row public.imports;
begin
  perform public.require_operator();
  select * into strict v_row from public.imports where id = p_id for update;
  if v_row.status not in ('reading', 'unmapped', 'checking', 'ready') then
    raise exception 'This import is % and cannot be mapped any more.', v_row.status using errcode = '22023';
  end if;
  delete from public.import_checks where import_id = p_id;
  update public.imports set mapping = p_mapping, status = v_to, check_no = check_no + 1,
    checked_to = 0, checked_rows = 0, counts = '{}' where id = p_id;
  if p_remember then
    insert into public.import_mappings as m (headers_key, mapping) values (v_row.headers_key, p_mapping)
    on conflict (headers_key) do update set mapping = excluded.mapping,
      updated_by = public.acting_name(), updated_at = now();
  end if;
  return v_to;
end $$;
grant execute on function public.map_import to authenticated, service_role;

-- The rows hold people's data: they go at once, not when they would have aged.
create function public.discard_import(p_id uuid) returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  perform public.require_operator();
  update public.imports set status = 'discarded', rows_deleted_at = now()
   where id = p_id and status in ('reading', 'unmapped', 'checking', 'ready');
  if not found then
    return false;
  end if;
  delete from public.import_checks where import_id = p_id;
  delete from public.import_rows where import_id = p_id;
  perform public.write_audit('import.discarded', 'imports', p_id::text);
  return true;
end $$;
grant execute on function public.discard_import to authenticated, service_role;

-- Decides what would come of the next rows of a file, against what is known now and
-- against the rows before them. False when somebody changed the mapping meanwhile,
-- or the rows are decided already: a repeated call decides nothing twice.
create function public.check_import_rows(p_id uuid, p_check_no int, p_from int, p_to int, p_rows jsonb)
  returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  perform public.require_operator();
  perform 1 from public.imports where id = p_id and status = 'checking' and check_no = p_check_no
    and checked_to = p_from for update;
  if not found then
    return false;
  end if;
  insert into public.import_checks (import_id, row_no, outcome, reason, detail, notes, facts,
    address_key, company_key, email_key, costar_property_id, property_known,
    company_known, fills, differences)
  with incoming as materialized (
    select r.row_no, r.facts, r.skip, r.no_contact, r.detail, coalesce(r.notes, '{}') as notes,
      public.match_key(concat_ws(' ', r.facts ->> 'address', r.facts ->> 'city',
        r.facts ->> 'state')) as address_key,
      public.match_key(r.facts ->> 'company') as company_key,
      (r.facts ->> 'costarPropertyId')::bigint as costar_id, case when r.skip is null and r.no_contact is null
        then lower(btrim(r.facts ->> 'email')) end as email_key
    from jsonb_to_recordset(p_rows) as r (row_no int, facts jsonb, skip text, no_contact text,
      detail text, notes text[])
  ), first_seen as (
    select i.*, least(min(i.row_no) over (partition by i.email_key),
      (select min(c.row_no) from public.import_checks c where c.import_id = p_id
        and c.email_key = i.email_key)) as first_row
    from incoming i
  ), judged as (
    select f.*, f.email_key is not null and f.first_row < f.row_no as is_double,
      f.email_key is not null and f.first_row < f.row_no and (
        exists (select 1 from public.import_checks c where c.import_id = p_id and c.row_no = f.first_row
          and c.address_key = f.address_key)
        or exists (select 1 from incoming o where o.row_no = f.first_row
          and o.address_key = f.address_key)) as is_same_row,
      coalesce((select x.id from public.properties x where x.costar_property_id = f.costar_id),
        (select x.id from public.properties x where x.address_key = f.address_key)) as property_id,
      (select x.id from public.companies x where x.name_key = f.company_key
        and f.company_key <> '') as company_id
    from first_seen f
  )
  select p_id, j.row_no,
    case when j.skip is not null or j.is_same_row then 'skip' when j.no_contact is not null
      or j.is_double then 'property_only'
      when k.id is null then 'create' when known.fills = '{}' then 'known' else 'update' end,
    coalesce(j.skip, case when j.is_same_row then 'duplicate_row' when j.is_double
      then 'duplicate_contact' end, j.no_contact),
    case when j.skip is null and j.is_double then j.first_row::text else j.detail end,
    j.notes || case when k.do_not_contact_at is not null or o.do_not_contact_at is not null
      then array['do_not_contact']
      when k.bounced_at is not null then array['bounced']
      when exists (select 1 from public.email_exclusions e
        where (e.kind = 'address' and e.value = j.email_key)
        or (e.kind = 'domain' and e.value = public.email_domain(j.email_key)))
          then array['excluded'] else '{}' end,
    j.facts, j.address_key, j.company_key, case when j.skip is null and not j.is_double
      then j.email_key end, j.costar_id,
    j.property_id is not null, j.company_id is not null, coalesce(known.fills, '{}'),
    coalesce(known.differences, '[]')
  from judged j
  left join public.contacts k on k.email_key = j.email_key and not j.is_double
  left join public.companies o on o.id = coalesce(k.company_id, j.company_id)
  left join public.properties p on p.id = j.property_id
  left join lateral (
    select coalesce(array_agg(v.field) filter (where coalesce(v.ours, '') = ''
      and coalesce(v.file, '') <> ''), '{}') as fills,
      coalesce(jsonb_agg(jsonb_build_object('field', v.field, 'ours', v.ours, 'file', v.file))
        filter (where v.ours <> '' and v.file <> '' and public.match_key(v.ours) <> public.match_key(v.file)),
        '[]') as differences
    from (values
      ('contactName', k.full_name, case when k.id is not null then j.facts ->> 'contactName' end),
      ('title', k.title, case when k.id is not null then j.facts ->> 'title' end),
      ('phone', k.phones[1], case when k.id is not null then j.facts ->> 'phone' end),
      ('company', o.name, case when k.id is not null then j.facts ->> 'company' end),
      ('propertyType', p.property_type, case when p.id is not null then j.facts ->> 'propertyType' end),
      ('zip', p.zip, case when p.id is not null then j.facts ->> 'zip' end),
      ('buildingSf', p.building_sf::text, case when p.id is not null then j.facts ->> 'buildingSf' end),
      ('landAcres', p.land_acres::float8::text, case when p.id is not null then j.facts ->> 'landAcres' end),
      ('yearBuilt', p.year_built::text, case when p.id is not null then j.facts ->> 'yearBuilt' end)
    ) as v (field, ours, file)
    where (k.id is not null or p.id is not null) and j.skip is null and not j.is_same_row
  ) known on true;
  update public.imports set checked_to = p_to, checked_rows = checked_rows + jsonb_array_length(p_rows)
    where id = p_id;
  return true;
end $$;
grant execute on function public.check_import_rows to service_role;

-- Adds up what the rows came to. The preview is ready.
create function public.finish_import_check(p_id uuid, p_check_no int) returns boolean
language plpgsql security definer set search_path = '' as $$
declare
  v_counts jsonb;
begin
  perform public.require_operator();
  perform 1 from public.imports where id = p_id and status = 'checking' and check_no = p_check_no for update;
  if not found then
    return false;
  end if;
  select jsonb_build_object('create', count(*) filter (where outcome = 'create'), 'update',
    count(*) filter (where outcome = 'update'), 'known', count(*) filter (where outcome = 'known'),
    'property_only', count(*) filter (where outcome = 'property_only'),
    'skip', count(*) filter (where outcome = 'skip'),
    'newProperties', count(distinct coalesce(costar_property_id::text, address_key)) filter (
      where not property_known and outcome <> 'skip'),
    'knownProperties', count(distinct coalesce(costar_property_id::text, address_key)) filter (
      where property_known and outcome <> 'skip'),
    'newCompanies', count(distinct company_key) filter (where not company_known
      and outcome <> 'skip' and company_key <> ''),
    'differing', count(*) filter (where outcome <> 'skip' and differences <> '[]'),
    'notMailed', count(*) filter (where notes && '{do_not_contact,bounced,excluded}'))
    into v_counts from public.import_checks where import_id = p_id;
  select v_counts || jsonb_build_object('reasons', coalesce(jsonb_object_agg(x.reason, x.n), '{}'))
    into v_counts
    from (select reason, count(*) as n from public.import_checks where import_id = p_id
      and reason is not null group by reason) x;
  update public.imports set status = 'ready', counts = v_counts where id = p_id;
  return true;
end $$;
grant execute on function public.finish_import_check to service_role;

-- Gives an extraction this import as its source, beside whatever payloads it had.
create function public.attach_import(p_extraction_id uuid, p_import_id uuid) returns void
language sql security definer set search_path = '' as $$
  select public.require_operator();
  update public.extractions set import_id = p_import_id where id = p_extraction_id and import_id is null;
  insert into public.extraction_payloads (extraction_id, "position", title, payload, listed)
  select e.id, coalesce((select max(p."position") + 1 from public.extraction_payloads p
    where p.extraction_id = e.id), 0), 'Import: ' || i.file_name, jsonb_build_object('import', i.id), true
    from public.extractions e join public.imports i on i.id = e.import_id
   where e.id = p_extraction_id and e.import_id = p_import_id and not exists (
     select 1 from public.extraction_payloads p where p.extraction_id = e.id
       and p.payload ->> 'import' = i.id::text)
$$;

-- The extraction an approval allows, with the approved file as its source; called again it finds it.
create function public.open_import_extraction(p_search_id uuid, p_approval_id uuid, p_import_id uuid)
  returns uuid
language plpgsql security definer set search_path = '' as $$
declare
  v_id uuid;
begin
  perform public.require_operator();
  insert into public.extractions (search_id, approval_id) values (p_search_id, p_approval_id)
    on conflict (approval_id) do nothing;
  select id into strict v_id from public.extractions where approval_id = p_approval_id;
  perform public.attach_import(v_id, p_import_id);
  return v_id;
end $$;
grant execute on function public.open_import_extraction to service_role;

-- What was mapped by hand for these headers is offered for the next file that has them.
create function public.use_import(p_id uuid, p_search_id uuid) returns void
language sql security definer set search_path = '' as $$
  select public.require_operator();
  update public.imports set status = 'used', used_at = now(), search_id = p_search_id where id = p_id;
  insert into public.import_mappings as m (headers_key, mapping) select headers_key, mapping
    from public.imports where id = p_id
  on conflict (headers_key) do update set mapping = excluded.mapping,
    updated_by = public.acting_name(), updated_at = now();
  select public.write_audit('import.started', 'imports', p_id::text, null,
    jsonb_build_object('search', p_search_id, 'file', file_name, 'counts', counts))
      from public.imports where id = p_id;
$$;

-- A person starts a checked import: it answers the search's extraction
-- checkpoint, or an extraction that stopped. Bound to the check that was seen.
create function public.start_import(p_id uuid, p_check_no int) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_import public.imports;
  v_approval public.approval_queue;
  v_extraction public.extractions;
  v_decided jsonb;
begin
  perform public.require_operator();
  select * into strict v_import from public.imports where id = p_id for update;
  if v_import.status <> 'ready' or v_import.check_no <> p_check_no then
    return jsonb_build_object('outcome', case when v_import.status = 'used'
      then 'already_started' else 'changed' end, 'searchId', v_import.search_id);
  end if;
  select * into v_approval from public.approval_queue
   where search_id = v_import.search_id and checkpoint = 'extraction' and status = 'pending'
     order by revision desc limit 1;
  if found then
    v_decided := public.decide_approval(v_approval.id, 'approve', v_approval.content_hash, null,
      jsonb_build_object('import', p_id));
    if v_decided ->> 'outcome' <> 'decided' then
      return jsonb_build_object('outcome', 'not_waiting', 'searchId', v_import.search_id);
    end if;
    perform public.use_import(p_id, v_import.search_id);
    return jsonb_build_object('outcome', 'started', 'searchId', v_import.search_id,
      'runKey', v_approval.run_key);
  end if;
  select * into v_extraction from public.extractions
   where search_id = v_import.search_id and status = 'stopped' and import_id is null
     order by created_at desc limit 1 for update;
  if not found then
    return jsonb_build_object('outcome', 'not_waiting', 'searchId', v_import.search_id);
  end if;
  perform public.attach_import(v_extraction.id, p_id);
  update public.extractions set status = 'waiting', reason = null where id = v_extraction.id;
  perform public.write_audit('extraction.import', 'extractions', v_extraction.id::text,
    jsonb_build_object('status', 'stopped'), jsonb_build_object('import', p_id));
  perform public.use_import(p_id, v_import.search_id);
  return jsonb_build_object('outcome', 'started', 'searchId', v_import.search_id,
    'extractionId', v_extraction.id);
end $$;
grant execute on function public.start_import to authenticated, service_role;

-- A search made from a file. There is nothing for the sourcing agent to write, and
-- the person who starts it has just seen every row: both decisions are theirs,
-- recorded as such, and the loop goes on from there as it would from any approval.
create function public.start_import_search(p_id uuid, p_check_no int, p_name text, p_buyer_name text,
  p_criteria jsonb) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_import public.imports;
  v_search uuid;
  v_approval public.approval_queue;
  v_proposal jsonb;
  v_checkpoint text;
begin
  perform public.require_operator();
  select * into strict v_import from public.imports where id = p_id for update;
  if v_import.status <> 'ready' or v_import.check_no <> p_check_no or v_import.search_id is not null then
    return jsonb_build_object('outcome', case when v_import.status = 'used'
      then 'already_started' else 'changed' end, 'searchId', v_import.search_id);
  end if;
  insert into public.searches (name, buyer_name, criteria, source, strategy)
  values (p_name, p_buyer_name, p_criteria, 'import', 'The contacts come from ' || v_import.file_name
    || '; CoStar is asked nothing.')
  returning id into v_search;
  v_proposal := jsonb_build_object('strategy', 'The contacts come from ' || v_import.file_name
    || '; CoStar is asked nothing.', 'payloads', '[]'::jsonb, 'import',
    jsonb_build_object('id', p_id, 'file', v_import.file_name, 'sha256', v_import.file_hash,
      'counts', v_import.counts));
  perform public.move_search(v_search, '{new}', 'sourcing');
  foreach v_checkpoint in array '{sourcing,extraction}'::text[] loop
    v_approval := public.propose('search:' || v_search, v_checkpoint, 1, 'Import: ' || p_name,
      'Approving saves what ' || v_import.file_name || ' holds; CoStar is asked nothing.', v_proposal,
      v_search);
    if v_approval.status = 'pending' then
      perform public.decide_approval(v_approval.id, 'approve', v_approval.content_hash, null,
        case v_checkpoint when 'extraction' then jsonb_build_object('import', p_id) end);
    end if;
  end loop;
  perform public.move_search(v_search, '{sourcing}', 'awaiting_extraction');
  perform public.use_import(p_id, v_search);
  return jsonb_build_object('outcome', 'started', 'searchId', v_search);
end $$;
grant execute on function public.start_import_search to authenticated, service_role;

-- Saves the next rows of an import, all or none, and remembers how far it came:
-- whatever is interrupted is done once. The rules are those of save_properties
-- and save_owner, for many rows at a time: blanks are filled, values stay.
create function public.store_import_rows(p_extraction_id uuid, p_limit int) returns text
language plpgsql security definer set search_path = '' as $$
declare
  v_extraction public.extractions;
  v_import public.imports;
  v_position int;
  v_to int; v_rows int; v_properties int; v_contacts int;
  v_hour timestamptz;
begin
  perform public.require_operator();
  select * into strict v_extraction from public.extractions where id = p_extraction_id for update;
  if v_extraction.status <> 'running' then
    return case v_extraction.status when 'completed' then 'done' else 'cancelled' end;
  end if;
  select * into strict v_import from public.imports where id = v_extraction.import_id for update;
  select max(x.row_no), count(*) into v_to, v_rows from (select row_no from public.import_checks
    where import_id = v_import.id and row_no > v_import.applied_to order by row_no limit p_limit) x;
  if v_rows = 0 then
    return 'done';
  end if;
  v_hour := public.whole_hour(v_extraction.created_at);
  select p."position" into strict v_position from public.extraction_payloads p
   where p.extraction_id = p_extraction_id and p.payload ->> 'import' = v_import.id::text;

  insert into public.companies as c (name, name_key, address, state, phones, source)
  select distinct on (r.company_key) r.facts ->> 'company', r.company_key,
    r.facts ->> 'companyAddress', r.facts ->> 'state',
      case when r.facts ->> 'companyPhone' is null then '{}' else array[r.facts ->> 'companyPhone'] end,
      'import: ' || v_import.file_name || ', row ' || r.row_no
    from public.import_checks r
   where r.import_id = v_import.id and r.row_no > v_import.applied_to and r.row_no <= v_to
     and r.outcome <> 'skip' and r.company_key <> ''
   order by r.company_key, r.row_no
  on conflict (name_key) do update set address = coalesce(c.address, excluded.address),
      phones = case when c.phones = '{}' then excluded.phones else c.phones end
    where (c.address is null and excluded.address is not null)
      or (c.phones = '{}' and excluded.phones <> '{}');

  insert into public.properties as p (costar_property_id, address, address_key, city, state, zip,
    property_type, building_sf, land_acres, year_built, company_id, source, raw)
  select distinct on (coalesce(x.costar_property_id::text, x.address_key)) x.* from (
    select distinct on (r.address_key) r.costar_property_id, r.facts ->> 'address',
      r.address_key, r.facts ->> 'city', r.facts ->> 'state', r.facts ->> 'zip', r.facts ->> 'propertyType',
      (r.facts ->> 'buildingSf')::int,
      (r.facts ->> 'landAcres')::numeric, (r.facts ->> 'yearBuilt')::int, c.id,
      'import: ' || v_import.file_name || ', row ' || r.row_no, '{}'::jsonb
    from public.import_checks r left join public.companies c on c.name_key = r.company_key
      and r.company_key <> ''
   where r.import_id = v_import.id and r.row_no > v_import.applied_to
     and r.row_no <= v_to and r.outcome <> 'skip'
   order by r.address_key, r.row_no) x
   where not exists (select 1 from public.properties o where o.costar_property_id = x.costar_property_id
     and o.address_key <> x.address_key)
  on conflict (address_key) do update set
      costar_property_id = coalesce(p.costar_property_id, excluded.costar_property_id),
      zip = coalesce(p.zip, excluded.zip), property_type = coalesce(p.property_type, excluded.property_type),
      building_sf = coalesce(p.building_sf, excluded.building_sf),
      land_acres = coalesce(p.land_acres, excluded.land_acres),
      year_built = coalesce(p.year_built, excluded.year_built),
      company_id = coalesce(p.company_id, excluded.company_id);

  insert into public.contacts as k (company_id, full_name, first_name, title, email,
    phones, time_zone, source)
  select distinct on (r.email_key) c.id, r.facts ->> 'contactName', coalesce(r.facts ->> 'firstName', ''),
    r.facts ->> 'title',
      btrim(r.facts ->> 'email'), case when r.facts ->> 'phone' is null then '{}'
        else array[r.facts ->> 'phone'] end,
      r.facts ->> 'timeZone', 'import: ' || v_import.file_name || ', row ' || r.row_no
    from public.import_checks r left join public.companies c on c.name_key = r.company_key
      and r.company_key <> ''
   where r.import_id = v_import.id and r.row_no > v_import.applied_to and r.row_no <= v_to
     and r.email_key is not null
   order by r.email_key, r.row_no
  on conflict (email_key) do update set company_id = coalesce(k.company_id, excluded.company_id),
      title = coalesce(k.title, excluded.title), time_zone = coalesce(k.time_zone, excluded.time_zone),
      first_name = case when k.first_name = '' then excluded.first_name else k.first_name end,
      phones = case when k.phones = '{}' then excluded.phones else k.phones end
    where (k.company_id is null and excluded.company_id is not null)
      or (k.title is null and excluded.title is not null)
      or (k.time_zone is null and excluded.time_zone is not null)
      or (k.first_name = '' and excluded.first_name <> '')
      or (k.phones = '{}' and excluded.phones <> '{}');

  with linked as (
    select distinct on (x.property_id) x.property_id from (
      select coalesce((select p.id from public.properties p
        where p.costar_property_id = r.costar_property_id),
          (select p.id from public.properties p where p.address_key = r.address_key)) as property_id
        from public.import_checks r
       where r.import_id = v_import.id and r.row_no > v_import.applied_to and r.row_no <= v_to
         and r.outcome <> 'skip') x
  )
  -- What an earlier extraction of the search found, and this file holds, belongs to this one from now on.
  insert into public.search_properties as s (search_id, property_id, extraction_id,
    payload_position, contacts_fetched_at, found_hour, market)
  select v_extraction.search_id, l.property_id, p_extraction_id, v_position, now(), v_hour,
      concat_ws(', ', nullif(p.city, ''), nullif(p.state, ''))
    from linked l join public.properties p on p.id = l.property_id
  on conflict (search_id, property_id) do update set extraction_id = excluded.extraction_id,
      payload_position = excluded.payload_position,
      contacts_fetched_at = coalesce(s.contacts_fetched_at, now())
    where s.extraction_id <> excluded.extraction_id;
  get diagnostics v_properties = row_count;

  with found as (
    select distinct on (k.id) k.id as contact_id, coalesce(
        (select p.id from public.properties p where p.costar_property_id = r.costar_property_id),
        (select p.id from public.properties p where p.address_key = r.address_key)) as property_id
      from public.import_checks r join public.contacts k on k.email_key = r.email_key
     where r.import_id = v_import.id and r.row_no > v_import.applied_to and r.row_no <= v_to
       and r.email_key is not null
     order by k.id, r.row_no
  )
  insert into public.search_contacts as s (search_id, contact_id, property_id,
    payload_position, found_hour, market)
  select v_extraction.search_id, f.contact_id, f.property_id, v_position, p.found_hour, p.market
    from found f join public.search_properties p on p.search_id = v_extraction.search_id
      and p.property_id = f.property_id
  on conflict (search_id, contact_id) do update set property_id = excluded.property_id,
    payload_position = excluded.payload_position
    where not exists (select 1 from public.search_properties o where o.search_id = s.search_id
      and o.property_id = s.property_id
      and o.extraction_id = p_extraction_id);
  get diagnostics v_contacts = row_count;

  update public.imports set applied_to = v_to, applied_rows = applied_rows + v_rows where id = v_import.id;
  update public.extraction_payloads set properties_found = properties_found + v_properties
   where extraction_id = p_extraction_id and "position" = v_position;
  update public.extractions set properties_found = properties_found + v_properties,
    contacts_found = contacts_found + v_contacts
   where id = p_extraction_id;
  return 'more';
end $$;

-- The values of rows `p_from` to `p_to` that are to take the place of known ones, and who said so.
-- Whoever must not be contacted stays with the company that asked for it, whatever a file says.
create function public.chosen_import_values(p_import_id uuid, p_from int, p_to int)
returns table (row_no int, field text, ours text, file text, chosen_by text)
language sql stable security definer set search_path = '' as $$
  select c.row_no, d.field, d.ours, d.file, coalesce(one.chosen_by, every.chosen_by)
    from public.import_checks c
    cross join lateral jsonb_to_recordset(c.differences) as d (field text, ours text, file text)
    left join public.import_choices one on one.import_id = c.import_id and one.field = d.field
      and one.row_no = c.row_no
    left join public.import_choices every on every.import_id = c.import_id
      and every.field = d.field and every.row_no = 0
   where c.import_id = p_import_id and c.row_no between p_from and p_to and c.outcome <> 'skip'
     and c.differences <> '[]'
     and coalesce(one.take, every.take) = 'file'
     and not (d.field = 'company' and 'do_not_contact' = any (c.notes))
$$;

-- How often a file differs from what is known, column by column, and how often its value is taken.
create function public.import_differences(p_id uuid) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
  perform public.require_operator();
  return (select coalesce(jsonb_agg(jsonb_build_object('field', x.field, 'rows', x.rows, 'taken', x.taken,
    'take', x.take) order by x.field), '[]')
    from (select d.field, count(*) as rows, count(t.row_no) as taken,
      coalesce(min(every.take), 'ours') as take
      from public.import_checks c
      cross join lateral jsonb_to_recordset(c.differences) as d (field text)
      left join public.chosen_import_values(p_id, 0, 2147483647) t on t.row_no = c.row_no
        and t.field = d.field
      left join public.import_choices every on every.import_id = p_id
        and every.field = d.field and every.row_no = 0
     where c.import_id = p_id and c.outcome <> 'skip' and c.differences <> '[]' group by d.field) x);
end $$;
grant execute on function public.import_differences to authenticated, service_role;

-- Chooses whose value stays where a column (`p_row` 0) or one of its rows differs.
-- A choice for the column is for all of its rows. The check's number moves with
-- it, so that nobody starts an import whose choices are not those they saw.
create function public.choose_import_value(p_id uuid, p_field text, p_row int, p_take text) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_import public.imports;
  v_before text;
begin
  perform public.require_operator();
  select * into strict v_import from public.imports where id = p_id for update;
  if v_import.status <> 'ready' then
    raise exception 'Values are chosen between the check of the rows and the start of the import.'
      using errcode = '22023';
  end if;
  select i.take into v_before from public.import_choices i where i.import_id = p_id and i.field = p_field
    and i.row_no in (0, p_row)
   order by i.row_no desc limit 1;
  if p_row = 0 then
    delete from public.import_choices where import_id = p_id and field = p_field;
  elsif not exists (select 1 from public.import_checks c where c.import_id = p_id
    and c.row_no = p_row and c.outcome <> 'skip'
      and c.differences @> jsonb_build_array(jsonb_build_object('field', p_field))) then
    raise exception 'Row % says nothing else than what is known there.', p_row using errcode = '22023';
  elsif p_take = 'file' and p_field = 'company'
    and exists (select 1 from public.import_checks c where c.import_id = p_id
      and c.row_no = p_row and 'do_not_contact' = any (c.notes)) then
    raise exception 'This contact must not be contacted and stays with the company that asked for it.'
      using errcode = '22023';
  end if;
  insert into public.import_choices (import_id, field, row_no, take) values (p_id, p_field, p_row, p_take)
  on conflict (import_id, field, row_no) do update set take = excluded.take,
    chosen_by = excluded.chosen_by, chosen_at = now();
  update public.imports set check_no = check_no + 1 where id = p_id;
  perform public.write_audit('import.chosen', 'imports', p_id::text,
    jsonb_build_object('field', p_field, 'row', p_row, 'take', coalesce(v_before, 'ours')),
    jsonb_build_object('field', p_field, 'row', p_row, 'take', p_take));
end $$;
grant execute on function public.choose_import_value to authenticated, service_role;

-- Under other columns other values differ: choices end with the check they were made in.
create function public.forget_import_choices() returns trigger language plpgsql security definer
  set search_path = '' as $$
begin
  delete from public.import_choices where import_id = new.id;
  return null;
end $$;

-- Puts the file's values where a person chose them, each with who chose it and
-- what stood there before on record. A value that somebody changed since it was
-- shown stays; of several rows about one contact or property the first counts.
create function public.take_import_values(p_import_id uuid, p_from int, p_to int) returns int
language plpgsql security definer set search_path = '' as $$
declare
  v_file text;
  v_done int := 0;
  v_id uuid;
  r record;
begin
  select file_name into v_file from public.imports where id = p_import_id;
  for r in
    select t.*, c.facts, c.email_key, c.company_key,
      coalesce((select p.id from public.properties p where p.costar_property_id = c.costar_property_id),
        (select p.id from public.properties p where p.address_key = c.address_key)) as property_id
      from public.chosen_import_values(p_import_id, p_from, p_to) t
      join public.import_checks c on c.import_id = p_import_id and c.row_no = t.row_no
     order by t.row_no
  loop
    v_id := null;
    case r.field
      when 'contactName' then
        update public.contacts k set full_name = r.file, first_name = coalesce(r.facts ->> 'firstName', '')
         where k.email_key = r.email_key and k.full_name = r.ours returning k.id into v_id;
      when 'title' then
        update public.contacts k set title = r.file where k.email_key = r.email_key and k.title = r.ours
          returning k.id into v_id;
      when 'phone' then
        update public.contacts k set phones = array_prepend(r.file, array_remove(k.phones[2:], r.file))
         where k.email_key = r.email_key and k.phones[1] = r.ours returning k.id into v_id;
      when 'company' then
        update public.contacts k set company_id = o.id from public.companies o, public.companies was
         where k.email_key = r.email_key and o.name_key = r.company_key
           and was.id = k.company_id and was.name = r.ours
           and k.do_not_contact_at is null and was.do_not_contact_at is null returning k.id into v_id;
      when 'propertyType' then
        update public.properties p set property_type = r.file where p.id = r.property_id
          and p.property_type = r.ours returning p.id into v_id;
      when 'zip' then
        update public.properties p set zip = r.file where p.id = r.property_id and p.zip = r.ours
          returning p.id into v_id;
      when 'buildingSf' then
        update public.properties p set building_sf = r.file::int where p.id = r.property_id
          and p.building_sf::text = r.ours returning p.id into v_id;
      when 'landAcres' then
        update public.properties p set land_acres = r.file::numeric
         where p.id = r.property_id and p.land_acres::float8::text = r.ours returning p.id into v_id;
      when 'yearBuilt' then
        update public.properties p set year_built = r.file::int where p.id = r.property_id
          and p.year_built::text = r.ours returning p.id into v_id;
    end case;
    if v_id is not null then
      v_done := v_done + 1;
      perform public.write_audit('import.replaced', case when r.field in ('contactName', 'title', 'phone',
        'company') then 'contacts' else 'properties' end, v_id::text, jsonb_build_object(r.field, r.ours),
        jsonb_build_object(r.field, r.file), v_file || ', row ' || r.row_no, r.chosen_by);
    end if;
  end loop;
  return v_done;
end $$;

-- Rows of a file are saved and the values chosen from them are put in place in one transaction.
create function public.save_import_rows(p_extraction_id uuid, p_limit int) returns text
language plpgsql security definer set search_path = '' as $$
declare
  v_before public.imports;
  v_outcome text;
begin
  perform public.require_operator();
  perform 1 from public.extractions where id = p_extraction_id for update;
  select i.* into v_before from public.extractions e join public.imports i on i.id = e.import_id
    where e.id = p_extraction_id;
  v_outcome := public.store_import_rows(p_extraction_id, p_limit);
  if v_outcome = 'more' and exists (select 1 from public.import_choices where import_id = v_before.id) then
    perform public.take_import_values(v_before.id, v_before.applied_to + 1, (select applied_to
      from public.imports where id = v_before.id));
  end if;
  return v_outcome;
end $$;
grant execute on function public.save_import_rows to service_role;

-- Files nobody asked about again: checks that stand still for a
-- minute, and rows whose time is over (a week unused, a month used).
create function public.tidy_imports(p_now timestamptz default now()) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_old uuid;
begin
  perform public.require_operator();
  update public.imports set status = 'discarded' where status = 'reading'
    and updated_at < p_now - interval '1 hour';
  select i.id into v_old from public.imports i where i.rows_deleted_at is null and (
      i.status = 'discarded' or (i.status in ('unmapped', 'checking', 'ready')
        and i.updated_at < p_now - interval '7 days')
      or (i.status = 'used' and i.used_at < p_now - interval '30 days' and not exists (
        select 1 from public.extractions e where e.import_id = i.id
          and e.status in ('waiting', 'running', 'stopped'))))
   order by i.updated_at limit 1;
  if v_old is not null then
    delete from public.import_checks where import_id = v_old;
    delete from public.import_rows where import_id = v_old;
    update public.imports set rows_deleted_at = p_now, status = case status when 'used' then 'used'
      else 'discarded' end where id = v_old;
  end if;
  return (select coalesce(jsonb_agg(i.id), '[]') from public.imports i where i.status = 'checking'
    and i.updated_at < p_now - interval '1 minute');
end $$;
grant execute on function public.tidy_imports to service_role;

create trigger imports_transitions before update of status on public.imports
  for each row execute function public.hold_to_transitions();
create trigger imports_touch before update on public.imports for each row
  execute function public.touch_updated_at();
create trigger imports_forget_choices after update of mapping on public.imports
  for each row when (old.mapping is distinct from new.mapping or new.status = 'checking')
    execute function public.forget_import_choices();

-- Mailboxes, the relays that hold them, how they are read, and how much each may send.

-- Mailboxes send; each belongs to one relay, the process beside Outlook.
create table public.mailboxes (
  id uuid primary key default gen_random_uuid(),
  address text not null unique check (address = lower(btrim(address))),
  display_name text not null default '',
  -- A transport is a file of the product; the database does not name them all.
  transport text not null default 'outlook' check (transport ~ '^[a-z]{2,20}$'),
  relay_url text,
  status text not null default 'active' check (status in ('active', 'paused')),
  status_reason text,
  hourly_limit int not null default 1000 check (hourly_limit > 0),
  daily_limit int not null default 10000 check (daily_limit > 0),
  host_product text,
  host_version text,
  last_seen_at timestamptz,
  sync_cursor timestamptz,
  last_synced_at timestamptz,
  sync_error text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  -- A mailbox that warms up sends a few mails on its first day and more on each day
  -- after, until it reaches its own limit. `auto_paused` tells a pause the product
  -- made from one a person made; failures are counted from `counts_from` on.
  ramp_started_on date,
  ramp_start_per_day int check (ramp_start_per_day between 1 and 10000),
  ramp_step_per_day int check (ramp_step_per_day between 0 and 10000),
  auto_paused boolean not null default false,
  counts_from timestamptz,
  -- Other addresses the same mailbox sends from: mail from them is ours.
  aliases text[] not null default '{}',
  constraint ramp_is_whole check (num_nulls(ramp_started_on, ramp_start_per_day, ramp_step_per_day) in (0, 3))
);
create index mailboxes_relay on public.mailboxes (relay_url);
alter table public.mailboxes enable row level security;
create policy mailboxes_read on public.mailboxes for select to authenticated
  using ((select public.is_operator()));
grant select on public.mailboxes to authenticated;
grant select, insert, update on public.mailboxes to service_role;
alter publication supabase_realtime add table public.mailboxes;

-- Relays: the processes beside the mailboxes. Each says what it has; a
-- mailbox stays with the relay that showed it first until a person moves it.
create table public.relays (
  id uuid primary key default gen_random_uuid(),
  -- Without an address: the relay the console itself is set to (RELAY_URL, or its own).
  url text unique nulls not distinct,
  name text not null default '',
  version text not null default '',
  -- Relay's clock minus the console's, in milliseconds.
  clock_offset_ms bigint,
  -- Why it was not let in the last time it asked.
  problem text,
  problem_at timestamptz,
  last_seen_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
alter table public.relays enable row level security;
create policy relays_read on public.relays for select to authenticated using ((select public.is_operator()));
grant select on public.relays to authenticated, service_role;

-- Which mailboxes a relay says it has. More than one relay
-- may; the mailbox's relay_url says which one is used.
create table public.relay_mailboxes (
  relay_id uuid not null references public.relays (id) on delete cascade,
  mailbox_id uuid not null references public.mailboxes (id),
  transport text not null,
  product text not null default '',
  version text not null default '',
  present boolean not null default true,
  last_seen_at timestamptz not null default now(),
  primary key (relay_id, mailbox_id)
);
create index relay_mailboxes_mailbox on public.relay_mailboxes (mailbox_id);
alter table public.relay_mailboxes enable row level security;
create policy relay_mailboxes_read on public.relay_mailboxes for select to authenticated
  using ((select public.is_operator()));
grant select on public.relay_mailboxes to authenticated, service_role;

-- How far each folder of a mailbox has been read, and how that goes. A folder has a cursor
-- of its own: one that is caught up must not carry another past mail that is still unread.
create table public.mailbox_folders (
  mailbox_id uuid not null references public.mailboxes (id) on delete cascade,
  folder text not null check (folder in ('inbox', 'junk', 'sent')),
  read_up_to timestamptz,
  tried_at timestamptz,
  read_at timestamptz,
  behind_s int not null default 0 check (behind_s >= 0),
  stored_last int not null default 0,
  failures int not null default 0,
  problem text,
  problem_since timestamptz,
  primary key (mailbox_id, folder)
);
comment on column public.mailbox_folders.read_up_to
  is 'Everything received up to here is stored. Null until the first run got anywhere.';
comment on column public.mailbox_folders.behind_s
  is 'Seconds between the oldest mail that may be unread and the last run; 0 when it was caught up.';
alter table public.mailbox_folders enable row level security;
create policy mailbox_folders_read on public.mailbox_folders for select to authenticated
  using ((select public.is_operator()));
grant select on public.mailbox_folders to authenticated;
grant select, insert, update on public.mailbox_folders to service_role;
alter publication supabase_realtime add table public.mailbox_folders;

-- How far apart a mailbox's mails leave. After each mail a time is drawn from the campaign's span, the same
-- for the same mail in every run; a whole batch is followed by a pause. A mail whose planned time comes later
-- than the last hand-over was spaced by the plan already and keeps only the shortest distance: else every
-- plan would fall behind, mail by mail.
create table public.mailbox_pace (
  mailbox_id uuid primary key references public.mailboxes (id),
  handed_at timestamptz not null,
  -- Null where the campaign asks for no distance.
  floor_at timestamptz,
  free_at timestamptz,
  in_batch int not null default 0,
  rests boolean not null default false
);
alter table public.mailbox_pace enable row level security;
create policy mailbox_pace_read on public.mailbox_pace for select to authenticated
  using ((select public.is_operator()));
grant select on public.mailbox_pace to authenticated, service_role;

-- Mail a person sent from the mailbox themselves, as it was seen
-- in Sent Items. The mail server counts it, so the limits do.
create table public.hand_sent_mails (
  id uuid primary key default gen_random_uuid(),
  mailbox_id uuid not null references public.mailboxes (id),
  entry_id text not null,
  message_id text,
  sent_at timestamptz not null,
  subject text not null default '',
  to_emails text[] not null default '{}',
  -- What Exchange and others count: one mail to three people is three.
  recipients int generated always as (least(greatest(coalesce(array_length(to_emails, 1), 0), 1), 10000))
    stored,
  noted_at timestamptz not null default now(),
  unique (mailbox_id, entry_id)
);
create unique index hand_sent_mails_message on public.hand_sent_mails (mailbox_id, message_id)
  where message_id is not null;
create index hand_sent_mails_ledger on public.hand_sent_mails (sent_at);
create index hand_sent_mails_ledger_mailbox on public.hand_sent_mails (mailbox_id, sent_at);
alter table public.hand_sent_mails enable row level security;
create policy hand_sent_mails_read on public.hand_sent_mails for select to authenticated
  using ((select public.is_operator()));
grant select on public.hand_sent_mails to authenticated, service_role;

-- A relay says what it has. New mailboxes become the desk's; one that another relay has
-- stays there, and both are shown. Answers {"owned": [address], "elsewhere": [address]}.
create function public.register_relay(p_url text, p_report jsonb) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_relay uuid;
begin
  perform public.require_operator();
  insert into public.relays (url, name, version, clock_offset_ms, last_seen_at)
  values (p_url, coalesce(p_report ->> 'name', ''), coalesce(p_report ->> 'version', ''),
    (p_report ->> 'clockOffsetMs')::bigint, now())
  on conflict (url) do update set name = excluded.name, version = excluded.version,
    clock_offset_ms = excluded.clock_offset_ms, last_seen_at = excluded.last_seen_at,
    problem = null, problem_at = null
  returning id into v_relay;
  -- In the order of addresses, so that two relays that
  -- register at once wait for each other and never for ever.
  insert into public.mailboxes (address, transport, relay_url)
  select lower(x.address), x.transport, p_url
    from jsonb_to_recordset(p_report -> 'mailboxes') as x (address text, transport text)
      order by lower(x.address)
  on conflict (address) do nothing;
  insert into public.relay_mailboxes (relay_id, mailbox_id, transport, product, version)
  select distinct on (m.id) v_relay, m.id, x.transport, coalesce(x.product, ''), coalesce(x.version, '')
    from jsonb_to_recordset(p_report -> 'mailboxes') as x (address text, transport text,
      product text, version text)
    join public.mailboxes m on m.address = lower(x.address) order by m.id
  on conflict (relay_id, mailbox_id) do update set transport = excluded.transport, product = excluded.product,
    version = excluded.version, present = true, last_seen_at = now();
  update public.relay_mailboxes c set present = false from public.mailboxes m
   where c.relay_id = v_relay and m.id = c.mailbox_id and c.present
     and not exists (select from jsonb_to_recordset(p_report -> 'mailboxes') as x (address text)
       where lower(x.address) = m.address);
  update public.mailboxes m set host_product = c.product, host_version = c.version,
    transport = c.transport, last_seen_at = now()
    from public.relay_mailboxes c
   where c.relay_id = v_relay and c.present and c.mailbox_id = m.id
     and m.relay_url is not distinct from p_url;
  return (select jsonb_build_object(
      'owned', coalesce(jsonb_agg(m.address order by m.address) filter (where m.relay_url is
        not distinct from p_url), '[]'),
      'elsewhere', coalesce(jsonb_agg(m.address order by m.address) filter (where m.relay_url
        is distinct from p_url), '[]'))
    from public.relay_mailboxes c join public.mailboxes m on m.id = c.mailbox_id
      where c.relay_id = v_relay and c.present);
end $$;
grant execute on function public.register_relay to service_role;

-- A relay that proved who it is and was refused all the same is shown with the reason.
create function public.note_relay_problem(p_url text, p_problem text, p_clock_offset_ms bigint default null)
  returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform public.require_operator();
  insert into public.relays (url, problem, problem_at, clock_offset_ms)
    values (p_url, p_problem, now(), p_clock_offset_ms)
  on conflict (url) do update set problem = excluded.problem, problem_at = excluded.problem_at,
    clock_offset_ms = coalesce(excluded.clock_offset_ms, public.relays.clock_offset_ms);
end $$;
grant execute on function public.note_relay_problem to service_role;

-- A person lets another relay send for a mailbox. Refused while a mail is with the relay that has it now.
create function public.move_mailbox(p_mailbox_id uuid, p_relay_id uuid) returns boolean
language plpgsql security definer set search_path = '' as $$
declare
  v_mailbox public.mailboxes;
  v_relay public.relays;
  v_claim public.relay_mailboxes;
begin
  perform public.require_operator();
  select * into v_mailbox from public.mailboxes where id = p_mailbox_id for update;
  select * into v_relay from public.relays where id = p_relay_id;
  select * into v_claim from public.relay_mailboxes where relay_id = p_relay_id
    and mailbox_id = p_mailbox_id and present;
  if v_mailbox.id is null or v_relay.id is null then
    raise exception 'There is no such mailbox or relay.' using errcode = 'P0002';
  end if;
  if v_mailbox.relay_url is not distinct from v_relay.url then
    return false;
  end if;
  if v_claim.mailbox_id is null then
    raise exception 'That relay does not have this mailbox.' using errcode = '23514';
  end if;
  if exists (select from public.sends s where s.mailbox_id = p_mailbox_id and s.status = 'sending') then
    raise exception 'A mail is being handed over just now. Try again in a minute.' using errcode = '23514';
  end if;
  update public.mailboxes set relay_url = v_relay.url, transport = v_claim.transport,
    host_product = v_claim.product, host_version = v_claim.version,
    last_seen_at = v_claim.last_seen_at, sync_error = null
   where id = p_mailbox_id;
  perform public.write_audit('mailbox.moved', 'mailboxes', p_mailbox_id::text,
    jsonb_build_object('relay', v_mailbox.relay_url), jsonb_build_object('relay', v_relay.url));
  return true;
end $$;
grant execute on function public.move_mailbox to authenticated, service_role;

-- Takes a relay that is gone for good off the list. It shows up again if it ever reports.
create function public.forget_relay(p_relay_id uuid) returns boolean
language plpgsql security definer set search_path = '' as $$
declare
  v_relay public.relays;
begin
  perform public.require_operator();
  select * into v_relay from public.relays where id = p_relay_id for update;
  if not found then
    return false;
  end if;
  if exists (select from public.mailboxes m where m.relay_url is not distinct from v_relay.url) then
    raise exception 'Mailboxes still send through this relay. Move them first.' using errcode = '23514';
  end if;
  delete from public.relays where id = p_relay_id;
  perform public.write_audit('relay.forgotten', 'relays', p_relay_id::text,
    jsonb_build_object('url', v_relay.url, 'name', v_relay.name));
  return true;
end $$;
grant execute on function public.forget_relay to authenticated, service_role;

-- False when it stands so already; the audit log says who changed it.
create function public.set_mailbox_status(p_id uuid, p_to text, p_reason text default null) returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  perform public.require_operator();
  update public.mailboxes set status = p_to, status_reason = p_reason where id = p_id and status <> p_to;
  if not found then
    return false;
  end if;
  perform public.write_audit('mailbox.' || p_to, 'mailboxes', p_id::text, null,
    jsonb_build_object('status', p_to), p_reason);
  return true;
end $$;
grant execute on function public.set_mailbox_status to authenticated, service_role;

-- A mailbox's own limits and its warm-up. Without `rampStartPerDay` it does not warm up.
create function public.set_mailbox_limits(p_id uuid, p_hourly int, p_daily int,
  p_ramp_started_on date default null, p_ramp_start_per_day int default null,
  p_ramp_step_per_day int default null) returns public.mailboxes
language plpgsql security definer set search_path = '' as $$
declare
  v_before public.mailboxes;
  v_after public.mailboxes;
begin
  perform public.require_operator();
  if p_hourly is null or p_daily is null or p_hourly not between 1 and 1000
    or p_daily not between 1 and 10000 then
    raise exception 'A mailbox sends 1 to 1,000 mails an hour and 1 to 10,000 a day.' using errcode = '22023';
  end if;
  select * into v_before from public.mailboxes where id = p_id for update;
  if not found then
    raise exception 'There is no mailbox %.', p_id using errcode = 'P0002';
  end if;
  update public.mailboxes set hourly_limit = p_hourly, daily_limit = p_daily,
    ramp_started_on = p_ramp_started_on, ramp_start_per_day = p_ramp_start_per_day,
    ramp_step_per_day = p_ramp_step_per_day where id = p_id returning * into v_after;
  perform public.write_audit('mailbox.limits', 'mailboxes', p_id::text, public.limits_of(v_before),
    public.limits_of(v_after));
  return v_after;
end $$;
grant execute on function public.set_mailbox_limits to authenticated, service_role;

-- What the audit log keeps of a mailbox's limits, before and after.
create function public.limits_of(p_mailbox public.mailboxes) returns jsonb
language sql immutable set search_path = '' as $$
  select jsonb_build_object('hourly_limit', p_mailbox.hourly_limit, 'daily_limit',
    p_mailbox.daily_limit, 'ramp_started_on', p_mailbox.ramp_started_on, 'ramp_start_per_day',
    p_mailbox.ramp_start_per_day, 'ramp_step_per_day', p_mailbox.ramp_step_per_day)
$$;

-- How many mails a mailbox may hand over in any 24 hours, as of
-- p_at: its limit, or less while it warms up. Days are the desk's.
create function public.mailbox_daily_limit(p_mailbox_id uuid, p_at timestamptz default now()) returns int
language sql stable security invoker set search_path = '' as $$
  select case when m.ramp_started_on is null then m.daily_limit else least(m.daily_limit, m.ramp_start_per_day
    + m.ramp_step_per_day::bigint * greatest((p_at at time zone d.time_zone)::date - m.ramp_started_on,
      0))::int end
  from public.mailboxes m cross join public.desk_settings d where m.id = p_mailbox_id and d.id = 1
$$;
grant execute on function public.mailbox_daily_limit to authenticated, service_role;

-- When a mailbox already sends: mails scheduled, and mails
-- handed over in the last day. Epoch milliseconds, ascending.
create function public.mailbox_load(p_mailbox_id uuid) returns jsonb
language sql stable security definer set search_path = '' as $$
  select coalesce(jsonb_agg(x.at order by x.at), '[]') from (
    select floor(extract(epoch from case s.status when 'scheduled' then s.due_at
      else s.handed_at end) * 1000)::bigint as at
      from public.sends s where s.mailbox_id = p_mailbox_id
       and (s.status = 'scheduled' or s.handed_at > now() - interval '24 hours')) x
$$;
grant execute on function public.mailbox_load to service_role;

-- Notes one item of Sent Items: {entryId, messageId, sentAt, subject, toEmails, key}. True when it is mail
-- sent by hand that was not noted before; the product's own mails are known by their key, their message id,
-- or, where the mailbox gives neither back, as the mail to that address with that subject that is on its way.
create function public.note_hand_sent(p_mailbox_id uuid, p_mail jsonb) returns boolean
language plpgsql security definer set search_path = '' as $$
declare
  v_key text := public.words_in(p_mail ->> 'key');
  v_message_id text := public.words_in(p_mail ->> 'messageId');
  v_sent_at timestamptz := (p_mail ->> 'sentAt')::timestamptz;
  v_to text[] := array(select lower(btrim(x)) from unnest(public.texts_in(p_mail -> 'toEmails')) x
    where btrim(x) <> '');
begin
  perform public.require_operator();
  if v_sent_at is null or public.words_in(p_mail ->> 'entryId') is null then
    raise exception 'A mail needs its entry id and when it was sent.' using errcode = '22023';
  end if;
  -- As for a reservation: nobody counts while a place is being taken.
  perform pg_advisory_xact_lock(hashtextextended('send-ledger', 0));
  if exists (select 1 from public.sends s where s.idempotency_key = v_key)
    or exists (select 1 from public.sends s where s.message_id = v_message_id)
    or exists (select 1 from public.sends s where lower(s.to_email) = any (v_to)
      and s.mailbox_id = p_mailbox_id
      and (s.entry_id = p_mail ->> 'entryId'
        or (s.message_id is null and s.status in ('sending', 'uncertain', 'sent')
        and s.subject = p_mail ->> 'subject'
        and s.handed_at between v_sent_at - interval '1 hour' and v_sent_at + interval '1 hour')))
  then
    return false;
  end if;
  insert into public.hand_sent_mails (mailbox_id, entry_id, message_id, sent_at, subject, to_emails)
  values (p_mailbox_id, p_mail ->> 'entryId', v_message_id, v_sent_at,
    coalesce(p_mail ->> 'subject', ''), v_to)
  on conflict do nothing;
  return found;
end $$;
grant execute on function public.note_hand_sent to service_role;

-- How long to wait after a mail: drawn from its id, so that it is the same whoever asks and however often.
create function public.spacing_after(p_send_id uuid, p_settings jsonb) returns int
language sql immutable set search_path = '' as $$
  select coalesce((p_settings ->> 'spacingMinS')::int, 0)
    + (abs(hashtextextended(p_send_id::text, 0) % 1000003)
    % (greatest(coalesce((p_settings ->> 'spacingMaxS')::int, 0)
      - coalesce((p_settings ->> 'spacingMinS')::int, 0), 0) + 1))::int
$$;

-- Notes that a mail of a campaign takes its place now, and answers when the next may leave.
create function public.note_pace(p_mailbox_id uuid, p_send_id uuid, p_settings jsonb, p_now timestamptz)
  returns public.mailbox_pace
language plpgsql security definer set search_path = '' as $$
declare
  v_pace public.mailbox_pace;
  v_batch int := coalesce((p_settings ->> 'batchSize')::int, 0);
  v_pause interval := make_interval(secs => coalesce((p_settings ->> 'batchPauseS')::int, 0));
  v_min interval := make_interval(secs => coalesce((p_settings ->> 'spacingMinS')::int, 0));
  v_space interval := make_interval(secs => public.spacing_after(p_send_id, p_settings));
begin
  select * into v_pace from public.mailbox_pace where mailbox_id = p_mailbox_id;
  v_pace.mailbox_id := p_mailbox_id;
  -- A quiet time as long as the pause was the pause, whoever made it.
  v_pace.in_batch := case when v_pace.rests or v_pace.handed_at is null
    or p_now - v_pace.handed_at >= v_pause then 1
    else v_pace.in_batch + 1 end;
  v_pace.rests := v_batch > 0 and v_pause > v_space and v_pace.in_batch >= v_batch;
  v_pace.handed_at := p_now;
  v_pace.floor_at := p_now + nullif(case when v_pace.rests then v_pause else v_min end, interval '0');
  v_pace.free_at := p_now + nullif(case when v_pace.rests then v_pause else v_space end, interval '0');
  insert into public.mailbox_pace values (v_pace.*)
  on conflict (mailbox_id) do update set handed_at = excluded.handed_at, floor_at = excluded.floor_at,
    free_at = excluded.free_at, in_batch = excluded.in_batch, rests = excluded.rests;
  return v_pace;
end $$;

-- When a mailbox has something to send next, in the words of its dispatcher.
create function public.next_wake(p_mailbox_id uuid, p_pace public.mailbox_pace, p_full uuid[],
  p_full_until timestamptz, p_now timestamptz)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_answer timestamptz;
  v_overdue timestamptz;
  v_planned timestamptz;
  v_until timestamptz;
begin
  select s.due_at into v_answer from public.sends s where s.mailbox_id = p_mailbox_id
    and s.status = 'scheduled'
     and (case when s.kind = 'manual_reply' then 0 when s.step > 1 then 1 else 2 end) = 0
   order by s.due_at limit 1;
  -- The earliest mail the plan is behind with, and the earliest it is not.
  select s.due_at into v_overdue from public.sends s
    join public.campaigns c on c.id = s.campaign_id join public.enrollments n on n.id = s.enrollment_id
   where s.mailbox_id = p_mailbox_id and s.status = 'scheduled'
     and c.status = 'active' and n.status = 'active'
     and s.due_at <= p_pace.handed_at and s.campaign_id <> all (p_full)
   order by s.due_at limit 1;
  select s.due_at into v_planned from public.sends s
    join public.campaigns c on c.id = s.campaign_id join public.enrollments n on n.id = s.enrollment_id
   where s.mailbox_id = p_mailbox_id and s.status = 'scheduled'
     and c.status = 'active' and n.status = 'active'
     and (p_pace.handed_at is null or s.due_at > p_pace.handed_at) and s.campaign_id <> all (p_full)
   order by s.due_at limit 1;
  v_until := least(v_answer,
    case when v_overdue is not null then greatest(v_overdue, p_pace.free_at) end,
    case when v_planned is not null then greatest(v_planned, p_pace.floor_at) end);
  return case
    when p_full_until is not null and (v_until is null or p_full_until < v_until)
      then jsonb_build_object('outcome', 'wait', 'reason', 'daily limit of the campaign reached', 'until',
        p_full_until)
    when v_until is null then jsonb_build_object('outcome', 'wait', 'reason',
      'nothing is scheduled', 'until', null)
    when v_until > p_now and least(v_overdue, v_planned) <= p_now then jsonb_build_object('outcome',
      'wait', 'until', v_until, 'reason', case when p_pace.rests then 'the mailbox rests after a batch'
        else 'room is left after the mail before' end)
    else jsonb_build_object('outcome', 'wait', 'reason', 'nothing is due', 'until', v_until) end;
end $$;

-- Active mailboxes with a mail that falls due before the next look, a minute from now.
create function public.mailboxes_due(p_now timestamptz default now()) returns uuid[]
language sql stable security definer set search_path = '' as $$
  select coalesce(array_agg(m.id order by m.address), '{}') from public.mailboxes m where m.status = 'active'
    and not exists (select 1 from public.kill_switch k where k.pulled)
    and exists (select 1 from public.sends s where s.mailbox_id = m.id and s.status = 'scheduled'
      and s.due_at <= p_now + interval '2 minutes')
$$;
grant execute on function public.mailboxes_due to service_role;

-- Writes how reading a folder went. The cursor never goes back, and never past what is stored.
create function public.note_sync(
  p_mailbox_id uuid, p_folder text, p_read_up_to timestamptz, p_behind_s int, p_stored int,
  p_problem text default null, p_now timestamptz default now()
) returns void language plpgsql security definer set search_path = '' as $$
begin
  perform public.require_operator();
  insert into public.mailbox_folders as f (mailbox_id, folder, read_up_to, tried_at, read_at, behind_s,
    stored_last, failures, problem, problem_since)
  values (p_mailbox_id, p_folder, p_read_up_to, p_now, case when p_problem is null
    then p_now end, coalesce(p_behind_s, 0), coalesce(p_stored, 0), case when p_problem is null then 0
      else 1 end, p_problem, case when p_problem is not null then p_now end)
  on conflict (mailbox_id, folder) do update set
    read_up_to = greatest(f.read_up_to, excluded.read_up_to), tried_at = p_now,
    read_at = coalesce(excluded.read_at, f.read_at), behind_s = coalesce(p_behind_s, f.behind_s),
    stored_last = excluded.stored_last, failures = case when p_problem is null then 0
      else f.failures + 1 end, problem = p_problem,
    problem_since = case when p_problem is not null then coalesce(f.problem_since, p_now) end;
  update public.mailboxes m set
    sync_cursor = coalesce((select f.read_up_to from public.mailbox_folders f where f.mailbox_id = m.id
      and f.folder = 'inbox'), m.sync_cursor),
    last_synced_at = (select max(f.read_at) from public.mailbox_folders f where f.mailbox_id = m.id),
    sync_error = (select string_agg(distinct f.problem, ' ') from public.mailbox_folders f
      where f.mailbox_id = m.id)
   where m.id = p_mailbox_id;
end $$;
grant execute on function public.note_sync to service_role;

-- One item of Sent Items: {entryId, messageId, conversationId, inReplyTo, key, toEmails, subject, sentAt}.
-- Our own mail is known by its key, its message id or its entry id, or - where the mailbox gives none of them
-- back - as the one mail to that address with that subject that left then: it settles a send nobody was sure
-- about and fills in the ids by which an answer will be matched. Anything else a person sent by hand: it
-- counts against the limits, ends the sequences of the contacts it went to, and takes the mail it answers off
-- the list of what waits. Answers own, settled, by_hand or seen.
create function public.note_sent_item(p_mailbox_id uuid, p_item jsonb) returns text
language plpgsql security definer set search_path = '' as $$
declare
  v_send public.sends;
  v_sent_at timestamptz := (p_item ->> 'sentAt')::timestamptz;
  v_message_id text := public.words_in(p_item ->> 'messageId');
  v_conversation text := public.words_in(p_item ->> 'conversationId');
  v_to text[] := array(select lower(btrim(x)) from unnest(public.texts_in(p_item -> 'toEmails')) x
    where btrim(x) <> '');
  v_reason text;
  v_contact uuid;
  v_email uuid;
begin
  perform public.require_operator();
  select * into v_send from public.sends s where s.idempotency_key = public.words_in(p_item ->> 'key')
    and s.handed_at is not null;
  if v_send.id is null and v_message_id is not null then
    select * into v_send from public.sends s where s.message_id = v_message_id limit 1;
  end if;
  if v_send.id is null then
    select * into v_send from public.sends s where lower(s.to_email) = any (v_to)
      and s.mailbox_id = p_mailbox_id
       and (s.entry_id = p_item ->> 'entryId'
         or (s.message_id is null and s.status in ('sending', 'uncertain', 'sent')
         and s.subject = p_item ->> 'subject'
         and s.handed_at between v_sent_at - interval '1 hour' and v_sent_at + interval '1 hour'))
     order by s.entry_id = p_item ->> 'entryId' desc nulls last,
       abs(extract(epoch from s.handed_at - v_sent_at)) limit 1;
  end if;
  if v_send.id is not null then
    if v_send.status = 'uncertain' then
      perform public.record_send(v_send.id, 'sent', 'seen in Sent Items',
        jsonb_strip_nulls(jsonb_build_object('sentAt', v_sent_at, 'messageId', v_message_id, 'entryId',
          p_item ->> 'entryId', 'conversationId', v_conversation, 'foundIn', 'sent')));
      return 'settled';
    elsif v_send.status = 'sent' and ((v_send.message_id is null and v_message_id is not null)
        or (v_send.conversation_id is null and v_conversation is not null)) then
      update public.sends set message_id = coalesce(message_id, v_message_id),
        conversation_id = coalesce(conversation_id, v_conversation), entry_id = coalesce(p_item ->> 'entryId',
          entry_id) where id = v_send.id;
    end if;
    return 'own';
  end if;
  if not public.note_hand_sent(p_mailbox_id, p_item) or v_sent_at < public.mail_counts_from() then
    return 'seen';
  end if;
  v_reason := 'answered by hand on ' || to_char(v_sent_at at time zone (select d.time_zone
    from public.desk_settings d where d.id = 1), 'FMDD Mon');
  for v_contact in
    select c.id from public.contacts c where c.email_key = any (v_to)
    union select a.contact_id from public.contact_addresses a where a.address = any (v_to)
  loop
    if exists (select 1 from public.enrollments n where n.contact_id = v_contact
      and n.status in ('active', 'paused')) then
      perform public.hold_contact(v_contact, 'stop', v_reason);
      perform public.write_audit('contact.answered_by_hand', 'contacts', v_contact::text, null,
        jsonb_build_object('subject', p_item ->> 'subject', 'sentAt', v_sent_at, 'did',
          jsonb_build_array('sequence stopped')), v_reason, 'sync');
    end if;
    for v_email in
      update public.synced_emails e set status = 'done', handled_at = v_sent_at,
        handled_by = 'answered by hand', snoozed_until = null
       where e.contact_id = v_contact and e.status = 'needs_person' and e.received_at <= v_sent_at
         and (e.internet_message_id = p_item ->> 'inReplyTo' or e.conversation_id = v_conversation)
      returning e.id
    loop
      perform public.write_audit('reply.done', 'synced_emails', v_email::text, null, null, v_reason, 'sync');
    end loop;
  end loop;
  return 'by_hand';
end $$;
grant execute on function public.note_sent_item to service_role;

-- A pause nobody chose says so (`auto_paused`), and never overwrites one a person chose.
create function public.pause_mailbox_itself(p_id uuid, p_why text) returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  update public.mailboxes set status = 'paused', auto_paused = true, status_reason = p_why
    where id = p_id and status = 'active';
  if found then
    perform public.write_audit('mailbox.auto_paused', 'mailboxes', p_id::text, null,
      '{"status": "paused"}', p_why);
  end if;
  return found;
end $$;

create trigger mailboxes_touch before update on public.mailboxes for each row
  execute function public.touch_updated_at();

create trigger relays_touch before update on public.relays for each row
  execute function public.touch_updated_at();

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

-- Mails: scheduled, reserved under every limit in one transaction, handed over, settled. The
-- product pauses a mailbox or a campaign by itself when too much of its mail bounces or fails.

-- A send is one mail to one contact at one time. One per enrollment and step, ever.
create table public.sends (
  id uuid primary key default gen_random_uuid(),
  kind text not null default 'sequence' check (kind in ('sequence', 'manual_reply')),
  campaign_id uuid references public.campaigns (id),
  enrollment_id uuid references public.enrollments (id),
  contact_id uuid not null references public.contacts (id),
  mailbox_id uuid not null references public.mailboxes (id),
  step int,
  reply_to_email_id uuid,
  status text not null default 'scheduled'
    check (status in ('scheduled', 'sending', 'sent', 'uncertain', 'failed', 'skipped', 'cancelled')),
  due_at timestamptz not null,
  to_email text not null,
  subject text not null,
  body text not null,
  content_hash text not null,
  idempotency_key text generated always as ('up-' || replace(id::text, '-', '')) stored unique,
  attempts int not null default 0,
  handed_at timestamptz,
  sent_at timestamptz,
  message_id text,
  entry_id text,
  conversation_id text,
  reason text,
  needs_person boolean not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  -- `begun_at`: somebody has started to hand this mail over. From then on its fate is known only
  -- to the mailbox. `again`: a person looked and found that an earlier hand-over never left.
  begun_at timestamptz,
  bounced_at timestamptz,
  again boolean not null default false,
  complained_at timestamptz,
  constraint one_send_per_step unique (enrollment_id, step),
  constraint sequence_sends_have_a_step
    check ((kind = 'sequence') = (enrollment_id is not null and step is not null))
);
create index sends_due on public.sends (mailbox_id, due_at) where status = 'scheduled';
create index sends_ledger on public.sends (handed_at) where handed_at is not null;
create index sends_ledger_mailbox on public.sends (mailbox_id, handed_at) where handed_at is not null;
create index sends_contact on public.sends (contact_id, status);
create index sends_campaign on public.sends (campaign_id, status, due_at, id);
create index sends_open on public.sends (status, handed_at) where status in ('sending', 'uncertain');
create index sends_message on public.sends (message_id) where message_id is not null;
create index sends_conversation on public.sends (conversation_id) where conversation_id is not null;
create index sends_to on public.sends (lower(to_email));
create index sends_reply_to_email on public.sends (reply_to_email_id);
create index sends_ledger_campaign on public.sends (campaign_id, handed_at) where handed_at is not null;
-- One queue per mailbox: answers of a person, then follow-ups,
-- then first mails, each by due time. Read from its head.
create index sends_queue on public.sends
  (mailbox_id, (case when kind = 'manual_reply' then 0 when step > 1 then 1 else 2 end), due_at, step, id)
    where status = 'scheduled';
create index sends_manual on public.sends (reply_to_email_id) where kind = 'manual_reply' and status = 'sent';
create index sends_bounced on public.sends (sent_at desc, id desc) where bounced_at is not null;
create index sends_complained on public.sends (sent_at desc, id desc) where complained_at is not null;
create index sends_left_at on public.sends (sent_at desc, id desc) where status = 'sent';
alter table public.sends enable row level security;
create policy sends_read on public.sends for select to authenticated using ((select public.is_operator()));
grant select on public.sends to authenticated;
grant select, insert, update on public.sends to service_role;

insert into public.status_transitions (entity, from_status, to_status) values
  ('sends', 'scheduled', 'sending'), ('sends', 'scheduled', 'skipped'), ('sends', 'scheduled', 'cancelled'),
  ('sends', 'sending', 'sent'), ('sends', 'sending', 'uncertain'), ('sends', 'sending', 'failed'),
  ('sends', 'sending', 'scheduled'), ('sends', 'uncertain', 'sent'), ('sends', 'uncertain', 'scheduled'),
  ('sends', 'uncertain', 'cancelled'), ('sends', 'failed', 'scheduled'), ('sends', 'cancelled', 'scheduled');

-- Why a mail has not gone: the cause, whom it is about, and until when.
create type public.why_not as (cause text, detail text, who text, until timestamptz);

-- An approved mail changes only into the mail that a later approval put in its
-- place, while that approval is being carried out. Nobody can write `applying`
-- but `apply_campaign_edit`, which begins and ends it in one transaction.
create function public.keep_approved_mail() returns trigger language plpgsql security definer
  set search_path = '' as $$
begin
  if (new.to_email, new.contact_id, new.enrollment_id, new.step, new.kind)
    is distinct from (old.to_email, old.contact_id, old.enrollment_id, old.step, old.kind)
    or ((new.subject, new.body, new.content_hash) is distinct from (old.subject, old.body, old.content_hash)
      and not (old.status = 'scheduled' and new.status = 'scheduled'
        and exists (select 1 from public.campaign_edits e
        join public.planned_sends p on p.campaign_id = e.campaign_id and p.revision = e.revision
       where e.campaign_id = new.campaign_id and e.status = 'applying'
         and p.contact_id = new.contact_id and p.step = new.step
         and (p.to_email, p.subject, p.body, p.content_hash) is not distinct from (new.to_email, new.subject,
           new.body, new.content_hash))))
  then
    raise exception 'An approved mail cannot change; it needs a new approval.' using errcode = '23514';
  end if;
  return new;
end $$;

-- What bars this contact from being mailed at this address, by its key, or null: the
-- one place that knows. The strongest comes first; a bounce bars the address it was of.
-- (plpgsql keeps its plan: a list asks for many contacts at once.)
create function public.mail_bar(p_contact_id uuid, p_to text) returns text
language plpgsql stable security invoker set search_path = '' as $$
begin
  return (select case
    when c.do_not_contact_at is not null then 'do_not_contact'
    when k.do_not_contact_at is not null then 'company_do_not_contact'
    when coalesce(btrim(p_to), '') = '' then 'no_email'
    when c.bounced_at is not null and c.email_key = lower(btrim(p_to)) then 'bounced'
    when exists (select 1 from public.email_exclusions x where x.kind = 'address'
      and x.value = lower(btrim(p_to))) then 'address_excluded'
    when exists (select 1 from public.email_exclusions x where x.kind = 'domain'
      and x.value = public.email_domain(p_to)) then 'domain_excluded'
  end
  from public.contacts c left join public.companies k on k.id = c.company_id where c.id = p_contact_id);
end $$;
grant execute on function public.mail_bar to authenticated, service_role;

-- The same in words. Asked again at the moment of every send.
create function public.why_not_mail(p_contact_id uuid, p_to text) returns text
language sql stable security invoker set search_path = '' as $$
  select case public.mail_bar(p_contact_id, p_to)
    when 'do_not_contact' then 'contact is do-not-contact'
    when 'company_do_not_contact' then 'company is do-not-contact'
    when 'no_email' then 'no e-mail address'
    when 'bounced' then 'address bounced'
    when 'address_excluded' then 'address is excluded'
    when 'domain_excluded' then 'domain is excluded'
  end
$$;
grant execute on function public.why_not_mail to authenticated, service_role;

-- A column of contacts, computed where it is asked for: what bars the contact, or "mailable".
create function public.mail_status(public.contacts) returns text
language sql stable security invoker set search_path = '' as $$
  select coalesce(public.mail_bar($1.id, $1.email), 'mailable')
$$;
grant execute on function public.mail_status to authenticated, service_role;

-- When the rolling limit over p_span lets one more through, or
-- null when it does now. Mail sent by hand takes places too.
create function public.limit_frees_at(p_limit int, p_span interval, p_mailbox_id uuid, p_now timestamptz)
returns timestamptz language plpgsql stable security definer set search_path = '' as $$
declare
  v_nth timestamptz;
  v_hand int;
begin
  if p_mailbox_id is null then
    select coalesce(sum(h.recipients), 0) into v_hand from public.hand_sent_mails h
      where h.sent_at > p_now - p_span;
    if v_hand = 0 then
      select s.handed_at into v_nth from public.sends s where s.handed_at > p_now - p_span
       order by s.handed_at desc offset p_limit - 1 limit 1;
      return v_nth + p_span;
    end if;
    select x.at into v_nth from (
      select s.handed_at as at from public.sends s where s.handed_at > p_now - p_span
      union all
      select h.sent_at from public.hand_sent_mails h, generate_series(1, h.recipients)
        where h.sent_at > p_now - p_span) x
     order by x.at desc offset p_limit - 1 limit 1;
    return v_nth + p_span;
  end if;
  select coalesce(sum(h.recipients), 0) into v_hand from public.hand_sent_mails h
   where h.mailbox_id = p_mailbox_id and h.sent_at > p_now - p_span;
  if v_hand = 0 then
    select s.handed_at into v_nth from public.sends s where s.mailbox_id = p_mailbox_id
      and s.handed_at > p_now - p_span
     order by s.handed_at desc offset p_limit - 1 limit 1;
    return v_nth + p_span;
  end if;
  select x.at into v_nth from (
    select s.handed_at as at from public.sends s where s.mailbox_id = p_mailbox_id
      and s.handed_at > p_now - p_span
    union all
    select h.sent_at from public.hand_sent_mails h, generate_series(1, h.recipients)
     where h.mailbox_id = p_mailbox_id and h.sent_at > p_now - p_span) x
   order by x.at desc offset p_limit - 1 limit 1;
  return v_nth + p_span;
end $$;
grant execute on function public.limit_frees_at to service_role;

-- The same for a campaign's own daily limit, where it has one.
create function public.campaign_frees_at(p_campaign_id uuid, p_now timestamptz)
returns timestamptz language plpgsql stable security definer set search_path = '' as $$
declare
  v_limit int := (select (c.settings ->> 'dailyLimit')::int from public.campaigns c
    where c.id = p_campaign_id);
  v_nth timestamptz;
begin
  if v_limit is null then
    return null;
  end if;
  select s.handed_at into v_nth from public.sends s where s.campaign_id = p_campaign_id
    and s.handed_at > p_now - interval '24 hours'
   order by s.handed_at desc offset v_limit - 1 limit 1;
  return v_nth + interval '24 hours';
end $$;
grant execute on function public.campaign_frees_at to service_role;

-- The limit that holds a mailbox up the longest, or no row. While
-- it warms up the next day frees it earlier than the ledger.
create function public.full_limit(p_mailbox_id uuid, p_now timestamptz)
  returns table (reason text, until timestamptz)
language plpgsql stable security definer set search_path = '' as $$
declare
  v_desk public.desk_settings;
  v_mailbox public.mailboxes;
  v_daily int := public.mailbox_daily_limit(p_mailbox_id, p_now);
  v_daily_frees timestamptz := public.limit_frees_at(v_daily, interval '24 hours', p_mailbox_id, p_now);
begin
  select * into v_desk from public.desk_settings where id = 1;
  select * into v_mailbox from public.mailboxes where id = p_mailbox_id;
  if v_daily_frees is not null and v_daily < v_mailbox.daily_limit and v_mailbox.ramp_step_per_day > 0 then
    v_daily_frees := least(v_daily_frees,
      (greatest((p_now at time zone v_desk.time_zone)::date, v_mailbox.ramp_started_on) + 1)::timestamp
      at time zone v_desk.time_zone);
  end if;
  return query select x.reason, x.until from (values
    ('daily limit reached', public.limit_frees_at(v_desk.daily_limit, interval '24 hours', null, p_now)),
    ('hourly limit reached', public.limit_frees_at(v_desk.hourly_limit, interval '1 hour', null, p_now)),
    (case when v_daily < v_mailbox.daily_limit then 'warm-up limit of this mailbox reached'
      else 'daily limit of this mailbox reached' end, v_daily_frees),
    ('hourly limit of this mailbox reached', public.limit_frees_at(v_mailbox.hourly_limit,
      interval '1 hour', p_mailbox_id, p_now))
  ) as x (reason, until) where x.until > p_now order by x.until desc limit 1;
end $$;
grant execute on function public.full_limit to service_role;

-- Locks what a reservation relies on. False when something about the contact, the enrollment or the campaign
-- is being written at this moment, or was changed since the mail was picked: a reply, a pause or a stop is
-- never overtaken. It does not wait, because those who write hold these rows and may wait for the mail
-- itself.
create function public.hold_still(p_contact_id uuid, p_enrollment_id uuid,
  p_enrollment_status text, p_campaign_id uuid)
returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  perform 1 from public.contacts where id = p_contact_id for share skip locked;
  if not found then
    return false;
  end if;
  perform 1 from public.enrollments where id = p_enrollment_id
    and status = p_enrollment_status for share skip locked;
  if not found and p_enrollment_id is not null then
    return false;
  end if;
  perform 1 from public.campaigns where id = p_campaign_id and status = 'active' for share skip locked;
  return found or p_campaign_id is null;
end $$;

-- Reserves the next mail of a mailbox: switches, limits, pace, window and contact
-- are checked in the transaction that reserves. Answers {outcome: reserved, send}
-- or {outcome: wait, reason, until}. Only a reserved send may be handed over.
create function public.reserve_send(p_mailbox_id uuid, p_now timestamptz default now()) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_mailbox public.mailboxes;
  v_pace public.mailbox_pace;
  v_pulled boolean;
  v_until timestamptz;
  v_why text;
  v_full uuid[];
  v_full_until timestamptz;
  v_shut uuid[];
  v_after timestamptz;
  v_id uuid;
  v_send record;
begin
  perform public.require_operator();
  -- One reservation at a time over all dispatchers: counting
  -- and taking a place in the window must not interleave.
  perform pg_advisory_xact_lock(hashtextextended('send-ledger', 0));
  -- Locked, so that whoever pulls the switch or pauses the
  -- mailbox knows on return that nothing is reserved any more.
  select pulled into v_pulled from public.kill_switch where id = 1 for share;
  if v_pulled then
    return jsonb_build_object('outcome', 'wait', 'reason', 'sending is stopped by the kill switch');
  end if;
  select * into v_mailbox from public.mailboxes where id = p_mailbox_id for share;
  if not found or v_mailbox.status <> 'active' then
    return jsonb_build_object('outcome', 'wait', 'reason',
      coalesce('the mailbox is paused: ' || v_mailbox.status_reason, 'the mailbox is paused'));
  end if;
  select x.reason, x.until into v_why, v_until from public.full_limit(p_mailbox_id, p_now) x;
  if v_until is not null then
    return jsonb_build_object('outcome', 'wait', 'reason', v_why, 'until', v_until);
  end if;
  select coalesce(array_agg(x.id), '{}'), min(x.until) into v_full, v_full_until from (
    select c.id, public.campaign_frees_at(c.id, p_now) as until from public.campaigns c
      -- Not `exists`: that is planned as a join with everything that is due.
      cross join lateral (select 1 from public.sends s
        where s.campaign_id = c.id and s.status = 'scheduled' and s.due_at <= p_now
          and s.mailbox_id = p_mailbox_id limit 1) due
     where c.status = 'active' and c.settings ->> 'dailyLimit' is not null) x
   where x.until > p_now;
  v_shut := v_full || array(select c.id from public.campaigns c where c.status = 'paused');
  select * into v_pace from public.mailbox_pace where mailbox_id = p_mailbox_id;
  v_after := case when v_pace.free_at > p_now then v_pace.handed_at else '-infinity'::timestamptz end;
  -- A queue each: a sort of everything that is due would cost more with every mail that waits.
  for v_queue in 0..2 loop
    -- A person's answer waits for nobody; a campaign's mail keeps its distance.
    exit when v_queue > 0 and v_pace.floor_at > p_now;
    -- Walked in the order of the index, mail by mail: joined and locked is only the one that is looked at.
    for v_id in
      select s.id from public.sends s
       where s.mailbox_id = p_mailbox_id and s.status = 'scheduled' and s.due_at <= p_now
         and (case when s.kind = 'manual_reply' then 0 when s.step > 1 then 1 else 2 end) = v_queue
         and (v_queue = 0 or s.due_at > v_after) and (s.campaign_id is null or s.campaign_id <> all (v_shut))
       order by s.due_at, s.step, s.id
    loop
      select s.*, n.status as enrollment_status, n.reason as enrollment_reason, n.time_zone,
        c.status as campaign_status, c.settings as campaign_settings,
        c.window_start, c.window_end, c.window_days, c.closed_dates, q.gap_business_days
        into v_send
        from public.sends s
        left join public.enrollments n on n.id = s.enrollment_id
        left join public.campaigns c on c.id = s.campaign_id
        left join public.sequence_steps q on q.campaign_id = s.campaign_id and q.step = s.step
       where s.id = v_id and s.status = 'scheduled' and coalesce(c.status, 'active') = 'active'
         and coalesce(n.status, 'active') <> 'paused'
         for update of s skip locked;
      continue when not found;
      continue when not public.hold_still(v_send.contact_id, v_send.enrollment_id,
        v_send.enrollment_status, v_send.campaign_id);
      v_why := case when v_send.kind = 'sequence' and v_send.enrollment_status <> 'active'
        then coalesce(v_send.enrollment_reason, 'the enrollment ended')
          else public.why_not_mail(v_send.contact_id, v_send.to_email) end;
      if v_why is not null then
        update public.sends set status = 'skipped', reason = v_why where id = v_send.id;
        continue;
      end if;
      if v_send.kind = 'sequence' and v_send.step > 1 then
        select p.status, public.after_gap(p.sent_at, coalesce(v_send.gap_business_days, 0),
          v_send.time_zone, v_send.window_start, v_send.window_days, v_send.closed_dates) into v_why, v_until
          from public.sends p where p.enrollment_id = v_send.enrollment_id and p.step = v_send.step - 1;
        if v_why is null or v_why in ('skipped', 'cancelled', 'failed') then
          update public.sends set status = 'skipped', reason = 'the mail before it did not leave'
            where id = v_send.id;
          continue;
        elsif v_why <> 'sent' then
          update public.sends set due_at = p_now + interval '10 minutes',
            reason = 'waiting for the mail before it' where id = v_send.id;
          continue;
        elsif v_until > p_now then
          update public.sends set due_at = v_until, reason = 'the mail before it left late'
            where id = v_send.id;
          continue;
        end if;
      end if;
      if v_send.kind = 'sequence' then
        v_until := public.next_open(p_now, v_send.time_zone, v_send.window_start, v_send.window_end,
          v_send.window_days, v_send.closed_dates);
        if v_until > p_now then
          update public.sends set due_at = v_until, reason = 'outside the send window' where id = v_send.id;
          continue;
        end if;
      end if;
      update public.sends set status = 'sending', handed_at = p_now, begun_at = null, attempts = attempts + 1,
        reason = null where id = v_send.id;
      if v_send.kind = 'sequence' then
        v_pace := public.note_pace(p_mailbox_id, v_send.id, v_send.campaign_settings, p_now);
      end if;
      return jsonb_build_object('outcome', 'reserved', 'send',
        jsonb_build_object('id', v_send.id, 'key', v_send.idempotency_key,
        'attempt', v_send.attempts + 1, 'again', v_send.again, 'to', v_send.to_email, 'subject',
        v_send.subject, 'body', v_send.body, 'step', v_send.step, 'kind', v_send.kind, 'mailbox',
        v_mailbox.address, 'relayUrl', v_mailbox.relay_url, 'contentHash', v_send.content_hash,
        -- Until when the mailbox keeps still now: longer when the
        -- plan is behind than when the plan itself spaces the next.
        'restUntil', case when v_send.kind = 'sequence' and v_pace.free_at > p_now
          then case when exists (select 1 from public.sends s
            where s.mailbox_id = p_mailbox_id and s.status = 'scheduled'
              and s.kind = 'sequence' and s.due_at <= p_now)
          then v_pace.free_at else v_pace.floor_at end end,
        'threadEntryId', case v_send.kind
          when 'manual_reply' then (select e.entry_id from public.synced_emails e
            where e.id = v_send.reply_to_email_id)
          else (select p.entry_id from public.sends p where p.enrollment_id = v_send.enrollment_id
            and p.step < v_send.step and p.status = 'sent' order by p.step desc limit 1) end));
    end loop;
  end loop;
  return public.next_wake(p_mailbox_id, v_pace, v_full, v_full_until, p_now);
end $$;
grant execute on function public.reserve_send to service_role;

-- The last look before a reserved mail is handed over, once per reservation. `go`: hand it over now.
-- `stopped`: a switch was thrown since, and the mail is back in the queue. `began`: somebody began before and
-- may have handed it over. `settled`: it is no longer this reservation's. Whoever pulled the kill switch and
-- got an answer knows that no hand-over begins after it.
create function public.begin_hand_over(p_id uuid, p_attempt int) returns text
language plpgsql security definer set search_path = '' as $$
declare
  v_send public.sends;
  v_pulled boolean;
  v_why text;
begin
  perform public.require_operator();
  select pulled into v_pulled from public.kill_switch where id = 1 for share;
  select * into v_send from public.sends where id = p_id for update;
  if not found or v_send.status <> 'sending' or v_send.attempts <> p_attempt then
    return 'settled';
  elsif v_send.begun_at is not null then
    return 'began';
  end if;
  v_why := case
    when v_pulled then 'sending was stopped'
    when exists (select 1 from public.mailboxes m where m.id = v_send.mailbox_id and m.status <> 'active')
      then 'the mailbox was paused'
    when exists (select 1 from public.campaigns c where c.id = v_send.campaign_id and c.status <> 'active')
      then 'the campaign was paused'
    when exists (select 1 from public.enrollments n where n.id = v_send.enrollment_id
      and n.status <> 'active') then 'the contact wrote'
  end;
  if v_why is not null then
    update public.sends set status = 'scheduled', handed_at = null, reason = v_why where id = p_id;
    return 'stopped';
  end if;
  update public.sends set begun_at = now() where id = p_id;
  return 'go';
end $$;
grant execute on function public.begin_hand_over to service_role;

-- Records what became of a reserved send. `scheduled` gives the place in the
-- limits back, unless its fate was uncertain: such a mail may have left. A refused
-- sign-in pauses the mailbox at once: every further try could lock the account.
create function public.record_send(p_id uuid, p_to text, p_reason text default null,
  p_evidence jsonb default '{}')
returns boolean language plpgsql security definer set search_path = '' as $$
declare
  v_before text;
  v_send public.sends;
begin
  perform public.require_operator();
  select status into v_before from public.sends where id = p_id for update;
  if v_before = p_to then
    return true;
  end if;
  update public.sends set
    status = p_to, reason = p_reason,
    handed_at = case when p_to = 'scheduled' and v_before = 'sending' then null else handed_at end,
    begun_at = case when p_to = 'scheduled' then null else begun_at end,
    again = again or (p_to = 'scheduled' and v_before = 'uncertain'),
    sent_at = case p_to when 'sent' then coalesce((p_evidence ->> 'sentAt')::timestamptz, now())
      else sent_at end,
    message_id = coalesce(p_evidence ->> 'messageId', message_id),
    entry_id = coalesce(p_evidence ->> 'entryId', entry_id),
    conversation_id = coalesce(p_evidence ->> 'conversationId', conversation_id),
    due_at = coalesce((p_evidence ->> 'dueAt')::timestamptz, due_at),
    needs_person = coalesce((p_evidence ->> 'needsPerson')::boolean, false)
  where id = p_id and status in ('sending', 'uncertain') returning * into v_send;
  if not found then
    return false;
  end if;
  perform public.write_audit('send.' || p_to, 'sends', p_id::text, jsonb_build_object('status', v_before),
    jsonb_build_object('status', p_to) || p_evidence, p_reason);
  -- Seen in Sent Items before its message id was known here: it was ours.
  delete from public.hand_sent_mails h where p_to = 'sent' and h.mailbox_id = v_send.mailbox_id
    and (h.message_id = v_send.message_id or h.entry_id = v_send.entry_id);
  if p_evidence ->> 'errorKind' = 'auth' then
    perform public.pause_mailbox_itself(v_send.mailbox_id,
      coalesce(p_reason, 'the account was refused its sign-in'));
  elsif p_evidence ->> 'errorKind' = 'unknown-mailbox' then
    perform public.pause_mailbox_itself(v_send.mailbox_id,
      coalesce(p_reason, 'its relay does not know this account'));
  elsif p_to in ('failed', 'uncertain') then
    perform public.judge_sending(v_send.mailbox_id, v_send.campaign_id);
  end if;
  insert into public.campaign_pulse (campaign_id)
  select v_send.campaign_id where v_send.campaign_id is not null
  on conflict (campaign_id) do update set at = now();
  return true;
end $$;
grant execute on function public.record_send to service_role;

-- A person settles what the reconciler could not: it was found, send it again, or drop it.
create function public.settle_send(p_id uuid, p_answer text) returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  perform public.require_operator();
  if p_answer is null or p_answer not in ('found', 'again', 'drop') then
    raise exception 'An answer is found, again or drop, not %.', p_answer using errcode = '22023';
  end if;
  perform 1 from public.sends where id = p_id and status = 'uncertain' for update;
  if not found then
    return false;
  end if;
  return case p_answer
    when 'found' then public.record_send(p_id, 'sent', 'found by ' || public.acting_name())
    when 'again' then public.record_send(p_id, 'scheduled', 'to be sent again, says ' || public.acting_name())
    when 'drop' then public.record_send(p_id, 'cancelled', 'dropped by ' || public.acting_name())
  end;
end $$;
grant execute on function public.settle_send to authenticated, service_role;

-- Reservations whose process died before it began go back to the queue: they surely
-- did not leave. Answers the ids of those whose fate only the mailbox knows.
create function public.stalled_sends(p_now timestamptz default now()) returns uuid[]
language plpgsql security definer set search_path = '' as $$
declare
  v_stale timestamptz;
begin
  perform public.require_operator();
  select p_now - make_interval(secs => d.stale_after_s) into v_stale
    from public.desk_settings d where d.id = 1;
  update public.sends set status = 'scheduled', handed_at = null, reason = null
   where status = 'sending' and begun_at is null and handed_at < v_stale;
  return coalesce((select array_agg(x.id) from (select s.id from public.sends s
     where s.status = 'uncertain' or (s.status = 'sending' and s.begun_at < v_stale)
       order by s.handed_at limit 500) x), '{}');
end $$;
grant execute on function public.stalled_sends to service_role;

-- Every count starts anew when somebody resumes, so that a
-- pause that was looked into is not made again at once.
create function public.count_from_resume() returns trigger language plpgsql set search_path = '' as $$
begin
  if old.status = 'paused' and new.status = 'active' then
    new.auto_paused := false;
    new.counts_from := clock_timestamp();
  end if;
  return new;
end $$;

-- What speaks against going on, or null: a share of bounces over a day, or of
-- failures among the last 50 mails. Fewer than the desk's least counts prove nothing.
create function public.case_against(p_mailbox_id uuid, p_campaign_id uuid, p_from timestamptz,
  p_now timestamptz) returns text
language plpgsql stable security definer set search_path = '' as $$
declare
  v_desk public.desk_settings;
  v_mails int;
  v_bad int;
begin
  select * into v_desk from public.desk_settings where id = 1;
  select count(*), count(s.bounced_at) into v_mails, v_bad from public.sends s
   where s.handed_at > greatest(p_now - interval '24 hours', p_from)
     and case when p_mailbox_id is not null then s.mailbox_id = p_mailbox_id
       else s.campaign_id = p_campaign_id end;
  if v_bad >= v_desk.bounce_pause_count and 100 * v_bad >= v_desk.bounce_pause_percent * v_mails then
    return format('%s of %s mails of the last 24 hours bounced (%s%%)', v_bad,
      v_mails, 100 * v_bad / v_mails);
  end if;
  select count(*), count(*) filter (where x.status in ('failed', 'uncertain')) into v_mails, v_bad from (
    select s.status from public.sends s where s.handed_at > greatest(p_now - interval '24 hours', p_from)
       and case when p_mailbox_id is not null then s.mailbox_id = p_mailbox_id
         else s.campaign_id = p_campaign_id end
     order by s.handed_at desc limit 50) x;
  if v_bad >= v_desk.error_pause_count and 100 * v_bad >= v_desk.error_pause_percent * v_mails then
    return format('%s of the last %s mails failed or are unaccounted for (%s%%)', v_bad,
      v_mails, 100 * v_bad / v_mails);
  end if;
  return null;
end $$;

-- Judges a mailbox and a campaign by their mail; either may be null.
-- Always in this order, so that two judges never block each other.
create function public.judge_sending(p_mailbox_id uuid, p_campaign_id uuid, p_now timestamptz default now())
  returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_why text;
begin
  -- One judge at a time: failures recorded at the same moment would each see only themselves.
  perform pg_advisory_xact_lock(hashtextextended('judge-sending', 0));
  select public.case_against(m.id, null, m.counts_from, p_now) into v_why from public.mailboxes m
   where m.id = p_mailbox_id and m.status = 'active';
  if v_why is not null then
    perform public.pause_mailbox_itself(p_mailbox_id, v_why);
  end if;
  v_why := null;
  select public.case_against(null, c.id, c.counts_from, p_now) into v_why from public.campaigns c
   where c.id = p_campaign_id and c.status = 'active';
  if v_why is not null then
    perform public.pause_campaign_itself(p_campaign_id, v_why);
  end if;
end $$;

-- Judges everything that sends. Answers how many now stand paused by the product itself.
create function public.judge_all_sending(p_now timestamptz default now()) returns int
language plpgsql security definer set search_path = '' as $$
begin
  perform public.require_operator();
  perform public.judge_sending(m.id, null, p_now) from public.mailboxes m where m.status = 'active';
  perform public.judge_sending(null, c.id, p_now) from public.campaigns c where c.status = 'active';
  return (select count(*) from public.mailboxes m where m.auto_paused) + (select count(*)
    from public.campaigns c where c.auto_paused);
end $$;
grant execute on function public.judge_all_sending to service_role;

-- A bounce that excluded somebody counts against the mail it
-- answers. A full mailbox or a correction does not.
create function public.count_bounce() returns trigger language plpgsql security definer
  set search_path = '' as $$
declare
  v_send public.sends;
begin
  if new.category = 'bounce' and exists (select 1 from public.email_exclusions x where x.email_id = new.id
    and x.source = 'bounce') then
    update public.sends set bounced_at = coalesce(bounced_at, now())
      where id = new.send_id returning * into v_send;
    perform public.judge_sending(v_send.mailbox_id, v_send.campaign_id);
  elsif old.category = 'bounce' and new.category <> 'bounce' then
    update public.sends set bounced_at = null where id = new.send_id and bounced_at is not null;
  end if;
  return null;
end $$;

-- Why each of these mails has not gone, in the order a reservation asks. `cause`
-- says which sentence, `detail`, `who` and `until` fill it; `until` is when it
-- changes or, for the kill switch and a quiet relay, since when it is so.
create function public.why_not_yet(p_ids uuid[], p_now timestamptz default now())
returns table (send_id uuid, cause text, detail text, who text, until timestamptz)
language plpgsql stable security definer set search_path = '' as $$
begin
  perform public.require_operator();
  return query
  with asked as materialized (
    select s.*, n.status as enrollment_status, n.reason as enrollment_reason, n.resume_at, n.time_zone,
      c.status as campaign_status, c.status_reason as campaign_reason, c.auto_paused as campaign_auto,
      c.window_start, c.window_end, c.window_days, c.closed_dates,
      m.status as mailbox_status, m.status_reason as mailbox_reason, m.auto_paused as mailbox_auto,
      m.address, m.last_seen_at, p.status as before_status, p.due_at as before_due, p.sent_at as before_sent,
      case when p.status = 'sent' and s.step > 1
        then public.after_gap(p.sent_at, coalesce(q.gap_business_days, 0), n.time_zone,
        c.window_start, c.window_days, c.closed_dates) end as not_before,
      public.why_not_mail(s.contact_id, s.to_email) as barred
    from public.sends s
    join public.mailboxes m on m.id = s.mailbox_id
    left join public.enrollments n on n.id = s.enrollment_id
    left join public.campaigns c on c.id = s.campaign_id
    left join public.sequence_steps q on q.campaign_id = s.campaign_id and q.step = s.step
    left join public.sends p on p.enrollment_id = s.enrollment_id and p.step = s.step - 1
    where s.id = any (p_ids) and s.status <> 'sent'
  ), boxes as materialized (
    select b.mailbox_id, f.reason, f.until from (select distinct a.mailbox_id from asked a
      where a.status = 'scheduled') b
    cross join lateral public.full_limit(b.mailbox_id, p_now) f
  ), full_campaigns as materialized (
    select b.campaign_id, public.campaign_frees_at(b.campaign_id, p_now) as until
      from (select distinct a.campaign_id from asked a where a.status = 'scheduled'
        and a.campaign_id is not null) b
  )
  select a.id, w.cause, w.detail, w.who, w.until
    from asked a
    left join boxes b on b.mailbox_id = a.mailbox_id
    left join full_campaigns f on f.campaign_id = a.campaign_id
    left join public.mailbox_pace e on e.mailbox_id = a.mailbox_id
    cross join public.kill_switch k
    cross join lateral (
      select case when a.kind = 'sequence' then public.next_open(p_now, a.time_zone, a.window_start,
        a.window_end, a.window_days, a.closed_dates) end as opens_at
    ) o
    cross join lateral (
      select case
        when a.status = 'sending' then row ('sending', null, null, null)::public.why_not
        when a.status = 'uncertain' then row ('uncertain', a.reason, null, null)::public.why_not
        when a.status <> 'scheduled' then row ('ended', coalesce(a.reason, a.status),
          null, null)::public.why_not
        when k.pulled then row ('stopped', k.reason, k.changed_by, k.changed_at)::public.why_not
        when a.barred is not null then row ('barred', a.barred, null, null)::public.why_not
        when a.enrollment_status not in ('active', 'paused')
          then row ('barred', coalesce(a.enrollment_reason, 'the enrollment ended'),
          null, null)::public.why_not
        when a.before_status in ('skipped', 'cancelled', 'failed')
          then row ('barred', 'the mail before it did not leave', null, null)::public.why_not
        when a.campaign_status <> 'active' then row ('campaign_paused', a.campaign_reason,
          case when a.campaign_auto then 'auto' end, null)::public.why_not
        when a.mailbox_status <> 'active' then row ('mailbox_paused', a.mailbox_reason,
          case when a.mailbox_auto then 'auto' end, null)::public.why_not
        when a.enrollment_status = 'paused' then row ('contact_paused', a.enrollment_reason, null,
          a.resume_at)::public.why_not
        when a.before_status <> 'sent' then row ('before', a.before_status, null,
          a.before_due)::public.why_not
        when a.not_before > greatest(p_now, a.due_at)
          then row ('gap', null, null, a.not_before)::public.why_not
        when a.due_at > p_now and a.reason = 'outside the send window'
          then row ('window', null, null, a.due_at)::public.why_not
        when a.due_at > p_now then row (case when a.reason is null then 'planned' else 'later' end, a.reason,
          null, a.due_at)::public.why_not
        when o.opens_at > p_now then row ('window', null, null, o.opens_at)::public.why_not
        when b.until is not null then row ('limit', b.reason, a.address, b.until)::public.why_not
        when f.until > p_now then row ('limit', 'daily limit of the campaign reached',
          null, f.until)::public.why_not
        when a.last_seen_at < p_now - interval '5 minutes' then row ('relay_quiet', null, a.address,
          a.last_seen_at)::public.why_not
        when a.kind = 'sequence' and e.rests and e.free_at > p_now then row ('batch', null, a.address,
          e.free_at)::public.why_not
        else row ('turn', a.reason, a.address, null)::public.why_not
      end as found
    ) c
    cross join lateral (select (c.found).*) w;
end $$;
grant execute on function public.why_not_yet to authenticated, service_role;

-- What a simulation of the dispatcher needs to know of every
-- mail that may leave before p_until, a page at a time.
create function public.scheduled_ahead(p_until timestamptz, p_after_due timestamptz, p_after_id uuid,
  p_limit int) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
  perform public.require_operator();
  return coalesce((select jsonb_agg(to_jsonb(x) order by x."dueAt", x.id) from (
    select s.id, s.kind, s.step, s.mailbox_id as "mailboxId", s.campaign_id as "campaignId",
      s.contact_id as "contactId", s.enrollment_id as "enrollmentId", s.due_at as "dueAt", s.to_email as "to",
      s.subject, c.name as campaign, n.time_zone as "zone", q.gap_business_days as gap,
      p.status as "beforeStatus", p.sent_at as "beforeSentAt", case when s.kind = 'sequence'
        and n.status <> 'active' then coalesce(n.reason, 'the enrollment ended') end as ended,
      public.why_not_mail(s.contact_id, s.to_email) as barred,
      public.spacing_after(s.id, c.settings) as "spacingS"
    from public.sends s
    left join public.enrollments n on n.id = s.enrollment_id
    left join public.campaigns c on c.id = s.campaign_id
    left join public.sequence_steps q on q.campaign_id = s.campaign_id and q.step = s.step
    left join public.sends p on p.enrollment_id = s.enrollment_id and p.step = s.step - 1
    where s.status = 'scheduled' and s.due_at <= p_until and (s.due_at, s.id) > (p_after_due, p_after_id)
      and coalesce(c.status, 'active') = 'active' and coalesce(n.status, 'active') <> 'paused'
    order by s.due_at, s.id limit p_limit) x), '[]');
end $$;
grant execute on function public.scheduled_ahead to authenticated, service_role;

-- When mail left in the last 24 hours, per mailbox and campaign, for the same simulation. Epoch milliseconds.
create function public.send_ledger(p_now timestamptz default now()) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
  perform public.require_operator();
  return coalesce((select jsonb_agg(jsonb_build_object('mailboxId', x.mailbox_id, 'campaignId',
    x.campaign_id, 'at', x.at)) from (
    select s.mailbox_id, s.campaign_id, jsonb_agg(floor(extract(epoch from s.handed_at) * 1000)::bigint) as at
      from public.sends s where s.handed_at > p_now - interval '24 hours' group by 1, 2
    union all
    select h.mailbox_id, null, jsonb_agg(floor(extract(epoch from h.sent_at) * 1000)::bigint)
      from public.hand_sent_mails h, generate_series(1, h.recipients)
        where h.sent_at > p_now - interval '24 hours' group by 1) x), '[]');
end $$;
grant execute on function public.send_ledger to authenticated, service_role;

-- How the mails of some campaigns stand, counted in one read.
create function public.send_counts(p_campaign_ids uuid[])
  returns table (campaign_id uuid, status text, sends bigint)
language sql stable security invoker set search_path = '' as $$
  select s.campaign_id, s.status, count(*) from public.sends s
    where s.campaign_id = any (p_campaign_ids) group by 1, 2
$$;
grant execute on function public.send_counts to authenticated, service_role;

create trigger sends_transitions before update of status on public.sends
  for each row execute function public.hold_to_transitions();
create trigger sends_touch before update on public.sends for each row
  execute function public.touch_updated_at();
create trigger sends_keep_approved before update on public.sends for each row
  execute function public.keep_approved_mail();

create trigger mailboxes_resumed before update of status on public.mailboxes for each row
  execute function public.count_from_resume();

create trigger campaigns_resumed before update of status on public.campaigns for each row
  execute function public.count_from_resume();

-- Mail that came in: matched to a contact, claimed for reading,
-- read by people, and what holds a sequence meanwhile.

-- Inbound mail, as it was synced. A mail that cannot be parsed is kept raw and shown, never dropped.
create table public.synced_emails (
  id uuid primary key default gen_random_uuid(),
  mailbox_id uuid not null references public.mailboxes (id),
  entry_id text not null,
  internet_message_id text,
  conversation_id text,
  in_reply_to text,
  reference_ids text[] not null default '{}',
  message_class text not null default 'IPM.Note',
  received_at timestamptz not null,
  from_email text,
  from_name text,
  to_emails text[] not null default '{}',
  subject text not null default '',
  body_text text not null default '',
  body_html text,
  headers text,
  raw_source text,
  attachments jsonb not null default '[]',
  parse_problem text,
  visible_text text,
  contact_id uuid references public.contacts (id),
  company_id uuid references public.companies (id),
  send_id uuid references public.sends (id),
  matched_by text check (matched_by in ('thread', 'address', 'failed_recipient', 'person')),
  status text not null default 'new'
    check (status in ('new', 'classifying', 'routed', 'needs_person', 'done')),
  category text,
  confidence numeric(4, 3) check (confidence between 0 and 1),
  reason text,
  decided_by text check (decided_by in ('rules', 'agent', 'person')),
  facts jsonb not null default '{}',
  flags text[] not null default '{}',
  priority int not null default 50,
  agent_run_id uuid references public.agent_runs (id),
  attempts int not null default 0,
  classifying_since timestamptz,
  classified_at timestamptz,
  routed_at timestamptz,
  handled_at timestamptz,
  handled_by text,
  synced_at timestamptz not null default now(),
  suggested_company_id uuid references public.companies (id),
  in_burst boolean not null default false,
  claimed_by text,
  prepared_verdict jsonb,
  snoozed_until timestamptz,
  assigned_to uuid references public.operators (id) on delete set null,
  agent_cost_microusd bigint,
  agent_ms int,
  agent_batch int,
  cc_emails text[] not null default '{}',
  reply_to_emails text[] not null default '{}',
  -- What the rules found when the mail came in: later steps read it instead of the mail.
  ruling jsonb,
  unique (mailbox_id, entry_id)
);
comment on column public.synced_emails.in_burst
  is 'Came with many others: it is read in a batch, and no event of its own wakes a reader.';
comment on column public.synced_emails.agent_cost_microusd
  is 'This mail''s share of what the agent run cost that read it, alone or with agent_batch others.';
create unique index synced_emails_message on public.synced_emails (mailbox_id, internet_message_id)
  where internet_message_id is not null;
create index synced_emails_inbox on public.synced_emails (received_at desc, id desc);
create index synced_emails_person on public.synced_emails (priority, received_at desc)
  where status = 'needs_person';
create index synced_emails_waiting on public.synced_emails (synced_at) where status in ('new', 'classifying');
create index synced_emails_contact on public.synced_emails (contact_id, received_at desc);
create index synced_emails_send on public.synced_emails (send_id);
create index synced_emails_company on public.synced_emails (company_id);
create index synced_emails_category_index on public.synced_emails (category, received_at desc);
create index synced_emails_suggested on public.synced_emails (suggested_company_id)
  where suggested_company_id is not null;
create index synced_emails_assigned on public.synced_emails (assigned_to) where assigned_to is not null;
create index synced_emails_burst on public.synced_emails (received_at desc, id)
  where in_burst and status = 'new';
create index synced_emails_claimed on public.synced_emails (claimed_by) where claimed_by is not null
  and status = 'classifying';
create index synced_emails_unmatched on public.synced_emails (from_email)
  where contact_id is null and status <> 'done';
alter table public.synced_emails enable row level security;
create policy synced_emails_read on public.synced_emails for select to authenticated
  using ((select public.is_operator()));
grant select on public.synced_emails to authenticated;
grant select, insert, update on public.synced_emails to service_role;
alter publication supabase_realtime add table public.synced_emails;

insert into public.status_transitions (entity, from_status, to_status) values
  ('synced_emails', 'new', 'classifying'), ('synced_emails', 'classifying', 'new'),
  ('synced_emails', 'classifying', 'routed'),
  ('synced_emails', 'classifying', 'needs_person'), ('synced_emails', 'new', 'routed'),
  ('synced_emails', 'new', 'needs_person'),
  ('synced_emails', 'needs_person', 'routed'), ('synced_emails', 'needs_person', 'done'),
  ('synced_emails', 'routed', 'needs_person'),
  ('synced_emails', 'routed', 'done'), ('synced_emails', 'done', 'needs_person'),
  ('synced_emails', 'done', 'routed');

alter table public.agent_runs
  add constraint agent_runs_email_fk foreign key (email_id) references public.synced_emails (id);

alter table public.approval_queue
  add constraint approval_queue_email foreign key (email_id) references public.synced_emails (id);

alter table public.contact_addresses
  add constraint contact_addresses_email_id_fkey foreign key (email_id) references public.synced_emails (id);

alter table public.sends
  add constraint sends_reply_to foreign key (reply_to_email_id) references public.synced_emails (id);

-- A mailbox that was full or busy, one row per notice and address. Three within 30 days end the sequence.
create table public.soft_bounces (
  email_id uuid not null references public.synced_emails (id),
  address text not null check (address = lower(btrim(address))),
  at timestamptz not null,
  status text,
  words text,
  primary key (address, email_id)
);
create index soft_bounces_email on public.soft_bounces (email_id);
create index soft_bounces_recent on public.soft_bounces (address, at desc);
alter table public.soft_bounces enable row level security;
create policy soft_bounces_read on public.soft_bounces for select to authenticated
  using ((select public.is_operator()));
grant select on public.soft_bounces to authenticated, service_role;

-- Which waiting mail each operator has opened. A row with no time is a mail its operator
-- marked unread again: it is emptied rather than deleted, so that the change is told to
-- nobody else (a deleted row's key is told to everyone who may read the table).
create table public.reply_reads (
  operator_id uuid not null references public.operators (id) on delete cascade,
  email_id uuid not null references public.synced_emails (id) on delete cascade,
  read_at timestamptz,
  primary key (operator_id, email_id)
);
create index reply_reads_email on public.reply_reads (email_id);
alter table public.reply_reads enable row level security;
create policy reply_reads_own on public.reply_reads for select to authenticated
  using (operator_id = (select auth.uid()) and (select public.is_operator()));
grant select on public.reply_reads to authenticated, service_role;
alter publication supabase_realtime add table public.reply_reads;

-- Remembers the address a linked mail came from, unless it
-- is a machine's, one of ours, or another contact's own.
create function public.remember_address(p_email public.synced_emails, p_contact_id uuid) returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  perform public.require_operator();
  if p_email.from_email is null or p_email.from_email !~ '^[^@\s]+@[^@\s]+$'
     or coalesce(p_email.category, '') in ('bounce', 'receipt', 'complaint')
     or p_email.message_class ilike 'REPORT.%'
     or p_email.from_email ~
       '^(mailer-daemon|postmaster|no-?reply|do-?not-?reply|bounce[^@]*|notifications?)@'
     or exists (select 1 from public.contacts c where c.email_key = p_email.from_email)
     or exists (select 1 from public.mailboxes m where m.address = p_email.from_email) then
    return false;
  end if;
  insert into public.contact_addresses (address, contact_id, email_id, created_by)
  values (p_email.from_email, p_contact_id, p_email.id, public.acting_name())
  on conflict (address) do update set contact_id = excluded.contact_id, email_id = excluded.email_id,
    created_by = excluded.created_by, created_at = now();
  return true;
end $$;

-- A subject without "Re:", "Fwd:" and their cousins, in lower case: what two mails of one thread share.
create function public.bare_subject(p_subject text) returns text
language sql immutable set search_path = '' as $$
  select btrim(regexp_replace(lower(coalesce(p_subject, '')),
    '^(\s*(re|aw|sv|vs|antw|fw|fwd|wg|tr|rv|res|enc)\s*(\[\d+\])?\s*:)+', ''))
$$;

-- Whether two addresses are one mailbox: case, `+tag`, the dots of Gmail and googlemail.com
-- are nothing. The same as lib/mail-rules/address-key.ts.
create function public.mailbox_key(p_address text) returns text
language sql immutable set search_path = '' as $$
  select case when x.host in ('gmail.com', 'googlemail.com')
    then replace(x.local, '.', '') || '@gmail.com' else x.local || '@' || x.host end
    from (select regexp_replace(split_part(lower(btrim(p_address)), '@', 1), '(?<=.)\+.*$', '') as local,
      split_part(lower(btrim(p_address)), '@', 2) as host) x
   where x.local <> '' and x.host <> ''
$$;

-- Whether two addresses are one mailbox; false when either is none.
create function public.is_same_mailbox(p_one text, p_other text) returns boolean
language sql immutable set search_path = '' as $$
  select coalesce(public.mailbox_key(p_one) = public.mailbox_key(p_other), false)
$$;
grant execute on function public.mailbox_key, public.is_same_mailbox to service_role;

-- Whose mail this is: the thread (Message-ID, our key in a returned mail, conversation),
-- the recipient that failed, the sender's address or one remembered for them. When none
-- fits, the company the sender's domain belongs to, as a suggestion only. Where several
-- contacts share a thread, From says whose mail it is.
create function public.match_email(p_mailbox_id uuid, p_email jsonb) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  v_send public.sends;
  v_contact uuid;
  v_company uuid;
  v_by text;
  v_from text := public.words_in(lower(p_email ->> 'fromEmail'));
  v_domain text := public.email_domain(v_from);
  v_failed text[] := array(select lower(btrim(x))
    from unnest(public.texts_in(p_email -> 'failedRecipients')) x);
begin
  perform public.require_operator();
  select * into v_send from public.sends s
   where s.message_id = any (public.texts_in(p_email -> 'references') || array[p_email ->> 'inReplyTo'])
   order by public.is_same_mailbox(s.to_email, v_from) desc, s.sent_at desc nulls last limit 1;
  if v_send.id is null then
    select * into v_send from public.sends s
     where s.idempotency_key = any (public.texts_in(p_email -> 'sendKeys'))
       and s.handed_at is not null limit 1;
  end if;
  if v_send.id is null and p_email ->> 'conversationId' is not null then
    select * into v_send from public.sends s where s.conversation_id = p_email ->> 'conversationId'
      and s.mailbox_id = p_mailbox_id
     order by public.is_same_mailbox(s.to_email, v_from) desc, s.sent_at desc nulls last limit 1;
  end if;
  if v_send.id is not null then
    v_contact := v_send.contact_id;
    v_by := 'thread';
  elsif array_length(v_failed, 1) > 0 then
    select * into v_send from public.sends s where lower(s.to_email) = any (v_failed)
      and s.handed_at is not null
     order by s.handed_at desc limit 1;
    v_contact := v_send.contact_id;
    v_by := case when v_contact is not null then 'failed_recipient' end;
  else
    select c.id into v_contact from public.contacts c where c.email_key = v_from;
    if v_contact is null then
      select a.contact_id into v_contact from public.contact_addresses a where a.address = v_from;
    end if;
    v_by := case when v_contact is not null then 'address' end;
    select * into v_send from public.sends s where s.contact_id = v_contact and s.status = 'sent'
      order by s.sent_at desc limit 1;
  end if;
  if v_contact is null and not public.is_shared_domain(v_domain) then
    select c.company_id into v_company from public.contacts c
     where public.email_domain(c.email_key) = v_domain and c.company_id is not null
     group by c.company_id
     order by bool_or(exists (select 1 from public.sends s where s.contact_id = c.id
       and s.handed_at is not null
       and lower(s.subject) = public.bare_subject(p_email ->> 'subject'))) desc,
       count(*) desc, c.company_id limit 1;
  end if;
  return jsonb_build_object('sendId', v_send.id, 'contactId', v_contact, 'matchedBy',
    v_by, 'companyId', v_company);
end $$;
grant execute on function public.match_email to service_role;

-- Stores one inbound mail once, links it to what it answers, and - before anyone has
-- read it - holds the sequence of the person who wrote, and of the contact whose thread it
-- is. `holds` is false for receipts, whose sender wrote nothing. `putAway` is why nothing
-- is to be done about it.
create function public.ingest_email(p_mailbox_id uuid, p_email jsonb) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_id uuid;
  v_match jsonb;
  v_contact uuid;
  v_writer uuid;
  v_message_id text := public.words_in(p_email ->> 'messageId');
  v_received timestamptz := (p_email ->> 'receivedAt')::timestamptz;
  v_away text := public.words_in(p_email ->> 'putAway');
  v_flags text[] := public.texts_in(p_email -> 'flags');
begin
  perform public.require_operator();
  if exists (select 1 from public.synced_emails e where e.mailbox_id = p_mailbox_id
      and (e.entry_id = p_email ->> 'entryId' or e.internet_message_id = v_message_id)) then
    return jsonb_build_object('inserted', false);
  end if;
  v_match := public.match_email(p_mailbox_id, p_email);
  v_contact := (v_match ->> 'contactId')::uuid;
  -- What answers a mail of ours is never from before it, whatever a clock says.
  if v_away is null and coalesce(v_match ->> 'matchedBy', 'address') = 'address'
    and v_received < public.mail_counts_from() then
    v_away := 'it came before the desk''s first mail';
    v_flags := v_flags || 'before_first_send'::text;
  end if;
  insert into public.synced_emails (mailbox_id, entry_id, internet_message_id, conversation_id,
    in_reply_to, reference_ids, message_class, received_at, from_email, from_name, to_emails, subject,
    body_text, body_html, headers, raw_source, attachments, parse_problem, visible_text, facts, flags,
    contact_id, company_id, send_id, matched_by, suggested_company_id,
    in_burst, status, reason, handled_at, handled_by, cc_emails, reply_to_emails, ruling)
  values (p_mailbox_id, p_email ->> 'entryId', v_message_id,
    p_email ->> 'conversationId', p_email ->> 'inReplyTo', public.texts_in(p_email -> 'references'),
    coalesce(p_email ->> 'messageClass', 'IPM.Note'), v_received,
    public.words_in(lower(p_email ->> 'fromEmail')), p_email ->> 'fromName',
    public.texts_in(p_email -> 'toEmails'), coalesce(p_email ->> 'subject', ''),
    coalesce(p_email ->> 'bodyText', ''), p_email ->> 'bodyHtml', p_email ->> 'headers',
    p_email ->> 'rawSource', coalesce(p_email -> 'attachments', '[]'), p_email ->> 'parseProblem',
    p_email ->> 'visibleText', coalesce(p_email -> 'facts', '{}'), v_flags, v_contact, (select c.company_id
      from public.contacts c where c.id = v_contact),
    (v_match ->> 'sendId')::uuid, v_match ->> 'matchedBy', (v_match ->> 'companyId')::uuid,
    coalesce((p_email ->> 'inBurst')::boolean, false), case when v_away is null then 'new' else 'done' end,
    case when v_away is not null then 'Nothing was done about it: ' || v_away || '.' end,
    case when v_away is not null then now() end, case when v_away is not null then 'system' end,
    public.texts_in(p_email -> 'ccEmails'), public.texts_in(p_email -> 'replyToEmails'), p_email -> 'ruling')
  on conflict do nothing returning id into v_id;
  if v_id is null then
    return jsonb_build_object('inserted', false);
  end if;
  if v_contact is not null and v_away is null then
    if coalesce((p_email ->> 'holds')::boolean, true) then
      perform public.hold_contact(v_contact, 'pause', 'a reply arrived and is being read');
      -- A colleague who answers may be in a sequence of their own.
      select c.id into v_writer from public.contacts c
       where c.email_key = public.words_in(lower(p_email ->> 'fromEmail')) and c.id <> v_contact;
      if v_writer is not null then
        perform public.hold_contact(v_writer, 'pause', 'a reply arrived and is being read');
      end if;
    end if;
    -- What was put off until later is of today again when the same person writes.
    update public.synced_emails set snoozed_until = null where contact_id = v_contact
      and status = 'needs_person' and snoozed_until is not null;
  end if;
  return jsonb_build_object('inserted', true, 'id', v_id, 'contactId', v_contact,
    'matchedBy', v_match ->> 'matchedBy', 'putAway', v_away is not null);
end $$;
grant execute on function public.ingest_email to service_role;

-- Takes a mail for classification. A claim older than five minutes was lost with
-- its process; the one that claimed may always claim again (a step run twice).
create function public.claim_email(p_id uuid, p_now timestamptz default now(), p_by text default null)
  returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  perform public.require_operator();
  update public.synced_emails set status = 'classifying', classifying_since = p_now, claimed_by = p_by,
    attempts = attempts + case when claimed_by = p_by and status = 'classifying' then 0 else 1 end
   where id = p_id and (status = 'new' or (status = 'classifying'
     and (classifying_since < p_now - interval '5 minutes' or claimed_by = p_by)));
  return found;
end $$;
grant execute on function public.claim_email to service_role;

-- Takes the next mails of a burst, newest first, so that what came last is not read
-- last. Whoever claims again under one name (a step run twice) gets what it had first.
create function public.claim_burst(p_limit int, p_by text, p_now timestamptz default now()) returns setof uuid
language plpgsql security definer set search_path = '' as $$
begin
  perform public.require_operator();
  return query
    update public.synced_emails e set classifying_since = p_now
     where e.claimed_by = p_by and e.status = 'classifying' and e.in_burst returning e.id;
  if not found then
    return query
      update public.synced_emails e set status = 'classifying', classifying_since = p_now,
        claimed_by = p_by, attempts = attempts + 1
       where e.id in (select n.id from public.synced_emails n where n.in_burst and n.status = 'new'
         order by n.received_at desc, n.id limit p_limit for update skip locked)
      returning e.id;
  end if;
end $$;
grant execute on function public.claim_burst to service_role;

-- Gives a claimed mail back, with the verdict it was given in a
-- batch when there is one: a reader of its own goes on from there.
create function public.release_claim(p_id uuid, p_verdict jsonb default null) returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  perform public.require_operator();
  update public.synced_emails set status = 'new', claimed_by = null, in_burst = false,
    prepared_verdict = coalesce(p_verdict, prepared_verdict)
   where id = p_id and status = 'classifying';
  return found;
end $$;
grant execute on function public.release_claim to service_role;

-- Contacts an unmatched mail may be from, best first, each with the reason a person reads.
create function public.suggest_matches(p_email_id uuid)
returns table (contact_id uuid, full_name text, email text, company_id uuid, company text, why text)
language plpgsql stable security definer set search_path = '' as $$
declare
  v_email public.synced_emails;
  v_domain text;
  v_subject text;
begin
  perform public.require_operator();
  select * into v_email from public.synced_emails e where e.id = p_email_id;
  v_domain := public.email_domain(v_email.from_email);
  v_subject := public.bare_subject(v_email.subject);
  return query
  with written as (
    select distinct lower(m[1]) as address
      from regexp_matches(left(v_email.body_text, 20000), '([A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{3,120})',
      'g') m limit 50
  ), found as (
    select c.id, 1 as rank, 'their address stands in the mail' as why from public.contacts c
      join written w on w.address = c.email_key
    union all
    select c.id, 2, 'same domain, and we wrote to them under this subject' from public.contacts c
     where public.email_domain(c.email_key) = v_domain and not public.is_shared_domain(v_domain)
       and v_subject <> ''
       and exists (select 1 from public.sends s where s.contact_id = c.id and s.handed_at is not null
         and lower(s.subject) = v_subject)
    union all
    select c.id, 3, 'same name' from public.contacts c
      where lower(c.full_name) = lower(btrim(v_email.from_name)) and length(btrim(v_email.from_name)) > 4
    union all
    select c.id, 4, 'same domain' from public.contacts c
     where public.email_domain(c.email_key) = v_domain and not public.is_shared_domain(v_domain)
    union all
    (select s.contact_id, 5, 'we wrote to them under this subject' from public.sends s
      where length(v_subject) > 8 and lower(s.subject) = v_subject
        and s.handed_at > v_email.received_at - interval '60 days'
      order by s.handed_at desc limit 5)
  ), best as (
    select distinct on (f.id) f.id, f.rank, f.why from found f order by f.id, f.rank
  )
  select c.id, c.full_name, c.email, c.company_id, k.name, b.why
    from best b join public.contacts c on c.id = b.id left join public.companies k on k.id = c.company_id
   order by b.rank, (select max(s.handed_at) from public.sends s where s.contact_id = c.id) desc nulls last,
     c.full_name limit 8;
end $$;
grant execute on function public.suggest_matches to authenticated, service_role;

-- A person says whose mail an unmatched mail is. What happens next is asked of a person again: a mail
-- that was filed without a contact did nothing to the contact it now has. The address is remembered,
-- and what else came from it is theirs too. A sequence is said to be held only where there is one.
create function public.link_email(p_email_id uuid, p_contact_id uuid) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_email public.synced_emails;
  v_company uuid;
  v_remembered boolean;
  v_holds boolean;
  v_other uuid;
  v_others int := 0;
begin
  perform public.require_operator();
  select * into v_email from public.synced_emails where id = p_email_id for update;
  if not found then
    return jsonb_build_object('outcome', 'not_found');
  end if;
  if v_email.contact_id = p_contact_id then
    return jsonb_build_object('outcome', 'linked', 'contactId', p_contact_id, 'toPerson',
      v_email.status = 'needs_person');
  end if;
  select c.company_id into v_company from public.contacts c where c.id = p_contact_id;
  if not found then
    raise exception 'There is no such contact.' using errcode = 'P0002';
  end if;
  update public.synced_emails set
    contact_id = p_contact_id, company_id = v_company, matched_by = 'person', suggested_company_id = null,
    send_id = (select s.id from public.sends s where s.contact_id = p_contact_id and s.status = 'sent'
      order by s.sent_at desc limit 1),
    status = case when status in ('routed', 'done') then 'needs_person' else status end
  where id = p_email_id;
  -- A receipt is written by a machine about a mail that arrived; its contact said nothing.
  v_holds := v_email.category is distinct from 'receipt' and public.has_sequence(array[p_contact_id]);
  if v_holds then
    perform public.hold_contact(p_contact_id, 'pause', 'a reply arrived and is being read');
  end if;
  -- Whoever it was wrongly matched to before may go on, unless something else holds them.
  if v_email.contact_id is not null then
    perform public.release_contact(v_email.contact_id);
  end if;
  v_remembered := public.remember_address(v_email, p_contact_id);
  perform public.write_audit('reply.linked', 'synced_emails', p_email_id::text,
    jsonb_build_object('contactId', v_email.contact_id, 'status', v_email.status),
    jsonb_build_object('contactId', p_contact_id, 'address', case when v_remembered
      then v_email.from_email end, 'did',
      to_jsonb(case when v_holds then array['sequence held until a person has read the mail']
        else '{}' end || case when v_remembered
        then array[v_email.from_email || ' remembered for this contact'] else '{}' end)));
  if v_remembered then
    for v_other in select e.id from public.synced_emails e
       where e.from_email = v_email.from_email and e.contact_id is null
         and e.status <> 'done' order by e.id for update
    loop
      perform public.link_email(v_other, p_contact_id);
      v_others := v_others + 1;
    end loop;
  end if;
  return jsonb_build_object('outcome', 'linked', 'contactId', p_contact_id, 'remembered', v_remembered,
    'held', v_holds, 'others', v_others, 'toPerson', v_email.status in ('routed', 'done', 'needs_person'));
end $$;
grant execute on function public.link_email to authenticated, service_role;

-- The contact's enrollments are held first, by whoever sends to
-- them or hears from them: then each sees what the other did.
create function public.hold_contact(p_contact_id uuid) returns void
language sql security definer set search_path = '' as $$
  select from public.enrollments e where e.contact_id = p_contact_id order by e.id for no key update
$$;

-- Stops or pauses everything still scheduled for a contact. A pause without an end keeps the end
-- an earlier one had: someone out of office stays so while another mail of theirs is being read.
create function public.hold_contact(p_contact_id uuid, p_how text, p_reason text,
  p_resume_at timestamptz default null)
returns void language plpgsql security definer set search_path = '' as $$
begin
  perform public.require_operator();
  if p_how = 'stop' then
    update public.enrollments set status = 'stopped', reason = p_reason, resume_at = null
     where contact_id = p_contact_id and status in ('active', 'paused');
    update public.sends set status = 'cancelled', reason = p_reason
     where contact_id = p_contact_id and kind = 'sequence' and status = 'scheduled';
  else
    update public.enrollments set status = 'paused', reason = p_reason,
      resume_at = coalesce(p_resume_at, resume_at)
     where contact_id = p_contact_id and status in ('active', 'paused');
  end if;
end $$;
grant execute on function public.hold_contact(uuid,text,text,timestamptz) to service_role;

-- Lets a held sequence go on, unless another mail of the same contact still waits to
-- be read. Follow-ups that fell due meanwhile leave from now on, in their windows.
create function public.resume_contact(p_contact_id uuid) returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform public.require_operator();
  update public.enrollments set status = 'active', reason = null, resume_at = null
   where contact_id = p_contact_id and status = 'paused' and not public.has_unread_reply(p_contact_id);
end $$;
grant execute on function public.resume_contact to authenticated, service_role;

-- The same when nobody asked for it: a mail turned out to mean
-- nothing. Whoever is out of office until a day stays so.
create function public.release_contact(p_contact_id uuid) returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform public.require_operator();
  update public.enrollments set status = 'active', reason = null
   where contact_id = p_contact_id and status = 'paused' and resume_at is null
     and not public.has_unread_reply(p_contact_id);
end $$;

-- Nobody is mailed again while something they wrote has not been read.
create function public.has_unread_reply(p_contact_id uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select 1 from public.synced_emails e
    where e.contact_id = p_contact_id and e.status in ('new', 'classifying', 'needs_person'))
$$;

-- Sequences that rest until a date go on, unless their contact wrote meanwhile.
create function public.resume_rested(p_now timestamptz default now()) returns int
language plpgsql security definer set search_path = '' as $$
declare
  v_count int;
begin
  perform public.require_operator();
  update public.enrollments n set status = 'active', reason = null, resume_at = null
   where n.status = 'paused' and n.resume_at <= p_now and not public.has_unread_reply(n.contact_id);
  get diagnostics v_count = row_count;
  return v_count;
end $$;
grant execute on function public.resume_rested to service_role;

-- What runs for these contacts at this moment: what an undo brings back.
create function public.running_for(p_contacts uuid[]) returns jsonb
language sql stable security definer set search_path = '' as $$
  select jsonb_build_object(
    'enrollments', coalesce(
      (select jsonb_agg(jsonb_build_object('id', n.id, 'contactId', n.contact_id, 'status', n.status,
      'reason', n.reason, 'resumeAt', n.resume_at)) from public.enrollments n
      where n.contact_id = any (p_contacts) and n.status in ('active', 'paused')), '[]'),
    'sends', coalesce((select jsonb_agg(s.id) from public.sends s
      where s.contact_id = any (p_contacts) and s.kind = 'sequence' and s.status = 'scheduled'), '[]'))
$$;

-- The addresses a notice names, lower case, each once, and only those we mailed: a
-- forged notice must not touch a stranger, or someone whose mail is yet to leave.
create function public.mailed_among(p_list jsonb) returns text[]
language sql stable security definer set search_path = '' as $$
  select coalesce(array_agg(distinct x.a), '{}')
    from (select lower(btrim(t)) as a from unnest(public.texts_in(p_list)) t) x
   where x.a <> '' and exists (select 1 from public.sends s where lower(s.to_email) = x.a
     and s.handed_at is not null)
$$;

-- Whoever has one of these addresses now, and whoever was
-- mailed at it: a contact may have another address by now.
create function public.contacts_at(p_addresses text[]) returns uuid[]
language sql stable security definer set search_path = '' as $$
  select coalesce(array_agg(distinct x.id), '{}') from (
    select c.id from public.contacts c where c.email_key = any (p_addresses)
    union select s.contact_id from public.sends s where lower(s.to_email) = any (p_addresses)
      and s.handed_at is not null) x
$$;

-- Counts a soft bounce for each address and answers those that had three within 30 days. A notice
-- that a mail is only late so far is noted by nobody: three of them can be about one mail.
create function public.count_soft_bounces(p_email public.synced_emails, p_addresses text[], p_details jsonb)
  returns text[]
language plpgsql security definer set search_path = '' as $$
begin
  if coalesce((p_details #>> '{bounce,delayed}')::boolean, false) then
    return '{}';
  end if;
  insert into public.soft_bounces (email_id, address, at, status, words)
  select p_email.id, a, p_email.received_at, p_details #>> '{bounce,status}',
    left(p_details #>> '{bounce,diagnostic}', 500)
    from unnest(p_addresses) a on conflict do nothing;
  return coalesce((select array_agg(a) from unnest(p_addresses) a
    where (select count(*) from public.soft_bounces b
    where b.address = a and b.at > p_email.received_at - interval '30 days'
      and b.at <= p_email.received_at) >= 3), '{}');
end $$;

-- A stopped sequence comes back by undoing what stopped it, and in no other way.
create function public.keep_stopped() returns trigger language plpgsql set search_path = '' as $$
begin
  if coalesce(current_setting('upstream.undoing', true), '') <> 'yes' then
    raise exception 'A stopped sequence stays stopped.' using errcode = '23514';
  end if;
  return new;
end $$;

-- Off the list until then; null brings it back. It comes back by itself when the same person writes again.
create function public.snooze_email(p_id uuid, p_until timestamptz) returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  perform public.require_operator();
  if p_until is not null and (p_until <= now() or p_until > now() + interval '1 year') then
    raise exception 'Choose a time between now and a year from now.' using errcode = '22023';
  end if;
  update public.synced_emails set snoozed_until = p_until
   where id = p_id and status = 'needs_person' and snoozed_until is distinct from p_until;
  if not found then
    return false;
  end if;
  perform public.write_audit(case when p_until is null then 'reply.unsnoozed' else 'reply.snoozed' end,
    'synced_emails', p_id::text, null, jsonb_build_object('until', p_until));
  return true;
end $$;
grant execute on function public.snooze_email to authenticated, service_role;

-- Whose it is to answer; null is everybody's.
create function public.assign_email(p_id uuid, p_operator_id uuid) returns boolean
language plpgsql security definer set search_path = '' as $$
declare
  v_before uuid;
begin
  perform public.require_operator();
  if p_operator_id is not null and not exists (select 1 from public.operators o where o.id = p_operator_id)
    then
    raise exception 'There is no such operator.' using errcode = 'P0002';
  end if;
  select assigned_to into v_before from public.synced_emails where id = p_id for update;
  if not found or v_before is not distinct from p_operator_id then
    return false;
  end if;
  update public.synced_emails set assigned_to = p_operator_id where id = p_id;
  perform public.write_audit('reply.assigned', 'synced_emails', p_id::text,
    jsonb_build_object('to', (select o.display_name from public.operators o where o.id = v_before)),
    jsonb_build_object('to', (select o.display_name from public.operators o where o.id = p_operator_id)));
  return true;
end $$;
grant execute on function public.assign_email to authenticated, service_role;

-- Marks a mail read or unread for the operator who asks, and for nobody else. A mail that came
-- back after it was put off is unread until it is opened again. False when nothing changed.
create function public.mark_reply(p_email_id uuid, p_read boolean) returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  perform public.require_operator();
  if not public.is_operator() then
    raise exception 'Only a person reads mail.' using errcode = '42501';
  end if;
  if not exists (select 1 from public.synced_emails e where e.id = p_email_id) then
    raise exception 'There is no such mail.' using errcode = 'P0002';
  end if;
  if not coalesce(p_read, false) then
    update public.reply_reads set read_at = null
     where operator_id = auth.uid() and email_id = p_email_id and read_at is not null;
    return found;
  end if;
  insert into public.reply_reads as r (operator_id, email_id, read_at) values (auth.uid(), p_email_id, now())
  on conflict (operator_id, email_id) do update set read_at = excluded.read_at
   where r.read_at is null or r.read_at < (select e.snoozed_until from public.synced_emails e
     where e.id = p_email_id);
  return found;
end $$;
grant execute on function public.mark_reply to authenticated, service_role;

-- How many mails wait that the operator who asks has not opened.
create function public.unread_replies() returns int
language plpgsql stable security definer set search_path = '' as $$
begin
  perform public.require_operator();
  return (select count(*) from public.synced_emails e
   where e.status = 'needs_person' and (e.snoozed_until is null or e.snoozed_until <= now())
     and not exists (select 1 from public.reply_reads r where r.email_id = e.id and r.operator_id = auth.uid()
       and r.read_at >= coalesce(e.snoozed_until, '-infinity')));
end $$;
grant execute on function public.unread_replies to authenticated, service_role;

create trigger synced_emails_transitions before update of status on public.synced_emails
  for each row execute function public.hold_to_transitions();
create trigger synced_emails_bounced after update of category on public.synced_emails for each row
  when (new.send_id is not null and 'bounce' in (old.category, new.category))
    execute function public.count_bounce();

create trigger enrollments_keep_stopped before update of status on public.enrollments
  for each row when (old.status = 'stopped' and new.status <> 'stopped')
    execute function public.keep_stopped();

-- From a category to its effect, and back within the day: rules, tasks,
-- brokers, proposals of new contacts and searches, drafts and answers, labels.

-- What a category does, one row each, as an operator reads it in Settings.
create table public.routing_rules (
  category text primary key,
  title text not null,
  action text not null,
  to_person boolean not null,
  priority int not null,
  sequence text not null check (sequence in ('stop', 'pause', 'keep')),
  exclude_address boolean not null default false,
  do_not_contact text not null default 'none' check (do_not_contact in ('none', 'contact', 'company')),
  task_kind text,
  task_after_days int,
  position int not null,
  -- `final`: for ever, and nobody's to undo but an admin's with a reason.
  final boolean not null default false
);
alter table public.routing_rules enable row level security;
create policy routing_rules_read on public.routing_rules for select to authenticated
  using ((select public.is_operator()));
grant select on public.routing_rules to authenticated, service_role;

insert into public.routing_rules (category, title, action, to_person, priority, sequence, exclude_address,
  do_not_contact, task_kind, task_after_days, position, final) values
  ('pricing_given', 'Price given', 'Stops the sequence and goes to a person with the price.',
    true, 5, 'stop', false, 'none', null, null, 1, false),
  ('interested', 'Interested', 'Stops the sequence and goes to a person.',
    true, 10, 'stop', false, 'none', null, null, 2, false),
  ('question', 'Question', 'Stops the sequence and goes to a person.',
    true, 15, 'stop', false, 'none', null, null, 3, false),
  ('referral', 'Referral', 'Stops the sequence and proposes the new contact; a person approves it.',
    true, 20, 'stop', false, 'none', null, null, 4, false),
  ('buyer_inquiry', 'Buyer inquiry',
    'Stops the sequence and proposes a new search; a person opens or dismisses it.',
    true, 25, 'stop', false, 'none', null, null, 5, false),
  ('broker_redirect', 'Broker named', 'Stops the sequence, stores the broker and goes to a person.',
    true, 30, 'stop', false, 'none', 'broker', 0, 6, false),
  ('wrong_contact', 'Wrong contact', 'Stops the sequence and opens a research task.',
    false, 40, 'stop', false, 'none', 'research', 0, 7, false),
  ('soft_pass', 'Not now',
    'Stops the sequence and opens a nurture task in 90 days, or on the day they name.',
    false, 50, 'stop', false, 'none', 'nurture', 90, 8, false),
  ('hard_pass', 'Never',
    'Do-not-contact for ever: the company, or the person alone where they speak for themselves only.',
    false, 60, 'stop', false, 'company', null, null, 9, true),
  ('opt_out', 'Opted out',
    'Do-not-contact for the person and the address excluded, for ever; '
      'the company too where they speak for it.',
    false, 60, 'stop', true, 'contact', null, null, 10, true),
  ('complaint', 'Complaint',
    'Do-not-contact for the person and the address excluded, for ever; '
      'the company too where they speak for it.',
    false, 60, 'stop', true, 'contact', null, null, 11, true),
  ('bounce', 'Bounce',
    'A dead address is excluded for ever; a full or busy one ends the sequence after three in 30 days.',
    false, 70, 'keep', false, 'none', null, null, 12, false),
  ('out_of_office', 'Out of office',
    'Pauses the sequence until the next business day after the return.',
    false, 80, 'pause', false, 'none', null, null, 13, false),
  ('receipt', 'Receipt', 'Noted; nothing else happens.',
    false, 90, 'keep', false, 'none', null, null, 14, false),
  ('other', 'Other', 'Goes to a person.', true, 45, 'stop', false, 'none', null, null, 15, false);

alter table public.synced_emails
  add constraint synced_emails_category foreign key (category) references public.routing_rules (category);

-- What somebody owes on a date: a nurture, a research, a call.
create table public.tasks (
  id uuid primary key default gen_random_uuid(),
  kind text not null check (kind in ('nurture', 'research', 'broker', 'call', 'other')),
  title text not null,
  due_at timestamptz not null,
  status text not null default 'open' check (status in ('open', 'done')),
  contact_id uuid references public.contacts (id),
  company_id uuid references public.companies (id),
  email_id uuid references public.synced_emails (id),
  created_at timestamptz not null default now(),
  constraint one_task_per_mail unique (email_id, kind)
);
create index tasks_open on public.tasks (due_at) where status = 'open';
create index tasks_contact on public.tasks (contact_id);
create index tasks_company on public.tasks (company_id);
alter table public.tasks enable row level security;
create policy tasks_read on public.tasks for select to authenticated using ((select public.is_operator()));
grant select on public.tasks to authenticated;
grant select, insert, update on public.tasks to service_role;

-- What a person said the category really was: the examples trust is measured on.
create table public.labelled_replies (
  email_id uuid primary key references public.synced_emails (id),
  predicted text,
  predicted_confidence numeric(4, 3),
  correct text not null references public.routing_rules (category),
  labelled_by text not null,
  labelled_at timestamptz not null default now()
);
create index labelled_replies_correct on public.labelled_replies (correct);
create index labelled_replies_at on public.labelled_replies (labelled_at desc, email_id desc);
alter table public.labelled_replies enable row level security;
create policy labelled_replies_read on public.labelled_replies for select to authenticated
  using ((select public.is_operator()));
grant select on public.labelled_replies to authenticated;
grant select, insert, update on public.labelled_replies to service_role;

-- Brokers owners sent us to: who stands between us and which owner.
create table public.brokers (
  id uuid primary key default gen_random_uuid(),
  name text not null default '',
  firm text not null default '',
  email text,
  phone text,
  words text not null default '',
  named_by uuid references public.contacts (id),
  company_id uuid references public.companies (id),
  email_id uuid not null references public.synced_emails (id),
  created_at timestamptz not null default now()
);
create index brokers_named_by on public.brokers (named_by);
create index brokers_company on public.brokers (company_id);
create index brokers_email on public.brokers (email_id);
alter table public.brokers enable row level security;
create policy brokers_read on public.brokers for select to authenticated
  using ((select public.is_operator()));
grant select on public.brokers to authenticated, service_role;

-- What a reply makes us propose: a contact somebody referred us to, or a search
-- for someone who wants to buy. Nothing exists until a person accepts it.
create table public.reply_proposals (
  id uuid primary key default gen_random_uuid(),
  email_id uuid not null references public.synced_emails (id),
  kind text not null check (kind in ('contact', 'search')),
  draft jsonb not null,
  draft_key text generated always as (md5(draft::text)) stored,
  status text not null default 'pending' check (status in ('pending', 'accepted', 'dismissed', 'withdrawn')),
  company_id uuid references public.companies (id),
  referred_by uuid references public.contacts (id),
  contact_id uuid references public.contacts (id),
  search_id uuid references public.searches (id),
  decided_by text,
  decided_at timestamptz,
  reason text,
  created_at timestamptz not null default now(),
  constraint one_proposal_per_draft unique (email_id, kind, draft_key),
  constraint a_decision_says_who check (status in ('pending', 'withdrawn')
    or (decided_by is not null and decided_at is not null))
);
create index reply_proposals_waiting on public.reply_proposals (created_at desc, id) where status = 'pending';
create index reply_proposals_company on public.reply_proposals (company_id);
create index reply_proposals_referred_by on public.reply_proposals (referred_by);
create index reply_proposals_contact on public.reply_proposals (contact_id);
create index reply_proposals_search on public.reply_proposals (search_id);
alter table public.reply_proposals enable row level security;
create policy reply_proposals_read on public.reply_proposals for select to authenticated
  using ((select public.is_operator()));
grant select on public.reply_proposals to authenticated, service_role;
alter publication supabase_realtime add table public.reply_proposals;

insert into public.status_transitions (entity, from_status, to_status) values
  ('reply_proposals', 'pending', 'accepted'), ('reply_proposals', 'pending', 'dismissed'),
  ('reply_proposals', 'pending', 'withdrawn'), ('reply_proposals', 'withdrawn', 'pending'),
  ('reply_proposals', 'dismissed', 'pending');

-- An answer that is being written: the agent's suggestion until
-- a person saves words of their own. Gone when it is sent.
create table public.reply_drafts (
  email_id uuid primary key references public.synced_emails (id),
  subject text not null default '',
  body text not null check (length(body) <= 20000),
  source text not null check (source in ('agent', 'person')),
  updated_by text not null,
  updated_at timestamptz not null default now()
);
alter table public.reply_drafts enable row level security;
create policy reply_drafts_read on public.reply_drafts for select to authenticated
  using ((select public.is_operator()));
grant select on public.reply_drafts to authenticated, service_role;

-- The answers this desk gives most, with merge tags. A
-- person reads and changes the words before anything leaves.
create table public.answer_templates (
  id uuid primary key default gen_random_uuid(),
  name text not null check (public.words_in(name) = name and length(name) <= 80),
  body text not null check (public.words_in(body) is not null and length(body) <= 5000),
  category text references public.routing_rules (category),
  position int not null,
  retired_at timestamptz,
  updated_by text not null default 'system',
  updated_at timestamptz not null default now(),
  created_at timestamptz not null default now()
);
comment on column public.answer_templates.category
  is 'The category of mail it answers; null fits every mail.';
create unique index one_answer_template_of_a_name on public.answer_templates (lower(name))
  where retired_at is null;
create index answer_templates_category on public.answer_templates (category);
alter table public.answer_templates enable row level security;
create policy answer_templates_read on public.answer_templates for select to authenticated
  using ((select public.is_operator()));
grant select on public.answer_templates to authenticated, service_role;
alter publication supabase_realtime add table public.answer_templates;

-- What every desk starts with.
insert into public.answer_templates (name, category, position, body)
select x.name, x.category, x.position, E'Hi {{first_name|there}},\n\n' || x.words
  || E'\n\n{{sender_name}}\n{{desk_name}}' from (values
  ('Propose a call', 'interested', 1,
   E'Thank you for your answer about {{property_address|your building}}. A call of ten minutes is the '
     'quickest way to see whether this fits.\n\nWhat time suits you this week, and which number is best?'),
  ('Thank them for the price and ask for figures', 'pricing_given', 2,
   E'Thank you, that helps. I will take {{asking_price|your number}} to our buyer.\n\nSo that they can '
     'answer quickly: could you send the current rent roll and the last twelve months of operating figures?'),
  ('Say more about the buyer', 'question', 3,
   E'Thank you for asking about {{property_address|your building}}. Our buyer is funded, looks at buildings '
     'like yours in {{property_city|your area}}, and decides without a committee.\n\nThere is no listing '
     'and nothing to sign to have the conversation. What else would you like to know?'),
  ('Thank them for the name', 'referral', 4,
   E'Thank you for pointing me to the right person. I will write to them and mention that you sent me, '
     'unless you would rather I did not.'),
  ('Thank them and come back later', 'soft_pass', 5,
   E'Thank you for telling me where you stand with {{property_address|your building}}. I will not '
     'press.\n\nIf it is all right with you, I will ask again in some months. Should anything change before '
     'that, I would be glad to hear from you.')
) as x (name, category, position, words);

-- Stores the people a reply names: brokers as brokers, somebody to write to instead as a proposed contact.
create function public.keep_named_people(p_email public.synced_emails, p_category text, p_people jsonb)
  returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_person jsonb;
  v_id uuid;
  v_brokers uuid[] := '{}';
  v_proposals uuid[] := '{}';
begin
  for v_person in select x
    from jsonb_array_elements(case jsonb_typeof(p_people) when 'array' then p_people else '[]' end) x limit 5
  loop
    continue when public.words_in(v_person ->> 'name') is null
      and public.words_in(v_person ->> 'email') is null
      and public.words_in(v_person ->> 'firm') is null;
    if p_category = 'broker_redirect' then
      insert into public.brokers (name, firm, email, phone, words, named_by, company_id, email_id)
      select coalesce(v_person ->> 'name', ''), coalesce(v_person ->> 'firm', ''),
        public.words_in(lower(v_person ->> 'email')), public.words_in(v_person ->> 'phone'),
        coalesce(left(v_person ->> 'words', 400), ''), p_email.contact_id, p_email.company_id, p_email.id
      where not exists (select 1 from public.brokers b where b.email_id = p_email.id
        and b.name = coalesce(v_person ->> 'name', '')
        and b.firm = coalesce(v_person ->> 'firm', ''))
      returning id into v_id;
      v_brokers := v_brokers || coalesce(array[v_id], '{}');
    else
      continue when public.words_in(v_person ->> 'name') is null
        and public.words_in(v_person ->> 'email') is null;
      insert into public.reply_proposals (email_id, kind, draft, company_id, referred_by)
      values (p_email.id, 'contact', jsonb_build_object('name', coalesce(v_person ->> 'name', ''),
        'email', public.words_in(lower(v_person ->> 'email')), 'phone', public.words_in(v_person ->> 'phone'),
        'title', public.words_in(v_person ->> 'role'), 'words',
        coalesce(left(v_person ->> 'words', 400), '')), p_email.company_id, p_email.contact_id)
      on conflict on constraint one_proposal_per_draft do update set status = 'pending',
        decided_by = null, decided_at = null
        where reply_proposals.status = 'withdrawn'
      returning id into v_id;
      v_proposals := v_proposals || case when v_id is null then '{}' else array[v_id] end;
    end if;
  end loop;
  return jsonb_build_object('brokers', to_jsonb(array_remove(v_brokers, null)),
    'proposals', to_jsonb(v_proposals));
end $$;

-- One transaction from category to effect: exclusion, do-not-contact, task,
-- sequence, proposal, draft, audit. It says what it did and no more; the
-- audit row keeps what was before, so that undo_routing can bring it back.
create function public.route_email(
  p_id uuid, p_category text, p_confidence numeric, p_reason text, p_decided_by text,
  p_details jsonb default '{}'
) returns jsonb language plpgsql security definer set search_path = '' as $$
declare
  v_email public.synced_emails;
  v_rule public.routing_rules;
  v_person boolean;
  v_hard boolean := coalesce(p_category = 'bounce' and p_details #>> '{bounce,verdict}' = 'hard', false);
  v_soft boolean := coalesce(p_category = 'bounce' and p_details #>> '{bounce,verdict}' = 'soft', false);
  v_sure boolean := coalesce(p_confidence, 0) >= 0.7
    and not coalesce((p_details ->> 'toPerson')::boolean, false);
  v_addresses text[] := '{}';
  v_full text[] := '{}';
  v_level text;
  v_facts jsonb;
  v_before jsonb;
  v_made jsonb := '{}';
  v_named jsonb := '{}';
  v_id uuid;
  v_ids uuid[];
  v_address text;
  v_done text[] := '{}';
  v_runs boolean; -- a sequence of the contact runs, or is held: only that can be stopped, and brought back
begin
  perform public.require_operator();
  select * into v_email from public.synced_emails where id = p_id for update;
  if not found then
    raise exception 'There is no mail %.', p_id using errcode = 'P0002';
  end if;
  if p_decided_by is null or p_decided_by not in ('rules', 'agent', 'person') then
    raise exception 'A mail is decided by rules, agent or person, not %.',
      p_decided_by using errcode = '22023';
  end if;
  if v_email.status in ('routed', 'needs_person', 'done') and p_decided_by <> 'person' then
    return jsonb_build_object('outcome', 'already_routed', 'category', v_email.category);
  end if;
  select * into v_rule from public.routing_rules where category = p_category;
  if not found then
    raise exception 'There is no category named %.', p_category using errcode = '22023';
  end if;
  v_runs := public.has_sequence(array[v_email.contact_id]);
  v_facts := v_email.facts || coalesce(p_details -> 'facts', '{}');
  v_person := p_decided_by <> 'person' and (v_rule.to_person or not v_sure
    or (p_category = 'bounce' and not v_hard and not v_soft)
    or (v_email.contact_id is null and p_decided_by = 'agent'));
  if v_hard or v_soft then
    v_addresses := public.mailed_among(p_details #> '{bounce,failedRecipients}');
  end if;
  v_before := jsonb_build_object('category', v_email.category, 'status', v_email.status)
    || public.running_for(public.contacts_at(v_addresses) || coalesce(array[v_email.contact_id], '{}'));
  -- Below 0.7 nothing is done to anyone: the sequence stays held and a person reads the mail.
  if v_sure then
    if v_hard or v_rule.exclude_address then
      v_ids := '{}';
      foreach v_address in array case when v_hard then v_addresses
        else array_remove(array[public.words_in(lower(v_email.from_email))], null) end
      loop
        insert into public.email_exclusions (kind, value, reason, source, email_id)
        values ('address', v_address, coalesce(p_reason, v_rule.title), case when v_hard then 'bounce'
          else p_category end, p_id)
        on conflict do nothing returning id into v_id;
        v_ids := v_ids || case when found then array[v_id] else '{}' end;
        if v_hard then
          perform public.hold_contact(c, 'stop', 'address bounced')
            from unnest(public.contacts_at(array[v_address])) c;
        end if;
        v_done := v_done || ('excluded ' || v_address);
      end loop;
      v_made := v_made || jsonb_build_object('exclusions', to_jsonb(v_ids));
      if v_hard then
        with marked as (update public.contacts set bounced_at = now() where email_key = any (v_addresses)
          and bounced_at is null returning id)
        select array_agg(id) into v_ids from marked;
        v_made := v_made || jsonb_build_object('bounced', to_jsonb(coalesce(v_ids, '{}')));
      end if;
    end if;
    if v_hard and v_done = '{}' and p_decided_by <> 'person' then
      v_person := true; -- a dead address nobody was mailed at: a forgery, or a notice that was read wrongly
    end if;
    if v_soft then
      v_full := public.count_soft_bounces(v_email, v_addresses, p_details);
      foreach v_address in array v_full loop
        if public.has_sequence(public.contacts_at(array[v_address])) then
          v_done := v_done || ('sequence stopped: three soft bounces of ' || v_address || ' in 30 days');
        end if;
        perform public.hold_contact(c, 'stop', 'three soft bounces in 30 days')
          from unnest(public.contacts_at(array[v_address])) c;
      end loop;
    end if;
    if v_rule.do_not_contact <> 'none' and v_email.contact_id is not null then
      v_level := case coalesce(p_details ->> 'speaksFor', v_facts ->> 'speaksFor')
        when 'company' then 'company' when 'person' then 'contact' else v_rule.do_not_contact end;
      update public.contacts set do_not_contact_at = now(), do_not_contact_reason = p_reason
       where id = v_email.contact_id and do_not_contact_at is null;
      v_done := v_done || 'contact set to do-not-contact'::text;
      if v_level = 'company' and v_email.company_id is not null then
        update public.companies set do_not_contact_at = now(), do_not_contact_reason = p_reason
         where id = v_email.company_id and do_not_contact_at is null;
        perform public.hold_contact(c.id, 'stop', 'company is do-not-contact') from public.contacts c
          where c.company_id = v_email.company_id;
        v_done := v_done || 'company set to do-not-contact'::text;
      end if;
    end if;
    if v_email.contact_id is not null then
      if p_category = 'bounce' and p_decided_by = 'person' and not v_hard and not v_soft then
        -- A person says the mail did not arrive, not for how long:
        -- nobody is excluded, and nothing more is sent there.
        perform public.hold_contact(v_email.contact_id, 'stop', 'address bounced');
        v_done := v_done || case when v_runs then array['sequence stopped'] else '{}' end;
      elsif v_rule.sequence = 'stop' then
        perform public.hold_contact(v_email.contact_id, 'stop', 'contact replied: ' || v_rule.title);
        v_done := v_done || case when v_runs then array['sequence stopped'] else '{}' end;
      elsif v_rule.sequence = 'pause' then
        perform public.hold_contact(v_email.contact_id, 'pause', 'out of office',
          coalesce((p_details ->> 'resumeAt')::timestamptz, now() + interval '3 days'));
        v_done := v_done || case when v_runs then array['sequence paused'] else '{}' end;
      end if;
    end if;
    if p_decided_by = 'person' then
      -- What an earlier reading of this mail left behind is no longer asked for.
      with closed as (update public.tasks set status = 'done' where email_id = p_id and status = 'open'
        and kind is distinct from v_rule.task_kind returning kind)
      select v_done || coalesce(array_agg(kind || ' task closed'), '{}') into v_done from closed;
      update public.reply_proposals set status = 'withdrawn' where email_id = p_id and status = 'pending'
        and not (kind = 'contact' and p_category = 'referral')
        and not (kind = 'search' and p_category = 'buyer_inquiry');
    end if;
    if v_rule.task_kind is not null and v_email.contact_id is not null then
      insert into public.tasks (kind, title, due_at, contact_id, company_id, email_id)
      values (v_rule.task_kind, v_rule.title || ': ' || coalesce(nullif(v_email.subject, ''), '(no subject)'),
        coalesce((p_details ->> 'taskDueAt')::timestamptz,
          case when p_category = 'soft_pass' and v_facts #>> '{followUp,isoDate}' ~ '^\d{4}-\d{2}-\d{2}$'
            then ((v_facts #>> '{followUp,isoDate}')::date + time '16:00') at time zone 'UTC' end,
          now() + make_interval(days => coalesce(v_rule.task_after_days, 0))),
        v_email.contact_id, v_email.company_id, p_id)
      on conflict do nothing returning id into v_id;
      v_made := v_made || jsonb_build_object('tasks', case when found then jsonb_build_array(v_id)
        else '[]' end);
      v_done := v_done || (v_rule.task_kind || ' task opened');
    end if;
    if p_category in ('broker_redirect', 'referral') then
      v_named := public.keep_named_people(v_email, p_category,
        coalesce(p_details -> 'people', v_facts -> 'people'));
      v_made := v_made || v_named;
      v_done := v_done || case when jsonb_array_length(v_named -> 'brokers') > 0 then array['broker stored']
        else '{}' end
        || case when jsonb_array_length(v_named -> 'proposals') > 0 then array['new contact proposed']
          else '{}' end;
    elsif p_category = 'buyer_inquiry' then
      insert into public.reply_proposals (email_id, kind, draft, company_id, referred_by)
      values (p_id, 'search', coalesce(p_details -> 'searchDraft', '{}'),
        v_email.company_id, v_email.contact_id)
      on conflict on constraint one_proposal_per_draft do update set status = 'pending',
        decided_by = null, decided_at = null
        where reply_proposals.status = 'withdrawn'
      returning id into v_id;
      v_made := v_made || jsonb_build_object('proposals', case when found then jsonb_build_array(v_id)
        else '[]' end);
      v_done := v_done || 'new search proposed'::text;
    end if;
  end if;
  if v_person and public.words_in(v_facts ->> 'suggestedAnswer') is not null then
    insert into public.reply_drafts (email_id, body, source, updated_by)
    values (p_id, left(v_facts ->> 'suggestedAnswer', 20000), 'agent', 'response-classifier')
    on conflict (email_id) do update set body = excluded.body, updated_at = now()
      where reply_drafts.source = 'agent';
  end if;
  update public.synced_emails set
    status = case when v_person then 'needs_person' else 'routed' end,
    category = p_category, confidence = p_confidence, reason = p_reason, decided_by = p_decided_by,
    facts = v_facts, priority = v_rule.priority, classified_at = coalesce(classified_at, now()),
    routed_at = now(), agent_run_id = coalesce((p_details ->> 'agentRunId')::uuid, agent_run_id),
    agent_cost_microusd = coalesce((p_details #>> '{agent,costMicrousd}')::bigint, agent_cost_microusd),
    agent_ms = coalesce((p_details #>> '{agent,ms}')::int, agent_ms),
    agent_batch = coalesce((p_details #>> '{agent,batch}')::int, agent_batch),
    prepared_verdict = null, claimed_by = null
  where id = p_id;
  if v_person then
    -- From here on a person decides; no rest that was agreed on before ends by itself.
    update public.enrollments set resume_at = null
      where contact_id = v_email.contact_id and status = 'paused';
  elsif v_rule.sequence = 'keep' and not v_hard and v_email.contact_id is not null then
    perform public.release_contact(v_email.contact_id);
  end if;
  perform public.write_audit('reply.' || p_category, 'synced_emails', p_id::text, v_before,
    jsonb_build_object('category', p_category, 'confidence', p_confidence, 'decidedBy',
      p_decided_by, 'did', to_jsonb(v_done), 'toPerson', v_person) || case when v_made = '{}' then '{}'
        else jsonb_build_object('made', v_made) end, p_reason);
  return jsonb_build_object('outcome', 'routed', 'category', p_category, 'toPerson', v_person,
    'did', to_jsonb(v_done));
end $$;
grant execute on function public.route_email to service_role;

-- The last thing done about a mail that has not been undone, and whether it may be: {auditId,
-- action, category, at, until, did, whyNot}. Null when nothing was done. What a person filed
-- can be taken back even where nothing but its category changed: the mail waits again.
create function public.undo_of(p_email_id uuid, p_now timestamptz default now()) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  v_audit public.audit_log;
  v_did jsonb;
begin
  perform public.require_operator();
  select a.* into v_audit from public.audit_log a
   where a.entity = 'synced_emails' and a.entity_id = p_email_id::text and a.before ? 'enrollments'
     and not exists (select 1 from public.audit_log u where u.entity = 'synced_emails'
       and u.entity_id = p_email_id::text
       and u.action = 'reply.undone' and (u.after ->> 'undoes')::bigint = a.id)
   order by a.id desc limit 1;
  if not found then
    return null;
  end if;
  v_did := coalesce(v_audit.after -> 'did', '[]');
  return jsonb_build_object('auditId', v_audit.id, 'action', v_audit.action, 'category',
    v_audit.after ->> 'category', 'at', v_audit.at, 'until', v_audit.at + interval '24 hours', 'by',
    v_audit.actor, 'did', v_did, 'whyNot', case
      when v_did = '[]' and v_audit.action <> 'reply.done'
        and coalesce(v_audit.after ->> 'decidedBy', '') <> 'person'
        then 'Nothing was done about it.'
      when v_did @> '["contact set to do-not-contact"]' or (v_audit.action <> 'reply.done'
          and exists (select 1 from public.routing_rules r
            where r.category = v_audit.after ->> 'category' and r.final))
        then 'It is for ever; an admin can lift do-not-contact with a reason.'
      when p_now > v_audit.at + interval '24 hours' then 'It was done more than a day ago.' end);
end $$;
grant execute on function public.undo_of to authenticated, service_role;

-- Brings back what the last routing of a mail changed, and the mail to a person. What happened since
-- is not overridden: nobody who is do-not-contact or in another campaign by now is started again.
create function public.undo_routing(p_email_id uuid, p_reason text default null) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_email public.synced_emails;
  v_undo jsonb;
  v_audit public.audit_log;
  v_made jsonb;
  v_row jsonb;
  v_id uuid;
  v_back uuid[] := '{}';
  v_done text[] := '{}';
begin
  perform public.require_operator();
  select * into v_email from public.synced_emails where id = p_email_id for update;
  if not found then
    raise exception 'There is no such mail.' using errcode = 'P0002';
  end if;
  v_undo := public.undo_of(p_email_id);
  if v_undo is null or v_undo ->> 'whyNot' is not null then
    raise exception 'This cannot be undone. %', coalesce(v_undo ->> 'whyNot', 'Nothing was done about it.')
      using errcode = '22023';
  end if;
  select * into v_audit from public.audit_log where id = (v_undo ->> 'auditId')::bigint;
  v_made := coalesce(v_audit.after -> 'made', '{}');
  with lifted as (delete from public.email_exclusions x where x.source = 'bounce'
    and x.id::text = any (public.texts_in(v_made -> 'exclusions')) returning x.value)
  select v_done || coalesce(array_agg('exclusion of ' || value || ' lifted'), '{}') into v_done from lifted;
  update public.contacts c set bounced_at = null
    where c.id::text = any (public.texts_in(v_made -> 'bounced'));
  delete from public.soft_bounces where email_id = p_email_id and v_audit.action = 'reply.bounce';
  with gone as (delete from public.tasks t where t.id::text = any (public.texts_in(v_made -> 'tasks'))
    and t.status = 'open' returning t.kind)
  select v_done || coalesce(array_agg(kind || ' task removed'), '{}') into v_done from gone;
  with gone as (delete from public.brokers b where b.id::text = any (public.texts_in(v_made -> 'brokers'))
    returning 1)
  select v_done || coalesce(array_agg('broker removed'::text), '{}') into v_done from gone;
  with gone as (update public.reply_proposals p set status = 'withdrawn' where p.status = 'pending'
    and p.id::text = any (public.texts_in(v_made -> 'proposals')) returning p.kind)
  select v_done || coalesce(array_agg('proposed ' || kind || ' withdrawn'), '{}') into v_done from gone;
  perform set_config('upstream.undoing', 'yes', true);
  for v_row in select x from jsonb_array_elements(v_audit.before -> 'enrollments') x loop
    -- Paused, whatever it was before: the mail waits for a person again, and so does the sequence.
    update public.enrollments n set status = 'paused', reason = 'a reply arrived and is being read',
      resume_at = null
     where n.id = (v_row ->> 'id')::uuid and n.status in ('stopped', 'active', 'paused')
       and public.why_not_mail(n.contact_id,
         coalesce((select c.email from public.contacts c where c.id = n.contact_id), '')) is null
       and not exists (select 1 from public.enrollments o where o.contact_id = n.contact_id and o.id <> n.id
         and o.status in ('active', 'paused'))
    returning n.id into v_id;
    if found then
      v_back := v_back || v_id;
    end if;
  end loop;
  perform set_config('upstream.undoing', '', true);
  update public.sends s set status = 'scheduled', reason = null
   where s.status = 'cancelled' and s.enrollment_id = any (v_back)
     and s.id::text = any (public.texts_in(v_audit.before -> 'sends'));
  if array_length(v_back, 1) > 0 then
    v_done := v_done || 'sequence held until a person has read the mail'::text;
  end if;
  with again as (update public.campaigns c set status = 'active' where c.status = 'completed'
    and c.id in (select n.campaign_id from public.enrollments n where n.id = any (v_back))
      returning c.search_id)
  update public.searches s set status = 'active' from again a where s.id = a.search_id
    and s.status = 'completed';
  if v_audit.action = 'reply.done' then
    update public.synced_emails set status = 'needs_person', handled_at = null, handled_by = null
      where id = p_email_id;
  else
    update public.synced_emails set status = 'needs_person', category = v_audit.before ->> 'category',
      confidence = null, decided_by = null, reason = 'Undone by ' || public.acting_name()
        || coalesce(': ' || public.words_in(p_reason), '') || '.', routed_at = null,
      handled_at = null, handled_by = null where id = p_email_id;
    -- The words of a correction that is taken back teach nobody.
    -- They were written in the transaction that is undone.
    update public.agent_feedback set status = 'retired' where created_at = v_audit.at
      and agent = 'response-classifier'
      and status = 'active' and v_audit.after ->> 'decidedBy' = 'person';
  end if;
  perform public.write_audit('reply.undone', 'synced_emails', p_email_id::text,
    jsonb_build_object('category', v_email.category, 'status', v_email.status),
    jsonb_build_object('undoes', v_audit.id, 'category', v_audit.before ->> 'category', 'did',
      to_jsonb(v_done)), public.words_in(p_reason));
  return jsonb_build_object('outcome', 'undone', 'did', to_jsonb(v_done));
end $$;
grant execute on function public.undo_routing to authenticated, service_role;

-- A person says what a mail really is: stored as a labelled example, as feedback, and routed again.
create function public.correct_category(p_id uuid, p_category text, p_words text default null) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_email public.synced_emails;
begin
  perform public.require_operator();
  select * into v_email from public.synced_emails where id = p_id for update;
  if not found then
    return jsonb_build_object('outcome', 'not_found');
  end if;
  insert into public.labelled_replies (email_id, predicted, predicted_confidence, correct, labelled_by)
  values (p_id, v_email.category, v_email.confidence, p_category, public.acting_name())
  on conflict (email_id) do update set correct = excluded.correct,
    labelled_by = excluded.labelled_by, labelled_at = now();
  if v_email.category is distinct from p_category then
    insert into public.agent_feedback (agent, checkpoint, words, adjustment, tags, author)
    values ('response-classifier', 'classification',
      coalesce(public.words_in(p_words),
        format('A mail like "%s" is %s', left(coalesce(v_email.visible_text, v_email.subject), 160),
        p_category)),
      format('%s instead of %s', p_category, coalesce(v_email.category, 'nothing')),
      array[p_category], public.acting_name());
  end if;
  return public.route_email(p_id, p_category, 1,
    coalesce(public.words_in(p_words), 'said by ' || public.acting_name()), 'person');
end $$;
grant execute on function public.correct_category to authenticated, service_role;

-- Puts a mail away. A sequence that is held for no other reason than this mail ends with it (a person wrote,
-- and a person has read it), or goes on when the operator says so; held for ever by nothing is neither.
create function public.finish_email(p_id uuid, p_sequence text default 'stop') returns boolean
language plpgsql security definer set search_path = '' as $$
declare
  v_email public.synced_emails;
  v_before jsonb;
  v_held boolean;
begin
  perform public.require_operator();
  if p_sequence is null or p_sequence not in ('stop', 'resume') then
    raise exception 'The sequence can stop or resume, not %.', p_sequence using errcode = '22023';
  end if;
  select * into v_email from public.synced_emails where id = p_id and status in ('needs_person', 'routed')
    for update;
  if not found then
    return false;
  end if;
  v_before := jsonb_build_object('category', v_email.category, 'status', v_email.status)
    || public.running_for(array_remove(array[v_email.contact_id], null));
  update public.synced_emails set status = 'done', handled_at = now(), handled_by = public.acting_name(),
    snoozed_until = null where id = p_id;
  v_held := v_email.status = 'needs_person' and not public.has_unread_reply(v_email.contact_id)
    and exists (select 1 from public.enrollments n where n.contact_id = v_email.contact_id
      and n.status = 'paused' and n.resume_at is null);
  if v_held and p_sequence = 'stop' then
    perform public.hold_contact(v_email.contact_id, 'stop', 'a person read the reply and put it away');
  elsif v_held then
    perform public.release_contact(v_email.contact_id);
  end if;
  perform public.write_audit('reply.done', 'synced_emails', p_id::text, v_before,
    jsonb_build_object('status', 'done', 'category', v_email.category,
    'did', case when not v_held then '[]' when p_sequence = 'stop' then '["sequence stopped"]'
      else '["sequence goes on"]' end::jsonb));
  return true;
end $$;
grant execute on function public.finish_email to authenticated, service_role;

-- An answer that did not leave brings its mail back to a person, unread, with the
-- words that were written: put away with an answer nobody got, it would be lost.
create function public.bring_back_unanswered() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  update public.synced_emails set status = 'needs_person', handled_at = null,
    handled_by = null, snoozed_until = null
   where id = new.reply_to_email_id and status in ('routed', 'done');
  update public.reply_reads set read_at = null where email_id = new.reply_to_email_id and read_at is not null;
  insert into public.reply_drafts (email_id, subject, body, source, updated_by)
  select e.id, new.subject, new.body, 'person', coalesce(a.actor, 'system') from public.synced_emails e
   left join lateral (select l.actor from public.audit_log l where l.entity = 'synced_emails'
     and l.entity_id = e.id::text
     and l.action = 'reply.answered' order by l.id desc limit 1) a on true
   where e.id = new.reply_to_email_id
  on conflict (email_id) do nothing;
  perform public.write_audit('reply.answer_failed', 'synced_emails', new.reply_to_email_id::text, null,
    jsonb_build_object('sendId', new.id), new.reason, 'sending');
  return null;
end $$;

-- An operator's own answer to a reply; it goes through the send path like every mail, before all others.
create function public.write_reply(p_email_id uuid, p_subject text, p_body text) returns uuid
language plpgsql security definer set search_path = '' as $$
declare
  v_email public.synced_emails;
  v_id uuid;
begin
  perform public.require_operator();
  select * into v_email from public.synced_emails where id = p_email_id for update;
  if not found or v_email.from_email is null or v_email.contact_id is null then
    raise exception 'Link this mail to a contact before answering it.' using errcode = '22023';
  end if;
  if public.words_in(p_body) is null then
    raise exception 'The answer is empty.' using errcode = '22023';
  end if;
  -- The same words twice are a button pressed twice. The lock on the mail keeps two presses apart.
  select s.id into v_id from public.sends s where s.reply_to_email_id = p_email_id
    and s.subject = p_subject and s.body = p_body
    and s.status in ('scheduled', 'sending', 'sent', 'uncertain') limit 1;
  if found then
    return v_id;
  end if;
  insert into public.sends (kind, contact_id, mailbox_id, reply_to_email_id, due_at, to_email,
    subject, body, content_hash)
  values ('manual_reply', v_email.contact_id, v_email.mailbox_id, p_email_id, now(),
    v_email.from_email, p_subject, p_body, md5(v_email.from_email || E'\n' || p_subject || E'\n' || p_body))
  returning id into v_id;
  perform public.write_audit('reply.answered', 'synced_emails', p_email_id::text, null,
    jsonb_build_object('send', v_id));
  return v_id;
end $$;
grant execute on function public.write_reply to authenticated, service_role;

-- Keeps an answer that is being written; empty words drop it.
create function public.save_reply_draft(p_email_id uuid, p_subject text, p_body text) returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  perform public.require_operator();
  if public.words_in(p_body) is null then
    delete from public.reply_drafts where email_id = p_email_id;
    return found;
  end if;
  insert into public.reply_drafts (email_id, subject, body, source, updated_by)
  values (p_email_id, coalesce(p_subject, ''), p_body, 'person', public.acting_name())
  on conflict (email_id) do update set subject = excluded.subject, body = excluded.body, source = 'person',
    updated_by = excluded.updated_by, updated_at = now();
  return true;
end $$;
grant execute on function public.save_reply_draft to authenticated, service_role;

-- A draft is over when its answer is on its way.
create function public.drop_draft() returns trigger language plpgsql security definer
  set search_path = '' as $$
begin
  delete from public.reply_drafts where email_id = new.reply_to_email_id;
  return null;
end $$;

-- A person accepts a proposed contact, with what they changed in it: {name, email, phone, title,
-- companyId}. Someone we know by that address already is that contact. Answers {outcome, contactId}.
create function public.accept_contact(p_id uuid, p_edits jsonb default '{}') returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_row public.reply_proposals;
  v_draft jsonb;
  v_name text;
  v_email text;
  v_contact uuid;
  v_known boolean;
begin
  perform public.require_operator();
  select * into v_row from public.reply_proposals where id = p_id and kind = 'contact' for update;
  if not found then
    return jsonb_build_object('outcome', 'not_found');
  elsif v_row.status <> 'pending' then
    return jsonb_build_object('outcome', 'already_decided', 'status', v_row.status, 'decidedBy',
      v_row.decided_by, 'contactId', v_row.contact_id);
  end if;
  v_draft := v_row.draft || coalesce(p_edits, '{}');
  v_email := public.words_in(lower(v_draft ->> 'email'));
  v_name := coalesce(public.words_in(v_draft ->> 'name'), split_part(v_email, '@', 1));
  if v_name is null then
    raise exception 'A contact needs a name or an address.' using errcode = '22023';
  end if;
  if v_email is not null and v_email !~ '^[^@\s]+@[^@\s]+\.[^@\s.]+$' then
    raise exception '% is not an e-mail address.', v_email using errcode = '22023';
  end if;
  select c.id into v_contact from public.contacts c where c.email_key = v_email;
  v_known := found;
  if not v_known then
    insert into public.contacts (company_id, full_name, first_name, title, email, phones, source)
    values (coalesce((v_draft ->> 'companyId')::uuid, v_row.company_id), v_name, split_part(v_name, ' ', 1),
      public.words_in(v_draft ->> 'title'), v_email,
      array_remove(array[public.words_in(v_draft ->> 'phone')], null), 'referral')
    returning id into v_contact;
  end if;
  update public.reply_proposals set status = 'accepted', contact_id = v_contact,
    decided_by = public.acting_name(), decided_at = now() where id = p_id;
  perform public.write_audit('proposal.accepted', 'reply_proposals', p_id::text, v_row.draft,
    v_draft || jsonb_build_object('contactId', v_contact, 'known', v_known));
  return jsonb_build_object('outcome', 'accepted', 'contactId', v_contact, 'known', v_known);
end $$;
grant execute on function public.accept_contact to authenticated, service_role;

-- The search that was made of a proposed one.
create function public.accept_search(p_id uuid, p_search_id uuid) returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  perform public.require_operator();
  if not exists (select 1 from public.searches s where s.id = p_search_id) then
    raise exception 'There is no such search.' using errcode = 'P0002';
  end if;
  update public.reply_proposals set status = 'accepted', search_id = p_search_id,
    decided_by = public.acting_name(), decided_at = now()
   where id = p_id and kind = 'search' and status = 'pending';
  if not found then
    return false;
  end if;
  perform public.write_audit('proposal.accepted', 'reply_proposals', p_id::text, null,
    jsonb_build_object('searchId', p_search_id));
  return true;
end $$;
grant execute on function public.accept_search to authenticated, service_role;

-- A proposal set aside says why; undoing the routing can bring it back.
create function public.dismiss_proposal(p_id uuid, p_reason text) returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  perform public.require_operator();
  if public.words_in(p_reason) is null then
    raise exception 'Say why not.' using errcode = '22023';
  end if;
  update public.reply_proposals set status = 'dismissed', reason = btrim(p_reason),
    decided_by = public.acting_name(), decided_at = now()
   where id = p_id and status = 'pending';
  if not found then
    return false;
  end if;
  perform public.write_audit('proposal.dismissed', 'reply_proposals', p_id::text,
    null, null, btrim(p_reason));
  return true;
end $$;
grant execute on function public.dismiss_proposal to authenticated, service_role;

-- An operator changes what a category does: {priority, taskAfterDays, toPerson}. What
-- is final stays as it is, and a mail nobody reads and no task remembers would be lost.
create function public.update_routing_rule(p_category text, p_changes jsonb, p_reason text default null)
  returns public.routing_rules
language plpgsql security definer set search_path = '' as $$
declare
  v_before public.routing_rules;
  v_after public.routing_rules;
  v_unknown text;
begin
  perform public.require_operator();
  select * into v_before from public.routing_rules where category = p_category for update;
  if not found then
    raise exception 'There is no category named %.', p_category using errcode = 'P0002';
  end if;
  select string_agg(k, ', ') into v_unknown from jsonb_object_keys(p_changes) k
    where k not in ('priority', 'taskAfterDays', 'toPerson');
  if v_unknown is not null then
    raise exception 'Only priority, days and who reads it can be changed, not %.',
      v_unknown using errcode = '22023';
  end if;
  v_after := v_before;
  v_after.priority := coalesce((p_changes ->> 'priority')::int, v_before.priority);
  v_after.to_person := coalesce((p_changes ->> 'toPerson')::boolean, v_before.to_person);
  v_after.task_after_days := coalesce((p_changes ->> 'taskAfterDays')::int, v_before.task_after_days);
  if v_after.priority not between 1 and 99 then
    raise exception 'A priority is 1 (first) to 99 (last).' using errcode = '22023';
  end if;
  if p_changes ? 'taskAfterDays' and v_before.task_kind is null then
    raise exception '% opens no task, so it has no days.', v_before.title using errcode = '22023';
  end if;
  if v_after.task_after_days not between 0 and 730 then
    raise exception 'A task is due in 0 to 730 days.' using errcode = '22023';
  end if;
  if v_after.to_person is distinct from v_before.to_person then
    if v_before.final then
      raise exception '% is final: what it does cannot change.', v_before.title using errcode = '22023';
    elsif not v_after.to_person and v_before.task_kind is null then
      raise exception 'Somebody has to read it: nothing else would remember a mail filed as %.',
        v_before.title using errcode = '22023';
    end if;
  end if;
  v_after.action := regexp_replace(v_after.action, 'in \d+ days?',
    'in ' || v_after.task_after_days || ' days');
  update public.routing_rules set priority = v_after.priority, to_person = v_after.to_person,
    task_after_days = v_after.task_after_days, action = coalesce(v_after.action, action)
      where category = p_category returning * into v_after;
  if v_after is distinct from v_before then
    perform public.write_audit('routing.changed', 'routing_rules', p_category, to_jsonb(v_before),
      to_jsonb(v_after), public.words_in(p_reason));
  end if;
  return v_after;
end $$;
grant execute on function public.update_routing_rule to authenticated, service_role;

-- Adds a template (no id) or changes one; answers with its id.
-- Whoever orders or names templates waits for whoever does so now.
create function public.save_answer_template(p_id uuid, p_name text, p_body text, p_category text default null)
  returns uuid
language plpgsql security definer set search_path = '' as $$
declare
  v_before public.answer_templates;
  v_after public.answer_templates;
begin
  perform public.require_operator();
  lock table public.answer_templates in share row exclusive mode;
  if public.words_in(p_name) is null or length(public.words_in(p_name)) > 80 then
    raise exception 'A template needs a name of at most 80 characters.' using errcode = '22023';
  elsif public.words_in(p_body) is null or length(p_body) > 5000 then
    raise exception 'A template needs words, 5,000 characters at most.' using errcode = '22023';
  elsif p_category is not null and not exists (select 1 from public.routing_rules r
    where r.category = p_category) then
    raise exception 'There is no category named %.', p_category using errcode = '22023';
  elsif exists (select 1 from public.answer_templates t where lower(t.name) = lower(public.words_in(p_name))
    and t.retired_at is null
      and t.id is distinct from p_id) then
    raise exception 'Another template is called “%”.', public.words_in(p_name) using errcode = '22023';
  end if;
  if p_id is null then
    insert into public.answer_templates (name, body, category, position, updated_by)
    values (public.words_in(p_name), public.words_in(p_body), p_category,
      (select coalesce(max(t.position), 0) + 1 from public.answer_templates t), public.acting_name())
    returning * into v_after;
    perform public.write_audit('answer_template.added', 'answer_templates', v_after.id::text,
      null, to_jsonb(v_after));
    return v_after.id;
  end if;
  select * into v_before from public.answer_templates where id = p_id;
  if not found then
    raise exception 'There is no such template.' using errcode = 'P0002';
  end if;
  if (v_before.name, v_before.body, v_before.category) is not distinct from (public.words_in(p_name),
    public.words_in(p_body), p_category) then
    return p_id;
  end if;
  update public.answer_templates set name = public.words_in(p_name),
    body = public.words_in(p_body), category = p_category, updated_by = public.acting_name(),
    updated_at = now() where id = p_id returning * into v_after;
  perform public.write_audit('answer_template.changed', 'answer_templates', p_id::text,
    to_jsonb(v_before), to_jsonb(v_after));
  return p_id;
end $$;
grant execute on function public.save_answer_template to authenticated, service_role;

-- Takes a template out of use, or brings it back at the end of the list. False when it was so already.
create function public.retire_answer_template(p_id uuid, p_retired boolean) returns boolean
language plpgsql security definer set search_path = '' as $$
declare
  v_row public.answer_templates;
begin
  perform public.require_operator();
  lock table public.answer_templates in share row exclusive mode;
  select * into v_row from public.answer_templates where id = p_id;
  if not found then
    raise exception 'There is no such template.' using errcode = 'P0002';
  elsif p_retired is null or (v_row.retired_at is not null) = p_retired then
    return false;
  elsif not p_retired and exists (select 1 from public.answer_templates t
    where lower(t.name) = lower(v_row.name) and t.retired_at is null) then
    raise exception 'Another template is called “%” by now. Rename that one first.',
      v_row.name using errcode = '22023';
  end if;
  update public.answer_templates set retired_at = case when p_retired then now() end,
    updated_by = public.acting_name(), updated_at = now(), position = case when p_retired then position
      else (select max(t.position) + 1 from public.answer_templates t) end
  where id = p_id;
  perform public.write_audit(case when p_retired then 'answer_template.retired'
    else 'answer_template.brought_back' end, 'answer_templates', p_id::text, null,
    jsonb_build_object('name', v_row.name));
  return true;
end $$;
grant execute on function public.retire_answer_template to authenticated, service_role;

-- Changes places with the template before (up) or after it. False at the end of the list.
create function public.move_answer_template(p_id uuid, p_up boolean) returns boolean
language plpgsql security definer set search_path = '' as $$
declare
  v_row public.answer_templates;
  v_other public.answer_templates;
begin
  perform public.require_operator();
  lock table public.answer_templates in share row exclusive mode;
  select * into v_row from public.answer_templates where id = p_id and retired_at is null;
  if not found then
    raise exception 'There is no such template in use.' using errcode = 'P0002';
  end if;
  select * into v_other from public.answer_templates t
   where t.retired_at is null and case when p_up then t.position < v_row.position
     else t.position > v_row.position end
   order by case when p_up then -t.position else t.position end limit 1;
  if not found then
    return false;
  end if;
  update public.answer_templates t set position = case t.id
    when p_id then v_other.position else v_row.position end
   where t.id in (p_id, v_other.id);
  perform public.write_audit('answer_template.moved', 'answer_templates', p_id::text,
    jsonb_build_object('position', v_row.position), jsonb_build_object('position', v_other.position));
  return true;
end $$;
grant execute on function public.move_answer_template to authenticated, service_role;

create trigger reply_proposals_transitions before update of status on public.reply_proposals
  for each row execute function public.hold_to_transitions();

create trigger sends_drop_draft after insert on public.sends
  for each row when (new.kind = 'manual_reply') execute function public.drop_draft();
create trigger sends_bring_back_unanswered after update of status on public.sends
  for each row when (new.kind = 'manual_reply' and new.reply_to_email_id is not null
    and new.status in ('failed', 'skipped')
    and old.status is distinct from new.status)
  execute function public.bring_back_unanswered();

-- Autonomy that is earned, limited, looked back at and taken away. A person promotes;
-- the system only demotes. Trust belongs to a definition and to the model that ran it.

-- Plan or auto, per checkpoint. `extraction` needs a phone in someone's hand, so it can never be auto.
create table public.checkpoint_settings (
  checkpoint text primary key check (checkpoint in ('sourcing', 'extraction', 'campaign', 'classification')),
  mode text not null check (mode in ('plan', 'auto')),
  reason text,
  updated_by text not null default 'system',
  updated_at timestamptz not null default now(),
  evidence_since timestamptz,
  -- Auto can be limited: until when, and to what. The first decisions in auto are all looked back at.
  auto_until timestamptz,
  auto_scope jsonb not null default '{}',
  auto_since timestamptz default now(),
  earned_version text,
  looks_left int not null default 5 check (looks_left >= 0),
  earned_asked_model text,
  earned_model text,
  constraint extraction_needs_a_person check (not (checkpoint = 'extraction' and mode = 'auto')),
  constraint limits_are_of_auto check (mode = 'auto' or (auto_until is null and auto_scope = '{}'))
);
comment on column public.checkpoint_settings.earned_model
  is 'The model that had answered when trust was earned; `earned_asked_model` the one that was asked for.';
alter table public.checkpoint_settings enable row level security;
create policy checkpoint_settings_read on public.checkpoint_settings for select to authenticated
  using ((select public.is_operator()));
grant select on public.checkpoint_settings to authenticated;
grant select, insert, update on public.checkpoint_settings to service_role;
alter publication supabase_realtime add table public.checkpoint_settings;

insert into public.checkpoint_settings (checkpoint, mode, auto_since) values
  ('sourcing', 'auto', now()), ('extraction', 'plan', null), ('campaign', 'plan', null),
  ('classification', 'auto', now());

alter table public.approval_queue
  add constraint approval_queue_checkpoint_fkey foreign key (checkpoint)
    references public.checkpoint_settings (checkpoint);

alter table public.agent_feedback
  add constraint agent_feedback_checkpoint_fkey foreign key (checkpoint)
    references public.checkpoint_settings (checkpoint);

-- What trust is measured by: how many decisions are looked at, the bar they must reach, and the lines past
-- which it is lost.
create table public.trust_settings (
  id int primary key default 1 check (id = 1),
  bar numeric(4, 3) not null default 0.9 check (bar between 0.5 and 0.99),
  min_decisions int not null default 20 check (min_decisions between 5 and 500),
  window_size int not null default 50 check (window_size between 20 and 500),
  sample_share numeric(4, 3) not null default 0.1 check (sample_share between 0.01 and 1),
  first_looks int not null default 5 check (first_looks between 5 and 100),
  bounce_line_bps int not null default 500 check (bounce_line_bps between 10 and 10000),
  complaint_line_bps int not null default 30 check (complaint_line_bps between 1 and 10000),
  line_min_sends int not null default 50 check (line_min_sends between 10 and 10000),
  schema_failures_in_row int not null default 3 check (schema_failures_in_row between 1 and 20),
  schema_failures_in_20 int not null default 5 check (schema_failures_in_20 between 1 and 20),
  updated_by text not null default 'system',
  updated_at timestamptz not null default now(),
  constraint window_holds_enough check (window_size >= min_decisions)
);
alter table public.trust_settings enable row level security;
create policy trust_settings_read on public.trust_settings for select to authenticated
  using ((select public.is_operator()));
grant select on public.trust_settings to authenticated, service_role;

insert into public.trust_settings (id) values (1);

-- One row per proposal a person judged: by deciding it, by a
-- verdict afterwards, or by saying what a mail really was.
create table public.trust_evidence (
  id bigint generated always as identity primary key,
  checkpoint text not null references public.checkpoint_settings (checkpoint),
  agent text not null,
  agent_version text,
  outcome text not null check (outcome in ('unchanged', 'edited', 'changes_asked', 'rejected')),
  changed_bps int not null default 0 check (changed_bps between 0 and 10000),
  source text not null check (source in ('decision', 'verdict', 'label')),
  sampled boolean not null default false,
  approval_id uuid unique references public.approval_queue (id),
  email_id uuid references public.synced_emails (id),
  judged_by text not null,
  at timestamptz not null,
  asked_model text,
  model text,
  constraint evidence_is_about_something check (approval_id is not null or email_id is not null)
);
create unique index trust_evidence_mail on public.trust_evidence (email_id) where approval_id is null;
create index trust_evidence_about_mail on public.trust_evidence (email_id);
create index trust_evidence_recent on public.trust_evidence (checkpoint, at desc, id desc);
create index trust_evidence_at on public.trust_evidence (at) include (checkpoint, outcome);
alter table public.trust_evidence enable row level security;
create policy trust_evidence_read on public.trust_evidence for select to authenticated
  using ((select public.is_operator()));
grant select on public.trust_evidence to authenticated, service_role;

-- Every change of a mode or of its limits, with the evidence
-- as it stood. Rows are added and never touched again.
create table public.mode_changes (
  id bigint generated always as identity primary key,
  checkpoint text not null references public.checkpoint_settings (checkpoint),
  at timestamptz not null default now(),
  actor text not null,
  from_mode text not null,
  to_mode text not null,
  kind text not null check (kind in ('promoted', 'ahead', 'limited', 'returned', 'demoted', 'ended')),
  cause text,
  reason text,
  until timestamptz,
  scope jsonb not null default '{}',
  evidence jsonb
);
create index mode_changes_recent on public.mode_changes (checkpoint, id desc);
alter table public.mode_changes enable row level security;
create policy mode_changes_read on public.mode_changes for select to authenticated
  using ((select public.is_operator()));
grant select on public.mode_changes to authenticated, service_role;

-- What the system did by itself and somebody should know; it stays in sight until a person says so.
create table public.notices (
  id uuid primary key default gen_random_uuid(),
  at timestamptz not null default now(),
  kind text not null,
  tone text not null default 'attention' check (tone in ('info', 'attention', 'danger')),
  title text not null,
  body text not null,
  href text,
  acknowledged_at timestamptz,
  acknowledged_by text
);
create index notices_open on public.notices (at desc) where acknowledged_at is null;
alter table public.notices enable row level security;
create policy notices_read on public.notices for select to authenticated
  using ((select public.is_operator()));
grant select on public.notices to authenticated;
grant select, insert on public.notices to service_role;
alter publication supabase_realtime add table public.notices;

-- The lower end of Wilson's score interval at 95 % (two-sided, z = 1.96) for
-- `p_good` of `p_all`; 0 while there is nothing. E. B. Wilson, "Probable
-- inference, the law of succession, and statistical inference", JASA 22 (1927).
create function public.wilson_lower(p_good bigint, p_all bigint) returns double precision
language sql immutable set search_path = '' as $$
  select case when p_all > 0 and p_good > 0
    then greatest(0, (p + z * z / (2 * n) - z * sqrt((p * (1 - p) + z * z / (4 * n)) / n)) / (1 + z * z / n))
      else 0 end
  from (select 1.959963984540054::double precision as z, p_all::double precision as n,
    p_good::double precision / nullif(p_all, 0) as p) x
$$;
grant execute on function public.wilson_lower to authenticated, service_role;

-- Keeps (or replaces) what one decided or looked-back approval
-- says, with the definition and the model it says it about.
create function public.record_evidence(p_row public.approval_queue) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_bps int := 0;
  v_outcome text;
  v_run public.agent_runs;
begin
  if p_row.mode = 'auto' then
    v_outcome := case p_row.verdict when 'agree' then 'unchanged' when 'would_change' then 'edited'
      when 'would_reject' then 'rejected' end;
  else
    v_bps := case when p_row.status = 'approved' then public.changed_bps(p_row) else 0 end;
    v_outcome := case p_row.status when 'rejected' then 'rejected'
      when 'changes_requested' then 'changes_asked'
      when 'approved' then case when v_bps > 0 then 'edited' else 'unchanged' end end;
  end if;
  -- A search made from a file has no payloads, so nobody judged the agent by them.
  if v_outcome is null or public.is_left_to_person(p_row.checkpoint, p_row.proposal)
    or p_row.checkpoint = 'sourcing' and p_row.proposal -> 'payloads' = '[]' then
    return;
  end if;
  select * into v_run from public.agent_runs r where r.id = p_row.agent_run_id;
  insert into public.trust_evidence as e (checkpoint, agent, agent_version, asked_model, model, outcome,
    changed_bps, source, sampled, approval_id, email_id, judged_by, at)
  values (p_row.checkpoint, public.agent_of(p_row.checkpoint),
    v_run.agent_version, v_run.model, v_run.answered_model, v_outcome, v_bps,
    case p_row.mode when 'auto' then 'verdict' else 'decision' end, p_row.sampled, p_row.id, p_row.email_id,
    coalesce(p_row.verdict_by, p_row.decided_by), coalesce(p_row.verdict_at, p_row.decided_at))
  on conflict (approval_id) do update set outcome = excluded.outcome, changed_bps = excluded.changed_bps,
    judged_by = excluded.judged_by, at = excluded.at;
end $$;

-- Evidence follows the decision: made, changed, or taken back.
create function public.keep_evidence() returns trigger language plpgsql security definer
  set search_path = '' as $$
begin
  if new.status = 'pending' then
    -- the decision was taken back, and with it what it said
    delete from public.trust_evidence where approval_id = new.id;
  else
    perform public.record_evidence(new);
  end if;
  return null;
end $$;

-- What a person says a mail really is. It is the verdict on an auto approval nobody looked back at yet, else
-- it sets right what was kept about the mail. Mails that rules decided say nothing about the classifier.
create function public.keep_label(p_label public.labelled_replies) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_email public.synced_emails;
  v_approval public.approval_queue;
  v_run public.agent_runs;
  v_right boolean := p_label.predicted is not distinct from p_label.correct;
begin
  select * into v_email from public.synced_emails where id = p_label.email_id;
  select * into v_approval from public.approval_queue
   where email_id = p_label.email_id and checkpoint = 'classification' order by revision desc limit 1;
  if v_approval.mode = 'auto' and v_approval.status = 'approved' and v_approval.verdict is null then
    update public.approval_queue set verdict = case when v_right then 'agree' else 'would_change' end,
      verdict_by = p_label.labelled_by, verdict_at = now() where id = v_approval.id;
  elsif v_approval.id is not null or exists (select from public.trust_evidence
    where email_id = p_label.email_id) then
    update public.trust_evidence set outcome = case when v_right then 'unchanged' else 'edited' end,
      changed_bps = case when v_right then 0 else 10000 end, judged_by = p_label.labelled_by
     where email_id = p_label.email_id and id = (select max(id) from public.trust_evidence
       where email_id = p_label.email_id)
       and outcome in ('unchanged', 'edited');
  elsif v_email.decided_by = 'agent' and p_label.predicted_confidence >= 0.7 then
    select * into v_run from public.agent_runs r where r.id = v_email.agent_run_id;
    insert into public.trust_evidence (checkpoint, agent, agent_version, asked_model, model, outcome,
      changed_bps, source, email_id, judged_by, at)
    values ('classification', public.agent_of('classification'),
      v_run.agent_version, v_run.model, v_run.answered_model,
      case when v_right then 'unchanged' else 'edited' end, case when v_right then 0 else 10000 end, 'label',
      p_label.email_id, p_label.labelled_by, p_label.labelled_at);
  end if;
end $$;

-- A correction counts from the moment it is made.
create function public.on_label() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  perform public.keep_label(new);
  return null;
end $$;

-- One sentence, rounded down: it never claims more than was counted.
create function public.evidence_sentence(p_unchanged bigint, p_all bigint) returns text
language sql immutable set search_path = '' as $$
  select case p_all when 0 then 'nothing decided yet'
    else format('%s of the last %s approved unchanged; at least %s with 95 %% confidence',
    p_unchanged, p_all, to_char(trunc(public.wilson_lower(p_unchanged, p_all)::numeric, 2), 'FM0.00')) end
$$;
grant execute on function public.evidence_sentence to authenticated, service_role;

-- How many approvals without a change, one after the other, would pass the bar; 0 when it is
-- passed. p_newest_first: what counts now, true where approved unchanged; the oldest leave.
create function public.approvals_missing(p_newest_first boolean[], p_bar double precision,
  p_min int, p_window int)
returns int language plpgsql immutable set search_path = '' as $$
declare
  v_kept int;
  v_good int;
begin
  for v_more in 0..p_window - 1 loop
    select count(*), count(*) filter (where x) into v_kept, v_good
      from unnest(p_newest_first[1:p_window - v_more]) x;
    if v_kept + v_more >= p_min and public.wilson_lower(v_good + v_more, v_kept + v_more) >= p_bar then
      return v_more;
    end if;
  end loop;
  return p_window;
end $$;
grant execute on function public.approvals_missing to authenticated, service_role;

-- What each checkpoint has earned: counts over the last `window_size` judged proposals of the
-- definition and the model that are live, since trust was last lost, and over all time. (Compiling this
-- takes 300 ms where running it takes one: the planner thinks there are thousands of checkpoints.)
create function public.checkpoint_trust() returns table (
  checkpoint text, agent text, agent_version text, model text, since timestamptz, decisions int,
  unchanged int, edited int, changes_asked int, rejected int, changed_bps int, bound double precision,
  sentence text, bar double precision, min_decisions int, window_size int, passes boolean,
  missing int, all_decisions int, all_unchanged int, all_edited int,
  all_changes_asked int, all_rejected int
) language sql stable security invoker set search_path = '' set jit = off as $$
  select c.checkpoint, public.agent_of(c.checkpoint), v.version, coalesce(v.model, v.asked_model),
    c.evidence_since, w.n::int, w.unchanged::int, w.edited::int, w.changes_asked::int, w.rejected::int,
    w.changed_bps::int, b.bound, public.evidence_sentence(w.unchanged, w.n),
    s.bar::double precision, s.min_decisions, s.window_size, w.n >= s.min_decisions
      and b.bound >= s.bar::double precision,
    public.approvals_missing(w.newest_first, s.bar::double precision, s.min_decisions, s.window_size),
    t.n::int, t.unchanged::int, t.edited::int, t.changes_asked::int, t.rejected::int
  from public.checkpoint_settings c cross join public.trust_settings s
  left join lateral public.live_agent(c.checkpoint) v on true
  cross join lateral (
    select count(*) as n, count(*) filter (where e.outcome = 'unchanged') as unchanged,
      count(*) filter (where e.outcome = 'edited') as edited,
      count(*) filter (where e.outcome = 'changes_asked') as changes_asked,
      count(*) filter (where e.outcome = 'rejected') as rejected,
      coalesce(avg(e.changed_bps) filter (where e.outcome = 'edited' and e.changed_bps > 0),
        0) as changed_bps,
      coalesce(array_agg(e.outcome = 'unchanged' order by e.at desc, e.id desc), '{}') as newest_first
    from (select x.id, x.at, x.outcome, x.changed_bps from public.trust_evidence x
      where x.checkpoint = c.checkpoint and x.agent_version is not distinct from v.version
        and public.is_same_model(x.asked_model, x.model, v.asked_model, v.model)
        and (c.evidence_since is null or x.at > c.evidence_since)
      order by x.at desc, x.id desc limit s.window_size) e) w
  cross join lateral (select public.wilson_lower(w.unchanged, w.n) as bound) b
  cross join lateral (
    select count(*) as n, count(*) filter (where e.outcome = 'unchanged') as unchanged,
      count(*) filter (where e.outcome = 'edited') as edited,
      count(*) filter (where e.outcome = 'changes_asked') as changes_asked,
      count(*) filter (where e.outcome = 'rejected') as rejected
    from public.trust_evidence e where e.checkpoint = c.checkpoint) t
$$;
grant execute on function public.checkpoint_trust to authenticated, service_role;

-- Week by week in the desk's zone: what people made of the
-- proposals, and where the bound stood at the week's end.
create function public.trust_trend(p_checkpoint text, p_weeks int default 26) returns table (
  week date, decisions int, unchanged int, edited int, changes_asked int, rejected int, bound double precision
) language sql stable security invoker set search_path = '' set jit = off as $$
  with judged as (
    select date_trunc('week', e.at at time zone d.time_zone)::date as week, e.outcome, e.at, e.id,
      count(*) over last as n, count(*) filter (where e.outcome = 'unchanged') over last as good
    from public.trust_evidence e cross join public.desk_settings d where e.checkpoint = p_checkpoint
    window last as (order by e.at,
      e.id rows between coalesce((select s.window_size - 1 from public.trust_settings s),
      0) preceding and current row)
  )
  select j.week, count(*)::int, (count(*) filter (where j.outcome = 'unchanged'))::int,
    (count(*) filter (where j.outcome = 'edited'))::int,
    (count(*) filter (where j.outcome = 'changes_asked'))::int,
    (count(*) filter (where j.outcome = 'rejected'))::int,
    (array_agg(public.wilson_lower(j.good, j.n) order by j.at desc, j.id desc))[1]
  from judged j where j.week > (now() - make_interval(weeks => p_weeks))::date group by j.week order by j.week
$$;
grant execute on function public.trust_trend to authenticated, service_role;

-- What each definition earned with each model: one that was
-- replaced keeps its own, beside the one that replaced it.
create function public.trust_by_version(p_checkpoint text) returns table (
  agent text, agent_version text, model text, is_live boolean, first_at timestamptz, last_at timestamptz,
  decisions int, unchanged int, edited int, changes_asked int, rejected int, bound double precision
) language sql stable security invoker set search_path = '' as $$
  select e.agent, e.agent_version, coalesce(e.model, e.asked_model),
    bool_or(e.agent_version is not distinct from v.version and public.is_same_model(e.asked_model, e.model,
      v.asked_model, v.model)),
    min(e.at), max(e.at),
    count(*)::int, (count(*) filter (where e.outcome = 'unchanged'))::int,
    (count(*) filter (where e.outcome = 'edited'))::int,
    (count(*) filter (where e.outcome = 'changes_asked'))::int,
    (count(*) filter (where e.outcome = 'rejected'))::int,
    public.wilson_lower(count(*) filter (where e.outcome = 'unchanged'), count(*))
  from public.trust_evidence e left join public.live_agent(p_checkpoint) v on true
 where e.checkpoint = p_checkpoint group by 1, 2, 3 order by max(e.at) desc limit 20
$$;
grant execute on function public.trust_by_version to authenticated, service_role;

-- A bar that no run of approvals could reach would keep everything in plan for ever, unseen: it is refused.
create function public.update_trust_settings(p_changes jsonb) returns public.trust_settings
language plpgsql security definer set search_path = '' as $$
declare
  v_before public.trust_settings;
  v_after public.trust_settings;
begin
  perform public.require_operator();
  select * into v_before from public.trust_settings where id = 1 for update;
  v_after := jsonb_populate_record(v_before, p_changes - '{id,updated_by,updated_at}'::text[]);
  if public.wilson_lower(v_after.window_size, v_after.window_size) < v_after.bar then
    raise exception 'Not even % approvals in a row reach that bar; look at more decisions or lower it.',
      v_after.window_size
      using errcode = '22023';
  end if;
  update public.trust_settings set bar = v_after.bar, min_decisions = v_after.min_decisions,
    window_size = v_after.window_size, sample_share = v_after.sample_share, first_looks = v_after.first_looks,
    bounce_line_bps = v_after.bounce_line_bps, complaint_line_bps = v_after.complaint_line_bps,
    line_min_sends = v_after.line_min_sends, schema_failures_in_row = v_after.schema_failures_in_row,
    schema_failures_in_20 = v_after.schema_failures_in_20,
    updated_by = public.acting_name(), updated_at = now()
  where id = 1 returning * into v_after;
  perform public.write_audit('trust.settings', 'trust_settings', '1', to_jsonb(v_before), to_jsonb(v_after));
  return v_after;
end $$;
grant execute on function public.update_trust_settings to authenticated, service_role;

-- Tells whoever looks next; a trigger has nobody to answer to.
create function public.tell(p_kind text, p_tone text, p_title text, p_body text, p_href text) returns uuid
language sql security definer set search_path = '' as $$
  insert into public.notices (kind, tone, title, body, href) values (p_kind, p_tone, p_title, p_body, p_href)
    returning id
$$;
grant execute on function public.tell to service_role;

-- False when somebody else has: one is enough.
create function public.acknowledge_notice(p_id uuid) returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  perform public.require_operator();
  update public.notices set acknowledged_at = now(), acknowledged_by = public.acting_name() where id = p_id
    and acknowledged_at is null;
  if not found then
    return false;
  end if;
  perform public.write_audit('notice.acknowledged', 'notices', p_id::text);
  return true;
end $$;
grant execute on function public.acknowledge_notice to authenticated, service_role;

-- Refuses limits that mean nothing at a checkpoint, where they are written.
create function public.require_scope(p_checkpoint text, p_scope jsonb) returns void
language plpgsql stable security definer set search_path = '' as $$
declare
  v_known text[] := case p_checkpoint when 'campaign' then '{maxContacts}' when 'sourcing' then '{seenOnly}'
    when 'classification' then '{categories,minConfidence}' else '{}' end;
  v_good boolean;
begin
  if jsonb_typeof(p_scope) is distinct from 'object' or exists (select from jsonb_object_keys(p_scope) k
    where k <> all (v_known)) then
    raise exception 'Auto at % cannot be limited like that.', p_checkpoint using errcode = '22023';
  end if;
  v_good := case p_checkpoint
    when 'campaign' then not p_scope ? 'maxContacts' or (p_scope ->> 'maxContacts' ~ '^[0-9]{1,6}$'
      and (p_scope ->> 'maxContacts')::int > 0)
    when 'sourcing' then not p_scope ? 'seenOnly' or p_scope -> 'seenOnly' = 'true'
    when 'classification' then
      (not p_scope ? 'minConfidence' or (jsonb_typeof(p_scope -> 'minConfidence') = 'number'
        and (p_scope ->> 'minConfidence')::numeric between 0.7 and 1))
      and (not p_scope ? 'categories' or (jsonb_typeof(p_scope -> 'categories') = 'array'
        and p_scope -> 'categories' <> '[]'
        and not exists (select from jsonb_array_elements(p_scope -> 'categories') x
          where not exists (select from public.routing_rules r where to_jsonb(r.category) = x))))
    else true end;
  if not coalesce(v_good, false) then
    raise exception 'Auto at % cannot be limited like that.', p_checkpoint using errcode = '22023';
  end if;
end $$;

-- Market ids and property types of payloads, as CoStar's own keys hold them ("0" is the filter).
create function public.payload_grounds(p_payloads jsonb) returns table (kind text, id text)
language sql immutable set search_path = '' as $$
  select 'market', m #>> '{}'
    from jsonb_path_query(p_payloads, 'lax $[*].payload."0".Geography.Filter.Ids[*]') m
  union
  select 'type', t #>> '{}'
    from jsonb_path_query(p_payloads, 'lax $[*].payload."0".Property.PropertyTypes[*]') t
$$;

-- Why an item is outside the limits of auto, or null when it is inside.
create function public.scope_problem(p_checkpoint text, p_scope jsonb, p_proposal jsonb) returns text
language plpgsql stable security definer set search_path = '' as $$
declare
  v_contacts int;
  v_new text;
begin
  if p_scope ? 'maxContacts' then
    v_contacts := (p_proposal #>> '{totals,enrolled}')::int;
    if coalesce(v_contacts > (p_scope ->> 'maxContacts')::int, true) then
      return format('auto covers campaigns of at most %s contacts, and this one mails %s',
        p_scope ->> 'maxContacts', coalesce(v_contacts::text, 'an unknown number'));
    end if;
  end if;
  if p_scope ? 'seenOnly' then
    if exists (select from jsonb_array_elements(p_proposal -> 'payloads') p
        where not exists (select from public.payload_grounds(jsonb_build_array(p)) g
          where g.kind = 'market')) then
      return 'auto covers markets seen before, and a payload names none';
    end if;
    select string_agg(distinct g.kind, ' and ' order by g.kind) into v_new
      from public.payload_grounds(p_proposal -> 'payloads') g
     where not exists (select from public.approval_queue q,
       public.payload_grounds(coalesce(q.edits, q.proposal) -> 'payloads') s
       where q.checkpoint in ('sourcing', 'extraction') and q.mode = 'plan' and q.status = 'approved'
         and s.kind = g.kind and s.id = g.id);
    if v_new is not null then
      return format('auto covers markets and property types approved before, and this has a new %s',
        replace(v_new, 'type', 'property type'));
    end if;
  end if;
  if p_scope ? 'categories' and not coalesce(p_scope -> 'categories' ? (p_proposal ->> 'category'), false)
    then
    return format('auto does not cover %s',
      replace(coalesce(p_proposal ->> 'category', 'an unknown category'), '_', ' '));
  end if;
  if p_scope ? 'minConfidence'
    and coalesce((p_proposal ->> 'confidence')::numeric < (p_scope ->> 'minConfidence')::numeric, true) then
    return format('auto covers what is at least %s%% sure, and this is %s%%',
      round(100 * (p_scope ->> 'minConfidence')::numeric),
      coalesce(trunc(100 * (p_proposal ->> 'confidence')::numeric)::text, '?'));
  end if;
  return null;
end $$;

-- The limits of auto as people read them, in one place for pages, notices and the audit log.
create function public.scope_words(p_scope jsonb) returns text
language sql immutable set search_path = '' as $$
  select nullif(concat_ws('; ',
    'campaigns of at most ' || (p_scope ->> 'maxContacts') || ' contacts',
    case when p_scope ? 'seenOnly' then 'markets and property types approved before' end,
    'the categories ' || (select string_agg(replace(x, '_', ' '), ', ' order by x)
      from jsonb_array_elements_text(p_scope -> 'categories') x),
    'at least ' || round(100 * (p_scope ->> 'minConfidence')::numeric) || '% sure'), '')
$$;
grant execute on function public.scope_words to authenticated, service_role;

-- The mode that holds for an item now, and why. Nothing waits for a clock: time in auto ends by itself, here.
create function public.effective_mode(p_checkpoint text, p_proposal jsonb default null,
  p_at timestamptz default now())
returns table (mode text, because text) language plpgsql stable security definer set search_path = '' as $$
declare
  v public.checkpoint_settings;
  v_problem text;
begin
  select * into strict v from public.checkpoint_settings c where c.checkpoint = p_checkpoint;
  if v.mode <> 'auto' then
    return query select 'plan', case p_checkpoint when 'extraction' then 'extraction always needs a person'
      else 'the checkpoint is in plan' end;
  elsif v.auto_until <= p_at then
    return query select 'plan', 'its time in auto ended ' || public.desk_moment(v.auto_until);
  else
    v_problem := case when p_proposal is not null then public.scope_problem(p_checkpoint,
      v.auto_scope, p_proposal) end;
    return query select case when v_problem is null then 'auto' else 'plan' end,
      coalesce(v_problem, concat_ws('; ', case when v.updated_by = 'system' and v.reason is null
        then 'the checkpoint is in auto as installed'
        else format('%s put the checkpoint into auto', v.updated_by) end || coalesce(': ' || v.reason, ''),
      'until ' || public.desk_moment(v.auto_until), 'limited to ' || public.scope_words(v.auto_scope)));
  end if;
end $$;
grant execute on function public.effective_mode to service_role;

-- The change itself, written down twice: for the audit log,
-- and with the evidence for the checkpoint's own history.
create function public.keep_mode_change(p_before public.checkpoint_settings,
  p_after public.checkpoint_settings, p_actor text, p_kind text, p_cause text, p_why text) returns void
    language plpgsql security definer set search_path = '' as $$
begin
  insert into public.mode_changes (checkpoint, actor, from_mode, to_mode, kind, cause,
    reason, until, scope, evidence)
  values (p_after.checkpoint, p_actor, p_before.mode, p_after.mode, p_kind, p_cause, p_why,
    p_after.auto_until, p_after.auto_scope,
    (select to_jsonb(t) from public.checkpoint_trust() t where t.checkpoint = p_after.checkpoint));
  -- By its own name where the system acts: a verdict may be what made it act, but nobody chose this.
  insert into public.audit_log (actor_id, actor, action, entity, entity_id, before, after, why)
  values (case when p_actor = 'system' then null else auth.uid() end, p_actor,
    case when p_before.mode = p_after.mode then 'checkpoint.limits' else 'checkpoint.mode' end,
      'checkpoint_settings', p_after.checkpoint,
    jsonb_strip_nulls(jsonb_build_object('mode', p_before.mode, 'until', p_before.auto_until, 'scope',
      nullif(p_before.auto_scope, '{}'))),
    jsonb_strip_nulls(jsonb_build_object('mode', p_after.mode, 'until', p_after.auto_until, 'scope',
      nullif(p_after.auto_scope, '{}'))), p_why);
end $$;

-- A person's choice. Into auto (or wider limits) the evidence
-- must pass the bar, or words say why it goes ahead of it.
create function public.set_checkpoint_mode(p_checkpoint text, p_mode text, p_reason text default null,
  p_until timestamptz default null, p_scope jsonb default '{}')
returns public.checkpoint_settings language plpgsql security definer set search_path = '' as $$
declare
  v_before public.checkpoint_settings;
  v_after public.checkpoint_settings;
  v_trust record;
  v_words text := public.words_in(p_reason);
  v_kind text := 'returned';
  v_live record;
begin
  perform public.require_operator();
  if p_checkpoint = 'extraction' and p_mode = 'auto' then
    raise exception 'Extraction always needs a person: CoStar asks for a tap on the phone.'
      using errcode = '23514';
  end if;
  select * into v_before from public.checkpoint_settings where checkpoint = p_checkpoint for no key update;
  if not found then
    raise exception 'There is no checkpoint named %.', p_checkpoint using errcode = 'P0002';
  end if;
  if p_mode = 'auto' then
    perform public.require_scope(p_checkpoint, coalesce(p_scope, '{}'));
    if p_until <= now() or p_until > now() + interval '1 year' then
      raise exception 'Auto can end within the next year, not at that time.' using errcode = '22023';
    end if;
    select * into v_trust from public.checkpoint_trust() t where t.checkpoint = p_checkpoint;
    if not v_trust.passes and v_words is null then
      raise exception 'The bar is not passed (%): say why it goes to auto ahead of the evidence.',
        v_trust.sentence using errcode = '22023';
    end if;
    v_kind := case when v_before.mode = 'auto' then 'limited' when v_trust.passes
      then 'promoted' else 'ahead' end;
    v_words := coalesce(v_words, v_trust.sentence);
  end if;
  select l.version, l.asked_model, l.model into v_live from (select 1) one
    left join public.live_agent(p_checkpoint) l on true;
  update public.checkpoint_settings set mode = p_mode, reason = v_words,
    updated_by = public.acting_name('service'), updated_at = now(),
    auto_until = case p_mode when 'auto' then p_until end, auto_scope = case p_mode
      when 'auto' then coalesce(p_scope, '{}') else '{}' end,
    -- A second word about a checkpoint that is in auto limits it; only coming from plan starts it anew.
    auto_since = case when p_mode <> 'auto' then null when v_before.mode = 'auto' then v_before.auto_since
      else now() end,
    earned_version = case when p_mode <> 'auto' then null when v_before.mode = 'auto'
      then v_before.earned_version
      else v_live.version end,
    earned_asked_model = case when p_mode <> 'auto' then null when v_before.mode = 'auto'
      then v_before.earned_asked_model else v_live.asked_model end,
    earned_model = case when p_mode <> 'auto' then null when v_before.mode = 'auto' then v_before.earned_model
      else v_live.model end,
    looks_left = case when p_mode = 'auto' and v_before.mode <> 'auto' then (select s.first_looks
      from public.trust_settings s) else v_before.looks_left end
   where checkpoint = p_checkpoint returning * into v_after;
  if (v_before.mode, v_before.auto_until, v_before.auto_scope) is distinct from (v_after.mode,
    v_after.auto_until, v_after.auto_scope) then
    perform public.keep_mode_change(v_before, v_after, v_after.updated_by, v_kind, null, v_words);
    if v_kind = 'ahead' then
      perform public.write_audit('checkpoint.ahead_of_evidence', 'checkpoint_settings', p_checkpoint, null,
        jsonb_build_object('unchanged', v_trust.unchanged, 'decisions', v_trust.decisions, 'bound',
          round(v_trust.bound::numeric, 4), 'bar', v_trust.bar), v_words);
    end if;
  end if;
  return v_after;
end $$;
grant execute on function public.set_checkpoint_mode to authenticated, service_role;

-- Back to plan, by the system's own doing. Trust is earned anew from here on, and the history
-- keeps the evidence as it stood when auto was taken back. False when it was in plan already.
create function public.demote_checkpoint(p_checkpoint text, p_cause text, p_why text) returns boolean
language plpgsql security definer set search_path = '' as $$
declare
  v_before public.checkpoint_settings;
  v_after public.checkpoint_settings;
begin
  select * into v_before from public.checkpoint_settings where checkpoint = p_checkpoint for no key update;
  if v_before.mode is distinct from 'auto' then
    return false;
  end if;
  v_after := v_before;
  v_after.mode := 'plan';
  v_after.auto_until := null;
  v_after.auto_scope := '{}';
  -- Written down first: from the change on, what it was trusted for counts no more.
  perform public.keep_mode_change(v_before, v_after, 'system', case p_cause when 'time' then 'ended'
    else 'demoted' end, p_cause, p_why);
  update public.checkpoint_settings set mode = 'plan', reason = p_why, updated_by = 'system',
    updated_at = now(), auto_until = null, auto_scope = '{}', auto_since = null, earned_version = null,
    earned_asked_model = null, earned_model = null, evidence_since = case when p_cause = 'time'
      then v_before.evidence_since else clock_timestamp() end
   where checkpoint = p_checkpoint;
  perform public.tell('checkpoint.' || p_cause, case p_cause when 'time' then 'info' else 'attention' end,
    format('%s is back in plan', initcap(p_checkpoint)), upper(left(p_why, 1)) || substr(p_why, 2)
      || '. You are asked about each proposal again.',
    '/settings/checkpoints/' || p_checkpoint);
  return true;
end $$;

-- Two edits or rejections among the last five sampled, since it went to auto. Each check below holds
-- the checkpoint first: of several bad verdicts at the same moment, the last one must see the others.
create function public.check_burst(p_checkpoint text) returns boolean
language plpgsql security definer set search_path = '' as $$
declare
  v_bad int;
  v_all int;
begin
  perform 1 from public.checkpoint_settings c where c.checkpoint = p_checkpoint for no key update;
  select count(*) filter (where x.verdict <> 'agree'), count(*) into v_bad, v_all from (
    select q.verdict from public.approval_queue q join public.checkpoint_settings c
      on c.checkpoint = q.checkpoint
     where q.checkpoint = p_checkpoint and q.sampled and q.verdict is not null and c.mode = 'auto'
       and q.requested_at >= c.auto_since
     order by q.verdict_at desc, q.id limit 5) x;
  return v_bad >= 2 and public.demote_checkpoint(p_checkpoint, 'burst',
    format('%s of the last %s looked back at would have been changed or rejected', v_bad, v_all));
end $$;

-- Bounces and complaints per mail sent since it went to auto, at most the last seven
-- days. One complaint alone can be a slip of somebody's finger, so it takes two.
create function public.check_campaign_rates(p_now timestamptz default now()) returns boolean
language plpgsql security definer set search_path = '' as $$
declare
  v_since timestamptz;
  v public.trust_settings;
  v_sends bigint;
  v_bounced bigint;
  v_complained bigint;
begin
  select greatest(c.auto_since, p_now - interval '7 days') into v_since
    from public.checkpoint_settings c where c.checkpoint = 'campaign' and c.mode = 'auto' for no key update;
  if v_since is null then
    return false;
  end if;
  select * into v from public.trust_settings;
  select count(*) into v_sends from public.sends s where s.handed_at >= v_since and s.kind = 'sequence'
    and s.status in ('sent', 'uncertain');
  if v_sends < v.line_min_sends then
    return false;
  end if;
  select count(distinct s.id) filter (where e.category = 'bounce'),
    count(distinct s.id) filter (where e.category = 'complaint')
    into v_bounced, v_complained
    from public.synced_emails e join public.sends s on s.id = e.send_id
   where e.category in ('bounce', 'complaint') and e.received_at >= v_since
     and s.handed_at >= v_since and s.kind = 'sequence';
  if v_bounced * 10000 > v_sends * v.bounce_line_bps then
    return public.demote_checkpoint('campaign', 'bounces', format('%s of %s mails bounced, more than %s%%',
      v_bounced, v_sends, trim_scale(v.bounce_line_bps / 100.0)));
  end if;
  return v_complained >= 2 and v_complained * 10000 > v_sends * v.complaint_line_bps
    and public.demote_checkpoint('campaign', 'complaints',
      format('%s of %s mails drew a complaint, more than %s%%', v_complained, v_sends,
      trim_scale(v.complaint_line_bps / 100.0)));
end $$;

-- Answers of the wrong shape, or that say what cannot be, since it went to auto:
-- some in a row, or many among the last 20 runs that something is done with.
-- (`agent_runs.kind` comes with the next migration; nothing calls this before it.)
create function public.check_schema_failures(p_checkpoint text) returns boolean
language plpgsql security definer set search_path = '' as $$
declare
  v public.trust_settings;
  v_failed boolean[];
  v_bad int;
begin
  perform 1 from public.checkpoint_settings c where c.checkpoint = p_checkpoint for no key update;
  select * into v from public.trust_settings;
  select array_agg(x.bad) into v_failed from (
    select coalesce(r.failure_kind in ('schema', 'checks', 'no_answer'), false) as bad
      from public.agent_runs r join public.checkpoint_settings c on c.checkpoint = p_checkpoint
     where r.agent = public.agent_of(p_checkpoint) and r.kind = 'live' and r.status <> 'running'
       and c.mode = 'auto' and r.started_at >= c.auto_since
     order by r.started_at desc limit 20) x;
  if not v_failed[1] or v_failed is null then
    return false; -- the newest one is fine, or there is none
  end if;
  select count(*) into v_bad from unnest(v_failed) b where b;
  if array_length(v_failed, 1) >= v.schema_failures_in_row
    and true = all (v_failed[1:v.schema_failures_in_row]) then
    return public.demote_checkpoint(p_checkpoint, 'schema',
      format('%s answered in the wrong shape %s times in a row', public.agent_of(p_checkpoint),
      v.schema_failures_in_row));
  end if;
  return v_bad >= v.schema_failures_in_20 and public.demote_checkpoint(p_checkpoint, 'schema',
    format('%s answered in the wrong shape in %s of its last %s runs', public.agent_of(p_checkpoint), v_bad,
      array_length(v_failed, 1)));
end $$;

-- What proposes is not what trust was earned with: another definition, another
-- model, or another model behind the same name. The first one seen in auto is
-- taken as the one that was meant; what is not known yet is filled in when it is.
create function public.check_definition(p_checkpoint text, p_version text, p_asked_model text default null,
  p_model text default null)
returns boolean language plpgsql security definer set search_path = '' as $$
declare
  v public.checkpoint_settings;
  v_agent text := public.agent_of(p_checkpoint);
begin
  if p_version is null then
    return false;
  end if;
  update public.checkpoint_settings set earned_version = p_version,
    earned_asked_model = coalesce(earned_asked_model, p_asked_model),
      earned_model = coalesce(earned_model, p_model)
   where checkpoint = p_checkpoint and mode = 'auto' and coalesce(earned_version = p_version, true)
     and coalesce(earned_asked_model = p_asked_model, true)
     and (earned_version is null or (earned_asked_model is null and p_asked_model is not null)
       or (earned_model is null and p_model is not null));
  select * into v from public.checkpoint_settings where checkpoint = p_checkpoint;
  if v.mode <> 'auto' then
    return false;
  elsif v.earned_version <> p_version then
    return public.demote_checkpoint(p_checkpoint, 'definition',
      format('the definition of %s changed (%s, was %s)', v_agent, left(p_version, 12),
        left(v.earned_version, 12)) || case when v.earned_asked_model <> p_asked_model
        then format(', and its model (%s, was %s)', p_asked_model, v.earned_asked_model) else '' end);
  elsif v.earned_asked_model <> p_asked_model then
    return public.demote_checkpoint(p_checkpoint, 'model',
      format('the model of %s changed (%s, was %s)', v_agent, p_asked_model, v.earned_asked_model));
  end if;
  return coalesce(v.earned_model <> p_model, false) and public.demote_checkpoint(p_checkpoint, 'model',
    format('the model %s runs on changed behind the name %s (%s, was %s)', v_agent, p_asked_model,
      p_model, v.earned_model));
end $$;

-- For whoever saves another definition, and for the sweep, which knows what
-- the next run will use: takes back at once what was earned with another.
-- Without a model it is the one the definition names, should it name one.
create function public.note_definition(p_agent text, p_version text, p_model text default null) returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform public.require_operator();
  perform public.check_definition(c, p_version,
    coalesce(p_model, public.definition_model(p_agent, p_version)))
    from unnest('{sourcing,campaign,classification}'::text[]) c where public.agent_of(c) = p_agent;
end $$;
grant execute on function public.note_definition to authenticated, service_role;

-- A look back may be the one that makes a burst.
create function public.on_verdict() returns trigger language plpgsql security definer
  set search_path = '' as $$
begin
  perform public.check_burst(new.checkpoint);
  return null;
end $$;

-- A bounce or a complaint may be the one that is too many.
create function public.on_bad_mail() returns trigger language plpgsql security definer
  set search_path = '' as $$
begin
  perform public.check_campaign_rates();
  return null;
end $$;

-- Only the checkpoints this agent proposes at.
create function public.on_failed_run() returns trigger language plpgsql security definer
  set search_path = '' as $$
begin
  perform public.check_schema_failures(c) from unnest('{sourcing,classification}'::text[]) c
    where public.agent_of(c) = new.agent;
  return null;
end $$;

-- Each minute: writes down that a time in auto ended (it had ended
-- already), and looks at everything a lost moment could hide.
create function public.check_trust(p_now timestamptz default now()) returns table (checkpoint text, what text)
language plpgsql security definer set search_path = '' as $$
begin
  perform public.require_operator();
  return query
    select c.checkpoint, 'ended' from public.checkpoint_settings c
     where c.mode = 'auto' and c.auto_until <= p_now
       and public.demote_checkpoint(c.checkpoint, 'time', 'its time in auto ended '
         || public.desk_moment(c.auto_until));
  return query
    select c.checkpoint, 'demoted' from public.checkpoint_settings c where c.mode = 'auto'
      and c.checkpoint <> 'extraction'
       and (public.check_burst(c.checkpoint) or public.check_schema_failures(c.checkpoint)
         or (c.checkpoint = 'campaign' and public.check_campaign_rates(p_now)));
end $$;
grant execute on function public.check_trust to service_role;

-- Where an id falls between 0 and 1, the same for ever: nobody chooses what is looked back at.
create function public.sample_point(p_id uuid) returns double precision
language sql immutable set search_path = '' as $$
  select ('x' || substr(md5(p_id::text), 1, 8))::bit(32)::bigint / 4294967296.0
$$;
grant execute on function public.sample_point to service_role;

-- What a person says afterwards about something auto let through;
-- once. Words become a learning, a category sets the mail right.
create function public.give_verdict(p_id uuid, p_verdict text, p_words text default null,
  p_category text default null, p_agent text default null, p_tags text[] default '{}') returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_words text := public.words_in(p_words);
  v_row public.approval_queue;
begin
  perform public.require_operator();
  if p_verdict is null or p_verdict not in ('agree', 'would_change', 'would_reject') then
    raise exception 'A verdict is agree, would_change or would_reject, not %.',
      p_verdict using errcode = '22023';
  end if;
  if v_words is null and (p_verdict = 'would_reject' or (p_verdict = 'would_change' and p_category is null))
    then
    raise exception 'Say what you would have changed, or why you would have rejected it.'
      using errcode = '22023';
  end if;
  update public.approval_queue set verdict = p_verdict, verdict_words = v_words,
    verdict_by = public.acting_name('service'), verdict_at = now()
   where id = p_id and mode = 'auto' and status = 'approved' and verdict is null returning * into v_row;
  if not found then
    select * into v_row from public.approval_queue where id = p_id;
    return jsonb_build_object('outcome', case when not found then 'not_found' when v_row.verdict is null
      then 'not_auto' else 'already_given' end, 'verdict', v_row.verdict, 'by',
      v_row.verdict_by, 'at', v_row.verdict_at);
  end if;
  perform public.write_audit('approval.verdict', 'approval_queue', p_id::text, null,
    jsonb_strip_nulls(jsonb_build_object('verdict', p_verdict, 'category', p_category, 'sampled',
      v_row.sampled)), v_words);
  if v_row.checkpoint = 'classification' and v_row.email_id is not null and p_verdict = 'would_change'
    and p_category is not null then
    -- keeps the words as a learning itself
    perform public.correct_category(v_row.email_id, p_category, v_words);
  else
    if v_words is not null and p_agent is not null then
      insert into public.agent_feedback (agent, checkpoint, words, tags, approval_id, search_id, author)
      values (p_agent, v_row.checkpoint, v_words, coalesce(p_tags, '{}'), v_row.id,
        v_row.search_id, v_row.verdict_by);
    end if;
    if v_row.checkpoint = 'classification' and v_row.email_id is not null and p_verdict = 'agree' then
      insert into public.labelled_replies (email_id, predicted, predicted_confidence, correct, labelled_by)
      values (v_row.email_id, v_row.proposal ->> 'category', (v_row.proposal ->> 'confidence')::numeric,
        v_row.proposal ->> 'category', v_row.verdict_by)
      on conflict (email_id) do nothing;
    end if;
  end if;
  return jsonb_build_object('outcome', 'given', 'verdict', p_verdict, 'by', v_row.verdict_by, 'at',
    v_row.verdict_at, 'checkpoint', v_row.checkpoint, 'mode', (select c.mode from public.checkpoint_settings c
      where c.checkpoint = v_row.checkpoint));
end $$;
grant execute on function public.give_verdict to authenticated, service_role;

-- How each checkpoint stands this moment: `mode` is what holds, `set_mode` what was last chosen.
create view public.checkpoint_modes with (security_invoker = true) as
  select c.checkpoint, case when c.mode = 'auto' and (c.auto_until is null or c.auto_until > now())
    then 'auto' else 'plan' end as mode, c.mode as set_mode, c.auto_until, c.auto_scope,
    public.scope_words(c.auto_scope) as scope_words, c.auto_since, c.evidence_since,
    c.earned_version, c.reason, c.updated_by, c.updated_at,
    c.earned_asked_model, c.earned_model
  from public.checkpoint_settings c;
grant select on public.checkpoint_modes to authenticated;
grant select on public.checkpoint_modes to service_role;

create trigger approval_queue_evidence after update of status, verdict on public.approval_queue
  for each row when (new.status is distinct from old.status or new.verdict is distinct from old.verdict)
  execute function public.keep_evidence();
create trigger approval_queue_verdict after update of verdict on public.approval_queue
  for each row when (old.verdict is null and new.verdict is not null) execute function public.on_verdict();

create trigger labelled_replies_evidence after insert or update of correct on public.labelled_replies
  for each row execute function public.on_label();

create trigger synced_emails_rates after update of category on public.synced_emails
  for each row when (new.category in ('bounce', 'complaint') and old.category is distinct from new.category)
    execute function public.on_bad_mail();

create trigger agent_runs_failed after update of status on public.agent_runs
  for each row when (new.status = 'failed' and old.status <> 'failed')
    execute function public.on_failed_run();

create trigger mode_changes_append_only before update or delete on public.mode_changes for each row
  execute function public.refuse_change();

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
