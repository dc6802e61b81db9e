import { randomBytes } from "node:crypto";
import path from "node:path";
import { createClient } from "@supabase/supabase-js";
import { type Db, serverClientOptions } from "@/lib/server/client-options";
import type { Database } from "@/lib/server/database.types";
import { ConfigError, type Env, parseEnv } from "@/lib/server/env";
import { prepareMailStore } from "@/stack/outlook-host/mail-store";
import type { Stoppable } from "./child";
import { chooseParts, type Parts } from "./choose-parts";
import { prepareFirstOperator } from "./first-operator";
import { type Flags, flagsSchema, StartError } from "./flags";
import { followFunctions } from "./follow-functions";
import { lockDesk } from "./lock";
import { requireFree } from "./ports";
import { prepareDemo } from "./prepare-demo";
import { printBanner } from "./print-banner";
import { createLogPrinter } from "./print-log";
import { describeOnce, tickOnce } from "./run-once";
import { runRelay } from "./run-relay";
import { startConsole } from "./start-console";
import { findDevServer, startDevServer } from "./start-dev-server";
import { startStack } from "./start-stack";
import { waitForConsole, waitForFunctions } from "./wait-for";

const STANDIN_MAILBOX = "acquisitions@harborpoint.example";

/** Starts the whole desk, in order, and stops it again. */
async function main(): Promise<void> {
  const flags = flagsSchema.parse(JSON.parse(process.argv[2] ?? "{}"));
  const root = process.cwd();
  const given = readEnv(flags, process.env);
  const dataDir = path.resolve(flags.data, flags.demo ? "demo" : "desk");
  const unlock = lockDesk(dataDir);
  const children: Stoppable[] = [];
  const stop = stopper(children, unlock);
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => void stop(0));
  try {
    if (given.UPSTREAM_ROLE === "relay") {
      const log = createLogPrinter();
      return await runRelay({ root, flags, env: given, source: process.env, dataDir, log, children, stop });
    }
    const parts = await chooseParts(flags, given, process.env);
    if (parts.devServer) findDevServer(root, process.env);
    await requireFree(flags.port, "console", "--port");
    const log = createLogPrinter();
    if (parts.standInOutlook)
      await prepareMailStore(path.join(dataDir, "outlook"), [
        { address: STANDIN_MAILBOX, displayName: "Dana Whitfield" },
      ]);
    const stack = await startStack({
      root,
      dataDir,
      flags,
      parts,
      env: given,
      log,
      children,
      onLost: () => stop(1),
    });
    if (parts.devServer) {
      const devServer = await startDevServer(root, flags, process.env, log);
      children.push(devServer);
      devServer.process.on("exit", () => void stop(1, new StartError("Inngest's dev server ended.")));
    }
    const settings = { ...process.env, ...childSettings(flags, given, parts, dataDir, stack, root) };
    const env = parseEnv(settings);
    const db = createClient<Database>(env.SUPABASE_URL, env.SUPABASE_SERVICE_KEY, {
      ...serverClientOptions,
      auth: { persistSession: false, autoRefreshToken: false },
    });
    if (flags.demo) await prepareDemo(db);
    const setupLink = env.DRY_RUN ? undefined : await prepareFirstOperator(db, env, env.CONSOLE_URL);
    const console_ = startConsole({ root, port: flags.port, settings, log, children, dev: flags.dev });
    if (flags.dev) children.push(followFunctions(root, env.CONSOLE_URL));
    console_.process.on("exit", () => void stop(1));
    await waitForConsole(env.CONSOLE_URL);
    await waitForFunctions(env.INNGEST_BASE_URL, env.CONSOLE_URL, parts.embeddedEngine);
    if (flags.once) return await finishOnce(db, env, flags, stop);
    printBanner({
      flags,
      env,
      parts,
      dataDir,
      setupLink,
      phoneUrl: stack.costarUrl && `${stack.costarUrl}/phone`,
    });
  } catch (error) {
    await stop(error instanceof StartError ? error.exitCode : 1, error);
  }
}

function readEnv(flags: Flags, source: NodeJS.ProcessEnv): Env {
  try {
    return parseEnv({
      ...source,
      ...(flags.logLevel ? { LOG_LEVEL: flags.logLevel } : {}),
      ...(flags.dryRun ? { DRY_RUN: "true" } : {}),
      ...(flags.relayOnly ? { UPSTREAM_ROLE: "relay" } : {}),
    });
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    console.error(error.message);
    process.exit(2);
  }
}

/** What the console is told about where everything is. A stand-in is only ever another address or program. */
function childSettings(
  flags: Flags,
  env: Env,
  parts: Parts,
  dataDir: string,
  stack: { costarUrl?: string; costarPassword: string },
  root: string,
): Record<string, string> {
  return {
    SUPABASE_URL: parts.embeddedSupabase ? `http://127.0.0.1:${flags.apiPort}` : env.SUPABASE_URL,
    SUPABASE_SERVICE_KEY: env.SUPABASE_SERVICE_KEY,
    SUPABASE_PUBLISHABLE_KEY: env.SUPABASE_PUBLISHABLE_KEY,
    INNGEST_BASE_URL: parts.engineUrl,
    CONSOLE_URL: process.env.CONSOLE_URL || `http://127.0.0.1:${flags.port}`,
    LOG_LEVEL: env.LOG_LEVEL,
    DRY_RUN: String(env.DRY_RUN),
    UPSTREAM_DATA_DIR: dataDir,
    RELAY_SECRET: env.RELAY_SECRET ?? randomBytes(24).toString("hex"),
    ...(parts.standInOutlook
      ? {
          OUTLOOK_HOST: path.join(root, "build", "outlook-host.mjs"),
          OUTLOOK_STANDIN_DATA: path.join(dataDir, "outlook"),
          OUTLOOK_ACCOUNTS: STANDIN_MAILBOX,
        }
      : {}),
    ...(parts.standInClaude ? { CLAUDE_CODE_PATH: path.join(root, "build", "claude.mjs") } : {}),
    ...(parts.standInCoStar && stack.costarUrl
      ? {
          COSTAR_URL: stack.costarUrl,
          COSTAR_USERNAME: "desk",
          COSTAR_PW: stack.costarPassword,
          COSTAR_REQUESTS_PER_MINUTE: process.env.COSTAR_REQUESTS_PER_MINUTE || "300",
        }
      : {}),
  };
}

async function finishOnce(
  db: Db,
  env: Env,
  flags: Flags,
  stop: (code: number) => Promise<void>,
): Promise<void> {
  process.env.RELAY_SECRET = env.RELAY_SECRET;
  process.env.CONSOLE_URL = env.CONSOLE_URL;
  const summary = env.DRY_RUN ? await describeOnce(db) : await tickOnce(db, env.INNGEST_BASE_URL);
  console.log(JSON.stringify(summary, null, flags.json ? undefined : 2));
  await stop((summary as { errors: string[] }).errors.length > 0 ? 1 : 0);
}

function stopper(children: readonly Stoppable[], unlock: () => void) {
  let stopping: Promise<void> | undefined;
  return (code: number, why?: unknown): Promise<void> => {
    stopping ??= (async () => {
      if (why) console.error(why instanceof StartError ? why.message : why);
      for (const child of children) await child.stop();
      unlock();
      process.exit(code);
    })();
    return stopping;
  };
}

main().catch((error: unknown) => {
  console.error(error instanceof StartError ? error.message : error);
  process.exit(error instanceof StartError ? error.exitCode : 1);
});
