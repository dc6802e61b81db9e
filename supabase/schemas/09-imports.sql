-- A CoStar export as the source of an extraction: uploaded, mapped, checked row by
-- row, and then saved by the same rules. Where a file says something else than what is
-- known, a person chooses whose value stays; without a choice, what is known stays.

-- One uploaded file. Its rows are kept apart and deleted
-- after a while; this row stays as where contacts came from.
create table public.imports (
  id uuid primary key default gen_random_uuid(),
  search_id uuid references public.searches (id),
  file_name text not null check (file_name ~ '\S'),
  file_bytes int not null,
  file_hash text not null,
  read_as text not null,
  headers text[] not null,
  headers_key text not null,
  header_row int not null,
  mapping jsonb not null default '{}',
  status text not null default 'reading'
    check (status in ('reading', 'unmapped', 'checking', 'ready', 'used', 'discarded')),
  row_count int not null default 0,
  check_no int not null default 0,
  checked_to int not null default 0,
  checked_rows int not null default 0,
  counts jsonb not null default '{}',
  applied_to int not null default 0,
  applied_rows int not null default 0,
  created_by text not null default public.acting_name(),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  used_at timestamptz,
  rows_deleted_at timestamptz
);
create index imports_search on public.imports (search_id, created_at desc);
create index imports_open on public.imports (status, updated_at) where rows_deleted_at is null;
alter table public.imports enable row level security;
create policy imports_read on public.imports for select to authenticated
  using ((select public.is_operator()));
grant select on public.imports to authenticated, service_role;

insert into public.status_transitions (entity, from_status, to_status) values
  ('imports', 'reading', 'unmapped'), ('imports', 'reading', 'checking'), ('imports', 'unmapped', 'checking'),
  ('imports', 'checking', 'unmapped'), ('imports', 'ready', 'unmapped'), ('imports', 'checking', 'ready'),
  ('imports', 'ready', 'checking'), ('imports', 'ready', 'used'), ('imports', 'reading', 'discarded'),
  ('imports', 'unmapped', 'discarded'), ('imports', 'checking', 'discarded'),
  ('imports', 'ready', 'discarded');

alter table public.extractions
  add constraint extractions_import_id_fkey foreign key (import_id) references public.imports (id);

-- A row as it stands in the file: its cells as text, or what made it unreadable.
create table public.import_rows (
  import_id uuid not null references public.imports (id) on delete cascade,
  row_no int not null,
  cells text[] not null default '{}',
  problem text,
  detail text,
  primary key (import_id, row_no)
);
alter table public.import_rows enable row level security;
create policy import_rows_read on public.import_rows for select to authenticated
  using ((select public.is_operator()));
grant select on public.import_rows to authenticated, service_role;

-- What would come of a row, decided under one mapping (`check_no`), with the keys it is matched by.
create table public.import_checks (
  import_id uuid not null references public.imports (id) on delete cascade,
  row_no int not null,
  outcome text not null check (outcome in ('create', 'update', 'known', 'property_only', 'skip')),
  reason text,
  detail text,
  notes text[] not null default '{}',
  facts jsonb not null default '{}',
  address_key text not null default '',
  company_key text not null default '',
  email_key text,
  costar_property_id bigint,
  property_known boolean not null default false,
  company_known boolean not null default false,
  fills text[] not null default '{}',
  differences jsonb not null default '[]',
  primary key (import_id, row_no)
);
create index import_checks_outcome on public.import_checks (import_id, outcome, row_no);
create index import_checks_email on public.import_checks (import_id, email_key) where email_key is not null;
alter table public.import_checks enable row level security;
create policy import_checks_read on public.import_checks for select to authenticated
  using ((select public.is_operator()));
grant select on public.import_checks to authenticated, service_role;

-- Which column meant what, by the set of headers, as a person last confirmed it.
create table public.import_mappings (
  headers_key text primary key,
  mapping jsonb not null,
  updated_by text not null default public.acting_name(),
  updated_at timestamptz not null default now()
);
alter table public.import_mappings enable row level security;
create policy import_mappings_read on public.import_mappings for select to authenticated
  using ((select public.is_operator()));
grant select on public.import_mappings to authenticated, service_role;

-- Where a file says something else than what is known, a person chooses whose value stays: for a
-- whole column, or for one row. Nothing is chosen by itself: without a choice, what is known stays.
create table public.import_choices (
  import_id uuid not null references public.imports (id) on delete cascade,
  field text not null check (field in ('contactName', 'title', 'phone', 'company', 'propertyType', 'zip',
    'buildingSf', 'landAcres', 'yearBuilt')),
  -- 0 stands for every row without a choice of its own.
  row_no int not null,
  take text not null check (take in ('ours', 'file')),
  chosen_by text not null default public.acting_name(),
  chosen_at timestamptz not null default now(),
  primary key (import_id, field, row_no)
);
alter table public.import_choices enable row level security;
create policy import_choices_read on public.import_choices for select to authenticated
  using ((select public.is_operator()));
grant select on public.import_choices to authenticated, service_role;

