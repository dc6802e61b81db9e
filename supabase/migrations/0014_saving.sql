-- Saving what CoStar or a file gives: normalised, deduplicated, nothing overwritten silently (blanks are filled, values stay).
create function public.match_key(p_text text) returns text
language sql immutable set search_path = '' as $$
  select btrim(regexp_replace(lower(coalesce(p_text, '')), '[^a-z0-9]+', ' ', 'g'))
$$;

create function public.save_properties(p_extraction_id uuid, p_position int, p_next_page int, p_listed boolean, p_rows jsonb)
returns int language plpgsql security definer set search_path = '' as $$
declare
  v_search uuid;
  v_new int;
begin
  perform public.require_operator();
  select search_id into strict v_search from public.extractions where id = p_extraction_id;
  -- One page may list a property under two addresses, or two properties under one.
  with listed as (
    select distinct on (public.match_key(concat_ws(' ', r.address, r.city, r.state)))
      r.*, public.match_key(concat_ws(' ', r.address, r.city, r.state)) as address_key
      from jsonb_to_recordset(p_rows) as r (costar_property_id bigint, address text, city text, state text, zip text,
        property_type text, building_sf int, land_acres numeric, year_built int, source text, raw jsonb)
  ), incoming as (
    select distinct on (coalesce(l.costar_property_id::text, l.address_key)) l.* from listed l
  ), saved as (
    insert into public.properties as p (costar_property_id, address, address_key, city, state, zip, property_type, building_sf,
      land_acres, year_built, source, raw)
    select i.costar_property_id, i.address, i.address_key, i.city, i.state, i.zip, i.property_type, i.building_sf, i.land_acres,
      i.year_built, i.source, coalesce(i.raw, '{}') from incoming i
     where not exists (select 1 from public.properties x where x.costar_property_id = i.costar_property_id and x.address_key <> i.address_key)
    on conflict (address_key) do update set
      costar_property_id = coalesce(p.costar_property_id, excluded.costar_property_id), zip = coalesce(p.zip, excluded.zip),
      property_type = coalesce(p.property_type, excluded.property_type), building_sf = coalesce(p.building_sf, excluded.building_sf),
      land_acres = coalesce(p.land_acres, excluded.land_acres), year_built = coalesce(p.year_built, excluded.year_built)
    returning p.id
  ), known as (
    select id from saved
    union select x.id from public.properties x join incoming i on x.costar_property_id = i.costar_property_id
  )
  insert into public.search_properties (search_id, property_id, extraction_id, payload_position)
  select v_search, k.id, p_extraction_id, p_position from known k on conflict do nothing;
  get diagnostics v_new = row_count;
  update public.extraction_payloads set next_page = p_next_page, listed = p_listed, properties_found = properties_found + v_new
   where extraction_id = p_extraction_id and "position" = p_position;
  update public.extractions set properties_found = properties_found + v_new where id = p_extraction_id;
  return v_new;
end $$;

-- Saves the owner and contacts of one property and marks it as asked, in one transaction: a crash re-asks at most this one.
create function public.save_owner(
  p_extraction_id uuid, p_property_id uuid, p_header jsonb, p_owner jsonb, p_contacts jsonb
) returns int
language plpgsql security definer set search_path = '' as $$
declare
  v_link public.search_properties;
  v_company uuid;
  v_contact uuid;
  v_row record;
  v_new int := 0;
