-- Exclusions by hand. Adding one stops what is scheduled to it at once; lifting one is an admin's, with a reason, and
-- starts nothing again by itself.
create function public.exclude_address(p_kind text, p_value text, p_reason text) returns public.email_exclusions
language plpgsql security definer set search_path = '' as $$
declare
  v_value text := lower(btrim(p_value));
  v_row public.email_exclusions;
  v_contact uuid;
begin
  perform public.require_operator();
  if public.words_in(p_reason) is null then
    raise exception 'Say why it is excluded.' using errcode = '22023';
  end if;
  if p_kind = 'domain' then
    v_value := ltrim(v_value, '@');
  end if;
  if (p_kind = 'address' and v_value !~ '^[^@\s]+@[^@\s]+\.[^@\s.]+$') or (p_kind = 'domain' and v_value !~ '^([a-z0-9-]+\.)+[a-z0-9-]{2,}$') then
    raise exception '% is not %.', p_value, case p_kind when 'domain' then 'a domain like example.com' else 'an e-mail address' end
      using errcode = '22023';
  end if;
  insert into public.email_exclusions (kind, value, reason, source, created_by)
  values (p_kind, v_value, btrim(p_reason), 'manual', public.acting_name())
  on conflict (kind, value) do nothing returning * into v_row;
  if v_row.id is null then
    select * into strict v_row from public.email_exclusions where kind = p_kind and value = v_value;
    return v_row;
  end if;
  for v_contact in select c.id from public.contacts c
     where case p_kind when 'domain' then split_part(c.email_key, '@', 2) else c.email_key end = v_value
  loop
    perform public.hold_contact(v_contact, 'stop', p_kind || ' is excluded');
  end loop;
  perform public.write_audit('exclusion.added', 'email_exclusions', v_row.id::text, null, to_jsonb(v_row), btrim(p_reason));
  return v_row;
end $$;

create function public.lift_exclusion(p_id uuid, p_reason text) returns boolean
language plpgsql security definer set search_path = '' as $$
declare
  v_row public.email_exclusions;
begin
  perform public.require_operator();
  if coalesce(auth.role(), '') <> 'service_role' and not public.is_admin() then
    raise exception 'Only an admin may lift an exclusion.' using errcode = '42501';
  end if;
  if public.words_in(p_reason) is null then
    raise exception 'Say why this may be mailed again.' using errcode = '22023';
  end if;
  delete from public.email_exclusions where id = p_id returning * into v_row;
  if not found then
    return false;
  end if;
  -- Do-not-contact is another promise and stays; a bounce is only as lasting as its exclusion.
  if v_row.source = 'bounce' then
    update public.contacts set bounced_at = null where email_key = v_row.value;
  end if;
  perform public.write_audit('exclusion.lifted', 'email_exclusions', p_id::text, to_jsonb(v_row), null, btrim(p_reason));
  return true;
end $$;

create index email_exclusions_recent on public.email_exclusions (created_at desc, id desc);

revoke execute on function public.exclude_address(text, text, text), public.lift_exclusion(uuid, text) from public, anon;
grant execute on function public.exclude_address(text, text, text), public.lift_exclusion(uuid, text)
  to authenticated, service_role;
