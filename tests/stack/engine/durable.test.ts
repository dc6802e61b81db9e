import { afterEach, beforeEach, expect, it } from "vitest";
import { eventually, runOfEvent, runReaches, sendEvent } from "./support/api";
import { done, type FakeApp, report, startFakeApp } from "./support/fake-app";
import { ManualClock } from "./support/manual-clock";
import { openEngine, type TestEngine } from "./support/open-engine";

let clock: ManualClock;
let engine: TestEngine;
let app: FakeApp;

beforeEach(async () => {
  clock = new ManualClock("2026-03-02T09:00:30Z");
  engine = await openEngine({ clock, keepFinishedMs: 86_400_000 });
  app = await startFakeApp("t", [
    { id: "t-one", event: "one" },
    { id: "t-minutely", event: "unused", more: { triggers: [{ cron: "* * * * *" }] } },
    { id: "t-la", event: "unused", more: { triggers: [{ cron: "TZ=America/Los_Angeles 0 9 * * *" }] } },
    { id: "t-limited", event: "limited", more: { rateLimit: { limit: 1, period: "1h" } } },
    { id: "t-debounced", event: "debounced", more: { debounce: { period: "10s", timeout: "25s" } } },
  ]);
  await engine.register(app.url);
});

afterEach(async () => {
  await engine.close();
  await app.close();
});

const callsOf = (id: string) => app.calls.filter((call) => call.url.includes(`fnId=${id}&`));

it("a sleeping run survives a restart and wakes at its time, not before", async () => {
  app.answer = (call, response) =>
    Object.keys(call.body.steps).length === 0
      ? report(response, [{ id: "nap", op: "Sleep", name: "2h" }])
      : done(response, "woke");
  const eventId = await sendEvent(engine.url, "one");
  await eventually("the sleep", () => callsOf("t-one").length === 1 && engine.inFlight === 0);
  await engine.restart();
  clock.moveTo("2026-03-02T11:00:29Z");
  await sendEvent(engine.url, "nobody");
  expect(callsOf("t-one")).toHaveLength(1);
  clock.moveTo("2026-03-02T11:00:31Z");
  const run = await runReaches(engine.url, eventId, "COMPLETED");
  expect(run.output).toEqual({ data: "woke" });
});

it("a call cut off by a stop is made again at the next start with the same attempt", async () => {
  app.answer = () => {};
  const eventId = await sendEvent(engine.url, "one");
  await eventually("the call", () => callsOf("t-one").length === 1);
  await engine.restart();
  app.answer = (_, response) => done(response, 1);
  await eventually("the second call", () => callsOf("t-one").length === 2);
  // The second call hangs as well: it was made before the app recovered.
  await engine.restart();
  await runReaches(engine.url, eventId, "COMPLETED");
  expect(new Set(callsOf("t-one").map((call) => call.body.ctx.attempt))).toEqual(new Set([0]));
  const generations = callsOf("t-one").map((call) => call.body.ctx.generation_id);
  expect(new Set(generations).size).toBe(generations.length);
});

it("cron ticks come at their minute, once each, and a standstill is made up for once", async () => {
  clock.moveTo("2026-03-02T09:01:00Z");
  await eventually("the first tick", () => callsOf("t-minutely").length === 1);
  await eventually("rest", () => engine.inFlight === 0);
  clock.moveTo("2026-03-02T09:02:00Z");
  await eventually("the second tick", () => callsOf("t-minutely").length === 2);
  await eventually("rest", () => engine.inFlight === 0);
  await engine.restart();
  clock.moveTo("2026-03-02T09:30:10Z");
  await eventually("the late tick", () => callsOf("t-minutely").length === 3);
  await eventually("rest", () => engine.inFlight === 0);
  clock.moveTo("2026-03-02T09:31:00Z");
  await eventually("the next tick", () => callsOf("t-minutely").length === 4);
  expect(callsOf("t-la")).toHaveLength(0);
});

it("a cron schedule with a zone keeps local time over the change to summer time", async () => {
  // Los Angeles leaves UTC-8 for UTC-7 on 8 March 2026.
  clock.moveTo("2026-03-07T17:00:00Z");
  await eventually("9:00 PST", () => callsOf("t-la").length === 1);
  await eventually("rest", () => engine.inFlight === 0);
  clock.moveTo("2026-03-08T15:59:59Z");
  await eventually("rest", () => engine.inFlight === 0);
  expect(callsOf("t-la")).toHaveLength(1);
  clock.moveTo("2026-03-08T16:00:00Z");
  await eventually("9:00 PDT", () => callsOf("t-la").length === 2);
});

it("a rate limit is remembered over a restart", async () => {
  await runReaches(engine.url, await sendEvent(engine.url, "limited"), "COMPLETED");
  await engine.restart();
  const dropped = await sendEvent(engine.url, "limited");
  clock.moveTo("2026-03-02T10:01:00Z");
  await runReaches(engine.url, await sendEvent(engine.url, "limited"), "COMPLETED");
  expect(await runOfEvent(engine.url, dropped)).toBeUndefined();
  expect(callsOf("t-limited")).toHaveLength(2);
});

it("a debounce survives a restart and its timeout caps the delay", async () => {
  for (const second of ["30", "38", "46", "54"]) {
    clock.moveTo(`2026-03-02T09:00:${second}Z`);
    await sendEvent(engine.url, "debounced", { second });
  }
  await engine.restart();
  expect(callsOf("t-debounced")).toHaveLength(0);
  clock.moveTo("2026-03-02T09:00:55Z");
  await eventually("the debounced call", () => callsOf("t-debounced").length === 1);
});

it("runs and events are deleted once they are old, unfinished runs never", async () => {
  app.answer = (call, response) =>
    call.url.includes("t-one")
      ? report(response, [{ id: "nap", op: "Sleep", name: "90d" }])
      : done(response, 1);
  const finished = await sendEvent(engine.url, "limited");
  const sleeping = await sendEvent(engine.url, "one");
  await runReaches(engine.url, finished, "COMPLETED");
  await runReaches(engine.url, sleeping, "RUNNING");
  clock.moveTo("2026-03-04T09:00:30Z");
  await eventually(
    "the sweep",
    async () => (await fetch(`${engine.url}/v1/events/${finished}`)).status === 404,
  );
  expect(await runOfEvent(engine.url, finished)).toBeUndefined();
  expect((await runOfEvent(engine.url, sleeping))?.status).toBe("RUNNING");
  expect((await fetch(`${engine.url}/v1/events/${sleeping}`)).status).toBe(200);
});
