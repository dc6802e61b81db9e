import { describe, expect, it } from "vitest";
import type { Desk } from "./support/desk";
import { NOON, runCampaign } from "./support/make-campaign";
import { mailFrom, receive } from "./support/make-mail";
import { openDesk } from "./support/open-desk";

/** Every function an operator may call, with real arguments, and what it says to a stranger when it does not refuse. */
const OPERATOR_CALLS: Readonly<Record<string, { call: string; says?: unknown }>> = {
  is_operator: { call: "is_operator()", says: [{ value: false }] },
  is_admin: { call: "is_admin()", says: [{ value: false }] },
  require_operator: { call: "require_operator()" },
  acting_name: { call: "acting_name()", says: [{ value: "system" }] },
  set_checkpoint_mode: { call: "set_checkpoint_mode('campaign', 'auto')" },
  wilson_lower: { call: "wilson_lower(0, 0)", says: [{ value: 0 }] },
  approvals_missing: { call: "approvals_missing('{}', 0.9, 20, 50)", says: [{ value: 35 }] },
  agent_of: { call: "agent_of('campaign')", says: [{ value: "campaign-rules" }] },
  live_agent_version: { call: "live_agent_version('sourcing')", says: [{ value: null }] },
  evidence_sentence: { call: "evidence_sentence(0, 0)", says: [{ value: "nothing decided yet" }] },
  scope_words: { call: "scope_words('{}')", says: [{ value: null }] },
  checkpoint_trust: { call: "checkpoint_trust()", says: [] },
  trust_trend: { call: "trust_trend('campaign')", says: [] },
  trust_by_version: { call: "trust_by_version('campaign')", says: [] },
  live_agent: { call: "live_agent('sourcing')", says: [] },
  is_same_model: { call: "is_same_model('a', 'b', 'a', null)", says: [{ value: true }] },
  is_applied: { call: "is_applied(null, null, null)", says: [{ value: null }] },
  metric_runs: { call: "metric_runs('2031-01-01', '2031-01-31')", says: [] },
  metric_decisions: { call: "metric_decisions('2031-01-01', '2031-01-31')", says: [] },
  metric_judged: { call: "metric_judged('2031-01-01', '2031-01-31')", says: [] },
  metric_learnings: { call: "metric_learnings()", says: [] },
  metric_used: { call: "metric_used(24)", says: [] },
  run_learnings: { call: "run_learnings(:approval)", says: [] },
  set_desktop_notices: { call: "set_desktop_notices('{approval}')" },
  desk_day: { call: "desk_day('2031-01-01')", says: [{ value: null }] },
  dashboard_funnel: { call: "dashboard_funnel('2031-01-01', '2031-01-31', null, null, 'search')", says: [] },
  dashboard_agents: { call: "dashboard_agents('2031-01-01', '2031-01-31')", says: [] },
  dashboard_agent_days: { call: "dashboard_agent_days('2031-01-01', '2031-01-31')", says: [] },
  dashboard_checkpoints: { call: "dashboard_checkpoints('2031-01-01', '2031-01-31')", says: [] },
  dashboard_agreement: { call: "dashboard_agreement('2031-01-01', '2031-01-31')", says: [] },
  dashboard_learnings: { call: "dashboard_learnings('2031-01-01', '2031-01-31')", says: [] },
  dashboard_effects: { call: "dashboard_effects('2031-01-01', '2031-01-31')", says: [] },
  dashboard_confusion: { call: "dashboard_confusion('2031-01-01', '2031-01-31')", says: [] },
  dashboard_calibration: { call: "dashboard_calibration('2031-01-01', '2031-01-31')", says: [] },
  dashboard_replies: {
    call: "dashboard_replies('2031-01-01', '2031-01-31')",
    says: [{ value: "(,0,0,0,0,,,,)" }],
  },
  dashboard_reply_weeks: { call: "dashboard_reply_weeks('2031-01-01', '2031-01-31')", says: [] },
  dashboard_sends: { call: "dashboard_sends('2031-01-01', '2031-01-31')", says: [] },
  dashboard_domains: { call: "dashboard_domains('2031-01-01', '2031-01-31')", says: [] },
  dashboard_limits: { call: "dashboard_limits()", says: [] },
  dashboard_markets: { call: "dashboard_markets()", says: [] },
  whole_hour: { call: "whole_hour(null)", says: [{ value: null }] },
  update_trust_settings: { call: `update_trust_settings('{"bar": 0.8}')` },
  give_verdict: { call: "give_verdict(:approval, 'agree')" },
  acknowledge_notice: { call: "acknowledge_notice(:approval)" },
  note_definition: { call: "note_definition('sourcing-agent', 'x')" },
  set_kill_switch: { call: "set_kill_switch(true, 'x')" },
  update_desk_settings: { call: `update_desk_settings('{"desk_name": "x"}')` },
  move_search: { call: "move_search(:search, '{new}', 'cancelled')" },
  decide_approval: { call: "decide_approval(:approval, 'approve', :hash)" },
  snooze_approval: { call: "snooze_approval(:approval, now())" },
  reopen_approval: { call: "reopen_approval(:approval)" },
  answer_extraction: { call: "answer_extraction(:approval, 'cancel')" },
  plan_totals: {
    call: "plan_totals(:campaign, 1) ->> 'contacts'",
    says: [{ value: "0" }],
  },
  send_counts: { call: "send_counts(cast(array[:campaign] as uuid[]))", says: [] },
  plan_timeline: { call: "plan_timeline(:campaign, 1)", says: [] },
  set_campaign_status: { call: "set_campaign_status(:campaign, 'stopped')" },
  mail_bar: { call: "mail_bar(:contact, 'x@y.test')", says: [{ value: null }] },
  mail_status: { call: "mail_status(cast(null as public.contacts))", says: [{ value: "mailable" }] },
  is_own_words: { call: "is_own_words('question')", says: [{ value: true }] },
  email_domain: { call: "email_domain('x@y.test')", says: [{ value: "y.test" }] },
  why_not_mail: { call: "why_not_mail(:contact, 'x@y.test')", says: [{ value: null }] },
  settle_send: { call: "settle_send(:send, 'drop')" },
  move_mailbox: { call: "move_mailbox(:mailbox, :email)" },
  forget_relay: { call: "forget_relay(:email)" },
  set_mailbox_status: { call: "set_mailbox_status(:mailbox, 'paused')" },
  correct_category: { call: "correct_category(:email, 'opt_out')" },
  finish_email: { call: "finish_email(:email)" },
  undo_of: { call: "undo_of(:email)" },
  undo_routing: { call: "undo_routing(:email)" },
  snooze_email: { call: "snooze_email(:email, now() + interval '1 day')" },
  assign_email: { call: "assign_email(:email, null)" },
  save_reply_draft: { call: "save_reply_draft(:email, 'x', 'x')" },
  accept_contact: { call: "accept_contact(:email)" },
  accept_search: { call: "accept_search(:email, :search)" },
  dismiss_proposal: { call: "dismiss_proposal(:email, 'x')" },
  lift_do_not_contact: { call: "lift_do_not_contact('contact', :contact, 'x')" },
  update_routing_rule: { call: `update_routing_rule('soft_pass', '{"priority": 20}')` },
  mark_reply: { call: "mark_reply(:email, true)" },
  unread_replies: { call: "unread_replies()" },
  save_answer_template: { call: "save_answer_template(null, 'x', 'x')" },
  retire_answer_template: { call: "retire_answer_template(:email, true)" },
  move_answer_template: { call: "move_answer_template(:email, true)" },
  suggest_matches: { call: "suggest_matches(:email)" },
  forget_address: { call: "forget_address('a@b.test', 'x')" },
  write_reply: { call: "write_reply(:email, 'x', 'x')" },
  resume_contact: { call: "resume_contact(:contact)" },
  link_email: { call: "link_email(:email, :contact)" },
  exclude_address: { call: "exclude_address('address', 'a@b.test', 'x')" },
  lift_exclusion: { call: "lift_exclusion(:exclusion, 'x')" },
  retry_agents_now: { call: "retry_agents_now()" },
  save_agent_definition: { call: "save_agent_definition('a-b', 'x', 'x', true, 'f', 'f')" },
  activate_agent_definition: { call: "activate_agent_definition('a-b', null, 'f', 'f', 'x')" },
  start_shadow: { call: "start_shadow('a-b', 'x', 10, 1)" },
  stop_shadow: { call: "stop_shadow(:email)" },
  switch_shadow: { call: "switch_shadow(:email, 'f', 'f', 'x')" },
  shadow_totals: { call: "shadow_totals(:email) ->> 'runs'", says: [{ value: "0" }] },
  rewrite_learnings: { call: "rewrite_learnings(cast(array[:email] as uuid[]), 'x', '{}')" },
  keep_both_learnings: { call: "keep_both_learnings(:email, :campaign)" },
  note_learning: { call: "note_learning(:search, 'x')" },
  learning_runs: { call: "learning_runs(:email)", says: [] },
  set_learning: { call: "set_learning(:email, true, 'active')" },
  desk_overview: { call: "desk_overview() ->> 'scheduled'", says: [{ value: "0" }] },
  mailbox_daily_limit: { call: "mailbox_daily_limit(:mailbox)", says: [{ value: null }] },
  set_mailbox_limits: { call: "set_mailbox_limits(:mailbox, 10, 100)" },
  why_not_yet: { call: "why_not_yet(cast(array[:send] as uuid[]))" },
  scheduled_ahead: { call: "scheduled_ahead(now(), now(), :send, 10)" },
  send_ledger: { call: "send_ledger()" },
  lookups_hash: {
    call: "lookups_hash()",
    says: [{ value: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" }],
  },
  lookups_in_use: { call: "lookups_in_use()", says: [] },
  apply_lookups: { call: "apply_lookups('[]', false, 'x', 'x')" },
  open_import: { call: "open_import('x', 1, 'x', 'x', '{}', 'x', 1)" },
  stage_import_rows: { call: "stage_import_rows(:search, '[]')" },
  map_import: { call: "map_import(:search, '{}')" },
  discard_import: { call: "discard_import(:search)" },
  choose_import_value: { call: "choose_import_value(:approval, 'title', 0, 'file')" },
  import_differences: { call: "import_differences(:approval)" },
  start_import: { call: "start_import(:search, 1)" },
  start_import_search: { call: "start_import_search(:search, 1, 'x', 'x', '{}')" },
  extraction_yield: { call: "extraction_yield(:approval)", says: [] },
};

interface Grants {
  readonly name: string;
  readonly anon: boolean;
  readonly authenticated: boolean;
  readonly service: boolean;
  readonly everybody: boolean;
}

const functions = ({ db }: Desk) =>
  db.query<Grants>(
    `select p.oid::regprocedure::text as name, has_function_privilege('anon', p.oid, 'execute') as anon,
       has_function_privilege('authenticated', p.oid, 'execute') as authenticated,
       has_function_privilege('service_role', p.oid, 'execute') as service,
       p.proacl is null or exists (select from aclexplode(p.proacl) a where a.grantee = 0) as everybody
     from pg_proc p where p.pronamespace = 'public'::regnamespace order by 1`,
  );
const tables = async ({ db }: Desk) =>
  (
    await db.query<{ name: string }>(
      "select tablename::text as name from pg_tables where schemaname = 'public' order by 1",
    )
  ).map((table) => table.name);
const nameOf = (signature: string) => signature.replace(/\(.*$/, "").replace(/^public\./, "");

/** A desk with a row in the tables that matter, and the ids to ask for them. */
async function furnish(desk: Desk): Promise<Readonly<Record<string, string>>> {
  const plan = await runCampaign(desk, { dueAt: NOON });
  const email = await receive(desk, plan.mailboxes[0], mailFrom("owner@nowhere.test"));
  const [exclusion] = await desk.service.rows<{ id: string }>(
    "insert into email_exclusions (kind, value, reason, source) values ('address', 'x@y.test', 'x', 'manual') returning id",
  );
  const [approval] = await desk.db.query<{ id: string; content_hash: string }>(
    "select * from approval_queue",
  );
  const [send] = await desk.db.query<{ id: string }>("select id from sends");
  return {
    search: plan.searchId,
    campaign: plan.campaignId,
    contact: plan.contacts[0]?.id ?? "",
    mailbox: plan.mailboxes[0] ?? "",
    approval: approval?.id ?? "",
    hash: approval?.content_hash ?? "",
    send: send?.id ?? "",
    exclusion: exclusion?.id ?? "",
    email,
  };
}

const withIds = (call: string, ids: Readonly<Record<string, string>>) =>
  call.replace(/:(\w+)\b/g, (_, name: string) => `'${ids[name]}'`);

describe.each([
  ["a hosted project of today, which grants nothing by itself", false],
  ["an older hosted project, which grants everything by itself", true],
])("On %s", (_kind, generous) => {
  const desk = openDesk({ generous });

  it("every table has row-level security", async () => {
    const open = await desk().db.query(
      "select tablename from pg_tables where schemaname = 'public' and not rowsecurity",
    );
    expect(open).toEqual([]);
    expect((await tables(desk())).length).toBeGreaterThan(25);
  });

  it("nobody who is not signed in reads or writes any table", async () => {
    for (const table of await tables(desk()))
      for (const statement of [
        `select * from ${table}`,
        `insert into ${table} default values`,
        `delete from ${table}`,
        `truncate ${table}`,
      ])
        await expect(desk().anon.rows(statement), statement).rejects.toMatchObject({ code: "42501" });
  });

  it("nobody who is not signed in calls any function", async () => {
    const open = (await functions(desk())).filter((grants) => grants.anon || grants.everybody);
    expect(open).toEqual([]);
  });

  it("someone who signed in but is no operator sees no row of any table", async () => {
    await furnish(desk());
    let denied = 0;
    for (const table of await tables(desk())) {
      const rows = await desk()
        .stranger.rows(`select * from ${table}`)
        .catch((error: { code: string }) => {
          expect(error.code, table).toBe("42501");
          denied++;
          return [];
        });
      expect(rows, table).toEqual([]);
    }
    expect(denied).toBe(2); // setup links and signing keys are nobody's to read
  });

  it("an operator reads every table but the setup links and the signing keys", async () => {
    for (const table of await tables(desk())) {
      const read = desk().operator.rows(`select * from ${table}`);
      if (["setup_links", "signing_keys"].includes(table))
        await expect(read).rejects.toMatchObject({ code: "42501" });
      else await expect(read, table).resolves.toBeInstanceOf(Array);
    }
  });

  it("an operator writes to no table around the functions", async () => {
    await furnish(desk());
    for (const table of await tables(desk()))
      for (const statement of [
        `delete from ${table}`,
        `truncate ${table}`,
        ...(table === "searches" ? [] : [`insert into ${table} default values`]),
      ])
        await expect(desk().operator.rows(statement), statement).rejects.toMatchObject({ code: "42501" });
    const columns = await desk().db.query<{ table_name: string; column_name: string }>(
      "select table_name, column_name from information_schema.columns where table_schema = 'public' and is_generated = 'NEVER' and is_identity = 'NO' and is_updatable = 'YES'",
    );
    for (const { table_name, column_name } of columns)
      await expect(
        desk().operator.rows(`update ${table_name} set ${column_name} = ${column_name}`),
        `${table_name}.${column_name}`,
      ).rejects.toMatchObject({ code: "42501" });
  });

  it("an operator adds a search with its four fields, and cannot choose the rest of it", async () => {
    const fields = "name, buyer_name, criteria, source";
    await desk().operator.rows(`insert into searches (${fields}) values ('A', 'B', '{}', 'form')`);
    expect(await desk().operator.rows("select status, created_by from searches")).toEqual([
      { status: "new", created_by: desk().operatorName },
    ]);
    for (const extra of ["status", "created_by", "engine_run_id", "strategy", "payloads"])
      await expect(
        desk().operator.rows(
          `insert into searches (${fields}, ${extra}) values ('A', 'B', '{}', 'form', '${extra === "payloads" ? "[]" : "x"}')`,
        ),
        extra,
      ).rejects.toMatchObject({ code: "42501" });
    await expect(
      desk().stranger.rows(`insert into searches (${fields}) values ('A', 'B', '{}', 'form')`),
    ).rejects.toMatchObject({ code: "42501" });
  });

  it("an operator may call exactly the functions that are meant for people", async () => {
    const granted = (await functions(desk())).filter((grants) => grants.authenticated);
    expect(granted.map((grants) => nameOf(grants.name)).sort()).toEqual(Object.keys(OPERATOR_CALLS).sort());
  });

  it("someone who is no operator gets nothing out of any of them, and changes nothing", async () => {
    const ids = await furnish(desk());
    const [before] = await desk().db.query<{ n: number }>("select count(*)::int as n from audit_log");
    for (const { call, says } of Object.values(OPERATOR_CALLS)) {
      const answer = desk().stranger.rows(`select public.${withIds(call, ids)} as value`);
      if (says === undefined) await expect(answer, call).rejects.toMatchObject({ code: "42501" });
      else expect(await answer, call).toEqual(says);
    }
    const [now] = await desk().db.query<{ n: number }>("select count(*)::int as n from audit_log");
    expect(now).toEqual(before);
  });

  it("the same calls answer an operator", async () => {
    const ids = await furnish(desk());
    const says = (call: string) => desk().operator.rows(`select public.${withIds(call, ids)} as value`);
    expect(await says("plan_totals(:campaign, 1) ->> 'contacts'")).toEqual([{ value: "1" }]);
    expect(await says("why_not_mail(:contact, 'x@y.test')")).toEqual([{ value: "address is excluded" }]);
    expect(await says("plan_timeline(:campaign, 1)")).toHaveLength(1);
    expect(await says("send_counts(cast(array[:campaign] as uuid[]))")).not.toEqual([]);
    expect(await says("desk_overview() ->> 'scheduled'")).toEqual([{ value: "1" }]);
    expect(await says("move_search(:search, '{new}', 'cancelled')")).toEqual([{ value: true }]);
  });

  it("the product's servers delete nothing but plans, and never touch the audit log", async () => {
    const granted = await desk().db.query<{ t: string; p: string }>(
      `select tablename::text as t, p from pg_tables, unnest('{delete,truncate}'::text[]) p
       where schemaname = 'public' and has_table_privilege('service_role', 'public.' || tablename, p) order by 1`,
    );
    expect(granted).toEqual([
      { t: "planned_enrollments", p: "delete" },
      { t: "planned_sends", p: "delete" },
    ]);
    const [audit] = await desk().db.query(
      "select has_table_privilege('service_role', 'public.audit_log', 'update') as u, has_table_privilege('service_role', 'public.audit_log', 'insert') as i",
    );
    expect(audit).toEqual({ u: false, i: true });
  });
});
