import { readFileSync } from "node:fs";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import type { AgentTask } from "@/lib/agents/run-agent";
import { type Classification, classificationSchema } from "@/lib/replies/classification";
import { type Desk, openDesk } from "../loops/desk";

const PATIENCE = { timeout: 50_000, interval: 100 };
const PLAIN = readFileSync(".claude/agents/response-classifier.md", "utf8");
let desk: Desk;

beforeAll(async () => {
  desk = await openDesk();
}, 120_000);
afterAll(() => desk?.close(), 60_000);
afterEach(async () => {
  delete process.env.CLAUDE_STANDIN_FAIL;
  await desk.db.rpc("report_agent_outcome", { p_outcome: "answered" });
});

const TASK: AgentTask<typeof classificationSchema> = {
  agent: "response-classifier",
  purpose: "Classify a reply",
  input: { mail: { subject: "Re: 12 Main St", text: "We would take $8.5M for it." }, sent: null, facts: {} },
  schema: classificationSchema,
  tags: [],
};

async function ask(task = TASK): Promise<{ runId: string; output: Classification }> {
  const { runAgent } = await import("@/lib/agents/run-agent");
  return runAgent(task);
}

async function runsOf(kind: string) {
  const { data, error } = await desk.db
    .from("agent_runs")
    .select("id, agent_version, status, failure_kind, shadow_of, search_id, email_id, agreement_bps, output")
    .eq("kind", kind)
    .order("started_at");
  if (error) throw error;
  return data;
}

async function versionOf(source: string): Promise<string> {
  const { definitionVersion } = await import("@/lib/agents/definition-file");
  return definitionVersion(source);
}

async function keep(source: string, live: boolean, expected: string): Promise<string> {
  const { saveDefinition } = await import("@/lib/agents/definitions");
  return saveDefinition(desk.db, "response-classifier", { source, note: "test", live, expected });
}

describe("a run", () => {
  test("keeps its input, its schema and its definition, so that it can be shown and repeated", async () => {
    const { runId } = await ask();
    const { data: run } = await desk.db
      .from("agent_runs")
      .select("agent_version, input, prompt, kind, agent_schemas(schema)")
      .eq("id", runId)
      .single();
    expect(run).toMatchObject({ agent_version: await versionOf(PLAIN), input: TASK.input, kind: "live" });
    expect(JSON.stringify(run?.agent_schemas)).toContain("suggestedAnswer");
    expect(run?.prompt).not.toContain("$8.5M");
    const { data: kept } = await desk.db
      .from("agent_definitions")
      .select("source, origin, active")
      .eq("version", run?.agent_version ?? "");
    expect(kept).toMatchObject([{ origin: "file", active: false }]);
  });

  test("that fails once is put right with the errors, and both attempts are paid for in one record", async () => {
    process.env.CLAUDE_STANDIN_FAIL = "invalid-once";
    const { runId } = await ask();
    const { data } = await desk.db
      .from("agent_runs")
      .select("attempts, schema_errors")
      .eq("id", runId)
      .single();
    expect(data).toMatchObject({ attempts: 2 });
    expect(JSON.stringify(data?.schema_errors)).toContain("confidence");
  });

  test("uses the version made live in Settings from the next run on, and the file again afterwards", async () => {
    const file = await versionOf(PLAIN);
    const version = await keep(`${PLAIN}\nBe brief.\n`, true, file);
    const { runId } = await ask();
    const { activateDefinition } = await import("@/lib/agents/definitions");
    await activateDefinition(desk.db, "response-classifier", null, version, "back");
    const { runId: after } = await ask();
    const { data } = await desk.db.from("agent_runs").select("id, agent_version").in("id", [runId, after]);
    expect(data?.find((run) => run.id === runId)?.agent_version).toBe(version);
    expect(data?.find((run) => run.id === after)?.agent_version).toBe(file);
  });
});

