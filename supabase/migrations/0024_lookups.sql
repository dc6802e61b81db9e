-- Lookups come from a file of the operator's, are previewed, and are retired rather than deleted: what an old search names
-- must stay readable.
alter table public.costar_lookups add column retired_at timestamptz;
drop index public.costar_lookups_name;
create unique index costar_lookups_name on public.costar_lookups (kind, lower(name)) where retired_at is null;
revoke delete on public.costar_lookups from service_role;

-- What the set is now, as one value: a change is applied to the set that was looked at, or not at all.
create function public.lookups_hash() returns text
language sql stable security invoker set search_path = '' as $$
  select encode(sha256(convert_to(coalesce(string_agg(concat_ws('|', l.kind, l.id, l.name, l.market_filter), E'\n'
    order by l.kind, l.id), ''), 'UTF8')), 'hex')
  from public.costar_lookups l where l.retired_at is null
$$;

-- Which lookups an open search still needs: its criteria, its approved payloads, and payloads that wait for approval.
create function public.lookups_in_use() returns table (kind text, id int, search_id uuid, search_name text)
language sql stable security invoker set search_path = '' as $$
  with open as (
    select s.id, s.name, s.criteria, s.payloads || coalesce((select jsonb_agg(p) from public.approval_queue a,
        jsonb_array_elements(case jsonb_typeof(a.proposal -> 'payloads') when 'array' then a.proposal -> 'payloads' else '[]' end) p
        where a.search_id = s.id and a.status = 'pending'), '[]') as payloads
      from public.searches s where s.status not in ('completed', 'rejected', 'cancelled')
  ), wanted as (
    select o.id, o.name, 'market' as kind, v #>> '{}' as what from open o, jsonb_path_query(o.criteria, '$.criteria.markets[*]') v
    union select o.id, o.name, 'property_type', v #>> '{}' from open o, jsonb_path_query(o.criteria, '$.criteria.propertyTypes[*]') v
    union select o.id, o.name, 'market', v #>> '{}' from open o, jsonb_path_query(o.payloads, '$[*].payload."0".Geography.Filter.Ids[*]') v
    union select o.id, o.name, 'property_type', v #>> '{}' from open o, jsonb_path_query(o.payloads, '$[*].payload."0".Property.PropertyTypes[*]') v
    union select o.id, o.name, 'owner_type', v #>> '{}' from open o, jsonb_path_query(o.payloads, '$[*].payload."0".Property.OwnerTypes[*]') v
  )
  select distinct l.kind, l.id, w.id, w.name from wanted w
    join public.costar_lookups l on l.kind = w.kind and (l.id::text = w.what or lower(l.name) = lower(w.what))
   where l.retired_at is null order by 1, 2, 4
$$;

