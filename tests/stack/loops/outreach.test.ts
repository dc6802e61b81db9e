import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { execa } from "execa";
import type { BrowserContext } from "playwright";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type Desk, openDesk } from "./desk";
import { driveCampaigns } from "./drive-campaigns";
import { driveImports, MAPPING, rowsOf } from "./drive-imports";
import { driveSearches, PATIENCE, readyToSend, type SearchDriver } from "./drive-searches";

let desk: Desk;
let searches: SearchDriver;
let imports: ReturnType<typeof driveImports>;
let campaigns: ReturnType<typeof driveCampaigns>;

beforeAll(async () => {
  desk = await openDesk();
  searches = driveSearches(desk);
  imports = driveImports(desk, searches);
  campaigns = driveCampaigns(desk);
  await readyToSend(desk);
}, 120_000);
afterAll(() => desk?.close(), 60_000);

const contactsOf = (proposal: unknown): number =>
  (proposal as { totals: { contacts: number } }).totals.contacts;

test("words at the campaign bring better payloads, another extraction, and what they were worth as a learning", async () => {
  const id = await searches.startSearch("Narrow");
  await searches.decide(id, "extraction", {});
  await searches.signInByPhone(id);
  const words = "Too narrow, widen the size to 20-45k SF";
  const first = await searches.decide(id, "campaign", {
    decision: "request_changes",
    feedback: words,
    again: "sourcing",
  });

  const again = await searches.decide(id, "extraction", {});
  expect(again.revision).toBe(2);
  const second = await searches.waiting(id, "campaign");
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
  const id = await searches.startSearch("Refused");
  const refused = searches.decide(id, "extraction", {
    decision: "request_changes",
    feedback: "wider",
    again: "sourcing",
  });
  await expect(refused).rejects.toThrow("Only changes asked of a campaign");
}, 120_000);

/** A console started anew on the same computer, where nobody looks at the phone. @returns how connecting to CoStar went. */
async function connectInNewProcess(
  end: "killed" | "closed",
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  const { stdout } = await execa(
    process.execPath,
    ["--import", "tsx", "--conditions=react-server", "tests/stack/loops/connect-to-costar.ts", end],
    { env },
  );
  return (JSON.parse(stdout.trim().split("\n").at(-1) ?? "{}") as { answer: string }).answer;
}

const NO_TAP = /tap on the phone did not come/;

test("a console that was killed and started anew asks CoStar without the phone, and with another key asks the phone", async () => {
  expect(await connectInNewProcess("killed")).toBe("connected");
  const own = { COSTAR_STATE_KEY: "a key of the desk's own, long enough" };
  expect(await connectInNewProcess("killed", own)).toMatch(NO_TAP);
  expect(await connectInNewProcess("killed")).toBe("connected");

  const { disconnectCoStar } = await import("@/lib/costar/browser-session");
  const cookies = await cookiesInUse();
  await disconnectCoStar();
  const id = await searches.startSearch("After a restart", "Austin");
  await searches.decide(id, "extraction", {});
  expect(contactsOf((await searches.waiting(id, "campaign")).proposal)).toBeGreaterThan(0);

  expect(cookies.length).toBeGreaterThan(0);
  for (const file of filesIn(desk.folder)) {
    const bytes = readFileSync(file);
    for (const cookie of cookies) expect(bytes.includes(cookie), file).toBe(false);
  }
}, 180_000);

async function cookiesInUse(): Promise<string[]> {
  const shared = globalThis as { upstreamCoStar?: { session?: { context: BrowserContext } } };
  const cookies = (await shared.upstreamCoStar?.session?.context.cookies()) ?? [];
  return cookies.map(({ value }) => value);
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
}

test("payloads are counted over a connected session; a refusal and an ended session are said in words", async () => {
  const { countApproval, loadCountPreview } = await import("@/lib/outreach/count-preview");
  const { requestCoStar } = await import("@/lib/costar/browser-session");
  const approval = await searches.waiting(await searches.startSearch("Counted", "Phoenix"), "extraction");
  const preview = async () => loadCountPreview(desk.db, { proposal: approval.proposal, edits: null });
  const payloads = (approval.proposal as { payloads: { payload: object }[] }).payloads;
  expect((await preview()).counts).toEqual(payloads.map(() => null));

  const first = { ...payloads[0]?.payload, "2": 1 };
  desk.coStarClock.standsAt = Date.now();
  try {
    // What was asked a moment ago counts as well, so how many it takes is not known.
    await expect(
      (async () => {
        for (let request = 0; request < 20; request++)
          await requestCoStar("/bff2/property/search/count", first);
      })(),
    ).rejects.toThrow("CoStar refused with 429");
    expect(await countApproval(desk.db, approval.id)).toMatch(/CoStar refused with 429/);
  } finally {
    desk.coStarClock.standsAt = null;
  }
  expect((await preview()).session.state).toBe("connected");

  expect(await countApproval(desk.db, approval.id)).toBeNull();
  const { counts } = await preview();
  expect(counts).toHaveLength(payloads.length);
  expect(counts[0]?.properties).toBe(await countAtCoStar(first));

  const another = await searches.waiting(await searches.startSearch("Uncounted", "Houston"), "extraction");
  desk.coStarClock.aheadMs += 3 * 3_600_000;
  expect(await countApproval(desk.db, another.id)).toMatch(/the session has ended/);
  expect((await preview()).session).toMatchObject({ state: "expired" });
  expect((await preview()).counts).toEqual(counts);
}, 120_000);

