import { describe, expect, it } from "vitest";
import { openDesk } from "../support/open-desk";
import { together } from "../support/sessions";
import { type Approval, agentRun, intoAuto, judge, judgeMany, modeOf, propose } from "./judge";

const desk = openDesk();

const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();
const promote = (extra: Readonly<Record<string, unknown>> = {}) =>
  desk().operator.call("set_checkpoint_mode", { p_checkpoint: "campaign", p_mode: "auto", ...extra });
const changes = (checkpoint = "campaign") =>
  desk().operator.rows<{ kind: string; actor: string; cause: string | null; reason: string | null }>(
    "select kind, actor, cause, reason from mode_changes where checkpoint = $1 order by id",
    [checkpoint],
  );
const campaignOf = (enrolled: number) => ({ p_proposal: { planHash: "h", totals: { enrolled } } });
const payloads = (markets: number[], types: number[]) => ({
  p_proposal: {
    strategy: "s",
    payloads: [
      {
        title: "A",
        payload: {
          "0": {
            Geography: { Filter: { FilterType: 132, Ids: markets } },
            Property: { PropertyTypes: types },
          },
        },
      },
    ],
  },
});

describe("A person puts a checkpoint into auto", () => {
  it("with the evidence as the reason, once the bar is passed", async () => {
    await judgeMany(desk(), "campaign", "unchanged", 35);
    await promote();
    expect(await modeOf(desk(), "campaign")).toBe("auto");
    expect(await changes()).toEqual([
      {
        kind: "promoted",
        actor: desk().operatorName,
        cause: null,
        reason: "35 of the last 35 approved unchanged; at least 0.90 with 95 % confidence",
      },
    ]);
  });

  it("not below the bar without words, and with them it is written down as ahead of the evidence", async () => {
    await judgeMany(desk(), "campaign", "unchanged", 20);
    await expect(promote()).rejects.toMatchObject({
      code: "22023",
      message: expect.stringMatching(/bar is not passed/),
    });
    await expect(promote({ p_reason: " \n" })).rejects.toMatchObject({ code: "22023" });
    await promote({ p_reason: "the buyer closes on Friday" });
    expect(await changes()).toMatchObject([{ kind: "ahead", reason: "the buyer closes on Friday" }]);
    const audit = await desk().db.query(
      "select after, why from audit_log where action = 'checkpoint.ahead_of_evidence'",
    );
    expect(audit).toEqual([
      { after: { unchanged: 20, decisions: 20, bound: 0.8389, bar: 0.9 }, why: "the buyer closes on Friday" },
    ]);
  });

  it("not on evidence that changed while the button was on the screen", async () => {
    await judgeMany(desk(), "campaign", "unchanged", 35);
    await judge(desk(), "campaign", "rejected");
    await expect(promote()).rejects.toMatchObject({ code: "22023" });
    expect(await modeOf(desk(), "campaign")).toBe("plan");
  });

  it("and takes it back whenever they like, without a reason", async () => {
    await intoAuto(desk(), "campaign");
    await desk().operator.call("set_checkpoint_mode", { p_checkpoint: "campaign", p_mode: "plan" });
    expect((await changes()).map((row) => row.kind)).toEqual(["ahead", "returned"]);
  });

  it("never extraction, however much was approved", async () => {
    await judgeMany(desk(), "extraction", "unchanged", 40);
    await expect(intoAuto(desk(), "extraction")).rejects.toMatchObject({ code: "23514" });
  });

  it("leaves a history nobody can change", async () => {
    await intoAuto(desk(), "campaign");
    await expect(desk().db.query("update mode_changes set reason = 'x'")).rejects.toMatchObject({
      code: "42501",
    });
    await expect(desk().db.query("delete from mode_changes")).rejects.toMatchObject({ code: "42501" });
  });
});