-- Opens an import with its first answer to which column is what; rows follow in chunks.
create function public.open_import(
  p_file_name text, p_file_bytes int, p_file_hash text, p_read_as text, p_headers text[],
  p_headers_key text, p_header_row int, p_search_id uuid default null
) returns uuid language plpgsql security definer set search_path = '' as $$
declare
  v_id uuid;
begin
  perform public.require_operator();
  insert into public.imports (search_id, file_name, file_bytes, file_hash, read_as,
    headers, headers_key, header_row)
  values (p_search_id, p_file_name, p_file_bytes, p_file_hash, p_read_as, p_headers,
    p_headers_key, p_header_row)
  returning id into v_id;
  perform public.write_audit('import.uploaded', 'imports', v_id::text, null,
    jsonb_build_object('file', p_file_name, 'bytes', p_file_bytes, 'sha256',
      p_file_hash, 'search', p_search_id));
  return v_id;
end $$;
grant execute on function public.open_import to authenticated, service_role;

-- Rows arrive in chunks while the file is read; a chunk sent twice is stored once.
create function public.stage_import_rows(p_id uuid, p_rows jsonb) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_new int;
begin
  perform public.require_operator();
  perform 1 from public.imports where id = p_id and status = 'reading' for update;
  if not found then
    raise exception 'This import takes no more rows.' using errcode = '22023';
  end if;
  insert into public.import_rows (import_id, row_no, cells, problem, detail)
  select p_id, r.row_no, coalesce(r.cells, '{}'), r.problem, r.detail
    from jsonb_to_recordset(p_rows) as r (row_no int, cells text[], problem text, detail text)
  on conflict do nothing;
  get diagnostics v_new = row_count;
  update public.imports set row_count = row_count + v_new where id = p_id;
end $$;
grant execute on function public.stage_import_rows to authenticated, service_role;

-- Says which column is what and starts the check anew. Without
-- the columns a row cannot do without, it waits for them.
create function public.map_import(p_id uuid, p_mapping jsonb, p_remember boolean default false) returns text
language plpgsql security definer set search_path = '' as $$
declare
  v_to text := case when p_mapping ? 'address' and p_mapping ? 'email' then 'checking' else 'unmapped' end;
  v_row public.imports;
begin
  perform public.require_operator();
  select * into strict v_row from public.imports where id = p_id for update;
  if v_row.status not in ('reading', 'unmapped', 'checking', 'ready') then
    raise exception 'This import is % and cannot be mapped any more.', v_row.status using errcode = '22023';
  end if;
  delete from public.import_checks where import_id = p_id;
  update public.imports set mapping = p_mapping, status = v_to, check_no = check_no + 1,
    checked_to = 0, checked_rows = 0, counts = '{}' where id = p_id;
  if p_remember then
    insert into public.import_mappings as m (headers_key, mapping) values (v_row.headers_key, p_mapping)
    on conflict (headers_key) do update set mapping = excluded.mapping,
      updated_by = public.acting_name(), updated_at = now();
  end if;
  return v_to;
end $$;
grant execute on function public.map_import to authenticated, service_role;

-- The rows hold people's data: they go at once, not when they would have aged.
create function public.discard_import(p_id uuid) returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  perform public.require_operator();
  update public.imports set status = 'discarded', rows_deleted_at = now()
   where id = p_id and status in ('reading', 'unmapped', 'checking', 'ready');
  if not found then
    return false;
  end if;
  delete from public.import_checks where import_id = p_id;
  delete from public.import_rows where import_id = p_id;
  perform public.write_audit('import.discarded', 'imports', p_id::text);
  return true;
end $$;
grant execute on function public.discard_import to authenticated, service_role;