-- Adds, renames, brings back and, when asked, retires, in one transaction with its audit row. `p_expected` is the hash of the
-- set the preview was made from; another set means somebody was faster.
create function public.apply_lookups(p_rows jsonb, p_retire_missing boolean, p_expected text, p_why text) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_added int; v_back int; v_renamed jsonb; v_changed int; v_retired jsonb; v_clash text;
begin
  perform public.require_operator();
  lock table public.costar_lookups in share row exclusive mode;
  if public.lookups_hash() <> p_expected then
    return jsonb_build_object('outcome', 'changed');
  end if;
  if exists (select 1 from jsonb_to_recordset(p_rows) as r (kind text, id int, name text)
      where r.kind is null or r.kind not in ('market', 'property_type', 'owner_type') or r.id is null or r.id <= 0
        or public.words_in(r.name) is null or length(r.name) > 120)
    or exists (select 1 from jsonb_to_recordset(p_rows) as r (kind text, id int, name text) group by r.kind, r.id having count(*) > 1)
    or exists (select 1 from jsonb_to_recordset(p_rows) as r (kind text, id int, name text) group by r.kind, lower(r.name) having count(*) > 1)
  then
    raise exception 'Each lookup needs a kind, a whole-number id and a name, and each once.' using errcode = '22023';
  end if;

  with rows as (select * from jsonb_to_recordset(p_rows) as r (kind text, id int, name text, "marketFilter" boolean)),
  missing as (
    select l.* from public.costar_lookups l where p_retire_missing and l.retired_at is null and l.kind in (select kind from rows)
       and not exists (select 1 from rows r where r.kind = l.kind and r.id = l.id)
       and not exists (select 1 from public.lookups_in_use() u where u.kind = l.kind and u.id = l.id)
  ), retired as (
    update public.costar_lookups l set retired_at = now() from missing m where l.kind = m.kind and l.id = m.id returning l.name
  )
  select coalesce(jsonb_agg(name order by name), '[]') into v_retired from retired;

  select l.name into v_clash from public.costar_lookups l
    join jsonb_to_recordset(p_rows) as r (kind text, id int, name text) on r.kind = l.kind and lower(btrim(r.name)) = lower(l.name) and r.id <> l.id
   where l.retired_at is null
     and not exists (select 1 from jsonb_to_recordset(p_rows) as o (kind text, id int) where o.kind = l.kind and o.id = l.id) limit 1;
  if v_clash is not null then
    raise exception 'The name "%" already belongs to another id.', v_clash using errcode = '22023';
  end if;

  with renamed as (
    select r.kind, r.id, l.name as was, btrim(r.name) as is_now from jsonb_to_recordset(p_rows) as r (kind text, id int, name text)
      join public.costar_lookups l on l.kind = r.kind and l.id = r.id where l.retired_at is null and l.name <> btrim(r.name)
  )
  select coalesce(jsonb_agg(jsonb_build_object('id', id, 'from', was, 'to', is_now)), '[]') into v_renamed from renamed;
  -- Two names may change places; each index entry is checked as it is written, so they first step aside.
  update public.costar_lookups l set name = l.name || ' ' || chr(1) || l.id from jsonb_to_recordset(p_rows) as r (kind text, id int, name text)
   where l.kind = r.kind and l.id = r.id and l.retired_at is null and l.name <> btrim(r.name);
  select count(*) filter (where l.id is null), count(*) filter (where l.retired_at is not null),
      count(*) filter (where l.retired_at is null and r."marketFilter" is not null and l.market_filter <> r."marketFilter")
    into v_added, v_back, v_changed
    from jsonb_to_recordset(p_rows) as r (kind text, id int, name text, "marketFilter" boolean)
    left join public.costar_lookups l on l.kind = r.kind and l.id = r.id;
  insert into public.costar_lookups as l (kind, id, name, market_filter)
  select r.kind, r.id, btrim(r.name), coalesce(r."marketFilter", o.market_filter, true)
    from jsonb_to_recordset(p_rows) as r (kind text, id int, name text, "marketFilter" boolean)
    left join public.costar_lookups o on o.kind = r.kind and o.id = r.id
  on conflict (kind, id) do update set name = excluded.name, market_filter = excluded.market_filter, retired_at = null
   where (l.name, l.market_filter) is distinct from (excluded.name, excluded.market_filter) or l.retired_at is not null;

  perform public.write_audit('lookups.imported', 'costar_lookups', 'all', null, jsonb_build_object('added', v_added,
    'brought_back', v_back, 'renamed', v_renamed, 'market_filter_changed', v_changed, 'retired', v_retired), p_why);
  return jsonb_build_object('outcome', 'applied', 'added', v_added, 'broughtBack', v_back, 'renamed', jsonb_array_length(v_renamed),
    'changed', v_changed, 'retired', jsonb_array_length(v_retired));
end $$;

revoke execute on function public.lookups_hash(), public.lookups_in_use(), public.apply_lookups(jsonb, boolean, text, text)
  from public, anon;
grant execute on function public.lookups_hash(), public.lookups_in_use(), public.apply_lookups(jsonb, boolean, text, text)
  to authenticated, service_role;
