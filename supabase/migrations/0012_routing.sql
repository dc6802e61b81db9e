-- Stops or pauses everything still scheduled for a contact. A pause without an end keeps the end an earlier one had: someone
-- out of office stays so while another mail of theirs is being read.
create function public.hold_contact(p_contact_id uuid, p_how text, p_reason text, p_resume_at timestamptz default null)
returns void language plpgsql security definer set search_path = '' as $$
begin
  perform public.require_operator();
  if p_how = 'stop' then
    update public.enrollments set status = 'stopped', reason = p_reason, resume_at = null
     where contact_id = p_contact_id and status in ('active', 'paused');
    update public.sends set status = 'cancelled', reason = p_reason
     where contact_id = p_contact_id and kind = 'sequence' and status = 'scheduled';
  else
    update public.enrollments set status = 'paused', reason = p_reason, resume_at = coalesce(p_resume_at, resume_at)
     where contact_id = p_contact_id and status in ('active', 'paused');
  end if;
end $$;

-- The texts of a JSON array; anything that is no array has none. Mail is hostile and half of its fields are missing.
create function public.texts_in(p_list jsonb) returns text[]
language sql immutable set search_path = '' as $$
  select coalesce(array_agg(x), '{}') from jsonb_array_elements_text(case jsonb_typeof(p_list) when 'array' then p_list else '[]' end) x
$$;

-- Stores one inbound mail once, links it to what it answers, and — before anyone has read it — holds the sequence of the
-- person who wrote. `holds` is false for receipts, whose sender wrote nothing.
create function public.ingest_email(p_mailbox_id uuid, p_email jsonb) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_id uuid;
  v_send public.sends;
  v_contact uuid;
  v_by text;
  v_message_id text := public.words_in(p_email ->> 'messageId');
  v_from text := public.words_in(lower(p_email ->> 'fromEmail'));
  v_references text[] := public.texts_in(p_email -> 'references');
  v_failed text[] := array(select lower(btrim(x)) from unnest(public.texts_in(p_email -> 'failedRecipients')) x);
begin
  perform public.require_operator();
  if exists (select 1 from public.synced_emails e where e.mailbox_id = p_mailbox_id
      and (e.entry_id = p_email ->> 'entryId' or e.internet_message_id = v_message_id)) then
    return jsonb_build_object('inserted', false);
  end if;
  select * into v_send from public.sends s where s.message_id = any (v_references || array[p_email ->> 'inReplyTo'])
   order by s.sent_at desc limit 1;
  if v_send.id is null and p_email ->> 'conversationId' is not null then
    select * into v_send from public.sends s where s.conversation_id = p_email ->> 'conversationId' and s.mailbox_id = p_mailbox_id
     order by s.sent_at desc limit 1;
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
    v_by := case when v_contact is not null then 'address' end;
    select * into v_send from public.sends s where s.contact_id = v_contact and s.status = 'sent' order by s.sent_at desc limit 1;
  end if;
  insert into public.synced_emails (mailbox_id, entry_id, internet_message_id, conversation_id, in_reply_to, reference_ids,
    message_class, received_at, from_email, from_name, to_emails, subject, body_text, body_html, headers, raw_source,
    attachments, parse_problem, visible_text, facts, flags, contact_id, company_id, send_id, matched_by)
  values (p_mailbox_id, p_email ->> 'entryId', v_message_id, p_email ->> 'conversationId', p_email ->> 'inReplyTo',
    v_references, coalesce(p_email ->> 'messageClass', 'IPM.Note'), (p_email ->> 'receivedAt')::timestamptz,
    v_from, p_email ->> 'fromName',
    public.texts_in(p_email -> 'toEmails'),
    coalesce(p_email ->> 'subject', ''), coalesce(p_email ->> 'bodyText', ''), p_email ->> 'bodyHtml', p_email ->> 'headers',
    p_email ->> 'rawSource', coalesce(p_email -> 'attachments', '[]'), p_email ->> 'parseProblem', p_email ->> 'visibleText',
    coalesce(p_email -> 'facts', '{}'),
    public.texts_in(p_email -> 'flags'),
    v_contact, (select c.company_id from public.contacts c where c.id = v_contact), v_send.id, v_by)
  on conflict do nothing returning id into v_id;
  if v_id is null then
    return jsonb_build_object('inserted', false);
  end if;
  if v_contact is not null and coalesce((p_email ->> 'holds')::boolean, true) then
    perform public.hold_contact(v_contact, 'pause', 'a reply arrived and is being read');
  end if;
  return jsonb_build_object('inserted', true, 'id', v_id, 'contactId', v_contact, 'matchedBy', v_by);