async function countAtCoStar(payload: object): Promise<number> {
  const { requestCoStar } = await import("@/lib/costar/browser-session");
  const answer = (await requestCoStar("/bff2/property/search/list-properties", payload)) as {
    totalCount: number;
  };
  return answer.totalCount;
}

test("a workbook takes the place of an extraction that stopped, under the columns a person chose last", async () => {
  const { mapImport } = await import("@/lib/imports/map-import");
  const { chooseValue } = await import("@/lib/imports/choose-value");
  const { searchId, extractionId } = await imports.stoppedSearch("From a workbook");
  const known = { full_name: "Ann Lee", email: "ann1@elm.example", title: "Janitor", source: "costar" };
  expect((await desk.db.from("contacts").insert(known)).error).toBeNull();
  const { id, checkNo } = await imports.checkedImport(searchId, rowsOf(20));
  await mapImport(desk.db, id, { ...MAPPING, contactName: "Owner", company: "Contact" });
  await imports.checked(id);
  await mapImport(desk.db, id, MAPPING);
  const last = await imports.checked(id);
  expect(last).toBeGreaterThan(checkNo);
  await chooseValue(desk.db, { id, field: "title", row: 0, take: "file" });
  await imports.startImport(id, last + 1, extractionId);

  const plan = await searches.waiting(searchId, "campaign");
  expect(contactsOf(plan.proposal)).toBe(20);
  const { data } = await desk.db
    .from("contacts")
    .select("full_name, title")
    .eq("email", "ann1@elm.example")
    .single();
  expect(data).toEqual({ full_name: "Ann Lee", title: "Owner" });
  const { data: replaced } = await desk.db
    .from("audit_log")
    .select("before, after")
    .eq("action", "import.replaced");
  expect(replaced).toEqual([{ before: { title: "Janitor" }, after: { title: "Owner" } }]);
  running.searchId = searchId;
}, 180_000);

test("an import that is cancelled in the middle stops there and keeps what it saved", async () => {
  const { answerExtraction } = await import("@/lib/searches/answer-extraction");
  const { searchId, extractionId } = await imports.stoppedSearch("Cancelled in the middle");
  const { id, checkNo } = await imports.checkedImport(searchId, rowsOf(4_000, 1_000));
  await imports.startImport(id, checkNo, extractionId);
  const saved = async () =>
    (await desk.db.from("imports").select("applied_rows").eq("id", id).single()).data?.applied_rows ?? 0;
  await vi.waitFor(async () => expect(await saved()).toBeGreaterThan(0), { timeout: 50_000, interval: 5 });
  expect(await answerExtraction(desk.db, extractionId, "cancel")).toBe(true);
  await vi.waitFor(async () => {
    const { data } = await desk.db.from("searches").select("status").eq("id", searchId).single();
    expect(data?.status).toBe("rejected");
  }, PATIENCE);
  expect(await saved()).toBeLessThan(4_000);
  const { count } = await desk.db
    .from("contacts")
    .select("id", { count: "exact", head: true })
    .like("source", "import: export.xlsx, row%")
    .like("email", "ann____@elm.example");
  expect(count).toBe(await saved());
}, 180_000);

const running = { searchId: "" };

