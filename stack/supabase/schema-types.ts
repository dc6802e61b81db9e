import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { openPglite } from "../postgres/open-pglite";
import { bootstrapDatabase } from "./bootstrap/bootstrap-database";
import { generateTypes } from "./generate-types";
import { runMigrations } from "./run-migrations";

/** The types of the schema as the migrations make it, read from a fresh database that is thrown away. */
export async function typesOfMigrations(migrationsDir: string): Promise<string> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "upstream-types-"));
  const db = await openPglite(path.join(folder, "db"));
  try {
    await bootstrapDatabase(db);
    await runMigrations(db, migrationsDir);
    return await generateTypes(db);
  } finally {
    await db.close();
    fs.rmSync(folder, { recursive: true, force: true });
  }
}
