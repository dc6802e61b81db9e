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

create function public.refuse_change() returns trigger language plpgsql set search_path = '' as $$
begin
  raise exception 'The audit log is append-only.' using errcode = '42501';
end $$;
create trigger audit_log_append_only before update or delete on public.audit_log
  for each row execute function public.refuse_change();
create trigger audit_log_no_truncate before truncate on public.audit_log
  for each statement execute function public.refuse_change();

create function public.write_audit(
  p_action text, p_entity text, p_entity_id text, p_before jsonb default null, p_after jsonb default null,
  p_why text default null, p_actor text default null
) returns void language sql security definer set search_path = '' as $$
  insert into public.audit_log (actor_id, actor, action, entity, entity_id, before, after, why)
  values (auth.uid(), public.acting_name(p_actor), p_action, p_entity, p_entity_id, p_before, p_after, p_why)
$$;

-- The only moves a status may make. A trigger on each table with a status holds it to these.
create table public.status_transitions (
  entity text not null,
  from_status text not null,
  to_status text not null,
  primary key (entity, from_status, to_status)
);

create function public.hold_to_transitions() returns trigger language plpgsql security definer set search_path = '' as $$
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

-- Refuses a zone the clock does not know where it is written: one found while sending would hold up every mail behind it.
create function public.require_zone(p_zone text) returns void
language plpgsql stable set search_path = '' as $$
begin
  perform now() at time zone p_zone;
exception when invalid_parameter_value then
  raise exception 'There is no time zone named %.', p_zone using errcode = '22023';
end $$;

create function public.touch_updated_at() returns trigger language plpgsql set search_path = '' as $$
begin
  new.updated_at := now();
  return new;
end $$;

alter table public.audit_log enable row level security;
alter table public.status_transitions enable row level security;
-- `(select …)` asks once per query; a bare call would ask once per row, which made the totals of 30,000 mails fifteen times as slow.
create policy audit_log_read on public.audit_log for select to authenticated using ((select public.is_operator()));
create policy status_transitions_read on public.status_transitions for select to authenticated using ((select public.is_operator()));
grant select on public.audit_log, public.status_transitions to authenticated;
grant select, insert on public.audit_log to service_role;
grant select on public.status_transitions to service_role;

revoke execute on function public.refuse_change(), public.hold_to_transitions(), public.touch_updated_at(),
  public.words_in(text), public.require_zone(text),
  public.write_audit(text, text, text, jsonb, jsonb, text, text) from public, anon;
grant execute on function public.write_audit(text, text, text, jsonb, jsonb, text, text) to service_role;