begin
  perform public.require_operator();
  select s.* into strict v_link from public.search_properties s
   where s.extraction_id = p_extraction_id and s.property_id = p_property_id for update;
  -- A listing may come without an address; the detail has it. A property already known by that address keeps its row.
  update public.properties p set address = p_header ->> 'address',
      address_key = public.match_key(concat_ws(' ', p_header ->> 'address', p.city, p.state))
   where p.id = p_property_id and p.address like 'CoStar property %' and p_header ->> 'address' is not null
     and not exists (select 1 from public.properties x
       where x.address_key = public.match_key(concat_ws(' ', p_header ->> 'address', p.city, p.state)));
  update public.properties p set property_type = coalesce(p.property_type, p_header ->> 'propertyType'),
      building_sf = coalesce(p.building_sf, (p_header ->> 'buildingSf')::int),
      year_built = coalesce(p.year_built, (p_header ->> 'yearBuilt')::int)
   where p.id = p_property_id;
  if p_owner ->> 'name' is not null then
    -- CoStar writes one owner in several ways; its number says who it is.
    select c.id into v_company from public.companies c where c.costar_company_id = (p_owner ->> 'costarCompanyId')::bigint;
    if v_company is null then
      insert into public.companies as c (name, name_key, costar_company_id, address, state, phones, source)
      values (p_owner ->> 'name', public.match_key(p_owner ->> 'name'), (p_owner ->> 'costarCompanyId')::bigint, p_owner ->> 'address',
        p_owner ->> 'state', coalesce((select array_agg(x) from jsonb_array_elements_text(p_owner -> 'phones') x), '{}'),
        coalesce(p_owner ->> 'source', 'costar'))
      on conflict (name_key) do update set costar_company_id = coalesce(c.costar_company_id, excluded.costar_company_id),
        address = coalesce(c.address, excluded.address), phones = case when c.phones = '{}' then excluded.phones else c.phones end
      returning id into v_company;
    end if;
    update public.properties set company_id = coalesce(company_id, v_company) where id = p_property_id;
  end if;
  for v_row in
    select * from jsonb_to_recordset(p_contacts) as r ("fullName" text, "firstName" text, title text, email text, phones jsonb,
      "costarPersonId" bigint, "timeZone" text, source text)
  loop
    select c.id into v_contact from public.contacts c
     where c.email_key = lower(btrim(v_row.email)) or c.costar_person_id = v_row."costarPersonId"
     order by (c.email_key = lower(btrim(v_row.email))) desc nulls last limit 1;
    if v_contact is null then
      insert into public.contacts (company_id, full_name, first_name, title, email, phones, costar_person_id, time_zone, source)
      values (v_company, v_row."fullName", coalesce(v_row."firstName", ''), v_row.title, nullif(btrim(v_row.email), ''),
        coalesce((select array_agg(x) from jsonb_array_elements_text(v_row.phones) x), '{}'), v_row."costarPersonId",
        v_row."timeZone", coalesce(v_row.source, 'costar'))
      returning id into v_contact;
    else
      update public.contacts c set company_id = coalesce(c.company_id, v_company), title = coalesce(c.title, v_row.title),
        email = coalesce(c.email, nullif(btrim(v_row.email), '')), time_zone = coalesce(c.time_zone, v_row."timeZone"),
        costar_person_id = coalesce(c.costar_person_id, (select v_row."costarPersonId" where not exists (
          select 1 from public.contacts x where x.costar_person_id = v_row."costarPersonId")))
       where c.id = v_contact;
    end if;
    insert into public.search_contacts (search_id, contact_id, property_id, payload_position)
    values (v_link.search_id, v_contact, p_property_id, v_link.payload_position) on conflict do nothing;
    if found then
      v_new := v_new + 1;
    end if;
  end loop;
  if v_link.contacts_fetched_at is null then
    update public.search_properties set contacts_fetched_at = now() where search_id = v_link.search_id and property_id = p_property_id;
    update public.extractions set contacts_found = contacts_found + v_new where id = p_extraction_id;
  end if;
  return v_new;
end $$;

-- Per payload: how many properties and contacts it found, and how many of those can be mailed.
create function public.extraction_yield(p_extraction_id uuid)
returns table ("position" int, title text, properties bigint, asked bigint, contacts bigint, with_email bigint)
language sql stable security invoker set search_path = '' as $$
  select p."position", p.title,
    (select count(*) from public.search_properties s where s.extraction_id = p.extraction_id and s.payload_position = p."position"),
    (select count(*) from public.search_properties s where s.extraction_id = p.extraction_id and s.payload_position = p."position"
      and s.contacts_fetched_at is not null),
    (select count(*) from public.search_contacts c where c.search_id = e.search_id and c.payload_position = p."position"),
    (select count(*) from public.search_contacts c join public.contacts k on k.id = c.contact_id
      where c.search_id = e.search_id and c.payload_position = p."position" and k.email is not null)
  from public.extraction_payloads p join public.extractions e on e.id = p.extraction_id
  where p.extraction_id = p_extraction_id order by p."position"
$$;

revoke execute on function public.match_key(text), public.save_properties(uuid, int, int, boolean, jsonb),
  public.save_owner(uuid, uuid, jsonb, jsonb, jsonb), public.extraction_yield(uuid) from public, anon;
grant execute on function public.extraction_yield(uuid) to authenticated, service_role;
grant execute on function public.match_key(text), public.save_properties(uuid, int, int, boolean, jsonb),
  public.save_owner(uuid, uuid, jsonb, jsonb, jsonb) to service_role;