describe("while the provider is down", () => {
  test("three runs are tried, the fourth is not; the reason is said and nothing is recorded for it", async () => {
    process.env.CLAUDE_STANDIN_FAIL = "error";
    const failed = (await runsOf("live")).length;
    for (const kind of ["overloaded", "overloaded", "paused", "paused"])
      await expect(ask()).rejects.toMatchObject({ kind });
    expect((await runsOf("live")).length - failed).toBe(3);
    const { readAgentPause } = await import("@/lib/agents/circuit");
    expect((await readAgentPause(desk.db))?.message).toContain("overloaded");
  });

  test("a try by hand says what it found, and ends the pause when the provider is back", async () => {
    const { tryAgentsNow } = await import("@/lib/agents/ping");
    process.env.CLAUDE_STANDIN_FAIL = "not-logged-in";
    await expect(ask()).rejects.toMatchObject({ kind: "paused" });
    expect(await tryAgentsNow(desk.db)).toMatchObject({
      outcome: "paused",
      reason: expect.stringContaining("sign in"),
    });
    delete process.env.CLAUDE_STANDIN_FAIL;
    await expect(ask()).rejects.toMatchObject({ kind: "paused" });
    expect(await tryAgentsNow(desk.db)).toEqual({ outcome: "answered" });
    await expect(ask()).resolves.toMatchObject({ output: { category: "pricing_given" } });
  });

  test("a search waits in place with the reason in sight, and goes on by itself when agents are back", async () => {
    process.env.CLAUDE_STANDIN_FAIL = "not-logged-in";
    const { createSearch } = await import("@/lib/searches/create-search");
    const id = await createSearch(
      desk.db,
      {
        buyer: { name: "Cedar" },
        criteria: {
          name: "Paused",
          propertyTypes: ["Industrial"],
          markets: ["Denver"],
          sizeSf: { min: 20_000, max: 40_000 },
        },
      },
      "api",
    );
    await desk.send("search/created", { searchId: id });
    const search = () => desk.db.from("searches").select("status, status_reason").eq("id", id).single();
    await vi.waitFor(async () => {
      const { data } = await search();
      expect(data).toMatchObject({ status: "sourcing", status_reason: expect.stringContaining("sign in") });
    }, PATIENCE);
    delete process.env.CLAUDE_STANDIN_FAIL;
    await desk.db.rpc("report_agent_outcome", { p_outcome: "answered" });
    await vi.waitFor(async () => {
      await desk.send("agents/resumed", {});
      const { data } = await search();
      expect(data).toMatchObject({ status: "awaiting_extraction", status_reason: null });
    }, PATIENCE);
    const { data: runs } = await desk.db
      .from("agent_runs")
      .select("status")
      .eq("search_id", id)
      .order("started_at");
    expect(runs?.map((run) => run.status)).toEqual(["failed", "succeeded"]);
  }, 120_000);

  test("a reply that rules cannot decide is held, and after half an hour it is a person's", async () => {
    const { classifyOrHold, listHeldEmails } = await import("@/lib/replies/hold-for-agents");
    const { data: mailbox } = await desk.db
      .from("mailboxes")
      .upsert({ address: "held@harborpoint.example" }, { onConflict: "address" })
      .select("id")
      .single();
    const { data: ingested } = await desk.db.rpc("ingest_email", {
      p_mailbox_id: mailbox?.id ?? "",
      p_email: {
        entryId: "held-1",
        receivedAt: new Date().toISOString(),
        fromEmail: "owner@oak.example",
        subject: "Re: 12 Main St",
        bodyText: "We would take $8.5M for it.",
        visibleText: "We would take $8.5M for it.",
      },
    });
    const id = (ingested as { id: string }).id;
    await desk.db.rpc("claim_email", { p_id: id });
    await desk.db.rpc("report_agent_outcome", { p_outcome: "not_signed_in", p_message: "Sign in." });
    expect(await classifyOrHold(id)).toBeNull();
    const { data: held } = await desk.db.from("synced_emails").select("status, reason").eq("id", id).single();
    expect(held).toEqual({ status: "classifying", reason: "Waits for the classifier: Sign in." });
    expect((await desk.db.rpc("claim_email", { p_id: id })).data).toBe(false);
    expect(await listHeldEmails()).toEqual([id]);
    expect((await desk.db.rpc("claim_email", { p_id: id })).data).toBe(true);
    const late = await classifyOrHold(id, Date.now() + 31 * 60_000);
    expect(late).toMatchObject({ details: { toPerson: true }, reason: expect.stringContaining("paused") });
  });
});

