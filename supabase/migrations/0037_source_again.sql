-- A person who has seen what was found may send the search back to its payloads, with words, instead of mailing these contacts.
insert into public.status_transitions (entity, from_status, to_status) values
  ('searches', 'awaiting_campaign', 'sourcing'), ('searches', 'scheduling', 'sourcing'),
  -- Planned again, nobody may be left to mail.
  ('campaigns', 'awaiting_approval', 'stopped');

-- As before, and a property that a later extraction finds again belongs to that one from then on, with the contacts known of it;
-- what only replaced payloads found stays with the old extraction and is not mailed.
create or replace function public.save_properties(p_extraction_id uuid, p_position int, p_next_page int, p_listed boolean, p_rows jsonb)
returns int language plpgsql security definer set search_path = '' as $$
declare
  v_search uuid;
  v_new int;
  v_known int;
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
  ), linked as (
    insert into public.search_properties as s (search_id, property_id, extraction_id, payload_position)
    select v_search, k.id, p_extraction_id, p_position from known k
    on conflict (search_id, property_id) do update
      set extraction_id = excluded.extraction_id, payload_position = excluded.payload_position
      where s.extraction_id <> excluded.extraction_id
    returning s.property_id
  ), brought as (
    update public.search_contacts c set payload_position = p_position
      from linked l where c.search_id = v_search and c.property_id = l.property_id returning 1
  )
  select (select count(*) from linked), (select count(*) from brought) into v_new, v_known;
  update public.extraction_payloads set next_page = p_next_page, listed = p_listed, properties_found = properties_found + v_new
   where extraction_id = p_extraction_id and "position" = p_position;
  update public.extractions set properties_found = properties_found + v_new, contacts_found = contacts_found + v_known
   where id = p_extraction_id;
  return v_new;
end $$;
