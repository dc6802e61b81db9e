-- Who signs in, what was done by whom, and the few words every other file uses.

-- A function may stand before what its body reads; `npm run db:check` compiles all bodies.
set check_function_bodies = off;

-- An older hosted project grants everything on every new object to the API's roles. Here each grant is
-- written beside its object, so those defaults are taken back first.
alter default privileges in schema public revoke all on tables from anon, authenticated, service_role;
alter default privileges in schema public revoke all on sequences from anon, authenticated, service_role;
alter default privileges in schema public revoke all on functions from anon, authenticated, service_role;

-- Row security asks this for every table. It reads `operators`
-- as its owner: as the caller it would ask itself.
create function public.is_operator() returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select 1 from public.operators o where o.id = auth.uid())
$$;
grant execute on function public.is_operator to authenticated, service_role;

-- Operators: the people who sign in. Everything else in this schema is readable by them and by nobody else.
create table public.operators (
  id uuid primary key references auth.users (id) on delete cascade,
  email text not null unique,
  display_name text not null,
  role text not null default 'operator' check (role in ('admin', 'operator')),
  created_at timestamptz not null default now()
);
alter table public.operators enable row level security;
create policy operators_read on public.operators for select to authenticated using (public.is_operator());
grant select on public.operators to authenticated;
grant select, insert, update on public.operators to service_role;

-- One-time links that create the first operator. Only the hash is kept; a link works once and for a while.
create table public.setup_links (
  token_hash text primary key,
  expires_at timestamptz not null,
  used_at timestamptz,
  created_at timestamptz not null default now()
);
alter table public.setup_links enable row level security;
grant select, insert, update on public.setup_links to service_role;

-- What an operator wants to be told on their own computer
-- while the console is open there; nothing until they choose.
create table public.desktop_notices (
  operator_id uuid primary key references public.operators (id) on delete cascade,
  kinds text[] not null,
  updated_at timestamptz not null default now(),
  constraint known_kinds check (kinds <@ '{approval,demotion,agents,mailbox,reply}'::text[])
);
alter table public.desktop_notices enable row level security;
create policy desktop_notices_own on public.desktop_notices for select to authenticated
  using ((select public.is_operator()) and operator_id = (select auth.uid()));
grant select on public.desktop_notices to authenticated, service_role;

-- Who did what, when, what it was before and after, and why. Rows are added and never touched again.
create table public.audit_log (
  id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  actor_id uuid,
  actor text not null,
  action text not null,
  entity text not null,
  entity_id text not null,
  before jsonb,
  after jsonb,
  why text
);
create index audit_log_entity on public.audit_log (entity, entity_id, id desc);
create index audit_log_recent on public.audit_log (id desc);
alter table public.audit_log enable row level security;
-- `(select …)` asks once per query; a bare call would ask once per
-- row, which made the totals of 30,000 mails fifteen times as slow.
create policy audit_log_read on public.audit_log for select to authenticated
  using ((select public.is_operator()));
grant select on public.audit_log to authenticated;
grant select, insert on public.audit_log to service_role;

-- The only moves a status may make. A trigger on each table with a status holds it to these.
create table public.status_transitions (
  entity text not null,
  from_status text not null,
  to_status text not null,
  primary key (entity, from_status, to_status)
);
alter table public.status_transitions enable row level security;
create policy status_transitions_read on public.status_transitions for select to authenticated
  using ((select public.is_operator()));
grant select on public.status_transitions to authenticated, service_role;

-- Who may also do what cannot be undone by the next operator: lift exclusions, bring back who opted out.
create function public.is_admin() returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select 1 from public.operators o where o.id = auth.uid() and o.role = 'admin')
$$;
grant execute on function public.is_admin to authenticated, service_role;

-- Every function that changes something starts here: an operator, or the product's own service role.
create function public.require_operator() returns void
language plpgsql stable security definer set search_path = '' as $$
begin
  if coalesce(auth.role(), '') <> 'service_role' and not public.is_operator() then
    raise exception 'Only a signed-in operator may do this.' using errcode = '42501';
  end if;
end $$;
grant execute on function public.require_operator to authenticated, service_role;

