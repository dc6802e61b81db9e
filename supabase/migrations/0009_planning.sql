-- Saving a plan in chunks, sealing it with a hash, and turning an approved one into sends. A chunk replaces all that an
-- earlier try said about its contacts.
create function public.save_plan_chunk(p_campaign_id uuid, p_revision int, p_enrollments jsonb, p_sends jsonb)
returns void language plpgsql security definer set search_path = '' as $$
begin
  perform public.require_operator();
  -- Shared, so that chunks may be saved side by side, and none while the campaign is being activated.
  perform 1 from public.campaigns where id = p_campaign_id and status in ('draft', 'awaiting_approval') for share;
  if not found then
    raise exception 'The campaign is no longer being planned.' using errcode = '23514';
  end if;
  perform public.require_zone(z.time_zone) from (
    select distinct e.time_zone from jsonb_to_recordset(p_enrollments) as e (time_zone text)) z;
  delete from public.planned_sends s using jsonb_to_recordset(p_enrollments) as e (contact_id uuid)
   where s.campaign_id = p_campaign_id and s.revision = p_revision and s.contact_id = e.contact_id;
  insert into public.planned_enrollments (campaign_id, revision, contact_id, property_id, mailbox_id, time_zone, decision, reason)
  select p_campaign_id, p_revision, e.contact_id, e.property_id, e.mailbox_id, e.time_zone, e.decision, e.reason
    from jsonb_to_recordset(p_enrollments) as e (contact_id uuid, property_id uuid, mailbox_id uuid, time_zone text,
      decision text, reason text)
  on conflict (campaign_id, revision, contact_id) do update set property_id = excluded.property_id,
    mailbox_id = excluded.mailbox_id, time_zone = excluded.time_zone, decision = excluded.decision, reason = excluded.reason;
  insert into public.planned_sends (campaign_id, revision, contact_id, step, due_at, to_email, subject, body)
  select p_campaign_id, p_revision, s.contact_id, s.step, s.due_at, s.to_email, s.subject, s.body
    from jsonb_to_recordset(p_sends) as s (contact_id uuid, step int, due_at timestamptz, to_email text, subject text, body text)
  on conflict (campaign_id, revision, contact_id, step) do update set due_at = excluded.due_at,
    to_email = excluded.to_email, subject = excluded.subject, body = excluded.body;
end $$;

-- Everything a person approves, folded into one hash: who, about which property, which mails, word for word, and when. Two
-- ordered readings and no join: on rows this fresh a planner without statistics joins every contact with every mail.
create function public.plan_hash(p_campaign_id uuid, p_revision int) returns text
language sql stable security definer set search_path = '' as $$
  select encode(sha256(convert_to(jsonb_build_array(
    (select string_agg(md5(jsonb_build_array(e.contact_id, e.property_id, e.decision, e.reason, e.mailbox_id, e.time_zone)::text),
        '' order by e.contact_id)
      from public.planned_enrollments e where e.campaign_id = p_campaign_id and e.revision = p_revision),
    (select string_agg(md5(jsonb_build_array(s.contact_id, s.step, extract(epoch from s.due_at), s.content_hash)::text),
        '' order by s.contact_id, s.step)
      from public.planned_sends s where s.campaign_id = p_campaign_id and s.revision = p_revision),
    (select jsonb_build_array(c.time_zone, c.window_start, c.window_end, c.window_days, c.closed_dates)
      from public.campaigns c where c.id = p_campaign_id))::text, 'UTF8')), 'hex')
$$;

-- Makes a fully saved revision the plan of its campaign and forgets the older ones.
create function public.seal_plan(p_campaign_id uuid, p_revision int) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_hash text;
begin
  perform public.require_operator();
  perform 1 from public.campaigns where id = p_campaign_id and status in ('draft', 'awaiting_approval') for update;
  if not found then
    raise exception 'The campaign is no longer being planned.' using errcode = '23514';
  end if;
  v_hash := public.plan_hash(p_campaign_id, p_revision);
  update public.campaigns set plan_revision = p_revision, plan_hash = v_hash where id = p_campaign_id;
  delete from public.planned_sends where campaign_id = p_campaign_id and revision < p_revision - 1;
  delete from public.planned_enrollments where campaign_id = p_campaign_id and revision < p_revision - 1;
  return public.plan_totals(p_campaign_id, p_revision) || jsonb_build_object('planHash', v_hash);
end $$;

create function public.plan_totals(p_campaign_id uuid, p_revision int) returns jsonb
language sql stable security invoker set search_path = '' as $$
  select jsonb_build_object(
    'contacts', (select count(*) from public.planned_enrollments e where e.campaign_id = p_campaign_id and e.revision = p_revision),
    'enrolled', (select count(*) from public.planned_enrollments e
      where e.campaign_id = p_campaign_id and e.revision = p_revision and e.decision = 'enroll'),
    'leftOut', coalesce((select jsonb_object_agg(x.reason, x.n) from (
      select coalesce(e.reason, e.decision) as reason, count(*) as n from public.planned_enrollments e
       where e.campaign_id = p_campaign_id and e.revision = p_revision and e.decision <> 'enroll' group by 1) x), '{}'::jsonb),
    'sends', (select count(*) from public.planned_sends s where s.campaign_id = p_campaign_id and s.revision = p_revision),
    'mailboxes', (select count(distinct e.mailbox_id) from public.planned_enrollments e
      where e.campaign_id = p_campaign_id and e.revision = p_revision and e.decision = 'enroll'),
    'firstDueAt', (select min(s.due_at) from public.planned_sends s where s.campaign_id = p_campaign_id and s.revision = p_revision),
    'lastDueAt', (select max(s.due_at) from public.planned_sends s where s.campaign_id = p_campaign_id and s.revision = p_revision))
