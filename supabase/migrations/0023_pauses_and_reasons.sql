-- The product pauses a mailbox or a campaign by itself when too much of its mail bounces or fails. Every count starts anew when
-- somebody resumes it, so that a pause that was looked into is not made again at once.
create function public.count_from_resume() returns trigger language plpgsql set search_path = '' as $$
begin
  if old.status = 'paused' and new.status = 'active' then
    new.auto_paused := false;
    new.counts_from := clock_timestamp();
  end if;
  return new;
end $$;
create trigger mailboxes_resumed before update of status on public.mailboxes for each row execute function public.count_from_resume();
create trigger campaigns_resumed before update of status on public.campaigns for each row execute function public.count_from_resume();

-- What speaks against going on, or null: a share of bounces over a day, or of failures among the last 50 mails. Fewer than the
-- desk's least counts prove nothing.
create function public.case_against(p_mailbox_id uuid, p_campaign_id uuid, p_from timestamptz, p_now timestamptz) returns text
language plpgsql stable security definer set search_path = '' as $$
declare
  v_desk public.desk_settings;
  v_mails int;
  v_bad int;
begin
  select * into v_desk from public.desk_settings where id = 1;
  select count(*), count(s.bounced_at) into v_mails, v_bad from public.sends s
   where s.handed_at > greatest(p_now - interval '24 hours', p_from)
     and case when p_mailbox_id is not null then s.mailbox_id = p_mailbox_id else s.campaign_id = p_campaign_id end;
  if v_bad >= v_desk.bounce_pause_count and 100 * v_bad >= v_desk.bounce_pause_percent * v_mails then
    return format('%s of %s mails of the last 24 hours bounced (%s%%)', v_bad, v_mails, 100 * v_bad / v_mails);
  end if;
  select count(*), count(*) filter (where x.status in ('failed', 'uncertain')) into v_mails, v_bad from (
    select s.status from public.sends s where s.handed_at > greatest(p_now - interval '24 hours', p_from)
       and case when p_mailbox_id is not null then s.mailbox_id = p_mailbox_id else s.campaign_id = p_campaign_id end
     order by s.handed_at desc limit 50) x;
  if v_bad >= v_desk.error_pause_count and 100 * v_bad >= v_desk.error_pause_percent * v_mails then
    return format('%s of the last %s mails failed or are unaccounted for (%s%%)', v_bad, v_mails, 100 * v_bad / v_mails);
  end if;
  return null;
end $$;

create function public.pause_mailbox_itself(p_id uuid, p_why text) returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  update public.mailboxes set status = 'paused', auto_paused = true, status_reason = p_why where id = p_id and status = 'active';
  if found then
    perform public.write_audit('mailbox.auto_paused', 'mailboxes', p_id::text, null, '{"status": "paused"}', p_why);
  end if;
  return found;
end $$;

create function public.pause_campaign_itself(p_id uuid, p_why text) returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  update public.campaigns set status = 'paused', auto_paused = true, status_reason = p_why where id = p_id and status = 'active';
  if found then
    perform public.write_audit('campaign.auto_paused', 'campaigns', p_id::text, null, '{"status": "paused"}', p_why);
  end if;
  return found;
end $$;

-- Judges a mailbox and a campaign by their mail; either may be null. Always in this order, so that two judges never block each other.
create function public.judge_sending(p_mailbox_id uuid, p_campaign_id uuid, p_now timestamptz default now()) returns void
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
  return (select count(*) from public.mailboxes m where m.auto_paused) + (select count(*) from public.campaigns c where c.auto_paused);
end $$;

-- A bounce that excluded somebody counts against the mail it answers. A full mailbox or a correction does not.
create function public.count_bounce() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  v_send public.sends;
begin
  if new.category = 'bounce' and exists (select 1 from public.email_exclusions x where x.email_id = new.id and x.source = 'bounce') then
    update public.sends set bounced_at = coalesce(bounced_at, now()) where id = new.send_id returning * into v_send;
    perform public.judge_sending(v_send.mailbox_id, v_send.campaign_id);
  elsif old.category = 'bounce' and new.category <> 'bounce' then
    update public.sends set bounced_at = null where id = new.send_id and bounced_at is not null;
  end if;
  return null;
end $$;
create trigger synced_emails_bounced after update of category on public.synced_emails for each row
  when (new.send_id is not null and 'bounce' in (old.category, new.category)) execute function public.count_bounce();

