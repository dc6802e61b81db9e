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
