-- Relays: the processes beside the mailboxes. Each says what it has; a mailbox stays with the relay that showed it first
-- until a person moves it.
create table public.relays (
  id uuid primary key default gen_random_uuid(),
  -- Without an address: the relay the console itself is set to (RELAY_URL, or its own).
  url text unique nulls not distinct,
  name text not null default '',
  version text not null default '',
  -- Relay's clock minus the console's, in milliseconds.
  clock_offset_ms bigint,
  -- Why it was not let in the last time it asked.
  problem text,
  problem_at timestamptz,
  last_seen_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create trigger relays_touch before update on public.relays for each row execute function public.touch_updated_at();

-- Which mailboxes a relay says it has. More than one relay may; the mailbox's relay_url says which one is used.
create table public.relay_mailboxes (
  relay_id uuid not null references public.relays (id) on delete cascade,
  mailbox_id uuid not null references public.mailboxes (id),
  transport text not null,
  product text not null default '',
  version text not null default '',
  present boolean not null default true,
  last_seen_at timestamptz not null default now(),
  primary key (relay_id, mailbox_id)
);
create index relay_mailboxes_mailbox on public.relay_mailboxes (mailbox_id);

-- A transport is a file of the product; the database does not name them all.
alter table public.mailboxes drop constraint mailboxes_transport_check;
alter table public.mailboxes add constraint mailboxes_transport_check check (transport ~ '^[a-z]{2,20}$');
create index mailboxes_relay on public.mailboxes (relay_url);

-- What was there before belongs to the relay that had it.
insert into public.relays (url, last_seen_at) select relay_url, max(last_seen_at) from public.mailboxes group by relay_url;
insert into public.relay_mailboxes (relay_id, mailbox_id, transport, product, version, last_seen_at)
select r.id, m.id, m.transport, coalesce(m.host_product, ''), coalesce(m.host_version, ''), coalesce(m.last_seen_at, now())
  from public.mailboxes m join public.relays r on r.url is not distinct from m.relay_url;

-- A relay says what it has. New mailboxes become the desk's; one that another relay has stays there, and both are shown.
-- Answers {"owned": [address], "elsewhere": [address]}.
create function public.register_relay(p_url text, p_report jsonb) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_relay uuid;
begin
  perform public.require_operator();
  insert into public.relays (url, name, version, clock_offset_ms, last_seen_at)
  values (p_url, coalesce(p_report ->> 'name', ''), coalesce(p_report ->> 'version', ''), (p_report ->> 'clockOffsetMs')::bigint, now())
  on conflict (url) do update set name = excluded.name, version = excluded.version, clock_offset_ms = excluded.clock_offset_ms,
    last_seen_at = excluded.last_seen_at, problem = null, problem_at = null
  returning id into v_relay;
  -- In the order of addresses, so that two relays that register at once wait for each other and never for ever.
  insert into public.mailboxes (address, transport, relay_url)
  select lower(x.address), x.transport, p_url
    from jsonb_to_recordset(p_report -> 'mailboxes') as x (address text, transport text) order by lower(x.address)
  on conflict (address) do nothing;
  insert into public.relay_mailboxes (relay_id, mailbox_id, transport, product, version)
  select distinct on (m.id) v_relay, m.id, x.transport, coalesce(x.product, ''), coalesce(x.version, '')
    from jsonb_to_recordset(p_report -> 'mailboxes') as x (address text, transport text, product text, version text)
    join public.mailboxes m on m.address = lower(x.address) order by m.id
  on conflict (relay_id, mailbox_id) do update set transport = excluded.transport, product = excluded.product,
    version = excluded.version, present = true, last_seen_at = now();
  update public.relay_mailboxes c set present = false from public.mailboxes m
   where c.relay_id = v_relay and m.id = c.mailbox_id and c.present
     and not exists (select from jsonb_to_recordset(p_report -> 'mailboxes') as x (address text) where lower(x.address) = m.address);
  update public.mailboxes m set host_product = c.product, host_version = c.version, transport = c.transport, last_seen_at = now()
    from public.relay_mailboxes c
   where c.relay_id = v_relay and c.present and c.mailbox_id = m.id and m.relay_url is not distinct from p_url;
  return (select jsonb_build_object(
      'owned', coalesce(jsonb_agg(m.address order by m.address) filter (where m.relay_url is not distinct from p_url), '[]'),
      'elsewhere', coalesce(jsonb_agg(m.address order by m.address) filter (where m.relay_url is distinct from p_url), '[]'))
    from public.relay_mailboxes c join public.mailboxes m on m.id = c.mailbox_id where c.relay_id = v_relay and c.present);
end $$;

-- A relay that proved who it is and was refused all the same is shown with the reason.
create function public.note_relay_problem(p_url text, p_problem text, p_clock_offset_ms bigint default null) returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform public.require_operator();
  insert into public.relays (url, problem, problem_at, clock_offset_ms) values (p_url, p_problem, now(), p_clock_offset_ms)
  on conflict (url) do update set problem = excluded.problem, problem_at = excluded.problem_at,
    clock_offset_ms = coalesce(excluded.clock_offset_ms, public.relays.clock_offset_ms);
end $$;

-- A person lets another relay send for a mailbox. Refused while a mail is with the relay that has it now.
create function public.move_mailbox(p_mailbox_id uuid, p_relay_id uuid) returns boolean
language plpgsql security definer set search_path = '' as $$
declare
  v_mailbox public.mailboxes;
  v_relay public.relays;
  v_claim public.relay_mailboxes;
begin
  perform public.require_operator();
  select * into v_mailbox from public.mailboxes where id = p_mailbox_id for update;
  select * into v_relay from public.relays where id = p_relay_id;
  select * into v_claim from public.relay_mailboxes where relay_id = p_relay_id and mailbox_id = p_mailbox_id and present;
  if v_mailbox.id is null or v_relay.id is null then
    raise exception 'There is no such mailbox or relay.' using errcode = 'P0002';
  end if;
  if v_mailbox.relay_url is not distinct from v_relay.url then
    return false;
  end if;
  if v_claim.mailbox_id is null then
    raise exception 'That relay does not have this mailbox.' using errcode = '23514';
  end if;
  if exists (select from public.sends s where s.mailbox_id = p_mailbox_id and s.status = 'sending') then
    raise exception 'A mail is being handed over just now. Try again in a minute.' using errcode = '23514';
  end if;
  update public.mailboxes set relay_url = v_relay.url, transport = v_claim.transport, host_product = v_claim.product,
    host_version = v_claim.version, last_seen_at = v_claim.last_seen_at, sync_error = null
   where id = p_mailbox_id;
  perform public.write_audit('mailbox.moved', 'mailboxes', p_mailbox_id::text, jsonb_build_object('relay', v_mailbox.relay_url),
    jsonb_build_object('relay', v_relay.url));
  return true;
end $$;

-- Takes a relay that is gone for good off the list. It shows up again if it ever reports.
create function public.forget_relay(p_relay_id uuid) returns boolean
language plpgsql security definer set search_path = '' as $$
declare
  v_relay public.relays;
begin
  perform public.require_operator();
  select * into v_relay from public.relays where id = p_relay_id for update;
  if not found then
    return false;
  end if;
  if exists (select from public.mailboxes m where m.relay_url is not distinct from v_relay.url) then
    raise exception 'Mailboxes still send through this relay. Move them first.' using errcode = '23514';
  end if;
  delete from public.relays where id = p_relay_id;
  perform public.write_audit('relay.forgotten', 'relays', p_relay_id::text, jsonb_build_object('url', v_relay.url, 'name', v_relay.name));
  return true;
end $$;

alter table public.relays enable row level security;
alter table public.relay_mailboxes enable row level security;
create policy relays_read on public.relays for select to authenticated using ((select public.is_operator()));
create policy relay_mailboxes_read on public.relay_mailboxes for select to authenticated using ((select public.is_operator()));
grant select on public.relays, public.relay_mailboxes to authenticated, service_role;
revoke execute on function public.register_relay(text, jsonb),
  public.note_relay_problem(text, text, bigint), public.move_mailbox(uuid, uuid), public.forget_relay(uuid) from public, anon;
grant execute on function public.register_relay(text, jsonb), public.note_relay_problem(text, text, bigint) to service_role;
grant execute on function public.move_mailbox(uuid, uuid), public.forget_relay(uuid) to authenticated, service_role;
