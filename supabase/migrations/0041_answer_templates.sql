-- The answers this desk gives most, with merge tags. A person reads and changes the words before anything leaves.
create table public.answer_templates (
  id uuid primary key default gen_random_uuid(),
  name text not null check (public.words_in(name) = name and length(name) <= 80),
  body text not null check (public.words_in(body) is not null and length(body) <= 5000),
  category text references public.routing_rules (category),
  position int not null,
  retired_at timestamptz,
  updated_by text not null default 'system',
  updated_at timestamptz not null default now(),
  created_at timestamptz not null default now()
);
comment on column public.answer_templates.category is 'The category of mail it answers; null fits every mail.';
create unique index one_answer_template_of_a_name on public.answer_templates (lower(name)) where retired_at is null;
create index answer_templates_category on public.answer_templates (category);

-- What every desk starts with.
insert into public.answer_templates (name, category, position, body)
select x.name, x.category, x.position, E'Hi {{first_name|there}},\n\n' || x.words || E'\n\n{{sender_name}}\n{{desk_name}}' from (values
  ('Propose a call', 'interested', 1,
   E'Thank you for your answer about {{property_address|your building}}. A call of ten minutes is the quickest way to see whether this fits.\n\nWhat time suits you this week, and which number is best?'),
  ('Thank them for the price and ask for figures', 'pricing_given', 2,
   E'Thank you, that helps. I will take {{asking_price|your number}} to our buyer.\n\nSo that they can answer quickly: could you send the current rent roll and the last twelve months of operating figures?'),
  ('Say more about the buyer', 'question', 3,
   E'Thank you for asking about {{property_address|your building}}. Our buyer is funded, looks at buildings like yours in {{property_city|your area}}, and decides without a committee.\n\nThere is no listing and nothing to sign to have the conversation. What else would you like to know?'),
  ('Thank them for the name', 'referral', 4,
   E'Thank you for pointing me to the right person. I will write to them and mention that you sent me, unless you would rather I did not.'),
  ('Thank them and come back later', 'soft_pass', 5,
   E'Thank you for telling me where you stand with {{property_address|your building}}. I will not press.\n\nIf it is all right with you, I will ask again in some months. Should anything change before that, I would be glad to hear from you.')
) as x (name, category, position, words);

-- Adds a template (no id) or changes one; answers with its id. Whoever orders or names templates waits for whoever does so now.
create function public.save_answer_template(p_id uuid, p_name text, p_body text, p_category text default null) returns uuid
language plpgsql security definer set search_path = '' as $$
declare
  v_before public.answer_templates;
  v_after public.answer_templates;
begin
  perform public.require_operator();
  lock table public.answer_templates in share row exclusive mode;
  if public.words_in(p_name) is null or length(public.words_in(p_name)) > 80 then
    raise exception 'A template needs a name of at most 80 characters.' using errcode = '22023';
  elsif public.words_in(p_body) is null or length(p_body) > 5000 then
    raise exception 'A template needs words, 5,000 characters at most.' using errcode = '22023';
  elsif p_category is not null and not exists (select 1 from public.routing_rules r where r.category = p_category) then
    raise exception 'There is no category named %.', p_category using errcode = '22023';
  elsif exists (select 1 from public.answer_templates t where lower(t.name) = lower(public.words_in(p_name)) and t.retired_at is null
      and t.id is distinct from p_id) then
    raise exception 'Another template is called “%”.', public.words_in(p_name) using errcode = '22023';
  end if;
  if p_id is null then
    insert into public.answer_templates (name, body, category, position, updated_by)
    values (public.words_in(p_name), public.words_in(p_body), p_category,
      (select coalesce(max(t.position), 0) + 1 from public.answer_templates t), public.acting_name())
    returning * into v_after;
    perform public.write_audit('answer_template.added', 'answer_templates', v_after.id::text, null, to_jsonb(v_after));
    return v_after.id;
  end if;
  select * into v_before from public.answer_templates where id = p_id;
  if not found then
    raise exception 'There is no such template.' using errcode = 'P0002';
  end if;
  if (v_before.name, v_before.body, v_before.category) is not distinct from (public.words_in(p_name), public.words_in(p_body), p_category) then
    return p_id;
  end if;
  update public.answer_templates set name = public.words_in(p_name), body = public.words_in(p_body), category = p_category,
    updated_by = public.acting_name(), updated_at = now() where id = p_id returning * into v_after;
  perform public.write_audit('answer_template.changed', 'answer_templates', p_id::text, to_jsonb(v_before), to_jsonb(v_after));
  return p_id;
end $$;

-- Takes a template out of use, or brings it back at the end of the list. False when it was so already.
create function public.retire_answer_template(p_id uuid, p_retired boolean) returns boolean
language plpgsql security definer set search_path = '' as $$
declare
  v_row public.answer_templates;
begin
  perform public.require_operator();
  lock table public.answer_templates in share row exclusive mode;
  select * into v_row from public.answer_templates where id = p_id;
  if not found then
    raise exception 'There is no such template.' using errcode = 'P0002';
  elsif p_retired is null or (v_row.retired_at is not null) = p_retired then
    return false;
  elsif not p_retired and exists (select 1 from public.answer_templates t where lower(t.name) = lower(v_row.name) and t.retired_at is null) then
    raise exception 'Another template is called “%” by now. Rename that one first.', v_row.name using errcode = '22023';
  end if;
  update public.answer_templates set retired_at = case when p_retired then now() end, updated_by = public.acting_name(), updated_at = now(),
    position = case when p_retired then position else (select max(t.position) + 1 from public.answer_templates t) end
  where id = p_id;
  perform public.write_audit(case when p_retired then 'answer_template.retired' else 'answer_template.brought_back' end,
    'answer_templates', p_id::text, null, jsonb_build_object('name', v_row.name));
  return true;
end $$;

-- Changes places with the template before (up) or after it. False at the end of the list.
create function public.move_answer_template(p_id uuid, p_up boolean) returns boolean
language plpgsql security definer set search_path = '' as $$
declare
  v_row public.answer_templates;
  v_other public.answer_templates;
begin
  perform public.require_operator();
  lock table public.answer_templates in share row exclusive mode;
  select * into v_row from public.answer_templates where id = p_id and retired_at is null;
  if not found then
    raise exception 'There is no such template in use.' using errcode = 'P0002';
  end if;
  select * into v_other from public.answer_templates t
   where t.retired_at is null and case when p_up then t.position < v_row.position else t.position > v_row.position end
   order by case when p_up then -t.position else t.position end limit 1;
  if not found then
    return false;
  end if;
  update public.answer_templates t set position = case t.id when p_id then v_other.position else v_row.position end
   where t.id in (p_id, v_other.id);
  perform public.write_audit('answer_template.moved', 'answer_templates', p_id::text,
    jsonb_build_object('position', v_row.position), jsonb_build_object('position', v_other.position));
  return true;
end $$;

alter table public.answer_templates enable row level security;
create policy answer_templates_read on public.answer_templates for select to authenticated using ((select public.is_operator()));
grant select on public.answer_templates to authenticated, service_role;
revoke execute on function public.save_answer_template(uuid, text, text, text), public.retire_answer_template(uuid, boolean),
  public.move_answer_template(uuid, boolean) from public, anon;
grant execute on function public.save_answer_template(uuid, text, text, text), public.retire_answer_template(uuid, boolean),
  public.move_answer_template(uuid, boolean) to authenticated, service_role;

alter publication supabase_realtime add table public.answer_templates;
