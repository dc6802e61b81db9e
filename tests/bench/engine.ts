import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { startScenarioApp } from "@/stack/engine/scenarios/app";
import { Context } from "@/stack/engine/scenarios/context";
import type { Kit } from "@/stack/engine/scenarios/kit";
import type { Scenario } from "@/stack/engine/scenarios/scenario";
import { kill, spawnEngine } from "../stack/engine/support/kill-engine";

/**
 * Measures the embedded engine in a process of its own, on an embedded Postgres with a real fsync per commit; the app runs here.
 * Prints one JSON object: tsx tests/bench/engine.ts [--fan 1000] [--sleeping 10000]
 */
const PORT = 8_330;
const option = (name: string, fallback: number): number => {
  const at = process.argv.indexOf(`--${name}`);
  return at > 0 ? Number(process.argv[at + 1]) : fallback;
};
const FAN_OUT = option("fan", 1_000);
const SLEEPING = option("sleeping", 10_000);
const ROUNDS = 30;

const times = new Map<string, number>();
const mark = (name: string): void => void (times.has(name) || times.set(name, performance.now()));
let fanned = 0;

const measured: Scenario = {
  name: "measured",
  define: (kit: Kit) => [
    kit.fn("start", {}, async ({ event }) => mark(`start ${event.data.key as string}`)),
    kit.fn("seq20", {}, async ({ event, step }) => {
      const key = event.data.key as string;
      mark(`begin ${key}`);
      for (let index = 0; index < 20; index += 1) await step.run(`s${index}`, () => index);
      mark(`end ${key}`);
    }),
    kit.fn("wait", {}, async ({ event, step }) => {
      await step.waitForEvent("w", { event: kit.event("go"), timeout: "60s", match: "data.key" });
      await step.run("after", () => mark(`resumed ${event.data.key as string}`));
    }),
    kit.fn("fan", {}, async ({ step }) => {
      await step.run("one", () => 1);
      fanned += 1;
    }),
    kit.fn("asleep", {}, async ({ step }) => step.sleep("s", "1h")),
  ],
  check: async () => {},
};

const median = (values: readonly number[]): number =>
  Math.round(([...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN) * 10) / 10;
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const marked = async (name: string): Promise<number> => {
  for (;;) {
    const at = times.get(name);
    if (at !== undefined) return at;
    await pause(1);
  }
};
const residentMb = (pid: number): number =>
  Number(execFileSync("ps", ["-o", "rss=", "-p", String(pid)])) / 1024;

async function eventToStart(context: Context): Promise<number> {
  const values: number[] = [];
  for (let index = 0; index < ROUNDS; index += 1) {
    const key = `${context.kit.appId}${index}`;
    const sentAt = performance.now();
    await context.send("start", { key });
    values.push((await marked(`start ${key}`)) - sentAt);
    await pause(20);
  }
  return median(values);
}

async function stepOverhead(context: Context): Promise<number> {
  const values: number[] = [];
  for (let index = 0; index < 7; index += 1) {
    const key = `${context.kit.appId}seq${index}`;
    await context.send("seq20", { key });
    values.push(((await marked(`end ${key}`)) - (await marked(`begin ${key}`))) / 20);
  }
  return median(values);
}

async function waitResume(context: Context): Promise<number> {
  const keys = Array.from({ length: 15 }, (_, index) => `w${index}`);
  const ids = await context.sendAll(keys.map((key) => ({ name: context.kit.event("wait"), data: { key } })));
  for (const id of ids)
    await context.until("the wait", async () => {
      const [runId] = await context.runIds(id);
      const { body } = await context.get(`/api/v2/runs/${runId}/trace`);
      return JSON.stringify(body).includes("WAIT_FOR_EVENT");
    });
  const values: number[] = [];
  for (const key of keys) {
    const sentAt = performance.now();
    await context.send("go", { key });
    values.push((await marked(`resumed ${key}`)) - sentAt);
    await pause(20);
  }
  return median(values);
}

async function fanOut(context: Context): Promise<number> {
  fanned = 0;
  const startedAt = performance.now();
  for (let index = 0; index < FAN_OUT; index += 100)
    await context.sendAll(
      Array.from({ length: 100 }, () => ({ name: context.kit.event("fan"), data: { index } })),
    );
  while (fanned < FAN_OUT) await pause(2);
  return Math.round((FAN_OUT / (performance.now() - startedAt)) * 1_000);
}

async function sleepingMb(context: Context, pid: number): Promise<number> {
  const before = residentMb(pid);
  for (let index = 0; index < SLEEPING; index += 500)
    await context.sendAll(
      Array.from({ length: 500 }, () => ({ name: context.kit.event("asleep"), data: { index } })),
    );
  while (context.kit.notes("enter asleep").length < SLEEPING) await pause(100);
  await pause(3_000);
  return Math.round(residentMb(pid) - before);
}

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "engine-bench-"));
const server = `http://127.0.0.1:${PORT}`;
const apps = await Promise.all(
  [true, false].map((checkpointing) =>
    startScenarioApp(server, [measured], { appId: checkpointing ? "bcp" : "bnc", checkpointing }),
  ),
);
const engine = await spawnEngine(path.join(folder, "data"), PORT, apps[0]?.url ?? "");
try {
  for (const app of apps) await fetch(app.url, { method: "PUT" });
  const [cp, nc] = apps.map((app) => new Context(server, app.kit, 60_000));
  if (!cp || !nc) throw new Error("two apps expected");
  for (const context of [cp, nc])
    await context.ended(await context.send("seq20", { key: `warm${context.kit.appId}` }));
  const result = {
    event_to_start_p50_ms: await eventToStart(cp),
    step_overhead_cp_ms: await stepOverhead(cp),
    step_overhead_nc_ms: await stepOverhead(nc),
    wait_resume_p50_ms: await waitResume(cp),
    fanout_runs_per_s: median([await fanOut(cp), await fanOut(cp), await fanOut(cp)]),
    sleeping_10k_mb: await sleepingMb(cp, engine.pid ?? 0),
  };
  console.log(JSON.stringify(result));
} finally {
  await kill(engine);
  for (const app of apps) await app.close();
  fs.rmSync(folder, { recursive: true, force: true });
}
