-- Which waiting mail each operator has opened. A row with no time is a mail its operator marked unread again: it is emptied rather
-- than deleted, so that the change is told to nobody else (a deleted row's key is told to everyone who may read the table).
create table public.reply_reads (
  operator_id uuid not null references public.operators (id) on delete cascade,
  email_id uuid not null references public.synced_emails (id) on delete cascade,
  read_at timestamptz,
  primary key (operator_id, email_id)
);
create index reply_reads_email on public.reply_reads (email_id);

-- Marks a mail read or unread for the operator who asks, and for nobody else. A mail that came back after it was put off is
-- unread until it is opened again. False when nothing changed.
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
   where r.read_at is null or r.read_at < (select e.snoozed_until from public.synced_emails e where e.id = p_email_id);
  return found;
end $$;

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

alter table public.reply_reads enable row level security;
create policy reply_reads_own on public.reply_reads for select to authenticated
  using (operator_id = (select auth.uid()) and (select public.is_operator()));
grant select on public.reply_reads to authenticated, service_role;
revoke execute on function public.mark_reply(uuid, boolean), public.unread_replies() from public, anon;
grant execute on function public.mark_reply(uuid, boolean), public.unread_replies() to authenticated, service_role;

alter publication supabase_realtime add table public.reply_reads, public.mailbox_folders, public.contact_addresses;
