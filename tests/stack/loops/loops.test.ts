import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { deliverToInbox } from "@/stack/outlook-host/mail-store";
import { type Desk, MAILBOX, openDesk } from "./desk";

const PATIENCE = { timeout: 50_000, interval: 100 };
let desk: Desk;

beforeAll(async () => {
  desk = await openDesk();
}, 120_000);
afterAll(() => desk?.close(), 60_000);

async function createSearch(name: string): Promise<string> {
  const { createSearch: create } = await import("@/lib/searches/create-search");
  const criteria = {
    buyer: { name: "Cedar" },
    criteria: {
      name,
      propertyTypes: ["Industrial"],
      markets: ["Denver"],
      sizeSf: { min: 20_000, max: 40_000 },
    },
  };
  const id = await create(desk.db, criteria, "api");
  await desk.send("search/created", { searchId: id });
  return id;
}

async function statusOf(searchId: string): Promise<{ status: string; status_reason: string | null }> {
  const { data, error } = await desk.db
    .from("searches")
    .select("status, status_reason")
    .eq("id", searchId)
    .single();
  if (error) throw error;
  return data;
}

async function pendingExtraction(searchId: string) {
  return vi.waitFor(async () => {
    const { data } = await desk.db
      .from("approval_queue")
      .select("id, content_hash")
      .eq("search_id", searchId)
      .eq("checkpoint", "extraction")
      .eq("status", "pending")
      .single();
    if (!data) throw new Error("nothing waits yet");
    return data;
  }, PATIENCE);
}

/** Decides as an operator does, but tells the engine nothing: as if the event were lost. */
async function decideSilently(
  approval: { id: string; content_hash: string },
  decision: "approve" | "reject",
) {
  const { decideApproval } = await import("@/lib/approvals/decide-approval");
  const input = {
    decision,
    contentHash: approval.content_hash,
    feedback: decision === "reject" ? "no" : undefined,
  };
  return decideApproval(desk.db, approval.id, input);
}

describe("decisions survive everything", () => {
  test("one made while the engine is down is acted on when it is back, and once", async () => {
    const id = await createSearch("Engine down");
    const approval = await pendingExtraction(id);
    await desk.stopEngine();
    expect(await decideSilently(approval, "reject")).toMatchObject({
      outcome: "decided",
      status: "rejected",
    });
    expect(await decideSilently(approval, "approve")).toMatchObject({
      outcome: "already_decided",
      status: "rejected",
    });
    expect((await statusOf(id)).status).toBe("awaiting_extraction");
    await desk.startEngine();
    await vi.waitFor(async () => expect((await statusOf(id)).status).toBe("rejected"), PATIENCE);
    const { count } = await desk.db
      .from("extractions")
      .select("id", { count: "exact", head: true })
      .eq("search_id", id);
    expect(count).toBe(0);
  }, 120_000);
});

test("a search that a person cancelled asks for nothing more, even when its event is sent again", async () => {
  const id = await createSearch("Cancelled");
  await pendingExtraction(id);
  const { error } = await desk.db.rpc("move_search", {
    p_id: id,
    p_from: ["awaiting_extraction"],
    p_to: "cancelled",
    p_reason: "the buyer went away",
  });
  expect(error).toBeNull();
  await decideSilently(await pendingExtraction(id), "approve");
  await desk.send("approval/decided", { runKey: `search:${id}`, checkpoint: "extraction" });
  await desk.send("search/created", { searchId: id });
  await vi.waitFor(async () => {
    const { data } = await desk.runs();
    const mine = data.filter((run) => JSON.stringify(run.output ?? {}).includes("ended"));
    expect(mine.length).toBeGreaterThan(0);
  }, PATIENCE);
  const { count } = await desk.db
    .from("extractions")
    .select("id", { count: "exact", head: true })
    .eq("search_id", id);
  expect(count).toBe(0);
  expect((await statusOf(id)).status).toBe("cancelled");
}, 120_000);

describe("what goes wrong outside ends in a clear reason, with nothing lost and the loop alive", () => {
  test("an agent that answers prose", async () => {
    process.env.CLAUDE_STANDIN_FAIL = "prose";
    const id = await createSearch("Prose");
    await vi.waitFor(async () => expect((await statusOf(id)).status).toBe("failed"), PATIENCE);
    delete process.env.CLAUDE_STANDIN_FAIL;
    expect((await statusOf(id)).status_reason).toContain("answered in prose instead of data");
    const { data } = await desk.db.from("agent_runs").select("status, failure_kind").eq("search_id", id);
    expect(data).toEqual([{ status: "failed", failure_kind: "no_answer" }]);

    await desk.send("search/created", { searchId: id });
    await pendingExtraction(id);
  }, 120_000);

  test("an agent that names a market nobody knows is told once, and then a person is", async () => {
    process.env.CLAUDE_STANDIN_FAIL = "invalid";
    const id = await createSearch("Invalid");
    await vi.waitFor(async () => expect((await statusOf(id)).status).toBe("failed"), PATIENCE);
    delete process.env.CLAUDE_STANDIN_FAIL;
    const { data } = await desk.db
      .from("agent_runs")
      .select("attempts, failure_kind, schema_errors")
      .eq("search_id", id);
    expect(data).toMatchObject([{ attempts: 2, failure_kind: "checks" }]);
    expect(JSON.stringify(data?.[0]?.schema_errors)).toContain("there is no market 999999");
  }, 120_000);

  test("a CoStar sign-in that never gets its tap stops with the reason, and can be tried again or given up", async () => {
    const id = await createSearch("No tap");
    const approval = await pendingExtraction(id);
    await decideSilently(approval, "approve");
    await desk.send("approval/decided", { runKey: `search:${id}`, checkpoint: "extraction" });
    const stopped = await vi.waitFor(async () => {
      const { data } = await desk.db
        .from("extractions")
        .select("id, status, reason")
        .eq("search_id", id)
        .single();
      expect(data?.status).toBe("stopped");
      return data;
    }, PATIENCE);
    expect(stopped?.reason).toContain("tap on the phone did not come within 3 seconds");
    const { data: cancelled } = await desk.db.rpc("answer_extraction", {
      p_id: stopped?.id ?? "",
      p_answer: "cancel",
    });
    expect(cancelled).toBe(true);
    await desk.send("extraction/answered", { extractionId: stopped?.id });
    await vi.waitFor(async () => expect((await statusOf(id)).status).toBe("rejected"), PATIENCE);
  }, 120_000);

  test("a mail that is not MIME is kept, shown to a person, and the mails behind it are read", async () => {
    const store = await desk.mailStore();
    const account = store.accounts[0];
    if (!account) throw new Error("the store has no account");
    await deliverToInbox(store, account, "\u0000\u0001 this is no mail at all \ufffd");
    await deliverToInbox(
      store,
      account,
      `From: owner@oak.example\r\nTo: ${MAILBOX}\r\nSubject: Re: 12 Main St\r\nMessage-ID: <r1@oak.example>\r\nDate: ${new Date().toUTCString()}\r\n\r\nWe would take $8.5M.`,
    );
    await desk.send("loops/tick", { once: true });
    const rows = await vi.waitFor(async () => {
      const { data } = await desk.db
        .from("synced_emails")
        .select("subject, status, raw_source, from_email")
        .order("subject");
      expect(data).toHaveLength(2);
      for (const row of data ?? []) expect(row.status).toBe("needs_person");
      return data ?? [];
    }, PATIENCE);
    expect(rows.find((row) => row.from_email !== "owner@oak.example")?.raw_source).toContain(
      "no mail at all",
    );
  }, 120_000);
});
