-- Changing a campaign that runs: mails that have not left are written or placed anew as a proposal of their own, and take the place of
-- the approved ones only with its approval.
create table public.campaign_edits (
  campaign_id uuid not null references public.campaigns (id) on delete cascade,
  revision int not null,
  -- What a person asked for: templates, start, window, daily limit, gaps.
  changes jsonb not null,
  status text not null default 'proposed' check (status in ('proposed', 'superseded', 'applying', 'applied')),
  hash text,
  summary jsonb not null default '{}',
  approval_id uuid references public.approval_queue (id),
  applied_mails int,
  -- Mails of the edit that had left, or were about to, when it was approved.
  left_mails int,
  made_by text not null,
  made_at timestamptz not null default now(),
  applied_at timestamptz,
  primary key (campaign_id, revision)
);
create unique index campaign_edits_one_proposed on public.campaign_edits (campaign_id) where status in ('proposed', 'applying');
create index campaign_edits_approval on public.campaign_edits (approval_id);
alter table public.campaign_edits enable row level security;
create policy campaign_edits_read on public.campaign_edits for select to authenticated using ((select public.is_operator()));
grant select on public.campaign_edits to authenticated, service_role;

-- An approved mail changes only into the mail that a later approval put in its place, while that approval is being carried out. Nobody
-- can write `applying` but `apply_campaign_edit`, which begins and ends it in one transaction.
create or replace function public.keep_approved_mail() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if (new.to_email, new.contact_id, new.enrollment_id, new.step, new.kind)
    is distinct from (old.to_email, old.contact_id, old.enrollment_id, old.step, old.kind)
    or ((new.subject, new.body, new.content_hash) is distinct from (old.subject, old.body, old.content_hash)
      and not (old.status = 'scheduled' and new.status = 'scheduled' and exists (select 1 from public.campaign_edits e
        join public.planned_sends p on p.campaign_id = e.campaign_id and p.revision = e.revision
       where e.campaign_id = new.campaign_id and e.status = 'applying' and p.contact_id = new.contact_id and p.step = new.step
         and (p.to_email, p.subject, p.body, p.content_hash) is not distinct from (new.to_email, new.subject, new.body, new.content_hash))))
  then
    raise exception 'An approved mail cannot change; it needs a new approval.' using errcode = '23514';
  end if;
  return new;
end $$;

-- From when on a scheduled mail may still be changed: one that is due sooner may be on its way before the change is.
create function public.changeable_from() returns timestamptz language sql stable set search_path = '' as $$
  select now() + interval '5 minutes'
$$;

-- Contacts of a running campaign with mails that have not left: what those mails say and when, what merge tags stand for, and when the
-- mail before them left or will. Paged by contact id.
create function public.unsent_mails(p_campaign_id uuid, p_after uuid, p_limit int) returns jsonb
language sql stable security definer set search_path = '' as $$
  select coalesce(jsonb_agg(to_jsonb(x) order by x."contactId"), '[]') from (
    select c.id as "contactId", c.full_name as "fullName", c.first_name as "firstName", c.title, c.email,
      k.name as company, k.state as "companyState", k.address as "companyAddress", n.property_id as "propertyId",
      coalesce(p.address, '') as "propertyAddress", p.city as "propertyCity", p.state as "propertyState", p.zip as "propertyZip",
      p.property_type as "propertyType", p.building_sf as "buildingSf", n.time_zone as "timeZone", null as reason,
      n.mailbox_id as "mailboxId", mine.mails, before.step as "stepBefore", before.at as "leftAt", before.subject as "threadSubject"
    from public.enrollments n
    join public.contacts c on c.id = n.contact_id
    left join public.companies k on k.id = c.company_id
    left join public.properties p on p.id = n.property_id
    join lateral (select jsonb_agg(jsonb_build_object('step', s.step, 'dueAt', floor(extract(epoch from s.due_at) * 1000)::bigint,
        'to', s.to_email, 'subject', s.subject, 'body', s.body) order by s.step) as mails, min(s.step) as step
      from public.sends s where s.enrollment_id = n.id and s.status = 'scheduled' and s.due_at > public.changeable_from()) mine
      on mine.mails is not null
    left join lateral (select s.step, s.subject,
        floor(extract(epoch from coalesce(s.sent_at, s.handed_at, s.due_at)) * 1000)::bigint as at
      from public.sends s where s.enrollment_id = n.id and s.step < mine.step order by s.step desc limit 1) before on true
    where n.campaign_id = p_campaign_id and n.status in ('active', 'paused') and n.contact_id > p_after
    order by n.contact_id limit p_limit) x
