-- Everyone a search found, with what a mail needs to say and the first reason not to mail them. Paged by contact id, so
-- that no cap on rows can ever leave contacts out silently.
create function public.campaign_candidates(p_campaign_id uuid, p_after uuid, p_limit int) returns jsonb
language sql stable security definer set search_path = '' as $$
  select coalesce(jsonb_agg(to_jsonb(x) order by x."contactId"), '[]') from (
    select c.id as "contactId", c.full_name as "fullName", c.first_name as "firstName", c.title, c.email,
      k.name as company, p.id as "propertyId", p.address as "propertyAddress", p.city as "propertyCity", p.state as "propertyState",
      p.property_type as "propertyType", p.building_sf as "buildingSf", c.time_zone as "timeZone",
      case
        when c.id = any (g.dropped_contact_ids) then 'dropped by a person'
        when c.email is null then 'no e-mail address'
        when public.why_not_mail(c.id, c.email) is not null then public.why_not_mail(c.id, c.email)
        when exists (select 1 from public.enrollments n where n.contact_id = c.id and n.status in ('active', 'paused'))
          then 'already in a running campaign'
        when exists (select 1 from public.sends s where s.contact_id = c.id and s.sent_at > now() - make_interval(days => d.cooldown_days))
          then 'mailed in the last ' || d.cooldown_days || ' days'
      end as reason
    from public.campaigns g
    join public.search_contacts sc on sc.search_id = g.search_id
    join public.contacts c on c.id = sc.contact_id
    join public.properties p on p.id = sc.property_id
    left join public.companies k on k.id = c.company_id
    cross join public.desk_settings d
    where g.id = p_campaign_id and c.id > p_after
    order by c.id limit p_limit) x
$$;

-- When a mailbox already sends: mails scheduled, and mails handed over in the last day. Epoch milliseconds, ascending.
create function public.mailbox_load(p_mailbox_id uuid) returns jsonb
language sql stable security definer set search_path = '' as $$
  select coalesce(jsonb_agg(x.at order by x.at), '[]') from (
    select floor(extract(epoch from case s.status when 'scheduled' then s.due_at else s.handed_at end) * 1000)::bigint as at
      from public.sends s where s.mailbox_id = p_mailbox_id
       and (s.status = 'scheduled' or s.handed_at > now() - interval '24 hours')) x
$$;

revoke execute on function public.campaign_candidates(uuid, uuid, int), public.mailbox_load(uuid) from public, anon;
grant execute on function public.campaign_candidates(uuid, uuid, int), public.mailbox_load(uuid) to service_role;
