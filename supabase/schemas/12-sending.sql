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