$$;

-- When this campaign's mails of the last day were handed over, and when those that can no longer change are due. Epoch milliseconds.
create function public.campaign_load(p_campaign_id uuid) returns jsonb
language sql stable security definer set search_path = '' as $$
  select coalesce(jsonb_agg(x.at order by x.at), '[]') from (
    select floor(extract(epoch from coalesce(s.handed_at, s.due_at)) * 1000)::bigint as at from public.sends s
     where s.campaign_id = p_campaign_id and (s.handed_at > now() - interval '24 hours'
       or (s.status = 'scheduled' and s.due_at <= public.changeable_from()))) x
$$;

-- Begins an edit of a running campaign and answers its revision; one that was proposed before and not applied is over.
create function public.open_campaign_edit(p_campaign_id uuid, p_changes jsonb, p_by text default null) returns int
language plpgsql security definer set search_path = '' as $$
declare
  v_revision int;
begin
  perform public.require_operator();
  select c.plan_revision into v_revision from public.campaigns c where c.id = p_campaign_id and c.status in ('active', 'paused') for update;
  if not found then
    raise exception 'Only a campaign that runs has mails to change.' using errcode = '23514';
  end if;
  update public.campaign_edits set status = 'superseded' where campaign_id = p_campaign_id and status = 'proposed';
  select greatest(v_revision, coalesce(max(e.revision), 0)) + 1 into v_revision from public.campaign_edits e where e.campaign_id = p_campaign_id;
  delete from public.planned_sends s using public.campaign_edits e where s.campaign_id = p_campaign_id and e.campaign_id = p_campaign_id
    and s.revision = e.revision and e.status = 'superseded';
  insert into public.campaign_edits (campaign_id, revision, changes, made_by) values (p_campaign_id, v_revision, p_changes,
    coalesce(nullif(p_by, ''), public.acting_name()));
  return v_revision;
end $$;

create function public.save_edit_chunk(p_campaign_id uuid, p_revision int, p_sends jsonb) returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform public.require_operator();
  perform 1 from public.campaign_edits where campaign_id = p_campaign_id and revision = p_revision and status = 'proposed' and hash is null for share;
  if not found then
    raise exception 'This edit is no longer being written.' using errcode = '23514';
  end if;
  insert into public.planned_sends (campaign_id, revision, contact_id, step, due_at, to_email, subject, body)
  select p_campaign_id, p_revision, s.contact_id, s.step, s.due_at, s.to_email, s.subject, s.body
    from jsonb_to_recordset(p_sends) as s (contact_id uuid, step int, due_at timestamptz, to_email text, subject text, body text)
  on conflict (campaign_id, revision, contact_id, step) do update set due_at = excluded.due_at, to_email = excluded.to_email,
    subject = excluded.subject, body = excluded.body;
end $$;

-- Everything a person approves of an edit: what is changed, which mails, word for word, and when.
create function public.edit_hash(p_campaign_id uuid, p_revision int) returns text
language sql stable security invoker set search_path = '' as $$
  select encode(sha256(convert_to(jsonb_build_array(e.changes, (select string_agg(md5(jsonb_build_array(s.contact_id, s.step,
      extract(epoch from s.due_at), s.content_hash)::text), '' order by s.contact_id, s.step)
    from public.planned_sends s where s.campaign_id = p_campaign_id and s.revision = p_revision))::text, 'UTF8')), 'hex')
  from public.campaign_edits e where e.campaign_id = p_campaign_id and e.revision = p_revision
$$;

