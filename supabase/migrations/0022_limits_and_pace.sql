-- A mailbox that warms up sends a few mails on its first day and more on each day after, until it reaches its own limit.
-- `auto_paused` tells a pause the product made from one a person made; failures are counted from `counts_from` on.
alter table public.mailboxes
  add column ramp_started_on date,
  add column ramp_start_per_day int check (ramp_start_per_day between 1 and 10000),
  add column ramp_step_per_day int check (ramp_step_per_day between 0 and 10000),
  add column auto_paused boolean not null default false,
  add column counts_from timestamptz,
  add constraint ramp_is_whole check (num_nulls(ramp_started_on, ramp_start_per_day, ramp_step_per_day) in (0, 3));
alter table public.campaigns
  add column auto_paused boolean not null default false,
  add column counts_from timestamptz;

-- `begun_at`: somebody has started to hand this mail over. From then on its fate is known only to the mailbox.
-- `again`: a person looked and found that an earlier hand-over never left.
alter table public.sends add column begun_at timestamptz, add column bounced_at timestamptz, add column again boolean not null default false;
update public.sends set begun_at = handed_at where status in ('sending', 'uncertain');
create index sends_ledger_campaign on public.sends (campaign_id, handed_at) where handed_at is not null;
-- One queue per mailbox: answers of a person, then follow-ups, then first mails, each by due time. Read from its head.
create index sends_queue on public.sends
  (mailbox_id, (case when kind = 'manual_reply' then 0 when step > 1 then 1 else 2 end), due_at, step, id) where status = 'scheduled';

alter table public.desk_settings
  add column bounce_pause_percent int not null default 10 check (bounce_pause_percent between 1 and 100),
  add column bounce_pause_count int not null default 10 check (bounce_pause_count between 1 and 1000),
  add column error_pause_percent int not null default 30 check (error_pause_percent between 1 and 100),
  add column error_pause_count int not null default 5 check (error_pause_count between 1 and 1000),
  -- How long a hand-over may stay unconfirmed, and how long a mail may sit in the Outbox before "not found" is an answer.
  add column stale_after_s int not null default 180 check (stale_after_s between 1 and 3600),
  add column uncertain_grace_s int not null default 600 check (uncertain_grace_s between 1 and 86400);

