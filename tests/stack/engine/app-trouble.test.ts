import net, { type AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { eventually, runOfEvent, runReaches, sendEvent } from "./support/api";
import { done, type FakeApp, report, startFakeApp } from "./support/fake-app";
import { openEngine, type TestEngine } from "./support/open-engine";

const FUNCTIONS = [
  { id: "t-one", event: "one", retries: 2 },
  { id: "t-other", event: "other", retries: 2 },
];

describe("an app in trouble", () => {
  let engine: TestEngine;
  let app: FakeApp;

  beforeEach(async () => {
    engine = await openEngine({ callTimeoutMs: 400 });
    app = await startFakeApp("t", FUNCTIONS);
    await engine.register(app.url);
  });

  afterEach(async () => {
    await engine.close();
    await app.close();
  });

  it("that is not up yet costs no attempt, says so on the run, and gets its call when it is up", async () => {
    const { port } = new URL(app.url);
    await app.close();
    const eventId = await sendEvent(engine.url, "one");
    const waiting = await eventually("the reason", async () => {
      const run = await runOfEvent(engine.url, eventId);
      return run?.reason?.includes("is not answering") ? run : undefined;
    });
    expect(waiting.status).toBe("RUNNING");
    app = await startFakeApp("t", FUNCTIONS, Number(port));
    await runReaches(engine.url, eventId, "COMPLETED");
    expect(app.calls.map((call) => call.body.ctx.attempt)).toEqual([0]);
  });

  it("that hangs is given up on after the time limit, tried again, and fails visibly", async () => {
    app.answer = () => {};
    const run = await runReaches(engine.url, await sendEvent(engine.url, "one"), "FAILED");
    expect(app.calls.map((call) => call.body.ctx.attempt)).toEqual([0, 1, 2]);
    expect(run.output?.message).toContain("no answer from");
  });

  it("that breaks the connection uses up an attempt", async () => {
    app.answer = (call, response) =>
      call.body.ctx.attempt === 0 ? response.destroy() : done(response, "ok");
    const run = await runReaches(engine.url, await sendEvent(engine.url, "one"), "COMPLETED");
    expect(run.output).toEqual({ data: "ok" });
    expect(app.calls).toHaveLength(2);
  });

  it.each([
    [
      "an HTML page with status 200",
      (response: import("node:http").ServerResponse) => response.end("<html>"),
      "is not an Inngest SDK's answer",
    ],
    [
      "an error page of a proxy",
      (response: import("node:http").ServerResponse) => response.writeHead(502).end("Bad Gateway"),
      "HTTP 502",
    ],
    [
      "operations that are no operations",
      (response: import("node:http").ServerResponse) => report(response, [{ id: 7 }]),
      "unreadable operations",
    ],
    [
      "JSON that is cut off",
      (response: import("node:http").ServerResponse) =>
        response.writeHead(200, { "x-inngest-sdk": "x" }).end('{"a":'),
      "is not JSON",
    ],
    [
      "an operation nobody knows",
      (response: import("node:http").ServerResponse) => report(response, [{ id: "a", op: "Teleport" }]),
      'operation "Teleport" is not supported',
    ],
    [
      "a server-side fetch",
      (response: import("node:http").ServerResponse) => report(response, [{ id: "a", op: "Gateway" }]),
      "step.fetch() is not supported",
    ],
    [
      "nothing at all",
      (response: import("node:http").ServerResponse) => report(response, []),
      "reported no step",
    ],
    [
      "a sleep without end",
      (response: import("node:http").ServerResponse) =>
        report(response, [{ id: "a", op: "Sleep", name: "soon" }]),
      'cannot sleep for "soon"',
    ],
    [
      "a wait with a broken condition",
      (response: import("node:http").ServerResponse) =>
        report(response, [{ id: "a", op: "WaitForEvent", name: "x", opts: { if: "a ==", timeout: "1s" } }]),
      "of the expression",
    ],
  ])(
    "that answers with %s fails its run with the reason and holds up no other run",
    async (_, answer, reason) => {
      app.answer = (call, response) =>
        call.url.includes("t-one") ? void answer(response) : done(response, "fine");
      const bad = await sendEvent(engine.url, "one");
      const good = await sendEvent(engine.url, "other");
      await runReaches(engine.url, good, "COMPLETED");
      const run = await runReaches(engine.url, bad, "FAILED");
      expect(run.output?.message).toContain(reason);
    },
  );

  it("whose step is larger than 4 MiB fails with the size", async () => {
    app.answer = (_, response) =>
      report(response, [{ id: "a", op: "StepRun", data: "x".repeat(5 * 1024 * 1024) }]);
    const run = await runReaches(engine.url, await sendEvent(engine.url, "one"), "FAILED");
    expect(run.output?.message).toContain("the limit is 4194304");
  });

  it("refuses a checkpoint of a dispatch it has given up on", async () => {
    app.answer = (_, response) => report(response, [{ id: "a", op: "Sleep", name: "1h" }]);
    const eventId = await sendEvent(engine.url, "one");
    const call = await eventually("the call", () => app.calls[0]);
    await eventually(
      "the sleep",
      async () => engine.inFlight === 0 && (await runOfEvent(engine.url, eventId)),
    );
    const { run_id, qi_id, generation_id } = call.body.ctx;
    const response = await fetch(`${engine.url}/v1/checkpoint/${run_id}/async`, {
      method: "POST",
      body: JSON.stringify({ run_id, qi_id, generation_id, steps: [{ id: "late", op: "StepRun", data: 1 }] }),
    });
    expect(response.status).toBe(409);
  });

  it("is registered again by itself after it came up with other functions", async () => {
    const { port } = new URL(app.url);
    await app.close();
    app = await startFakeApp("t", [{ id: "t-new", event: "brand-new" }], Number(port));
    await eventually("the new function", async () => {
      const response = await fetch(`${engine.url}/v1/apps/t/functions`);
      return JSON.stringify(await response.json()).includes("t-new");
    });
    await runReaches(engine.url, await sendEvent(engine.url, "brand-new"), "COMPLETED");
  });
});

it("an app that is not there when the engine starts is registered when it comes", async () => {
  const reserved = net.createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => reserved.once("listening", resolve));
  const { port } = reserved.address() as AddressInfo;
  await new Promise((resolve) => reserved.close(resolve));
  const engine = await openEngine({ appUrls: [`http://127.0.0.1:${port}/api/inngest`] });
  await eventually("the problem", async () => {
    const response = await fetch(`${engine.url}/api/v2/apps`);
    return JSON.stringify(await response.json()).includes("is not answering");
  });
  const app = await startFakeApp("late", [{ id: "late-one", event: "one" }], port);
  await eventually(
    "the registration",
    async () => (await fetch(`${engine.url}/api/v2/apps/late`)).status === 200,
  );
  await runReaches(engine.url, await sendEvent(engine.url, "one"), "COMPLETED");
  await engine.close();
  await app.close();
});
