import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { createClient } from "@supabase/supabase-js";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import WebSocket from "ws";
import { LOCAL_PUBLISHABLE_KEY, LOCAL_SERVICE_KEY } from "@/lib/server/local-keys";
import { type ScenarioApp, startScenarioApp } from "@/stack/engine/scenarios/app";
import { Context } from "@/stack/engine/scenarios/context";
import { type Child, startChild } from "@/stack/launcher/child";
import { type KeptRunning, keepRunning } from "@/stack/launcher/keep-running";
import { type StackConfig, stackReadySchema } from "@/stack/server/stack-config";
import { buildStackServer } from "../../bench/stack/stack-process";
import { freePort } from "./support/free-port";

const HUNG_AFTER_MS = 4_000;

let folder: string;
let server: Awaited<ReturnType<typeof buildStackServer>>;
let app: ScenarioApp;
let context: Context;
let kept: KeptRunning<unknown>;
let current: Child;
let apiUrl: string;
const said: string[] = [];
const lost = vi.fn();
let lastId = 0;
const nextId = () => {
  lastId += 1;
  return lastId;
};

function firstWord(child: Child): Promise<unknown> {
  return new Promise((resolve, reject) => {
    child.process.once("exit", (code) => reject(new Error(`ended with ${code}`)));
    child.process.once("message", (word) => {
      if (stackReadySchema.safeParse(word).success) resolve(word);
      else reject(new Error(JSON.stringify(word)));
    });
  });
}

function openClient() {
  return createClient(apiUrl, LOCAL_SERVICE_KEY, {
    auth: { persistSession: false, autoRefreshToken: false },
    realtime: { transport: WebSocket as unknown as typeof globalThis.WebSocket, reconnectAfterMs: () => 200 },
  });
}

beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "upstream-restart-"));
  server = await buildStackServer();
  const [apiPort, enginePort] = [await freePort(), await freePort()];
  apiUrl = `http://127.0.0.1:${apiPort}`;
  const engineUrl = `http://127.0.0.1:${enginePort}`;
  const nap = {
    name: "nap",
    define: (kit: ScenarioApp["kit"]) =>
      kit.fn("nap", { retries: 20 }, async ({ step }) => {
        await step.run("before", () => kit.note("before"));
        await step.sleep("s", "2s");
        return step.run("after", () => "rested");
      }),
    check: async () => {},
  };
  app = await startScenarioApp(engineUrl, [nap], { appId: "naps", checkpointing: true });
  context = new Context(engineUrl, app.kit, 50_000);
  const config: StackConfig = {
    dataDir: folder,
    migrationsDir: path.resolve("tests/stack/supabase/project/realtime-migrations"),
    seedFile: path.join(folder, "seed.sql"),
    logLevel: "error",
    supabase: { port: apiPort, publishableKey: LOCAL_PUBLISHABLE_KEY, secretKey: LOCAL_SERVICE_KEY },
    engine: { port: enginePort, appUrl: app.url },
  };
  fs.writeFileSync(path.join(folder, "seed.sql"), "select 1;");
  const env = { ...process.env, UPSTREAM_STACK: JSON.stringify(config) };
  kept = await keepRunning({
    start: () => {
      current = startChild(process.cwd(), [server.file], env, () => {});
      return current;
    },
    waitForReady: firstWord,
    say: (line) => said.push(line),
    onLost: lost,
    hungAfterMs: HUNG_AFTER_MS,
    firstPauseMs: 50,
  });
});
afterAll(async () => {
  await kept.stop();
  await app.close();
  server.remove();
  fs.rmSync(folder, { recursive: true, force: true });
});

it.each([
  ["dies", "SIGKILL", "ended by itself (SIGKILL)"],
  ["hangs", "SIGSTOP", `has not answered for ${HUNG_AFTER_MS / 1_000} s`],
] as const)(
  "a stack server that %s comes back by itself; rows, runs and subscriptions go on",
  async (_, signal, why) => {
    const db = openClient();
    const heard: string[] = [];
    await new Promise<void>((resolve) => {
      db.channel("room")
        .on("postgres_changes", { event: "INSERT", schema: "public", table: "staff_notes" }, ({ new: row }) =>
          heard.push(String(row.body)),
        )
        .on("system", {}, () => resolve())
        .subscribe();
    });
    const stored = await db.from("staff_notes").insert({ id: nextId(), body: `kept over ${signal}` });
    expect(stored.error).toBeNull();
    const naps = app.kit.notes("before").length;
    const eventId = await context.send("nap");
    await context.until("the nap", () => app.kit.notes("before").length > naps);
    const pid = current.process.pid;
    current.process.kill(signal);
    await context.until("the restart", () => said.filter((line) => line.includes(" is back")).length > 0);
    expect(said).toEqual([
      `The stack server ${why}; starting it again. Nothing stored is lost.`,
      "The stack server is back.",
    ]);
    said.length = 0;
    expect(current.process.pid).not.toBe(pid);
    const { data } = await db.from("staff_notes").select("id").eq("body", `kept over ${signal}`);
    expect(data).toHaveLength(1);
    const run = await context.ended(eventId);
    expect(run.status).toBe("Completed");
    expect(app.kit.returned(run.id)).toBe("rested");
    await context.until("the subscription to work again", async () => {
      await db.from("staff_notes").insert({ id: nextId(), body: `after ${signal}` });
      return heard.includes(`after ${signal}`);
    });
    await db.removeAllChannels();
    expect(lost).not.toHaveBeenCalled();
  },
);
