-- From a category to its effect, and back within the day: rules, tasks,
-- brokers, proposals of new contacts and searches, drafts and answers, labels.

-- What a category does, one row each, as an operator reads it in Settings.
create table public.routing_rules (
  category text primary key,
  title text not null,
  action text not null,
  to_person boolean not null,
  priority int not null,
  sequence text not null check (sequence in ('stop', 'pause', 'keep')),
  exclude_address boolean not null default false,
  do_not_contact text not null default 'none' check (do_not_contact in ('none', 'contact', 'company')),
  task_kind text,
  task_after_days int,
  position int not null,
  -- `final`: for ever, and nobody's to undo but an admin's with a reason.
  final boolean not null default false
);
alter table public.routing_rules enable row level security;
create policy routing_rules_read on public.routing_rules for select to authenticated
  using ((select public.is_operator()));
grant select on public.routing_rules to authenticated, service_role;

insert into public.routing_rules (category, title, action, to_person, priority, sequence, exclude_address,
  do_not_contact, task_kind, task_after_days, position, final) values
  ('pricing_given', 'Price given', 'Stops the sequence and goes to a person with the price.',
    true, 5, 'stop', false, 'none', null, null, 1, false),
  ('interested', 'Interested', 'Stops the sequence and goes to a person.',
    true, 10, 'stop', false, 'none', null, null, 2, false),
  ('question', 'Question', 'Stops the sequence and goes to a person.',
    true, 15, 'stop', false, 'none', null, null, 3, false),
  ('referral', 'Referral', 'Stops the sequence and proposes the new contact; a person approves it.',
    true, 20, 'stop', false, 'none', null, null, 4, false),
  ('buyer_inquiry', 'Buyer inquiry',
    'Stops the sequence and proposes a new search; a person opens or dismisses it.',
    true, 25, 'stop', false, 'none', null, null, 5, false),
  ('broker_redirect', 'Broker named', 'Stops the sequence, stores the broker and goes to a person.',
    true, 30, 'stop', false, 'none', 'broker', 0, 6, false),
  ('wrong_contact', 'Wrong contact', 'Stops the sequence and opens a research task.',
    false, 40, 'stop', false, 'none', 'research', 0, 7, false),
  ('soft_pass', 'Not now',
    'Stops the sequence and opens a nurture task in 90 days, or on the day they name.',
    false, 50, 'stop', false, 'none', 'nurture', 90, 8, false),
  ('hard_pass', 'Never',
    'Do-not-contact for ever: the company, or the person alone where they speak for themselves only.',
    false, 60, 'stop', false, 'company', null, null, 9, true),
  ('opt_out', 'Opted out',
    'Do-not-contact for the person and the address excluded, for ever; '
      'the company too where they speak for it.',
    false, 60, 'stop', true, 'contact', null, null, 10, true),
  ('complaint', 'Complaint',
    'Do-not-contact for the person and the address excluded, for ever; '
      'the company too where they speak for it.',
    false, 60, 'stop', true, 'contact', null, null, 11, true),
  ('bounce', 'Bounce',
    'A dead address is excluded for ever; a full or busy one ends the sequence after three in 30 days.',
    false, 70, 'keep', false, 'none', null, null, 12, false),
  ('out_of_office', 'Out of office',
    'Pauses the sequence until the next business day after the return.',
    false, 80, 'pause', false, 'none', null, null, 13, false),
  ('receipt', 'Receipt', 'Noted; nothing else happens.',
    false, 90, 'keep', false, 'none', null, null, 14, false),
  ('other', 'Other', 'Goes to a person.', true, 45, 'stop', false, 'none', null, null, 15, false);

alter table public.synced_emails
  add constraint synced_emails_category foreign key (category) references public.routing_rules (category);

-- What somebody owes on a date: a nurture, a research, a call.
create table public.tasks (
  id uuid primary key default gen_random_uuid(),
  kind text not null check (kind in ('nurture', 'research', 'broker', 'call', 'other')),
  title text not null,
  due_at timestamptz not null,
  status text not null default 'open' check (status in ('open', 'done')),
  contact_id uuid references public.contacts (id),
  company_id uuid references public.companies (id),
  email_id uuid references public.synced_emails (id),
  created_at timestamptz not null default now(),
  constraint one_task_per_mail unique (email_id, kind)
);
create index tasks_open on public.tasks (due_at) where status = 'open';
create index tasks_contact on public.tasks (contact_id);
create index tasks_company on public.tasks (company_id);
alter table public.tasks enable row level security;
create policy tasks_read on public.tasks for select to authenticated using ((select public.is_operator()));
grant select on public.tasks to authenticated;
grant select, insert, update on public.tasks to service_role;

-- What a person said the category really was: the examples trust is measured on.
create table public.labelled_replies (
  email_id uuid primary key references public.synced_emails (id),
  predicted text,
  predicted_confidence numeric(4, 3),
  correct text not null references public.routing_rules (category),
  labelled_by text not null,
  labelled_at timestamptz not null default now()
);
create index labelled_replies_correct on public.labelled_replies (correct);
create index labelled_replies_at on public.labelled_replies (labelled_at desc, email_id desc);
alter table public.labelled_replies enable row level security;
create policy labelled_replies_read on public.labelled_replies for select to authenticated
  using ((select public.is_operator()));
grant select on public.labelled_replies to authenticated;
grant select, insert, update on public.labelled_replies to service_role;

