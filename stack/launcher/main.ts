import { randomBytes } from "node:crypto";
import path from "node:path";
import { createClient } from "@supabase/supabase-js";
import { ConfigError, type Env, parseEnv } from "@/lib/config/env";
import { type Db, serverClientOptions } from "@/lib/db/client-options";
import type { Database } from "@/lib/db/database.types";
import { prepareMailStore } from "@/stack/outlook-host/mail-store";
import { type Child, startChild } from "./child";
import { chooseParts, type Parts } from "./choose-parts";
import { prepareFirstOperator } from "./first-operator";
import { type Flags, flagsSchema, StartError } from "./flags";
import { lockDesk } from "./lock";
import { requireFree } from "./ports";
import { prepareDemo } from "./prepare-demo";
import { printBanner } from "./print-banner";
import { createLogPrinter } from "./print-log";
import { describeOnce, tickOnce } from "./run-once";
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
  const children: Child[] = [];
  const stop = stopper(children, unlock);
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => void stop(0));
  try {
    const parts = await chooseParts(flags, given, process.env);
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
    const settings = { ...process.env, ...childSettings(flags, given, parts, dataDir, stack, root) };
    const env = parseEnv(settings);
    const db = createClient<Database>(env.SUPABASE_URL, env.SUPABASE_SERVICE_KEY, {
      ...serverClientOptions,
      auth: { persistSession: false, autoRefreshToken: false },
    });
    if (flags.demo) await prepareDemo(db);
    const setupLink = env.DRY_RUN ? undefined : await prepareFirstOperator(db, env, env.CONSOLE_URL);
    const console_ = startConsole(root, flags, settings, log, children);
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
    INNGEST_BASE_URL: parts.embeddedEngine ? `http://127.0.0.1:${flags.enginePort}` : env.INNGEST_BASE_URL,
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

function startConsole(
  root: string,
  flags: Flags,
  settings: NodeJS.ProcessEnv,
  log: (line: string) => void,
  children: Child[],
): Child {
  const next = path.join(root, "node_modules", "next", "dist", "bin", "next");
  const child = startChild(
    root,
    [next, "start", "-H", "127.0.0.1", "-p", String(flags.port)],
    { ...settings, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
    (line) => {
      // Next's own banner says nothing a person needs; everything the product logs is JSON.
      if (line.startsWith("{") || /error|warn/i.test(line)) log(line);
    },
  );
  children.unshift(child);
  return child;
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

function stopper(children: readonly Child[], unlock: () => void) {
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
