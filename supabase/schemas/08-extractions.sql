-- What is asked of CoStar, what came back, and the lists its fields are chosen from.
-- Lookups are retired rather than deleted: what an old search names must stay readable.

-- What CoStar calls things, and the owners it knows: lookups, companies, properties, contacts.
create table public.costar_lookups (
  kind text not null check (kind in ('market', 'property_type', 'owner_type')),
  id int not null,
  name text not null,
  market_filter boolean not null default true,
  -- Lookups come from a file of the operator's, are previewed, and are
  -- retired rather than deleted: what an old search names must stay readable.
  retired_at timestamptz,
  primary key (kind, id)
);
create unique index costar_lookups_name on public.costar_lookups (kind, lower(name)) where retired_at is null;
alter table public.costar_lookups enable row level security;
create policy costar_lookups_read on public.costar_lookups for select to authenticated
  using ((select public.is_operator()));
grant select on public.costar_lookups to authenticated;
grant select, insert, update on public.costar_lookups to service_role;

-- The starter set; an operator imports the full list in Settings.
insert into public.costar_lookups (kind, id, name, market_filter) values
  ('property_type', 1, 'Hospitality', true), ('property_type', 2, 'Industrial', true),
  ('property_type', 3, 'Land', false),
  ('property_type', 5, 'Office', true), ('property_type', 6, 'Retail', true),
  ('property_type', 7, 'Flex', false),
  ('property_type', 8, 'Sports & Entertainment', false), ('property_type', 10, 'Specialty', false),
  ('property_type', 11, 'Multifamily', true), ('property_type', 12, 'Shopping Center', false),
  ('property_type', 13, 'Health Care', false), ('property_type', 15, 'Residential', false),
  ('property_type', 31, 'Student', false),
  ('owner_type', 1, 'Corporation', true), ('owner_type', 2, 'Public REIT', true),
  ('owner_type', 3, 'Individual', true),
  ('owner_type', 4, 'Government', true), ('owner_type', 5, 'Bank', true),
  ('owner_type', 6, 'Developer-National', true),
  ('owner_type', 7, 'Pension Fund', true), ('owner_type', 8, 'Insurance', true),
  ('owner_type', 9, 'Non Profit', true),
  ('owner_type', 10, 'Endowment', true), ('owner_type', 11, 'Investment Manager', true),
  ('owner_type', 13, 'Sovereign Wealth', true), ('owner_type', 14, 'REOC', true),
  ('owner_type', 15, 'Listed Funds', true),
  ('owner_type', 16, 'Developer-Regional', true), ('owner_type', 17, 'Trust', true),
  ('owner_type', 18, 'Tenants in Common', true), ('owner_type', 19, 'Private REIT', true),
  ('owner_type', 20, 'Other-Private', true), ('owner_type', 21, 'Equity Funds', true),
  ('owner_type', 22, 'Educational', true), ('owner_type', 24, 'Religious', true),
  ('owner_type', 25, 'Medical', true),
  ('owner_type', 26, 'Special Servicer', true),
  ('market', 825, 'Inland Empire', true), ('market', 605, 'Los Angeles', true),
  ('market', 130, 'Orange County', true),
  ('market', 861, 'San Diego', true), ('market', 776, 'Phoenix', true),
  ('market', 316, 'Dallas-Fort Worth', true),
  ('market', 1276, 'Houston', true), ('market', 159, 'Austin', true), ('market', 1805, 'Atlanta', true),
  ('market', 1264, 'Chicago', true), ('market', 716, 'New York', true),
  ('market', 865, 'San Francisco', true),
  ('market', 332, 'Denver', true);

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
alter table public.costar_session enable row level security;
create policy costar_session_read on public.costar_session for select to authenticated
  using ((select public.is_operator()));
grant select on public.costar_session to authenticated;
grant select, insert, update on public.costar_session to service_role;
alter publication supabase_realtime add table public.costar_session;

insert into public.costar_session (id) values (1);

-- Running payloads: one extraction per search and approved
-- revision, resumable payload by payload, page by page.
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
  updated_at timestamptz not null default now(),
  import_id uuid unique
);
create index extractions_search on public.extractions (search_id, created_at desc);
alter table public.extractions enable row level security;
create policy extractions_read on public.extractions for select to authenticated
  using ((select public.is_operator()));
