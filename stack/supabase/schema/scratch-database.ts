import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Database } from "../../postgres/database";
import { openPglite } from "../../postgres/open-pglite";
import { bootstrapDatabase } from "../bootstrap/bootstrap-database";

/** Both builds and every look into the catalogs are one transaction that nobody else waits for. */
const LIMIT_MS = 600_000;

/** Gives `work` a database as a new Supabase project has it, before any migration; it is thrown away afterwards. */
export async function withScratchDatabase<T>(work: (db: Database) => Promise<T>): Promise<T> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "upstream-scratch-"));
  const db = await openPglite(path.join(folder, "db"), { limitMs: LIMIT_MS });
  try {
    await bootstrapDatabase(db);
    return await work(db);
  } finally {
    await db.close();
    fs.rmSync(folder, { recursive: true, force: true });
  }
}
