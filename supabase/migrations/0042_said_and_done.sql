-- A routing says "sequence stopped" only where one ran: what is promised back by undo must have been there.
create function public.has_sequence(p_contacts uuid[]) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select 1 from public.enrollments n where n.contact_id = any (p_contacts) and n.status in ('active', 'paused'))
$$;
revoke execute on function public.has_sequence(uuid[]) from public, anon;

-- As before (0029), but it says what it did and no more.
create or replace function public.route_email(
  p_id uuid, p_category text, p_confidence numeric, p_reason text, p_decided_by text, p_details jsonb default '{}'
) returns jsonb language plpgsql security definer set search_path = '' as $$
declare
  v_email public.synced_emails;
  v_rule public.routing_rules;
  v_person boolean;
  v_hard boolean := coalesce(p_category = 'bounce' and p_details #>> '{bounce,verdict}' = 'hard', false);
  v_soft boolean := coalesce(p_category = 'bounce' and p_details #>> '{bounce,verdict}' = 'soft', false);
  v_sure boolean := coalesce(p_confidence, 0) >= 0.7 and not coalesce((p_details ->> 'toPerson')::boolean, false);
  v_addresses text[] := '{}';
  v_full text[] := '{}';
  v_level text;
  v_facts jsonb;
  v_before jsonb;
  v_made jsonb := '{}';
  v_named jsonb := '{}';
  v_id uuid;
  v_ids uuid[];
  v_address text;
  v_done text[] := '{}';
  v_runs boolean; -- a sequence of the contact runs, or is held: only that can be stopped, and brought back
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
  v_runs := public.has_sequence(array[v_email.contact_id]);
  v_facts := v_email.facts || coalesce(p_details -> 'facts', '{}');
  v_person := p_decided_by <> 'person' and (v_rule.to_person or not v_sure
    or (p_category = 'bounce' and not v_hard and not v_soft) or (v_email.contact_id is null and p_decided_by = 'agent'));
  if v_hard or v_soft then
    v_addresses := public.mailed_among(p_details #> '{bounce,failedRecipients}');
  end if;
  v_before := jsonb_build_object('category', v_email.category, 'status', v_email.status)
    || public.running_for(public.contacts_at(v_addresses) || coalesce(array[v_email.contact_id], '{}'));
  -- Below 0.7 nothing is done to anyone: the sequence stays held and a person reads the mail.
  if v_sure then
    if v_hard or v_rule.exclude_address then
      v_ids := '{}';
      foreach v_address in array case when v_hard then v_addresses
        else array_remove(array[public.words_in(lower(v_email.from_email))], null) end
      loop
        insert into public.email_exclusions (kind, value, reason, source, email_id)
        values ('address', v_address, coalesce(p_reason, v_rule.title), case when v_hard then 'bounce' else p_category end, p_id)
        on conflict do nothing returning id into v_id;
        v_ids := v_ids || case when found then array[v_id] else '{}' end;
        if v_hard then
          perform public.hold_contact(c, 'stop', 'address bounced') from unnest(public.contacts_at(array[v_address])) c;
        end if;
        v_done := v_done || ('excluded ' || v_address);
      end loop;
      v_made := v_made || jsonb_build_object('exclusions', to_jsonb(v_ids));
      if v_hard then
        with marked as (update public.contacts set bounced_at = now() where email_key = any (v_addresses) and bounced_at is null returning id)
        select array_agg(id) into v_ids from marked;
        v_made := v_made || jsonb_build_object('bounced', to_jsonb(coalesce(v_ids, '{}')));
      end if;
    end if;
    if v_hard and v_done = '{}' and p_decided_by <> 'person' then
      v_person := true; -- a dead address nobody was mailed at: a forgery, or a notice that was read wrongly
    end if;
    if v_soft then
      v_full := public.count_soft_bounces(v_email, v_addresses, p_details);
      foreach v_address in array v_full loop
        if public.has_sequence(public.contacts_at(array[v_address])) then
          v_done := v_done || ('sequence stopped: three soft bounces of ' || v_address || ' in 30 days');
        end if;
        perform public.hold_contact(c, 'stop', 'three soft bounces in 30 days') from unnest(public.contacts_at(array[v_address])) c;
      end loop;
    end if;
    if v_rule.do_not_contact <> 'none' and v_email.contact_id is not null then
      v_level := case coalesce(p_details ->> 'speaksFor', v_facts ->> 'speaksFor')
        when 'company' then 'company' when 'person' then 'contact' else v_rule.do_not_contact end;
      update public.contacts set do_not_contact_at = now(), do_not_contact_reason = p_reason
       where id = v_email.contact_id and do_not_contact_at is null;
      v_done := v_done || 'contact set to do-not-contact'::text;
      if v_level = 'company' and v_email.company_id is not null then
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
        v_done := v_done || case when v_runs then array['sequence stopped'] else '{}' end;
      elsif v_rule.sequence = 'stop' then
        perform public.hold_contact(v_email.contact_id, 'stop', 'contact replied: ' || v_rule.title);
        v_done := v_done || case when v_runs then array['sequence stopped'] else '{}' end;
      elsif v_rule.sequence = 'pause' then
        perform public.hold_contact(v_email.contact_id, 'pause', 'out of office',
          coalesce((p_details ->> 'resumeAt')::timestamptz, now() + interval '3 days'));
        v_done := v_done || case when v_runs then array['sequence paused'] else '{}' end;
      end if;
    end if;
    if p_decided_by = 'person' then
      -- What an earlier reading of this mail left behind is no longer asked for.
      with closed as (update public.tasks set status = 'done' where email_id = p_id and status = 'open'
        and kind is distinct from v_rule.task_kind returning kind)
      select v_done || coalesce(array_agg(kind || ' task closed'), '{}') into v_done from closed;
      update public.reply_proposals set status = 'withdrawn' where email_id = p_id and status = 'pending'
        and not (kind = 'contact' and p_category = 'referral') and not (kind = 'search' and p_category = 'buyer_inquiry');
    end if;
    if v_rule.task_kind is not null and v_email.contact_id is not null then
      insert into public.tasks (kind, title, due_at, contact_id, company_id, email_id)
      values (v_rule.task_kind, v_rule.title || ': ' || coalesce(nullif(v_email.subject, ''), '(no subject)'),
        coalesce((p_details ->> 'taskDueAt')::timestamptz,
          case when p_category = 'soft_pass' and v_facts #>> '{followUp,isoDate}' ~ '^\d{4}-\d{2}-\d{2}$'
            then ((v_facts #>> '{followUp,isoDate}')::date + time '16:00') at time zone 'UTC' end,
          now() + make_interval(days => coalesce(v_rule.task_after_days, 0))),
        v_email.contact_id, v_email.company_id, p_id)
      on conflict do nothing returning id into v_id;
      v_made := v_made || jsonb_build_object('tasks', case when found then jsonb_build_array(v_id) else '[]' end);
      v_done := v_done || (v_rule.task_kind || ' task opened');
    end if;
    if p_category in ('broker_redirect', 'referral') then
      v_named := public.keep_named_people(v_email, p_category, coalesce(p_details -> 'people', v_facts -> 'people'));
      v_made := v_made || v_named;
      v_done := v_done || case when jsonb_array_length(v_named -> 'brokers') > 0 then array['broker stored'] else '{}' end
        || case when jsonb_array_length(v_named -> 'proposals') > 0 then array['new contact proposed'] else '{}' end;
    elsif p_category = 'buyer_inquiry' then
      insert into public.reply_proposals (email_id, kind, draft, company_id, referred_by)
      values (p_id, 'search', coalesce(p_details -> 'searchDraft', '{}'), v_email.company_id, v_email.contact_id)
      on conflict on constraint one_proposal_per_draft do update set status = 'pending', decided_by = null, decided_at = null
        where reply_proposals.status = 'withdrawn'
      returning id into v_id;
      v_made := v_made || jsonb_build_object('proposals', case when found then jsonb_build_array(v_id) else '[]' end);
      v_done := v_done || 'new search proposed'::text;
    end if;
  end if;
  if v_person and public.words_in(v_facts ->> 'suggestedAnswer') is not null then
    insert into public.reply_drafts (email_id, body, source, updated_by)
    values (p_id, left(v_facts ->> 'suggestedAnswer', 20000), 'agent', 'response-classifier')
    on conflict (email_id) do update set body = excluded.body, updated_at = now() where reply_drafts.source = 'agent';
  end if;
  update public.synced_emails set
    status = case when v_person then 'needs_person' else 'routed' end,
    category = p_category, confidence = p_confidence, reason = p_reason, decided_by = p_decided_by,
    facts = v_facts, priority = v_rule.priority, classified_at = coalesce(classified_at, now()),
    routed_at = now(), agent_run_id = coalesce((p_details ->> 'agentRunId')::uuid, agent_run_id),
    agent_cost_microusd = coalesce((p_details #>> '{agent,costMicrousd}')::bigint, agent_cost_microusd),
    agent_ms = coalesce((p_details #>> '{agent,ms}')::int, agent_ms), agent_batch = coalesce((p_details #>> '{agent,batch}')::int, agent_batch),
    prepared_verdict = null, claimed_by = null
  where id = p_id;
  if v_person then
    -- From here on a person decides; no rest that was agreed on before ends by itself.
    update public.enrollments set resume_at = null where contact_id = v_email.contact_id and status = 'paused';
  elsif v_rule.sequence = 'keep' and not v_hard and v_email.contact_id is not null then
    perform public.release_contact(v_email.contact_id);
  end if;
  perform public.write_audit('reply.' || p_category, 'synced_emails', p_id::text, v_before,
    jsonb_build_object('category', p_category, 'confidence', p_confidence, 'decidedBy', p_decided_by, 'did', to_jsonb(v_done),
      'toPerson', v_person) || case when v_made = '{}' then '{}' else jsonb_build_object('made', v_made) end, p_reason);
  return jsonb_build_object('outcome', 'routed', 'category', p_category, 'toPerson', v_person, 'did', to_jsonb(v_done));
end $$;

-- As before (0029); what a person filed can be taken back even where nothing but its category changed: the mail waits again.
create or replace function public.undo_of(p_email_id uuid, p_now timestamptz default now()) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  v_audit public.audit_log;
  v_did jsonb;
begin
  perform public.require_operator();
  select a.* into v_audit from public.audit_log a
   where a.entity = 'synced_emails' and a.entity_id = p_email_id::text and a.before ? 'enrollments'
     and not exists (select 1 from public.audit_log u where u.entity = 'synced_emails' and u.entity_id = p_email_id::text
       and u.action = 'reply.undone' and (u.after ->> 'undoes')::bigint = a.id)
   order by a.id desc limit 1;
  if not found then
    return null;
  end if;
  v_did := coalesce(v_audit.after -> 'did', '[]');
  return jsonb_build_object('auditId', v_audit.id, 'action', v_audit.action, 'category', v_audit.after ->> 'category', 'at', v_audit.at,
    'until', v_audit.at + interval '24 hours', 'by', v_audit.actor, 'did', v_did,
    'whyNot', case
      when v_did = '[]' and v_audit.action <> 'reply.done' and coalesce(v_audit.after ->> 'decidedBy', '') <> 'person'
        then 'Nothing was done about it.'
      when v_did @> '["contact set to do-not-contact"]' or (v_audit.action <> 'reply.done'
          and exists (select 1 from public.routing_rules r where r.category = v_audit.after ->> 'category' and r.final))
        then 'It is for ever; an admin can lift do-not-contact with a reason.'
      when p_now > v_audit.at + interval '24 hours' then 'It was done more than a day ago.' end);
end $$;

-- As before (0028), but a sequence is said to be held only where there is one.
create or replace function public.link_email(p_email_id uuid, p_contact_id uuid) returns jsonb
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
    jsonb_build_object('contactId', p_contact_id, 'address', case when v_remembered then v_email.from_email end,
      'did', to_jsonb(case when v_holds then array['sequence held until a person has read the mail'] else '{}' end || case when v_remembered
        then array[v_email.from_email || ' remembered for this contact'] else '{}' end)));
  if v_remembered then
    for v_other in select e.id from public.synced_emails e
       where e.from_email = v_email.from_email and e.contact_id is null and e.status <> 'done' order by e.id for update
    loop
      perform public.link_email(v_other, p_contact_id);
      v_others := v_others + 1;
    end loop;
  end if;
  return jsonb_build_object('outcome', 'linked', 'contactId', p_contact_id, 'remembered', v_remembered, 'held', v_holds, 'others', v_others,
    'toPerson', v_email.status in ('routed', 'done', 'needs_person'));
end $$;

-- An answer that did not leave brings its mail back to a person, unread, with the words that were written: put away with an answer
-- nobody got, it would be lost.
create function public.bring_back_unanswered() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  update public.synced_emails set status = 'needs_person', handled_at = null, handled_by = null, snoozed_until = null
   where id = new.reply_to_email_id and status in ('routed', 'done');
  update public.reply_reads set read_at = null where email_id = new.reply_to_email_id and read_at is not null;
  insert into public.reply_drafts (email_id, subject, body, source, updated_by)
  select e.id, new.subject, new.body, 'person', coalesce(a.actor, 'system') from public.synced_emails e
   left join lateral (select l.actor from public.audit_log l where l.entity = 'synced_emails' and l.entity_id = e.id::text
     and l.action = 'reply.answered' order by l.id desc limit 1) a on true
   where e.id = new.reply_to_email_id
  on conflict (email_id) do nothing;
  perform public.write_audit('reply.answer_failed', 'synced_emails', new.reply_to_email_id::text, null,
    jsonb_build_object('sendId', new.id), new.reason, 'sending');
  return null;
end $$;
create trigger sends_bring_back_unanswered after update of status on public.sends
  for each row when (new.kind = 'manual_reply' and new.reply_to_email_id is not null and new.status in ('failed', 'skipped')
    and old.status is distinct from new.status)
  execute function public.bring_back_unanswered();
revoke execute on function public.bring_back_unanswered() from public, anon;