grant select on public.extractions to authenticated;
grant select, insert, update on public.extractions to service_role;
alter publication supabase_realtime add table public.extractions;

insert into public.status_transitions (entity, from_status, to_status) values
  ('extractions', 'waiting', 'running'), ('extractions', 'waiting', 'cancelled'),
  ('extractions', 'waiting', 'failed'),
  ('extractions', 'waiting', 'stopped'), ('extractions', 'running', 'stopped'),
  ('extractions', 'running', 'completed'),
  ('extractions', 'running', 'failed'), ('extractions', 'running', 'cancelled'),
  ('extractions', 'running', 'waiting'),
  ('extractions', 'stopped', 'running'), ('extractions', 'stopped', 'cancelled'),
  ('extractions', 'stopped', 'failed'),
  ('extractions', 'stopped', 'waiting'), ('extractions', 'failed', 'waiting');

-- The questions an extraction asks, in order, and how far
-- each was answered: a stopped one goes on where it was.
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
alter table public.extraction_payloads enable row level security;
create policy extraction_payloads_read on public.extraction_payloads for select to authenticated
  using ((select public.is_operator()));
grant select on public.extraction_payloads to authenticated;
grant select, insert, update on public.extraction_payloads to service_role;

-- Which property came out of which payload, and whether its owner and contacts were already asked for.
create table public.search_properties (
  search_id uuid not null references public.searches (id) on delete cascade,
  property_id uuid not null references public.properties (id),
  extraction_id uuid not null references public.extractions (id) on delete cascade,
  payload_position int not null,
  contacts_fetched_at timestamptz,
  -- When and in which market something was found. The first finding stands, whatever finds it again.
  found_hour timestamptz not null,
  market text not null,
  primary key (search_id, property_id)
);
create index search_properties_pending on public.search_properties (extraction_id)
  where contacts_fetched_at is null;
create index search_properties_property on public.search_properties (property_id);
create index search_properties_found on public.search_properties (found_hour desc,
  search_id desc, property_id desc);
alter table public.search_properties enable row level security;
create policy search_properties_read on public.search_properties for select to authenticated
  using ((select public.is_operator()));
grant select on public.search_properties to authenticated;
grant select, insert, update on public.search_properties to service_role;

-- Whom a search found, and with which of their properties: the one its mails are about.
create table public.search_contacts (
  search_id uuid not null references public.searches (id) on delete cascade,
  contact_id uuid not null references public.contacts (id),
  property_id uuid not null references public.properties (id),
  payload_position int not null,
  found_hour timestamptz not null,
  market text not null,
  primary key (search_id, contact_id)
);
create index search_contacts_contact on public.search_contacts (contact_id);
create index search_contacts_property on public.search_contacts (property_id);
create index search_contacts_found on public.search_contacts (found_hour desc,
  search_id desc, contact_id desc);
alter table public.search_contacts enable row level security;
create policy search_contacts_read on public.search_contacts for select to authenticated
  using ((select public.is_operator()));
grant select on public.search_contacts to authenticated;
grant select, insert, update on public.search_contacts to service_role;

-- What CoStar answered to the cheap question how many properties a payload finds.
create table public.payload_counts (
  payload_hash text primary key,
  properties int not null check (properties >= 0),
  counted_at timestamptz not null default now()
);
alter table public.payload_counts enable row level security;
create policy payload_counts_read on public.payload_counts for select to authenticated
  using ((select public.is_operator()));
grant select on public.payload_counts to authenticated;
grant select, insert, update on public.payload_counts to service_role;

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
    update public.extractions set status = 'cancelled', reason = 'cancelled by ' || public.acting_name(),
      finished_at = now() where id = p_id;
  else
    return false;
  end if;
  perform public.write_audit('extraction.' || p_answer, 'extractions', p_id::text,
    jsonb_build_object('status', v_before));
  return true;
end $$;
grant execute on function public.answer_extraction to authenticated, service_role;

-- What the set is now, as one value: a change is applied to the set that was looked at, or not at all.
create function public.lookups_hash() returns text
language sql stable security invoker set search_path = '' as $$
  select encode(sha256(
    convert_to(coalesce(string_agg(concat_ws('|', l.kind, l.id, l.name, l.market_filter), E'\n'
    order by l.kind, l.id), ''), 'UTF8')), 'hex')
  from public.costar_lookups l where l.retired_at is null
