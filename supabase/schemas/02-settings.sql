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
