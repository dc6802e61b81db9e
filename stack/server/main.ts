import path from "node:path";
import pino from "pino";
import { writeBackup } from "@/stack/backup/write-backup";
import { startCoStarSite } from "@/stack/costar-site/start-costar-site";
import { startEngine } from "@/stack/engine";
import { startOwners } from "@/stack/owners/start-owners";
import { openPglite } from "@/stack/postgres/open-pglite";
import { openPostgres } from "@/stack/postgres/open-postgres";
import { startSupabase } from "@/stack/supabase/start-supabase";
import { messageFirst } from "./message-first";
import { type StackConfig, type StackReady, stackConfigSchema } from "./stack-config";

const ALIVE_EVERY_MS = 1_000;

interface Closable {
  close(): Promise<void>;
}

/** The stack server: one process that owns the embedded Postgres and serves every part the launcher asked for. */
async function main(): Promise<void> {
  const config = stackConfigSchema.parse(JSON.parse(process.env.UPSTREAM_STACK ?? "{}"));
  const logger = pino({ name: "stack", level: config.logLevel });
  const open: Closable[] = [];
  let isClosing = false;
  const close = () => {
    if (isClosing) return;
    isClosing = true;
    void closeAll(open).finally(() => process.exit(0));
  };
  // When the launcher dies, however it dies, this process must not outlive it: it holds the data folder.
  process.on("disconnect", close);
  process.on("SIGTERM", close);
  process.on("SIGINT", () => undefined);
  try {
    const ready = await start(config, logger, open);
    process.send?.(ready);
    // As long as this is heard the event loop turns; the launcher ends and restarts a process that has gone silent.
    setInterval(sayAlive, ALIVE_EVERY_MS).unref();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    logger.debug({ err: error }, "the stack did not start");
    process.send?.({ failed: message });
    await closeAll(open);
    process.exit(1);
  }
}

async function start(config: StackConfig, logger: pino.Logger, open: Closable[]): Promise<StackReady> {
  const ready: StackReady = { ready: true, applied: [] };
  if (config.supabase || config.engine) {
    const db = config.databaseUrl
      ? await openPostgres(config.databaseUrl)
      : await openPglite(path.join(config.dataDir, "postgres"), {
          onReplaced: (replacement) =>
            logger.warn(replacement, "the database engine failed and was replaced; nothing stored is lost"),
          onLost: (error) => {
            logger.error({ err: error }, "the database engine does not come up any more");
            // The launcher starts this process again, and gives up when that does not help either.
            if (open.length > 0) process.exit(1);
          },
        });
    open.unshift(db);
    if (config.supabase) {
      const { migrationsDir, seedFile } = config;
      const supabase = await startSupabase({
        db,
        ...config.supabase,
        migrationsDir,
        seedFile,
        logger,
        ...(!config.databaseUrl && { writeBackup: () => writeBackup(db, config.dataDir) }),
      });
      open.unshift(supabase);
      ready.supabaseUrl = supabase.url;
      ready.applied = [...supabase.applied];
    }
    if (config.engine) {
      const { port, appUrl } = config.engine;
      const engine = await startEngine({ db, port, appUrls: [appUrl], logger: messageFirst(logger) });
      open.unshift(engine);
      ready.engineUrl = engine.url;
    }
  }
  if (config.costar) {
    const { port, username, password, twoFactorS } = config.costar;
    const site = await startCoStarSite({
      port,
      username,
      password,
      twoFactor: { mode: "phone", timeoutMs: twoFactorS * 1000 },
      logger: messageFirst(logger),
    });
    open.unshift(site);
    ready.costarUrl = site.url;
  }
  if (config.owners) {
    const owners = await startOwners({
      storeDir: config.owners.storeDir,
      minDelayMs: 3000,
      maxDelayMs: 25_000,
      seed: "upstream",
      logger: messageFirst(logger),
    });
    open.unshift(owners);
  }
  return ready;
}

function sayAlive(): void {
  // A channel that closes this very moment is told of by "disconnect".
  if (process.connected) process.send?.({ alive: true }, undefined, undefined, () => {});
}

/** Last opened, first closed: the database goes down after everything that writes to it. */
async function closeAll(open: readonly Closable[]): Promise<void> {
  for (const part of open) await part.close();
}

void main();