$$;
grant execute on function public.lookups_hash to authenticated, service_role;

-- Which lookups an open search still needs: its criteria, its
-- approved payloads, and payloads that wait for approval.
create function public.lookups_in_use() returns table (kind text, id int, search_id uuid, search_name text)
language sql stable security invoker set search_path = '' as $$
  with open as (
    select s.id, s.name, s.criteria, s.payloads || coalesce((select jsonb_agg(p) from public.approval_queue a,
        jsonb_array_elements(case jsonb_typeof(a.proposal -> 'payloads')
          when 'array' then a.proposal -> 'payloads' else '[]' end) p
        where a.search_id = s.id and a.status = 'pending'), '[]') as payloads
      from public.searches s where s.status not in ('completed', 'rejected', 'cancelled')
  ), wanted as (
    select o.id, o.name, 'market' as kind, v #>> '{}' as what
      from open o, jsonb_path_query(o.criteria, '$.criteria.markets[*]') v
    union select o.id, o.name, 'property_type', v #>> '{}'
      from open o, jsonb_path_query(o.criteria, '$.criteria.propertyTypes[*]') v
    union select o.id, o.name, 'market', v #>> '{}'
      from open o, jsonb_path_query(o.payloads, '$[*].payload."0".Geography.Filter.Ids[*]') v
    union select o.id, o.name, 'property_type', v #>> '{}'
      from open o, jsonb_path_query(o.payloads, '$[*].payload."0".Property.PropertyTypes[*]') v
    union select o.id, o.name, 'owner_type', v #>> '{}'
      from open o, jsonb_path_query(o.payloads, '$[*].payload."0".Property.OwnerTypes[*]') v
  )
  select distinct l.kind, l.id, w.id, w.name from wanted w
    join public.costar_lookups l on l.kind = w.kind and (l.id::text = w.what or lower(l.name) = lower(w.what))
   where l.retired_at is null order by 1, 2, 4
$$;
grant execute on function public.lookups_in_use to authenticated, service_role;

-- Adds, renames, brings back and, when asked, retires, in one transaction with its audit row.
-- `p_expected` is the hash of the set the preview was made from; another set means somebody was faster.
create function public.apply_lookups(p_rows jsonb, p_retire_missing boolean, p_expected text, p_why text)
  returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_added int; v_back int; v_renamed jsonb; v_changed int; v_retired jsonb; v_clash text;
