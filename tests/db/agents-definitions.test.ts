import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { openDesk } from "./support/open-desk";
import { type Caller, together } from "./support/sessions";

const desk = openDesk();
const AGENT = "sourcing-agent";
const FILE = "f".repeat(12);
const versionOf = (source: string) => createHash("sha256").update(source).digest("hex").slice(0, 12);

const save = (caller: Caller, source: string, live: boolean, expected: string, note = "why") =>
  caller.call<string>("save_agent_definition", {
    p_agent: AGENT,
    p_source: source,
    p_note: note,
    p_live: live,
    p_expected: expected,
    p_file_version: FILE,
  });
const activate = (version: string | null, expected: string, why = "because") =>
  desk().operator.call<string>("activate_agent_definition", {
    p_agent: AGENT,
    p_version: version,
    p_expected: expected,
    p_file_version: FILE,
    p_why: why,
  });
const live = () => desk().operator.rows("select version from agent_definitions where active");

describe("An agent's definition", () => {
  it("is versioned by its text, and the same text is the same version", async () => {
    const version = await save(desk().operator, "täxt 1\n", false, FILE);
    expect(version).toBe(versionOf("täxt 1\n"));
    expect(await save(desk().operator, "täxt 1\n", false, FILE)).toBe(version);
    expect(await desk().operator.rows("select version, author from agent_definitions")).toEqual([
      { version, author: desk().operatorName },
    ]);
    expect(await live()).toEqual([]);
  });

  it("goes live with a reason, on the record, one at a time, and back to the file", async () => {
    const one = await save(desk().operator, "one\n", true, FILE);
    const two = await save(desk().operator, "two\n", true, one);
    expect(await live()).toEqual([{ version: two }]);
    expect(await activate(one, two)).toBe(one);
    expect(await activate(null, one)).toBe(FILE);
    expect(await live()).toEqual([]);
    const audit = await desk().operator.rows<{ action: string }>(
      "select action, before ->> 'version' as was, after ->> 'version' as is from audit_log where action like 'agent.%' order by id",
    );
    expect(audit).toEqual([
      { action: "agent.activated", was: FILE, is: one },
      { action: "agent.activated", was: one, is: two },
      { action: "agent.activated", was: two, is: one },
      { action: "agent.follows_file", was: one, is: FILE },
    ]);
  });

  it("is not changed over somebody else's change that was not seen", async () => {
    const one = await save(desk().operator, "one\n", true, FILE);
    await expect(save(desk().operator, "two\n", true, FILE)).rejects.toMatchObject({ code: "22023" });
    await expect(activate(null, FILE)).rejects.toMatchObject({ code: "22023" });
    expect(await live()).toEqual([{ version: one }]);
  });

  it("of twelve that make theirs live at once, exactly one is", async () => {
    const answers = await Promise.allSettled(
      Array.from({ length: 12 }, (_, index) => save(desk().operator, `text ${index}\n`, true, FILE)),
    );
    expect(answers.filter((one) => one.status === "fulfilled")).toHaveLength(1);
    expect(await live()).toHaveLength(1);
  });

  it("needs words, a size and a version that is there", async () => {
    await expect(save(desk().operator, "x", false, FILE, " ")).rejects.toMatchObject({ code: "22023" });
    await expect(save(desk().operator, " ", false, FILE)).rejects.toMatchObject({ code: "23514" });
    await expect(save(desk().operator, "x".repeat(65_537), false, FILE)).rejects.toMatchObject({
      code: "23514",
    });
    await expect(activate("nowhere", FILE)).rejects.toMatchObject({ code: "P0002" });
    await expect(activate(null, FILE, "")).rejects.toMatchObject({ code: "22023" });
  });

  it("cannot be rewritten once it is kept, not even by the product's servers", async () => {
    await save(desk().operator, "one\n", false, FILE);
    for (const caller of [desk().operator, desk().service])
      await expect(caller.rows("update agent_definitions set source = 'x'")).rejects.toMatchObject({
        code: "42501",
      });
  });
});

/** A live run that finished, and a candidate that is looked at beside it. */
async function beginShadow(share = 100, budget = 1_000_000) {
  const version = await save(desk().operator, `candidate ${share}\n`, false, FILE);
  const shadow = await desk().operator.call<string>("start_shadow", {
    p_agent: AGENT,
    p_version: version,
    p_share_pct: share,
    p_budget_microusd: budget,
  });
  return { version, shadow };
}