-- Decides what would come of the next rows of a file, against what is known now and
-- against the rows before them. False when somebody changed the mapping meanwhile,
-- or the rows are decided already: a repeated call decides nothing twice.
create function public.check_import_rows(p_id uuid, p_check_no int, p_from int, p_to int, p_rows jsonb)
  returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  perform public.require_operator();
  perform 1 from public.imports where id = p_id and status = 'checking' and check_no = p_check_no
    and checked_to = p_from for update;
  if not found then
    return false;
  end if;
  insert into public.import_checks (import_id, row_no, outcome, reason, detail, notes, facts,
    address_key, company_key, email_key, costar_property_id, property_known,
    company_known, fills, differences)
  with incoming as materialized (
    select r.row_no, r.facts, r.skip, r.no_contact, r.detail, coalesce(r.notes, '{}') as notes,
      public.match_key(concat_ws(' ', r.facts ->> 'address', r.facts ->> 'city',
        r.facts ->> 'state')) as address_key,
      public.match_key(r.facts ->> 'company') as company_key,
      (r.facts ->> 'costarPropertyId')::bigint as costar_id, case when r.skip is null and r.no_contact is null
        then lower(btrim(r.facts ->> 'email')) end as email_key
    from jsonb_to_recordset(p_rows) as r (row_no int, facts jsonb, skip text, no_contact text,
      detail text, notes text[])
  ), first_seen as (
    select i.*, least(min(i.row_no) over (partition by i.email_key),
      (select min(c.row_no) from public.import_checks c where c.import_id = p_id
        and c.email_key = i.email_key)) as first_row
    from incoming i
  ), judged as (
    select f.*, f.email_key is not null and f.first_row < f.row_no as is_double,
      f.email_key is not null and f.first_row < f.row_no and (
        exists (select 1 from public.import_checks c where c.import_id = p_id and c.row_no = f.first_row
          and c.address_key = f.address_key)
        or exists (select 1 from incoming o where o.row_no = f.first_row
          and o.address_key = f.address_key)) as is_same_row,
      coalesce((select x.id from public.properties x where x.costar_property_id = f.costar_id),
        (select x.id from public.properties x where x.address_key = f.address_key)) as property_id,
      (select x.id from public.companies x where x.name_key = f.company_key
        and f.company_key <> '') as company_id
    from first_seen f
  )
  select p_id, j.row_no,
    case when j.skip is not null or j.is_same_row then 'skip' when j.no_contact is not null
      or j.is_double then 'property_only'
      when k.id is null then 'create' when known.fills = '{}' then 'known' else 'update' end,
    coalesce(j.skip, case when j.is_same_row then 'duplicate_row' when j.is_double
      then 'duplicate_contact' end, j.no_contact),
    case when j.skip is null and j.is_double then j.first_row::text else j.detail end,
    j.notes || case when k.do_not_contact_at is not null or o.do_not_contact_at is not null
      then array['do_not_contact']
      when k.bounced_at is not null then array['bounced']
      when exists (select 1 from public.email_exclusions e
        where (e.kind = 'address' and e.value = j.email_key)
        or (e.kind = 'domain' and e.value = public.email_domain(j.email_key)))
          then array['excluded'] else '{}' end,
    j.facts, j.address_key, j.company_key, case when j.skip is null and not j.is_double
      then j.email_key end, j.costar_id,
    j.property_id is not null, j.company_id is not null, coalesce(known.fills, '{}'),
    coalesce(known.differences, '[]')
  from judged j
  left join public.contacts k on k.email_key = j.email_key and not j.is_double
  left join public.companies o on o.id = coalesce(k.company_id, j.company_id)
  left join public.properties p on p.id = j.property_id
  left join lateral (
    select coalesce(array_agg(v.field) filter (where coalesce(v.ours, '') = ''
      and coalesce(v.file, '') <> ''), '{}') as fills,
      coalesce(jsonb_agg(jsonb_build_object('field', v.field, 'ours', v.ours, 'file', v.file))
        filter (where v.ours <> '' and v.file <> '' and public.match_key(v.ours) <> public.match_key(v.file)),
        '[]') as differences
    from (values
      ('contactName', k.full_name, case when k.id is not null then j.facts ->> 'contactName' end),
      ('title', k.title, case when k.id is not null then j.facts ->> 'title' end),
      ('phone', k.phones[1], case when k.id is not null then j.facts ->> 'phone' end),
      ('company', o.name, case when k.id is not null then j.facts ->> 'company' end),
      ('propertyType', p.property_type, case when p.id is not null then j.facts ->> 'propertyType' end),
      ('zip', p.zip, case when p.id is not null then j.facts ->> 'zip' end),
      ('buildingSf', p.building_sf::text, case when p.id is not null then j.facts ->> 'buildingSf' end),
      ('landAcres', p.land_acres::float8::text, case when p.id is not null then j.facts ->> 'landAcres' end),
      ('yearBuilt', p.year_built::text, case when p.id is not null then j.facts ->> 'yearBuilt' end)
    ) as v (field, ours, file)
    where (k.id is not null or p.id is not null) and j.skip is null and not j.is_same_row
  ) known on true;
  update public.imports set checked_to = p_to, checked_rows = checked_rows + jsonb_array_length(p_rows)
    where id = p_id;
  return true;
end $$;
grant execute on function public.check_import_rows to service_role;

-- Adds up what the rows came to. The preview is ready.
create function public.finish_import_check(p_id uuid, p_check_no int) returns boolean
language plpgsql security definer set search_path = '' as $$
declare
  v_counts jsonb;
begin
  perform public.require_operator();
  perform 1 from public.imports where id = p_id and status = 'checking' and check_no = p_check_no for update;
  if not found then
    return false;
  end if;
  select jsonb_build_object('create', count(*) filter (where outcome = 'create'), 'update',
    count(*) filter (where outcome = 'update'), 'known', count(*) filter (where outcome = 'known'),
    'property_only', count(*) filter (where outcome = 'property_only'),
    'skip', count(*) filter (where outcome = 'skip'),
    'newProperties', count(distinct coalesce(costar_property_id::text, address_key)) filter (
      where not property_known and outcome <> 'skip'),
    'knownProperties', count(distinct coalesce(costar_property_id::text, address_key)) filter (
      where property_known and outcome <> 'skip'),
    'newCompanies', count(distinct company_key) filter (where not company_known
      and outcome <> 'skip' and company_key <> ''),
    'differing', count(*) filter (where outcome <> 'skip' and differences <> '[]'),
    'notMailed', count(*) filter (where notes && '{do_not_contact,bounced,excluded}'))
    into v_counts from public.import_checks where import_id = p_id;
  select v_counts || jsonb_build_object('reasons', coalesce(jsonb_object_agg(x.reason, x.n), '{}'))
    into v_counts
    from (select reason, count(*) as n from public.import_checks where import_id = p_id
      and reason is not null group by reason) x;
  update public.imports set status = 'ready', counts = v_counts where id = p_id;
  return true;