describe("Time in auto", () => {
  it("ends by itself, before any sweep has looked", async () => {
    await intoAuto(desk(), "campaign", { p_until: inHours(1) });
    expect(await propose(desk(), "campaign")).toMatchObject({ mode: "auto", status: "approved" });
    await desk().db.query(
      "update checkpoint_settings set auto_until = now() - interval '1 second' where checkpoint = 'campaign'",
    );
    expect(await modeOf(desk(), "campaign")).toBe("plan");
    const late = await propose(desk(), "campaign");
    expect(late).toMatchObject({ mode: "plan", status: "pending" });
    expect(late.mode_reason).toMatch(/^its time in auto ended .* America\/Los_Angeles$/);
  });

  it("is written down by the sweep, once, and somebody is told; what was earned stays earned", async () => {
    await judgeMany(desk(), "campaign", "unchanged", 35);
    await promote({ p_until: inHours(1) });
    const sweep = () =>
      desk().service.rows<{ checkpoint: string; what: string }>("select * from check_trust($1)", [
        inHours(2),
      ]);
    const swept = await Promise.all([sweep(), sweep(), sweep(), sweep()]);
    expect(swept.flat()).toEqual([{ checkpoint: "campaign", what: "ended" }]);
    expect((await changes()).at(-1)).toMatchObject({ kind: "ended", actor: "system", cause: "time" });
    expect(await desk().operator.rows("select tone, title from notices")).toEqual([
      { tone: "info", title: "Campaign is back in plan" },
    ]);
    await promote();
    expect(await modeOf(desk(), "campaign")).toBe("auto");
  });

  it.each([-1, 24 * 400])("cannot end %i hours from now", async (hours) => {
    await expect(intoAuto(desk(), "campaign", { p_until: inHours(hours) })).rejects.toMatchObject({
      code: "22023",
    });
  });
});

describe("Auto within limits", () => {
  const proposed = async (checkpoint: "campaign" | "sourcing" | "classification", extra: object) => {
    const { mode, mode_reason } = await propose(desk(), checkpoint, { ...extra });
    return { mode, because: mode_reason };
  };

  it("lets small campaigns go and asks about large ones, and says why on each", async () => {
    await intoAuto(desk(), "campaign", { p_scope: { maxContacts: 50 } });
    expect(await proposed("campaign", campaignOf(50))).toEqual({
      mode: "auto",
      because: `${desk().operatorName} put the checkpoint into auto: we are in a hurry; limited to campaigns of at most 50 contacts`,
    });
    expect(await proposed("campaign", campaignOf(51))).toEqual({
      mode: "plan",
      because: "auto covers campaigns of at most 50 contacts, and this one mails 51",
    });
    expect((await proposed("campaign", { p_proposal: {} })).mode).toBe("plan");
    const [audit] = await desk().db.query<{ why: string }>(
      "select why from audit_log where action = 'approval.auto' order by id desc limit 1",
    );
    expect(audit?.why).toMatch(/^auto: .* put the checkpoint into auto/);
  });

  it("sources only markets and property types a person approved before", async () => {
    await judge(desk(), "extraction", "unchanged", payloads([130, 140], [2]));
    await intoAuto(desk(), "sourcing", { p_scope: { seenOnly: true } });
    expect((await proposed("sourcing", payloads([130], [2]))).mode).toBe("auto");
    expect(await proposed("sourcing", payloads([130, 999], [2]))).toMatchObject({
      mode: "plan",
      because: expect.stringMatching(/new market$/),
    });
    expect((await proposed("sourcing", payloads([140], [5]))).because).toMatch(/new property type$/);
    expect((await proposed("sourcing", payloads([], [2]))).mode).toBe("plan");
  });

  it("files only the categories it covers, when it is sure enough", async () => {
    const scope = { categories: ["soft_pass", "wrong_contact"], minConfidence: 0.85 };
    await intoAuto(desk(), "classification", { p_scope: scope });
    const reply = (category: string, confidence: number) =>
      proposed("classification", { p_proposal: { category, confidence, facts: {} } });
    expect((await reply("soft_pass", 0.85)).mode).toBe("auto");
    expect(await reply("hard_pass", 0.99)).toEqual({
      mode: "plan",
      because: "auto does not cover hard pass",
    });
    expect((await reply("soft_pass", 0.8)).because).toBe(
      "auto covers what is at least 85% sure, and this is 80%",
    );
  });

  it.each([
    ["campaign", { maxContacts: 0 }],
    ["campaign", { maxContacts: "many" }],
    ["campaign", { seenOnly: true }],
    ["sourcing", { seenOnly: false }],
    ["classification", { categories: [] }],
    ["classification", { categories: ["lunch"] }],
    ["classification", { minConfidence: 0.5 }],
    ["classification", { minConfidence: "0.9" }],
    ["campaign", []],
  ] as const)("refuses limits of %s that mean nothing: %j", async (checkpoint, scope) => {
    await expect(intoAuto(desk(), checkpoint, { p_scope: scope })).rejects.toMatchObject({ code: "22023" });
  });

  it("can be narrowed or widened with a word, which starts nothing anew", async () => {
    await intoAuto(desk(), "campaign");
    const [before] = await desk().db.query(
      "select auto_since from checkpoint_settings where checkpoint = 'campaign'",
    );
    await intoAuto(desk(), "campaign", { p_scope: { maxContacts: 20 } });
    const [after] = await desk().db.query(
      "select auto_since from checkpoint_settings where checkpoint = 'campaign'",
    );
    expect(after).toEqual(before);
    expect((await changes()).map((row) => row.kind)).toEqual(["ahead", "limited"]);
    expect(await desk().db.query("select 1 from audit_log where action = 'checkpoint.limits'")).toHaveLength(
      1,
    );
  });
});