-- The name that goes into the audit log: the operator's, or the one the service role gives.
create function public.acting_name(p_actor text default null) returns text
language sql stable security definer set search_path = '' as $$
  select coalesce((select o.display_name from public.operators o where o.id = auth.uid()), p_actor, 'system')
$$;
grant execute on function public.acting_name to authenticated, service_role;

-- Creates the first operator from a valid setup link; the second use of the same link fails.
create function public.use_setup_link(p_token_hash text) returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  update public.setup_links set used_at = now()
   where token_hash = p_token_hash and used_at is null and expires_at > now();
  return found;
end $$;
grant execute on function public.use_setup_link to service_role;

-- Everybody chooses for their own computer only; the service role has none.
create function public.set_desktop_notices(p_kinds text[]) returns text[]
language plpgsql security definer set search_path = '' as $$
declare
  v_kinds text[];
begin
  perform public.require_operator();
  if auth.uid() is null then
    raise exception 'Only a person who is signed in has a desktop.' using errcode = '42501';
  end if;
  insert into public.desktop_notices as d (operator_id, kinds) values (auth.uid(), coalesce(p_kinds, '{}'))
  on conflict (operator_id) do update set kinds = excluded.kinds, updated_at = now()
    returning d.kinds into v_kinds;
  return v_kinds;
end $$;
grant execute on function public.set_desktop_notices to authenticated, service_role;

-- What the log says happened stays said; even the owner of the database has to drop this first.
create function public.refuse_change() returns trigger language plpgsql set search_path = '' as $$
begin
  raise exception 'The audit log is append-only.' using errcode = '42501';
end $$;

-- Every function that changes something says so here, in the same transaction as the change.
create function public.write_audit(
  p_action text, p_entity text, p_entity_id text, p_before jsonb default null, p_after jsonb default null,
  p_why text default null, p_actor text default null
) returns void language sql security definer set search_path = '' as $$
  insert into public.audit_log (actor_id, actor, action, entity, entity_id, before, after, why)
  values (auth.uid(), public.acting_name(p_actor), p_action, p_entity, p_entity_id, p_before, p_after, p_why)
$$;
grant execute on function public.write_audit to service_role;

-- No caller, however privileged, moves a status along a way that is not listed.
create function public.hold_to_transitions() returns trigger language plpgsql security definer
  set search_path = '' as $$
begin
  if new.status is distinct from old.status and not exists (
    select 1 from public.status_transitions t
     where t.entity = tg_table_name and t.from_status = old.status and t.to_status = new.status
  ) then
    raise exception '% cannot go from % to %.', tg_table_name, old.status, new.status using errcode = '23514';
  end if;
  return new;
end $$;

-- What a person wrote, without the white space around it, or null when that is all there is.
create function public.words_in(p_text text) returns text
language sql immutable set search_path = '' as $$
  select nullif(regexp_replace(p_text, '^\s+|\s+$', '', 'g'), '')
$$;

-- Refuses a zone the clock does not know where it is written:
-- one found while sending would hold up every mail behind it.
create function public.require_zone(p_zone text) returns void
language plpgsql stable set search_path = '' as $$
begin
  perform now() at time zone p_zone;
exception when invalid_parameter_value then
  raise exception 'There is no time zone named %.', p_zone using errcode = '22023';
end $$;

-- Pages sort and compare by `updated_at`; a writer that forgets it must not matter.
create function public.touch_updated_at() returns trigger language plpgsql set search_path = '' as $$
begin
  new.updated_at := now();
  return new;
end $$;

-- The texts of a JSON array; anything that is no array has
-- none. Mail is hostile and half of its fields are missing.
create function public.texts_in(p_list jsonb) returns text[]
language sql immutable set search_path = '' as $$
  select coalesce(array_agg(x), '{}') from jsonb_array_elements_text(case jsonb_typeof(p_list)
    when 'array' then p_list else '[]' end) x
$$;

create trigger audit_log_append_only before update or delete on public.audit_log
  for each row execute function public.refuse_change();
create trigger audit_log_no_truncate before truncate on public.audit_log
  for each statement execute function public.refuse_change();
