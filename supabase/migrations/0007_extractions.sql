-- Running payloads: one extraction per search and approved revision, resumable payload by payload, page by page.
create table public.extractions (
  id uuid primary key default gen_random_uuid(),
  search_id uuid not null references public.searches (id),
  approval_id uuid not null unique references public.approval_queue (id),
  status text not null default 'waiting'
    check (status in ('waiting', 'running', 'stopped', 'completed', 'failed', 'cancelled')),
  reason text,
  properties_found int not null default 0,
  contacts_found int not null default 0,
  started_at timestamptz,
  finished_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index extractions_search on public.extractions (search_id, created_at desc);
insert into public.status_transitions (entity, from_status, to_status) values
  ('extractions', 'waiting', 'running'), ('extractions', 'waiting', 'cancelled'), ('extractions', 'waiting', 'failed'),
  ('extractions', 'waiting', 'stopped'), ('extractions', 'running', 'stopped'), ('extractions', 'running', 'completed'),
  ('extractions', 'running', 'failed'), ('extractions', 'running', 'cancelled'), ('extractions', 'running', 'waiting'),
  ('extractions', 'stopped', 'running'), ('extractions', 'stopped', 'cancelled'), ('extractions', 'stopped', 'failed'),
  ('extractions', 'stopped', 'waiting'), ('extractions', 'failed', 'waiting');
create trigger extractions_transitions before update of status on public.extractions
  for each row execute function public.hold_to_transitions();
create trigger extractions_touch before update on public.extractions for each row execute function public.touch_updated_at();

create table public.extraction_payloads (
  extraction_id uuid not null references public.extractions (id) on delete cascade,
  position int not null,
  title text not null,
  payload jsonb not null,
  next_page int not null default 1,
  listed boolean not null default false,
  properties_found int not null default 0,
  primary key (extraction_id, position)
);

-- Which property came out of which payload, and whether its owner and contacts were already asked for.
create table public.search_properties (
  search_id uuid not null references public.searches (id) on delete cascade,
  property_id uuid not null references public.properties (id),
  extraction_id uuid not null references public.extractions (id) on delete cascade,
  payload_position int not null,
  contacts_fetched_at timestamptz,
  primary key (search_id, property_id)
);
create index search_properties_pending on public.search_properties (extraction_id) where contacts_fetched_at is null;
create index search_properties_property on public.search_properties (property_id);

create table public.search_contacts (
  search_id uuid not null references public.searches (id) on delete cascade,
  contact_id uuid not null references public.contacts (id),
  property_id uuid not null references public.properties (id),
  payload_position int not null,
  primary key (search_id, contact_id)
);
create index search_contacts_contact on public.search_contacts (contact_id);
create index search_contacts_property on public.search_contacts (property_id);

-- The one CoStar session of this desk, as the page shows it while the phone is in someone's hand.
create table public.costar_session (
  id int primary key default 1 check (id = 1),
  state text not null default 'offline'
    check (state in ('offline', 'starting', 'waiting_2fa', 'connected', 'expired', 'error')),
  detail text,
  deadline_at timestamptz,
  expires_at timestamptz,
  updated_at timestamptz not null default now()
);
insert into public.costar_session (id) values (1);

-- A person beside a stopped extraction: try again (the phone is at hand now), or give it up.
create function public.answer_extraction(p_id uuid, p_answer text) returns boolean
language plpgsql security definer set search_path = '' as $$
declare
  v_before text;
begin
  perform public.require_operator();
  select status into v_before from public.extractions where id = p_id for update;
  if p_answer = 'retry' and v_before = 'stopped' then
    update public.extractions set status = 'waiting', reason = null where id = p_id;
  elsif p_answer = 'cancel' and v_before in ('waiting', 'running', 'stopped') then
    update public.extractions set status = 'cancelled', reason = 'cancelled by ' || public.acting_name(), finished_at = now() where id = p_id;
  else
    return false;
  end if;
  perform public.write_audit('extraction.' || p_answer, 'extractions', p_id::text, jsonb_build_object('status', v_before));
  return true;
end $$;
revoke execute on function public.answer_extraction(uuid, text) from public, anon;
grant execute on function public.answer_extraction(uuid, text) to authenticated, service_role;

alter table public.extractions enable row level security;
alter table public.extraction_payloads enable row level security;
alter table public.search_properties enable row level security;
alter table public.search_contacts enable row level security;
alter table public.costar_session enable row level security;
create policy extractions_read on public.extractions for select to authenticated using ((select public.is_operator()));
create policy extraction_payloads_read on public.extraction_payloads for select to authenticated using ((select public.is_operator()));
create policy search_properties_read on public.search_properties for select to authenticated using ((select public.is_operator()));
create policy search_contacts_read on public.search_contacts for select to authenticated using ((select public.is_operator()));
create policy costar_session_read on public.costar_session for select to authenticated using ((select public.is_operator()));
grant select on public.extractions, public.extraction_payloads, public.search_properties, public.search_contacts,
  public.costar_session to authenticated;
grant select, insert, update on public.extractions, public.extraction_payloads, public.search_properties,
  public.search_contacts, public.costar_session to service_role;

alter publication supabase_realtime add table public.extractions, public.costar_session;
