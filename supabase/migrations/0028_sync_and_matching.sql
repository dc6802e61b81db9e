-- How far each folder of a mailbox has been read, and how that goes. A folder has a cursor of its own: one that is caught up
-- must not carry another past mail that is still unread.
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
comment on column public.mailbox_folders.read_up_to is 'Everything received up to here is stored. Null until the first run got anywhere.';
comment on column public.mailbox_folders.behind_s is 'Seconds between the oldest mail that may be unread and the last run; 0 when it was caught up.';
insert into public.mailbox_folders (mailbox_id, folder, read_up_to, tried_at, read_at, problem)
select m.id, f, m.sync_cursor, m.last_synced_at, m.last_synced_at, m.sync_error
  from public.mailboxes m, unnest('{inbox,junk}'::text[]) f where m.sync_cursor is not null;

-- Mail received before this is never acted on while nothing has been sent: an inbox was full before the desk was there.
alter table public.desk_settings add column mail_counts_from timestamptz not null default now();

-- Addresses a contact writes from besides the one we mail. A person says so once; from then on their mail is matched.
create table public.contact_addresses (
  address text primary key check (address = lower(btrim(address)) and address ~ '^[^@\s]+@[^@\s]+$'),
  contact_id uuid not null references public.contacts (id) on delete cascade,
  email_id uuid references public.synced_emails (id),
  created_by text not null default 'system',
  created_at timestamptz not null default now()
);
create index contact_addresses_contact on public.contact_addresses (contact_id);
create index contact_addresses_email on public.contact_addresses (email_id);
create index contacts_domain on public.contacts (split_part(email_key, '@', 2));

alter table public.synced_emails
  add column suggested_company_id uuid references public.companies (id),
  add column in_burst boolean not null default false,
  add column claimed_by text,
  add column prepared_verdict jsonb,
  add column snoozed_until timestamptz,
  add column assigned_to uuid references public.operators (id) on delete set null,
  add column agent_cost_microusd bigint,
  add column agent_ms int,
  add column agent_batch int;
comment on column public.synced_emails.in_burst is 'Came with many others: it is read in a batch, and no event of its own wakes a reader.';
comment on column public.synced_emails.agent_cost_microusd is 'This mail''s share of what the agent run cost that read it, alone or with agent_batch others.';
create index synced_emails_suggested on public.synced_emails (suggested_company_id) where suggested_company_id is not null;
create index synced_emails_assigned on public.synced_emails (assigned_to) where assigned_to is not null;
create index synced_emails_burst on public.synced_emails (received_at desc, id) where in_burst and status = 'new';
create index synced_emails_claimed on public.synced_emails (claimed_by) where claimed_by is not null and status = 'classifying';
create index synced_emails_unmatched on public.synced_emails (from_email) where contact_id is null and status <> 'done';

-- From when on mail is acted on: the first mail that left, less what two clocks may differ.
create function public.mail_counts_from() returns timestamptz
language sql stable security definer set search_path = '' as $$
  select coalesce((select min(s.handed_at) - interval '2 minutes' from public.sends s where s.handed_at is not null),
    (select d.mail_counts_from from public.desk_settings d where d.id = 1))
$$;

-- A subject without "Re:", "Fwd:" and their cousins, in lower case: what two mails of one thread share.
create function public.bare_subject(p_subject text) returns text
language sql immutable set search_path = '' as $$
  select btrim(regexp_replace(lower(coalesce(p_subject, '')),
    '^(\s*(re|aw|sv|vs|antw|fw|fwd|wg|tr|rv|res|enc)\s*(\[\d+\])?\s*:)+', ''))
$$;

-- Domains where strangers live beside each other; sharing one says nothing about a company.
create function public.is_shared_domain(p_domain text) returns boolean
language sql immutable set search_path = '' as $$
  select coalesce(p_domain, '') = '' or p_domain ~ ('^(gmail|googlemail|yahoo|ymail|rocketmail|hotmail|outlook|live|msn|aol|aim|icloud|me|mac|'
    || 'comcast|verizon|att|sbcglobal|bellsouth|cox|charter|spectrum|earthlink|roadrunner|juno|netzero|optonline|frontier|centurylink|'
    || 'protonmail|proton|pm|gmx|zoho|fastmail|mail|yandex|qq|163)\.[a-z.]{2,6}$')
