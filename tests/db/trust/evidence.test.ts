import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { approvalsMissing, wilsonLower } from "@/tests/support/wilson";
import { makePlan } from "../support/make-campaign";
import { mailFrom, receive } from "../support/make-mail";
import { addMailbox } from "../support/make-market";
import { openDesk } from "../support/open-desk";
import { agentRun, decide, judge, judgeMany, propose, trustOf } from "./judge";

const desk = openDesk();

const share = async (before: unknown, after: unknown) => {
  const [row] = await desk().db.query<{ share: number }>(
    "select public.changed_share($1::jsonb, $2::jsonb) as share",
    [JSON.stringify(before), JSON.stringify(after)],
  );
  return row?.share;
};

describe("The bound in the database", () => {
  it("is the one computed here, for any counts", async () => {
    const counts = fc.sample(fc.tuple(fc.nat(2000), fc.nat(2000)), 300).concat([
      [0, 0],
      [0, 7],
      [41, 2],
      [50, 0],
    ]);
    const rows = await desk().db.query<{ good: number; all: number; bound: number }>(
      `select x.good, x.n as all, public.wilson_lower(x.good, x.n) as bound
         from jsonb_to_recordset($1::jsonb) as x (good bigint, n bigint)`,
      [JSON.stringify(counts.map(([good, bad]) => ({ good, n: good + bad })))],
    );
    expect(rows).toHaveLength(counts.length);
    for (const row of rows)
      expect(Number(row.bound)).toBeCloseTo(wilsonLower(Number(row.good), Number(row.all)), 12);
  });

  it("tells how many approvals are missing, for any history and any bar", async () => {
    const histories = fc.sample(
      fc.record({
        bar: fc.constantFrom(0.7, 0.8, 0.9),
        minDecisions: fc.integer({ min: 5, max: 50 }),
        windowSize: fc.integer({ min: 50, max: 100 }),
        newestFirst: fc.array(fc.boolean(), { maxLength: 100 }),
      }),
      40,
    );
    for (const { newestFirst, ...bar } of histories) {
      const counted = newestFirst.slice(0, bar.windowSize);
      const [row] = await desk().db.query<{ missing: number }>(
        "select public.approvals_missing($1::boolean[], $2, $3, $4) as missing",
        [`{${counted.join()}}`, bar.bar, bar.minDecisions, bar.windowSize],
      );
      expect(row?.missing).toBe(approvalsMissing(counted, bar));
    }
  });

  it("is said in a sentence that never rounds up", async () => {
    const [row] = await desk().db.query("select public.evidence_sentence(41, 43) as words");
    expect(row).toEqual({
      words: "41 of the last 43 approved unchanged; at least 0.84 with 95 % confidence",
    });
  });
});

describe("How much an edit changed", () => {
  it("is nothing for the same fields, in whatever order a list or its keys come", async () => {
    expect(await share({ a: [1, 2], b: { c: 1 } }, { b: { c: 1 }, a: [2, 1] })).toBe(0);
  });

  it("is one of four fields, and not all of them when the first of several is left out", async () => {
    expect(await share({ a: 1, b: 2, c: 3, d: 4 }, { a: 1, b: 2, c: 3, d: 5 })).toBe(0.25);
    const [one, two] = [
      { title: "A", x: 1 },
      { title: "B", x: 2 },
    ];
    expect(await share([one, two], [two])).toBe(0.5);
  });

  it("lies between 0 and 1, is the same both ways, and is 0 for what is equal", async () => {
    const pairs = fc.sample(fc.tuple(fc.jsonValue({ maxDepth: 3 }), fc.jsonValue({ maxDepth: 3 })), 60);
    for (const [before, after] of pairs) {
      if (/\\u0000/.test(JSON.stringify([before, after]))) continue; // Postgres holds no such text
      const there = await share(before, after);
      expect(there).toBeGreaterThanOrEqual(0);
      expect(there).toBeLessThanOrEqual(1);
      expect(await share(after, before)).toBe(there);
      expect(await share(before, before)).toBe(0);
    }
  });
});

