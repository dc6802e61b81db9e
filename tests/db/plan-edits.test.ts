import { describe, expect, it } from "vitest";
import { type Plan, runCampaign } from "./support/make-campaign";
import { openDesk } from "./support/open-desk";

const desk = openDesk();

interface SendRow {
  readonly id: string;
  readonly contact_id: string;
  readonly step: number;
  readonly to_email: string;
  readonly subject: string;
  readonly body: string;
  readonly status: string;
  readonly content_hash: string;
  readonly due_at: string;
}
const sends = () => desk().db.query<SendRow>("select *, due_at::text from sends order by contact_id, step");
const NEW_WORDS = [{ step: 2, subject: "x", body: "Softer" }];

/** Proposes the second mail in other words, as the product does. */
async function proposeEdit(plan: Plan, changes: object = { templates: NEW_WORDS }, dueAt?: string) {
  const revision = await desk().service.call<number>("open_campaign_edit", {
    p_campaign_id: plan.campaignId,
    p_changes: changes,
  });
  const rows = (await sends()).filter(({ step }) => step === 2);
  await desk().service.call("save_edit_chunk", {
    p_campaign_id: plan.campaignId,
    p_revision: revision,
    p_sends: rows.map((row) => ({
      contact_id: row.contact_id,
      step: 2,
      due_at: dueAt ?? row.due_at,
      to_email: row.to_email,
      subject: "RE: Mail 1",
      body: "Softer",
    })),
  });
  const sealed = await desk().service.call<{ hash: string; mails: number; rewritten: number }>(
    "seal_campaign_edit",
    {
      p_campaign_id: plan.campaignId,
      p_revision: revision,
    },
  );
  const approval = await desk().service.row<{ id: string; content_hash: string }>("propose", {
    p_run_key: `edit:${plan.campaignId}`,
    p_checkpoint: "campaign",
    p_revision: revision,
    p_title: "Changed mails",
    p_summary: "x",
    p_proposal: { kind: "edit", campaignId: plan.campaignId, revision, hash: sealed.hash },
    p_campaign_id: plan.campaignId,
  });
  return { revision, sealed, approval };
}
const approve = ({ approval }: Awaited<ReturnType<typeof proposeEdit>>) =>
  desk().operator.call("decide_approval", {
    p_id: approval.id,
    p_decision: "approve",
    p_content_hash: approval.content_hash,
  });
const apply = (id: string) =>
  desk().service.call<{ outcome: string }>("apply_campaign_edit", { p_approval_id: id });
const running = () => runCampaign(desk(), { count: 4, steps: 3 });