test("a running campaign changes only as approved, only in mails that have not left, and not at all when rejected", async () => {
  const { proposeEdit } = await import("@/lib/campaigns/edits/propose-edit");
  const { searchId } = running;
  await searches.decide(searchId, "campaign", {});
  const campaignId = await searches.until(searchId, async () => {
    const { data } = await desk.db.from("campaigns").select("id, status").eq("search_id", searchId).single();
    if (data?.status !== "active") throw new Error(`the campaign is ${data?.status}`);
    return data.id;
  });
  await vi.waitFor(async () => {
    const sent = (await campaigns.sendsOf(campaignId)).filter(({ status }) => status === "sent");
    expect(sent.length).toBeGreaterThan(1);
  }, PATIENCE);
  const before = await campaigns.sendsOf(campaignId);
  const asApproved = new Map(before.map((send) => [send.id, send.content_hash]));
  const changed = async () =>
    (await campaigns.sendsOf(campaignId)).filter((send) => send.content_hash !== asApproved.get(send.id));

  const rewrite = (body: string) => ({ templates: [{ step: 2, subject: "{{property_address}}", body }] });
  await proposeEdit(campaignId, rewrite("Hi {{first_name|there}}, no hurry at all."), { by: "Dana" });
  const first = await campaigns.waitingEdit(campaignId);
  expect(await campaigns.decideEdit(campaignId, { ...first, content_hash: "another" }, {})).toBe("changed");
  const words = "Skip brokers, softer third mail, only between 10 and 3, and mention the lake";
  const asked = { decision: "request_changes", feedback: words };
  expect(await campaigns.decideEdit(campaignId, first, asked)).toBe("decided");

  const second = await campaigns.waitingEdit(campaignId, first.revision + 1);
  const { notes, summary } = second.proposal as { notes: string[]; summary: Record<string, number> };
  expect(notes[0]).toContain(words);
  expect(notes.join("\n")).toContain("“mention the lake” is no rule");
  expect(summary).toMatchObject({ leftOut: 5, contacts: 15, rewritten: 30, moved: 30 });
  expect(await changed()).toEqual([]);
  expect(await campaigns.decideEdit(campaignId, first, {})).toBe("already_decided");
  expect(await campaigns.decideEdit(campaignId, second, {})).toBe("decided");
  await vi.waitFor(async () => expect((await changed()).length).toBe(30), PATIENCE);

  const after = await campaigns.sendsOf(campaignId);
  expect(
    after.filter(({ step, id, content_hash }) => step === 1 && content_hash !== asApproved.get(id)),
  ).toEqual([]);
  const brokers = after.filter(({ contacts }) => contacts?.title === "Broker");
  expect(new Set(brokers.filter(({ step }) => step !== 1).map(({ status }) => status))).toEqual(
    new Set(["cancelled"]),
  );
  const seconds = await campaigns.unsentOf(campaignId, 2);
  expect(seconds).toHaveLength(15);
  for (const { body, subject } of seconds) {
    expect(body).toMatch(/^Hi Ann, no hurry at all\.$/);
    expect(subject).toMatch(/^RE: \d+ Elm St$/);
  }
  for (const { body, due_at } of await campaigns.unsentOf(campaignId, 3)) {
    expect(body).toContain("I will leave it here");
    const hour = Number(
      new Intl.DateTimeFormat("en-US", {
        timeZone: "America/Denver",
        hour: "2-digit",
        hourCycle: "h23",
      }).format(new Date(due_at)),
    );
    expect(hour).toBeGreaterThanOrEqual(10);
    expect(hour).toBeLessThan(15);
  }

  await proposeEdit(campaignId, rewrite("Never to be sent"), { by: "Dana" });
  const third = await campaigns.waitingEdit(campaignId, second.revision + 1);
  const untouched = await campaigns.unsentOf(campaignId, 2);
  expect(await campaigns.decideEdit(campaignId, third, { decision: "reject", feedback: "too curt" })).toBe(
    "decided",
  );
  // A later change is carried out; by then the rejected one has had its turn.
  await proposeEdit(
    campaignId,
    { dailyLimit: 7_000, leaveOut: [untouched[0]?.contact_id ?? ""] },
    { by: "Dana" },
  );
  await campaigns.decideEdit(campaignId, await campaigns.waitingEdit(campaignId, third.revision + 1), {});
  await vi.waitFor(async () => expect(await campaigns.unsentOf(campaignId, 2)).toHaveLength(14), PATIENCE);
  expect((await campaigns.unsentOf(campaignId, 2)).some(({ body }) => body === "Never to be sent")).toBe(
    false,
  );

  const { data: audit } = await desk.db
    .from("audit_log")
    .select("action, after")
    .or(`entity_id.eq.${campaignId},entity_id.in.(${[first, second, third].map(({ id }) => id).join(",")})`)
    .order("id");
  const actions = (audit ?? []).map(({ action }) => action);
  expect(actions.filter((action) => action === "campaign.edited")).toHaveLength(2);
  expect(actions).toEqual(
    expect.arrayContaining(["approval.changes_requested", "approval.approved", "approval.rejected"]),
  );
}, 240_000);

test("a profile folder keeps the session itself: the phone is asked once", async () => {
  // Whatever still rings from before has stopped ringing.
  desk.coStarClock.aheadMs += 61_000;
  const profile = {
    COSTAR_PROFILE_DIR: path.join(desk.folder, "chrome-profile"),
    COSTAR_2FA_TIMEOUT_S: "30",
  };
  const [first] = await Promise.all([
    connectInNewProcess("closed", profile),
    vi.waitFor(searches.tapThePhone, PATIENCE),
  ]);
  expect(first).toBe("connected");
  expect(await connectInNewProcess("closed", { ...profile, COSTAR_2FA_TIMEOUT_S: "3" })).toBe("connected");
}, 120_000);
