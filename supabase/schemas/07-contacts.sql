-- Owners: companies, properties, people, their addresses, and whom nobody may mail.

-- Owning companies, each known by one spelling of its name.
create table public.companies (
  id uuid primary key default gen_random_uuid(),
  name text not null,
  name_key text not null unique,
  costar_company_id bigint unique,
  address text,
  state text,
  phones text[] not null default '{}',
  do_not_contact_at timestamptz,
  do_not_contact_reason text,
  source text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
alter table public.companies enable row level security;
create policy companies_read on public.companies for select to authenticated
  using ((select public.is_operator()));
grant select on public.companies to authenticated;
grant select, insert, update on public.companies to service_role;

-- Buildings, each known by one spelling of its address.
create table public.properties (
  id uuid primary key default gen_random_uuid(),
  costar_property_id bigint unique,
  address text not null,
  address_key text not null unique,
  city text,
  state text,
  zip text,
  property_type text,
  building_sf int,
  land_acres numeric(10, 2),
  year_built int,
  company_id uuid references public.companies (id),
  source text not null,
  raw jsonb not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index properties_company on public.properties (company_id);
alter table public.properties enable row level security;
create policy properties_read on public.properties for select to authenticated
  using ((select public.is_operator()));
grant select on public.properties to authenticated;
grant select, insert, update on public.properties to service_role;

-- One mailbox however it is written: capitals, spaces, a "+tag",
-- and Gmail's dots make no difference to who reads the mail.
create function public.address_key(p_email text) returns text
language sql immutable set search_path = '' as $$
  select case when x.domain in ('gmail.com', 'googlemail.com') then replace(x.local, '.', '') || '@gmail.com'
    else x.local || '@' || x.domain end
  from (select split_part(split_part(lower(btrim(p_email)), '@', 1), '+', 1) as local,
    split_part(lower(btrim(p_email)), '@', 2) as domain) x
$$;
grant execute on function public.address_key to service_role;

-- The domain of an address: what follows its last @, because a quoted name may hold one; null without any.
create function public.email_domain(p_email text) returns text
language sql immutable set search_path = '' as $$
  select substring(lower(btrim(p_email)) from '@([^@]*)$')
$$;
grant execute on function public.email_domain to authenticated, service_role;

-- The people mail goes to. An address belongs to one of them, however it is written.
create table public.contacts (
  id uuid primary key default gen_random_uuid(),
  company_id uuid references public.companies (id),
  full_name text not null,
  first_name text not null default '',
  title text,
  email text,
  email_key text generated always as (lower(btrim(email))) stored unique,
  phones text[] not null default '{}',
  costar_person_id bigint unique,
  time_zone text,
  do_not_contact_at timestamptz,
  do_not_contact_reason text,
  bounced_at timestamptz,
  source text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index contacts_company on public.contacts (company_id);
create index contacts_domain on public.contacts (public.email_domain(email_key));
create index contacts_address_key on public.contacts (public.address_key(email));
alter table public.contacts enable row level security;
create policy contacts_read on public.contacts for select to authenticated
  using ((select public.is_operator()));
grant select on public.contacts to authenticated;
grant select, insert, update on public.contacts to service_role;

-- Addresses a contact writes from besides the one we mail. A
-- person says so once; from then on their mail is matched.
create table public.contact_addresses (
  address text primary key check (address = lower(btrim(address)) and address ~ '^[^@\s]+@[^@\s]+$'),
  contact_id uuid not null references public.contacts (id) on delete cascade,
  email_id uuid,
  created_by text not null default 'system',
  created_at timestamptz not null default now()
);
create index contact_addresses_contact on public.contact_addresses (contact_id);
create index contact_addresses_email on public.contact_addresses (email_id);
alter table public.contact_addresses enable row level security;
create policy contact_addresses_read on public.contact_addresses for select to authenticated
  using ((select public.is_operator()));
grant select on public.contact_addresses to authenticated;
grant select, insert, update on public.contact_addresses to service_role;
alter publication supabase_realtime add table public.contact_addresses;

-- Addresses and domains never mailed again.
create table public.email_exclusions (
  id uuid primary key default gen_random_uuid(),
  kind text not null check (kind in ('address', 'domain')),
  value text not null check (value = lower(btrim(value)) and value <> ''),
  reason text not null,
  source text not null check (source in ('bounce', 'opt_out', 'complaint', 'manual')),
  email_id uuid,
  created_by text not null default 'system',
  created_at timestamptz not null default now(),
  unique (kind, value)
);
create index email_exclusions_recent on public.email_exclusions (created_at desc, id desc);
alter table public.email_exclusions enable row level security;
create policy email_exclusions_read on public.email_exclusions for select to authenticated
  using ((select public.is_operator()));
grant select on public.email_exclusions to authenticated;
grant select, insert, update on public.email_exclusions to service_role;

-- One spelling of what people and CoStar write in several: "100 North Main Street"
-- is "100 N. Main St", "Acme, L.L.C." is "ACME LLC", "Peña" is "Pena". Letters of
-- other scripts stay: two owners whose names have no Latin letter are two owners.
create function public.match_key(p_text text) returns text
language sql immutable set search_path = '' as $$
  select coalesce(string_agg(coalesce(
    '{"street":"st","avenue":"ave","av":"ave","boulevard":"blvd","drive":"dr","road":"rd","lane":"ln",
      "court":"ct","place":"pl","square":"sq","terrace":"ter","parkway":"pkwy","pky":"pkwy","highway":"hwy",
      "circle":"cir","trail":"trl","freeway":"fwy","expressway":"expy","suite":"ste","building":"bldg",
      "floor":"fl","north":"n","south":"s","east":"e","west":"w","northeast":"ne","northwest":"nw",
      "southeast":"se","southwest":"sw","mount":"mt","fort":"ft","saint":"st","company":"co",
      "corporation":"corp","incorporated":"inc","limited":"ltd"}'::jsonb ->> w.word, w.word),
    ' ' order by w.place), '')
  from regexp_split_to_table(regexp_replace(regexp_replace(regexp_replace(
      lower(normalize(coalesce(p_text, ''), NFKD)), '[\u0300-\u036f]', '', 'g'), '\m([a-z])\.', '\1', 'g'),
      '[\u0001-\u002f\u003a-\u0060\u007b-\u00a0\u2000-\u206f\u3000]+', ' ', 'g'),
      ' ') with ordinality as w (word, place)
  where w.word not in ('', 'and')
$$;
grant execute on function public.match_key to service_role;

-- Domains where strangers live beside each other; sharing one says nothing about a company.
create function public.is_shared_domain(p_domain text) returns boolean
language sql immutable set search_path = '' as $$
  select coalesce(p_domain, '') = ''
    or p_domain ~ ('^(gmail|googlemail|yahoo|ymail|rocketmail|hotmail|outlook|live|msn|aol|aim|icloud|me|mac|'
    || 'comcast|verizon|att|sbcglobal|bellsouth|cox|charter|spectrum|earthlink|roadrunner|juno|netzero|'
      'optonline|frontier|centurylink|'
    || 'protonmail|proton|pm|gmx|zoho|fastmail|mail|yandex|qq|163)\.[a-z.]{2,6}$')
$$;

-- Saving what CoStar or a file gives: normalised, deduplicated, nothing overwritten silently (blanks are
-- filled, values stay). A property that a later extraction finds again belongs to that one from then on, with
-- the contacts known of it; what only replaced payloads found stays with the old extraction and is not
-- mailed.
create function public.save_properties(p_extraction_id uuid, p_position int, p_next_page int,
  p_listed boolean, p_rows jsonb)
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
      from jsonb_to_recordset(p_rows) as r (costar_property_id bigint, address text,
        city text, state text, zip text, property_type text, building_sf int, land_acres numeric,
        year_built int, source text, raw jsonb)
  ), incoming as (
    select distinct on (coalesce(l.costar_property_id::text, l.address_key)) l.* from listed l
  ), saved as (
    insert into public.properties as p (costar_property_id, address, address_key, city, state, zip,
      property_type, building_sf, land_acres, year_built, source, raw)
    select i.costar_property_id, i.address, i.address_key, i.city, i.state, i.zip, i.property_type,
      i.building_sf, i.land_acres, i.year_built, i.source, coalesce(i.raw, '{}') from incoming i
     where not exists (select 1 from public.properties x where x.costar_property_id = i.costar_property_id
       and x.address_key <> i.address_key)
    on conflict (address_key) do update set
      costar_property_id = coalesce(p.costar_property_id, excluded.costar_property_id),
      zip = coalesce(p.zip, excluded.zip), property_type = coalesce(p.property_type, excluded.property_type),
      building_sf = coalesce(p.building_sf, excluded.building_sf),
      land_acres = coalesce(p.land_acres, excluded.land_acres),
      year_built = coalesce(p.year_built, excluded.year_built)
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
  update public.extraction_payloads set next_page = p_next_page, listed = p_listed,
    properties_found = properties_found + v_new
   where extraction_id = p_extraction_id and "position" = p_position;
  update public.extractions set properties_found = properties_found + v_new,
    contacts_found = contacts_found + v_known
   where id = p_extraction_id;
  return v_new;
end $$;
grant execute on function public.save_properties to service_role;

-- Saves the owner and contacts of one property and marks it as
-- asked, in one transaction: a crash re-asks at most this one.
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
  -- A listing may come without an address; the detail has it.
  -- A property already known by that address keeps its row.
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
    select c.id into v_company from public.companies c
      where c.costar_company_id = (p_owner ->> 'costarCompanyId')::bigint;
    if v_company is null then
      insert into public.companies as c (name, name_key, costar_company_id, address, state, phones, source)
      values (p_owner ->> 'name', public.match_key(p_owner ->> 'name'),
        (p_owner ->> 'costarCompanyId')::bigint, p_owner ->> 'address',
        p_owner ->> 'state', coalesce((select array_agg(x)
          from jsonb_array_elements_text(p_owner -> 'phones') x), '{}'),
        coalesce(p_owner ->> 'source', 'costar'))
      on conflict (name_key) do update set costar_company_id = coalesce(c.costar_company_id,
        excluded.costar_company_id), address = coalesce(c.address, excluded.address),
        phones = case when c.phones = '{}' then excluded.phones else c.phones end
      returning id into v_company;
    end if;
    update public.properties set company_id = coalesce(company_id, v_company) where id = p_property_id;
  end if;
  for v_row in
    select * from jsonb_to_recordset(p_contacts) as r ("fullName" text, "firstName" text, title text,
      email text, phones jsonb, "costarPersonId" bigint, "timeZone" text, source text)
  loop
    select c.id into v_contact from public.contacts c
     where c.email_key = lower(btrim(v_row.email)) or c.costar_person_id = v_row."costarPersonId"
     order by (c.email_key = lower(btrim(v_row.email))) desc nulls last limit 1;
    if v_contact is null then
      insert into public.contacts (company_id, full_name, first_name, title, email, phones,
        costar_person_id, time_zone, source)
      values (v_company, v_row."fullName", coalesce(v_row."firstName", ''), v_row.title,
        nullif(btrim(v_row.email), ''),
        coalesce((select array_agg(x) from jsonb_array_elements_text(v_row.phones) x), '{}'),
        v_row."costarPersonId", v_row."timeZone", coalesce(v_row.source, 'costar'))
      returning id into v_contact;
    else
      update public.contacts c set company_id = coalesce(c.company_id, v_company),
        title = coalesce(c.title, v_row.title), email = coalesce(c.email, nullif(btrim(v_row.email), '')),
        time_zone = coalesce(c.time_zone, v_row."timeZone"), costar_person_id = coalesce(c.costar_person_id,
          (select v_row."costarPersonId" where not exists (
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
    update public.search_properties set contacts_fetched_at = now() where search_id = v_link.search_id
      and property_id = p_property_id;
    update public.extractions set contacts_found = contacts_found + v_new where id = p_extraction_id;
  end if;
  return v_new;
end $$;
grant execute on function public.save_owner to service_role;

-- Exclusions by hand. Adding one stops what is scheduled to it at once; lifting
-- one is an admin's, with a reason, and starts nothing again by itself.
create function public.exclude_address(p_kind text, p_value text, p_reason text)
  returns public.email_exclusions
language plpgsql security definer set search_path = '' as $$
declare
  v_value text := lower(btrim(p_value));
  v_row public.email_exclusions;
  v_contact uuid;
begin
  perform public.require_operator();
  if public.words_in(p_reason) is null then
    raise exception 'Say why it is excluded.' using errcode = '22023';
  end if;
  if p_kind = 'domain' then
    v_value := ltrim(v_value, '@');
  end if;
  if (p_kind = 'address' and v_value !~ '^[^@\s]+@[^@\s]+\.[^@\s.]+$')
    or (p_kind = 'domain' and v_value !~ '^([a-z0-9-]+\.)+[a-z0-9-]{2,}$') then
    raise exception '% is not %.', p_value, case p_kind when 'domain' then 'a domain like example.com'
      else 'an e-mail address' end
      using errcode = '22023';
  end if;
  insert into public.email_exclusions (kind, value, reason, source, created_by)
  values (p_kind, v_value, btrim(p_reason), 'manual', public.acting_name())
  on conflict (kind, value) do nothing returning * into v_row;
  if v_row.id is null then
    select * into strict v_row from public.email_exclusions where kind = p_kind and value = v_value;
    return v_row;
  end if;
  for v_contact in select c.id from public.contacts c
     where case p_kind when 'domain' then public.email_domain(c.email_key) else c.email_key end = v_value
  loop
    perform public.hold_contact(v_contact, 'stop', p_kind || ' is excluded');
  end loop;
  perform public.write_audit('exclusion.added', 'email_exclusions', v_row.id::text, null,
    to_jsonb(v_row), btrim(p_reason));
  return v_row;
end $$;
grant execute on function public.exclude_address to authenticated, service_role;

-- Mailing again somebody who may not be mailed is an admin's to answer for, with a reason.
create function public.lift_exclusion(p_id uuid, p_reason text) returns boolean
language plpgsql security definer set search_path = '' as $$
declare
  v_row public.email_exclusions;
begin
  perform public.require_operator();
  if coalesce(auth.role(), '') <> 'service_role' and not public.is_admin() then
    raise exception 'Only an admin may lift an exclusion.' using errcode = '42501';
  end if;
  if public.words_in(p_reason) is null then
    raise exception 'Say why this may be mailed again.' using errcode = '22023';
  end if;
  delete from public.email_exclusions where id = p_id returning * into v_row;
  if not found then
    return false;
  end if;
  -- Do-not-contact is another promise and stays; a bounce is only as lasting as its exclusion.
  if v_row.source = 'bounce' then
    update public.contacts set bounced_at = null where email_key = v_row.value;
  end if;
  perform public.write_audit('exclusion.lifted', 'email_exclusions', p_id::text,
    to_jsonb(v_row), null, btrim(p_reason));
  return true;
end $$;
grant execute on function public.lift_exclusion to authenticated, service_role;

-- Forgets a remembered address: mail from it is unmatched again from now on.
create function public.forget_address(p_address text, p_reason text) returns boolean
language plpgsql security definer set search_path = '' as $$
declare
  v_row public.contact_addresses;
begin
  perform public.require_operator();
  if public.words_in(p_reason) is null then
    raise exception 'Say why this address is not theirs.' using errcode = '22023';
  end if;
  delete from public.contact_addresses where address = lower(btrim(p_address)) returning * into v_row;
  if not found then
    return false;
  end if;
  perform public.write_audit('contact.address_forgotten', 'contacts', v_row.contact_id::text,
    to_jsonb(v_row), null, btrim(p_reason));
  return true;
end $$;
grant execute on function public.forget_address to authenticated, service_role;

-- "Never again" is lifted by an admin, with a reason; nothing
-- starts again by itself, and an excluded address stays excluded.
create function public.lift_do_not_contact(p_kind text, p_id uuid, p_reason text) returns boolean
language plpgsql security definer set search_path = '' as $$
declare
  v_before jsonb;
begin
  perform public.require_operator();
  if coalesce(auth.role(), '') <> 'service_role' and not public.is_admin() then
    raise exception 'Only an admin may lift do-not-contact.' using errcode = '42501';
  end if;
  if public.words_in(p_reason) is null then
    raise exception 'Say why they may be contacted again.' using errcode = '22023';
  end if;
  if p_kind = 'contact' then
    select jsonb_build_object('at', do_not_contact_at, 'reason', do_not_contact_reason) into v_before
      from public.contacts
     where id = p_id and do_not_contact_at is not null for update;
    update public.contacts set do_not_contact_at = null, do_not_contact_reason = null where id = p_id
      and v_before is not null;
  elsif p_kind = 'company' then
    select jsonb_build_object('at', do_not_contact_at, 'reason', do_not_contact_reason) into v_before
      from public.companies
     where id = p_id and do_not_contact_at is not null for update;
    update public.companies set do_not_contact_at = null, do_not_contact_reason = null where id = p_id
      and v_before is not null;
  else
    raise exception 'It is lifted for a contact or a company, not %.', p_kind using errcode = '22023';
  end if;
  if v_before is null then
    return false;
  end if;
  perform public.write_audit(p_kind || '.may_be_contacted', case p_kind when 'contact' then 'contacts'
    else 'companies' end, p_id::text, v_before, null, btrim(p_reason));
  return true;
end $$;
grant execute on function public.lift_do_not_contact to authenticated, service_role;

-- A routing says "sequence stopped" only where one ran: what is promised back by undo must have been there.
create function public.has_sequence(p_contacts uuid[]) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select 1 from public.enrollments n where n.contact_id = any (p_contacts)
    and n.status in ('active', 'paused'))
$$;

-- The recipient of a mail asked for no more by its link: do-not-contact, exclusion and stop in one
-- transaction, once. Says whether that was news; whoever pressed the link is told the same either way.
create function public.opt_out_by_link(p_send_id uuid) returns boolean
language plpgsql security definer set search_path = '' as $$
declare
  v_send public.sends;
  v_address text;
  v_contact uuid;
  v_news boolean := false;
  v_why constant text := 'opted out by the link in a mail';
begin
  perform public.require_operator();
  select * into v_send from public.sends where id = p_send_id;
  if not found then
    return false;
  end if;
  v_address := lower(btrim(v_send.to_email));
  -- The contact is locked first, as a reply does; two presses of the link wait for each other here.
  for v_contact in select c.id from public.contacts c where c.id = v_send.contact_id
    or c.email_key = v_address order by c.id for update loop
    update public.contacts set do_not_contact_at = now(), do_not_contact_reason = v_why where id = v_contact
      and do_not_contact_at is null;
    v_news := v_news or found;
    perform public.hold_contact(v_contact, 'stop', 'contact opted out');
  end loop;
  insert into public.email_exclusions (kind, value, reason, source)
    values ('address', v_address, v_why, 'opt_out') on conflict do nothing;
  v_news := v_news or found;
  if v_news then
    perform public.write_audit('contact.opted_out', 'contacts', v_send.contact_id::text, null,
      jsonb_build_object('send', p_send_id), v_why, 'the recipient');
  end if;
  return v_news;
end $$;
grant execute on function public.opt_out_by_link to service_role;

create trigger companies_touch before update on public.companies for each row
  execute function public.touch_updated_at();

create trigger properties_touch before update on public.properties for each row
  execute function public.touch_updated_at();

create trigger contacts_touch before update on public.contacts for each row
  execute function public.touch_updated_at();