describe("Mails of a running campaign that have not left", () => {
  it("change into exactly what was approved, once, and the change is on record", async () => {
    const plan = await running();
    const edit = await proposeEdit(plan);
    expect(edit.sealed).toMatchObject({ mails: 4, rewritten: 4 });
    expect((await sends()).some(({ body }) => body === "Softer")).toBe(false);
    await approve(edit);
    expect(await desk().service.call("edits_decided", {})).toMatchObject([{ approvalId: edit.approval.id }]);
    expect(await apply(edit.approval.id)).toMatchObject({ outcome: "applied", mails: 4, left: 0 });
    expect(await apply(edit.approval.id)).toEqual({ outcome: "already_applied" });
    const rows = await sends();
    expect(rows).toHaveLength(12);
    expect(rows.filter(({ step }) => step === 2).map(({ body, subject }) => [subject, body])).toEqual(
      Array.from({ length: 4 }, () => ["RE: Mail 1", "Softer"]),
    );
    expect(rows.filter(({ step, body }) => step !== 2 && body === "Softer")).toEqual([]);
    const [hash] = await desk().db.query<{ ok: boolean }>(
      "select bool_and(content_hash = md5(to_email || E'\\n' || subject || E'\\n' || body)) as ok from sends",
    );
    expect(hash).toEqual({ ok: true });
    expect(
      await desk().db.query("select action from audit_log where action = 'campaign.edited'"),
    ).toHaveLength(1);
    expect(await desk().service.call("edits_decided", {})).toEqual([]);
  });

  it("stay when they have left, are on their way, or leave within minutes", async () => {
    const plan = await running();
    const edit = await proposeEdit(plan);
    const second = (await sends()).filter(({ step }) => step === 2);
    await desk().db.query("update sends set status = 'sending', handed_at = now() where id = $1", [
      second[0]?.id ?? null,
    ]);
    await desk().db.query("update sends set due_at = now() + interval '2 minutes' where id = $1", [
      second[1]?.id ?? null,
    ]);
    await approve(edit);
    expect(await apply(edit.approval.id)).toMatchObject({ outcome: "applied", mails: 2, left: 2 });
    const bodies = (await sends()).filter(({ step }) => step === 2).map(({ body }) => body === "Softer");
    expect(bodies).toEqual([false, false, true, true]);
  });

  it("keep their words when the mail they answer left under another subject meanwhile", async () => {
    const plan = await running();
    const edit = await proposeEdit(plan);
    await desk().db.query("alter table sends disable trigger sends_keep_approved");
    await desk().db.query("update sends set status = 'sending', subject = 'Another' where step = 1");
    await desk().db.query("alter table sends enable trigger sends_keep_approved");
    await approve(edit);
    expect(await apply(edit.approval.id)).toMatchObject({ outcome: "applied", mails: 0, left: 4 });
  });

  it("are placed anew only by an edit that says so", async () => {
    const plan = await running();
    const before = (await sends()).map(({ due_at }) => due_at);
    const words = await proposeEdit(plan, { templates: NEW_WORDS }, "2031-06-02T17:00:00Z");
    await approve(words);
    await apply(words.approval.id);
    expect((await sends()).map(({ due_at }) => due_at)).toEqual(before);
    const times = await proposeEdit(
      plan,
      { retimed: true, dailyLimit: 50, windowStart: "10:00" },
      "2031-06-02T17:00:00Z",
    );
    await approve(times);
    await apply(times.approval.id);
    const moved = (await sends()).filter(({ step }) => step === 2);
    expect(new Set(moved.map(({ due_at }) => Date.parse(due_at)))).toEqual(
      new Set([Date.parse("2031-06-02T17:00:00Z")]),
    );
    const [campaign] = await desk().db.query<{ window_start: string; limit: string }>(
      "select window_start::text, settings ->> 'dailyLimit' as limit from campaigns",
    );
    expect(campaign).toEqual({ window_start: "10:00:00", limit: "50" });
  });

  it("do not change without an approval, by another's, by an older one, or after the edit was touched", async () => {
    const plan = await running();
    const first = await proposeEdit(plan);
    await expect(apply(first.approval.id)).rejects.toMatchObject({ code: "42501" });
    await expect(apply(plan.approvalId)).rejects.toMatchObject({ code: "42501" });
    await approve(first);
    const second = await proposeEdit(plan);
    expect(await apply(first.approval.id)).toEqual({ outcome: "superseded" });
    await approve(second);
    await desk().db.query("update planned_sends set body = 'Harder' where revision = $1", [second.revision]);
    await expect(apply(second.approval.id)).rejects.toMatchObject({ code: "23514" });
    expect((await sends()).filter(({ body }) => body === "Softer" || body === "Harder")).toEqual([]);
  });

  it("cannot be changed around the edit: neither by hand nor by saying that one is under way", async () => {
    const plan = await running();
    await proposeEdit(plan);
    await expect(
      desk().service.rows("update sends set subject = 'RE: Mail 1', body = 'Softer' where step = 2"),
    ).rejects.toMatchObject({ code: "23514" });
    await expect(desk().service.rows("update campaign_edits set status = 'applying'")).rejects.toMatchObject({
      code: "42501",
    });
    await expect(
      desk().service.call("save_edit_chunk", { p_campaign_id: plan.campaignId, p_revision: 2, p_sends: [] }),
    ).rejects.toMatchObject({ code: "23514" });
  });

  it("are cancelled for contacts an approved edit leaves out, and for nobody else", async () => {
    const plan = await running();
    const [out] = plan.contacts;
    const edit = await proposeEdit(plan, { templates: NEW_WORDS, leaveOut: [out?.id] });
    await desk().db.query(
      "update sends set status = 'sending', handed_at = now() where contact_id = $1 and step = 1",
      [out?.id ?? null],
    );
    expect((await sends()).some(({ status }) => status === "cancelled")).toBe(false);
    await approve(edit);
    expect(await apply(edit.approval.id)).toMatchObject({ outcome: "applied", leftOut: 1 });
    const cancelled = (await sends()).filter(({ status }) => status === "cancelled");
    expect(cancelled.map(({ contact_id, step }) => [contact_id, step])).toEqual([
      [out?.id, 2],
      [out?.id, 3],
    ]);
    expect(
      await desk().db.query("select contact_id, reason from enrollments where status = 'stopped'"),
    ).toEqual([{ contact_id: out?.id, reason: "left out by a change of the running campaign" }]);
    expect(await desk().db.query("select dropped_contact_ids from campaigns")).toEqual([
      { dropped_contact_ids: [out?.id] },
    ]);
  });

  it("are not changed in a campaign that was stopped", async () => {
    const plan = await running();
    const edit = await proposeEdit(plan);
    await approve(edit);
    await desk().operator.call("set_campaign_status", {
      p_id: plan.campaignId,
      p_to: "stopped",
      p_reason: "over",
    });
    expect(await apply(edit.approval.id)).toEqual({ outcome: "ended" });
    await expect(proposeEdit(plan)).rejects.toMatchObject({ code: "23514" });
  });
});