-- Brokers owners sent us to: who stands between us and which owner.
create table public.brokers (
  id uuid primary key default gen_random_uuid(),
  name text not null default '',
  firm text not null default '',
  email text,
  phone text,
  words text not null default '',
  named_by uuid references public.contacts (id),
  company_id uuid references public.companies (id),
  email_id uuid not null references public.synced_emails (id),
  created_at timestamptz not null default now()
);
create index brokers_named_by on public.brokers (named_by);
create index brokers_company on public.brokers (company_id);
create index brokers_email on public.brokers (email_id);
alter table public.brokers enable row level security;
create policy brokers_read on public.brokers for select to authenticated
  using ((select public.is_operator()));
grant select on public.brokers to authenticated, service_role;

-- What a reply makes us propose: a contact somebody referred us to, or a search
-- for someone who wants to buy. Nothing exists until a person accepts it.
create table public.reply_proposals (
  id uuid primary key default gen_random_uuid(),
  email_id uuid not null references public.synced_emails (id),
  kind text not null check (kind in ('contact', 'search')),
  draft jsonb not null,
  draft_key text generated always as (md5(draft::text)) stored,
  status text not null default 'pending' check (status in ('pending', 'accepted', 'dismissed', 'withdrawn')),
  company_id uuid references public.companies (id),
  referred_by uuid references public.contacts (id),
  contact_id uuid references public.contacts (id),
  search_id uuid references public.searches (id),
  decided_by text,
  decided_at timestamptz,
  reason text,
  created_at timestamptz not null default now(),
  constraint one_proposal_per_draft unique (email_id, kind, draft_key),
  constraint a_decision_says_who check (status in ('pending', 'withdrawn')
    or (decided_by is not null and decided_at is not null))
);
create index reply_proposals_waiting on public.reply_proposals (created_at desc, id) where status = 'pending';
create index reply_proposals_company on public.reply_proposals (company_id);
create index reply_proposals_referred_by on public.reply_proposals (referred_by);
create index reply_proposals_contact on public.reply_proposals (contact_id);
create index reply_proposals_search on public.reply_proposals (search_id);
alter table public.reply_proposals enable row level security;
create policy reply_proposals_read on public.reply_proposals for select to authenticated
  using ((select public.is_operator()));
grant select on public.reply_proposals to authenticated, service_role;
alter publication supabase_realtime add table public.reply_proposals;

insert into public.status_transitions (entity, from_status, to_status) values
  ('reply_proposals', 'pending', 'accepted'), ('reply_proposals', 'pending', 'dismissed'),
  ('reply_proposals', 'pending', 'withdrawn'), ('reply_proposals', 'withdrawn', 'pending'),
  ('reply_proposals', 'dismissed', 'pending');

-- An answer that is being written: the agent's suggestion until
-- a person saves words of their own. Gone when it is sent.
create table public.reply_drafts (
  email_id uuid primary key references public.synced_emails (id),
  subject text not null default '',
  body text not null check (length(body) <= 20000),
  source text not null check (source in ('agent', 'person')),
  updated_by text not null,
  updated_at timestamptz not null default now()
);
alter table public.reply_drafts enable row level security;
create policy reply_drafts_read on public.reply_drafts for select to authenticated
  using ((select public.is_operator()));
grant select on public.reply_drafts to authenticated, service_role;

-- The answers this desk gives most, with merge tags. A
-- person reads and changes the words before anything leaves.
create table public.answer_templates (
  id uuid primary key default gen_random_uuid(),
  name text not null check (public.words_in(name) = name and length(name) <= 80),
  body text not null check (public.words_in(body) is not null and length(body) <= 5000),
  category text references public.routing_rules (category),
  position int not null,
  retired_at timestamptz,
  updated_by text not null default 'system',
  updated_at timestamptz not null default now(),
  created_at timestamptz not null default now()
);
comment on column public.answer_templates.category
  is 'The category of mail it answers; null fits every mail.';
create unique index one_answer_template_of_a_name on public.answer_templates (lower(name))
  where retired_at is null;
create index answer_templates_category on public.answer_templates (category);
alter table public.answer_templates enable row level security;
create policy answer_templates_read on public.answer_templates for select to authenticated
  using ((select public.is_operator()));
grant select on public.answer_templates to authenticated, service_role;
alter publication supabase_realtime add table public.answer_templates;

-- What every desk starts with.
insert into public.answer_templates (name, category, position, body)
select x.name, x.category, x.position, E'Hi {{first_name|there}},\n\n' || x.words
  || E'\n\n{{sender_name}}\n{{desk_name}}' from (values
  ('Propose a call', 'interested', 1,
   E'Thank you for your answer about {{property_address|your building}}. A call of ten minutes is the '
     'quickest way to see whether this fits.\n\nWhat time suits you this week, and which number is best?'),
  ('Thank them for the price and ask for figures', 'pricing_given', 2,
   E'Thank you, that helps. I will take {{asking_price|your number}} to our buyer.\n\nSo that they can '
     'answer quickly: could you send the current rent roll and the last twelve months of operating figures?'),
  ('Say more about the buyer', 'question', 3,
   E'Thank you for asking about {{property_address|your building}}. Our buyer is funded, looks at buildings '
     'like yours in {{property_city|your area}}, and decides without a committee.\n\nThere is no listing '
     'and nothing to sign to have the conversation. What else would you like to know?'),
  ('Thank them for the name', 'referral', 4,
   E'Thank you for pointing me to the right person. I will write to them and mention that you sent me, '
     'unless you would rather I did not.'),
  ('Thank them and come back later', 'soft_pass', 5,
   E'Thank you for telling me where you stand with {{property_address|your building}}. I will not '
     'press.\n\nIf it is all right with you, I will ask again in some months. Should anything change before '
     'that, I would be glad to hear from you.')
) as x (name, category, position, words);

