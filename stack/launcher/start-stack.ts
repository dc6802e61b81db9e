import { randomBytes } from "node:crypto";
import path from "node:path";
import type { Env } from "@/lib/server/env";
import { type StackConfig, stackReadySchema } from "@/stack/server/stack-config";
import { type Child, type Stoppable, startChild } from "./child";
import type { Parts } from "./choose-parts";
import { type Flags, StartError } from "./flags";
import { keepRunning } from "./keep-running";
import { preferPort, requireFree } from "./ports";

export interface StackJob {
  readonly root: string;
  readonly dataDir: string;
  readonly flags: Flags;
  readonly parts: Parts;
  readonly env: Env;
  readonly log: (line: string) => void;
  readonly children: Stoppable[];
  /** Called when the server does not stay up, however often it is started again. */
  readonly onLost: () => void;
}

const PINO_LEVELS = { DEBUG: "debug", INFO: "info", WARNING: "warn", ERROR: "error" } as const;

/**
 * Starts the stack server with the parts it has to serve, waits until they answer, and keeps it running.
 * @throws {StartError} with what the server said when it cannot start.
 */
export async function startStack(job: StackJob): Promise<{ costarUrl?: string; costarPassword: string }> {
  const { flags, parts, env, dataDir, root } = job;
  if (parts.embeddedSupabase) await requireFree(flags.apiPort, "Supabase API", "--api-port");
  if (parts.embeddedEngine) await requireFree(flags.enginePort, "engine", "--engine-port");
  const costarPassword = randomBytes(12).toString("hex");
  let config: StackConfig = {
    dataDir,
    migrationsDir: path.join(root, "supabase", "migrations"),
    seedFile: path.join(root, "supabase", "seed.sql"),
    logLevel: PINO_LEVELS[env.LOG_LEVEL],
    databaseUrl: process.env.UPSTREAM_DATABASE_URL || undefined,
    supabase: parts.embeddedSupabase
      ? {
          port: flags.apiPort,
          publishableKey: env.SUPABASE_PUBLISHABLE_KEY,
          secretKey: env.SUPABASE_SERVICE_KEY,
        }
      : undefined,
    engine: parts.embeddedEngine
      ? { port: flags.enginePort, appUrl: `http://127.0.0.1:${flags.port}/api/inngest` }
      : undefined,
    costar: parts.standInCoStar
      ? {
          port: await preferPort(8291),
          username: "desk",
          password: costarPassword,
          twoFactorS: env.COSTAR_2FA_TIMEOUT_S,
        }
      : undefined,
    owners: flags.demo && parts.standInOutlook ? { storeDir: path.join(dataDir, "outlook") } : undefined,
  };
  const kept = await keepRunning({
    start: () =>
      startChild(
        root,
        [path.join(root, "build", "stack-server.mjs")],
        { ...process.env, UPSTREAM_STACK: JSON.stringify(config) },
        job.log,
      ),
    waitForReady: async (child) => {
      const ready = await waitForReady(child);
      // A server that comes back comes back where the console knows it.
      if (config.costar && ready.costarUrl)
        config = { ...config, costar: { ...config.costar, port: Number(new URL(ready.costarUrl).port) } };
      return ready;
    },
    say: (line) => console.error(line),
    onLost: job.onLost,
  });
  job.children.push(kept);
  return { costarUrl: kept.ready.costarUrl, costarPassword };
}

function waitForReady(child: Child) {
  return new Promise<ReturnType<typeof stackReadySchema.parse>>((resolve, reject) => {
    child.process.once("exit", (code) =>
      reject(new StartError(`The embedded stack ended while starting (${code}).`)),
    );
    child.process.once("message", (message) => {
      const ready = stackReadySchema.safeParse(message);
      if (ready.success) resolve(ready.data);
      else reject(new StartError(String((message as { failed?: unknown }).failed ?? message)));
    });
  });
}
