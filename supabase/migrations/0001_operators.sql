-- An older hosted project grants everything on every new object to the API's roles. Here each grant is written beside its
-- object, so those defaults are taken back first.
alter default privileges in schema public revoke all on tables from anon, authenticated, service_role;
alter default privileges in schema public revoke all on sequences from anon, authenticated, service_role;
alter default privileges in schema public revoke all on functions from anon, authenticated, service_role;

-- Operators: the people who sign in. Everything else in this schema is readable by them and by nobody else.
create table public.operators (
  id uuid primary key references auth.users (id) on delete cascade,
  email text not null unique,
  display_name text not null,
  role text not null default 'operator' check (role in ('admin', 'operator')),
  created_at timestamptz not null default now()
);

-- One-time links that create the first operator. Only the hash is kept; a link works once and for a while.
create table public.setup_links (
  token_hash text primary key,
  expires_at timestamptz not null,
  used_at timestamptz,
  created_at timestamptz not null default now()
);

create function public.is_operator() returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select 1 from public.operators o where o.id = auth.uid())
$$;

create function public.is_admin() returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select 1 from public.operators o where o.id = auth.uid() and o.role = 'admin')
$$;

-- Every function that changes something starts here: an operator, or the product's own service role.
create function public.require_operator() returns void
language plpgsql stable security definer set search_path = '' as $$
begin
  if coalesce(auth.role(), '') <> 'service_role' and not public.is_operator() then
    raise exception 'Only a signed-in operator may do this.' using errcode = '42501';
  end if;
end $$;

-- The name that goes into the audit log: the operator's, or the one the service role gives.
create function public.acting_name(p_actor text default null) returns text
language sql stable security definer set search_path = '' as $$
  select coalesce((select o.display_name from public.operators o where o.id = auth.uid()), p_actor, 'system')
$$;

-- Creates the first operator from a valid setup link; the second use of the same link fails.
create function public.use_setup_link(p_token_hash text) returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  update public.setup_links set used_at = now()
   where token_hash = p_token_hash and used_at is null and expires_at > now();
  return found;
end $$;

alter table public.operators enable row level security;
alter table public.setup_links enable row level security;
create policy operators_read on public.operators for select to authenticated using (public.is_operator());

grant select on public.operators to authenticated;
grant select, insert, update on public.operators, public.setup_links to service_role;

revoke execute on function public.is_operator(), public.is_admin(), public.require_operator(), public.acting_name(text),
  public.use_setup_link(text) from public, anon;
grant execute on function public.is_operator(), public.is_admin(), public.require_operator(), public.acting_name(text)
  to authenticated, service_role;
grant execute on function public.use_setup_link(text) to service_role;