-- Records what became of a reserved send. `scheduled` gives the place in the limits back, unless its fate was uncertain: such a
-- mail may have left. A refused sign-in pauses the mailbox at once: every further try could lock the account.
create or replace function public.record_send(p_id uuid, p_to text, p_reason text default null, p_evidence jsonb default '{}')
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
    sent_at = case p_to when 'sent' then coalesce((p_evidence ->> 'sentAt')::timestamptz, now()) else sent_at end,
    message_id = coalesce(p_evidence ->> 'messageId', message_id), entry_id = coalesce(p_evidence ->> 'entryId', entry_id),
    conversation_id = coalesce(p_evidence ->> 'conversationId', conversation_id),
    due_at = coalesce((p_evidence ->> 'dueAt')::timestamptz, due_at), needs_person = coalesce((p_evidence ->> 'needsPerson')::boolean, false)
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
    perform public.pause_mailbox_itself(v_send.mailbox_id, coalesce(p_reason, 'the account was refused its sign-in'));
  elsif p_evidence ->> 'errorKind' = 'unknown-mailbox' then
    perform public.pause_mailbox_itself(v_send.mailbox_id, coalesce(p_reason, 'its relay does not know this account'));
  elsif p_to in ('failed', 'uncertain') then
    perform public.judge_sending(v_send.mailbox_id, v_send.campaign_id);
  end if;
  insert into public.campaign_pulse (campaign_id)
  select v_send.campaign_id where v_send.campaign_id is not null
  on conflict (campaign_id) do update set at = now();
  return true;
end $$;

create type public.why_not as (cause text, detail text, who text, until timestamptz);

-- Why each of these mails has not gone, in the order a reservation asks. `cause` says which sentence, `detail`, `who` and `until`
-- fill it; `until` is when it changes or, for the kill switch and a quiet relay, since when it is so.
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
      m.status as mailbox_status, m.status_reason as mailbox_reason, m.auto_paused as mailbox_auto, m.address, m.last_seen_at,
      p.status as before_status, p.due_at as before_due, p.sent_at as before_sent,
      case when p.status = 'sent' and s.step > 1 then public.after_gap(p.sent_at, coalesce(q.gap_business_days, 0), n.time_zone,
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
    select b.mailbox_id, f.reason, f.until from (select distinct a.mailbox_id from asked a where a.status = 'scheduled') b
    cross join lateral public.full_limit(b.mailbox_id, p_now) f
  ), full_campaigns as materialized (
    select b.campaign_id, public.campaign_frees_at(b.campaign_id, p_now) as until
      from (select distinct a.campaign_id from asked a where a.status = 'scheduled' and a.campaign_id is not null) b
  )
  select a.id, w.cause, w.detail, w.who, w.until
    from asked a
    left join boxes b on b.mailbox_id = a.mailbox_id
    left join full_campaigns f on f.campaign_id = a.campaign_id
    left join public.mailbox_pace e on e.mailbox_id = a.mailbox_id
    cross join public.kill_switch k
    cross join lateral (
      select case when a.kind = 'sequence' then public.next_open(p_now, a.time_zone, a.window_start, a.window_end, a.window_days,
        a.closed_dates) end as opens_at
    ) o
    cross join lateral (
      select case
        when a.status = 'sending' then row ('sending', null, null, null)::public.why_not
        when a.status = 'uncertain' then row ('uncertain', a.reason, null, null)::public.why_not
        when a.status <> 'scheduled' then row ('ended', coalesce(a.reason, a.status), null, null)::public.why_not
        when k.pulled then row ('stopped', k.reason, k.changed_by, k.changed_at)::public.why_not
        when a.barred is not null then row ('barred', a.barred, null, null)::public.why_not
        when a.enrollment_status not in ('active', 'paused') then row ('barred', coalesce(a.enrollment_reason, 'the enrollment ended'), null, null)::public.why_not
        when a.before_status in ('skipped', 'cancelled', 'failed') then row ('barred', 'the mail before it did not leave', null, null)::public.why_not
        when a.campaign_status <> 'active' then row ('campaign_paused', a.campaign_reason, case when a.campaign_auto then 'auto' end, null)::public.why_not
        when a.mailbox_status <> 'active' then row ('mailbox_paused', a.mailbox_reason, case when a.mailbox_auto then 'auto' end, null)::public.why_not
        when a.enrollment_status = 'paused' then row ('contact_paused', a.enrollment_reason, null, a.resume_at)::public.why_not
        when a.before_status <> 'sent' then row ('before', a.before_status, null, a.before_due)::public.why_not
        when a.not_before > greatest(p_now, a.due_at) then row ('gap', null, null, a.not_before)::public.why_not
        when a.due_at > p_now and a.reason = 'outside the send window' then row ('window', null, null, a.due_at)::public.why_not
        when a.due_at > p_now then row (case when a.reason is null then 'planned' else 'later' end, a.reason, null, a.due_at)::public.why_not
        when o.opens_at > p_now then row ('window', null, null, o.opens_at)::public.why_not
        when b.until is not null then row ('limit', b.reason, a.address, b.until)::public.why_not
        when f.until > p_now then row ('limit', 'daily limit of the campaign reached', null, f.until)::public.why_not
        when a.last_seen_at < p_now - interval '5 minutes' then row ('relay_quiet', null, a.address, a.last_seen_at)::public.why_not
        when a.kind = 'sequence' and e.rests and e.free_at > p_now then row ('batch', null, a.address, e.free_at)::public.why_not
        else row ('turn', a.reason, a.address, null)::public.why_not
      end as found
    ) c
    cross join lateral (select (c.found).*) w;
