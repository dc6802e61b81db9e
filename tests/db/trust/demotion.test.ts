import { describe, expect, it } from "vitest";
import { runCampaign } from "../support/make-campaign";
import { mailFrom, receive } from "../support/make-mail";
import { addMailbox } from "../support/make-market";
import { openDesk } from "../support/open-desk";
import { together } from "../support/sessions";
import {
  agentRun,
  type CheckpointName,
  intoAuto,
  judgeMany,
  modeOf,
  propose,
  trustOf,
  verdict,
} from "./judge";

const desk = openDesk();

const demotions = () =>
  desk().operator.rows<{ checkpoint: string; cause: string; reason: string }>(
    "select checkpoint, cause, reason from mode_changes where kind = 'demoted' order by id",
  );
/** Auto lets something through, and a person looks back at it. */
const lookBack = async (
  checkpoint: CheckpointName,
  said: "agree" | "would_change" | "would_reject",
  extra: Readonly<Record<string, unknown>> = {},
) => verdict(desk(), await propose(desk(), checkpoint, extra), said);

describe("A verdict afterwards", () => {
  it("is given once, however many people look back at the same moment", async () => {
    const approval = await propose(desk(), "sourcing");
    const outcomes = await together(desk().operator, 12, (session) =>
      session.call<{ outcome: string }>("give_verdict", { p_id: approval.id, p_verdict: "agree" }),
    );
    expect(outcomes.filter((row) => row.outcome === "given")).toHaveLength(1);
    expect(outcomes.filter((row) => row.outcome === "already_given")).toHaveLength(11);
    expect(await desk().db.query("select 1 from audit_log where action = 'approval.verdict'")).toHaveLength(
      1,
    );
    expect(await trustOf(desk(), "sourcing")).toMatchObject({ decisions: 1, unchanged: 1 });
  });

  it("needs words when it is not agreement, and they become a learning", async () => {
    const approval = await propose(desk(), "sourcing");
    const silent = verdict(desk(), approval, "would_change", { p_words: " " });
    await expect(silent).rejects.toMatchObject({ code: "22023" });
    await verdict(desk(), approval, "would_change", {
      p_words: "add Orange County",
      p_agent: "sourcing-agent",
      p_tags: "{market:130}",
    });
    expect(await desk().db.query("select agent, words, tags, approval_id from agent_feedback")).toEqual([
      { agent: "sourcing-agent", words: "add Orange County", tags: ["market:130"], approval_id: approval.id },
    ]);
    expect(await trustOf(desk(), "sourcing")).toMatchObject({ decisions: 1, edited: 1 });
  });

  it("is not asked of what a person decided, and not of what is not there", async () => {
    const asked = await propose(desk(), "campaign");
    expect(await verdict(desk(), asked, "agree")).toMatchObject({ outcome: "not_auto" });
    const gone = { ...asked, id: "00000000-0000-4000-8000-000000000000" };
    expect(await verdict(desk(), gone, "agree")).toMatchObject({ outcome: "not_found" });
  });

  it("with another category sets the mail right, and feeds the confusion matrix once", async () => {
    const email = await receive(desk(), await addMailbox(desk()), mailFrom("owner@nowhere.test"));
    const filed = await propose(desk(), "classification", { p_email_id: email });
    await desk().service.call("route_email", {
      p_id: email,
      p_category: "soft_pass",
      p_confidence: 0.9,
      p_reason: "r",
      p_decided_by: "agent",
    });
    await verdict(desk(), filed, "would_change", { p_words: "he means never", p_category: "hard_pass" });
    expect(await desk().db.query("select category, decided_by from synced_emails")).toEqual([
      { category: "hard_pass", decided_by: "person" },
    ]);
    expect(await desk().db.query("select predicted, correct from labelled_replies")).toEqual([
      { predicted: "soft_pass", correct: "hard_pass" },
    ]);
    expect(await desk().db.query("select words from agent_feedback")).toEqual([{ words: "he means never" }]);
    expect(await trustOf(desk(), "classification")).toMatchObject({ decisions: 1, edited: 1 });
  });

  it("of agreement on a mail is a confirmed label", async () => {
    const email = await receive(desk(), await addMailbox(desk()), mailFrom("owner@nowhere.test"));
    await verdict(desk(), await propose(desk(), "classification", { p_email_id: email }), "agree");
    expect(await desk().db.query("select predicted, correct from labelled_replies")).toEqual([
      { predicted: "soft_pass", correct: "soft_pass" },
    ]);
  });
});

