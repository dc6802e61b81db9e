create table public.requests (
  id uuid primary key default gen_random_uuid(),
  owner uuid not null default auth.uid(),
  title text not null,
  amount numeric(12,2) not null default 0,
  payload jsonb not null default '{}',
  secret text
);
alter table public.requests enable row level security;
create policy own on public.requests to authenticated using (owner = (select auth.uid()));
create policy approver on public.requests for select to authenticated
  using ((auth.jwt() -> 'app_metadata' ->> 'role') = 'approver');
grant select (id, owner, title, amount, payload), insert, update, delete on public.requests to authenticated;
grant all on public.requests to service_role;
create table public.notes (id bigint primary key, body text not null);
grant select, insert on public.notes to authenticated;
grant all on public.notes to service_role;
create table public.staff_notes (id bigint primary key, body text not null);
grant all on public.staff_notes to service_role;
alter publication supabase_realtime add table public.requests, public.staff_notes;