$$;

-- Whose mail this is: the thread (Message-ID, our key in a returned mail, conversation), the recipient that failed, the sender's
-- address or one remembered for them. When none fits, the company the sender's domain belongs to, as a suggestion only.
create function public.match_email(p_mailbox_id uuid, p_email jsonb) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  v_send public.sends;
  v_contact uuid;
  v_company uuid;
  v_by text;
  v_from text := public.words_in(lower(p_email ->> 'fromEmail'));
  v_domain text := split_part(v_from, '@', 2);
  v_failed text[] := array(select lower(btrim(x)) from unnest(public.texts_in(p_email -> 'failedRecipients')) x);
begin
  select * into v_send from public.sends s
   where s.message_id = any (public.texts_in(p_email -> 'references') || array[p_email ->> 'inReplyTo'])
   order by s.sent_at desc nulls last limit 1;
  if v_send.id is null then
    select * into v_send from public.sends s
     where s.idempotency_key = any (public.texts_in(p_email -> 'sendKeys')) and s.handed_at is not null limit 1;
  end if;
  if v_send.id is null and p_email ->> 'conversationId' is not null then
    select * into v_send from public.sends s where s.conversation_id = p_email ->> 'conversationId' and s.mailbox_id = p_mailbox_id
     order by s.sent_at desc nulls last limit 1;
  end if;
  if v_send.id is not null then
    v_contact := v_send.contact_id;
    v_by := 'thread';
  elsif array_length(v_failed, 1) > 0 then
    select * into v_send from public.sends s where lower(s.to_email) = any (v_failed) and s.handed_at is not null
     order by s.handed_at desc limit 1;
    v_contact := v_send.contact_id;
    v_by := case when v_contact is not null then 'failed_recipient' end;
  else
    select c.id into v_contact from public.contacts c where c.email_key = v_from;
    if v_contact is null then
      select a.contact_id into v_contact from public.contact_addresses a where a.address = v_from;
    end if;
    v_by := case when v_contact is not null then 'address' end;
    select * into v_send from public.sends s where s.contact_id = v_contact and s.status = 'sent' order by s.sent_at desc limit 1;
  end if;
  if v_contact is null and not public.is_shared_domain(v_domain) then
    select c.company_id into v_company from public.contacts c
     where split_part(c.email_key, '@', 2) = v_domain and c.company_id is not null
     group by c.company_id
     order by bool_or(exists (select 1 from public.sends s where s.contact_id = c.id and s.handed_at is not null
       and lower(s.subject) = public.bare_subject(p_email ->> 'subject'))) desc, count(*) desc, c.company_id limit 1;
  end if;
  return jsonb_build_object('sendId', v_send.id, 'contactId', v_contact, 'matchedBy', v_by, 'companyId', v_company);
end $$;