end $$;
grant execute on function public.finish_import_check to service_role;

-- Gives an extraction this import as its source, beside whatever payloads it had.
create function public.attach_import(p_extraction_id uuid, p_import_id uuid) returns void
language sql security definer set search_path = '' as $$
  select public.require_operator();
  update public.extractions set import_id = p_import_id where id = p_extraction_id and import_id is null;
  insert into public.extraction_payloads (extraction_id, "position", title, payload, listed)
  select e.id, coalesce((select max(p."position") + 1 from public.extraction_payloads p
    where p.extraction_id = e.id), 0), 'Import: ' || i.file_name, jsonb_build_object('import', i.id), true
    from public.extractions e join public.imports i on i.id = e.import_id
   where e.id = p_extraction_id and e.import_id = p_import_id and not exists (
     select 1 from public.extraction_payloads p where p.extraction_id = e.id
       and p.payload ->> 'import' = i.id::text)
$$;

-- The extraction an approval allows, with the approved file as its source; called again it finds it.
create function public.open_import_extraction(p_search_id uuid, p_approval_id uuid, p_import_id uuid)
  returns uuid
language plpgsql security definer set search_path = '' as $$
declare
  v_id uuid;
begin
  perform public.require_operator();
  insert into public.extractions (search_id, approval_id) values (p_search_id, p_approval_id)
    on conflict (approval_id) do nothing;
  select id into strict v_id from public.extractions where approval_id = p_approval_id;
  perform public.attach_import(v_id, p_import_id);
  return v_id;
end $$;
grant execute on function public.open_import_extraction to service_role;

-- What was mapped by hand for these headers is offered for the next file that has them.
create function public.use_import(p_id uuid, p_search_id uuid) returns void
language sql security definer set search_path = '' as $$
  select public.require_operator();
  update public.imports set status = 'used', used_at = now(), search_id = p_search_id where id = p_id;
  insert into public.import_mappings as m (headers_key, mapping) select headers_key, mapping
    from public.imports where id = p_id
  on conflict (headers_key) do update set mapping = excluded.mapping,
    updated_by = public.acting_name(), updated_at = now();
  select public.write_audit('import.started', 'imports', p_id::text, null,
    jsonb_build_object('search', p_search_id, 'file', file_name, 'counts', counts))
      from public.imports where id = p_id;
$$;

-- A person starts a checked import: it answers the search's extraction
-- checkpoint, or an extraction that stopped. Bound to the check that was seen.
create function public.start_import(p_id uuid, p_check_no int) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_import public.imports;
  v_approval public.approval_queue;
  v_extraction public.extractions;
  v_decided jsonb;
begin
  perform public.require_operator();
  select * into strict v_import from public.imports where id = p_id for update;
  if v_import.status <> 'ready' or v_import.check_no <> p_check_no then
    return jsonb_build_object('outcome', case when v_import.status = 'used'
      then 'already_started' else 'changed' end, 'searchId', v_import.search_id);
  end if;
  select * into v_approval from public.approval_queue
   where search_id = v_import.search_id and checkpoint = 'extraction' and status = 'pending'
     order by revision desc limit 1;
  if found then
    v_decided := public.decide_approval(v_approval.id, 'approve', v_approval.content_hash, null,
      jsonb_build_object('import', p_id));
    if v_decided ->> 'outcome' <> 'decided' then
      return jsonb_build_object('outcome', 'not_waiting', 'searchId', v_import.search_id);
    end if;
    perform public.use_import(p_id, v_import.search_id);
    return jsonb_build_object('outcome', 'started', 'searchId', v_import.search_id,
      'runKey', v_approval.run_key);
  end if;
  select * into v_extraction from public.extractions
   where search_id = v_import.search_id and status = 'stopped' and import_id is null
     order by created_at desc limit 1 for update;
  if not found then
    return jsonb_build_object('outcome', 'not_waiting', 'searchId', v_import.search_id);
  end if;
  perform public.attach_import(v_extraction.id, p_id);
  update public.extractions set status = 'waiting', reason = null where id = v_extraction.id;
  perform public.write_audit('extraction.import', 'extractions', v_extraction.id::text,
    jsonb_build_object('status', 'stopped'), jsonb_build_object('import', p_id));
  perform public.use_import(p_id, v_import.search_id);
  return jsonb_build_object('outcome', 'started', 'searchId', v_import.search_id,
    'extractionId', v_extraction.id);
end $$;
grant execute on function public.start_import to authenticated, service_role;