async function addRuns(count: number): Promise<string[]> {
  await desk().service.rows(
    "insert into agent_schemas (hash, schema) values ('h', '{}') on conflict do nothing",
  );
  const rows = await desk().service.rows<{ id: string }>(
    `insert into agent_runs (agent, agent_version, purpose, model, prompt, input, schema_hash, status, output, cost_microusd, attempts)
     select '${AGENT}', '${FILE}', 'x', 'm', 'p', '{}', 'h', 'succeeded', '{}', 100, 1 from generate_series(1, ${count}) returning id`,
  );
  return rows.map((row) => row.id);
}

const work = () =>
  desk().service.rows<{ shadow_id: string; run_id: string; left_microusd: string }>(
    "select * from next_shadow_work(1000)",
  );
const claimArgs = (shadow: string, run: string) => ({
  p_shadow_id: shadow,
  p_run_id: run,
  p_model: "m",
  p_prompt: "p",
});

describe("A shadow", () => {
  it("runs once per agent, and once per live run however many processes look", async () => {
    const { shadow, version } = await beginShadow();
    await expect(
      desk().operator.call("start_shadow", {
        p_agent: AGENT,
        p_version: version,
        p_share_pct: 5,
        p_budget_microusd: 1,
      }),
    ).rejects.toMatchObject({ code: "22023" });
    const [run = ""] = await addRuns(1);
    expect(await work()).toMatchObject([{ run_id: run }]);
    const claims = await together(desk().service, 12, (session) =>
      session.call<string | null>("claim_shadow_run", claimArgs(shadow, run)),
    );
    expect(claims.filter((one) => one !== null)).toHaveLength(1);
    expect(await work()).toEqual([]);
  });

  it("takes its share of the runs and no more", async () => {
    await beginShadow(20);
    await addRuns(600);
    const taken = (await work()).length;
    expect(taken).toBeGreaterThan(60);
    expect(taken).toBeLessThan(180);
  });

  it("stops by itself when its budget is used up, and says so", async () => {
    const { shadow } = await beginShadow(100, 500);
    const [first = ""] = await addRuns(2);
    const id = await desk().service.call<string>("claim_shadow_run", claimArgs(shadow, first));
    await desk().service.rows(
      "update agent_runs set cost_microusd = 500, status = 'succeeded' where id = $1",
      [id],
    );
    expect(await work()).toEqual([]);
    expect(await desk().operator.rows("select status, status_reason from agent_shadows")).toEqual([
      { status: "stopped", status_reason: "Its budget is used up." },
    ]);
  });

  it("is in no count of the desk's work, and belongs to no search and no mail", async () => {
    const { shadow } = await beginShadow();
    const [run = ""] = await addRuns(1);
    await desk().service.call("claim_shadow_run", claimArgs(shadow, run));
    const overview = await desk().operator.call<{ agents: { runs: number }[] }>("desk_overview");
    expect(overview.agents).toMatchObject([{ runs: 1 }]);
    await expect(
      desk().service.rows(
        `insert into agent_runs (agent, agent_version, purpose, model, prompt, kind) values ('${AGENT}', 'v', 'x', 'm', 'p', 'test')`,
      ),
    ).rejects.toMatchObject({ code: "23514" });
  });

  it("ends with one switch that makes the candidate live, or with none", async () => {
    const { shadow, version } = await beginShadow();
    const change = { p_id: shadow, p_file_version: FILE, p_why: "agrees in 98 of 100" };
    await expect(
      desk().operator.call("switch_shadow", { ...change, p_expected: "stale" }),
    ).rejects.toMatchObject({ code: "22023" });
    expect(await desk().operator.rows("select status from agent_shadows")).toEqual([{ status: "running" }]);
    expect(await desk().operator.call("switch_shadow", { ...change, p_expected: FILE })).toBe(version);
    expect(await live()).toEqual([{ version }]);
    expect(await desk().operator.rows("select status from agent_shadows")).toEqual([{ status: "switched" }]);
    expect(await desk().operator.call("stop_shadow", { p_id: shadow })).toBe(false);
  });
});
