import { describe, expect, it } from "vitest";
import { approvePlan, makePlan, type Plan, runCampaign, savePlanRows } from "./support/make-campaign";
import { addContacts, addMailbox } from "./support/make-market";
import { openDesk } from "./support/open-desk";
import { together, untilSomebodyWaits } from "./support/sessions";

const desk = openDesk();

interface Activated {
  outcome: string;
  enrolled?: number;
  sends?: number;
}

const activate = (plan: Plan, approvalId: string) =>
  desk().service.call<Activated>("activate_campaign", {
    p_campaign_id: plan.campaignId,
    p_approval_id: approvalId,
  });

const count = async (from: string) =>
  (await desk().db.query<{ n: number }>(`select count(*)::int as n from ${from}`))[0]?.n;

describe("An approved campaign", () => {
  it("enrolls every one of 2,500 contacts and schedules all 7,500 mails: no cap anywhere", async () => {
    const plan = await makePlan(desk(), { count: 2500, steps: 3, mailboxes: [await addMailbox(desk())] });
    const approval = await approvePlan(desk(), plan);
    expect(await activate(plan, approval)).toEqual({ outcome: "activated", enrolled: 2500, sends: 7500 });
    expect(await count("(select distinct contact_id from enrollments) e")).toBe(2500);
    expect(await count("(select distinct enrollment_id, step from sends) s")).toBe(7500);
  });

  it("starts once, however many workers start it", async () => {
    const plan = await makePlan(desk(), { count: 20, steps: 3 });
    const approval = await approvePlan(desk(), plan);
    const outcomes = await together(desk().service, 12, (session) =>
      session.call<Activated>("activate_campaign", {
        p_campaign_id: plan.campaignId,
        p_approval_id: approval,
      }),
    );
    expect(outcomes.filter((outcome) => outcome.outcome === "activated")).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome.outcome === "already_active")).toHaveLength(11);
    expect(await count("sends")).toBe(60);
  });

  it("mails a contact in one campaign only when two campaigns start at once", async () => {
    const contacts = await addContacts(desk(), 200);
    const mailboxes = [await addMailbox(desk())];
    const one = await makePlan(desk(), { contacts, mailboxes });
    const two = await makePlan(desk(), { contacts: [...contacts].reverse(), mailboxes });
    const approvals = [await approvePlan(desk(), one), await approvePlan(desk(), two)] as const;
    const outcomes = await Promise.all([activate(one, approvals[0]), activate(two, approvals[1])]);
    expect(outcomes.map((outcome) => outcome.outcome)).toEqual(["activated", "activated"]);
    expect(outcomes.reduce((sum, outcome) => sum + (outcome.enrolled ?? 0), 0)).toBe(200);
    expect(await count("sends")).toBe(200);
  });

  it.each([
    ["a mail's words", "planned_sends set body = body || ' PS: call me'"],
    ["a subject", "planned_sends set subject = 'Other'"],
    ["an address", "planned_sends set to_email = 'x@y.test'"],
    ["a time", "planned_sends set due_at = due_at + interval '1 second'"],
    ["who is enrolled", "planned_enrollments set decision = 'dropped'"],
    ["a contact's zone", "planned_enrollments set time_zone = 'America/New_York'"],
    ["a mailbox", "planned_enrollments set mailbox_id = null"],
    ["a reason", "planned_enrollments set reason = 'because'"],
    ["the send window", "campaigns set window_end = '23:00'"],
    ["the closed dates", "campaigns set closed_dates = '{2031-05-07}'"],
  ])("does not start when %s changed after it was approved", async (_what, change) => {
    const plan = await makePlan(desk(), { count: 3 });
    const approval = await approvePlan(desk(), plan);
    await desk().db.query(`update ${change}`);
    await expect(activate(plan, approval)).rejects.toMatchObject({ code: "23514" });
    expect([await count("enrollments"), await count("sends")]).toEqual([0, 0]);
  });

  it("does not start when a contact was slipped in after it was approved", async () => {
    const plan = await makePlan(desk(), { count: 3 });
    const approval = await approvePlan(desk(), plan);
    const late = await addContacts(desk(), 1);
    await savePlanRows(desk().service, plan.campaignId, 1, late, plan.mailboxes);
    await expect(activate(plan, approval)).rejects.toMatchObject({ code: "23514" });
  });

  it("is not changed by a plan that is saved while it starts", async () => {
    const plan = await makePlan(desk(), { count: 3 });
    const approval = await approvePlan(desk(), plan);
    const late = await addContacts(desk(), 1);
    let saving: Promise<unknown> = Promise.resolve();
    await desk().service.transaction(async (session) => {
      await session.call("activate_campaign", {
        p_campaign_id: plan.campaignId,
        p_approval_id: approval,
      });
      saving = savePlanRows(desk().service, plan.campaignId, 1, late, plan.mailboxes).then(
        () => "saved",
        (error: { code: string }) => error.code,
      );
      await untilSomebodyWaits(desk().db);
    });
    expect(await saving).toBe("23514");
    expect(await count("enrollments")).toBe(3);
  });

  it("needs an approval: a pending, a rejected or another campaign's one does not start it", async () => {
    const plan = await makePlan(desk());
    const other = await runCampaign(desk());
    await expect(activate(plan, other.approvalId)).rejects.toMatchObject({ code: "42501" });
    const approval = await desk().service.row<{ id: string; content_hash: string }>("propose", {
      p_run_key: "search:x",
      p_checkpoint: "campaign",
      p_revision: 1,
      p_title: "Campaign",
      p_summary: "Campaign",
      p_proposal: { planHash: plan.planHash },
      p_campaign_id: plan.campaignId,
    });
    await expect(activate(plan, approval.id)).rejects.toMatchObject({ code: "42501" });
    await desk().operator.call("decide_approval", {
      p_id: approval.id,
      p_decision: "reject",
      p_content_hash: approval.content_hash,
      p_feedback: "not now",
    });
    await expect(activate(plan, approval.id)).rejects.toMatchObject({ code: "42501" });
  });

  it.each(["active", "completed"])("cannot be made %s by hand, around its approval", async (status) => {
    const plan = await makePlan(desk());
    const move = { p_id: plan.campaignId, p_to: status };
    await expect(desk().operator.call("set_campaign_status", move)).rejects.toMatchObject({ code: "23514" });
    expect(await count("campaigns where status = 'draft'")).toBe(1);
  });

  it("cannot be declared completed by hand while mails are scheduled", async () => {
    const plan = await runCampaign(desk());
    await expect(
      desk().operator.call("set_campaign_status", { p_id: plan.campaignId, p_to: "completed" }),
    ).rejects.toMatchObject({ code: "23514" });
  });

  it("mails exactly what was approved: no word of a scheduled mail can change", async () => {
    await runCampaign(desk());
    for (const change of [
      "body = 'Other'",
      "subject = 'Other'",
      "to_email = 'x@y.test'",
      "content_hash = 'x'",
      "contact_id = gen_random_uuid()",
      "step = 2",
    ])
      await expect(desk().service.rows(`update sends set ${change}`), change).rejects.toMatchObject({
        code: "23514",
      });
  });

  it("has one mail per enrollment and step, whatever tries to add another", async () => {
    await runCampaign(desk());
    const copies = Array.from({ length: 12 }, () =>
      desk().service.rows(
        `insert into sends (campaign_id, enrollment_id, contact_id, mailbox_id, step, due_at, to_email, subject, body, content_hash)
         select campaign_id, enrollment_id, contact_id, mailbox_id, step, due_at, to_email, subject, body, content_hash from sends limit 1`,
      ),
    );
    for (const result of await Promise.allSettled(copies))
      expect(result).toMatchObject({ status: "rejected", reason: { code: "23505" } });
  });

  it("leaves nothing scheduled when it is stopped", async () => {
    const plan = await runCampaign(desk(), { count: 5, steps: 3 });
    await desk().operator.call("set_campaign_status", {
      p_id: plan.campaignId,
      p_to: "stopped",
      p_reason: "the buyer left",
    });
    expect(await count("sends where status = 'cancelled'")).toBe(15);
    expect(await count("enrollments where status = 'stopped'")).toBe(5);
  });
});