-- A search made from a file. There is nothing for the sourcing agent to write, and
-- the person who starts it has just seen every row: both decisions are theirs,
-- recorded as such, and the loop goes on from there as it would from any approval.
create function public.start_import_search(p_id uuid, p_check_no int, p_name text, p_buyer_name text,
  p_criteria jsonb) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_import public.imports;
  v_search uuid;
  v_approval public.approval_queue;
  v_proposal jsonb;
  v_checkpoint text;
begin
  perform public.require_operator();
  select * into strict v_import from public.imports where id = p_id for update;
  if v_import.status <> 'ready' or v_import.check_no <> p_check_no or v_import.search_id is not null then
    return jsonb_build_object('outcome', case when v_import.status = 'used'
      then 'already_started' else 'changed' end, 'searchId', v_import.search_id);
  end if;
  insert into public.searches (name, buyer_name, criteria, source, strategy)
  values (p_name, p_buyer_name, p_criteria, 'import', 'The contacts come from ' || v_import.file_name
    || '; CoStar is asked nothing.')
  returning id into v_search;
  v_proposal := jsonb_build_object('strategy', 'The contacts come from ' || v_import.file_name
    || '; CoStar is asked nothing.', 'payloads', '[]'::jsonb, 'import',
    jsonb_build_object('id', p_id, 'file', v_import.file_name, 'sha256', v_import.file_hash,
      'counts', v_import.counts));
  perform public.move_search(v_search, '{new}', 'sourcing');
  foreach v_checkpoint in array '{sourcing,extraction}'::text[] loop
    v_approval := public.propose('search:' || v_search, v_checkpoint, 1, 'Import: ' || p_name,
      'Approving saves what ' || v_import.file_name || ' holds; CoStar is asked nothing.', v_proposal,
      v_search);
    if v_approval.status = 'pending' then
      perform public.decide_approval(v_approval.id, 'approve', v_approval.content_hash, null,
        case v_checkpoint when 'extraction' then jsonb_build_object('import', p_id) end);
    end if;
  end loop;
  perform public.move_search(v_search, '{sourcing}', 'awaiting_extraction');
  perform public.use_import(p_id, v_search);
  return jsonb_build_object('outcome', 'started', 'searchId', v_search);
end $$;
grant execute on function public.start_import_search to authenticated, service_role;

-- Saves the next rows of an import, all or none, and remembers how far it came:
-- whatever is interrupted is done once. The rules are those of save_properties
-- and save_owner, for many rows at a time: blanks are filled, values stay.
create function public.store_import_rows(p_extraction_id uuid, p_limit int) returns text
language plpgsql security definer set search_path = '' as $$
declare
  v_extraction public.extractions;
  v_import public.imports;
  v_position int;
  v_to int; v_rows int; v_properties int; v_contacts int;
  v_hour timestamptz;
