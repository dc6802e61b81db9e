import { randomUUID } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import type { Database } from "@/stack/postgres/database";
import { BackupError } from "./backup-error";
import { writeArchive } from "./write-archive";

/**
 * Writes everything below a data folder into a new file inside that folder and returns its path; the caller moves or
 * removes it. Requests wait meanwhile (a second per 50 MB).
 * @throws {BackupError} when the database is not an embedded one.
 */
export async function writeBackup(db: Database, dataDir: string): Promise<string> {
  if (!db.whileStill)
    throw new BackupError(
      "The database is a server of its own: back it up with pg_dump and UPSTREAM_DATABASE_URL.",
    );
  const migrations = await readMigrations(db);
  const file = path.join(dataDir, `.backup-${randomUUID()}`);
  try {
    await db.whileStill(async () => {
      const postgres = fs.readFileSync(path.join(dataDir, "postgres", "PG_VERSION"), "utf8").trim();
      await pipeline(
        writeArchive(dataDir, { postgres, migrations }),
        createGzip({ level: 3 }),
        fs.createWriteStream(file, { flags: "wx", mode: 0o600 }),
      );
    });
  } catch (error) {
    fs.rmSync(file, { force: true });
    throw error;
  }
  return file;
}

async function readMigrations(db: Database): Promise<string[]> {
  const [table] = await db.query<{ found: string | null }>(
    "select to_regclass('supabase_migrations.schema_migrations')::text as found",
  );
  if (!table?.found) return [];
  const rows = await db.query<{ version: string }>(
    "select version from supabase_migrations.schema_migrations order by version",
  );
  return rows.map((row) => row.version);
}
