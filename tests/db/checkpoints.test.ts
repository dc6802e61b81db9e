import { describe, expect, it } from "vitest";
import { openDesk } from "./support/open-desk";
import { together } from "./support/sessions";

const desk = openDesk();

interface Approval {
  id: string;
  revision: number;
  status: string;
  mode: string;
  decided_by: string | null;
  content_hash: string;
}

const ask = (revision: number, proposal: unknown = { payloads: [1] }, checkpoint = "extraction") => ({
  p_run_key: "search:1",
  p_checkpoint: checkpoint,
  p_revision: revision,
  p_title: "Run 2 payloads",
  p_summary: "Los Angeles",
  p_proposal: proposal,
});

describe("A new desk", () => {
  it("starts in the modes its users know", async () => {
    const modes = await desk().operator.rows(
      "select checkpoint, mode from checkpoint_settings order by checkpoint",
    );
    expect(modes).toEqual([
      { checkpoint: "campaign", mode: "plan" },
      { checkpoint: "classification", mode: "auto" },
      { checkpoint: "extraction", mode: "plan" },
      { checkpoint: "sourcing", mode: "auto" },
    ]);
  });

  it("never runs an extraction without a person, whoever asks and however", async () => {
    const auto = { p_checkpoint: "extraction", p_mode: "auto" };
    await expect(desk().operator.call("set_checkpoint_mode", auto)).rejects.toMatchObject({ code: "23514" });
    await expect(
      desk().db.query("update checkpoint_settings set mode = 'auto' where checkpoint = 'extraction'"),
    ).rejects.toMatchObject({ code: "23514" });
  });

  it("writes down who changed a mode, and what it was before", async () => {
    await desk().operator.call("set_checkpoint_mode", {
      p_checkpoint: "campaign",
      p_mode: "auto",
      p_reason: "98 of 100 approved unchanged",
    });
    const audit = await desk().operator.rows(
      "select actor, before, after, why from audit_log where action = 'checkpoint.mode'",
    );
    expect(audit).toEqual([
      {
        actor: desk().operatorName,
        before: { mode: "plan" },
        after: { mode: "auto" },
        why: "98 of 100 approved unchanged",
      },
    ]);
  });

  it("refuses a time zone no clock knows, before a mail could get stuck on it", async () => {
    const changes = { p_changes: { time_zone: "America/Los_Angelos" } };
    await expect(desk().operator.call("update_desk_settings", changes)).rejects.toMatchObject({
      code: "22023",
    });
  });

  it("stops sending only with a reason", async () => {
    const silent = { p_pulled: true, p_reason: "  " };
    await expect(desk().operator.call("set_kill_switch", silent)).rejects.toMatchObject({ code: "22023" });
  });
});

describe("Asking for approval", () => {
  it("asks once, however many workers ask the same at the same time", async () => {
    const asked = await together(desk().service, 12, (session) => session.row<Approval>("propose", ask(1)));
    expect(new Set(asked.map((approval) => approval.id)).size).toBe(1);
    expect(await desk().db.query("select 1 from approval_queue")).toHaveLength(1);
    expect(await desk().db.query("select 1 from audit_log where action = 'approval.asked'")).toHaveLength(1);
  });

  it("keeps one proposal waiting per run and checkpoint while 12 revisions race", async () => {
    const { service, db } = desk();
    const asked = await Promise.allSettled(
      Array.from({ length: 12 }, (_, index) => service.row<Approval>("propose", ask(index + 1))),
    );
    expect(asked.some((result) => result.status === "fulfilled")).toBe(true);
    await service.row("propose", ask(13));
    const waiting = await db.query("select revision from approval_queue where status = 'pending'");
    expect(waiting).toEqual([{ revision: 13 }]);
  });

  it("shows only the newest revision: the one before it is superseded, not decided", async () => {
    const first = await desk().service.row<Approval>("propose", ask(1));
    await desk().service.row("propose", ask(2, { payloads: [1, 2] }));
    const [old] = await desk().db.query<Approval>("select * from approval_queue where id = $1", [first.id]);
    expect(old).toMatchObject({ status: "superseded", decided_by: null });
  });

  it("never asks again for an older revision than the one that stands", async () => {
    await desk().service.row("propose", ask(2));
    const late = await desk().service.row<Approval>("propose", ask(1, { payloads: ["old"] }));
    expect(late).toMatchObject({ revision: 2, status: "pending" });
    expect(await desk().db.query("select 1 from approval_queue")).toHaveLength(1);
  });

  it("hashes what is asked in the database, so that equal proposals have equal hashes and others do not", async () => {
    const hash = async (key: string, proposal: unknown) =>
      (await desk().service.row<Approval>("propose", { ...ask(1, proposal), p_run_key: key })).content_hash;
    const first = await hash("a", { x: 1, y: [2] });
    expect(first).toMatch(/^[0-9a-f]{64}$/);
    expect(await hash("b", { y: [2], x: 1 })).toBe(first);
    expect(await hash("c", { x: 1, y: [3] })).not.toBe(first);
  });

  it("approves at once in auto mode, with the same record a person's approval leaves", async () => {
    const approval = await desk().service.row<Approval>("propose", ask(1, {}, "sourcing"));
    expect(approval).toMatchObject({ status: "approved", mode: "auto", decided_by: "auto" });
    const audit = await desk().db.query("select entity_id from audit_log where action = 'approval.auto'");
    expect(audit).toEqual([{ entity_id: approval.id }]);
  });

  it("cannot change what was shown, not even from the server", async () => {
    const approval = await desk().service.row<Approval>("propose", ask(1));
    for (const change of [
      `proposal = '{"payloads": ["other"]}'`,
      "content_hash = 'x'",
      "title = 'Other'",
      "summary = 'Other'",
    ])
      await expect(
        desk().service.rows(`update approval_queue set ${change} where id = $1`, [approval.id]),
        change,
      ).rejects.toMatchObject({ code: "23514" });
  });
});
