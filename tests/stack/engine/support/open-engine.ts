import fs from "node:fs";
import os from "node:os";
import path from "node:path";
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

/** An engine on a fresh embedded database, with quick retries. */
export async function openEngine(options: Partial<EngineOptions> = {}): Promise<TestEngine> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "engine-"));
  const db = await openPglite(path.join(folder, "data"));
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
      closeGraceMs: 300,
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
    close: async () => {
      await engine.close();
      await db.close();
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}
