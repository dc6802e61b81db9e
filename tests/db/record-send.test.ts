import { beforeEach, describe, expect, it } from "vitest";
import { minutesAfter, NOON, runCampaign } from "./support/make-campaign";
import { reserve } from "./support/make-mail";
import { openDesk } from "./support/open-desk";
import { together } from "./support/sessions";

const desk = openDesk();
let mailbox: string | undefined;
let sendId = "";

beforeEach(async () => {
  const plan = await runCampaign(desk());
  mailbox = plan.mailboxes[0];
  sendId = (await reserve(desk().service, mailbox, NOON)).send?.id ?? "";
});

const record = (to: string, evidence: Record<string, unknown> = {}) =>
  desk().service.call<boolean>("record_send", {
    p_id: sendId,
    p_to: to,
    p_reason: to,
    p_evidence: evidence,
  });
const settle = (answer: string) =>
  desk().operator.call<boolean>("settle_send", { p_id: sendId, p_answer: answer });
const row = async () =>
  (await desk().db.query<Record<string, unknown>>("select * from sends where id = $1", [sendId]))[0];

describe("A mail that was handed over", () => {
  it("is recorded with where to find it, and recording it again changes nothing", async () => {
    expect(await record("sent", { messageId: "<1@desk>", entryId: "e1", sentAt: NOON })).toBe(true);
    expect(await record("sent", { messageId: "<2@desk>" })).toBe(true);
    expect(await row()).toMatchObject({ status: "sent", message_id: "<1@desk>", sent_at: new Date(NOON) });
    expect(await desk().db.query("select 1 from audit_log where action = 'send.sent'")).toHaveLength(1);
  });

  it("never goes back to the queue once it is sent", async () => {
    await record("sent");
    for (const status of ["scheduled", "uncertain", "failed", "cancelled"])
      expect(await record(status), status).toBe(false);
    await expect(
      desk().service.rows("update sends set status = 'scheduled' where id = $1", [sendId]),
    ).rejects.toMatchObject({ code: "23514" });
  });

  it("is recorded by one of 12 processes that disagree", async () => {
    const outcomes = ["sent", "uncertain", "failed"];
    await together(desk().service, 12, (session, index) =>
      session
        .rows("select record_send($1, $2)", [sendId, outcomes[index % 3] ?? null])
        .catch((error: { code: string }) => {
          // From `uncertain` nothing leads to `failed`: refused, not half done.
          if (error.code !== "23514") throw error;
        }),
    );
    const { status } = (await row()) ?? {};
    const moves = await desk().db.query<{ before: { status: string }; after: { status: string } }>(
      "select before, after from audit_log where entity = 'sends' and entity_id = $1 order by id",
      [sendId],
    );
    expect(moves[0]?.before.status).toBe("sending");
    expect(moves.at(-1)?.after.status).toBe(status);
    expect(moves.length).toBeLessThanOrEqual(2);
  });

  it("that timed out is uncertain: it is not handed over again by itself, at any later time", async () => {
    await record("uncertain");
    for (const minutes of [1, 60, 1440, 14 * 1440])
      expect((await reserve(desk().service, mailbox, minutesAfter(NOON, minutes))).outcome).toBe("wait");
  });

  it("whose process died is not handed over again by itself either", async () => {
    for (const minutes of [1, 60, 1440])
      expect((await reserve(desk().service, mailbox, minutesAfter(NOON, minutes))).outcome).toBe("wait");
    const stalled = await desk().service.call<{ sends: string[] }>("stalled_work", {
      p_now: minutesAfter(NOON, 10),
    });
    expect(stalled.sends).toEqual([sendId]);
  });
});

describe("A mail of unknown fate", () => {
  beforeEach(() => record("uncertain"));

  it("is sent when it is found, with the evidence", async () => {
    expect(await record("sent", { messageId: "<1@desk>", foundIn: "sent" })).toBe(true);
    expect(await row()).toMatchObject({ status: "sent", message_id: "<1@desk>" });
  });

  it.each([
    ["found", "sent"],
    ["again", "scheduled"],
    ["drop", "cancelled"],
  ])("is settled by a person who says %s", async (answer, status) => {
    expect(await settle(answer)).toBe(true);
    expect(await row()).toMatchObject({ status });
    const [audit] = await desk().db.query(
      "select actor from audit_log where entity = 'sends' order by id desc limit 1",
    );
    expect(audit).toEqual({ actor: desk().operatorName });
  });

  it("is settled once when several people answer at once", async () => {
    const answers = ["found", "again", "drop"];
    const settled = await together(desk().operator, 12, (session, index) =>
      session.call<boolean>("settle_send", { p_id: sendId, p_answer: answers[index % 3] }),
    );
    expect(settled.filter(Boolean)).toHaveLength(1);
  });

  it("is not settled by an answer nobody knows", async () => {
    await expect(settle("maybe")).rejects.toMatchObject({ code: "22023" });
    expect(await row()).toMatchObject({ status: "uncertain" });
  });

  it("is not settled after it was found", async () => {
    await record("sent");
    expect(await settle("again")).toBe(false);
  });
});

describe("A campaign", () => {
  it("is completed when its last mail is settled, not while one is of unknown fate", async () => {
    await record("uncertain");
    expect(await desk().service.call("close_finished_campaigns")).toBe(0);
    await settle("found");
    expect(await desk().service.call("close_finished_campaigns")).toBe(1);
    expect(await desk().db.query("select status from campaigns")).toEqual([{ status: "completed" }]);
  });
});
