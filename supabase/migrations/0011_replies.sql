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
  status text not null default 'new' check (status in ('new', 'classifying', 'routed', 'needs_person', 'done')),
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
  unique (mailbox_id, entry_id)
);
create unique index synced_emails_message on public.synced_emails (mailbox_id, internet_message_id) where internet_message_id is not null;
create index synced_emails_inbox on public.synced_emails (received_at desc, id desc);
create index synced_emails_person on public.synced_emails (priority, received_at desc) where status = 'needs_person';
create index synced_emails_waiting on public.synced_emails (synced_at) where status in ('new', 'classifying');
create index synced_emails_contact on public.synced_emails (contact_id, received_at desc);
create index synced_emails_send on public.synced_emails (send_id);
create index synced_emails_company on public.synced_emails (company_id);
alter table public.sends add constraint sends_reply_to foreign key (reply_to_email_id) references public.synced_emails (id);
create index sends_reply_to_email on public.sends (reply_to_email_id);
alter table public.approval_queue add constraint approval_queue_email foreign key (email_id) references public.synced_emails (id);
create index approval_queue_email_id on public.approval_queue (email_id);
alter table public.agent_runs add constraint agent_runs_email_fk foreign key (email_id) references public.synced_emails (id);

insert into public.status_transitions (entity, from_status, to_status) values
  ('synced_emails', 'new', 'classifying'), ('synced_emails', 'classifying', 'new'), ('synced_emails', 'classifying', 'routed'),
  ('synced_emails', 'classifying', 'needs_person'), ('synced_emails', 'new', 'routed'), ('synced_emails', 'new', 'needs_person'),
  ('synced_emails', 'needs_person', 'routed'), ('synced_emails', 'needs_person', 'done'), ('synced_emails', 'routed', 'needs_person'),
  ('synced_emails', 'routed', 'done'), ('synced_emails', 'done', 'needs_person'), ('synced_emails', 'done', 'routed');
create trigger synced_emails_transitions before update of status on public.synced_emails
  for each row execute function public.hold_to_transitions();

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
  position int not null
);
insert into public.routing_rules (category, title, action, to_person, priority, sequence, exclude_address, do_not_contact,
  task_kind, task_after_days, position) values
  ('pricing_given', 'Price given', 'Stops the sequence and goes to a person with the price.', true, 5, 'stop', false, 'none', null, null, 1),
  ('interested', 'Interested', 'Stops the sequence and goes to a person.', true, 10, 'stop', false, 'none', null, null, 2),
  ('question', 'Question', 'Stops the sequence and goes to a person.', true, 15, 'stop', false, 'none', null, null, 3),
  ('referral', 'Referral', 'Stops the sequence; a person decides about the new contact.', true, 20, 'stop', false, 'none', null, null, 4),
  ('buyer_inquiry', 'Buyer inquiry', 'Goes to a person as a possible new search.', true, 25, 'stop', false, 'none', null, null, 5),
  ('broker_redirect', 'Broker named', 'Stops the sequence, notes the broker and goes to a person.', true, 30, 'stop', false, 'none', 'broker', 0, 6),
  ('wrong_contact', 'Wrong contact', 'Stops the sequence and opens a research task.', false, 40, 'stop', false, 'none', 'research', 0, 7),
  ('soft_pass', 'Not now', 'Stops the sequence and opens a nurture task in 90 days.', false, 50, 'stop', false, 'none', 'nurture', 90, 8),
  ('hard_pass', 'Never', 'Do-not-contact for the person and the company, for ever.', false, 60, 'stop', false, 'company', null, null, 9),
  ('opt_out', 'Opted out', 'Do-not-contact for the person and the address excluded, for ever.', false, 60, 'stop', true, 'contact', null, null, 10),
  ('complaint', 'Complaint', 'Do-not-contact for the person and the address excluded, for ever.', false, 60, 'stop', true, 'contact', null, null, 11),
  ('bounce', 'Bounce', 'A dead address is excluded for ever; a full or busy one is not.', false, 70, 'keep', false, 'none', null, null, 12),
  ('out_of_office', 'Out of office', 'Pauses the sequence until the next business day after the return.', false, 80, 'pause', false, 'none', null, null, 13),
  ('receipt', 'Receipt', 'Noted; nothing else happens.', false, 90, 'keep', false, 'none', null, null, 14),
  ('other', 'Other', 'Goes to a person.', true, 45, 'stop', false, 'none', null, null, 15);
alter table public.synced_emails add constraint synced_emails_category foreign key (category) references public.routing_rules (category);
create index synced_emails_category_index on public.synced_emails (category, received_at desc);

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

alter table public.synced_emails enable row level security;
alter table public.routing_rules enable row level security;
alter table public.tasks enable row level security;
alter table public.labelled_replies enable row level security;
create policy synced_emails_read on public.synced_emails for select to authenticated using ((select public.is_operator()));
create policy routing_rules_read on public.routing_rules for select to authenticated using ((select public.is_operator()));
create policy tasks_read on public.tasks for select to authenticated using ((select public.is_operator()));
create policy labelled_replies_read on public.labelled_replies for select to authenticated using ((select public.is_operator()));
grant select on public.synced_emails, public.routing_rules, public.tasks, public.labelled_replies to authenticated;
grant select, insert, update on public.synced_emails, public.tasks, public.labelled_replies to service_role;
grant select on public.routing_rules to service_role;

alter publication supabase_realtime add table public.synced_emails;
