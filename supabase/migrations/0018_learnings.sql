-- A learning is pinned (it comes before all others), or retired (it goes into no later prompt) and brought back. Its
-- words and what came of it never change.
create function public.set_learning(p_id uuid, p_pinned boolean, p_status text, p_reason text default null)
returns public.agent_feedback language plpgsql security definer set search_path = '' as $$
declare
  v_before public.agent_feedback;
  v_after public.agent_feedback;
begin
  perform public.require_operator();
  select * into v_before from public.agent_feedback where id = p_id for update;
  if not found then
    raise exception 'There is no such learning.' using errcode = 'P0002';
  end if;
  update public.agent_feedback set pinned = p_pinned and p_status = 'active', status = p_status
   where id = p_id returning * into v_after;
  if (v_before.pinned, v_before.status) is distinct from (v_after.pinned, v_after.status) then
    perform public.write_audit('learning.' || case
        when v_before.status <> v_after.status then case v_after.status when 'retired' then 'retired' else 'brought_back' end
        when v_after.pinned then 'pinned' else 'unpinned' end,
      'agent_feedback', p_id::text, jsonb_build_object('pinned', v_before.pinned, 'status', v_before.status),
      jsonb_build_object('pinned', v_after.pinned, 'status', v_after.status), p_reason);
  end if;
  return v_after;
end $$;

create index agent_feedback_recent on public.agent_feedback (created_at desc, id desc);

revoke execute on function public.set_learning(uuid, boolean, text, text) from public, anon;
grant execute on function public.set_learning(uuid, boolean, text, text) to authenticated, service_role;
