/**
 * A desk of some weeks around the end of a month: three searches (one found nothing), mails at hours where the day of the desk is
 * another one than that of UTC, contacts without a market, mails of nobody, runs of two models, and something in every count.
 * Written with the triggers off; the roll-ups are then counted by the migration's own function.
 */
export const SMALL_DESK_SQL = `
set session_replication_role = replica;
create function pg_temp.id(kind int, n int) returns uuid language sql as
  $$ select ('00000000-0000-4000-8' || lpad(kind::text, 3, '0') || '-' || lpad(n::text, 12, '0'))::uuid $$;
create function pg_temp.at(n int) returns timestamptz language sql as
  $$ select '2031-03-24T02:30:00Z'::timestamptz + make_interval(hours => n * 9, mins => n) $$;
insert into mailboxes (id, address) select pg_temp.id(0, n), 'desk' || n || '@desk.test' from generate_series(1, 2) n;
insert into searches (id, name, buyer_name, criteria, source, created_at) select pg_temp.id(1, n), 'Search ' || n, 'Buyer', '{}', 'form', pg_temp.at(0) from generate_series(1, 3) n;
insert into campaigns (id, search_id, name, status, settings, time_zone, window_start, window_end, window_days)
select pg_temp.id(2, n), pg_temp.id(1, n), 'Campaign ' || n, 'active', '{}', 'America/Los_Angeles', '09:00', '17:00', '{1,2,3,4,5}' from generate_series(1, 2) n;
insert into contacts (id, full_name, email, source) select pg_temp.id(3, n), 'Owner ' || n, 'owner' || n || '@' || (array['gmail.com', 'Owners.test', 'a_b.test'])[n % 3 + 1], 'list'
  from generate_series(1, 40) n;
insert into properties (id, address, address_key, city, state, source) select pg_temp.id(9, n), n || ' Main St', n || ' main st', 'Reno', 'NV', 'list' from generate_series(1, 30) n;
insert into search_properties (search_id, property_id, extraction_id, payload_position, found_hour, market)
select pg_temp.id(1, n % 2 + 1), pg_temp.id(9, n), gen_random_uuid(), 0, whole_hour(pg_temp.at(n)), (array['Reno', 'Las Vegas', ''])[n % 3 + 1] from generate_series(1, 30) n;
insert into search_contacts (search_id, contact_id, property_id, payload_position, found_hour, market)
select pg_temp.id(1, n % 2 + 1), pg_temp.id(3, n), pg_temp.id(9, n % 30 + 1), 0, whole_hour(pg_temp.at(n)), (array['Reno', 'Las Vegas', ''])[n % 3 + 1] from generate_series(1, 40) n;
insert into enrollments (id, campaign_id, contact_id, mailbox_id, time_zone, found_hour, market)
select pg_temp.id(4, n), pg_temp.id(2, n % 2 + 1), pg_temp.id(3, n), pg_temp.id(0, n % 2 + 1), 'America/Los_Angeles', whole_hour(pg_temp.at(n)), (array['Reno', 'Las Vegas', ''])[n % 3 + 1]
  from generate_series(1, 36) n;
insert into sends (id, campaign_id, enrollment_id, contact_id, mailbox_id, step, status, due_at, handed_at, sent_at, bounced_at, to_email, subject, body, content_hash)
select pg_temp.id(5, n * 10 + s), e.campaign_id, e.id, e.contact_id, e.mailbox_id, s, 'sent', x.at, x.at, x.at, case when n % 9 = 0 and s = 1 then x.at end, c.email, 'Mail ' || s, 'A mail', ''
  from generate_series(1, 32) n cross join generate_series(1, 2) s join enrollments e on e.id = pg_temp.id(4, n) join contacts c on c.id = e.contact_id
  cross join lateral (select pg_temp.at(n + 3 * s) as at) x;
insert into sends (kind, contact_id, mailbox_id, status, due_at, handed_at, sent_at, to_email, subject, body, content_hash)
select 'manual_reply', pg_temp.id(3, 1), pg_temp.id(0, 1), 'sent', x.at, x.at, x.at, 'owner1@owners.test', 'By the way', 'Thanks', '' from (values (pg_temp.at(5)), (now() - interval '5 minutes')) x (at);
insert into hand_sent_mails (mailbox_id, entry_id, sent_at, subject, to_emails) values
  (pg_temp.id(0, 2), 'hand-1', now() - interval '3 hours', 'By hand', '{a@a.test,b@a.test,c@a.test}');
insert into synced_emails (id, mailbox_id, entry_id, received_at, subject, body_text, visible_text, contact_id, send_id, status, category, confidence, agent_run_id, routed_at, decided_by)
select pg_temp.id(6, n), pg_temp.id(0, 1), 'entry-' || n, pg_temp.at(n + 7), 'Re: ' || n, 'x', 'x', s.contact_id, s.id, 'routed',
  (array['interested', 'pricing_given', 'question', 'complaint', 'bounce', 'out_of_office', null, 'soft_pass'])[n % 8 + 1], 0.3 + n % 8 / 10.0,
  case when n % 4 <> 1 then pg_temp.id(7, n) end, case when n % 8 <> 6 then pg_temp.at(n + 7) + interval '40 seconds' end, 'agent'
  from generate_series(1, 30) n left join sends s on s.id = pg_temp.id(5, n * 10 + 1) and n % 7 <> 0;
insert into sends (kind, contact_id, mailbox_id, reply_to_email_id, status, due_at, handed_at, sent_at, to_email, subject, body, content_hash)
select 'manual_reply', m.contact_id, m.mailbox_id, m.id, 'sent', x.at, x.at, x.at, 'owner@owners.test', 'Re', 'Thanks', ''
  from synced_emails m cross join lateral (select m.received_at + interval '3 hours' as at) x where m.category in ('interested', 'question') and m.contact_id is not null;
insert into agent_runs (id, agent, agent_version, purpose, model, answered_model, prompt, status, failure_kind, attempts, duration_ms, input_tokens, output_tokens, cost_microusd, started_at, learnings_given, search_id, email_id)
select pg_temp.id(7, n), case when n <= 30 then 'response-classifier' else 'sourcing-agent' end, 'v' || n % 2, 'Run ' || n, 'sonnet', case when n % 3 = 0 then 'claude-sonnet-4-5' end, 'p',
  case when n % 5 = 0 then 'failed' when n % 11 = 0 then 'running' else 'succeeded' end, case when n % 10 = 0 then 'schema' when n % 5 = 0 then 'overloaded' end, 1 + n % 2,
  1000 + n, 100, 20, 4000 + 100 * n, pg_temp.at(n % 30 + 7), n % 3, case when n > 30 then pg_temp.id(1, n % 3 + 1) end, case when n <= 30 and n % 2 = 0 then pg_temp.id(6, n) end
  from generate_series(1, 40) n;
insert into approval_queue (id, run_key, checkpoint, revision, search_id, email_id, agent_run_id, mode, status, title, summary, proposal, content_hash, requested_at, decided_at, decided_by)
select pg_temp.id(8, n), 'run:' || n, (array['sourcing', 'extraction', 'campaign', 'classification'])[n % 4 + 1], 1 + n % 2, case when n % 4 <> 3 then pg_temp.id(1, n % 3 + 1) end,
  case when n % 4 = 3 then pg_temp.id(6, n % 30 + 1) end, case when n % 4 = 3 then pg_temp.id(7, n % 30 + 1) end, case when n % 6 = 5 and n % 4 <> 1 then 'auto' else 'plan' end,
  case when n % 10 = 9 then 'pending' when n % 7 = 0 then 'rejected' else 'approved' end, 'Proposal ' || n, 'Something happens',
  jsonb_build_object('category', 'question', 'confidence', 0.8), 'x', pg_temp.at(n), case when n % 10 <> 9 then pg_temp.at(n) + interval '20 minutes' end, case when n % 10 <> 9 then 'Dana' end
  from generate_series(1, 44) n;
insert into trust_evidence (checkpoint, agent, outcome, source, email_id, approval_id, judged_by, at)
select q.checkpoint, agent_of(q.checkpoint), (array['unchanged', 'edited', 'changes_asked', 'rejected'])[(row_number() over (order by q.id))::int % 4 + 1], 'decision', q.email_id, q.id, 'Dana', q.decided_at
  from approval_queue q where q.decided_at is not null;
insert into labelled_replies (email_id, predicted, predicted_confidence, correct, labelled_by, labelled_at)
select m.id, m.category, m.confidence, case when m.category = 'question' then 'interested' else m.category end, 'Dana', m.received_at + interval '1 hour'
  from synced_emails m where m.category is not null and m.agent_run_id is not null;
insert into agent_feedback (id, agent, checkpoint, words, effect_bps, measured_at, author, created_at, outcome, status, search_id, approval_id)
select pg_temp.id(10, n), case when n % 2 = 0 then 'sourcing-agent' else 'response-classifier' end, 'sourcing', 'Words ' || n, case when n % 3 <> 0 then n * 100 - 500 end,
  case when n % 4 <> 0 then pg_temp.at(n + 4) end, 'Dana', pg_temp.at(n), 'contacts: 1 → 2', case when n % 5 = 0 then 'retired' else 'active' end,
  case when n % 2 = 0 then pg_temp.id(1, n % 3 + 1) end, case when n % 2 = 1 then pg_temp.id(8, 3 + 4 * (n % 4)) end from generate_series(1, 14) n;
insert into agent_run_learnings (run_id, feedback_id, line) select pg_temp.id(7, n), pg_temp.id(10, n % 14 + 1), 'a line' from generate_series(1, 30) n;
insert into mode_changes (checkpoint, at, actor, from_mode, to_mode, kind, reason)
select (array['sourcing', 'campaign', 'classification'])[n % 3 + 1], pg_temp.at(n), 'Dana', 'plan', 'auto', 'promoted', 'because' from generate_series(1, 60) n;
set session_replication_role = origin;
select rebuild_metrics();
`;
