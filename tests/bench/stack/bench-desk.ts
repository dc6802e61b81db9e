import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { createClient } from "@supabase/supabase-js";
import WebSocket from "ws";
import { LOCAL_PUBLISHABLE_KEY, LOCAL_SERVICE_KEY } from "@/lib/server/local-keys";
import { type ScenarioApp, startScenarioApp } from "@/stack/engine/scenarios/app";
import { Context } from "@/stack/engine/scenarios/context";
import type { StackConfig } from "@/stack/server/stack-config";
import { freePort } from "../../stack/supabase/support/free-port";
import { Marks } from "./marks";
import { measuredFunctions } from "./measured-functions";
import { buildStackServer, type StackProcess, startStackProcess } from "./stack-process";

const OPERATOR = { email: "bench@example.com", password: "bench-bench-bench" };
const clientOptions = {
  auth: { persistSession: false, autoRefreshToken: false },
  realtime: { transport: WebSocket as unknown as typeof globalThis.WebSocket },
};

/** The stack server on the product's own migrations with a real fsync per commit, two SDK apps, and two clients. */
export interface BenchDesk {
  /** With checkpointing, the SDK's default. */
  readonly cp: Context;
  /** Without. */
  readonly nc: Context;
  readonly marks: Marks;
  readonly service: ReturnType<typeof openClient>;
  /** Signed in: reads under row-level security. */
  readonly operator: ReturnType<typeof openClient>;
  readonly stack: StackProcess;
  /** Stops the server and starts it again on the same folder; returns how long the start took, ms. */
  restart(): Promise<number>;
  close(): Promise<void>;
}

function openClient(url: string, key: string) {
  return createClient(url, key, clientOptions);
}

export async function openBenchDesk(): Promise<BenchDesk> {
  const folder = mkdtempSync(path.join(os.tmpdir(), "upstream-bench-"));
  const server = await buildStackServer();
  const [apiPort, enginePort] = [await freePort(), await freePort()];
  const engineUrl = `http://127.0.0.1:${enginePort}`;
  const marks = new Marks();
  const startApp = (appId: string, checkpointing: boolean) =>
    startScenarioApp(engineUrl, [measuredFunctions(marks)], { appId, checkpointing });
  const apps: ScenarioApp[] = [await startApp("bcp", true), await startApp("bnc", false)];
  const [cpApp, ncApp] = apps as [ScenarioApp, ScenarioApp];
  const config: StackConfig = {
    dataDir: folder,
    migrationsDir: path.resolve("supabase/migrations"),
    seedFile: path.resolve("supabase/seed.sql"),
    logLevel: "error",
    supabase: { port: apiPort, publishableKey: LOCAL_PUBLISHABLE_KEY, secretKey: LOCAL_SERVICE_KEY },
    engine: { port: enginePort, appUrl: cpApp.url },
  };
  let stack = await startStackProcess(server.file, config);
  const apiUrl = `http://127.0.0.1:${apiPort}`;
  const service = openClient(apiUrl, LOCAL_SERVICE_KEY);
  const operator = openClient(apiUrl, LOCAL_PUBLISHABLE_KEY);
  await signIn(service, operator);
  for (const app of apps) await fetch(app.url, { method: "PUT" });
  const [cp, nc] = [new Context(engineUrl, cpApp.kit, 60_000), new Context(engineUrl, ncApp.kit, 60_000)];
  for (const context of [cp, nc])
    await context.ended(await context.send("seq20", { key: `warm ${context.kit.appId}` }));
  return {
    cp,
    nc,
    marks,
    service,
    operator,
    get stack() {
      return stack;
    },
    restart: async () => {
      await stack.stop();
      stack = await startStackProcess(server.file, config);
      return stack.startMs;
    },
    close: async () => {
      await operator.removeAllChannels();
      await stack.stop();
      for (const app of apps) await app.close();
      server.remove();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function signIn(service: BenchDesk["service"], operator: BenchDesk["operator"]): Promise<void> {
  const { data, error } = await service.auth.admin.createUser({ ...OPERATOR, email_confirm: true });
  if (error) throw error;
  const row = { id: data.user.id, email: OPERATOR.email, display_name: "Bench", role: "admin" };
  const written = await service.from("operators").insert(row);
  if (written.error) throw written.error;
  const signedIn = await operator.auth.signInWithPassword(OPERATOR);
  if (signedIn.error) throw signedIn.error;
}
