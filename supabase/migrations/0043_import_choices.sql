-- Where a file says something else than what is known, a person chooses whose value stays: for a whole column, or for one row. Nothing is
-- chosen by itself: without a choice, what is known stays.
create table public.import_choices (
  import_id uuid not null references public.imports (id) on delete cascade,
  field text not null check (field in ('contactName', 'title', 'phone', 'company', 'propertyType', 'zip', 'buildingSf', 'landAcres', 'yearBuilt')),
  -- 0 stands for every row without a choice of its own.
  row_no int not null,
  take text not null check (take in ('ours', 'file')),
  chosen_by text not null default public.acting_name(),
  chosen_at timestamptz not null default now(),
  primary key (import_id, field, row_no)
);
alter table public.import_choices enable row level security;
create policy import_choices_read on public.import_choices for select to authenticated using ((select public.is_operator()));
grant select on public.import_choices to authenticated, service_role;

-- The values of rows `p_from` to `p_to` that are to take the place of known ones, and who said so. Whoever must not be contacted stays with
-- the company that asked for it, whatever a file says.
create function public.chosen_import_values(p_import_id uuid, p_from int, p_to int)
returns table (row_no int, field text, ours text, file text, chosen_by text)
language sql stable security definer set search_path = '' as $$
  select c.row_no, d.field, d.ours, d.file, coalesce(one.chosen_by, every.chosen_by)
    from public.import_checks c
    cross join lateral jsonb_to_recordset(c.differences) as d (field text, ours text, file text)
    left join public.import_choices one on one.import_id = c.import_id and one.field = d.field and one.row_no = c.row_no
    left join public.import_choices every on every.import_id = c.import_id and every.field = d.field and every.row_no = 0
   where c.import_id = p_import_id and c.row_no between p_from and p_to and c.outcome <> 'skip' and c.differences <> '[]'
     and coalesce(one.take, every.take) = 'file' and not (d.field = 'company' and 'do_not_contact' = any (c.notes))
$$;

-- How often a file differs from what is known, column by column, and how often its value is taken.
create function public.import_differences(p_id uuid) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
  perform public.require_operator();
  return (select coalesce(jsonb_agg(jsonb_build_object('field', x.field, 'rows', x.rows, 'taken', x.taken, 'take', x.take) order by x.field), '[]')
    from (select d.field, count(*) as rows, count(t.row_no) as taken, coalesce(min(every.take), 'ours') as take
      from public.import_checks c
      cross join lateral jsonb_to_recordset(c.differences) as d (field text)
      left join public.chosen_import_values(p_id, 0, 2147483647) t on t.row_no = c.row_no and t.field = d.field
      left join public.import_choices every on every.import_id = p_id and every.field = d.field and every.row_no = 0
     where c.import_id = p_id and c.outcome <> 'skip' and c.differences <> '[]' group by d.field) x);
end $$;

-- Chooses whose value stays where a column (`p_row` 0) or one of its rows differs. A choice for the column is for all of its rows. The check's
-- number moves with it, so that nobody starts an import whose choices are not those they saw.
create function public.choose_import_value(p_id uuid, p_field text, p_row int, p_take text) returns void
language plpgsql security definer set search_path = '' as $$
declare
  v_import public.imports;
  v_before text;
begin
  perform public.require_operator();
  select * into strict v_import from public.imports where id = p_id for update;
  if v_import.status <> 'ready' then
    raise exception 'Values are chosen between the check of the rows and the start of the import.' using errcode = '22023';
  end if;
  select i.take into v_before from public.import_choices i where i.import_id = p_id and i.field = p_field and i.row_no in (0, p_row)
   order by i.row_no desc limit 1;
  if p_row = 0 then
    delete from public.import_choices where import_id = p_id and field = p_field;
  elsif not exists (select 1 from public.import_checks c where c.import_id = p_id and c.row_no = p_row and c.outcome <> 'skip'
      and c.differences @> jsonb_build_array(jsonb_build_object('field', p_field))) then
    raise exception 'Row % says nothing else than what is known there.', p_row using errcode = '22023';
  elsif p_take = 'file' and p_field = 'company' and exists (select 1 from public.import_checks c where c.import_id = p_id
      and c.row_no = p_row and 'do_not_contact' = any (c.notes)) then
    raise exception 'This contact must not be contacted and stays with the company that asked for it.' using errcode = '22023';
  end if;
  insert into public.import_choices (import_id, field, row_no, take) values (p_id, p_field, p_row, p_take)
  on conflict (import_id, field, row_no) do update set take = excluded.take, chosen_by = excluded.chosen_by, chosen_at = now();
  update public.imports set check_no = check_no + 1 where id = p_id;
  perform public.write_audit('import.chosen', 'imports', p_id::text, jsonb_build_object('field', p_field, 'row', p_row, 'take', coalesce(v_before, 'ours')),
    jsonb_build_object('field', p_field, 'row', p_row, 'take', p_take));