describe("What is looked back at", () => {
  const auto = (count: number) =>
    Promise.all(Array.from({ length: count }, () => propose(desk(), "sourcing")));

  it("is the first five after a promotion, even when 12 come at once, and a tenth of the rest", async () => {
    await desk().operator.call("set_checkpoint_mode", { p_checkpoint: "sourcing", p_mode: "plan" });
    await intoAuto(desk(), "sourcing");
    await desk().operator.call("update_trust_settings", { p_changes: { sample_share: 0.01 } });
    const first = await together(desk().service, 12, (session, index) =>
      session.row<Approval>("propose", {
        p_run_key: `burst:${index}`,
        p_checkpoint: "sourcing",
        p_revision: 1,
        p_title: "x",
        p_summary: "x",
        p_proposal: {},
      }),
    );
    expect(first.filter((approval) => approval.sampled).length).toBeGreaterThanOrEqual(5);
    expect(first.filter((approval) => approval.sampled).length).toBeLessThanOrEqual(7);
  });

  it("falls to the share that was set, by the id alone", async () => {
    await auto(5);
    const later = await auto(300);
    const points = await desk().db.query<{ id: string; point: number }>(
      "select id, public.sample_point(id) as point from approval_queue where id = any ($1::uuid[])",
      [`{${later.map((approval) => approval.id).join(",")}}`],
    );
    const byId = new Map(points.map((row) => [row.id, Number(row.point)]));
    for (const approval of later) expect(approval.sampled).toBe((byId.get(approval.id) ?? 1) < 0.1);
    // 300 at a tenth: fewer than 9 or more than 58 comes once in a million times.
    const sampled = later.filter((approval) => approval.sampled).length;
    expect(sampled).toBeGreaterThan(8);
    expect(sampled).toBeLessThan(59);
  });

  it("is nothing a person decided in plan", async () => {
    expect((await propose(desk(), "campaign")).sampled).toBe(false);
  });
});