-- Stores the people a reply names: brokers as brokers, somebody to write to instead as a proposed contact.
create function public.keep_named_people(p_email public.synced_emails, p_category text, p_people jsonb)
  returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_person jsonb;
  v_id uuid;
  v_brokers uuid[] := '{}';
  v_proposals uuid[] := '{}';
begin
  for v_person in select x
    from jsonb_array_elements(case jsonb_typeof(p_people) when 'array' then p_people else '[]' end) x limit 5
  loop
    continue when public.words_in(v_person ->> 'name') is null
      and public.words_in(v_person ->> 'email') is null
      and public.words_in(v_person ->> 'firm') is null;
    if p_category = 'broker_redirect' then
      insert into public.brokers (name, firm, email, phone, words, named_by, company_id, email_id)
      select coalesce(v_person ->> 'name', ''), coalesce(v_person ->> 'firm', ''),
        public.words_in(lower(v_person ->> 'email')), public.words_in(v_person ->> 'phone'),
        coalesce(left(v_person ->> 'words', 400), ''), p_email.contact_id, p_email.company_id, p_email.id
      where not exists (select 1 from public.brokers b where b.email_id = p_email.id
        and b.name = coalesce(v_person ->> 'name', '')
        and b.firm = coalesce(v_person ->> 'firm', ''))
      returning id into v_id;
      v_brokers := v_brokers || coalesce(array[v_id], '{}');
    else
      continue when public.words_in(v_person ->> 'name') is null
        and public.words_in(v_person ->> 'email') is null;
      insert into public.reply_proposals (email_id, kind, draft, company_id, referred_by)
      values (p_email.id, 'contact', jsonb_build_object('name', coalesce(v_person ->> 'name', ''),
        'email', public.words_in(lower(v_person ->> 'email')), 'phone', public.words_in(v_person ->> 'phone'),
        'title', public.words_in(v_person ->> 'role'), 'words',
        coalesce(left(v_person ->> 'words', 400), '')), p_email.company_id, p_email.contact_id)
      on conflict on constraint one_proposal_per_draft do update set status = 'pending',
        decided_by = null, decided_at = null
        where reply_proposals.status = 'withdrawn'
      returning id into v_id;
      v_proposals := v_proposals || case when v_id is null then '{}' else array[v_id] end;
    end if;
  end loop;
  return jsonb_build_object('brokers', to_jsonb(array_remove(v_brokers, null)),
    'proposals', to_jsonb(v_proposals));
end $$;

