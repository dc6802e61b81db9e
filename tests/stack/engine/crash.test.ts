import { randomBytes } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import { startScenarioApp } from "@/stack/engine/scenarios/app";
import { Context } from "@/stack/engine/scenarios/context";
import type { Scenario } from "@/stack/engine/scenarios/scenario";
import { kill, spawnEngine } from "./support/kill-engine";

const KILLS = Number(process.env.ENGINE_KILLS ?? 3);
const PORT = 8_310;

/** Steps, a sleep, a wait and a parallel group, each noting that it ran. */
const journey: Scenario = {
  name: "journey",
  define: (kit) => [
    kit.fn("journey", { retries: 20 }, async ({ step, event }) => {
      const key = event.data.key as string;
      const visit = (name: string) => step.run(name, () => kit.note(`visit ${key}`, name));
      await visit("one");
      await visit("two");
      await step.sleep("nap", "1s");
      await Promise.all([visit("left"), visit("right")]);
      await step.sendEvent("tell", { name: kit.event("journey-done"), data: { key } });
      const answer = await step.waitForEvent("answer", {
        event: kit.event("journey-answer"),
        timeout: "60s",
        if: "async.data.key == event.data.key",
      });
      kit.note("over", key);
      return answer?.data.key === key ? "answered" : "not answered";
    }),
    kit.fn("journey-done", { retries: 20 }, async ({ event, step }) => {
      // The wait may be in force only after this event: answer until it is heard.
      for (let round = 0; round < 60; round += 1) {
        await step.sendEvent(`answer ${round}`, { name: kit.event("journey-answer"), data: event.data });
        if (kit.notes("over").includes(event.data.key)) return;
        await step.sleep(`rest ${round}`, "1s");
      }
    }),
  ],
  check: async () => {},
};

async function sendOnce(server: string, event: unknown, seed: string): Promise<string | undefined> {
  try {
    const response = await fetch(`${server}/e/test`, {
      method: "POST",
      headers: { "x-inngest-event-id-seed": seed },
      body: JSON.stringify(event),
    });
    return ((await response.json()) as { ids: string[] }).ids[0];
  } catch {
    return undefined;
  }
}

it("loses no event and no run, and repeats at most the step in flight, over any number of kill -9", async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "engine-crash-"));
  const server = `http://127.0.0.1:${PORT}`;
  const app = await startScenarioApp(server, [journey], { appId: "crash", checkpointing: true });
  const context = new Context(server, app.kit, 60_000);
  const accepted = new Map<string, string>();
  let isStopping = false;
  let engine = await spawnEngine(path.join(folder, "data"), PORT, app.url);
  await context.until(
    "the app to be registered",
    async () => (await context.get("/api/v2/apps/crash")).status === 200,
  );
  const sender = (async () => {
    for (let index = 0; !isStopping; index += 1) {
      const key = `k${index}`;
      // Like the SDK: the same request with the same seed until the server says yes.
      const seed = `${Date.now()},${randomBytes(10).toString("base64")}`;
      let id: string | undefined;
      while (id === undefined && !isStopping) {
        id = await sendOnce(server, { name: app.kit.event("journey"), data: { key } }, seed);
        await context.pause(15);
      }
      if (id !== undefined) accepted.set(key, id);
    }
  })();
  try {
    for (let round = 0; round < KILLS; round += 1) {
      const before = accepted.size;
      await context.until("new events", () => accepted.size >= before + 4 + Math.floor(Math.random() * 8));
      await context.pause(Math.random() * 300);
      await kill(engine);
      engine = await spawnEngine(path.join(folder, "data"), PORT, app.url);
    }
    isStopping = true;
    await sender;
    for (const [key, eventId] of accepted) {
      const [runId, second] = await context.until(`a run for ${key}`, async () => {
        const ids = await context.runIds(eventId);
        return ids.length > 0 ? ids : undefined;
      });
      if (runId === undefined) throw new Error(`no run for ${key}`);
      expect(second).toBeUndefined();
      const run = await context.runEnded(runId);
      expect({ key, status: run.status, returned: app.kit.returned(runId) }).toEqual({
        key,
        status: "Completed",
        returned: "answered",
      });
      const visits = app.kit.notes(`visit ${key}`);
      expect(new Set(visits)).toEqual(new Set(["one", "two", "left", "right"]));
      // A kill cuts off at most the steps in flight: one in sequence, two in the parallel group.
      expect(visits.length).toBeLessThanOrEqual(4 + 2 * KILLS);
    }
    expect(accepted.size).toBeGreaterThan(4 * KILLS - 1);
  } finally {
    isStopping = true;
    await sender;
    await kill(engine);
    await app.close();
    fs.rmSync(folder, { recursive: true, force: true });
  }
}, 180_000);