-- Stores one inbound mail once, links it to what it answers, and - before anyone has read it - holds the sequence of the
-- person who wrote. `holds` is false for receipts, whose sender wrote nothing. `putAway` is why nothing is to be done about it.
create or replace function public.ingest_email(p_mailbox_id uuid, p_email jsonb) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_id uuid;
  v_match jsonb;
  v_contact uuid;
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
  if v_away is null and coalesce(v_match ->> 'matchedBy', 'address') = 'address' and v_received < public.mail_counts_from() then
    v_away := 'it came before the desk''s first mail';
    v_flags := v_flags || 'before_first_send'::text;
  end if;
  insert into public.synced_emails (mailbox_id, entry_id, internet_message_id, conversation_id, in_reply_to, reference_ids,
    message_class, received_at, from_email, from_name, to_emails, subject, body_text, body_html, headers, raw_source,
    attachments, parse_problem, visible_text, facts, flags, contact_id, company_id, send_id, matched_by, suggested_company_id,
    in_burst, status, reason, handled_at, handled_by)
  values (p_mailbox_id, p_email ->> 'entryId', v_message_id, p_email ->> 'conversationId', p_email ->> 'inReplyTo',
    public.texts_in(p_email -> 'references'), coalesce(p_email ->> 'messageClass', 'IPM.Note'), v_received,
    public.words_in(lower(p_email ->> 'fromEmail')), p_email ->> 'fromName', public.texts_in(p_email -> 'toEmails'),
    coalesce(p_email ->> 'subject', ''), coalesce(p_email ->> 'bodyText', ''), p_email ->> 'bodyHtml', p_email ->> 'headers',
    p_email ->> 'rawSource', coalesce(p_email -> 'attachments', '[]'), p_email ->> 'parseProblem', p_email ->> 'visibleText',
    coalesce(p_email -> 'facts', '{}'), v_flags, v_contact, (select c.company_id from public.contacts c where c.id = v_contact),
    (v_match ->> 'sendId')::uuid, v_match ->> 'matchedBy', (v_match ->> 'companyId')::uuid,
    coalesce((p_email ->> 'inBurst')::boolean, false), case when v_away is null then 'new' else 'done' end,
    case when v_away is not null then 'Nothing was done about it: ' || v_away || '.' end,
    case when v_away is not null then now() end, case when v_away is not null then 'system' end)
  on conflict do nothing returning id into v_id;
  if v_id is null then
    return jsonb_build_object('inserted', false);
  end if;
  if v_contact is not null and v_away is null then
    if coalesce((p_email ->> 'holds')::boolean, true) then
      perform public.hold_contact(v_contact, 'pause', 'a reply arrived and is being read');
    end if;
    -- What was put off until later is of today again when the same person writes.
    update public.synced_emails set snoozed_until = null where contact_id = v_contact and status = 'needs_person' and snoozed_until is not null;
  end if;
  return jsonb_build_object('inserted', true, 'id', v_id, 'contactId', v_contact, 'matchedBy', v_match ->> 'matchedBy',
    'putAway', v_away is not null);
end $$;

-- A claim older than five minutes was lost with its process; the one that claimed may always claim again (a step run twice).
drop function public.claim_email(uuid, timestamptz);
create function public.claim_email(p_id uuid, p_now timestamptz default now(), p_by text default null) returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  perform public.require_operator();
  update public.synced_emails set status = 'classifying', classifying_since = p_now, claimed_by = p_by,
    attempts = attempts + case when claimed_by = p_by and status = 'classifying' then 0 else 1 end
   where id = p_id and (status = 'new' or (status = 'classifying'
     and (classifying_since < p_now - interval '5 minutes' or claimed_by = p_by)));
  return found;
end $$;

-- Takes the next mails of a burst, newest first, so that what came last is not read last. Whoever claims again under one name
-- (a step run twice) gets what it had first.
create function public.claim_burst(p_limit int, p_by text, p_now timestamptz default now()) returns setof uuid
language plpgsql security definer set search_path = '' as $$
begin
  perform public.require_operator();
  return query
    update public.synced_emails e set classifying_since = p_now
     where e.claimed_by = p_by and e.status = 'classifying' and e.in_burst returning e.id;
  if not found then
    return query
      update public.synced_emails e set status = 'classifying', classifying_since = p_now, claimed_by = p_by, attempts = attempts + 1
       where e.id in (select n.id from public.synced_emails n where n.in_burst and n.status = 'new'
         order by n.received_at desc, n.id limit p_limit for update skip locked)
      returning e.id;
  end if;
end $$;

-- Gives a claimed mail back, with the verdict it was given in a batch when there is one: a reader of its own goes on from there.
create function public.release_claim(p_id uuid, p_verdict jsonb default null) returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  perform public.require_operator();
  update public.synced_emails set status = 'new', claimed_by = null, in_burst = false, prepared_verdict = coalesce(p_verdict, prepared_verdict)
   where id = p_id and status = 'classifying';
  return found;
end $$;

