-- What CoStar calls things, and the owners it knows: lookups, companies, properties, contacts.
create table public.costar_lookups (
  kind text not null check (kind in ('market', 'property_type', 'owner_type')),
  id int not null,
  name text not null,
  market_filter boolean not null default true,
  primary key (kind, id)
);
create unique index costar_lookups_name on public.costar_lookups (kind, lower(name));

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

create trigger companies_touch before update on public.companies for each row execute function public.touch_updated_at();
create trigger properties_touch before update on public.properties for each row execute function public.touch_updated_at();
create trigger contacts_touch before update on public.contacts for each row execute function public.touch_updated_at();

alter table public.costar_lookups enable row level security;
alter table public.companies enable row level security;
alter table public.properties enable row level security;
alter table public.contacts enable row level security;
alter table public.email_exclusions enable row level security;
create policy costar_lookups_read on public.costar_lookups for select to authenticated using ((select public.is_operator()));
create policy companies_read on public.companies for select to authenticated using ((select public.is_operator()));
create policy properties_read on public.properties for select to authenticated using ((select public.is_operator()));
create policy contacts_read on public.contacts for select to authenticated using ((select public.is_operator()));
create policy email_exclusions_read on public.email_exclusions for select to authenticated using ((select public.is_operator()));
grant select on public.costar_lookups, public.companies, public.properties, public.contacts, public.email_exclusions
  to authenticated;
grant select, insert, update on public.costar_lookups, public.companies, public.properties, public.contacts,
  public.email_exclusions to service_role;
grant delete on public.costar_lookups to service_role;

-- The starter set; an operator imports the full list in Settings.
insert into public.costar_lookups (kind, id, name, market_filter) values
  ('property_type', 1, 'Hospitality', true), ('property_type', 2, 'Industrial', true), ('property_type', 3, 'Land', false),
  ('property_type', 5, 'Office', true), ('property_type', 6, 'Retail', true), ('property_type', 7, 'Flex', false),
  ('property_type', 8, 'Sports & Entertainment', false), ('property_type', 10, 'Specialty', false),
  ('property_type', 11, 'Multifamily', true), ('property_type', 12, 'Shopping Center', false),
  ('property_type', 13, 'Health Care', false), ('property_type', 15, 'Residential', false),
  ('property_type', 31, 'Student', false),
  ('owner_type', 1, 'Corporation', true), ('owner_type', 2, 'Public REIT', true), ('owner_type', 3, 'Individual', true),
  ('owner_type', 4, 'Government', true), ('owner_type', 5, 'Bank', true), ('owner_type', 6, 'Developer-National', true),
  ('owner_type', 7, 'Pension Fund', true), ('owner_type', 8, 'Insurance', true), ('owner_type', 9, 'Non Profit', true),
  ('owner_type', 10, 'Endowment', true), ('owner_type', 11, 'Investment Manager', true),
  ('owner_type', 13, 'Sovereign Wealth', true), ('owner_type', 14, 'REOC', true), ('owner_type', 15, 'Listed Funds', true),
  ('owner_type', 16, 'Developer-Regional', true), ('owner_type', 17, 'Trust', true),
  ('owner_type', 18, 'Tenants in Common', true), ('owner_type', 19, 'Private REIT', true),
  ('owner_type', 20, 'Other-Private', true), ('owner_type', 21, 'Equity Funds', true),
  ('owner_type', 22, 'Educational', true), ('owner_type', 24, 'Religious', true), ('owner_type', 25, 'Medical', true),
  ('owner_type', 26, 'Special Servicer', true),
  ('market', 825, 'Inland Empire', true), ('market', 605, 'Los Angeles', true), ('market', 130, 'Orange County', true),
  ('market', 861, 'San Diego', true), ('market', 776, 'Phoenix', true), ('market', 316, 'Dallas-Fort Worth', true),
  ('market', 1276, 'Houston', true), ('market', 159, 'Austin', true), ('market', 1805, 'Atlanta', true),
  ('market', 1264, 'Chicago', true), ('market', 716, 'New York', true), ('market', 865, 'San Francisco', true),
  ('market', 332, 'Denver', true);