begin
  perform public.require_operator();
  select * into strict v_extraction from public.extractions where id = p_extraction_id for update;
  if v_extraction.status <> 'running' then
    return case v_extraction.status when 'completed' then 'done' else 'cancelled' end;
  end if;
  select * into strict v_import from public.imports where id = v_extraction.import_id for update;
  select max(x.row_no), count(*) into v_to, v_rows from (select row_no from public.import_checks
    where import_id = v_import.id and row_no > v_import.applied_to order by row_no limit p_limit) x;
  if v_rows = 0 then
    return 'done';
  end if;
  v_hour := public.whole_hour(v_extraction.created_at);
  select p."position" into strict v_position from public.extraction_payloads p
   where p.extraction_id = p_extraction_id and p.payload ->> 'import' = v_import.id::text;

  insert into public.companies as c (name, name_key, address, state, phones, source)
  select distinct on (r.company_key) r.facts ->> 'company', r.company_key,
    r.facts ->> 'companyAddress', r.facts ->> 'state',
      case when r.facts ->> 'companyPhone' is null then '{}' else array[r.facts ->> 'companyPhone'] end,
      'import: ' || v_import.file_name || ', row ' || r.row_no
    from public.import_checks r
   where r.import_id = v_import.id and r.row_no > v_import.applied_to and r.row_no <= v_to
     and r.outcome <> 'skip' and r.company_key <> ''
   order by r.company_key, r.row_no
  on conflict (name_key) do update set address = coalesce(c.address, excluded.address),
      phones = case when c.phones = '{}' then excluded.phones else c.phones end
    where (c.address is null and excluded.address is not null)
      or (c.phones = '{}' and excluded.phones <> '{}');

  insert into public.properties as p (costar_property_id, address, address_key, city, state, zip,
    property_type, building_sf, land_acres, year_built, company_id, source, raw)
  select distinct on (coalesce(x.costar_property_id::text, x.address_key)) x.* from (
    select distinct on (r.address_key) r.costar_property_id, r.facts ->> 'address',
      r.address_key, r.facts ->> 'city', r.facts ->> 'state', r.facts ->> 'zip', r.facts ->> 'propertyType',
      (r.facts ->> 'buildingSf')::int,
      (r.facts ->> 'landAcres')::numeric, (r.facts ->> 'yearBuilt')::int, c.id,
      'import: ' || v_import.file_name || ', row ' || r.row_no, '{}'::jsonb
    from public.import_checks r left join public.companies c on c.name_key = r.company_key
      and r.company_key <> ''
   where r.import_id = v_import.id and r.row_no > v_import.applied_to
     and r.row_no <= v_to and r.outcome <> 'skip'
   order by r.address_key, r.row_no) x
   where not exists (select 1 from public.properties o where o.costar_property_id = x.costar_property_id
     and o.address_key <> x.address_key)
  on conflict (address_key) do update set
      costar_property_id = coalesce(p.costar_property_id, excluded.costar_property_id),
      zip = coalesce(p.zip, excluded.zip), property_type = coalesce(p.property_type, excluded.property_type),
      building_sf = coalesce(p.building_sf, excluded.building_sf),
      land_acres = coalesce(p.land_acres, excluded.land_acres),
      year_built = coalesce(p.year_built, excluded.year_built),
      company_id = coalesce(p.company_id, excluded.company_id);

  insert into public.contacts as k (company_id, full_name, first_name, title, email,
    phones, time_zone, source)
  select distinct on (r.email_key) c.id, r.facts ->> 'contactName', coalesce(r.facts ->> 'firstName', ''),
    r.facts ->> 'title',
      btrim(r.facts ->> 'email'), case when r.facts ->> 'phone' is null then '{}'
        else array[r.facts ->> 'phone'] end,
      r.facts ->> 'timeZone', 'import: ' || v_import.file_name || ', row ' || r.row_no
    from public.import_checks r left join public.companies c on c.name_key = r.company_key
      and r.company_key <> ''
   where r.import_id = v_import.id and r.row_no > v_import.applied_to and r.row_no <= v_to
     and r.email_key is not null
   order by r.email_key, r.row_no
  on conflict (email_key) do update set company_id = coalesce(k.company_id, excluded.company_id),
      title = coalesce(k.title, excluded.title), time_zone = coalesce(k.time_zone, excluded.time_zone),
      first_name = case when k.first_name = '' then excluded.first_name else k.first_name end,
      phones = case when k.phones = '{}' then excluded.phones else k.phones end
    where (k.company_id is null and excluded.company_id is not null)
      or (k.title is null and excluded.title is not null)
      or (k.time_zone is null and excluded.time_zone is not null)
      or (k.first_name = '' and excluded.first_name <> '')
      or (k.phones = '{}' and excluded.phones <> '{}');

  with linked as (
    select distinct on (x.property_id) x.property_id from (
      select coalesce((select p.id from public.properties p
        where p.costar_property_id = r.costar_property_id),
          (select p.id from public.properties p where p.address_key = r.address_key)) as property_id
        from public.import_checks r
       where r.import_id = v_import.id and r.row_no > v_import.applied_to and r.row_no <= v_to
         and r.outcome <> 'skip') x
  )
  -- What an earlier extraction of the search found, and this file holds, belongs to this one from now on.
  insert into public.search_properties as s (search_id, property_id, extraction_id,
    payload_position, contacts_fetched_at, found_hour, market)
  select v_extraction.search_id, l.property_id, p_extraction_id, v_position, now(), v_hour,
      concat_ws(', ', nullif(p.city, ''), nullif(p.state, ''))
    from linked l join public.properties p on p.id = l.property_id
  on conflict (search_id, property_id) do update set extraction_id = excluded.extraction_id,
      payload_position = excluded.payload_position,
      contacts_fetched_at = coalesce(s.contacts_fetched_at, now())
    where s.extraction_id <> excluded.extraction_id;
  get diagnostics v_properties = row_count;

  with found as (
    select distinct on (k.id) k.id as contact_id, coalesce(
        (select p.id from public.properties p where p.costar_property_id = r.costar_property_id),
        (select p.id from public.properties p where p.address_key = r.address_key)) as property_id
      from public.import_checks r join public.contacts k on k.email_key = r.email_key
     where r.import_id = v_import.id and r.row_no > v_import.applied_to and r.row_no <= v_to
       and r.email_key is not null
     order by k.id, r.row_no
  )
  insert into public.search_contacts as s (search_id, contact_id, property_id,
    payload_position, found_hour, market)
  select v_extraction.search_id, f.contact_id, f.property_id, v_position, p.found_hour, p.market
    from found f join public.search_properties p on p.search_id = v_extraction.search_id
      and p.property_id = f.property_id
  on conflict (search_id, contact_id) do update set property_id = excluded.property_id,
    payload_position = excluded.payload_position
    where not exists (select 1 from public.search_properties o where o.search_id = s.search_id
      and o.property_id = s.property_id
      and o.extraction_id = p_extraction_id);
  get diagnostics v_contacts = row_count;

  update public.imports set applied_to = v_to, applied_rows = applied_rows + v_rows where id = v_import.id;
  update public.extraction_payloads set properties_found = properties_found + v_properties
   where extraction_id = p_extraction_id and "position" = v_position;
  update public.extractions set properties_found = properties_found + v_properties,
    contacts_found = contacts_found + v_contacts
   where id = p_extraction_id;
  return 'more';