-- Writes how reading a folder went. The cursor never goes back, and never past what is stored.
create function public.note_sync(
  p_mailbox_id uuid, p_folder text, p_read_up_to timestamptz, p_behind_s int, p_stored int, p_problem text default null,
  p_now timestamptz default now()
) returns void language plpgsql security definer set search_path = '' as $$
begin
  perform public.require_operator();
  insert into public.mailbox_folders as f (mailbox_id, folder, read_up_to, tried_at, read_at, behind_s, stored_last, failures, problem, problem_since)
  values (p_mailbox_id, p_folder, p_read_up_to, p_now, case when p_problem is null then p_now end, coalesce(p_behind_s, 0),
    coalesce(p_stored, 0), case when p_problem is null then 0 else 1 end, p_problem, case when p_problem is not null then p_now end)
  on conflict (mailbox_id, folder) do update set
    read_up_to = greatest(f.read_up_to, excluded.read_up_to), tried_at = p_now,
    read_at = coalesce(excluded.read_at, f.read_at), behind_s = coalesce(p_behind_s, f.behind_s), stored_last = excluded.stored_last,
    failures = case when p_problem is null then 0 else f.failures + 1 end, problem = p_problem,
    problem_since = case when p_problem is not null then coalesce(f.problem_since, p_now) end;
  update public.mailboxes m set
    sync_cursor = coalesce((select f.read_up_to from public.mailbox_folders f where f.mailbox_id = m.id and f.folder = 'inbox'), m.sync_cursor),
    last_synced_at = (select max(f.read_at) from public.mailbox_folders f where f.mailbox_id = m.id),
    sync_error = (select string_agg(distinct f.problem, ' ') from public.mailbox_folders f where f.mailbox_id = m.id)
   where m.id = p_mailbox_id;
end $$;

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
  v_domain := split_part(v_email.from_email, '@', 2);
  v_subject := public.bare_subject(v_email.subject);
  return query
  with written as (
    select distinct lower(m[1]) as address from regexp_matches(left(v_email.body_text, 20000), '([A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{3,120})', 'g') m limit 50
  ), found as (
    select c.id, 1 as rank, 'their address stands in the mail' as why from public.contacts c join written w on w.address = c.email_key
    union all
    select c.id, 2, 'same domain, and we wrote to them under this subject' from public.contacts c
     where split_part(c.email_key, '@', 2) = v_domain and not public.is_shared_domain(v_domain) and v_subject <> ''
       and exists (select 1 from public.sends s where s.contact_id = c.id and s.handed_at is not null and lower(s.subject) = v_subject)
    union all
    select c.id, 3, 'same name' from public.contacts c where lower(c.full_name) = lower(btrim(v_email.from_name)) and length(btrim(v_email.from_name)) > 4
    union all
    select c.id, 4, 'same domain' from public.contacts c
     where split_part(c.email_key, '@', 2) = v_domain and not public.is_shared_domain(v_domain)
    union all
    (select s.contact_id, 5, 'we wrote to them under this subject' from public.sends s
      where length(v_subject) > 8 and lower(s.subject) = v_subject and s.handed_at > v_email.received_at - interval '60 days'
      order by s.handed_at desc limit 5)
  ), best as (
    select distinct on (f.id) f.id, f.rank, f.why from found f order by f.id, f.rank
  )
  select c.id, c.full_name, c.email, c.company_id, k.name, b.why
    from best b join public.contacts c on c.id = b.id left join public.companies k on k.id = c.company_id
   order by b.rank, (select max(s.handed_at) from public.sends s where s.contact_id = c.id) desc nulls last, c.full_name limit 8;
end $$;

-- Remembers the address a linked mail came from, unless it is a machine's, one of ours, or another contact's own.
create function public.remember_address(p_email public.synced_emails, p_contact_id uuid) returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  perform public.require_operator();
  if p_email.from_email is null or p_email.from_email !~ '^[^@\s]+@[^@\s]+$'
     or coalesce(p_email.category, '') in ('bounce', 'receipt', 'complaint') or p_email.message_class ilike 'REPORT.%'
     or p_email.from_email ~ '^(mailer-daemon|postmaster|no-?reply|do-?not-?reply|bounce[^@]*|notifications?)@'
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

-- A person says whose mail an unmatched mail is. What happens next is asked of a person again: a mail that was filed
-- without a contact did nothing to the contact it now has. The address is remembered, and what else came from it is theirs too.
create or replace function public.link_email(p_email_id uuid, p_contact_id uuid) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_email public.synced_emails;
  v_company uuid;
  v_remembered boolean;
  v_other uuid;
  v_others int := 0;
