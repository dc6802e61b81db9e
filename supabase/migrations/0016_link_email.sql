-- A person says whose mail an unmatched mail is. What happens next is asked of a person again: a mail that was filed
-- without a contact did nothing to the contact it now has.
create function public.link_email(p_email_id uuid, p_contact_id uuid) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_email public.synced_emails;
  v_company uuid;
begin
  perform public.require_operator();
  select * into v_email from public.synced_emails where id = p_email_id for update;
  if not found then
    return jsonb_build_object('outcome', 'not_found');
  end if;
  if v_email.contact_id = p_contact_id then
    return jsonb_build_object('outcome', 'linked', 'contactId', p_contact_id, 'toPerson', v_email.status = 'needs_person');
  end if;
  select c.company_id into v_company from public.contacts c where c.id = p_contact_id;
  if not found then
    raise exception 'There is no such contact.' using errcode = 'P0002';
  end if;
  update public.synced_emails set
    contact_id = p_contact_id, company_id = v_company, matched_by = 'person',
    send_id = (select s.id from public.sends s where s.contact_id = p_contact_id and s.status = 'sent' order by s.sent_at desc limit 1),
    status = case when status in ('routed', 'done') then 'needs_person' else status end
  where id = p_email_id;
  -- A receipt is written by a machine about a mail that arrived; its contact said nothing.
  if v_email.category is distinct from 'receipt' then
    perform public.hold_contact(p_contact_id, 'pause', 'a reply arrived and is being read');
  end if;
  -- Whoever it was wrongly matched to before may go on, unless something else holds them.
  if v_email.contact_id is not null then
    perform public.release_contact(v_email.contact_id);
  end if;
  perform public.write_audit('reply.linked', 'synced_emails', p_email_id::text,
    jsonb_build_object('contactId', v_email.contact_id, 'status', v_email.status),
    jsonb_build_object('contactId', p_contact_id, 'did', jsonb_build_array('sequence held until a person has read the mail')));
  return jsonb_build_object('outcome', 'linked', 'contactId', p_contact_id,
    'toPerson', v_email.status in ('routed', 'done', 'needs_person'));
end $$;

revoke execute on function public.link_email(uuid, uuid) from public, anon;
grant execute on function public.link_email(uuid, uuid) to authenticated, service_role;
