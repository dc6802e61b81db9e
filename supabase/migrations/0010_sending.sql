-- The next instant at or after p_at that is inside a send window, in the contact's own zone.
create function public.next_open(p_at timestamptz, p_zone text, p_start time, p_end time, p_days int[], p_closed date[])
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

-- The earliest instant of the p_gap-th open day after p_from. A follow-up keeps this distance from the mail before it as
-- that one really left: after a long pause three overdue mails must not reach a person within minutes.
create function public.after_gap(p_from timestamptz, p_gap int, p_zone text, p_start time, p_days int[], p_closed date[])
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

-- Why this contact must not be mailed now, or null. Asked again at the moment of every send.
create function public.why_not_mail(p_contact_id uuid, p_to text) returns text
language sql stable security invoker set search_path = '' as $$
  select case
    when c.do_not_contact_at is not null then 'contact is do-not-contact'
    when k.do_not_contact_at is not null then 'company is do-not-contact'
    when c.bounced_at is not null and c.email_key = lower(btrim(p_to)) then 'address bounced'
    when exists (select 1 from public.email_exclusions x where x.kind = 'address' and x.value = lower(btrim(p_to))) then 'address is excluded'
    when exists (select 1 from public.email_exclusions x where x.kind = 'domain' and x.value = split_part(lower(btrim(p_to)), '@', 2))
      then 'domain is excluded'
  end
  from public.contacts c left join public.companies k on k.id = c.company_id where c.id = p_contact_id
$$;

-- When the rolling limit over p_span lets one more through, or null when it does now.
create function public.limit_frees_at(p_limit int, p_span interval, p_mailbox_id uuid, p_now timestamptz)
returns timestamptz language plpgsql stable security definer set search_path = '' as $$
declare
  v_nth timestamptz;
begin
  if p_mailbox_id is null then
    select s.handed_at into v_nth from public.sends s where s.handed_at > p_now - p_span
     order by s.handed_at desc offset p_limit - 1 limit 1;
  else
    select s.handed_at into v_nth from public.sends s where s.mailbox_id = p_mailbox_id and s.handed_at > p_now - p_span
     order by s.handed_at desc offset p_limit - 1 limit 1;
  end if;
  return v_nth + p_span;
end $$;

-- Locks what a reservation relies on. False when something about the contact, the enrollment or the campaign is being written
-- at this moment, or was changed since the mail was picked: a reply, a pause or a stop is never overtaken. It does not wait,
-- because those who write hold these rows and may wait for the mail itself.
create function public.hold_still(p_contact_id uuid, p_enrollment_id uuid, p_enrollment_status text, p_campaign_id uuid)
returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  perform 1 from public.contacts where id = p_contact_id for share skip locked;
  if not found then
    return false;
  end if;
  perform 1 from public.enrollments where id = p_enrollment_id and status = p_enrollment_status for share skip locked;
  if not found and p_enrollment_id is not null then
    return false;
  end if;
  perform 1 from public.campaigns where id = p_campaign_id and status = 'active' for share skip locked;
  return found or p_campaign_id is null;
end $$;

-- Reserves the next mail of a mailbox: switches, limits, window and contact are checked in the transaction that reserves.
-- Answers {outcome: reserved, send} or {outcome: wait, reason, until}. Only a reserved send may be handed over.
create function public.reserve_send(p_mailbox_id uuid, p_now timestamptz default now()) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_desk public.desk_settings;
  v_mailbox public.mailboxes;
  v_pulled boolean;
  v_until timestamptz;
  v_why text;
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
  select * into v_desk from public.desk_settings where id = 1;
  select x.reason, x.until into v_why, v_until from (values
    ('daily limit reached', public.limit_frees_at(v_desk.daily_limit, interval '24 hours', null, p_now)),
    ('hourly limit reached', public.limit_frees_at(v_desk.hourly_limit, interval '1 hour', null, p_now)),
    ('daily limit of this mailbox reached', public.limit_frees_at(v_mailbox.daily_limit, interval '24 hours', p_mailbox_id, p_now)),
    ('hourly limit of this mailbox reached', public.limit_frees_at(v_mailbox.hourly_limit, interval '1 hour', p_mailbox_id, p_now))
  ) as x (reason, until) where x.until > p_now order by x.until desc limit 1;
  if v_until is not null then
    return jsonb_build_object('outcome', 'wait', 'reason', v_why, 'until', v_until);
  end if;
  for v_send in
    select s.*, n.status as enrollment_status, n.reason as enrollment_reason, n.time_zone, c.status as campaign_status, c.settings as campaign_settings,
      c.window_start, c.window_end, c.window_days, c.closed_dates, q.gap_business_days
      from public.sends s
      left join public.enrollments n on n.id = s.enrollment_id
      left join public.campaigns c on c.id = s.campaign_id
      left join public.sequence_steps q on q.campaign_id = s.campaign_id and q.step = s.step
     where s.mailbox_id = p_mailbox_id and s.status = 'scheduled' and s.due_at <= p_now
       and coalesce(c.status, 'active') = 'active' and coalesce(n.status, 'active') <> 'paused'
     order by s.kind = 'manual_reply' desc, s.step > 1 desc, s.due_at, s.step, s.id
     limit 200
     for update of s skip locked
  loop
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
    update public.sends set status = 'sending', handed_at = p_now, attempts = attempts + 1, reason = null where id = v_send.id;
    return jsonb_build_object('outcome', 'reserved', 'send', jsonb_build_object('id', v_send.id, 'key', v_send.idempotency_key,
      'to', v_send.to_email, 'subject', v_send.subject, 'body', v_send.body, 'step', v_send.step, 'kind', v_send.kind,
      'mailbox', v_mailbox.address, 'contentHash', v_send.content_hash, 'spacingS', coalesce((v_send.campaign_settings ->> 'spacingMinS')::int, 0),
      'threadEntryId', case v_send.kind
        when 'manual_reply' then (select e.entry_id from public.synced_emails e where e.id = v_send.reply_to_email_id)
        else (select p.entry_id from public.sends p where p.enrollment_id = v_send.enrollment_id
          and p.step < v_send.step and p.status = 'sent' order by p.step desc limit 1) end));
  end loop;
  select min(s.due_at) into v_until from public.sends s
    left join public.campaigns c on c.id = s.campaign_id left join public.enrollments n on n.id = s.enrollment_id
   where s.mailbox_id = p_mailbox_id and s.status = 'scheduled' and coalesce(c.status, 'active') = 'active'
     and coalesce(n.status, 'active') = 'active';
  return jsonb_build_object('outcome', 'wait', 'reason', case when v_until is null then 'nothing is scheduled' else 'nothing is due' end,
    'until', v_until);