describe("A plan", () => {
  it("is replaced as a whole when a contact is planned again: no mail of the first try stays", async () => {
    const plan = await makePlan(desk(), { count: 2, steps: 3 });
    await savePlanRows(desk().service, plan.campaignId, 1, plan.contacts, plan.mailboxes, { steps: 1 });
    const totals = await desk().service.call("plan_totals", {
      p_campaign_id: plan.campaignId,
      p_revision: 1,
    });
    expect(totals).toMatchObject({ contacts: 2, enrolled: 2, sends: 2 });
  });

  it("is not sealed with a zone no clock knows: one such contact would hold up every mail behind it", async () => {
    await expect(makePlan(desk(), { zone: "America/Los_Angelos" })).rejects.toMatchObject({ code: "22023" });
  });

  it("has the totals of its rows, and says why contacts are left out", async () => {
    const plan = await makePlan(desk(), { count: 120 });
    await desk().db.query(
      "update planned_enrollments set decision = 'excluded', reason = 'address is excluded' where contact_id = $1",
      [plan.contacts[0]?.id ?? null],
    );
    const totals = await desk().operator.call("plan_totals", {
      p_campaign_id: plan.campaignId,
      p_revision: 1,
    });
    expect(totals).toMatchObject({ contacts: 120, enrolled: 119, leftOut: { "address is excluded": 1 } });
  });
});