$$;

-- Sends per day, in the campaign's zone, for the timeline beside the limits.
create function public.plan_timeline(p_campaign_id uuid, p_revision int)
returns table (day date, step int, sends bigint) language sql stable security invoker set search_path = '' as $$
  select (s.due_at at time zone c.time_zone)::date, s.step, count(*)
    from public.planned_sends s join public.campaigns c on c.id = s.campaign_id
   where s.campaign_id = p_campaign_id and s.revision = p_revision
   group by 1, 2 order by 1, 2
$$;

-- Turns the approved plan into enrollments and sends, all of them, in one transaction, once. The plan must still hash to
-- what the approval was bound to.
create function public.activate_campaign(p_campaign_id uuid, p_approval_id uuid) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_campaign public.campaigns;
  v_approval public.approval_queue;
  v_enrolled int;
  v_sends int;
begin
  perform public.require_operator();
  select * into v_campaign from public.campaigns where id = p_campaign_id for update;
  if not found then
    raise exception 'There is no campaign %.', p_campaign_id using errcode = 'P0002';
  end if;
  if v_campaign.status in ('active', 'paused', 'completed', 'stopped') then
    return jsonb_build_object('outcome', 'already_active');
  end if;
  select * into v_approval from public.approval_queue where id = p_approval_id and campaign_id = p_campaign_id;
  if not found or v_approval.status <> 'approved' or v_approval.checkpoint <> 'campaign' then
    raise exception 'This campaign has no approval to act on.' using errcode = '42501';
  end if;
  if v_approval.proposal ->> 'planHash' is distinct from public.plan_hash(p_campaign_id, v_campaign.plan_revision) then
    raise exception 'The plan changed after it was approved.' using errcode = '23514';
  end if;
  insert into public.enrollments (campaign_id, contact_id, property_id, mailbox_id, time_zone)
  select e.campaign_id, e.contact_id, e.property_id, e.mailbox_id, e.time_zone
    from public.planned_enrollments e
   where e.campaign_id = p_campaign_id and e.revision = v_campaign.plan_revision and e.decision = 'enroll'
   -- In one order, and without those another campaign took meanwhile: two campaigns may be activated side by side.
   order by e.contact_id
  on conflict do nothing;
  get diagnostics v_enrolled = row_count;
  insert into public.sends (campaign_id, enrollment_id, contact_id, mailbox_id, step, due_at, to_email, subject, body, content_hash)
  select n.campaign_id, n.id, n.contact_id, n.mailbox_id, s.step, s.due_at, s.to_email, s.subject, s.body, s.content_hash
    from public.enrollments n
    join public.planned_sends s on s.campaign_id = n.campaign_id and s.contact_id = n.contact_id
     and s.revision = v_campaign.plan_revision
   where n.campaign_id = p_campaign_id;
  get diagnostics v_sends = row_count;
  update public.campaigns set status = 'active', approval_id = p_approval_id, activated_at = now() where id = p_campaign_id;
  perform public.write_audit('campaign.activated', 'campaigns', p_campaign_id::text, null,
    jsonb_build_object('enrolled', v_enrolled, 'sends', v_sends, 'approval', p_approval_id));
  return jsonb_build_object('outcome', 'activated', 'enrolled', v_enrolled, 'sends', v_sends);
end $$;

-- Moves a campaign at someone's word. It becomes active only through its approval, and completed only when its mails are
-- settled; resuming a paused one is the exception.
create function public.set_campaign_status(p_id uuid, p_to text, p_reason text default null) returns boolean
language plpgsql security definer set search_path = '' as $$
declare
  v_before text;
begin
  perform public.require_operator();
  select status into v_before from public.campaigns where id = p_id for update;
  if v_before is null then
    raise exception 'There is no campaign %.', p_id using errcode = 'P0002';
  end if;
  if v_before = p_to then
    return false;
  end if;
  if p_to = 'completed' or (p_to = 'active' and v_before <> 'paused') then
    raise exception 'A campaign cannot be made % by hand.', p_to using errcode = '23514';
  end if;
  update public.campaigns set status = p_to, status_reason = p_reason where id = p_id;
  if p_to = 'stopped' then
    update public.sends set status = 'cancelled', reason = 'campaign stopped' where campaign_id = p_id and status = 'scheduled';
    update public.enrollments set status = 'stopped', reason = 'campaign stopped'
     where campaign_id = p_id and status in ('active', 'paused');
  end if;
  perform public.write_audit('campaign.' || p_to, 'campaigns', p_id::text, jsonb_build_object('status', v_before),
    jsonb_build_object('status', p_to), p_reason);
  return true;
end $$;

revoke execute on function public.save_plan_chunk(uuid, int, jsonb, jsonb), public.plan_hash(uuid, int),
  public.seal_plan(uuid, int), public.plan_totals(uuid, int), public.plan_timeline(uuid, int),
  public.activate_campaign(uuid, uuid), public.set_campaign_status(uuid, text, text) from public, anon;
grant execute on function public.plan_timeline(uuid, int), public.plan_totals(uuid, int),
  public.set_campaign_status(uuid, text, text) to authenticated, service_role;
grant execute on function public.save_plan_chunk(uuid, int, jsonb, jsonb), public.plan_hash(uuid, int),
  public.seal_plan(uuid, int), public.activate_campaign(uuid, uuid) to service_role;