-- Closes an edit: no mail can be added after this. Answers its numbers and its hash.
create function public.seal_campaign_edit(p_campaign_id uuid, p_revision int, p_kept jsonb default '{}') returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_summary jsonb;
begin
  perform public.require_operator();
  perform 1 from public.campaign_edits where campaign_id = p_campaign_id and revision = p_revision and status = 'proposed' for update;
  if not found then
    raise exception 'This edit is no longer being written.' using errcode = '23514';
  end if;
  select jsonb_build_object('mails', count(*), 'contacts', count(distinct p.contact_id),
      'rewritten', count(*) filter (where p.content_hash <> s.content_hash), 'moved', count(*) filter (where p.due_at <> s.due_at),
      'firstBefore', min(s.due_at), 'lastBefore', max(s.due_at), 'firstAfter', min(p.due_at), 'lastAfter', max(p.due_at), 'kept', p_kept)
    into v_summary
    from public.planned_sends p
    join public.sends s on s.campaign_id = p.campaign_id and s.contact_id = p.contact_id and s.step = p.step and s.kind = 'sequence'
   where p.campaign_id = p_campaign_id and p.revision = p_revision;
  update public.campaign_edits set hash = public.edit_hash(p_campaign_id, p_revision), summary = v_summary
   where campaign_id = p_campaign_id and revision = p_revision;
  return v_summary || jsonb_build_object('hash', public.edit_hash(p_campaign_id, p_revision));
end $$;

-- Carries an approved edit out, once, in one transaction: mails that are still scheduled and not due within minutes take the approved
-- words and times; those that left or are about to leave stay as they were approved before. A follow-up keeps its old words when the mail
-- it answers left under another subject meanwhile.
create function public.apply_campaign_edit(p_approval_id uuid) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_approval public.approval_queue;
  v_campaign public.campaigns;
  v_edit public.campaign_edits;
  v_changed int;
  v_all int;