-- Writes every column that is named in the changes, so that a setting added later needs no new version of this.
create or replace function public.update_desk_settings(p_changes jsonb) returns public.desk_settings
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
  select string_agg(quote_ident(a.attname), ', ' order by a.attnum) into v_columns from pg_catalog.pg_attribute a
   where a.attrelid = 'public.desk_settings'::regclass and a.attnum > 0 and not a.attisdropped
     and a.attname not in ('id', 'updated_by', 'updated_at');
  execute format('update public.desk_settings set (%1$s) = (select %1$s from jsonb_populate_record(null::public.desk_settings, $1)),
    updated_by = $2, updated_at = now() where id = 1', v_columns) using to_jsonb(v_after), public.acting_name();
  select * into v_after from public.desk_settings where id = 1;
  perform public.write_audit('desk.settings', 'desk_settings', '1', to_jsonb(v_before), to_jsonb(v_after));
  return v_after;
end $$;

-- Mail a person sent from the mailbox themselves, as it was seen in Sent Items. The mail server counts it, so the limits do.
create table public.hand_sent_mails (
  id uuid primary key default gen_random_uuid(),
  mailbox_id uuid not null references public.mailboxes (id),
  entry_id text not null,
  message_id text,
  sent_at timestamptz not null,
  subject text not null default '',
  to_emails text[] not null default '{}',
  -- What Exchange and others count: one mail to three people is three.
  recipients int generated always as (least(greatest(coalesce(array_length(to_emails, 1), 0), 1), 10000)) stored,
  noted_at timestamptz not null default now(),
  unique (mailbox_id, entry_id)
);
create unique index hand_sent_mails_message on public.hand_sent_mails (mailbox_id, message_id) where message_id is not null;
create index hand_sent_mails_ledger on public.hand_sent_mails (sent_at);
create index hand_sent_mails_ledger_mailbox on public.hand_sent_mails (mailbox_id, sent_at);

-- Notes one item of Sent Items: {entryId, messageId, sentAt, subject, toEmails, key}. True when it is mail sent by hand that was
-- not noted before; the product's own mails are known by their key, their message id, or, where the mailbox gives neither
-- back, as the mail to that address with that subject that is on its way.
create function public.note_hand_sent(p_mailbox_id uuid, p_mail jsonb) returns boolean
language plpgsql security definer set search_path = '' as $$
declare
  v_key text := public.words_in(p_mail ->> 'key');
  v_message_id text := public.words_in(p_mail ->> 'messageId');
  v_sent_at timestamptz := (p_mail ->> 'sentAt')::timestamptz;
  v_to text[] := array(select lower(btrim(x)) from unnest(public.texts_in(p_mail -> 'toEmails')) x where btrim(x) <> '');
begin
  perform public.require_operator();
  if v_sent_at is null or public.words_in(p_mail ->> 'entryId') is null then
    raise exception 'A mail needs its entry id and when it was sent.' using errcode = '22023';
  end if;
  -- As for a reservation: nobody counts while a place is being taken.
  perform pg_advisory_xact_lock(hashtextextended('send-ledger', 0));
  if exists (select 1 from public.sends s where s.idempotency_key = v_key)
    or exists (select 1 from public.sends s where s.message_id = v_message_id)
    or exists (select 1 from public.sends s where lower(s.to_email) = any (v_to) and s.mailbox_id = p_mailbox_id
      and (s.entry_id = p_mail ->> 'entryId' or (s.message_id is null and s.status in ('sending', 'uncertain', 'sent')
        and s.subject = p_mail ->> 'subject' and s.handed_at between v_sent_at - interval '1 hour' and v_sent_at + interval '1 hour')))
  then
    return false;
  end if;
  insert into public.hand_sent_mails (mailbox_id, entry_id, message_id, sent_at, subject, to_emails)
  values (p_mailbox_id, p_mail ->> 'entryId', v_message_id, v_sent_at, coalesce(p_mail ->> 'subject', ''), v_to)
  on conflict do nothing;
  return found;
end $$;

-- How many mails a mailbox may hand over in any 24 hours, as of p_at: its limit, or less while it warms up. Days are the desk's.
create function public.mailbox_daily_limit(p_mailbox_id uuid, p_at timestamptz default now()) returns int
language sql stable security invoker set search_path = '' as $$
  select case when m.ramp_started_on is null then m.daily_limit else least(m.daily_limit, m.ramp_start_per_day
    + m.ramp_step_per_day::bigint * greatest((p_at at time zone d.time_zone)::date - m.ramp_started_on, 0))::int end
  from public.mailboxes m cross join public.desk_settings d where m.id = p_mailbox_id and d.id = 1
$$;

-- When the rolling limit over p_span lets one more through, or null when it does now. Mail sent by hand takes places too.
create or replace function public.limit_frees_at(p_limit int, p_span interval, p_mailbox_id uuid, p_now timestamptz)
returns timestamptz language plpgsql stable security definer set search_path = '' as $$
declare
  v_nth timestamptz;
  v_hand int;
begin
  if p_mailbox_id is null then
    select coalesce(sum(h.recipients), 0) into v_hand from public.hand_sent_mails h where h.sent_at > p_now - p_span;
    if v_hand = 0 then
      select s.handed_at into v_nth from public.sends s where s.handed_at > p_now - p_span
       order by s.handed_at desc offset p_limit - 1 limit 1;
      return v_nth + p_span;
    end if;
    select x.at into v_nth from (
      select s.handed_at as at from public.sends s where s.handed_at > p_now - p_span
      union all
      select h.sent_at from public.hand_sent_mails h, generate_series(1, h.recipients) where h.sent_at > p_now - p_span) x
     order by x.at desc offset p_limit - 1 limit 1;
    return v_nth + p_span;
  end if;
  select coalesce(sum(h.recipients), 0) into v_hand from public.hand_sent_mails h
   where h.mailbox_id = p_mailbox_id and h.sent_at > p_now - p_span;
  if v_hand = 0 then
    select s.handed_at into v_nth from public.sends s where s.mailbox_id = p_mailbox_id and s.handed_at > p_now - p_span
     order by s.handed_at desc offset p_limit - 1 limit 1;
    return v_nth + p_span;
  end if;
  select x.at into v_nth from (
    select s.handed_at as at from public.sends s where s.mailbox_id = p_mailbox_id and s.handed_at > p_now - p_span
    union all
    select h.sent_at from public.hand_sent_mails h, generate_series(1, h.recipients)
     where h.mailbox_id = p_mailbox_id and h.sent_at > p_now - p_span) x
   order by x.at desc offset p_limit - 1 limit 1;
  return v_nth + p_span;
end $$;

-- The same for a campaign's own daily limit, where it has one.
create function public.campaign_frees_at(p_campaign_id uuid, p_now timestamptz)
returns timestamptz language plpgsql stable security definer set search_path = '' as $$
declare
  v_limit int := (select (c.settings ->> 'dailyLimit')::int from public.campaigns c where c.id = p_campaign_id);
  v_nth timestamptz;
begin
  if v_limit is null then
    return null;
  end if;
  select s.handed_at into v_nth from public.sends s where s.campaign_id = p_campaign_id and s.handed_at > p_now - interval '24 hours'
   order by s.handed_at desc offset v_limit - 1 limit 1;
  return v_nth + interval '24 hours';
end $$;

-- The limit that holds a mailbox up the longest, or no row. While it warms up the next day frees it earlier than the ledger.
create function public.full_limit(p_mailbox_id uuid, p_now timestamptz) returns table (reason text, until timestamptz)
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
    v_daily_frees := least(v_daily_frees, (greatest((p_now at time zone v_desk.time_zone)::date, v_mailbox.ramp_started_on) + 1)::timestamp
      at time zone v_desk.time_zone);
  end if;
  return query select x.reason, x.until from (values
    ('daily limit reached', public.limit_frees_at(v_desk.daily_limit, interval '24 hours', null, p_now)),
    ('hourly limit reached', public.limit_frees_at(v_desk.hourly_limit, interval '1 hour', null, p_now)),
    (case when v_daily < v_mailbox.daily_limit then 'warm-up limit of this mailbox reached' else 'daily limit of this mailbox reached' end,
      v_daily_frees),
    ('hourly limit of this mailbox reached', public.limit_frees_at(v_mailbox.hourly_limit, interval '1 hour', p_mailbox_id, p_now))
  ) as x (reason, until) where x.until > p_now order by x.until desc limit 1;
end $$;

-- How far apart a mailbox's mails leave. After each mail a time is drawn from the campaign's span, the same for the same mail
-- in every run; a whole batch is followed by a pause. A mail whose planned time comes later than the last hand-over was spaced
-- by the plan already and keeps only the shortest distance: else every plan would fall behind, mail by mail.
create table public.mailbox_pace (
  mailbox_id uuid primary key references public.mailboxes (id),
  handed_at timestamptz not null,
  -- Null where the campaign asks for no distance.
  floor_at timestamptz,
  free_at timestamptz,
  in_batch int not null default 0,
  rests boolean not null default false
);

create function public.spacing_after(p_send_id uuid, p_settings jsonb) returns int
language sql immutable set search_path = '' as $$
  select coalesce((p_settings ->> 'spacingMinS')::int, 0) + (abs(hashtextextended(p_send_id::text, 0) % 1000003)
    % (greatest(coalesce((p_settings ->> 'spacingMaxS')::int, 0) - coalesce((p_settings ->> 'spacingMinS')::int, 0), 0) + 1))::int
$$;

-- Notes that a mail of a campaign takes its place now, and answers when the next may leave.
create function public.note_pace(p_mailbox_id uuid, p_send_id uuid, p_settings jsonb, p_now timestamptz) returns public.mailbox_pace
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
  v_pace.in_batch := case when v_pace.rests or v_pace.handed_at is null or p_now - v_pace.handed_at >= v_pause then 1
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
create function public.next_wake(p_mailbox_id uuid, p_pace public.mailbox_pace, p_full uuid[], p_full_until timestamptz, p_now timestamptz)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  v_answer timestamptz;
  v_overdue timestamptz;
  v_planned timestamptz;
  v_until timestamptz;
begin
  select s.due_at into v_answer from public.sends s where s.mailbox_id = p_mailbox_id and s.status = 'scheduled'
     and (case when s.kind = 'manual_reply' then 0 when s.step > 1 then 1 else 2 end) = 0
   order by s.due_at limit 1;
  -- The earliest mail the plan is behind with, and the earliest it is not.
  select s.due_at into v_overdue from public.sends s
    join public.campaigns c on c.id = s.campaign_id join public.enrollments n on n.id = s.enrollment_id
   where s.mailbox_id = p_mailbox_id and s.status = 'scheduled' and c.status = 'active' and n.status = 'active'
     and s.due_at <= p_pace.handed_at and s.campaign_id <> all (p_full)
   order by s.due_at limit 1;
  select s.due_at into v_planned from public.sends s
    join public.campaigns c on c.id = s.campaign_id join public.enrollments n on n.id = s.enrollment_id
   where s.mailbox_id = p_mailbox_id and s.status = 'scheduled' and c.status = 'active' and n.status = 'active'
     and (p_pace.handed_at is null or s.due_at > p_pace.handed_at) and s.campaign_id <> all (p_full)
   order by s.due_at limit 1;
  v_until := least(v_answer,
    case when v_overdue is not null then greatest(v_overdue, p_pace.free_at) end,
    case when v_planned is not null then greatest(v_planned, p_pace.floor_at) end);
  return case
    when p_full_until is not null and (v_until is null or p_full_until < v_until)
      then jsonb_build_object('outcome', 'wait', 'reason', 'daily limit of the campaign reached', 'until', p_full_until)
    when v_until is null then jsonb_build_object('outcome', 'wait', 'reason', 'nothing is scheduled', 'until', null)
    when v_until > p_now and least(v_overdue, v_planned) <= p_now then jsonb_build_object('outcome', 'wait', 'until', v_until,
      'reason', case when p_pace.rests then 'the mailbox rests after a batch' else 'room is left after the mail before' end)
    else jsonb_build_object('outcome', 'wait', 'reason', 'nothing is due', 'until', v_until) end;
end $$;

-- Reserves the next mail of a mailbox: switches, limits, pace, window and contact are checked in the transaction that reserves.
-- Answers {outcome: reserved, send} or {outcome: wait, reason, until}. Only a reserved send may be handed over.
create or replace function public.reserve_send(p_mailbox_id uuid, p_now timestamptz default now()) returns jsonb
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
  -- One reservation at a time over all dispatchers: counting and taking a place in the window must not interleave.
  perform pg_advisory_xact_lock(hashtextextended('send-ledger', 0));
  -- Locked, so that whoever pulls the switch or pauses the mailbox knows on return that nothing is reserved any more.
  select pulled into v_pulled from public.kill_switch where id = 1 for share;
  if v_pulled then
    return jsonb_build_object('outcome', 'wait', 'reason', 'sending is stopped by the kill switch');
  end if;
  select * into v_mailbox from public.mailboxes where id = p_mailbox_id for share;
  if not found or v_mailbox.status <> 'active' then
    return jsonb_build_object('outcome', 'wait', 'reason', coalesce('the mailbox is paused: ' || v_mailbox.status_reason, 'the mailbox is paused'));
  end if;
  select x.reason, x.until into v_why, v_until from public.full_limit(p_mailbox_id, p_now) x;
  if v_until is not null then
    return jsonb_build_object('outcome', 'wait', 'reason', v_why, 'until', v_until);
  end if;
  select coalesce(array_agg(x.id), '{}'), min(x.until) into v_full, v_full_until from (
    select c.id, public.campaign_frees_at(c.id, p_now) as until from public.campaigns c
      -- Not `exists`: that is planned as a join with everything that is due.
      cross join lateral (select 1 from public.sends s
        where s.campaign_id = c.id and s.status = 'scheduled' and s.due_at <= p_now and s.mailbox_id = p_mailbox_id limit 1) due
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
      select s.*, n.status as enrollment_status, n.reason as enrollment_reason, n.time_zone, c.status as campaign_status, c.settings as campaign_settings,
        c.window_start, c.window_end, c.window_days, c.closed_dates, q.gap_business_days
        into v_send
        from public.sends s
        left join public.enrollments n on n.id = s.enrollment_id
        left join public.campaigns c on c.id = s.campaign_id
        left join public.sequence_steps q on q.campaign_id = s.campaign_id and q.step = s.step
       where s.id = v_id and s.status = 'scheduled' and coalesce(c.status, 'active') = 'active' and coalesce(n.status, 'active') <> 'paused'
         for update of s skip locked;
      continue when not found;
      continue when not public.hold_still(v_send.contact_id, v_send.enrollment_id, v_send.enrollment_status, v_send.campaign_id);
      v_why := case when v_send.kind = 'sequence' and v_send.enrollment_status <> 'active'
        then coalesce(v_send.enrollment_reason, 'the enrollment ended') else public.why_not_mail(v_send.contact_id, v_send.to_email) end;
      if v_why is not null then
        update public.sends set status = 'skipped', reason = v_why where id = v_send.id;
        continue;
      end if;
      if v_send.kind = 'sequence' and v_send.step > 1 then
        select p.status, public.after_gap(p.sent_at, coalesce(v_send.gap_business_days, 0), v_send.time_zone, v_send.window_start,
          v_send.window_days, v_send.closed_dates) into v_why, v_until
          from public.sends p where p.enrollment_id = v_send.enrollment_id and p.step = v_send.step - 1;
        if v_why is null or v_why in ('skipped', 'cancelled', 'failed') then
          update public.sends set status = 'skipped', reason = 'the mail before it did not leave' where id = v_send.id;
          continue;
        elsif v_why <> 'sent' then
          update public.sends set due_at = p_now + interval '10 minutes', reason = 'waiting for the mail before it' where id = v_send.id;
          continue;
        elsif v_until > p_now then
          update public.sends set due_at = v_until, reason = 'the mail before it left late' where id = v_send.id;
          continue;
        end if;
      end if;
      if v_send.kind = 'sequence' then
        v_until := public.next_open(p_now, v_send.time_zone, v_send.window_start, v_send.window_end, v_send.window_days, v_send.closed_dates);
        if v_until > p_now then
          update public.sends set due_at = v_until, reason = 'outside the send window' where id = v_send.id;
          continue;
        end if;
      end if;
      update public.sends set status = 'sending', handed_at = p_now, begun_at = null, attempts = attempts + 1, reason = null where id = v_send.id;
      if v_send.kind = 'sequence' then
        v_pace := public.note_pace(p_mailbox_id, v_send.id, v_send.campaign_settings, p_now);
      end if;
      return jsonb_build_object('outcome', 'reserved', 'send', jsonb_build_object('id', v_send.id, 'key', v_send.idempotency_key,
        'attempt', v_send.attempts + 1, 'again', v_send.again, 'to', v_send.to_email, 'subject', v_send.subject, 'body', v_send.body, 'step', v_send.step,
        'kind', v_send.kind, 'mailbox', v_mailbox.address, 'relayUrl', v_mailbox.relay_url, 'contentHash', v_send.content_hash,
        -- Until when the mailbox keeps still now: longer when the plan is behind than when the plan itself spaces the next.
        'restUntil', case when v_send.kind = 'sequence' and v_pace.free_at > p_now then case when exists (select 1 from public.sends s
            where s.mailbox_id = p_mailbox_id and s.status = 'scheduled' and s.kind = 'sequence' and s.due_at <= p_now)
          then v_pace.free_at else v_pace.floor_at end end,
        'threadEntryId', case v_send.kind
          when 'manual_reply' then (select e.entry_id from public.synced_emails e where e.id = v_send.reply_to_email_id)
          else (select p.entry_id from public.sends p where p.enrollment_id = v_send.enrollment_id
            and p.step < v_send.step and p.status = 'sent' order by p.step desc limit 1) end));
    end loop;
  end loop;
  return public.next_wake(p_mailbox_id, v_pace, v_full, v_full_until, p_now);
end $$;

-- The last look before a reserved mail is handed over, once per reservation. `go`: hand it over now. `stopped`: a switch was
-- thrown since, and the mail is back in the queue. `began`: somebody began before and may have handed it over. `settled`: it is
-- no longer this reservation's. Whoever pulled the kill switch and got an answer knows that no hand-over begins after it.
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
    when exists (select 1 from public.mailboxes m where m.id = v_send.mailbox_id and m.status <> 'active') then 'the mailbox was paused'
    when exists (select 1 from public.campaigns c where c.id = v_send.campaign_id and c.status <> 'active') then 'the campaign was paused'
    when exists (select 1 from public.enrollments n where n.id = v_send.enrollment_id and n.status <> 'active') then 'the contact wrote'
  end;
  if v_why is not null then
    update public.sends set status = 'scheduled', handed_at = null, reason = v_why where id = p_id;
    return 'stopped';
  end if;
  update public.sends set begun_at = now() where id = p_id;
  return 'go';
end $$;

-- Reservations whose process died before it began go back to the queue: they surely did not leave. Answers the ids of those whose
-- fate only the mailbox knows.
create function public.stalled_sends(p_now timestamptz default now()) returns uuid[]
language plpgsql security definer set search_path = '' as $$
declare
  v_stale timestamptz;
begin
  perform public.require_operator();
  select p_now - make_interval(secs => d.stale_after_s) into v_stale from public.desk_settings d where d.id = 1;
  update public.sends set status = 'scheduled', handed_at = null, reason = null
   where status = 'sending' and begun_at is null and handed_at < v_stale;
  return coalesce((select array_agg(x.id) from (select s.id from public.sends s
     where s.status = 'uncertain' or (s.status = 'sending' and s.begun_at < v_stale) order by s.handed_at limit 500) x), '{}');
end $$;

-- Active mailboxes with a mail that falls due before the next look, a minute from now.
create function public.mailboxes_due(p_now timestamptz default now()) returns uuid[]
language sql stable security definer set search_path = '' as $$
  select coalesce(array_agg(m.id order by m.address), '{}') from public.mailboxes m where m.status = 'active'
    and not exists (select 1 from public.kill_switch k where k.pulled)
    and exists (select 1 from public.sends s where s.mailbox_id = m.id and s.status = 'scheduled' and s.due_at <= p_now + interval '2 minutes')
$$;

-- A mailbox's own limits and its warm-up. Without `rampStartPerDay` it does not warm up.
create function public.set_mailbox_limits(p_id uuid, p_hourly int, p_daily int, p_ramp_started_on date default null,
  p_ramp_start_per_day int default null, p_ramp_step_per_day int default null) returns public.mailboxes
language plpgsql security definer set search_path = '' as $$
declare
  v_before public.mailboxes;
  v_after public.mailboxes;
begin
  perform public.require_operator();
  if p_hourly is null or p_daily is null or p_hourly not between 1 and 1000 or p_daily not between 1 and 10000 then
    raise exception 'A mailbox sends 1 to 1,000 mails an hour and 1 to 10,000 a day.' using errcode = '22023';
  end if;
  select * into v_before from public.mailboxes where id = p_id for update;
  if not found then
    raise exception 'There is no mailbox %.', p_id using errcode = 'P0002';
  end if;
  update public.mailboxes set hourly_limit = p_hourly, daily_limit = p_daily, ramp_started_on = p_ramp_started_on,
    ramp_start_per_day = p_ramp_start_per_day, ramp_step_per_day = p_ramp_step_per_day where id = p_id returning * into v_after;
  perform public.write_audit('mailbox.limits', 'mailboxes', p_id::text, public.limits_of(v_before), public.limits_of(v_after));
  return v_after;
end $$;

create function public.limits_of(p_mailbox public.mailboxes) returns jsonb language sql immutable set search_path = '' as $$
  select jsonb_build_object('hourly_limit', p_mailbox.hourly_limit, 'daily_limit', p_mailbox.daily_limit, 'ramp_started_on',
    p_mailbox.ramp_started_on, 'ramp_start_per_day', p_mailbox.ramp_start_per_day, 'ramp_step_per_day', p_mailbox.ramp_step_per_day)
$$;

alter table public.hand_sent_mails enable row level security;
alter table public.mailbox_pace enable row level security;
create policy hand_sent_mails_read on public.hand_sent_mails for select to authenticated using ((select public.is_operator()));
create policy mailbox_pace_read on public.mailbox_pace for select to authenticated using ((select public.is_operator()));
grant select on public.hand_sent_mails, public.mailbox_pace to authenticated, service_role;

revoke execute on function public.note_hand_sent(uuid, jsonb), public.mailbox_daily_limit(uuid, timestamptz),
  public.campaign_frees_at(uuid, timestamptz), public.full_limit(uuid, timestamptz), public.spacing_after(uuid, jsonb),
  public.note_pace(uuid, uuid, jsonb, timestamptz), public.next_wake(uuid, public.mailbox_pace, uuid[], timestamptz, timestamptz),
  public.begin_hand_over(uuid, int), public.stalled_sends(timestamptz), public.mailboxes_due(timestamptz),
  public.set_mailbox_limits(uuid, int, int, date, int, int), public.limits_of(public.mailboxes) from public, anon;
grant execute on function public.mailbox_daily_limit(uuid, timestamptz),
  public.set_mailbox_limits(uuid, int, int, date, int, int) to authenticated, service_role;
grant execute on function public.note_hand_sent(uuid, jsonb), public.begin_hand_over(uuid, int), public.stalled_sends(timestamptz),
  public.mailboxes_due(timestamptz), public.full_limit(uuid, timestamptz), public.campaign_frees_at(uuid, timestamptz) to service_role;