-- One transaction from category to effect: exclusion, do-not-contact, task,
-- sequence, proposal, draft, audit. It says what it did and no more; the
-- audit row keeps what was before, so that undo_routing can bring it back.
create function public.route_email(
  p_id uuid, p_category text, p_confidence numeric, p_reason text, p_decided_by text,
  p_details jsonb default '{}'
) returns jsonb language plpgsql security definer set search_path = '' as $$
declare
  v_email public.synced_emails;
  v_rule public.routing_rules;
  v_person boolean;
  v_hard boolean := coalesce(p_category = 'bounce' and p_details #>> '{bounce,verdict}' = 'hard', false);
  v_soft boolean := coalesce(p_category = 'bounce' and p_details #>> '{bounce,verdict}' = 'soft', false);
  v_sure boolean := coalesce(p_confidence, 0) >= 0.7
    and not coalesce((p_details ->> 'toPerson')::boolean, false);
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
    raise exception 'A mail is decided by rules, agent or person, not %.',
      p_decided_by using errcode = '22023';
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
    or (p_category = 'bounce' and not v_hard and not v_soft)
    or (v_email.contact_id is null and p_decided_by = 'agent'));
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
        values ('address', v_address, coalesce(p_reason, v_rule.title), case when v_hard then 'bounce'
          else p_category end, p_id)
        on conflict do nothing returning id into v_id;
        v_ids := v_ids || case when found then array[v_id] else '{}' end;
        if v_hard then
          perform public.hold_contact(c, 'stop', 'address bounced')
            from unnest(public.contacts_at(array[v_address])) c;
        end if;
        v_done := v_done || ('excluded ' || v_address);
      end loop;
      v_made := v_made || jsonb_build_object('exclusions', to_jsonb(v_ids));
      if v_hard then
        with marked as (update public.contacts set bounced_at = now() where email_key = any (v_addresses)
          and bounced_at is null returning id)
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
        perform public.hold_contact(c, 'stop', 'three soft bounces in 30 days')
          from unnest(public.contacts_at(array[v_address])) c;
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
        perform public.hold_contact(c.id, 'stop', 'company is do-not-contact') from public.contacts c
          where c.company_id = v_email.company_id;
        v_done := v_done || 'company set to do-not-contact'::text;
      end if;
    end if;
    if v_email.contact_id is not null then
      if p_category = 'bounce' and p_decided_by = 'person' and not v_hard and not v_soft then
        -- A person says the mail did not arrive, not for how long:
        -- nobody is excluded, and nothing more is sent there.
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
        and not (kind = 'contact' and p_category = 'referral')
        and not (kind = 'search' and p_category = 'buyer_inquiry');
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
      v_made := v_made || jsonb_build_object('tasks', case when found then jsonb_build_array(v_id)
        else '[]' end);
      v_done := v_done || (v_rule.task_kind || ' task opened');
    end if;
    if p_category in ('broker_redirect', 'referral') then
      v_named := public.keep_named_people(v_email, p_category,
        coalesce(p_details -> 'people', v_facts -> 'people'));
      v_made := v_made || v_named;
      v_done := v_done || case when jsonb_array_length(v_named -> 'brokers') > 0 then array['broker stored']
        else '{}' end
        || case when jsonb_array_length(v_named -> 'proposals') > 0 then array['new contact proposed']
          else '{}' end;
    elsif p_category = 'buyer_inquiry' then
      insert into public.reply_proposals (email_id, kind, draft, company_id, referred_by)
      values (p_id, 'search', coalesce(p_details -> 'searchDraft', '{}'),
        v_email.company_id, v_email.contact_id)
      on conflict on constraint one_proposal_per_draft do update set status = 'pending',
        decided_by = null, decided_at = null
        where reply_proposals.status = 'withdrawn'
      returning id into v_id;
      v_made := v_made || jsonb_build_object('proposals', case when found then jsonb_build_array(v_id)
        else '[]' end);
      v_done := v_done || 'new search proposed'::text;
    end if;
  end if;
  if v_person and public.words_in(v_facts ->> 'suggestedAnswer') is not null then
    insert into public.reply_drafts (email_id, body, source, updated_by)
    values (p_id, left(v_facts ->> 'suggestedAnswer', 20000), 'agent', 'response-classifier')
    on conflict (email_id) do update set body = excluded.body, updated_at = now()
      where reply_drafts.source = 'agent';
  end if;
  update public.synced_emails set
    status = case when v_person then 'needs_person' else 'routed' end,
    category = p_category, confidence = p_confidence, reason = p_reason, decided_by = p_decided_by,
    facts = v_facts, priority = v_rule.priority, classified_at = coalesce(classified_at, now()),
    routed_at = now(), agent_run_id = coalesce((p_details ->> 'agentRunId')::uuid, agent_run_id),
    agent_cost_microusd = coalesce((p_details #>> '{agent,costMicrousd}')::bigint, agent_cost_microusd),
    agent_ms = coalesce((p_details #>> '{agent,ms}')::int, agent_ms),
    agent_batch = coalesce((p_details #>> '{agent,batch}')::int, agent_batch),
    prepared_verdict = null, claimed_by = null
  where id = p_id;
  if v_person then
    -- From here on a person decides; no rest that was agreed on before ends by itself.
    update public.enrollments set resume_at = null
      where contact_id = v_email.contact_id and status = 'paused';
  elsif v_rule.sequence = 'keep' and not v_hard and v_email.contact_id is not null then
    perform public.release_contact(v_email.contact_id);
  end if;
  perform public.write_audit('reply.' || p_category, 'synced_emails', p_id::text, v_before,
    jsonb_build_object('category', p_category, 'confidence', p_confidence, 'decidedBy',
      p_decided_by, 'did', to_jsonb(v_done), 'toPerson', v_person) || case when v_made = '{}' then '{}'
        else jsonb_build_object('made', v_made) end, p_reason);
  return jsonb_build_object('outcome', 'routed', 'category', p_category, 'toPerson', v_person,
    'did', to_jsonb(v_done));
end $$;
grant execute on function public.route_email to service_role;

-- The last thing done about a mail that has not been undone, and whether it may be: {auditId,
-- action, category, at, until, did, whyNot}. Null when nothing was done. What a person filed
-- can be taken back even where nothing but its category changed: the mail waits again.
create function public.undo_of(p_email_id uuid, p_now timestamptz default now()) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
  v_audit public.audit_log;
  v_did jsonb;
begin
  perform public.require_operator();
  select a.* into v_audit from public.audit_log a
   where a.entity = 'synced_emails' and a.entity_id = p_email_id::text and a.before ? 'enrollments'
     and not exists (select 1 from public.audit_log u where u.entity = 'synced_emails'
       and u.entity_id = p_email_id::text
       and u.action = 'reply.undone' and (u.after ->> 'undoes')::bigint = a.id)
   order by a.id desc limit 1;
  if not found then
    return null;
  end if;
  v_did := coalesce(v_audit.after -> 'did', '[]');
  return jsonb_build_object('auditId', v_audit.id, 'action', v_audit.action, 'category',
    v_audit.after ->> 'category', 'at', v_audit.at, 'until', v_audit.at + interval '24 hours', 'by',
    v_audit.actor, 'did', v_did, 'whyNot', case
      when v_did = '[]' and v_audit.action <> 'reply.done'
        and coalesce(v_audit.after ->> 'decidedBy', '') <> 'person'
        then 'Nothing was done about it.'
      when v_did @> '["contact set to do-not-contact"]' or (v_audit.action <> 'reply.done'
          and exists (select 1 from public.routing_rules r
            where r.category = v_audit.after ->> 'category' and r.final))
        then 'It is for ever; an admin can lift do-not-contact with a reason.'
      when p_now > v_audit.at + interval '24 hours' then 'It was done more than a day ago.' end);
end $$;
grant execute on function public.undo_of to authenticated, service_role;

-- Brings back what the last routing of a mail changed, and the mail to a person. What happened since
-- is not overridden: nobody who is do-not-contact or in another campaign by now is started again.
create function public.undo_routing(p_email_id uuid, p_reason text default null) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_email public.synced_emails;
  v_undo jsonb;
  v_audit public.audit_log;
  v_made jsonb;
  v_row jsonb;
  v_id uuid;
  v_back uuid[] := '{}';
  v_done text[] := '{}';
begin
  perform public.require_operator();
  select * into v_email from public.synced_emails where id = p_email_id for update;
  if not found then
    raise exception 'There is no such mail.' using errcode = 'P0002';
  end if;
  v_undo := public.undo_of(p_email_id);
  if v_undo is null or v_undo ->> 'whyNot' is not null then
    raise exception 'This cannot be undone. %', coalesce(v_undo ->> 'whyNot', 'Nothing was done about it.')
      using errcode = '22023';
  end if;
  select * into v_audit from public.audit_log where id = (v_undo ->> 'auditId')::bigint;
  v_made := coalesce(v_audit.after -> 'made', '{}');
  with lifted as (delete from public.email_exclusions x where x.source = 'bounce'
    and x.id::text = any (public.texts_in(v_made -> 'exclusions')) returning x.value)
  select v_done || coalesce(array_agg('exclusion of ' || value || ' lifted'), '{}') into v_done from lifted;
  update public.contacts c set bounced_at = null
    where c.id::text = any (public.texts_in(v_made -> 'bounced'));
  delete from public.soft_bounces where email_id = p_email_id and v_audit.action = 'reply.bounce';
  with gone as (delete from public.tasks t where t.id::text = any (public.texts_in(v_made -> 'tasks'))
    and t.status = 'open' returning t.kind)
  select v_done || coalesce(array_agg(kind || ' task removed'), '{}') into v_done from gone;
  with gone as (delete from public.brokers b where b.id::text = any (public.texts_in(v_made -> 'brokers'))
    returning 1)
  select v_done || coalesce(array_agg('broker removed'::text), '{}') into v_done from gone;
  with gone as (update public.reply_proposals p set status = 'withdrawn' where p.status = 'pending'
    and p.id::text = any (public.texts_in(v_made -> 'proposals')) returning p.kind)
  select v_done || coalesce(array_agg('proposed ' || kind || ' withdrawn'), '{}') into v_done from gone;
  perform set_config('upstream.undoing', 'yes', true);
  for v_row in select x from jsonb_array_elements(v_audit.before -> 'enrollments') x loop
    -- Paused, whatever it was before: the mail waits for a person again, and so does the sequence.
    update public.enrollments n set status = 'paused', reason = 'a reply arrived and is being read',
      resume_at = null
     where n.id = (v_row ->> 'id')::uuid and n.status in ('stopped', 'active', 'paused')
       and public.why_not_mail(n.contact_id,
         coalesce((select c.email from public.contacts c where c.id = n.contact_id), '')) is null
       and not exists (select 1 from public.enrollments o where o.contact_id = n.contact_id and o.id <> n.id
         and o.status in ('active', 'paused'))
    returning n.id into v_id;
    if found then
      v_back := v_back || v_id;
    end if;
  end loop;
  perform set_config('upstream.undoing', '', true);
  update public.sends s set status = 'scheduled', reason = null
   where s.status = 'cancelled' and s.enrollment_id = any (v_back)
     and s.id::text = any (public.texts_in(v_audit.before -> 'sends'));
  if array_length(v_back, 1) > 0 then
    v_done := v_done || 'sequence held until a person has read the mail'::text;
  end if;
  with again as (update public.campaigns c set status = 'active' where c.status = 'completed'
    and c.id in (select n.campaign_id from public.enrollments n where n.id = any (v_back))
      returning c.search_id)
  update public.searches s set status = 'active' from again a where s.id = a.search_id
    and s.status = 'completed';
  if v_audit.action = 'reply.done' then
    update public.synced_emails set status = 'needs_person', handled_at = null, handled_by = null
      where id = p_email_id;
  else
    update public.synced_emails set status = 'needs_person', category = v_audit.before ->> 'category',
      confidence = null, decided_by = null, reason = 'Undone by ' || public.acting_name()
        || coalesce(': ' || public.words_in(p_reason), '') || '.', routed_at = null,
      handled_at = null, handled_by = null where id = p_email_id;
    -- The words of a correction that is taken back teach nobody.
    -- They were written in the transaction that is undone.
    update public.agent_feedback set status = 'retired' where created_at = v_audit.at
      and agent = 'response-classifier'
      and status = 'active' and v_audit.after ->> 'decidedBy' = 'person';
  end if;
  perform public.write_audit('reply.undone', 'synced_emails', p_email_id::text,
    jsonb_build_object('category', v_email.category, 'status', v_email.status),
    jsonb_build_object('undoes', v_audit.id, 'category', v_audit.before ->> 'category', 'did',
      to_jsonb(v_done)), public.words_in(p_reason));
  return jsonb_build_object('outcome', 'undone', 'did', to_jsonb(v_done));
end $$;
grant execute on function public.undo_routing to authenticated, service_role;

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
  on conflict (email_id) do update set correct = excluded.correct,
    labelled_by = excluded.labelled_by, labelled_at = now();
  if v_email.category is distinct from p_category then
    insert into public.agent_feedback (agent, checkpoint, words, adjustment, tags, author)
    values ('response-classifier', 'classification',
      coalesce(public.words_in(p_words),
        format('A mail like "%s" is %s', left(coalesce(v_email.visible_text, v_email.subject), 160),
        p_category)),
      format('%s instead of %s', p_category, coalesce(v_email.category, 'nothing')),
      array[p_category], public.acting_name());
  end if;
  return public.route_email(p_id, p_category, 1,
    coalesce(public.words_in(p_words), 'said by ' || public.acting_name()), 'person');
end $$;
grant execute on function public.correct_category to authenticated, service_role;

-- Puts a mail away. A sequence that is held for no other reason than this mail ends with it (a person wrote,
-- and a person has read it), or goes on when the operator says so; held for ever by nothing is neither.
create function public.finish_email(p_id uuid, p_sequence text default 'stop') returns boolean
language plpgsql security definer set search_path = '' as $$
declare
  v_email public.synced_emails;
  v_before jsonb;
  v_held boolean;
begin
  perform public.require_operator();
  if p_sequence is null or p_sequence not in ('stop', 'resume') then
    raise exception 'The sequence can stop or resume, not %.', p_sequence using errcode = '22023';
  end if;
  select * into v_email from public.synced_emails where id = p_id and status in ('needs_person', 'routed')
    for update;
  if not found then
    return false;
  end if;
  v_before := jsonb_build_object('category', v_email.category, 'status', v_email.status)
    || public.running_for(array_remove(array[v_email.contact_id], null));
  update public.synced_emails set status = 'done', handled_at = now(), handled_by = public.acting_name(),
    snoozed_until = null where id = p_id;
  v_held := v_email.status = 'needs_person' and not public.has_unread_reply(v_email.contact_id)
    and exists (select 1 from public.enrollments n where n.contact_id = v_email.contact_id
      and n.status = 'paused' and n.resume_at is null);
  if v_held and p_sequence = 'stop' then
    perform public.hold_contact(v_email.contact_id, 'stop', 'a person read the reply and put it away');
  elsif v_held then
    perform public.release_contact(v_email.contact_id);
  end if;
  perform public.write_audit('reply.done', 'synced_emails', p_id::text, v_before,
    jsonb_build_object('status', 'done', 'category', v_email.category,
    'did', case when not v_held then '[]' when p_sequence = 'stop' then '["sequence stopped"]'
      else '["sequence goes on"]' end::jsonb));
  return true;
end $$;
grant execute on function public.finish_email to authenticated, service_role;

-- An answer that did not leave brings its mail back to a person, unread, with the
-- words that were written: put away with an answer nobody got, it would be lost.
create function public.bring_back_unanswered() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  update public.synced_emails set status = 'needs_person', handled_at = null,
    handled_by = null, snoozed_until = null
   where id = new.reply_to_email_id and status in ('routed', 'done');
  update public.reply_reads set read_at = null where email_id = new.reply_to_email_id and read_at is not null;
  insert into public.reply_drafts (email_id, subject, body, source, updated_by)
  select e.id, new.subject, new.body, 'person', coalesce(a.actor, 'system') from public.synced_emails e
   left join lateral (select l.actor from public.audit_log l where l.entity = 'synced_emails'
     and l.entity_id = e.id::text
     and l.action = 'reply.answered' order by l.id desc limit 1) a on true
   where e.id = new.reply_to_email_id
  on conflict (email_id) do nothing;
  perform public.write_audit('reply.answer_failed', 'synced_emails', new.reply_to_email_id::text, null,
    jsonb_build_object('sendId', new.id), new.reason, 'sending');
  return null;
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
  select s.id into v_id from public.sends s where s.reply_to_email_id = p_email_id
    and s.subject = p_subject and s.body = p_body
    and s.status in ('scheduled', 'sending', 'sent', 'uncertain') limit 1;
  if found then
    return v_id;
  end if;
  insert into public.sends (kind, contact_id, mailbox_id, reply_to_email_id, due_at, to_email,
    subject, body, content_hash)
  values ('manual_reply', v_email.contact_id, v_email.mailbox_id, p_email_id, now(),
    v_email.from_email, p_subject, p_body, md5(v_email.from_email || E'\n' || p_subject || E'\n' || p_body))
  returning id into v_id;
  perform public.write_audit('reply.answered', 'synced_emails', p_email_id::text, null,
    jsonb_build_object('send', v_id));
  return v_id;
end $$;
grant execute on function public.write_reply to authenticated, service_role;

-- Keeps an answer that is being written; empty words drop it.
create function public.save_reply_draft(p_email_id uuid, p_subject text, p_body text) returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  perform public.require_operator();
  if public.words_in(p_body) is null then
    delete from public.reply_drafts where email_id = p_email_id;
    return found;
  end if;
  insert into public.reply_drafts (email_id, subject, body, source, updated_by)
  values (p_email_id, coalesce(p_subject, ''), p_body, 'person', public.acting_name())
  on conflict (email_id) do update set subject = excluded.subject, body = excluded.body, source = 'person',
    updated_by = excluded.updated_by, updated_at = now();
  return true;
end $$;
grant execute on function public.save_reply_draft to authenticated, service_role;

-- A draft is over when its answer is on its way.
create function public.drop_draft() returns trigger language plpgsql security definer
  set search_path = '' as $$
begin
  delete from public.reply_drafts where email_id = new.reply_to_email_id;
  return null;
end $$;

-- A person accepts a proposed contact, with what they changed in it: {name, email, phone, title,
-- companyId}. Someone we know by that address already is that contact. Answers {outcome, contactId}.
create function public.accept_contact(p_id uuid, p_edits jsonb default '{}') returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_row public.reply_proposals;
  v_draft jsonb;
  v_name text;
  v_email text;
  v_contact uuid;
  v_known boolean;
begin
  perform public.require_operator();
  select * into v_row from public.reply_proposals where id = p_id and kind = 'contact' for update;
  if not found then
    return jsonb_build_object('outcome', 'not_found');
  elsif v_row.status <> 'pending' then
    return jsonb_build_object('outcome', 'already_decided', 'status', v_row.status, 'decidedBy',
      v_row.decided_by, 'contactId', v_row.contact_id);
  end if;
  v_draft := v_row.draft || coalesce(p_edits, '{}');
  v_email := public.words_in(lower(v_draft ->> 'email'));
  v_name := coalesce(public.words_in(v_draft ->> 'name'), split_part(v_email, '@', 1));
  if v_name is null then
    raise exception 'A contact needs a name or an address.' using errcode = '22023';
  end if;
  if v_email is not null and v_email !~ '^[^@\s]+@[^@\s]+\.[^@\s.]+$' then
    raise exception '% is not an e-mail address.', v_email using errcode = '22023';
  end if;
  select c.id into v_contact from public.contacts c where c.email_key = v_email;
  v_known := found;
  if not v_known then
    insert into public.contacts (company_id, full_name, first_name, title, email, phones, source)
    values (coalesce((v_draft ->> 'companyId')::uuid, v_row.company_id), v_name, split_part(v_name, ' ', 1),
      public.words_in(v_draft ->> 'title'), v_email,
      array_remove(array[public.words_in(v_draft ->> 'phone')], null), 'referral')
    returning id into v_contact;
  end if;
  update public.reply_proposals set status = 'accepted', contact_id = v_contact,
    decided_by = public.acting_name(), decided_at = now() where id = p_id;
  perform public.write_audit('proposal.accepted', 'reply_proposals', p_id::text, v_row.draft,
    v_draft || jsonb_build_object('contactId', v_contact, 'known', v_known));
  return jsonb_build_object('outcome', 'accepted', 'contactId', v_contact, 'known', v_known);
end $$;
grant execute on function public.accept_contact to authenticated, service_role;

-- The search that was made of a proposed one.
create function public.accept_search(p_id uuid, p_search_id uuid) returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  perform public.require_operator();
  if not exists (select 1 from public.searches s where s.id = p_search_id) then
    raise exception 'There is no such search.' using errcode = 'P0002';
  end if;
  update public.reply_proposals set status = 'accepted', search_id = p_search_id,
    decided_by = public.acting_name(), decided_at = now()
   where id = p_id and kind = 'search' and status = 'pending';
  if not found then
    return false;
  end if;
  perform public.write_audit('proposal.accepted', 'reply_proposals', p_id::text, null,
    jsonb_build_object('searchId', p_search_id));
  return true;
end $$;
grant execute on function public.accept_search to authenticated, service_role;

-- A proposal set aside says why; undoing the routing can bring it back.
create function public.dismiss_proposal(p_id uuid, p_reason text) returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  perform public.require_operator();
  if public.words_in(p_reason) is null then
    raise exception 'Say why not.' using errcode = '22023';
  end if;
  update public.reply_proposals set status = 'dismissed', reason = btrim(p_reason),
    decided_by = public.acting_name(), decided_at = now()
   where id = p_id and status = 'pending';
  if not found then
    return false;
  end if;
  perform public.write_audit('proposal.dismissed', 'reply_proposals', p_id::text,
    null, null, btrim(p_reason));
  return true;
end $$;
grant execute on function public.dismiss_proposal to authenticated, service_role;

-- An operator changes what a category does: {priority, taskAfterDays, toPerson}. What
-- is final stays as it is, and a mail nobody reads and no task remembers would be lost.
create function public.update_routing_rule(p_category text, p_changes jsonb, p_reason text default null)
  returns public.routing_rules
language plpgsql security definer set search_path = '' as $$
declare
  v_before public.routing_rules;
  v_after public.routing_rules;
  v_unknown text;
begin
  perform public.require_operator();
  select * into v_before from public.routing_rules where category = p_category for update;
  if not found then
    raise exception 'There is no category named %.', p_category using errcode = 'P0002';
  end if;
  select string_agg(k, ', ') into v_unknown from jsonb_object_keys(p_changes) k
    where k not in ('priority', 'taskAfterDays', 'toPerson');
  if v_unknown is not null then
    raise exception 'Only priority, days and who reads it can be changed, not %.',
      v_unknown using errcode = '22023';
  end if;
  v_after := v_before;
  v_after.priority := coalesce((p_changes ->> 'priority')::int, v_before.priority);
  v_after.to_person := coalesce((p_changes ->> 'toPerson')::boolean, v_before.to_person);
  v_after.task_after_days := coalesce((p_changes ->> 'taskAfterDays')::int, v_before.task_after_days);
  if v_after.priority not between 1 and 99 then
    raise exception 'A priority is 1 (first) to 99 (last).' using errcode = '22023';
  end if;
  if p_changes ? 'taskAfterDays' and v_before.task_kind is null then
    raise exception '% opens no task, so it has no days.', v_before.title using errcode = '22023';
  end if;
  if v_after.task_after_days not between 0 and 730 then
    raise exception 'A task is due in 0 to 730 days.' using errcode = '22023';
  end if;
  if v_after.to_person is distinct from v_before.to_person then
    if v_before.final then
      raise exception '% is final: what it does cannot change.', v_before.title using errcode = '22023';
    elsif not v_after.to_person and v_before.task_kind is null then
      raise exception 'Somebody has to read it: nothing else would remember a mail filed as %.',
        v_before.title using errcode = '22023';
    end if;
  end if;
  v_after.action := regexp_replace(v_after.action, 'in \d+ days?',
    'in ' || v_after.task_after_days || ' days');
  update public.routing_rules set priority = v_after.priority, to_person = v_after.to_person,
    task_after_days = v_after.task_after_days, action = coalesce(v_after.action, action)
      where category = p_category returning * into v_after;
  if v_after is distinct from v_before then
    perform public.write_audit('routing.changed', 'routing_rules', p_category, to_jsonb(v_before),
      to_jsonb(v_after), public.words_in(p_reason));
  end if;
  return v_after;
end $$;
grant execute on function public.update_routing_rule to authenticated, service_role;

-- Adds a template (no id) or changes one; answers with its id.
-- Whoever orders or names templates waits for whoever does so now.
create function public.save_answer_template(p_id uuid, p_name text, p_body text, p_category text default null)
  returns uuid
language plpgsql security definer set search_path = '' as $$
declare
  v_before public.answer_templates;
  v_after public.answer_templates;
begin
  perform public.require_operator();
  lock table public.answer_templates in share row exclusive mode;
  if public.words_in(p_name) is null or length(public.words_in(p_name)) > 80 then
    raise exception 'A template needs a name of at most 80 characters.' using errcode = '22023';
  elsif public.words_in(p_body) is null or length(p_body) > 5000 then
    raise exception 'A template needs words, 5,000 characters at most.' using errcode = '22023';
  elsif p_category is not null and not exists (select 1 from public.routing_rules r
    where r.category = p_category) then
    raise exception 'There is no category named %.', p_category using errcode = '22023';
  elsif exists (select 1 from public.answer_templates t where lower(t.name) = lower(public.words_in(p_name))
    and t.retired_at is null
      and t.id is distinct from p_id) then
    raise exception 'Another template is called “%”.', public.words_in(p_name) using errcode = '22023';
  end if;
  if p_id is null then
    insert into public.answer_templates (name, body, category, position, updated_by)
    values (public.words_in(p_name), public.words_in(p_body), p_category,
      (select coalesce(max(t.position), 0) + 1 from public.answer_templates t), public.acting_name())
    returning * into v_after;
    perform public.write_audit('answer_template.added', 'answer_templates', v_after.id::text,
      null, to_jsonb(v_after));
    return v_after.id;
  end if;
  select * into v_before from public.answer_templates where id = p_id;
  if not found then
    raise exception 'There is no such template.' using errcode = 'P0002';
  end if;
  if (v_before.name, v_before.body, v_before.category) is not distinct from (public.words_in(p_name),
    public.words_in(p_body), p_category) then
    return p_id;
  end if;
  update public.answer_templates set name = public.words_in(p_name),
    body = public.words_in(p_body), category = p_category, updated_by = public.acting_name(),
    updated_at = now() where id = p_id returning * into v_after;
  perform public.write_audit('answer_template.changed', 'answer_templates', p_id::text,
    to_jsonb(v_before), to_jsonb(v_after));
  return p_id;
end $$;
grant execute on function public.save_answer_template to authenticated, service_role;

-- Takes a template out of use, or brings it back at the end of the list. False when it was so already.
create function public.retire_answer_template(p_id uuid, p_retired boolean) returns boolean
language plpgsql security definer set search_path = '' as $$
declare
  v_row public.answer_templates;
begin
  perform public.require_operator();
  lock table public.answer_templates in share row exclusive mode;
  select * into v_row from public.answer_templates where id = p_id;
  if not found then
    raise exception 'There is no such template.' using errcode = 'P0002';
  elsif p_retired is null or (v_row.retired_at is not null) = p_retired then
    return false;
  elsif not p_retired and exists (select 1 from public.answer_templates t
    where lower(t.name) = lower(v_row.name) and t.retired_at is null) then
    raise exception 'Another template is called “%” by now. Rename that one first.',
      v_row.name using errcode = '22023';
  end if;
  update public.answer_templates set retired_at = case when p_retired then now() end,
    updated_by = public.acting_name(), updated_at = now(), position = case when p_retired then position
      else (select max(t.position) + 1 from public.answer_templates t) end
  where id = p_id;
  perform public.write_audit(case when p_retired then 'answer_template.retired'
    else 'answer_template.brought_back' end, 'answer_templates', p_id::text, null,
    jsonb_build_object('name', v_row.name));
  return true;
end $$;
grant execute on function public.retire_answer_template to authenticated, service_role;

-- Changes places with the template before (up) or after it. False at the end of the list.
create function public.move_answer_template(p_id uuid, p_up boolean) returns boolean
language plpgsql security definer set search_path = '' as $$
declare
  v_row public.answer_templates;
  v_other public.answer_templates;
begin
  perform public.require_operator();
  lock table public.answer_templates in share row exclusive mode;
  select * into v_row from public.answer_templates where id = p_id and retired_at is null;
  if not found then
    raise exception 'There is no such template in use.' using errcode = 'P0002';
  end if;
  select * into v_other from public.answer_templates t
   where t.retired_at is null and case when p_up then t.position < v_row.position
     else t.position > v_row.position end
   order by case when p_up then -t.position else t.position end limit 1;
  if not found then
    return false;
  end if;
  update public.answer_templates t set position = case t.id
    when p_id then v_other.position else v_row.position end
   where t.id in (p_id, v_other.id);
  perform public.write_audit('answer_template.moved', 'answer_templates', p_id::text,
    jsonb_build_object('position', v_row.position), jsonb_build_object('position', v_other.position));
  return true;
end $$;
grant execute on function public.move_answer_template to authenticated, service_role;

create trigger reply_proposals_transitions before update of status on public.reply_proposals
  for each row execute function public.hold_to_transitions();

create trigger sends_drop_draft after insert on public.sends
  for each row when (new.kind = 'manual_reply') execute function public.drop_draft();
create trigger sends_bring_back_unanswered after update of status on public.sends
  for each row when (new.kind = 'manual_reply' and new.reply_to_email_id is not null
    and new.status in ('failed', 'skipped')
    and old.status is distinct from new.status)
  execute function public.bring_back_unanswered();
