-- Plan or auto, per checkpoint. `extraction` needs a phone in someone's hand, so it can never be auto.
create table public.checkpoint_settings (
  checkpoint text primary key check (checkpoint in ('sourcing', 'extraction', 'campaign', 'classification')),
  mode text not null check (mode in ('plan', 'auto')),
  reason text,
  updated_by text not null default 'system',
  updated_at timestamptz not null default now(),
  constraint extraction_needs_a_person check (not (checkpoint = 'extraction' and mode = 'auto'))
);
insert into public.checkpoint_settings (checkpoint, mode) values
  ('sourcing', 'auto'), ('extraction', 'plan'), ('campaign', 'plan'), ('classification', 'auto');

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
  constraint window_is_open check (window_start < window_end),
  constraint spacing_is_a_range check (spacing_min_s >= 0 and spacing_max_s >= spacing_min_s),
  constraint three_gaps check (array_length(gap_business_days, 1) = 3)
);
insert into public.desk_settings (id) values (1);

-- The kill switch: one row every reservation reads, so pulling it holds from the next hand-over on.
create table public.kill_switch (
  id int primary key default 1 check (id = 1),
  pulled boolean not null default false,
  reason text,
  changed_by text not null default 'system',
  changed_at timestamptz not null default now()
);
insert into public.kill_switch (id) values (1);

create function public.set_checkpoint_mode(p_checkpoint text, p_mode text, p_reason text default null)
returns public.checkpoint_settings language plpgsql security definer set search_path = '' as $$
declare
  v_before public.checkpoint_settings;
  v_after public.checkpoint_settings;
begin
  perform public.require_operator();
  select * into v_before from public.checkpoint_settings where checkpoint = p_checkpoint for update;
  if not found then
    raise exception 'There is no checkpoint named %.', p_checkpoint using errcode = 'P0002';
  end if;
  update public.checkpoint_settings
     set mode = p_mode, reason = p_reason, updated_by = public.acting_name(), updated_at = now()
   where checkpoint = p_checkpoint returning * into v_after;
  if v_before.mode <> v_after.mode then
    perform public.write_audit('checkpoint.mode', 'checkpoint_settings', p_checkpoint,
      jsonb_build_object('mode', v_before.mode), jsonb_build_object('mode', v_after.mode), p_reason);
  end if;
  return v_after;
end $$;

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
  update public.kill_switch set pulled = p_pulled, reason = p_reason, changed_by = public.acting_name(), changed_at = now()
   where id = 1 returning * into v_after;
  perform public.write_audit('sending.' || case when p_pulled then 'stopped' else 'resumed' end, 'kill_switch', '1',
    jsonb_build_object('pulled', v_before), jsonb_build_object('pulled', p_pulled), p_reason);
  return v_after;
end $$;

create function public.update_desk_settings(p_changes jsonb) returns public.desk_settings
language plpgsql security definer set search_path = '' as $$
declare
  v_before public.desk_settings;
  v_after public.desk_settings;
begin
  perform public.require_operator();
  select * into v_before from public.desk_settings where id = 1 for update;
  v_after := jsonb_populate_record(v_before, p_changes - '{id,updated_by,updated_at}'::text[]);
  perform public.require_zone(v_after.time_zone);
  update public.desk_settings set
    desk_name = v_after.desk_name, sender_name = v_after.sender_name, postal_address = v_after.postal_address,
    time_zone = v_after.time_zone, window_start = v_after.window_start, window_end = v_after.window_end,
    window_days = v_after.window_days, keep_holidays = v_after.keep_holidays, closed_dates = v_after.closed_dates,
    gap_business_days = v_after.gap_business_days, spacing_min_s = v_after.spacing_min_s,
    spacing_max_s = v_after.spacing_max_s, batch_size = v_after.batch_size, batch_pause_s = v_after.batch_pause_s,
    hourly_limit = v_after.hourly_limit, daily_limit = v_after.daily_limit, cooldown_days = v_after.cooldown_days,
    updated_by = public.acting_name(), updated_at = now()
  where id = 1 returning * into v_after;
  perform public.write_audit('desk.settings', 'desk_settings', '1', to_jsonb(v_before), to_jsonb(v_after));
  return v_after;
end $$;

alter table public.checkpoint_settings enable row level security;
alter table public.desk_settings enable row level security;
alter table public.kill_switch enable row level security;
create policy checkpoint_settings_read on public.checkpoint_settings for select to authenticated using ((select public.is_operator()));
create policy desk_settings_read on public.desk_settings for select to authenticated using ((select public.is_operator()));
create policy kill_switch_read on public.kill_switch for select to authenticated using ((select public.is_operator()));
grant select on public.checkpoint_settings, public.desk_settings, public.kill_switch to authenticated;
grant select, insert, update on public.checkpoint_settings, public.desk_settings, public.kill_switch to service_role;

revoke execute on function public.set_checkpoint_mode(text, text, text), public.set_kill_switch(boolean, text),
  public.update_desk_settings(jsonb) from public, anon;
grant execute on function public.set_checkpoint_mode(text, text, text), public.set_kill_switch(boolean, text),
  public.update_desk_settings(jsonb) to authenticated, service_role;

alter publication supabase_realtime add table public.checkpoint_settings, public.kill_switch;
