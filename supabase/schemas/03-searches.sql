-- A search: what a buyer looks for, and how far it has come.

-- A search is one buyer's criteria and what came of it.
create table public.searches (
  id uuid primary key default gen_random_uuid(),
  name text not null,
  buyer_name text not null,
  criteria jsonb not null,
  source text not null check (source in ('form', 'file', 'api', 'import')),
  status text not null default 'new'
    check (status in ('new', 'sourcing', 'awaiting_sourcing', 'awaiting_extraction',
    'extracting', 'scheduling', 'awaiting_campaign', 'active', 'completed',
    'rejected', 'failed', 'cancelled')),
  status_reason text,
  strategy text,
  payloads jsonb not null default '[]',
  engine_run_id text,
  created_by text not null default public.acting_name(),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index searches_recent on public.searches (created_at desc, id desc);
create index searches_status on public.searches (status);
alter table public.searches enable row level security;
create policy searches_read on public.searches for select to authenticated
  using ((select public.is_operator()));
create policy searches_create on public.searches for insert to authenticated
  with check ((select public.is_operator()));
grant select on public.searches to authenticated;
grant select, insert, update on public.searches to service_role;
-- A new search is all an operator writes by hand; status, payloads and author are not theirs to choose.
grant insert (name, buyer_name, criteria, source) on public.searches to authenticated;
alter publication supabase_realtime add table public.searches;

insert into public.status_transitions (entity, from_status, to_status)
select 'searches', f, t from (values
  ('new', 'sourcing'), ('sourcing', 'awaiting_sourcing'), ('sourcing', 'awaiting_extraction'),
  ('awaiting_sourcing', 'sourcing'), ('awaiting_sourcing', 'awaiting_extraction'),
  ('awaiting_extraction', 'sourcing'), ('awaiting_extraction', 'extracting'),
  ('extracting', 'awaiting_extraction'), ('extracting', 'scheduling'), ('scheduling', 'awaiting_campaign'),
  ('scheduling', 'completed'), ('scheduling', 'active'), ('awaiting_campaign', 'scheduling'),
  ('awaiting_campaign', 'active'), ('active', 'completed'), ('failed', 'sourcing'), ('failed', 'extracting'),
  ('failed', 'scheduling'), ('failed', 'awaiting_extraction'),
  -- A person who has seen what was found may send the search back to its payloads, with words, instead of
  -- mailing these contacts.
  ('awaiting_campaign', 'sourcing'), ('scheduling', 'sourcing'),
  -- A way back that only undo_routing takes: its last sequence, ended by the routing that is undone, goes on.
  ('completed', 'active'),
  ('failed', 'cancelled')
) as moves (f, t)
union all
select 'searches', f, t
  from unnest('{new,sourcing,awaiting_sourcing,awaiting_extraction,extracting,
      scheduling,awaiting_campaign,active}'::text[]) f,
    unnest('{rejected,failed,cancelled}'::text[]) t;

-- Moves a search only from where the caller believes it is; false means somebody else moved it first.
create function public.move_search(p_id uuid, p_from text[], p_to text, p_reason text default null)
  returns boolean
language plpgsql security definer set search_path = '' as $$
declare
  v_before text;
begin
  perform public.require_operator();
  select status into v_before from public.searches where id = p_id for update;
  if v_before = p_to then
    return true;
  end if;
  update public.searches set status = p_to, status_reason = p_reason where id = p_id
    and status = any (p_from);
  if not found then
    return false;
  end if;
  perform public.write_audit('search.' || p_to, 'searches', p_id::text,
    jsonb_build_object('status', v_before), jsonb_build_object('status', p_to), p_reason);
  return true;
end $$;
grant execute on function public.move_search to authenticated, service_role;

-- What one tick did, for whoever called it: counted where the rows are, not collected on the way.
create function public.tick_summary(p_since timestamptz) returns jsonb
language sql stable security invoker set search_path = '' as $$
  select jsonb_build_object(
    'searchesProcessed', (select count(*) from public.searches where updated_at >= p_since),
    'approvalsPending', (select count(*) from public.approval_queue where status = 'pending'),
    'sends', jsonb_build_object(
      'sent', (select count(*) from public.sends where sent_at >= p_since),
      'uncertain', (select count(*) from public.sends where status = 'uncertain'),
      'skipped', coalesce((select jsonb_object_agg(x.reason, x.n)
        from (select coalesce(reason, 'unknown') as reason, count(*) as n
        from public.sends where status = 'skipped' and updated_at >= p_since group by 1) x), '{}')),
    'mailsIngested', (select count(*) from public.synced_emails where synced_at >= p_since),
    'classified', coalesce((select jsonb_object_agg(x.category, x.n)
      from (select category, count(*) as n from public.synced_emails
      where classified_at >= p_since and category is not null group by category) x), '{}'),
    'routed', (select count(*) from public.synced_emails where routed_at >= p_since),
    'unread', (select count(*) from public.synced_emails where status in ('new', 'classifying')))
$$;
grant execute on function public.tick_summary to service_role;

-- Work whose event was lost: searches nobody moves, approvals decided while nobody listened, mails nobody
-- read. A burst has a reader of its own and is left to it for half an hour; the newest mail comes first.
create function public.stalled_work(p_now timestamptz default now()) returns jsonb
language sql stable security definer set search_path = '' as $$
  select jsonb_build_object(
    'searches', coalesce((select jsonb_agg(s.id) from public.searches s
      where (s.status in ('new', 'sourcing', 'scheduling') and s.updated_at < p_now - interval '45 seconds')
         or (s.status = 'extracting' and exists (select 1 from public.extractions x where x.search_id = s.id
              and x.status in ('waiting', 'running', 'completed')
              and x.updated_at < p_now - interval '3 minutes'))
         or (s.status in ('awaiting_sourcing', 'awaiting_extraction', 'awaiting_campaign')
              and not exists (select 1 from public.approval_queue q where q.search_id = s.id
                and (q.status in ('pending', 'expired') or q.decided_at > p_now - interval '1 minute')))),
                '[]'),
    'emails', coalesce((select jsonb_agg(x.id) from (select e.id from public.synced_emails e
      where (e.status = 'new' and e.synced_at < p_now - case when e.in_burst then interval '30 minutes'
        else interval '20 seconds' end)
         or (e.status = 'classifying' and e.classifying_since < p_now - interval '5 minutes')
      order by e.received_at desc, e.id limit 200) x), '[]'),
    'sends', coalesce((select jsonb_agg(s.id) from public.sends s
      where s.status = 'uncertain' or (s.status = 'sending' and s.handed_at < p_now - interval '3 minutes')),
        '[]'))
$$;
grant execute on function public.stalled_work to service_role;

-- A person wrote this, not a machine.
create function public.is_own_words(p_category text) returns boolean
language sql immutable set search_path = '' as $$
  select coalesce(p_category not in ('bounce', 'out_of_office', 'receipt'), false)
$$;
-- desk_overview runs with its caller's own rights.
grant execute on function public.is_own_words to authenticated, service_role;

-- Numbers for the overview page and for the summary of a single tick,
-- counted where the rows are, and only of runs something was done with.
create function public.desk_overview(p_since timestamptz default now() - interval '30 days') returns jsonb
language sql stable security invoker set search_path = '' as $$
  select jsonb_build_object(
    'approvalsPending', (select count(*) from public.approval_queue where status = 'pending'),
    'repliesForAPerson', (select count(*) from public.synced_emails where status = 'needs_person'),
    'uncertainSends', (select count(*) from public.sends where status = 'uncertain'),
    'searches', (select count(*) from public.searches where created_at >= p_since),
    'properties', (select count(*) from public.search_properties p
      join public.searches s on s.id = p.search_id where s.created_at >= p_since),
    'contacts', (select count(*) from public.search_contacts c join public.searches s on s.id = c.search_id
      where s.created_at >= p_since),
    'enrolled', (select count(*) from public.enrollments where created_at >= p_since),
    'scheduled', (select count(*) from public.sends where status = 'scheduled'),
    'sent', (select count(*) from public.sends where sent_at >= p_since and status = 'sent'),
    'sentLastHour', (select count(*) from public.sends where handed_at > now() - interval '1 hour'),
    'sentLastDay', (select count(*) from public.sends where handed_at > now() - interval '24 hours'),
    'replied', (select count(distinct contact_id) from public.synced_emails
      where received_at >= p_since and contact_id is not null
        and public.is_own_words(category)),
    'byCategory', coalesce((select jsonb_object_agg(x.category, x.n)
      from (select category, count(*) as n from public.synced_emails
      where received_at >= p_since and category is not null group by category) x), '{}'),
    'agents', coalesce((select jsonb_agg(to_jsonb(a) order by a.agent) from (
      select agent, count(*) as runs, count(*) filter (where status = 'succeeded') as succeeded,
        count(*) filter (where status = 'failed') as failed,
        percentile_cont(0.5) within group (order by duration_ms) as median_ms,
        coalesce(sum(input_tokens + output_tokens), 0) as tokens,
        coalesce(sum(cost_microusd), 0) as cost_microusd
      from public.agent_runs where started_at >= p_since and kind = 'live' group by agent) a), '[]'))
$$;
grant execute on function public.desk_overview to authenticated, service_role;

create trigger searches_transitions before update of status on public.searches
  for each row execute function public.hold_to_transitions();
create trigger searches_touch before update on public.searches for each row
  execute function public.touch_updated_at();