describe("What counts as evidence", () => {
  it("every decision of a person does, each as what it was", async () => {
    await judgeMany(desk(), "extraction", "unchanged", 3);
    await judge(desk(), "extraction", "edited");
    await judge(desk(), "extraction", "changes_asked");
    await judge(desk(), "extraction", "rejected");
    expect(await trustOf(desk(), "extraction")).toMatchObject({
      agent: "sourcing-agent",
      decisions: 6,
      unchanged: 3,
      edited: 1,
      changes_asked: 1,
      rejected: 1,
      changed_bps: 3333, // one of title, "1" and "2"
    });
  });

  it("an edit that left everything as it was is no edit", async () => {
    const approval = await propose(desk(), "extraction");
    await desk().operator.call("decide_approval", {
      p_id: approval.id,
      p_decision: "approve",
      p_content_hash: approval.content_hash,
      p_edits: { payloads: [{ title: "A", payload: { "2": 1, "1": 10 } }] },
    });
    expect(await trustOf(desk(), "extraction")).toMatchObject({ unchanged: 1, edited: 0 });
  });

  it("what nobody decided does not: superseded, expired, or let through by auto", async () => {
    await propose(desk(), "sourcing");
    await propose(desk(), "extraction", { p_run_key: "x" });
    await propose(desk(), "extraction", { p_run_key: "x", p_revision: 2 });
    expect(await desk().db.query("select 1 from trust_evidence")).toEqual([]);
  });

  it("a campaign changed on its page before it was approved counts as edited, by how much", async () => {
    const first = { planHash: "a", planRevision: 1, notes: [], totals: { enrolled: 10, sends: 30 } };
    await propose(desk(), "campaign", { p_run_key: "c", p_proposal: first });
    const approval = await propose(desk(), "campaign", {
      p_run_key: "c",
      p_revision: 2,
      p_proposal: {
        ...first,
        planHash: "b",
        planRevision: 2,
        notes: ["1 dropped"],
        totals: { enrolled: 9, sends: 30 },
      },
    });
    await decide(desk(), approval, "campaign", "unchanged");
    expect(await trustOf(desk(), "campaign")).toMatchObject({ decisions: 1, edited: 1, changed_bps: 6667 });
  });

  it("a campaign planned again at a person's words is not edited on top of that", async () => {
    const first = await propose(desk(), "campaign", { p_run_key: "c" });
    await decide(desk(), first, "campaign", "changes_asked");
    const second = await propose(desk(), "campaign", { p_run_key: "c", p_revision: 2 });
    await decide(desk(), second, "campaign", "unchanged");
    expect(await trustOf(desk(), "campaign")).toMatchObject({ changes_asked: 1, unchanged: 1, edited: 0 });
  });

  it("only the last 50 count, and what another definition earned does not", async () => {
    const run = await agentRun(desk(), "one");
    const other = await agentRun(desk(), "two");
    await judge(desk(), "extraction", "rejected", { p_agent_run_id: run });
    for (let index = 0; index < 50; index++)
      await judge(desk(), "extraction", "unchanged", { p_agent_run_id: run });
    expect(await trustOf(desk(), "extraction")).toMatchObject({
      decisions: 50,
      unchanged: 50,
      all_decisions: 51,
    });
    await judge(desk(), "extraction", "unchanged", { p_agent_run_id: other });
    expect(await trustOf(desk(), "extraction")).toMatchObject({
      agent_version: "two",
      decisions: 1,
      all_decisions: 52,
    });
    const versions = await desk().operator.rows(
      "select agent_version, is_live, decisions from trust_by_version('extraction')",
    );
    expect(versions).toEqual([
      { agent_version: "two", is_live: true, decisions: 1 },
      { agent_version: "one", is_live: false, decisions: 51 },
    ]);
  });

  it("what another model earned with the same definition does not count, and both are kept", async () => {
    const opus = await agentRun(desk(), "one", { model: "opus" });
    const haiku = await agentRun(desk(), "one", { model: "haiku", answered: "claude-haiku-4-5" });
    for (let index = 0; index < 3; index++)
      await judge(desk(), "extraction", "unchanged", { p_agent_run_id: opus });
    await judge(desk(), "extraction", "edited", { p_agent_run_id: haiku });
    expect(await trustOf(desk(), "extraction")).toMatchObject({
      model: "claude-haiku-4-5",
      decisions: 1,
      edited: 1,
      all_decisions: 4,
    });
    expect(
      await desk().operator.rows("select model, is_live, decisions from trust_by_version('extraction')"),
    ).toEqual([
      { model: "claude-haiku-4-5", is_live: true, decisions: 1 },
      { model: "opus", is_live: false, decisions: 3 },
    ]);
  });

  it("a name that stands for another model now does not count what the first one earned; an unknown one is not held against it", async () => {
    const unknown = await agentRun(desk(), "one", { model: "sonnet" });
    const first = await agentRun(desk(), "one", { model: "sonnet", answered: "claude-sonnet-4-5" });
    const second = await agentRun(desk(), "one", { model: "sonnet", answered: "claude-sonnet-4-6" });
    for (const run of [unknown, first])
      await judge(desk(), "extraction", "unchanged", { p_agent_run_id: run });
    expect(await trustOf(desk(), "extraction")).toMatchObject({ decisions: 2, model: "claude-sonnet-4-5" });
    await judge(desk(), "extraction", "unchanged", { p_agent_run_id: second });
    expect(await trustOf(desk(), "extraction")).toMatchObject({ decisions: 2, model: "claude-sonnet-4-6" });
  });

  it("a decision that is taken back takes its evidence with it", async () => {
    const approval = await judge(desk(), "extraction", "unchanged");
    await desk().db.query(
      "insert into status_transitions values ('approval_queue', 'approved', 'pending') on conflict do nothing",
    );
    await desk().db.query("update approval_queue set status = 'pending' where id = $1", [approval.id]);
    expect(await trustOf(desk(), "extraction")).toMatchObject({ decisions: 0, all_decisions: 0 });
  });

  it("shows how it went week by week", async () => {
    await judgeMany(desk(), "extraction", "unchanged", 2);
    await judge(desk(), "extraction", "rejected");
    const trend = await desk().operator.rows(
      "select decisions, unchanged, rejected, bound from trust_trend('extraction')",
    );
    expect(trend).toEqual([{ decisions: 3, unchanged: 2, rejected: 1, bound: wilsonLower(2, 3) }]);
  });
});

