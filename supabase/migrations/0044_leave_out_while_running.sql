-- A change of a running campaign may also leave contacts out ("skip brokers"): approved like any other change, their mails that have not
-- left are cancelled. Otherwise as it was.
create or replace function public.apply_campaign_edit(p_approval_id uuid) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  v_approval public.approval_queue;
  v_campaign public.campaigns;
  v_edit public.campaign_edits;
  v_changed int;
  v_all int;
  v_out uuid[];
  v_stopped int;
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
  -- Whoever an edit leaves out gets nothing more of this campaign, and is not enrolled anew by a later plan of it.
  v_out := array(select x::uuid from jsonb_array_elements_text(coalesce(v_edit.changes -> 'leaveOut', '[]')) x);
  update public.enrollments set status = 'stopped', reason = 'left out by a change of the running campaign', resume_at = null
   where campaign_id = v_campaign.id and contact_id = any (v_out) and status in ('active', 'paused');
  get diagnostics v_stopped = row_count;
  update public.sends set status = 'cancelled', reason = 'left out by a change of the running campaign'
   where campaign_id = v_campaign.id and contact_id = any (v_out) and kind = 'sequence' and status = 'scheduled';
  update public.campaigns set dropped_contact_ids = array(select distinct x from unnest(dropped_contact_ids || v_out) x)
   where id = v_campaign.id and v_out <> '{}';
  update public.campaign_edits set status = 'applied', applied_mails = v_changed, left_mails = v_all - v_changed, applied_at = now()
   where campaign_id = v_edit.campaign_id and revision = v_edit.revision;
  perform public.write_audit('campaign.edited', 'campaigns', v_campaign.id::text,
    jsonb_build_object('window_start', v_campaign.window_start, 'window_end', v_campaign.window_end, 'settings', v_campaign.settings),
    jsonb_build_object('changes', v_edit.changes, 'mails', v_changed, 'left', v_all - v_changed, 'leftOut', v_stopped, 'approval', p_approval_id));
  return jsonb_build_object('outcome', 'applied', 'mails', v_changed, 'left', v_all - v_changed, 'leftOut', v_stopped);
end $$;