begin
  perform public.require_operator();
  lock table public.costar_lookups in share row exclusive mode;
  if public.lookups_hash() <> p_expected then
    return jsonb_build_object('outcome', 'changed');
  end if;
  if exists (select 1 from jsonb_to_recordset(p_rows) as r (kind text, id int, name text)
      where r.kind is null or r.kind not in ('market', 'property_type', 'owner_type')
        or r.id is null or r.id <= 0
        or public.words_in(r.name) is null or length(r.name) > 120)
    or exists (select 1 from jsonb_to_recordset(p_rows) as r (kind text, id int, name text) group by r.kind,
      r.id having count(*) > 1)
    or exists (select 1 from jsonb_to_recordset(p_rows) as r (kind text, id int, name text) group by r.kind,
      lower(r.name) having count(*) > 1)
  then
    raise exception 'Each lookup needs a kind, a whole-number id and a name, and each once.'
      using errcode = '22023';
  end if;

  with rows as (select * from jsonb_to_recordset(p_rows) as r (kind text, id int, name text,
    "marketFilter" boolean)),
  missing as (
    select l.* from public.costar_lookups l where p_retire_missing and l.retired_at is null
      and l.kind in (select kind from rows)
       and not exists (select 1 from rows r where r.kind = l.kind and r.id = l.id)
       and not exists (select 1 from public.lookups_in_use() u where u.kind = l.kind and u.id = l.id)
  ), retired as (
    update public.costar_lookups l set retired_at = now() from missing m where l.kind = m.kind
      and l.id = m.id returning l.name
  )
  select coalesce(jsonb_agg(name order by name), '[]') into v_retired from retired;

  select l.name into v_clash from public.costar_lookups l
    join jsonb_to_recordset(p_rows) as r (kind text, id int, name text) on r.kind = l.kind
      and lower(btrim(r.name)) = lower(l.name) and r.id <> l.id
   where l.retired_at is null
     and not exists (select 1 from jsonb_to_recordset(p_rows) as o (kind text, id int) where o.kind = l.kind
       and o.id = l.id) limit 1;
  if v_clash is not null then
    raise exception 'The name "%" already belongs to another id.', v_clash using errcode = '22023';
  end if;

  with renamed as (
    select r.kind, r.id, l.name as was, btrim(r.name) as is_now
      from jsonb_to_recordset(p_rows) as r (kind text, id int, name text)
      join public.costar_lookups l on l.kind = r.kind and l.id = r.id where l.retired_at is null
        and l.name <> btrim(r.name)
  )
  select coalesce(jsonb_agg(jsonb_build_object('id', id, 'from', was, 'to', is_now)), '[]') into v_renamed
    from renamed;
  -- Two names may change places; each index entry is checked as it is written, so they first step aside.
  update public.costar_lookups l set name = l.name || ' ' || chr(1) || l.id
    from jsonb_to_recordset(p_rows) as r (kind text, id int, name text)
   where l.kind = r.kind and l.id = r.id and l.retired_at is null and l.name <> btrim(r.name);
  select count(*) filter (where l.id is null), count(*) filter (where l.retired_at is not null),
      count(*) filter (where l.retired_at is null and r."marketFilter" is not null
        and l.market_filter <> r."marketFilter")
    into v_added, v_back, v_changed
    from jsonb_to_recordset(p_rows) as r (kind text, id int, name text, "marketFilter" boolean)
    left join public.costar_lookups l on l.kind = r.kind and l.id = r.id;
  insert into public.costar_lookups as l (kind, id, name, market_filter)
  select r.kind, r.id, btrim(r.name), coalesce(r."marketFilter", o.market_filter, true)
    from jsonb_to_recordset(p_rows) as r (kind text, id int, name text, "marketFilter" boolean)
    left join public.costar_lookups o on o.kind = r.kind and o.id = r.id
  on conflict (kind, id) do update set name = excluded.name, market_filter = excluded.market_filter,
    retired_at = null
   where (l.name, l.market_filter) is distinct from (excluded.name, excluded.market_filter)
     or l.retired_at is not null;

  perform public.write_audit('lookups.imported', 'costar_lookups', 'all', null,
    jsonb_build_object('added', v_added, 'brought_back', v_back, 'renamed', v_renamed,
      'market_filter_changed', v_changed, 'retired', v_retired), p_why);
  return jsonb_build_object('outcome', 'applied', 'added', v_added, 'broughtBack', v_back, 'renamed',
    jsonb_array_length(v_renamed), 'changed', v_changed, 'retired', jsonb_array_length(v_retired));
end $$;
grant execute on function public.apply_lookups to authenticated, service_role;

-- Per payload: how many properties and contacts it found, and how many of those can be mailed.
create function public.extraction_yield(p_extraction_id uuid)
returns table ("position" int, title text, properties bigint, asked bigint,
  contacts bigint, with_email bigint)
language sql stable security invoker set search_path = '' as $$
  select p."position", p.title,
    (select count(*) from public.search_properties s where s.extraction_id = p.extraction_id
      and s.payload_position = p."position"),
    (select count(*) from public.search_properties s where s.extraction_id = p.extraction_id
      and s.payload_position = p."position"
      and s.contacts_fetched_at is not null),
    (select count(*) from public.search_contacts c where c.search_id = e.search_id
      and c.payload_position = p."position"),
    (select count(*) from public.search_contacts c join public.contacts k on k.id = c.contact_id
      where c.search_id = e.search_id and c.payload_position = p."position" and k.email is not null)
  from public.extraction_payloads p join public.extractions e on e.id = p.extraction_id
  where p.extraction_id = p_extraction_id order by p."position"
$$;
grant execute on function public.extraction_yield to authenticated, service_role;

create trigger extractions_transitions before update of status on public.extractions
  for each row execute function public.hold_to_transitions();
create trigger extractions_touch before update on public.extractions for each row
  execute function public.touch_updated_at();
create trigger extractions_measured after update of status on public.extractions
  for each row when (new.status = 'completed' and old.status <> 'completed')
    execute function public.measure_when_extracted();
