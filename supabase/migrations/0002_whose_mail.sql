-- Whose mail it is: the writer decides among the contacts of a thread, and a colleague who is
-- in a sequence of their own is held; what the rules found is stored with the mail.
alter table public.mailboxes add column aliases text[] not null default '{}';
alter table public.synced_emails
  add column cc_emails text[] not null default '{}',
  add column reply_to_emails text[] not null default '{}',
  add column ruling jsonb;

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
revoke execute on function public.mailbox_key, public.is_same_mailbox from public;
grant execute on function public.mailbox_key, public.is_same_mailbox to service_role;

-- Whose mail this is: the thread (Message-ID, our key in a returned mail, conversation),
-- the recipient that failed, the sender's address or one remembered for them. When none
-- fits, the company the sender's domain belongs to, as a suggestion only. Where several
-- contacts share a thread, From says whose mail it is.
create or replace function public.match_email(p_mailbox_id uuid, p_email jsonb) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  v_send public.sends;
  v_contact uuid;
  v_company uuid;
  v_by text;
  v_from text := public.words_in(lower(p_email ->> 'fromEmail'));
  v_domain text := split_part(v_from, '@', 2);
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
     where split_part(c.email_key, '@', 2) = v_domain and c.company_id is not null
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
create or replace function public.ingest_email(p_mailbox_id uuid, p_email jsonb) returns jsonb
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