describe("A definition", () => {
  it("is the one trust was earned with: another one is asked about from its first proposal on", async () => {
    const [one, two] = [await agentRun(desk(), "one"), await agentRun(desk(), "two")];
    expect(await propose(desk(), "sourcing", { p_agent_run_id: one })).toMatchObject({ mode: "auto" });
    const changed = await propose(desk(), "sourcing", { p_agent_run_id: two });
    expect(changed).toMatchObject({ mode: "plan", status: "pending" });
    expect(await changes("sourcing")).toMatchObject([
      {
        kind: "demoted",
        actor: "system",
        cause: "definition",
        reason: "the definition of sourcing-agent changed (two, was one)",
      },
    ]);
  });

  it.each([
    [
      "another model is asked for",
      { model: "sonnet" },
      { model: "opus" },
      "model",
      "the model of sourcing-agent changed (opus, was sonnet)",
    ],
    [
      "another model answers to the same name",
      { model: "sonnet", answered: "claude-sonnet-4-5" },
      { model: "sonnet", answered: "claude-sonnet-4-6" },
      "model",
      "the model sourcing-agent runs on changed behind the name sonnet (claude-sonnet-4-6, was claude-sonnet-4-5)",
    ],
  ])(
    "counts only with its model: when %s, the item is asked about, with a notice and an audit row",
    async (_, was, is, cause, reason) => {
      const before = await agentRun(desk(), "one", was);
      expect(await propose(desk(), "sourcing", { p_agent_run_id: before })).toMatchObject({ mode: "auto" });
      const after = await agentRun(desk(), "one", is);
      expect(await propose(desk(), "sourcing", { p_agent_run_id: after })).toMatchObject({
        mode: "plan",
        status: "pending",
      });
      expect(await changes("sourcing")).toMatchObject([{ kind: "demoted", actor: "system", cause, reason }]);
      const said = `${reason.charAt(0).toUpperCase()}${reason.slice(1)}. You are asked about each proposal again.`;
      expect(await desk().operator.rows("select title, body from notices")).toEqual([
        { title: "Sourcing is back in plan", body: said },
      ]);
      expect(
        await desk().db.query("select actor, why from audit_log where action = 'checkpoint.mode'"),
      ).toEqual([{ actor: "system", why: reason }]);
    },
  );

  it("stays trusted when a run does not say which model answered, and when one says it for the first time", async () => {
    for (const answered of [undefined, "claude-sonnet-4-5", undefined, "claude-sonnet-4-5"]) {
      const run = await agentRun(desk(), "one", { model: "sonnet", ...(answered ? { answered } : {}) });
      expect(await propose(desk(), "sourcing", { p_agent_run_id: run })).toMatchObject({ mode: "auto" });
    }
  });

  it("and a model that the next run will use are looked at before anything is proposed", async () => {
    const run = await agentRun(desk(), "one", { model: "sonnet" });
    await propose(desk(), "sourcing", { p_agent_run_id: run });
    const next = (model: string, version = "one") =>
      desk().service.call("note_definition", {
        p_agent: "sourcing-agent",
        p_version: version,
        p_model: model,
      });
    await next("sonnet");
    expect(await modeOf(desk(), "sourcing")).toBe("auto");
    await next("opus");
    expect(await changes("sourcing")).toMatchObject([
      { cause: "model", reason: "the model of sourcing-agent changed (opus, was sonnet)" },
    ]);
    await next("opus");
    expect(await changes("sourcing")).toHaveLength(1);
    await intoAuto(desk(), "sourcing");
    await next("haiku", "two");
    expect((await changes("sourcing")).at(-1)).toMatchObject({
      cause: "definition",
      reason: "the definition of sourcing-agent changed (two, was one), and its model (haiku, was sonnet)",
    });
  });

  it("that is saved with another model in its front matter says both", async () => {
    const run = await agentRun(desk(), "one", { model: "sonnet" });
    await propose(desk(), "sourcing", { p_agent_run_id: run });
    const source = "---\nname: sourcing-agent\nmodel: opus\n---\n\nmodel: not this one\n";
    const version = await desk().operator.call<string>("save_agent_definition", {
      p_agent: "sourcing-agent",
      p_source: source,
      p_note: "try opus",
      p_live: true,
      p_expected: "one",
      p_file_version: "one",
    });
    expect(await changes("sourcing")).toMatchObject([
      {
        reason: `the definition of sourcing-agent changed (${version}, was one), and its model (opus, was sonnet)`,
      },
    ]);
  });

  it("that is saved takes back what was earned at once", async () => {
    const run = await agentRun(desk(), "one", { agent: "response-classifier" });
    await propose(desk(), "classification", { p_agent_run_id: run });
    await desk().operator.call("note_definition", { p_agent: "response-classifier", p_version: "two" });
    expect(await modeOf(desk(), "classification")).toBe("plan");
    expect(await modeOf(desk(), "sourcing")).toBe("auto");
  });
});
