import { describe, expect, it } from "vitest";
import { addOperator } from "./support/desk";
import { openDesk } from "./support/open-desk";
import { together } from "./support/sessions";

const desk = openDesk();

interface Approval {
  id: string;
  content_hash: string;
}
interface Outcome {
  outcome: string;
  status: string;
  decidedBy: string | null;
  decidedAt: string | null;
}

const ask = (revision = 1, extra: Record<string, unknown> = {}) =>
  desk().service.row<Approval>("propose", {
    p_run_key: "search:1",
    p_checkpoint: "extraction",
    p_revision: revision,
    p_title: "Run",
    p_summary: "Run",
    p_proposal: { revision },
    ...extra,
  });

const decision = (approval: Approval, decision: string, extra: Record<string, unknown> = {}) => ({
  p_id: approval.id,
  p_decision: decision,
  p_content_hash: approval.content_hash,
  ...extra,
});

const statusOf = async (approval: Approval) =>
  (
    await desk().db.query<{ status: string }>("select status from approval_queue where id = $1", [
      approval.id,
    ])
  )[0]?.status;

describe("Deciding", () => {
  it("lets exactly one of 12 people decide, and tells the others who did and when", async () => {
    const approval = await ask();
    const outcomes = await together(desk().operator, 12, (session, index) =>
      session.call<Outcome>(
        "decide_approval",
        decision(approval, index % 2 ? "approve" : "reject", { p_feedback: `words ${index}` }),
      ),
    );
    const won = outcomes.filter((outcome) => outcome.outcome === "decided");
    const lost = outcomes.filter((outcome) => outcome.outcome === "already_decided");
    expect([won.length, lost.length]).toEqual([1, 11]);
    for (const outcome of lost)
      expect(outcome).toMatchObject({
        status: won[0]?.status,
        decidedBy: desk().operatorName,
        decidedAt: won[0]?.decidedAt,
      });
    const decisions = await desk().db.query(
      "select 1 from audit_log where action in ('approval.approved', 'approval.rejected')",
    );
    expect(decisions).toHaveLength(1);
  });

  it("says the proposal changed when the hash is not the one that was seen, and decides nothing", async () => {
    const approval = await ask();
    const outcome = await desk().operator.call<Outcome>("decide_approval", {
      ...decision(approval, "approve"),
      p_content_hash: "what I saw before",
    });
    expect(outcome).toMatchObject({ outcome: "changed", status: "pending" });
    expect(await statusOf(approval)).toBe("pending");
  });

  it("does not approve an old revision while the next one is being asked", async () => {
    const first = await ask(1);
    const [outcome, second] = await Promise.all([
      desk().operator.call<Outcome>("decide_approval", decision(first, "approve")),
      ask(2),
    ]);
    const status = await statusOf(first);
    expect(status).toBe(outcome.outcome === "decided" ? "approved" : "superseded");
    expect(await statusOf(second)).toBe("pending");
  });

  it("tells someone deciding a superseded proposal that it changed, not that nobody decided it", async () => {
    const first = await ask(1);
    await ask(2);
    const outcome = await desk().operator.call<Outcome>("decide_approval", decision(first, "approve"));
    expect(outcome).toMatchObject({ outcome: "changed", status: "superseded" });
  });

  it("writes the decision, its audit row and its feedback together or not at all", async () => {
    const approval = await ask();
    const broken = decision(approval, "request_changes", { p_feedback: "add Orange County", p_tags: null });
    const words = { ...broken, p_agent: "sourcing-agent", p_tags: "{market:130}" };
    await expect(
      desk().operator.transaction(async (session) => {
        await session.call("decide_approval", words);
        throw new Error("the tab closed");
      }),
    ).rejects.toThrow("the tab closed");
    expect(await statusOf(approval)).toBe("pending");
    expect(await desk().db.query("select 1 from agent_feedback")).toHaveLength(0);

    await desk().operator.call("decide_approval", words);
    expect(await desk().db.query("select words, tags, author, approval_id from agent_feedback")).toEqual([
      {
        words: "add Orange County",
        tags: ["market:130"],
        author: desk().operatorName,
        approval_id: approval.id,
      },
    ]);
    const audit = await desk().db.query(
      "select actor, why from audit_log where action = 'approval.changes_requested'",
    );
    expect(audit).toEqual([{ actor: desk().operatorName, why: "add Orange County" }]);
  });

  it.each(["reject", "request_changes"])("asks for words before it takes a %s", async (kind) => {
    const approval = await ask();
    await expect(
      desk().operator.call("decide_approval", decision(approval, kind, { p_feedback: " \n " })),
    ).rejects.toMatchObject({ code: "22023" });
    expect(await statusOf(approval)).toBe("pending");
  });

  it("knows no fourth decision", async () => {
    const approval = await ask();
    await expect(desk().operator.call("decide_approval", decision(approval, "maybe"))).rejects.toMatchObject({
      code: "22023",
    });
  });

  it("never takes a decision back", async () => {
    const approval = await ask();
    await desk().operator.call("decide_approval", decision(approval, "approve"));
    for (const status of ["pending", "rejected", "expired", "superseded"])
      await expect(
        desk().service.rows("update approval_queue set status = $2 where id = $1", [approval.id, status]),
      ).rejects.toMatchObject({ code: "23514" });
  });
});