end $$;

-- Under other columns other values differ: choices end with the check they were made in.
create function public.forget_import_choices() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  delete from public.import_choices where import_id = new.id;
  return null;
end $$;
create trigger imports_forget_choices after update of mapping on public.imports
  for each row when (old.mapping is distinct from new.mapping or new.status = 'checking') execute function public.forget_import_choices();

-- Puts the file's values where a person chose them, each with who chose it and what stood there before on record. A value that somebody
-- changed since it was shown stays; of several rows about one contact or property the first counts.
create function public.take_import_values(p_import_id uuid, p_from int, p_to int) returns int
language plpgsql security definer set search_path = '' as $$
declare
  v_file text;
  v_done int := 0;
  v_id uuid;
  r record;
begin
  select file_name into v_file from public.imports where id = p_import_id;
  for r in
    select t.*, c.facts, c.email_key, c.company_key, coalesce((select p.id from public.properties p where p.costar_property_id = c.costar_property_id),
        (select p.id from public.properties p where p.address_key = c.address_key)) as property_id
      from public.chosen_import_values(p_import_id, p_from, p_to) t
      join public.import_checks c on c.import_id = p_import_id and c.row_no = t.row_no
     order by t.row_no
  loop
    v_id := null;
    case r.field
      when 'contactName' then
        update public.contacts k set full_name = r.file, first_name = coalesce(r.facts ->> 'firstName', '')
         where k.email_key = r.email_key and k.full_name = r.ours returning k.id into v_id;
      when 'title' then
        update public.contacts k set title = r.file where k.email_key = r.email_key and k.title = r.ours returning k.id into v_id;
      when 'phone' then
        update public.contacts k set phones = array_prepend(r.file, array_remove(k.phones[2:], r.file))
         where k.email_key = r.email_key and k.phones[1] = r.ours returning k.id into v_id;
      when 'company' then
        update public.contacts k set company_id = o.id from public.companies o, public.companies was
         where k.email_key = r.email_key and o.name_key = r.company_key and was.id = k.company_id and was.name = r.ours
           and k.do_not_contact_at is null and was.do_not_contact_at is null returning k.id into v_id;
      when 'propertyType' then
        update public.properties p set property_type = r.file where p.id = r.property_id and p.property_type = r.ours returning p.id into v_id;
      when 'zip' then
        update public.properties p set zip = r.file where p.id = r.property_id and p.zip = r.ours returning p.id into v_id;
      when 'buildingSf' then
        update public.properties p set building_sf = r.file::int where p.id = r.property_id and p.building_sf::text = r.ours returning p.id into v_id;
      when 'landAcres' then
        update public.properties p set land_acres = r.file::numeric
         where p.id = r.property_id and p.land_acres::float8::text = r.ours returning p.id into v_id;
      when 'yearBuilt' then
        update public.properties p set year_built = r.file::int where p.id = r.property_id and p.year_built::text = r.ours returning p.id into v_id;
    end case;
    if v_id is not null then
      v_done := v_done + 1;
      perform public.write_audit('import.replaced', case when r.field in ('contactName', 'title', 'phone', 'company') then 'contacts' else 'properties' end,
        v_id::text, jsonb_build_object(r.field, r.ours), jsonb_build_object(r.field, r.file), v_file || ', row ' || r.row_no, r.chosen_by);
    end if;
  end loop;
  return v_done;
end $$;

-- Rows of a file are saved and the values chosen from them are put in place in one transaction.
alter function public.save_import_rows(uuid, int) rename to store_import_rows;
create function public.save_import_rows(p_extraction_id uuid, p_limit int) returns text
language plpgsql security definer set search_path = '' as $$
declare
  v_before public.imports;
  v_outcome text;
begin
  perform public.require_operator();
  perform 1 from public.extractions where id = p_extraction_id for update;
  select i.* into v_before from public.extractions e join public.imports i on i.id = e.import_id where e.id = p_extraction_id;
  v_outcome := public.store_import_rows(p_extraction_id, p_limit);
  if v_outcome = 'more' and exists (select 1 from public.import_choices where import_id = v_before.id) then
    perform public.take_import_values(v_before.id, v_before.applied_to + 1, (select applied_to from public.imports where id = v_before.id));
  end if;
  return v_outcome;
end $$;

revoke execute on function public.store_import_rows(uuid, int) from public, anon, authenticated, service_role;
revoke execute on function public.chosen_import_values(uuid, int, int), public.import_differences(uuid),
  public.choose_import_value(uuid, text, int, text), public.forget_import_choices(), public.take_import_values(uuid, int, int),
  public.save_import_rows(uuid, int) from public, anon;
grant execute on function public.import_differences(uuid), public.choose_import_value(uuid, text, int, text) to authenticated, service_role;
grant execute on function public.save_import_rows(uuid, int) to service_role;
