import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll } from "vitest";
import { type Engine, type EngineOptions, startEngine } from "@/stack/engine";
import type { Database } from "@/stack/postgres/database";
import { openPglite } from "@/stack/postgres/open-pglite";

export interface TestEngine extends Engine {
  readonly db: Database;
  /** Everything logged as warning or error. */
  readonly complaints: string[];
  /** Stops the engine and starts another on the same database. */
  restart(): Promise<void>;
}

// Creating a database takes seconds, dropping a schema milliseconds: the engines of one test file share a database.
let shared: { readonly db: Database; readonly folder: string } | undefined;

async function freshDatabase(): Promise<Database> {
  if (!shared) {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "engine-"));
    shared = { folder, db: await openPglite(path.join(folder, "data")) };
  }
  await shared.db.exec("drop schema if exists engine cascade");
  return shared.db;
}

afterAll(async () => {
  await shared?.db.close();
  if (shared) fs.rmSync(shared.folder, { recursive: true, force: true });
  shared = undefined;
});

/** An engine on an empty embedded database, with quick retries. Only one at a time in a test file. */
export async function openEngine(options: Partial<EngineOptions> = {}): Promise<TestEngine> {
  const db = await freshDatabase();
  const complaints: string[] = [];
  const complain = (message: string, details?: unknown) =>
    void complaints.push(`${message} ${JSON.stringify(details ?? {})}`);
  const start = () =>
    startEngine({
      db,
      port: 0,
      retryDelayMs: () => 30,
      probeEveryMs: 50,
      syncEveryMs: 200,
      closeGraceMs: 50,
      logger: { debug() {}, info() {}, warn: complain, error: complain },
      ...options,
    });
  let engine = await start();
  return {
    db,
    complaints,
    get url() {
      return engine.url;
    },
    get inFlight() {
      return engine.inFlight;
    },
    register: (url) => engine.register(url),
    restart: async () => {
      await engine.close();
      engine = await start();
    },
    close: () => engine.close(),
  };
}
