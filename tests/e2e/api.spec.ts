import { expect, test } from "@playwright/test";
import { E2E } from "../../playwright.config";
import { openApi } from "./support/api";

const base = `http://127.0.0.1:${E2E.port}`;

test("without a session every page leads to sign-in and every endpoint answers 401", async ({ request }) => {
  for (const path of ["/", "/searches", "/settings", "/approvals/00000000-0000-0000-0000-000000000000"]) {
    const response = await request.get(path, { maxRedirects: 0 });
    expect(response.status(), path).toBe(307);
    expect(response.headers().location).toContain("/sign-in");
  }
  for (const path of ["/api/approvals", "/api/checkpoints"])
    expect((await request.get(path)).status(), path).toBe(401);
  expect((await request.post("/api/searches", { data: {} })).status()).toBe(401);
  const forged = await request.get("/api/approvals", { headers: { authorization: "Bearer nonsense" } });
  expect(forged.status()).toBe(401);
});

test("a web page can neither call the engine's endpoint nor the relay", async () => {
  const origin = { origin: "https://elsewhere.example", "sec-fetch-site": "cross-site" };
  const engine = await fetch(`${base}/api/inngest?fnId=upstream-sweep&stepId=step`, {
    method: "POST",
    headers: { "content-type": "application/json", ...origin },
    body: "{}",
  });
  expect(engine.status).toBe(403);
  const relay = await fetch(`${base}/api/relay/health`, { headers: origin });
  expect(relay.status).toBe(403);
  const unsigned = await fetch(`${base}/api/relay/send`, { method: "POST", body: "{}" });
  expect(unsigned.status).toBe(401);
});

test("health says for each part what it is and whether it is up", async ({ request }) => {
  const { ok, parts } = await (await request.get("/api/health")).json();
  expect(ok).toBe(true);
  const kinds = Object.fromEntries(
    parts.map((part: { name: string; kind: string }) => [part.name, part.kind]),
  );
  expect(kinds).toEqual({
    database: "embedded",
    engine: "embedded",
    mailbox: "stand-in",
    agents: "stand-in",
    costar: "stand-in",
  });
});

test("bad criteria are refused with every field named, and nothing is stored", async () => {
  const { ask, db } = await openApi();
  const before = (await db.from("searches").select("id")).data?.length;
  const bad = await ask("POST", "/api/searches", {
    buyer: { name: "" },
    criteria: { name: "x", propertyTypes: ["Castles"], markets: [] },
  });
  expect(bad.status).toBe(400);
  expect(bad.body.fields.map((field: { path: string }) => field.path)).toEqual([
    "buyer.name",
    "criteria.markets",
  ]);
  const unknown = await ask("POST", "/api/searches", {
    buyer: { name: "B" },
    criteria: { name: "x", propertyTypes: ["Castles"], markets: ["Atlantis"] },
  });
  expect(unknown.body.fields).toEqual([
    { path: "criteria.markets.0", message: expect.stringContaining('no market "Atlantis"') },
    { path: "criteria.propertyTypes.0", message: expect.stringContaining('no property type "Castles"') },
  ]);
  expect((await ask("POST", "/api/searches", "{not json")).body.message).toContain("not JSON");
  expect((await ask("POST", "/api/searches", `{"a":"${"x".repeat(5_000_000)}"}`)).status).toBe(413);
  expect((await db.from("searches").select("id")).data?.length).toBe(before);
});

test("extraction can never be auto, and a checkpoint that does not exist is not found", async () => {
  const { ask } = await openApi();
  const refused = await ask("PUT", "/api/checkpoints/extraction", { mode: "auto" });
  expect(refused.status).toBe(400);
  expect(refused.body.message).toContain("phone");
  expect((await ask("PUT", "/api/checkpoints/lunch", { mode: "auto" })).status).toBe(404);
  expect((await ask("PUT", "/api/checkpoints/campaign", { mode: "sometimes" })).status).toBe(400);
  const { body } = await ask("GET", "/api/checkpoints");
  expect(
    body.items.map((item: { checkpoint: string; mode: string }) => `${item.checkpoint} ${item.mode}`),
  ).toEqual(["sourcing auto", "extraction plan", "campaign plan", "classification auto"]);
});

test("a decision counts once: the second is told who was first and when, a stale one that it changed", async () => {
  const { ask } = await openApi();
  const created = await ask("POST", "/api/searches", {
    buyer: { name: "Fern Capital" },
    criteria: { name: "Austin office", propertyTypes: ["Office"], markets: ["Austin"] },
  });
  expect(created.status).toBe(201);
  let approval: { id: string; content_hash: string; search_id: string } | undefined;
  await expect
    .poll(async () => {
      const { body } = await ask("GET", "/api/approvals?status=pending&checkpoint=extraction&limit=200");
      approval = body.items.find((item: { search_id: string }) => item.search_id === created.body.id);
      return Boolean(approval);
    })
    .toBe(true);
  const url = `/api/approvals/${approval?.id}/decision`;
  const changes = { decision: "request_changes", contentHash: approval?.content_hash };
  expect((await ask("POST", url, changes)).body.fields[0].message).toBe("Say what should change.");
  expect((await ask("POST", url, { decision: "approve", contentHash: "another" })).body.error).toBe(
    "changed",
  );
  const said = await ask("POST", url, { ...changes, feedback: "add Houston" });
  expect(said.status).toBe(200);
  const late = await ask("POST", url, { decision: "approve", contentHash: approval?.content_hash });
  expect(late.status).toBe(409);
  expect(late.body).toMatchObject({ error: "already_decided", status: "changes_requested" });
  expect(late.body.decidedBy).toBeTruthy();
  expect(Date.parse(late.body.decidedAt)).toBeGreaterThan(0);

  // The words came back as the next revision, with Houston in it, and as a learning.
  let revision: { id: string; revision: number; content_hash: string } | undefined;
  await expect
    .poll(async () => {
      const { body } = await ask("GET", "/api/approvals?status=pending&checkpoint=extraction&limit=200");
      revision = body.items.find((item: { search_id: string }) => item.search_id === created.body.id);
      return revision?.revision;
    })
    .toBe(2);
  const full = await ask("GET", `/api/approvals/${revision?.id}`);
  expect(JSON.stringify(full.body.proposal)).toContain("1276");
  expect(full.body.earlier).toHaveLength(1);
  const done = await ask("POST", `/api/approvals/${revision?.id}/decision`, {
    decision: "reject",
    feedback: "not this quarter",
    contentHash: revision?.content_hash,
  });
  expect(done.body.status).toBe("rejected");
});