describe("The system takes auto back", () => {
  it("after two edits or rejections in the last five looked back at, with the reason, an audit row and a notice", async () => {
    await lookBack("sourcing", "agree");
    await lookBack("sourcing", "would_change");
    await lookBack("sourcing", "agree");
    await lookBack("sourcing", "agree");
    expect(await modeOf(desk(), "sourcing")).toBe("auto");
    expect(await lookBack("sourcing", "would_reject")).toMatchObject({ outcome: "given", mode: "plan" });
    const reason = "2 of the last 5 looked back at would have been changed or rejected";
    expect(await demotions()).toEqual([{ checkpoint: "sourcing", cause: "burst", reason }]);
    expect(
      await desk().db.query("select actor, actor_id, why from audit_log where action = 'checkpoint.mode'"),
    ).toEqual([{ actor: "system", actor_id: null, why: reason }]);
    expect(await desk().operator.rows("select tone, title, href from notices")).toEqual([
      { tone: "attention", title: "Sourcing is back in plan", href: "/settings/checkpoints/sourcing" },
    ]);
  });

  it("not when the two lie further apart than five", async () => {
    await lookBack("sourcing", "would_change");
    for (let index = 0; index < 4; index++) await lookBack("sourcing", "agree");
    await desk().db.query("update checkpoint_settings set looks_left = 10");
    await lookBack("sourcing", "would_change");
    expect(await modeOf(desk(), "sourcing")).toBe("auto");
  });

  it("not for verdicts on an earlier time in auto", async () => {
    const [old, older] = [await propose(desk(), "sourcing"), await propose(desk(), "sourcing")];
    await desk().operator.call("set_checkpoint_mode", { p_checkpoint: "sourcing", p_mode: "plan" });
    await intoAuto(desk(), "sourcing");
    await verdict(desk(), old, "would_reject");
    await verdict(desk(), older, "would_reject");
    expect(await modeOf(desk(), "sourcing")).toBe("auto");
  });

  it("once, however many verdicts come at the same moment", async () => {
    const approvals = await Promise.all(Array.from({ length: 5 }, () => propose(desk(), "sourcing")));
    await Promise.all(approvals.map((approval) => verdict(desk(), approval, "would_reject")));
    expect(await demotions()).toHaveLength(1);
  });

  it("and what it earned before counts no more", async () => {
    await desk().operator.call("set_checkpoint_mode", { p_checkpoint: "sourcing", p_mode: "plan" });
    await judgeMany(desk(), "sourcing", "unchanged", 35);
    await desk().operator.call("set_checkpoint_mode", { p_checkpoint: "sourcing", p_mode: "auto" });
    await lookBack("sourcing", "would_reject");
    await lookBack("sourcing", "would_reject");
    expect(await trustOf(desk(), "sourcing")).toMatchObject({
      decisions: 0,
      passes: false,
      all_decisions: 37,
    });
    const [kept] = await desk().operator.rows<{ evidence: { decisions: number; unchanged: number } }>(
      "select evidence from mode_changes where kind = 'demoted'",
    );
    expect(kept?.evidence, "its history says how it stood").toMatchObject({ decisions: 37, unchanged: 35 });
  });

  it.each([
    ["bounce", 2, 3, "bounces", "3 of 50 mails bounced, more than 5%"],
    ["complaint", 1, 2, "complaints", "2 of 50 mails drew a complaint, more than 0.3%"],
  ] as const)(
    "when %ss cross the line: %i of 50 are borne, %i are not",
    async (category, borne, tooMany, cause, reason) => {
      await intoAuto(desk(), "campaign");
      const plan = await runCampaign(desk(), { count: 50 }); // approved by auto: decide finds it done
      await desk().db.query("update sends set status = 'sending', handed_at = now()");
      await desk().db.query("update sends set status = 'sent', sent_at = now()");
      const sends = await desk().db.query<{ id: string }>("select id from sends order by id");
      const comes = async (index: number) => {
        const email = await receive(
          desk(),
          plan.mailboxes[0],
          mailFrom("daemon@nowhere.test", { receivedAt: new Date().toISOString() }),
        );
        await desk().db.query("update synced_emails set send_id = $2 where id = $1", [
          email,
          sends[index]?.id ?? "",
        ]);
        await desk().service.call("route_email", {
          p_id: email,
          p_category: category,
          p_confidence: 1,
          p_reason: "r",
          p_decided_by: "rules",
        });
      };
      for (let index = 0; index < borne; index++) await comes(index);
      expect(await modeOf(desk(), "campaign")).toBe("auto");
      for (let index = borne; index < tooMany; index++) await comes(index);
      expect(await modeOf(desk(), "campaign")).toBe("plan");
      expect(await demotions()).toEqual([{ checkpoint: "campaign", cause, reason }]);
    },
  );

  it("when an agent answers in the wrong shape three times in a row, and not when something else failed", async () => {
    for (const failure of ["schema", "rate_limited", "schema", "checks"])
      await agentRun(desk(), "one", { failure });
    await agentRun(desk(), "one", { agent: "response-classifier", failure: "schema" });
    expect(await modeOf(desk(), "sourcing")).toBe("auto");
    await agentRun(desk(), "one", { failure: "no_answer" });
    expect(await modeOf(desk(), "sourcing")).toBe("plan");
    expect(await demotions()).toMatchObject([
      { cause: "schema", reason: "sourcing-agent answered in the wrong shape 3 times in a row" },
    ]);
    expect(await modeOf(desk(), "classification")).toBe("auto");
  });

  it("when five of an agent's last twenty answers had the wrong shape, though never three in a row", async () => {
    for (let index = 0; index < 4; index++) {
      await agentRun(desk(), "one", { failure: "schema" });
      await agentRun(desk(), "one");
    }
    expect(await modeOf(desk(), "sourcing")).toBe("auto");
    await agentRun(desk(), "one", { failure: "schema" });
    expect(await demotions()).toMatchObject([{ cause: "schema" }]);
  });

  it("at the next sweep, should the moment itself have been missed", async () => {
    const first = await propose(desk(), "sourcing");
    const second = await propose(desk(), "sourcing");
    await desk().db.query("alter table approval_queue disable trigger approval_queue_verdict");
    await verdict(desk(), first, "would_reject");
    await verdict(desk(), second, "would_reject");
    await desk().db.query("alter table approval_queue enable trigger approval_queue_verdict");
    expect(await modeOf(desk(), "sourcing")).toBe("auto");
    expect(await desk().service.rows("select * from check_trust()")).toEqual([
      { checkpoint: "sourcing", what: "demoted" },
    ]);
    expect(await desk().service.rows("select * from check_trust()")).toEqual([]);
  });

  it("and the notice stays until a person says they have seen it", async () => {
    await lookBack("sourcing", "would_reject");
    await lookBack("sourcing", "would_reject");
    const [notice] = await desk().operator.rows<{ id: string }>("select id from notices");
    expect(await desk().operator.call("acknowledge_notice", { p_id: notice?.id })).toBe(true);
    expect(await desk().operator.call("acknowledge_notice", { p_id: notice?.id })).toBe(false);
    expect(await desk().operator.rows("select acknowledged_by from notices")).toEqual([
      { acknowledged_by: desk().operatorName },
    ]);
  });
});
