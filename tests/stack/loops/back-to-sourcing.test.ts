import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type Desk, openDesk } from "./desk";

const PATIENCE = { timeout: 50_000, interval: 100 };
let desk: Desk;

beforeAll(async () => {
  desk = await openDesk();
  const { error } = await desk.db
    .from("desk_settings")
    .update({ postal_address: "100 Main St, Irvine, CA" })
    .eq("id", 1);
  expect(error).toBeNull();
  // A tick finds the mailbox that the plan sends from.
  await desk.send("loops/tick", { once: true });
  await vi.waitFor(async () => {
    const { count } = await desk.db.from("mailboxes").select("id", { count: "exact", head: true });
    expect(count).toBe(1);
  }, PATIENCE);
}, 120_000);
afterAll(() => desk?.close(), 60_000);

async function waiting(searchId: string, checkpoint: string) {
  return vi.waitFor(async () => {
    const { data } = await desk.db
      .from("approval_queue")
      .select("id, content_hash, revision, proposal")
      .match({ search_id: searchId, checkpoint, status: "pending" })
      .single();
    if (!data) throw new Error(`no ${checkpoint} waits yet`);
    return data;
  }, PATIENCE);
}

async function decide(searchId: string, checkpoint: string, answer: object) {
  const { decideApproval } = await import("@/lib/approvals/decide-approval");
  const approval = await waiting(searchId, checkpoint);
  const outcome = await decideApproval(desk.db, approval.id, {
    decision: "approve",
    contentHash: approval.content_hash,
    ...answer,
  });
  expect(outcome.outcome).toBe("decided");
  await desk.send("approval/decided", { runKey: `search:${searchId}`, checkpoint });
  return approval;
}

/** Taps "approve" on the phone as soon as CoStar asks. */
async function tapThePhone(): Promise<void> {
  const pending = await vi.waitFor(async () => {
    const answer = await fetch(`${desk.costarUrl}/phone/pending`);
    const { waiting } = (await answer.json()) as { waiting: { id: string }[] };
    if (!waiting[0]) throw new Error("the phone does not ring yet");
    return waiting[0].id;
  }, PATIENCE);
  await fetch(`${desk.costarUrl}/phone/decide`, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: `id=${pending}&verdict=approved`,
  });
}

const contactsOf = (proposal: unknown): number =>
  (proposal as { totals: { contacts: number } }).totals.contacts;

test("words at the campaign bring better payloads, another extraction, and what they were worth as a learning", async () => {
  const { createSearch } = await import("@/lib/searches/create-search");
  const criteria = {
    buyer: { name: "Cedar" },
    criteria: {
      name: "Narrow",
      propertyTypes: ["Industrial"],
      markets: ["Denver"],
      sizeSf: { min: 20_000, max: 30_000 },
    },
  };
  const id = await createSearch(desk.db, criteria, "api");
  await desk.send("search/created", { searchId: id });
  await decide(id, "extraction", {});
  await tapThePhone();
  const words = "Too narrow, widen the size to 20-45k SF";
  const first = await decide(id, "campaign", {
    decision: "request_changes",
    feedback: words,
    again: "sourcing",
  });

  const again = await decide(id, "extraction", {});
  expect(again.revision).toBe(2);
  const second = await waiting(id, "campaign");
  expect(second.revision).toBeGreaterThan(first.revision);
  expect(contactsOf(second.proposal)).toBeGreaterThan(contactsOf(first.proposal));
  expect((second.proposal as { notes: string[] }).notes[0]).toContain(words);

  const { data: learning } = await desk.db
    .from("agent_feedback")
    .select("agent, adjustment, outcome, effect_bps")
    .eq("search_id", id)
    .single();
  expect(learning?.agent).toBe("sourcing-agent");
  expect(learning?.adjustment).toMatch(/wider|45,000/);
  expect(learning?.outcome).toMatch(/^contacts: \d+ → \d+/);
  expect(learning?.effect_bps).toBeGreaterThan(0);
}, 180_000);

test("nothing but changes to a campaign can send a search back", async () => {
  const { createSearch } = await import("@/lib/searches/create-search");
  const criteria = {
    buyer: { name: "Cedar" },
    criteria: { name: "Refused", propertyTypes: ["Industrial"], markets: ["Denver"] },
  };
  const id = await createSearch(desk.db, criteria, "api");
  await desk.send("search/created", { searchId: id });
  const refused = decide(id, "extraction", {
    decision: "request_changes",
    feedback: "wider",
    again: "sourcing",
  });
  await expect(refused).rejects.toThrow("Only changes asked of a campaign");
}, 120_000);