end $$;

create table public.campaign_pulse (
  campaign_id uuid primary key references public.campaigns (id),
  at timestamptz not null default now()
);
comment on table public.campaign_pulse is
  'Beats when a mail of the campaign is settled. Pages listen to it: publishing every send would shout 30,000 times.';
alter table public.campaign_pulse enable row level security;
create policy campaign_pulse_read on public.campaign_pulse for select to authenticated using ((select public.is_operator()));
grant select on public.campaign_pulse to authenticated, service_role;
alter publication supabase_realtime add table public.campaign_pulse;

-- Records what became of a reserved send. `scheduled` gives the place in the limits back, unless its fate was uncertain: such a
-- mail may have left.
create function public.record_send(p_id uuid, p_to text, p_reason text default null, p_evidence jsonb default '{}')
returns boolean language plpgsql security definer set search_path = '' as $$
declare
  v_before text;
begin
  perform public.require_operator();
  select status into v_before from public.sends where id = p_id for update;
  if v_before = p_to then
    return true;
  end if;
  update public.sends set
    status = p_to, reason = p_reason,
    handed_at = case when p_to = 'scheduled' and v_before = 'sending' then null else handed_at end,
    sent_at = case p_to when 'sent' then coalesce((p_evidence ->> 'sentAt')::timestamptz, now()) else sent_at end,
    message_id = coalesce(p_evidence ->> 'messageId', message_id), entry_id = coalesce(p_evidence ->> 'entryId', entry_id),
    conversation_id = coalesce(p_evidence ->> 'conversationId', conversation_id),
    due_at = coalesce((p_evidence ->> 'dueAt')::timestamptz, due_at), needs_person = coalesce((p_evidence ->> 'needsPerson')::boolean, false)
  where id = p_id and status in ('sending', 'uncertain');
  if not found then
    return false;
  end if;
  perform public.write_audit('send.' || p_to, 'sends', p_id::text, jsonb_build_object('status', v_before),
    jsonb_build_object('status', p_to) || p_evidence, p_reason);
  insert into public.campaign_pulse (campaign_id)
  select s.campaign_id from public.sends s where s.id = p_id and s.campaign_id is not null
  on conflict (campaign_id) do update set at = now();
  return true;
end $$;

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

create function public.set_mailbox_status(p_id uuid, p_to text, p_reason text default null) returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  perform public.require_operator();
  update public.mailboxes set status = p_to, status_reason = p_reason where id = p_id and status <> p_to;
  if not found then
    return false;
  end if;
  perform public.write_audit('mailbox.' || p_to, 'mailboxes', p_id::text, null, jsonb_build_object('status', p_to), p_reason);
  return true;
end $$;

-- Ends campaigns whose last mail is settled, and the searches they came from.
create function public.close_finished_campaigns() returns int
language plpgsql security definer set search_path = '' as $$
declare
  v_count int;
begin
  perform public.require_operator();
  update public.enrollments n set status = 'completed' where n.status = 'active' and not exists (
    select 1 from public.sends s where s.enrollment_id = n.id and s.status in ('scheduled', 'sending', 'uncertain'));
  with done as (
    update public.campaigns c set status = 'completed' where c.status = 'active'
      and not exists (select 1 from public.enrollments n where n.campaign_id = c.id and n.status in ('active', 'paused'))
      and not exists (select 1 from public.sends s where s.campaign_id = c.id and s.status in ('scheduled', 'sending', 'uncertain'))
    returning c.search_id
  ), closed as (
    update public.searches s set status = 'completed' from done d where s.id = d.search_id and s.status = 'active' returning 1
  )
  select count(*) into v_count from done;
  return v_count;
end $$;

revoke execute on function public.next_open(timestamptz, text, time, time, int[], date[]),
  public.after_gap(timestamptz, int, text, time, int[], date[]), public.hold_still(uuid, uuid, text, uuid), public.why_not_mail(uuid, text),
  public.limit_frees_at(int, interval, uuid, timestamptz), public.reserve_send(uuid, timestamptz),
  public.record_send(uuid, text, text, jsonb), public.settle_send(uuid, text), public.set_mailbox_status(uuid, text, text),
  public.close_finished_campaigns() from public, anon;
grant execute on function public.settle_send(uuid, text), public.set_mailbox_status(uuid, text, text),
  public.why_not_mail(uuid, text) to authenticated, service_role;
grant execute on function public.next_open(timestamptz, text, time, time, int[], date[]),
  public.limit_frees_at(int, interval, uuid, timestamptz), public.reserve_send(uuid, timestamptz),
  public.record_send(uuid, text, text, jsonb), public.close_finished_campaigns() to service_role;