describe("a shadow", () => {
  test("answers what the live agent was asked, is compared with it, and changes nothing", async () => {
    const { startShadow, loadShadow } = await import("@/lib/shadows/shadows");
    const { nextShadowWork, shadowOne } = await import("@/lib/shadows/shadow-work");
    const candidate = await keep(`${PLAIN}\nQuote one sentence.\n`, false, await versionOf(PLAIN));
    const tables = [
      "approval_queue",
      "synced_emails",
      "tasks",
      "sends",
      "email_exclusions",
      "agent_run_learnings",
    ] as const;
    const countAll = () =>
      Promise.all(
        tables.map(
          async (table) => (await desk.db.from(table).select("*", { count: "exact", head: true })).count,
        ),
      );
    const id = await startShadow(desk.db, {
      agent: "response-classifier",
      version: candidate,
      sharePct: 100,
      budgetUsd: 1,
    });
    const live = await ask();
    const before = await countAll();
    const work = await nextShadowWork();
    expect(work).toMatchObject([{ shadowId: id, runId: live.runId }]);
    for (const one of work) expect(await shadowOne(one)).toBe("succeeded");
    expect(await nextShadowWork()).toEqual([]);
    expect(await countAll()).toEqual(before);
    expect(await runsOf("shadow")).toMatchObject([
      {
        agent_version: candidate,
        status: "succeeded",
        shadow_of: live.runId,
        search_id: null,
        email_id: null,
        agreement_bps: 10_000,
      },
    ]);
    const loaded = await loadShadow(desk.db, id);
    expect(loaded?.totals).toMatchObject({ finished: 1, same: 1, succeeded: 1, liveSucceeded: 1 });
  });

  test("that fails, or finds the provider down, neither pauses agents nor stands in for a live run", async () => {
    const { nextShadowWork, shadowOne } = await import("@/lib/shadows/shadow-work");
    const { readAgentPause } = await import("@/lib/agents/circuit");
    await ask();
    const [work] = await nextShadowWork();
    if (!work) throw new Error("there is no work");
    process.env.CLAUDE_STANDIN_FAIL = "not-logged-in";
    expect(await shadowOne(work)).toBe("paused");
    expect(await readAgentPause(desk.db)).toBeNull();
    await expect(ask()).rejects.toMatchObject({ kind: "paused" });
    expect(await shadowOne({ ...work, runId: (await runsOf("live"))[0]?.id ?? "" })).toBe("paused");
    expect((await runsOf("shadow")).filter((run) => run.status === "failed")).toHaveLength(1);
  });

  test("runs by itself after live runs, and one switch makes its candidate live", async () => {
    const { switchShadow, listShadows } = await import("@/lib/shadows/shadows");
    const { runId } = await ask();
    await desk.send("agents/shadow", {});
    await vi.waitFor(async () => {
      expect((await runsOf("shadow")).find((run) => run.shadow_of === runId)?.status).toBe("succeeded");
    }, PATIENCE);
    const [running] = await listShadows(desk.db, "response-classifier");
    await switchShadow(desk.db, running?.id ?? "", "response-classifier", await versionOf(PLAIN), "agrees");
    const { data } = await desk.db
      .from("agent_runs")
      .select("agent_version")
      .eq("id", (await ask()).runId)
      .single();
    expect(data?.agent_version).toBe(running?.version);
  }, 60_000);

  test("a draft can be tried on a recorded input without being kept", async () => {
    const { testDefinition } = await import("@/lib/agents/test-definition");
    const { runId } = await ask();
    const result = await testDefinition(`${PLAIN}\nA draft.\n`, runId);
    expect(result).toMatchObject({ ok: true, attempts: 1, agreement: { bps: 10_000 } });
    expect(await runsOf("test")).toMatchObject([{ shadow_of: runId, status: "succeeded" }]);
    const { count } = await desk.db
      .from("agent_definitions")
      .select("version", { count: "exact", head: true })
      .eq("version", await versionOf(`${PLAIN}\nA draft.\n`));
    expect(count).toBe(0);
  });
});