end $$;

-- The values of rows `p_from` to `p_to` that are to take the place of known ones, and who said so.
-- Whoever must not be contacted stays with the company that asked for it, whatever a file says.
create function public.chosen_import_values(p_import_id uuid, p_from int, p_to int)
returns table (row_no int, field text, ours text, file text, chosen_by text)
language sql stable security definer set search_path = '' as $$
  select c.row_no, d.field, d.ours, d.file, coalesce(one.chosen_by, every.chosen_by)
    from public.import_checks c
    cross join lateral jsonb_to_recordset(c.differences) as d (field text, ours text, file text)
    left join public.import_choices one on one.import_id = c.import_id and one.field = d.field
      and one.row_no = c.row_no
    left join public.import_choices every on every.import_id = c.import_id
      and every.field = d.field and every.row_no = 0
   where c.import_id = p_import_id and c.row_no between p_from and p_to and c.outcome <> 'skip'
     and c.differences <> '[]'
     and coalesce(one.take, every.take) = 'file'
     and not (d.field = 'company' and 'do_not_contact' = any (c.notes))
$$;

-- How often a file differs from what is known, column by column, and how often its value is taken.
create function public.import_differences(p_id uuid) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
  perform public.require_operator();
  return (select coalesce(jsonb_agg(jsonb_build_object('field', x.field, 'rows', x.rows, 'taken', x.taken,
    'take', x.take) order by x.field), '[]')
    from (select d.field, count(*) as rows, count(t.row_no) as taken,
      coalesce(min(every.take), 'ours') as take
      from public.import_checks c
      cross join lateral jsonb_to_recordset(c.differences) as d (field text)
      left join public.chosen_import_values(p_id, 0, 2147483647) t on t.row_no = c.row_no
        and t.field = d.field
      left join public.import_choices every on every.import_id = p_id
        and every.field = d.field and every.row_no = 0
     where c.import_id = p_id and c.outcome <> 'skip' and c.differences <> '[]' group by d.field) x);
end $$;
grant execute on function public.import_differences to authenticated, service_role;

-- Chooses whose value stays where a column (`p_row` 0) or one of its rows differs.
-- A choice for the column is for all of its rows. The check's number moves with
-- it, so that nobody starts an import whose choices are not those they saw.
create function public.choose_import_value(p_id uuid, p_field text, p_row int, p_take text) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_import public.imports;
  v_before text;
begin
  perform public.require_operator();
  select * into strict v_import from public.imports where id = p_id for update;
  if v_import.status <> 'ready' then
    raise exception 'Values are chosen between the check of the rows and the start of the import.'
      using errcode = '22023';
  end if;
  select i.take into v_before from public.import_choices i where i.import_id = p_id and i.field = p_field
    and i.row_no in (0, p_row)
   order by i.row_no desc limit 1;
  if p_row = 0 then
    delete from public.import_choices where import_id = p_id and field = p_field;
  elsif not exists (select 1 from public.import_checks c where c.import_id = p_id
    and c.row_no = p_row and c.outcome <> 'skip'
      and c.differences @> jsonb_build_array(jsonb_build_object('field', p_field))) then
    raise exception 'Row % says nothing else than what is known there.', p_row using errcode = '22023';
  elsif p_take = 'file' and p_field = 'company'
    and exists (select 1 from public.import_checks c where c.import_id = p_id
      and c.row_no = p_row and 'do_not_contact' = any (c.notes)) then
    raise exception 'This contact must not be contacted and stays with the company that asked for it.'
      using errcode = '22023';
  end if;
  insert into public.import_choices (import_id, field, row_no, take) values (p_id, p_field, p_row, p_take)
  on conflict (import_id, field, row_no) do update set take = excluded.take,
    chosen_by = excluded.chosen_by, chosen_at = now();
  update public.imports set check_no = check_no + 1 where id = p_id;
  perform public.write_audit('import.chosen', 'imports', p_id::text,
    jsonb_build_object('field', p_field, 'row', p_row, 'take', coalesce(v_before, 'ours')),
    jsonb_build_object('field', p_field, 'row', p_row, 'take', p_take));
end $$;
grant execute on function public.choose_import_value to authenticated, service_role;

-- Under other columns other values differ: choices end with the check they were made in.
create function public.forget_import_choices() returns trigger language plpgsql security definer
  set search_path = '' as $$
begin
  delete from public.import_choices where import_id = new.id;
  return null;
end $$;

-- Puts the file's values where a person chose them, each with who chose it and
-- what stood there before on record. A value that somebody changed since it was
-- shown stays; of several rows about one contact or property the first counts.
create function public.take_import_values(p_import_id uuid, p_from int, p_to int) returns int
language plpgsql security definer set search_path = '' as $$
declare
  v_file text;
  v_done int := 0;
  v_id uuid;
  r record;