end $$;

-- What a simulation of the dispatcher needs to know of every mail that may leave before p_until, a page at a time.
create function public.scheduled_ahead(p_until timestamptz, p_after_due timestamptz, p_after_id uuid, p_limit int) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
  perform public.require_operator();
  return coalesce((select jsonb_agg(to_jsonb(x) order by x."dueAt", x.id) from (
    select s.id, s.kind, s.step, s.mailbox_id as "mailboxId", s.campaign_id as "campaignId", s.contact_id as "contactId",
      s.enrollment_id as "enrollmentId", s.due_at as "dueAt", s.to_email as "to", s.subject, c.name as campaign, n.time_zone as "zone",
      q.gap_business_days as gap, p.status as "beforeStatus", p.sent_at as "beforeSentAt",
      case when s.kind = 'sequence' and n.status <> 'active' then coalesce(n.reason, 'the enrollment ended') end as ended,
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

-- When mail left in the last 24 hours, per mailbox and campaign, for the same simulation. Epoch milliseconds.
create function public.send_ledger(p_now timestamptz default now()) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
  perform public.require_operator();
  return coalesce((select jsonb_agg(jsonb_build_object('mailboxId', x.mailbox_id, 'campaignId', x.campaign_id, 'at', x.at)) from (
    select s.mailbox_id, s.campaign_id, jsonb_agg(floor(extract(epoch from s.handed_at) * 1000)::bigint) as at
      from public.sends s where s.handed_at > p_now - interval '24 hours' group by 1, 2
    union all
    select h.mailbox_id, null, jsonb_agg(floor(extract(epoch from h.sent_at) * 1000)::bigint)
      from public.hand_sent_mails h, generate_series(1, h.recipients) where h.sent_at > p_now - interval '24 hours' group by 1) x), '[]');
end $$;

-- Keys the product signs with. Made here once, read by its servers only, so that a link in an old mail works for ever.
create table public.signing_keys (
  purpose text primary key,
  secret text not null,
  created_at timestamptz not null default now()
);
alter table public.signing_keys enable row level security;
grant select on public.signing_keys to service_role;
insert into public.signing_keys (purpose, secret)
values ('unsubscribe', replace(gen_random_uuid()::text || gen_random_uuid()::text || gen_random_uuid()::text, '-', ''));

-- The recipient of a mail asked for no more by its link: do-not-contact, exclusion and stop in one transaction, once. Says whether
-- that was news; whoever pressed the link is told the same either way.
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
  for v_contact in select c.id from public.contacts c where c.id = v_send.contact_id or c.email_key = v_address order by c.id for update loop
    update public.contacts set do_not_contact_at = now(), do_not_contact_reason = v_why where id = v_contact and do_not_contact_at is null;
    v_news := v_news or found;
    perform public.hold_contact(v_contact, 'stop', 'contact opted out');
  end loop;
  insert into public.email_exclusions (kind, value, reason, source) values ('address', v_address, v_why, 'opt_out') on conflict do nothing;
  v_news := v_news or found;
  if v_news then
    perform public.write_audit('contact.opted_out', 'contacts', v_send.contact_id::text, null,
      jsonb_build_object('send', p_send_id), v_why, 'the recipient');
  end if;
  return v_news;
end $$;

revoke execute on function public.count_from_resume(), public.count_bounce(), public.case_against(uuid, uuid, timestamptz, timestamptz),
  public.pause_mailbox_itself(uuid, text), public.pause_campaign_itself(uuid, text), public.judge_sending(uuid, uuid, timestamptz),
  public.judge_all_sending(timestamptz), public.why_not_yet(uuid[], timestamptz),
  public.scheduled_ahead(timestamptz, timestamptz, uuid, int), public.send_ledger(timestamptz),
  public.opt_out_by_link(uuid) from public, anon;
grant execute on function public.why_not_yet(uuid[], timestamptz), public.scheduled_ahead(timestamptz, timestamptz, uuid, int),
  public.send_ledger(timestamptz) to authenticated, service_role;
grant execute on function public.judge_all_sending(timestamptz), public.opt_out_by_link(uuid) to service_role;