begin
  perform public.require_operator();
  select * into v_email from public.synced_emails where id = p_email_id for update;
  if not found then
    return jsonb_build_object('outcome', 'not_found');
  end if;
  if v_email.contact_id = p_contact_id then
    return jsonb_build_object('outcome', 'linked', 'contactId', p_contact_id, 'toPerson', v_email.status = 'needs_person');
  end if;
  select c.company_id into v_company from public.contacts c where c.id = p_contact_id;
  if not found then
    raise exception 'There is no such contact.' using errcode = 'P0002';
  end if;
  update public.synced_emails set
    contact_id = p_contact_id, company_id = v_company, matched_by = 'person', suggested_company_id = null,
    send_id = (select s.id from public.sends s where s.contact_id = p_contact_id and s.status = 'sent' order by s.sent_at desc limit 1),
    status = case when status in ('routed', 'done') then 'needs_person' else status end
  where id = p_email_id;
  -- A receipt is written by a machine about a mail that arrived; its contact said nothing.
  if v_email.category is distinct from 'receipt' then
    perform public.hold_contact(p_contact_id, 'pause', 'a reply arrived and is being read');
  end if;
  -- Whoever it was wrongly matched to before may go on, unless something else holds them.
  if v_email.contact_id is not null then
    perform public.release_contact(v_email.contact_id);
  end if;
  v_remembered := public.remember_address(v_email, p_contact_id);
  perform public.write_audit('reply.linked', 'synced_emails', p_email_id::text,
    jsonb_build_object('contactId', v_email.contact_id, 'status', v_email.status),
    jsonb_build_object('contactId', p_contact_id, 'address', case when v_remembered then v_email.from_email end,
      'did', to_jsonb(array['sequence held until a person has read the mail'] || case when v_remembered
        then array[v_email.from_email || ' remembered for this contact'] else '{}' end)));
  if v_remembered then
    for v_other in select e.id from public.synced_emails e
       where e.from_email = v_email.from_email and e.contact_id is null and e.status <> 'done' order by e.id for update
    loop
      perform public.link_email(v_other, p_contact_id);
      v_others := v_others + 1;
    end loop;
  end if;
  return jsonb_build_object('outcome', 'linked', 'contactId', p_contact_id, 'remembered', v_remembered, 'others', v_others,
    'toPerson', v_email.status in ('routed', 'done', 'needs_person'));
end $$;

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
  perform public.write_audit('contact.address_forgotten', 'contacts', v_row.contact_id::text, to_jsonb(v_row), null, btrim(p_reason));
  return true;
end $$;

-- One item of Sent Items: {entryId, messageId, conversationId, inReplyTo, key, toEmails, subject, sentAt}. Our own mail is known by
-- its key, its message id or its entry id, or - where the mailbox gives none of them back - as the one mail to that address with
-- that subject that left then: it settles a send nobody was sure about and fills in the ids by which an answer will be matched.
-- Anything else a person sent by hand: it counts against the limits, ends the sequences of the contacts it went to, and
-- takes the mail it answers off the list of what waits. Answers own, settled, by_hand or seen.
create function public.note_sent_item(p_mailbox_id uuid, p_item jsonb) returns text
language plpgsql security definer set search_path = '' as $$
declare
  v_send public.sends;
  v_sent_at timestamptz := (p_item ->> 'sentAt')::timestamptz;
  v_message_id text := public.words_in(p_item ->> 'messageId');
  v_conversation text := public.words_in(p_item ->> 'conversationId');
  v_to text[] := array(select lower(btrim(x)) from unnest(public.texts_in(p_item -> 'toEmails')) x where btrim(x) <> '');
  v_reason text;
  v_contact uuid;
  v_email uuid;
