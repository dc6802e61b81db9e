-- Numbers for the overview page and for the summary of a single tick, counted where the rows are.
create function public.desk_overview(p_since timestamptz default now() - interval '30 days') returns jsonb
language sql stable security invoker set search_path = '' as $$
  select jsonb_build_object(
    'approvalsPending', (select count(*) from public.approval_queue where status = 'pending'),
    'repliesForAPerson', (select count(*) from public.synced_emails where status = 'needs_person'),
    'uncertainSends', (select count(*) from public.sends where status = 'uncertain'),
    'searches', (select count(*) from public.searches where created_at >= p_since),
    'properties', (select count(*) from public.search_properties p join public.searches s on s.id = p.search_id where s.created_at >= p_since),
    'contacts', (select count(*) from public.search_contacts c join public.searches s on s.id = c.search_id where s.created_at >= p_since),
    'enrolled', (select count(*) from public.enrollments where created_at >= p_since),
    'scheduled', (select count(*) from public.sends where status = 'scheduled'),
    'sent', (select count(*) from public.sends where sent_at >= p_since and status = 'sent'),
    'sentLastHour', (select count(*) from public.sends where handed_at > now() - interval '1 hour'),
    'sentLastDay', (select count(*) from public.sends where handed_at > now() - interval '24 hours'),
    'replied', (select count(distinct contact_id) from public.synced_emails
      where received_at >= p_since and contact_id is not null and category not in ('bounce', 'out_of_office', 'receipt')),
    'byCategory', coalesce((select jsonb_object_agg(x.category, x.n) from (select category, count(*) as n from public.synced_emails
      where received_at >= p_since and category is not null group by category) x), '{}'),
    'agents', coalesce((select jsonb_agg(to_jsonb(a) order by a.agent) from (
      select agent, count(*) as runs, count(*) filter (where status = 'succeeded') as succeeded,
        count(*) filter (where status = 'failed') as failed,
        percentile_cont(0.5) within group (order by duration_ms) as median_ms,
        coalesce(sum(input_tokens + output_tokens), 0) as tokens, coalesce(sum(cost_microusd), 0) as cost_microusd
      from public.agent_runs where started_at >= p_since group by agent) a), '[]'))
$$;

create function public.tick_summary(p_since timestamptz) returns jsonb
language sql stable security invoker set search_path = '' as $$
  select jsonb_build_object(
    'searchesProcessed', (select count(*) from public.searches where updated_at >= p_since),
    'approvalsPending', (select count(*) from public.approval_queue where status = 'pending'),
    'sends', jsonb_build_object(
      'sent', (select count(*) from public.sends where sent_at >= p_since),
      'uncertain', (select count(*) from public.sends where status = 'uncertain'),
      'skipped', coalesce((select jsonb_object_agg(x.reason, x.n) from (select coalesce(reason, 'unknown') as reason, count(*) as n
        from public.sends where status = 'skipped' and updated_at >= p_since group by 1) x), '{}')),
    'mailsIngested', (select count(*) from public.synced_emails where synced_at >= p_since),
    'classified', coalesce((select jsonb_object_agg(x.category, x.n) from (select category, count(*) as n from public.synced_emails
      where classified_at >= p_since and category is not null group by category) x), '{}'),
    'routed', (select count(*) from public.synced_emails where routed_at >= p_since),
    'unread', (select count(*) from public.synced_emails where status in ('new', 'classifying')))
$$;

-- How the mails of some campaigns stand, counted in one read.
create function public.send_counts(p_campaign_ids uuid[]) returns table (campaign_id uuid, status text, sends bigint)
language sql stable security invoker set search_path = '' as $$
  select s.campaign_id, s.status, count(*) from public.sends s where s.campaign_id = any (p_campaign_ids) group by 1, 2
$$;

-- Work whose event was lost: searches nobody moves, approvals decided while nobody listened, mails nobody read.
create function public.stalled_work(p_now timestamptz default now()) returns jsonb
language sql stable security definer set search_path = '' as $$
  select jsonb_build_object(
    'searches', coalesce((select jsonb_agg(s.id) from public.searches s
      where (s.status in ('new', 'sourcing', 'scheduling') and s.updated_at < p_now - interval '45 seconds')
         or (s.status = 'extracting' and exists (select 1 from public.extractions x where x.search_id = s.id
              and x.status in ('waiting', 'running', 'completed') and x.updated_at < p_now - interval '3 minutes'))
         or (s.status in ('awaiting_sourcing', 'awaiting_extraction', 'awaiting_campaign')
              and not exists (select 1 from public.approval_queue q where q.search_id = s.id
                and (q.status in ('pending', 'expired') or q.decided_at > p_now - interval '1 minute')))), '[]'),
    'emails', coalesce((select jsonb_agg(x.id) from (select e.id from public.synced_emails e
      where (e.status = 'new' and e.synced_at < p_now - interval '20 seconds')
         or (e.status = 'classifying' and e.classifying_since < p_now - interval '5 minutes')
      order by e.synced_at limit 500) x), '[]'),
    'sends', coalesce((select jsonb_agg(s.id) from public.sends s
      where s.status = 'uncertain' or (s.status = 'sending' and s.handed_at < p_now - interval '3 minutes')), '[]'))
$$;

revoke execute on function public.desk_overview(timestamptz), public.tick_summary(timestamptz), public.stalled_work(timestamptz),
  public.send_counts(uuid[]) from public, anon;
grant execute on function public.desk_overview(timestamptz), public.send_counts(uuid[]) to authenticated, service_role;
grant execute on function public.tick_summary(timestamptz), public.stalled_work(timestamptz) to service_role;