end $$;

-- Takes a mail for classification; a claim older than five minutes was lost with its process and may be taken again.
create function public.claim_email(p_id uuid, p_now timestamptz default now()) returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  perform public.require_operator();
  update public.synced_emails set status = 'classifying', classifying_since = p_now, attempts = attempts + 1
   where id = p_id and (status = 'new' or (status = 'classifying' and classifying_since < p_now - interval '5 minutes'));
  return found;
end $$;

-- One transaction from category to effect: exclusion, do-not-contact, task, sequence, audit.
create function public.route_email(
  p_id uuid, p_category text, p_confidence numeric, p_reason text, p_decided_by text, p_details jsonb default '{}'
) returns jsonb language plpgsql security definer set search_path = '' as $$
declare
  v_email public.synced_emails;
  v_rule public.routing_rules;
  v_person boolean;
  v_hard boolean := p_category = 'bounce' and p_details #>> '{bounce,verdict}' = 'hard';
  v_soft boolean := p_category = 'bounce' and p_details #>> '{bounce,verdict}' = 'soft';
  v_sure boolean := coalesce(p_confidence, 0) >= 0.7 and not coalesce((p_details ->> 'toPerson')::boolean, false);
  v_address text;
  v_done text[] := '{}';
begin
  perform public.require_operator();
  select * into v_email from public.synced_emails where id = p_id for update;
  if not found then
    raise exception 'There is no mail %.', p_id using errcode = 'P0002';
  end if;
  if p_decided_by is null or p_decided_by not in ('rules', 'agent', 'person') then
    raise exception 'A mail is decided by rules, agent or person, not %.', p_decided_by using errcode = '22023';
  end if;
  if v_email.status in ('routed', 'needs_person', 'done') and p_decided_by <> 'person' then
    return jsonb_build_object('outcome', 'already_routed', 'category', v_email.category);
  end if;
  select * into v_rule from public.routing_rules where category = p_category;
  if not found then
    raise exception 'There is no category named %.', p_category using errcode = '22023';
  end if;
  v_hard := coalesce(v_hard, false);
  v_soft := coalesce(v_soft, false);
  v_person := p_decided_by <> 'person' and (v_rule.to_person or not v_sure
    or (p_category = 'bounce' and not v_hard and not v_soft) or (v_email.contact_id is null and p_decided_by = 'agent'));
  -- Below 0.7 nothing is done to anyone: the sequence stays held and a person reads the mail.
  if v_sure then
    if v_hard or v_rule.exclude_address then
      for v_address in select distinct lower(btrim(x)) from unnest(
          case when v_hard then public.texts_in(p_details #> '{bounce,failedRecipients}') else array[v_email.from_email] end) x
        where btrim(x) <> ''
      loop
        -- Never an address we did not mail: a forged notice must not exclude a stranger, or someone whose mail is yet to leave.
        continue when v_hard and not exists (select 1 from public.sends s where lower(s.to_email) = v_address and s.handed_at is not null);
        insert into public.email_exclusions (kind, value, reason, source, email_id)
        values ('address', v_address, coalesce(p_reason, v_rule.title), case when v_hard then 'bounce' else p_category end, p_id) on conflict do nothing;
        update public.contacts set bounced_at = now() where v_hard and email_key = v_address and bounced_at is null;
        if v_hard then
          -- Whoever has the address now, and whoever was mailed at it: a contact may have another address by now.
          perform public.hold_contact(x.id, 'stop', 'address bounced') from (
            select c.id from public.contacts c where c.email_key = v_address
            union select s.contact_id from public.sends s where lower(s.to_email) = v_address and s.handed_at is not null) x;
        end if;
        v_done := v_done || ('excluded ' || v_address);
      end loop;
    end if;
    if v_hard and v_done = '{}' and p_decided_by <> 'person' then
      v_person := true; -- a dead address nobody was mailed at: a forgery, or a notice that was read wrongly
    end if;
    if v_rule.do_not_contact <> 'none' and v_email.contact_id is not null then
      update public.contacts set do_not_contact_at = now(), do_not_contact_reason = p_reason
       where id = v_email.contact_id and do_not_contact_at is null;
      v_done := v_done || 'contact set to do-not-contact'::text;
      if v_rule.do_not_contact = 'company' and v_email.company_id is not null then
        update public.companies set do_not_contact_at = now(), do_not_contact_reason = p_reason
         where id = v_email.company_id and do_not_contact_at is null;
        perform public.hold_contact(c.id, 'stop', 'company is do-not-contact') from public.contacts c where c.company_id = v_email.company_id;
        v_done := v_done || 'company set to do-not-contact'::text;
      end if;
    end if;
    if v_email.contact_id is not null then
      if p_category = 'bounce' and p_decided_by = 'person' and not v_hard and not v_soft then
        -- A person says the mail did not arrive, not for how long: nobody is excluded, and nothing more is sent there.
        perform public.hold_contact(v_email.contact_id, 'stop', 'address bounced');
        v_done := v_done || 'sequence stopped'::text;
      elsif v_rule.sequence = 'stop' then
        perform public.hold_contact(v_email.contact_id, 'stop', 'contact replied: ' || v_rule.title);
        v_done := v_done || 'sequence stopped'::text;
      elsif v_rule.sequence = 'pause' then
        perform public.hold_contact(v_email.contact_id, 'pause', 'out of office',
          coalesce((p_details ->> 'resumeAt')::timestamptz, now() + interval '3 days'));
        v_done := v_done || 'sequence paused'::text;
      end if;
    end if;
    if v_rule.task_kind is not null and v_email.contact_id is not null then
      insert into public.tasks (kind, title, due_at, contact_id, company_id, email_id)
      values (v_rule.task_kind, v_rule.title || ': ' || coalesce(nullif(v_email.subject, ''), '(no subject)'),
        coalesce((p_details ->> 'taskDueAt')::timestamptz, now() + make_interval(days => coalesce(v_rule.task_after_days, 0))),
        v_email.contact_id, v_email.company_id, p_id)
      on conflict do nothing;
      v_done := v_done || (v_rule.task_kind || ' task opened');
    end if;
  end if;
  update public.synced_emails set
    status = case when v_person then 'needs_person' else 'routed' end,
    category = p_category, confidence = p_confidence, reason = p_reason, decided_by = p_decided_by,
    facts = facts || coalesce(p_details -> 'facts', '{}'), priority = v_rule.priority, classified_at = coalesce(classified_at, now()),
    routed_at = now(), agent_run_id = coalesce((p_details ->> 'agentRunId')::uuid, agent_run_id)
  where id = p_id;
  if v_person then
    -- From here on a person decides; no rest that was agreed on before ends by itself.
    update public.enrollments set resume_at = null where contact_id = v_email.contact_id and status = 'paused';
  elsif v_rule.sequence = 'keep' and not v_hard and v_email.contact_id is not null then
    perform public.release_contact(v_email.contact_id);
  end if;
  perform public.write_audit('reply.' || p_category, 'synced_emails', p_id::text,
    jsonb_build_object('category', v_email.category), jsonb_build_object('category', p_category, 'confidence', p_confidence,
      'decidedBy', p_decided_by, 'did', to_jsonb(v_done), 'toPerson', v_person), p_reason);
  return jsonb_build_object('outcome', 'routed', 'category', p_category, 'toPerson', v_person, 'did', to_jsonb(v_done));
end $$;

-- Lets a held sequence go on, unless another mail of the same contact still waits to be read. Follow-ups that fell due
-- meanwhile leave from now on, in their windows.
create function public.resume_contact(p_contact_id uuid) returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform public.require_operator();
  update public.enrollments set status = 'active', reason = null, resume_at = null
   where contact_id = p_contact_id and status = 'paused' and not public.has_unread_reply(p_contact_id);
end $$;

-- The same when nobody asked for it: a mail turned out to mean nothing. Whoever is out of office until a day stays so.
create function public.release_contact(p_contact_id uuid) returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform public.require_operator();
  update public.enrollments set status = 'active', reason = null
   where contact_id = p_contact_id and status = 'paused' and resume_at is null and not public.has_unread_reply(p_contact_id);
end $$;

create function public.has_unread_reply(p_contact_id uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select 1 from public.synced_emails e
    where e.contact_id = p_contact_id and e.status in ('new', 'classifying', 'needs_person'))
$$;

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

-- A person says what a mail really is: stored as a labelled example, as feedback, and routed again.
create function public.correct_category(p_id uuid, p_category text, p_words text default null) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_email public.synced_emails;
begin
  perform public.require_operator();
  select * into v_email from public.synced_emails where id = p_id for update;
  if not found then
    return jsonb_build_object('outcome', 'not_found');
  end if;
  insert into public.labelled_replies (email_id, predicted, predicted_confidence, correct, labelled_by)
  values (p_id, v_email.category, v_email.confidence, p_category, public.acting_name())
  on conflict (email_id) do update set correct = excluded.correct, labelled_by = excluded.labelled_by, labelled_at = now();
  if v_email.category is distinct from p_category then
    insert into public.agent_feedback (agent, checkpoint, words, adjustment, tags, author)
    values ('response-classifier', 'classification',
      coalesce(public.words_in(p_words), format('A mail like "%s" is %s', left(coalesce(v_email.visible_text, v_email.subject), 160), p_category)),
      format('%s instead of %s', p_category, coalesce(v_email.category, 'nothing')), array[p_category], public.acting_name());
  end if;
  return public.route_email(p_id, p_category, 1, coalesce(public.words_in(p_words), 'said by ' || public.acting_name()), 'person');
end $$;

create function public.finish_email(p_id uuid) returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  perform public.require_operator();
  update public.synced_emails set status = 'done', handled_at = now(), handled_by = public.acting_name()
   where id = p_id and status in ('needs_person', 'routed');
  if found then
    perform public.write_audit('reply.done', 'synced_emails', p_id::text);
  end if;
  return found;
end $$;

-- An operator's own answer to a reply; it goes through the send path like every mail, before all others.
create function public.write_reply(p_email_id uuid, p_subject text, p_body text) returns uuid
language plpgsql security definer set search_path = '' as $$
declare
  v_email public.synced_emails;
  v_id uuid;
begin
  perform public.require_operator();
  select * into v_email from public.synced_emails where id = p_email_id for update;
  if not found or v_email.from_email is null or v_email.contact_id is null then
    raise exception 'Link this mail to a contact before answering it.' using errcode = '22023';
  end if;
  if public.words_in(p_body) is null then
    raise exception 'The answer is empty.' using errcode = '22023';
  end if;
  -- The same words twice are a button pressed twice. The lock on the mail keeps two presses apart.
  select s.id into v_id from public.sends s where s.reply_to_email_id = p_email_id and s.subject = p_subject and s.body = p_body
    and s.status in ('scheduled', 'sending', 'sent', 'uncertain') limit 1;
  if found then
    return v_id;
  end if;
  insert into public.sends (kind, contact_id, mailbox_id, reply_to_email_id, due_at, to_email, subject, body, content_hash)
  values ('manual_reply', v_email.contact_id, v_email.mailbox_id, p_email_id, now(), v_email.from_email, p_subject, p_body,
    md5(v_email.from_email || E'\n' || p_subject || E'\n' || p_body))
  returning id into v_id;
  perform public.write_audit('reply.answered', 'synced_emails', p_email_id::text, null, jsonb_build_object('send', v_id));
  return v_id;
end $$;

revoke execute on function public.texts_in(jsonb), public.hold_contact(uuid, text, text, timestamptz),
  public.ingest_email(uuid, jsonb), public.claim_email(uuid, timestamptz),
  public.route_email(uuid, text, numeric, text, text, jsonb), public.resume_contact(uuid), public.release_contact(uuid),
  public.has_unread_reply(uuid), public.resume_rested(timestamptz),
  public.correct_category(uuid, text, text), public.finish_email(uuid), public.write_reply(uuid, text, text) from public, anon;
grant execute on function public.correct_category(uuid, text, text), public.finish_email(uuid),
  public.write_reply(uuid, text, text), public.resume_contact(uuid) to authenticated, service_role;
grant execute on function public.hold_contact(uuid, text, text, timestamptz), public.ingest_email(uuid, jsonb),
  public.claim_email(uuid, timestamptz), public.route_email(uuid, text, numeric, text, text, jsonb),
  public.resume_rested(timestamptz) to service_role;
