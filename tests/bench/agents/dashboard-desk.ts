/**
 * A desk after some months: 200,000 sends of 40 campaigns to 100,000 contacts, 50,000 mails, 20,000 agent runs, 8,000 judged
 * mails and 2,000 learnings. Written with the triggers off; the roll-ups are then counted by the migration's own function.
 */
export const DESK_SQL = `
set session_replication_role = replica;
insert into companies (id, name, name_key, source) select gen_random_uuid(), 'Company ' || n, 'company ' || n, 'bench' from generate_series(1, 10) n;
insert into mailboxes (id, address) select ('00000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid, 'desk' || n || '@desk.test' from generate_series(1, 4) n;
insert into searches (id, name, buyer_name, criteria, source, created_at)
select ('00000000-0000-4000-8001-' || lpad(n::text, 12, '0'))::uuid, 'Search ' || n, 'Buyer', '{}', 'form', now() - make_interval(days => 4 * n) from generate_series(1, 40) n;
insert into campaigns (id, search_id, name, status, settings, time_zone, window_start, window_end, window_days)
select ('00000000-0000-4000-8002-' || lpad(n::text, 12, '0'))::uuid, ('00000000-0000-4000-8001-' || lpad(n::text, 12, '0'))::uuid, 'Campaign ' || n, 'active', '{}',
  'America/Los_Angeles', '09:00', '17:00', '{1,2,3,4,5}' from generate_series(1, 40) n;
insert into contacts (id, full_name, email, source)
select ('00000000-0000-4000-8003-' || lpad(n::text, 12, '0'))::uuid, 'Owner ' || n,
  'owner' || n || '@' || case when n % 3 = 0 then 'gmail.com' else 'company' || n % 9000 || '.test' end, 'bench' from generate_series(1, 100000) n;
insert into search_contacts (search_id, contact_id, property_id, payload_position, found_hour, market)
select ('00000000-0000-4000-8001-' || lpad((n % 40 + 1)::text, 12, '0'))::uuid, ('00000000-0000-4000-8003-' || lpad(n::text, 12, '0'))::uuid,
  gen_random_uuid(), 0, date_trunc('hour', now() - make_interval(days => 4 * (n % 40 + 1))), 'Market ' || n % 12 from generate_series(1, 100000) n;
insert into enrollments (id, campaign_id, contact_id, mailbox_id, time_zone, found_hour, market)
select ('00000000-0000-4000-8004-' || lpad(n::text, 12, '0'))::uuid, ('00000000-0000-4000-8002-' || lpad((n % 40 + 1)::text, 12, '0'))::uuid,
  ('00000000-0000-4000-8003-' || lpad(n::text, 12, '0'))::uuid, ('00000000-0000-4000-8000-' || lpad((n % 4 + 1)::text, 12, '0'))::uuid, 'America/Los_Angeles',
  date_trunc('hour', now() - make_interval(days => 4 * (n % 40 + 1))), 'Market ' || n % 12 from generate_series(1, 100000) n;
insert into sends (id, campaign_id, enrollment_id, contact_id, mailbox_id, step, status, due_at, handed_at, sent_at, bounced_at, to_email, subject, body, content_hash)
select ('00000000-0000-4000-8005-' || lpad(((s - 1) * 100000 + n)::text, 12, '0'))::uuid, e.campaign_id, e.id, e.contact_id, e.mailbox_id, s, 'sent', at, at, at,
  case when n % 37 = 0 and s = 1 then at end, c.email, 'About your property', 'A mail of a few lines about a property. ', ''
  from generate_series(1, 100000) n cross join generate_series(1, 2) s
  join enrollments e on e.id = ('00000000-0000-4000-8004-' || lpad(n::text, 12, '0'))::uuid join contacts c on c.id = e.contact_id
  cross join lateral (select now() - make_interval(days => 4 * (n % 40 + 1) - 1 - s, mins => n / 40 % 480) as at) t;
insert into synced_emails (id, mailbox_id, entry_id, received_at, subject, body_text, visible_text, contact_id, send_id, status, category, confidence, agent_run_id, routed_at, decided_by)
select ('00000000-0000-4000-8006-' || lpad(n::text, 12, '0'))::uuid, s.mailbox_id, 'entry-' || n, s.sent_at + make_interval(mins => n % 3000), 'Re: About your property',
  repeat('Thank you for your mail about the property. ', 12), 'Thank you', s.contact_id, s.id, 'routed',
  (array['interested', 'pricing_given', 'question', 'soft_pass', 'out_of_office', 'bounce', 'receipt', 'wrong_contact', 'complaint', 'other'])[n % 10 + 1],
  0.5 + n % 50 / 100.0, case when n <= 20000 then ('00000000-0000-4000-8007-' || lpad(n::text, 12, '0'))::uuid end,
  s.sent_at + make_interval(mins => n % 3000, secs => 5 + n % 900), 'agent'
  from generate_series(1, 50000) n join sends s on s.id = ('00000000-0000-4000-8005-' || lpad((n * 2)::text, 12, '0'))::uuid;
insert into sends (kind, contact_id, mailbox_id, reply_to_email_id, status, due_at, handed_at, sent_at, to_email, subject, body, content_hash)
select 'manual_reply', m.contact_id, m.mailbox_id, m.id, 'sent', at, at, at, 'owner@owners.test', 'Re', 'Thanks', ''
  from synced_emails m cross join lateral (select m.received_at + interval '3 hours' as at) t where m.category in ('interested', 'pricing_given') limit 4000;
insert into agent_runs (id, agent, agent_version, purpose, model, prompt, status, output, failure_kind, attempts, duration_ms, input_tokens, output_tokens, cost_microusd, started_at, finished_at, learnings_given)
select ('00000000-0000-4000-8007-' || lpad(n::text, 12, '0'))::uuid, case when n % 50 = 0 then 'sourcing-agent' else 'response-classifier' end, 'v' || n / 5000,
  'Read a mail', 'claude', repeat('words of a prompt ' || n, 40), case when n % 40 = 0 then 'failed' else 'succeeded' end, '{"category": "interested"}',
  case when n % 40 = 0 then 'schema' end, 1 + (n % 20 = 0)::int, 2000 + n % 9000, 1800, 120, 4200, now() - make_interval(mins => n * 11), now(), n % 9
  from generate_series(1, 20000) n;
insert into labelled_replies (email_id, predicted, predicted_confidence, correct, labelled_by, labelled_at)
select m.id, m.category, m.confidence, case when n % 9 = 0 then 'other' else m.category end, 'Dana', m.received_at + interval '1 hour'
  from generate_series(1, 3000) n join synced_emails m on m.id = ('00000000-0000-4000-8006-' || lpad(n::text, 12, '0'))::uuid;
insert into approval_queue (id, run_key, checkpoint, revision, email_id, agent_run_id, mode, status, title, summary, proposal, content_hash, requested_at, decided_at, decided_by)
select gen_random_uuid(), 'mail:' || n, 'classification', 1, m.id, m.agent_run_id, 'plan', 'approved', 'A reply', 'What it is', jsonb_build_object('category', m.category,
  'confidence', m.confidence, 'why', repeat('because of what it says ', 20)), 'x', m.received_at, m.received_at + make_interval(mins => n % 200), 'Dana'
  from generate_series(3001, 8000) n join synced_emails m on m.id = ('00000000-0000-4000-8006-' || lpad(n::text, 12, '0'))::uuid;
insert into trust_evidence (checkpoint, agent, agent_version, outcome, source, email_id, approval_id, judged_by, at)
select 'classification', 'response-classifier', 'v1', case when random() < 0.9 then 'unchanged' else 'edited' end, 'decision', q.email_id, q.id, 'Dana', q.decided_at from approval_queue q;
insert into agent_feedback (agent, checkpoint, words, effect_bps, measured_at, author, created_at, outcome)
select case when n % 2 = 0 then 'sourcing-agent' else 'response-classifier' end, 'sourcing', 'Too narrow in market ' || n, (n * 37) % 9000 - 4000,
  now() - make_interval(hours => n), 'Dana', now() - make_interval(hours => n + 100), 'contacts: 10 → 20' from generate_series(1, 2000) n;
insert into agent_run_learnings (run_id, feedback_id, line)
select r.id, f.id, 'a line' from (select id, row_number() over () as n from agent_runs limit 10000) r
  join (select id, row_number() over () as n from agent_feedback) f on f.n % 400 = r.n % 400;
set session_replication_role = origin;
select rebuild_metrics();
analyze;
`;