begin
  perform public.require_operator();
  select * into v_send from public.sends s where s.idempotency_key = public.words_in(p_item ->> 'key') and s.handed_at is not null;
  if v_send.id is null and v_message_id is not null then
    select * into v_send from public.sends s where s.message_id = v_message_id limit 1;
  end if;
  if v_send.id is null then
    select * into v_send from public.sends s where lower(s.to_email) = any (v_to) and s.mailbox_id = p_mailbox_id
       and (s.entry_id = p_item ->> 'entryId' or (s.message_id is null and s.status in ('sending', 'uncertain', 'sent')
         and s.subject = p_item ->> 'subject' and s.handed_at between v_sent_at - interval '1 hour' and v_sent_at + interval '1 hour'))
     order by s.entry_id = p_item ->> 'entryId' desc nulls last, abs(extract(epoch from s.handed_at - v_sent_at)) limit 1;
  end if;
  if v_send.id is not null then
    if v_send.status = 'uncertain' then
      perform public.record_send(v_send.id, 'sent', 'seen in Sent Items', jsonb_strip_nulls(jsonb_build_object('sentAt', v_sent_at,
        'messageId', v_message_id, 'entryId', p_item ->> 'entryId', 'conversationId', v_conversation, 'foundIn', 'sent')));
      return 'settled';
    elsif v_send.status = 'sent' and ((v_send.message_id is null and v_message_id is not null)
        or (v_send.conversation_id is null and v_conversation is not null)) then
      update public.sends set message_id = coalesce(message_id, v_message_id), conversation_id = coalesce(conversation_id, v_conversation),
        entry_id = coalesce(p_item ->> 'entryId', entry_id) where id = v_send.id;
    end if;
    return 'own';
  end if;
  if not public.note_hand_sent(p_mailbox_id, p_item) or v_sent_at < public.mail_counts_from() then
    return 'seen';
  end if;
  v_reason := 'answered by hand on ' || to_char(v_sent_at at time zone (select d.time_zone from public.desk_settings d where d.id = 1), 'FMDD Mon');
  for v_contact in
    select c.id from public.contacts c where c.email_key = any (v_to)
    union select a.contact_id from public.contact_addresses a where a.address = any (v_to)
  loop
    if exists (select 1 from public.enrollments n where n.contact_id = v_contact and n.status in ('active', 'paused')) then
      perform public.hold_contact(v_contact, 'stop', v_reason);
      perform public.write_audit('contact.answered_by_hand', 'contacts', v_contact::text, null,
        jsonb_build_object('subject', p_item ->> 'subject', 'sentAt', v_sent_at, 'did', jsonb_build_array('sequence stopped')), v_reason, 'sync');
    end if;
    for v_email in
      update public.synced_emails e set status = 'done', handled_at = v_sent_at, handled_by = 'answered by hand', snoozed_until = null
       where e.contact_id = v_contact and e.status = 'needs_person' and e.received_at <= v_sent_at
         and (e.internet_message_id = p_item ->> 'inReplyTo' or e.conversation_id = v_conversation)
      returning e.id
    loop
      perform public.write_audit('reply.done', 'synced_emails', v_email::text, null, null, v_reason, 'sync');
    end loop;
  end loop;
  return 'by_hand';
end $$;

alter table public.mailbox_folders enable row level security;
alter table public.contact_addresses enable row level security;
create policy mailbox_folders_read on public.mailbox_folders for select to authenticated using ((select public.is_operator()));
create policy contact_addresses_read on public.contact_addresses for select to authenticated using ((select public.is_operator()));
grant select on public.mailbox_folders, public.contact_addresses to authenticated;
grant select, insert, update on public.mailbox_folders, public.contact_addresses to service_role;

revoke execute on function public.mail_counts_from(), public.bare_subject(text), public.is_shared_domain(text),
  public.match_email(uuid, jsonb), public.claim_email(uuid, timestamptz, text), public.claim_burst(int, text, timestamptz),
  public.release_claim(uuid, jsonb), public.note_sync(uuid, text, timestamptz, int, int, text, timestamptz),
  public.note_sent_item(uuid, jsonb), public.suggest_matches(uuid), public.remember_address(public.synced_emails, uuid), public.forget_address(text, text) from public, anon;
grant execute on function public.suggest_matches(uuid), public.forget_address(text, text) to authenticated, service_role;
grant execute on function public.claim_email(uuid, timestamptz, text), public.claim_burst(int, text, timestamptz),
  public.release_claim(uuid, jsonb), public.note_sync(uuid, text, timestamptz, int, int, text, timestamptz),
  public.mail_counts_from(), public.note_sent_item(uuid, jsonb) to service_role;