begin
  select file_name into v_file from public.imports where id = p_import_id;
  for r in
    select t.*, c.facts, c.email_key, c.company_key,
      coalesce((select p.id from public.properties p where p.costar_property_id = c.costar_property_id),
        (select p.id from public.properties p where p.address_key = c.address_key)) as property_id
      from public.chosen_import_values(p_import_id, p_from, p_to) t
      join public.import_checks c on c.import_id = p_import_id and c.row_no = t.row_no
     order by t.row_no
  loop
    v_id := null;
    case r.field
      when 'contactName' then
        update public.contacts k set full_name = r.file, first_name = coalesce(r.facts ->> 'firstName', '')
         where k.email_key = r.email_key and k.full_name = r.ours returning k.id into v_id;
      when 'title' then
        update public.contacts k set title = r.file where k.email_key = r.email_key and k.title = r.ours
          returning k.id into v_id;
      when 'phone' then
        update public.contacts k set phones = array_prepend(r.file, array_remove(k.phones[2:], r.file))
         where k.email_key = r.email_key and k.phones[1] = r.ours returning k.id into v_id;
      when 'company' then
        update public.contacts k set company_id = o.id from public.companies o, public.companies was
         where k.email_key = r.email_key and o.name_key = r.company_key
           and was.id = k.company_id and was.name = r.ours
           and k.do_not_contact_at is null and was.do_not_contact_at is null returning k.id into v_id;
      when 'propertyType' then
        update public.properties p set property_type = r.file where p.id = r.property_id
          and p.property_type = r.ours returning p.id into v_id;
      when 'zip' then
        update public.properties p set zip = r.file where p.id = r.property_id and p.zip = r.ours
          returning p.id into v_id;
      when 'buildingSf' then
        update public.properties p set building_sf = r.file::int where p.id = r.property_id
          and p.building_sf::text = r.ours returning p.id into v_id;
      when 'landAcres' then
        update public.properties p set land_acres = r.file::numeric
         where p.id = r.property_id and p.land_acres::float8::text = r.ours returning p.id into v_id;
      when 'yearBuilt' then
        update public.properties p set year_built = r.file::int where p.id = r.property_id
          and p.year_built::text = r.ours returning p.id into v_id;
    end case;
    if v_id is not null then
      v_done := v_done + 1;
      perform public.write_audit('import.replaced', case when r.field in ('contactName', 'title', 'phone',
        'company') then 'contacts' else 'properties' end, v_id::text, jsonb_build_object(r.field, r.ours),
        jsonb_build_object(r.field, r.file), v_file || ', row ' || r.row_no, r.chosen_by);
    end if;
  end loop;
  return v_done;
end $$;

-- Rows of a file are saved and the values chosen from them are put in place in one transaction.
create function public.save_import_rows(p_extraction_id uuid, p_limit int) returns text
language plpgsql security definer set search_path = '' as $$
declare
  v_before public.imports;
  v_outcome text;
begin
  perform public.require_operator();
  perform 1 from public.extractions where id = p_extraction_id for update;
  select i.* into v_before from public.extractions e join public.imports i on i.id = e.import_id
    where e.id = p_extraction_id;
  v_outcome := public.store_import_rows(p_extraction_id, p_limit);
  if v_outcome = 'more' and exists (select 1 from public.import_choices where import_id = v_before.id) then
    perform public.take_import_values(v_before.id, v_before.applied_to + 1, (select applied_to
      from public.imports where id = v_before.id));
  end if;
  return v_outcome;
end $$;
grant execute on function public.save_import_rows to service_role;

-- Files nobody asked about again: checks that stand still for a
-- minute, and rows whose time is over (a week unused, a month used).
create function public.tidy_imports(p_now timestamptz default now()) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_old uuid;
begin
  perform public.require_operator();
  update public.imports set status = 'discarded' where status = 'reading'
    and updated_at < p_now - interval '1 hour';
  select i.id into v_old from public.imports i where i.rows_deleted_at is null and (
      i.status = 'discarded' or (i.status in ('unmapped', 'checking', 'ready')
        and i.updated_at < p_now - interval '7 days')
      or (i.status = 'used' and i.used_at < p_now - interval '30 days' and not exists (
        select 1 from public.extractions e where e.import_id = i.id
          and e.status in ('waiting', 'running', 'stopped'))))
   order by i.updated_at limit 1;
  if v_old is not null then
    delete from public.import_checks where import_id = v_old;
    delete from public.import_rows where import_id = v_old;
    update public.imports set rows_deleted_at = p_now, status = case status when 'used' then 'used'
      else 'discarded' end where id = v_old;
  end if;
  return (select coalesce(jsonb_agg(i.id), '[]') from public.imports i where i.status = 'checking'
    and i.updated_at < p_now - interval '1 minute');
end $$;
grant execute on function public.tidy_imports to service_role;

create trigger imports_transitions before update of status on public.imports
  for each row execute function public.hold_to_transitions();
create trigger imports_touch before update on public.imports for each row
  execute function public.touch_updated_at();
create trigger imports_forget_choices after update of mapping on public.imports
  for each row when (old.mapping is distinct from new.mapping or new.status = 'checking')
    execute function public.forget_import_choices();
