-- Learnings are ranked before every prompt. Their tags stand ready in the form they are compared in, and each tag of the run is looked for in
-- one expression: half the time of unfolding and counting them.
create function public.tag_keys(p_tags text[]) returns text[] language sql immutable set search_path = '' as $$
  select coalesce(array_agg(lower(t)), '{}') from unnest(p_tags) t
$$;
alter table public.agent_feedback add column tag_keys text[] not null generated always as (public.tag_keys(tags)) stored;

-- An agent's active learnings, the ones a prompt needs most first: pinned, then shared tags, measured effect and recency (half of
-- it is gone after 90 days).
create or replace function public.rank_learnings(p_agent text, p_tags text[], p_limit int default 150)
returns table (id uuid, words text, adjustment text, outcome text, pinned boolean)
language plpgsql stable security definer set search_path = '' as $$
declare
  v_shared text := coalesce(
    (select string_agg(distinct format('(%L = any (f.tag_keys))::int', lower(t)), ' + ') from unnest(p_tags) t where t is not null), '0');
begin
  return query execute format($ranked$
    select f.id, f.words, f.adjustment, f.outcome, f.pinned
      from public.agent_feedback f where f.agent = $1 and f.status = 'active'
     order by f.pinned desc,
       2::float8 * (%s) + least(1::float8, abs(coalesce(f.effect_bps, 0)) / 5000::float8)
         + power(0.5::float8, greatest(0::float8, date_part('epoch', now() - f.created_at)) / 7776000::float8) desc,
       f.created_at desc, f.id
     limit $2$ranked$, v_shared) using p_agent, p_limit;
end $$;

revoke execute on function public.tag_keys(text[]) from public, anon, authenticated;
grant execute on function public.tag_keys(text[]) to service_role;
