-- Mailboxes send; each belongs to one relay, the process beside Outlook.
create table public.mailboxes (
  id uuid primary key default gen_random_uuid(),
  address text not null unique check (address = lower(btrim(address))),
  display_name text not null default '',
  transport text not null default 'outlook' check (transport in ('outlook', 'smtp')),
  relay_url text,
  status text not null default 'active' check (status in ('active', 'paused')),
  status_reason text,
  hourly_limit int not null default 1000 check (hourly_limit > 0),
  daily_limit int not null default 10000 check (daily_limit > 0),
  host_product text,
  host_version text,
  last_seen_at timestamptz,
  sync_cursor timestamptz,
  last_synced_at timestamptz,
  sync_error text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create trigger mailboxes_touch before update on public.mailboxes for each row execute function public.touch_updated_at();

create table public.campaigns (
  id uuid primary key default gen_random_uuid(),
  search_id uuid not null unique references public.searches (id),
  name text not null,
  status text not null default 'draft'
    check (status in ('draft', 'awaiting_approval', 'active', 'paused', 'completed', 'stopped', 'rejected')),
  status_reason text,
  plan_revision int not null default 0,
  plan_hash text,
  settings jsonb not null,
  time_zone text not null,
  window_start time not null,
  window_end time not null,
  window_days int[] not null,
  closed_dates date[] not null default '{}',
  dropped_contact_ids uuid[] not null default '{}',
  approval_id uuid references public.approval_queue (id),
  activated_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
insert into public.status_transitions (entity, from_status, to_status) values
  ('campaigns', 'draft', 'awaiting_approval'), ('campaigns', 'draft', 'active'), ('campaigns', 'draft', 'completed'),
  ('campaigns', 'draft', 'rejected'), ('campaigns', 'awaiting_approval', 'draft'),
  ('campaigns', 'awaiting_approval', 'active'), ('campaigns', 'awaiting_approval', 'rejected'),
  ('campaigns', 'active', 'paused'), ('campaigns', 'active', 'completed'), ('campaigns', 'active', 'stopped'),
  ('campaigns', 'paused', 'active'), ('campaigns', 'paused', 'stopped'), ('campaigns', 'draft', 'stopped');
create trigger campaigns_transitions before update of status on public.campaigns
  for each row execute function public.hold_to_transitions();
create trigger campaigns_touch before update on public.campaigns for each row execute function public.touch_updated_at();
alter table public.approval_queue add constraint approval_queue_campaign foreign key (campaign_id) references public.campaigns (id);
create index approval_queue_campaign_id on public.approval_queue (campaign_id);

create table public.sequence_steps (
  campaign_id uuid not null references public.campaigns (id) on delete cascade,
  step int not null check (step between 1 and 3),
  gap_business_days int not null check (gap_business_days >= 0),
  subject_template text not null,
  body_template text not null,
  primary key (campaign_id, step)
);

-- A plan is a proposal: rows per revision that a person reads before anything real exists.
create table public.planned_enrollments (
  campaign_id uuid not null references public.campaigns (id) on delete cascade,
  revision int not null,
  contact_id uuid not null references public.contacts (id),
  property_id uuid references public.properties (id),
  mailbox_id uuid references public.mailboxes (id),
  time_zone text not null,
  decision text not null check (decision in ('enroll', 'excluded', 'dropped', 'blocked')),
  reason text,
  primary key (campaign_id, revision, contact_id)
);
create index planned_enrollments_decision on public.planned_enrollments (campaign_id, revision, decision, contact_id);
create index planned_enrollments_contact on public.planned_enrollments (contact_id);
create index planned_enrollments_property on public.planned_enrollments (property_id);

create table public.planned_sends (
  campaign_id uuid not null references public.campaigns (id) on delete cascade,
  revision int not null,
  contact_id uuid not null references public.contacts (id),
  step int not null check (step between 1 and 3),
  due_at timestamptz not null,
  to_email text not null,
  subject text not null,
  body text not null,
  content_hash text generated always as (md5(to_email || E'\n' || subject || E'\n' || body)) stored,
  primary key (campaign_id, revision, contact_id, step)
);
create index planned_sends_due on public.planned_sends (campaign_id, revision, due_at, contact_id);

create table public.enrollments (
  id uuid primary key default gen_random_uuid(),
  campaign_id uuid not null references public.campaigns (id),
  contact_id uuid not null references public.contacts (id),
  property_id uuid references public.properties (id),
  mailbox_id uuid not null references public.mailboxes (id),
  time_zone text not null,
  status text not null default 'active' check (status in ('active', 'paused', 'stopped', 'completed')),
  reason text,
  resume_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (campaign_id, contact_id)
);
-- A contact is in one running campaign at a time.
create unique index enrollments_one_running on public.enrollments (contact_id) where status in ('active', 'paused');
create index enrollments_resume on public.enrollments (resume_at) where status = 'paused';
create index enrollments_property on public.enrollments (property_id);
insert into public.status_transitions (entity, from_status, to_status) values
  ('enrollments', 'active', 'paused'), ('enrollments', 'active', 'stopped'), ('enrollments', 'active', 'completed'),
  ('enrollments', 'paused', 'active'), ('enrollments', 'paused', 'stopped');
create trigger enrollments_transitions before update of status on public.enrollments
  for each row execute function public.hold_to_transitions();
create trigger enrollments_touch before update on public.enrollments for each row execute function public.touch_updated_at();

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
  constraint one_send_per_step unique (enrollment_id, step),
  constraint sequence_sends_have_a_step check ((kind = 'sequence') = (enrollment_id is not null and step is not null))
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
insert into public.status_transitions (entity, from_status, to_status) values
  ('sends', 'scheduled', 'sending'), ('sends', 'scheduled', 'skipped'), ('sends', 'scheduled', 'cancelled'),
  ('sends', 'sending', 'sent'), ('sends', 'sending', 'uncertain'), ('sends', 'sending', 'failed'),
  ('sends', 'sending', 'scheduled'), ('sends', 'uncertain', 'sent'), ('sends', 'uncertain', 'scheduled'),
  ('sends', 'uncertain', 'cancelled'), ('sends', 'failed', 'scheduled'), ('sends', 'cancelled', 'scheduled');
create trigger sends_transitions before update of status on public.sends
  for each row execute function public.hold_to_transitions();
create trigger sends_touch before update on public.sends for each row execute function public.touch_updated_at();

-- The mail that leaves is the mail that was approved, to the contact and as the step it was approved for.
create function public.keep_approved_mail() returns trigger language plpgsql set search_path = '' as $$
begin
  if (new.to_email, new.subject, new.body, new.content_hash, new.contact_id, new.enrollment_id, new.step, new.kind)
    is distinct from (old.to_email, old.subject, old.body, old.content_hash, old.contact_id, old.enrollment_id, old.step, old.kind) then
    raise exception 'An approved mail cannot change; it needs a new approval.' using errcode = '23514';
  end if;
  return new;
end $$;
create trigger sends_keep_approved before update on public.sends for each row execute function public.keep_approved_mail();

alter table public.mailboxes enable row level security;
alter table public.campaigns enable row level security;
alter table public.sequence_steps enable row level security;
alter table public.planned_enrollments enable row level security;
alter table public.planned_sends enable row level security;
alter table public.enrollments enable row level security;
alter table public.sends enable row level security;
create policy mailboxes_read on public.mailboxes for select to authenticated using ((select public.is_operator()));
create policy campaigns_read on public.campaigns for select to authenticated using ((select public.is_operator()));
create policy sequence_steps_read on public.sequence_steps for select to authenticated using ((select public.is_operator()));
create policy planned_enrollments_read on public.planned_enrollments for select to authenticated using ((select public.is_operator()));
create policy planned_sends_read on public.planned_sends for select to authenticated using ((select public.is_operator()));
create policy enrollments_read on public.enrollments for select to authenticated using ((select public.is_operator()));
create policy sends_read on public.sends for select to authenticated using ((select public.is_operator()));
grant select on public.mailboxes, public.campaigns, public.sequence_steps, public.planned_enrollments,
  public.planned_sends, public.enrollments, public.sends to authenticated;
grant select, insert, update on public.mailboxes, public.campaigns, public.sequence_steps, public.planned_enrollments,
  public.planned_sends, public.enrollments, public.sends to service_role;
grant delete on public.planned_enrollments, public.planned_sends to service_role;
revoke execute on function public.keep_approved_mail() from public, anon;

alter publication supabase_realtime add table public.campaigns, public.mailboxes;
