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