begin
  perform public.require_operator();
  select * into v_approval from public.approval_queue where id = p_approval_id;
  if not found or v_approval.status <> 'approved' or v_approval.checkpoint <> 'campaign' or v_approval.proposal ->> 'kind' is distinct from 'edit' then
    raise exception 'This edit has no approval to act on.' using errcode = '42501';
  end if;
  select * into v_campaign from public.campaigns where id = v_approval.campaign_id for update;
  select * into v_edit from public.campaign_edits where campaign_id = v_campaign.id
    and revision = (v_approval.proposal ->> 'revision')::int for update;
  if not found or v_edit.status = 'superseded' then
    return jsonb_build_object('outcome', 'superseded');
  elsif v_edit.status = 'applied' then
    return jsonb_build_object('outcome', 'already_applied');
  elsif v_campaign.status not in ('active', 'paused') then
    update public.campaign_edits set status = 'superseded' where campaign_id = v_edit.campaign_id and revision = v_edit.revision;
    return jsonb_build_object('outcome', 'ended');
  elsif v_approval.proposal ->> 'hash' is distinct from public.edit_hash(v_edit.campaign_id, v_edit.revision) then
    raise exception 'The edit changed after it was approved.' using errcode = '23514';
  end if;
  update public.campaign_edits set status = 'applying', approval_id = p_approval_id
   where campaign_id = v_edit.campaign_id and revision = v_edit.revision;
  -- Held before anything is compared, so that no mail leaves between the look and the change. In the order of a stop, which also writes many.
  perform 1 from public.sends s where s.campaign_id = v_campaign.id and s.status = 'scheduled' order by s.id for update;
  with edited as (
    select s.id, s.enrollment_id, p.step, p.due_at, p.subject, p.body, p.content_hash
      from public.planned_sends p
      join public.sends s on s.campaign_id = p.campaign_id and s.contact_id = p.contact_id and s.step = p.step and s.kind = 'sequence'
     where p.campaign_id = v_edit.campaign_id and p.revision = v_edit.revision and p.to_email = s.to_email
       and s.status = 'scheduled' and s.due_at > public.changeable_from()
  ), fits as (
    select e.* from edited e
      join public.sends f on f.enrollment_id = e.enrollment_id and f.step = 1
      left join edited g on g.id = f.id
     where e.step = 1 or e.subject = 'RE: ' || coalesce(g.subject, f.subject)
  )
  update public.sends s set subject = f.subject, body = f.body, content_hash = f.content_hash,
      due_at = case when v_edit.changes ? 'retimed' then greatest(f.due_at, now()) else s.due_at end, reason = null
    from fits f where s.id = f.id;
  get diagnostics v_changed = row_count;
  select count(*) into v_all from public.planned_sends where campaign_id = v_edit.campaign_id and revision = v_edit.revision;
  update public.sequence_steps q set subject_template = t.subject, body_template = t.body
    from jsonb_to_recordset(coalesce(v_edit.changes -> 'templates', '[]')) as t (step int, subject text, body text)
   where q.campaign_id = v_campaign.id and q.step = t.step;
  update public.sequence_steps q set gap_business_days = g.gap::int
    from jsonb_array_elements_text(coalesce(v_edit.changes -> 'gaps', '[]')) with ordinality as g (gap, step)
   where q.campaign_id = v_campaign.id and q.step = g.step;
  update public.campaigns set window_start = coalesce((v_edit.changes ->> 'windowStart')::time, window_start),
      window_end = coalesce((v_edit.changes ->> 'windowEnd')::time, window_end),
      settings = settings || jsonb_strip_nulls(jsonb_build_object('startAt', v_edit.changes -> 'startAt', 'dailyLimit', v_edit.changes -> 'dailyLimit'))
   where id = v_campaign.id;
  update public.campaign_edits set status = 'applied', applied_mails = v_changed, left_mails = v_all - v_changed, applied_at = now()
   where campaign_id = v_edit.campaign_id and revision = v_edit.revision;
  perform public.write_audit('campaign.edited', 'campaigns', v_campaign.id::text,
    jsonb_build_object('window_start', v_campaign.window_start, 'window_end', v_campaign.window_end, 'settings', v_campaign.settings),
    jsonb_build_object('changes', v_edit.changes, 'mails', v_changed, 'left', v_all - v_changed, 'approval', p_approval_id));
  return jsonb_build_object('outcome', 'applied', 'mails', v_changed, 'left', v_all - v_changed);
end $$;

-- Ends an edit that was to be proposed again and has nothing left to change.
create function public.drop_campaign_edit(p_campaign_id uuid, p_revision int) returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  perform public.require_operator();
  update public.campaign_edits set status = 'superseded' where campaign_id = p_campaign_id and revision = p_revision and status = 'proposed';
  return found;
end $$;

-- Decided proposals of edits that nobody acted on yet.
create function public.edits_decided() returns jsonb
language sql stable security definer set search_path = '' as $$
  select coalesce(jsonb_agg(jsonb_build_object('approvalId', a.id, 'campaignId', e.campaign_id, 'status', a.status)), '[]')
    from public.campaign_edits e
    join public.approval_queue a on a.campaign_id = e.campaign_id and a.run_key = 'edit:' || e.campaign_id and a.revision = e.revision
   where e.status = 'proposed' and a.status in ('approved', 'changes_requested')
$$;

revoke execute on function public.changeable_from(), public.unsent_mails(uuid, uuid, int), public.open_campaign_edit(uuid, jsonb, text),
  public.save_edit_chunk(uuid, int, jsonb), public.edit_hash(uuid, int), public.seal_campaign_edit(uuid, int, jsonb),
  public.apply_campaign_edit(uuid), public.edits_decided(),
  public.campaign_load(uuid), public.drop_campaign_edit(uuid, int) from public, anon;
grant execute on function public.unsent_mails(uuid, uuid, int), public.open_campaign_edit(uuid, jsonb, text), public.changeable_from(),
  public.save_edit_chunk(uuid, int, jsonb), public.edit_hash(uuid, int), public.seal_campaign_edit(uuid, int, jsonb),
  public.apply_campaign_edit(uuid), public.edits_decided(),
  public.campaign_load(uuid), public.drop_campaign_edit(uuid, int) to service_role;