describe("What a person says a mail really is", () => {
  const mail = async (decidedBy: "rules" | "agent", confidence = 0.9) => {
    const emailId = await receive(desk(), await addMailbox(desk()), mailFrom("owner@nowhere.test"));
    await desk().service.call("route_email", {
      p_id: emailId,
      p_category: "soft_pass",
      p_confidence: confidence,
      p_reason: "r",
      p_decided_by: decidedBy,
    });
    return emailId;
  };
  const say = (emailId: string, category: string) =>
    desk().operator.call("correct_category", { p_id: emailId, p_category: category });

  it("confirms or corrects the classifier, once per mail: the last word counts", async () => {
    const email = await mail("agent");
    await say(email, "soft_pass");
    expect(await trustOf(desk(), "classification")).toMatchObject({ decisions: 1, unchanged: 1 });
    await say(email, "hard_pass");
    expect(await trustOf(desk(), "classification")).toMatchObject({ decisions: 1, edited: 1 });
  });

  it("says nothing about the classifier where rules decided, or where a person was asked anyway", async () => {
    await say(await mail("rules"), "hard_pass");
    await say(await mail("agent", 0.5), "hard_pass");
    await desk().operator.call("set_checkpoint_mode", { p_checkpoint: "classification", p_mode: "plan" });
    await judge(desk(), "classification", "edited", {
      p_proposal: { category: "soft_pass", confidence: 0.6, facts: {} },
    });
    expect(await desk().db.query("select 1 from trust_evidence")).toEqual([]);
  });

  it("is the verdict on what auto filed, so that nobody is asked twice", async () => {
    const email = await mail("agent");
    const approval = await propose(desk(), "classification", { p_email_id: email });
    await say(email, "hard_pass");
    expect(
      await desk().db.query("select verdict, verdict_by from approval_queue where id = $1", [approval.id]),
    ).toEqual([{ verdict: "would_change", verdict_by: desk().operatorName }]);
    expect(await trustOf(desk(), "classification")).toMatchObject({ decisions: 1, edited: 1 });
  });
});

describe("The rules of trust", () => {
  it("change with an audit row, and never to a bar that nothing could reach", async () => {
    await desk().operator.call("update_trust_settings", { p_changes: { bar: 0.85, id: 7 } });
    expect(await desk().db.query("select id, bar, updated_by from trust_settings")).toEqual([
      { id: 1, bar: "0.850", updated_by: desk().operatorName },
    ]);
    expect(await desk().db.query("select 1 from audit_log where action = 'trust.settings'")).toHaveLength(1);
    const unreachable = desk().operator.call("update_trust_settings", { p_changes: { bar: 0.99 } });
    await expect(unreachable).rejects.toMatchObject({ code: "22023" });
    const silent = desk().operator.call("update_trust_settings", { p_changes: { sample_share: 0 } });
    await expect(silent).rejects.toMatchObject({ code: "23514" });
  });

  it("count the plan of a real campaign like any other", async () => {
    const plan = await makePlan(desk());
    const approval = await propose(desk(), "campaign", {
      p_campaign_id: plan.campaignId,
      p_search_id: plan.searchId,
      p_proposal: { planHash: plan.planHash, totals: { enrolled: 1 } },
    });
    await decide(desk(), approval, "campaign", "unchanged");
    expect(await trustOf(desk(), "campaign")).toMatchObject({ agent: "campaign-rules", unchanged: 1 });
  });
});