describe("An approval nobody answers", () => {
  const age = (now: string) =>
    desk().service.rows<{ id: string; what: string }>("select * from age_approvals($1)", [now]);
  const overdue = () => ask(1, { p_deadline_at: "2031-01-01T00:00:00Z" });

  it("is brought to the top at its deadline, once, however many sweeps run", async () => {
    const approval = await overdue();
    const aged = await together(desk().service, 12, (session) =>
      session.rows<{ id: string; what: string }>("select * from age_approvals('2031-01-01T00:01:00Z')"),
    );
    expect(aged.flat()).toEqual([{ id: approval.id, what: "reminded" }]);
    const [row] = await desk().db.query("select status, priority from approval_queue");
    expect(row).toEqual({ status: "pending", priority: 5 });
  });

  it("is parked a day later, with an audit row, and can be reopened and decided", async () => {
    const approval = await overdue();
    await age("2031-01-01T00:01:00Z");
    expect(await age("2031-01-02T00:02:00Z")).toEqual([{ id: approval.id, what: "expired" }]);
    expect(await desk().db.query("select 1 from audit_log where action = 'approval.expired'")).toHaveLength(
      1,
    );
    expect(await desk().operator.call("reopen_approval", { p_id: approval.id })).toBe(true);
    const outcome = await desk().operator.call<Outcome>("decide_approval", decision(approval, "approve"));
    expect(outcome.outcome).toBe("decided");
  });

  it("says it expired to someone who decides it too late, and names nobody", async () => {
    const approval = await overdue();
    await age("2031-01-01T00:01:00Z");
    await age("2031-01-02T00:02:00Z");
    const outcome = await desk().operator.call<Outcome>("decide_approval", decision(approval, "approve"));
    expect(outcome).toMatchObject({ status: "expired", decidedBy: null });
    expect(outcome.outcome).not.toBe("decided");
  });

  it("stays where it is until the day someone put it off to", async () => {
    const approval = await overdue();
    await age("2031-01-01T00:01:00Z");
    const until = { p_id: approval.id, p_until: "2031-01-05T00:00:00Z" };
    expect(await desk().operator.call("snooze_approval", until)).toBe(true);
    expect(await age("2031-01-03T00:00:00Z")).toEqual([]);
    expect(await age("2031-01-05T00:01:00Z")).toEqual([{ id: approval.id, what: "expired" }]);
  });

  it("cannot be put off once it is decided", async () => {
    const approval = await ask();
    await desk().operator.call("decide_approval", decision(approval, "approve"));
    const until = { p_id: approval.id, p_until: "2031-01-05T00:00:00Z" };
    expect(await desk().operator.call("snooze_approval", until)).toBe(false);
  });

  it("is not reopened once a newer revision was asked for, even when both happen at once", async () => {
    const approval = await overdue();
    await age("2031-01-01T00:01:00Z");
    await age("2031-01-02T00:02:00Z");
    await Promise.all([
      ask(2),
      ...Array.from({ length: 4 }, () => desk().operator.call("reopen_approval", { p_id: approval.id })),
    ]);
    expect(await desk().operator.call("reopen_approval", { p_id: approval.id })).toBe(false);
    const waiting = await desk().db.query("select revision from approval_queue where status = 'pending'");
    expect(waiting).toEqual([{ revision: 2 }]);
  });
});

describe("The audit log", () => {
  it("is only ever added to, whoever asks", async () => {
    await ask();
    for (const statement of [
      "update audit_log set why = 'nothing happened'",
      "delete from audit_log",
      "truncate audit_log",
    ])
      for (const caller of [desk().db.query, desk().service.rows, desk().operator.rows])
        await expect(caller(statement), statement).rejects.toMatchObject({ code: "42501" });
    expect(await desk().db.query("select 1 from audit_log")).toHaveLength(1);
  });

  it("names the operator even when the request claims to be someone else", async () => {
    const other = await addOperator(desk().db, "Lee Okafor");
    const approval = await ask();
    await other.call("decide_approval", decision(approval, "approve"));
    const [row] = await desk().db.query("select actor from audit_log where action = 'approval.approved'");
    expect(row).toEqual({ actor: "Lee Okafor" });
  });
});
