import http from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { signature } from "@/stack/engine/calls/sign";
import { runReaches } from "./support/api";
import { type FakeApp, startFakeApp } from "./support/fake-app";
import { openEngine, type TestEngine } from "./support/open-engine";

function request(url: string, headers: Record<string, string>, body = '{"name":"x"}'): Promise<number> {
  return new Promise((resolve, reject) => {
    const outgoing = http.request(url, { method: "POST", headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}

describe("who may talk to the engine", () => {
  let engine: TestEngine;

  beforeAll(async () => {
    engine = await openEngine();
  });

  afterAll(() => engine.close());

  it("an app that registers can be invoked by name", async () => {
    const app = await startFakeApp("o", [{ id: "o-one", event: "one" }]);
    await engine.register(app.url);
    const response = await fetch(`${engine.url}/invoke/o-one`, { method: "POST", body: "{}" });
    const { id } = (await response.json()) as { id: string };
    await runReaches(engine.url, id, "COMPLETED");
    await app.close();
  });

  it.each([
    ["a foreign Host, as after DNS rebinding", { host: "evil.example:8288" }],
    ["an Origin", { origin: "https://evil.example" }],
    ["an Origin of another local port", { origin: "http://127.0.0.1:9999" }],
    ["an opaque Origin", { origin: "null" }],
    ["Sec-Fetch-Site: cross-site", { "sec-fetch-site": "cross-site" }],
    ["Sec-Fetch-Site: same-site", { "sec-fetch-site": "same-site" }],
  ])("a web page cannot send events: %s is refused", async (_, headers) => {
    expect(await request(`${engine.url}/e/key`, headers as Record<string, string>)).toBe(403);
  });

  it("a program on this machine can, by any loopback name", async () => {
    for (const host of ["localhost:8288", "127.0.0.1", "[::1]:8288"])
      expect(await request(`${engine.url}/e/key`, { host })).toBe(200);
  });

  it("says who it is on /health", async () => {
    const response = await fetch(`${engine.url}/health`);
    expect(await response.json()).toEqual({ status: 200, message: "OK", name: "upstream embedded engine" });
  });

  it.each([
    ["broken JSON", "/e/key", "{", 400],
    ["an empty body", "/e/key", "", 400],
    ["a number", "/e/key", "7", 400],
    ["too many events", "/e/key", JSON.stringify(Array.from({ length: 5_001 }, () => ({ name: "x" }))), 413],
    [
      "an event over 3 MiB",
      "/e/key",
      JSON.stringify({ name: "x", data: { text: "x".repeat(4_000_000) } }),
      400,
    ],
    ["a registration that is none", "/fn/register", '{"a":1}', 400],
    ["a checkpoint that is none", "/v1/checkpoint/RUN/async", "{}", 400],
    ["an unknown function", "/invoke/nope", "{}", 404],
    ["an unknown path", "/nope", "{}", 404],
    ["the wrong method", "/health", "{}", 405],
  ])("answers %s with a clear error", async (_, path, body, status) => {
    const response = await fetch(engine.url + path, { method: "POST", body });
    expect(response.status).toBe(status);
    expect(((await response.json()) as { error: string }).error).not.toBe("");
    expect(engine.complaints.filter((complaint) => complaint.includes("request failed"))).toEqual([]);
  });

  it("refuses a body over 64 MiB before reading it", async () => {
    expect(
      await request(`${engine.url}/e/key`, { "content-length": String(65 * 1024 * 1024) }, "").catch(
        () => 413,
      ),
    ).toBe(413);
  });

  it("gives a repeated request the same event ids and runs nothing twice", async () => {
    const headers = {
      "x-inngest-event-id-seed": `${Date.now()},${Buffer.from("0123456789").toString("base64")}`,
    };
    const send = async () =>
      (await (
        await fetch(`${engine.url}/e/key`, { method: "POST", headers, body: '[{"name":"a"},{"name":"b"}]' })
      ).json()) as {
        ids: string[];
      };
    const [first, second] = [await send(), await send()];
    expect(second.ids).toEqual(first.ids);
    expect(new Set(first.ids).size).toBe(2);
  });

  it("accepts the events in front of a bad one, as Inngest does", async () => {
    const response = await fetch(`${engine.url}/e/key`, {
      method: "POST",
      body: '[{"name":"good-one"},{"name":""}]',
    });
    expect(response.status).toBe(400);
    const { data } = (await (await fetch(`${engine.url}/v1/events?name=good-one`)).json()) as {
      data: unknown[];
    };
    expect(data).toHaveLength(1);
  });
});

describe("with keys", () => {
  const signingKey = `signkey-test-${"ab".repeat(32)}`;
  let engine: TestEngine;
  let app: FakeApp;

  beforeAll(async () => {
    engine = await openEngine({ signingKey, eventKey: "secret" });
    app = await startFakeApp("t", [{ id: "t-one", event: "one" }]);
    await engine.register(app.url);
  });

  afterAll(async () => {
    await engine.close();
    await app.close();
  });

  it("events need the event key and the API needs the signing key", async () => {
    expect(await request(`${engine.url}/e/wrong`, {})).toBe(401);
    expect((await fetch(`${engine.url}/v1/events`)).status).toBe(401);
    const response = await fetch(`${engine.url}/v1/events`, {
      headers: { authorization: `Bearer ${signingKey}` },
    });
    expect(response.status).toBe(200);
  });

  it("calls are signed so that the SDK accepts them", async () => {
    const response = await fetch(`${engine.url}/e/secret`, {
      method: "POST",
      body: '{"name":"one","data":{"b":1,"a":2}}',
    });
    expect(response.status).toBe(200);
    while (app.calls.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    const call = app.calls[0];
    const header = String(call?.headers["x-inngest-signature"]);
    const seconds = Number(/t=(\d+)/.exec(header)?.[1]);
    expect(header).toBe(signature(signingKey, JSON.stringify(call?.body), seconds * 1_000));
  });
});
