import fs from "node:fs";
import path from "node:path";
import type { Database } from "../postgres/database";
import { adoptBaseline, readStanding } from "./applied-migrations";

/** A migration file failed; its transaction was rolled back and later files were not tried. */
export class MigrationError extends Error {
  constructor(
    readonly file: string,
    cause: unknown,
  ) {
    super(`Migration ${file} failed: ${explain(cause)}`, { cause });
    this.name = "MigrationError";
  }
}

interface MigrationFile {
  readonly file: string;
  readonly version: string;
  readonly name: string;
}

/**
 * Lists `NNNN_name.sql` in version order.
 * @throws {MigrationError} when two files claim one version.
 */
export function listMigrations(folder: string): MigrationFile[] {
  const found = fs.readdirSync(folder).flatMap((file): MigrationFile[] => {
    const [, version, name] = /^(\d+)_(.+)\.sql$/.exec(file) ?? [];
    return version && name ? [{ file, version, name }] : [];
  });
  found.sort((a, b) => a.version.length - b.version.length || (a.version < b.version ? -1 : 1));
  found.forEach((migration, index) => {
    if (migration.version === found[index - 1]?.version)
      throw new MigrationError(migration.file, new Error(`version ${migration.version} exists twice`));
  });
  return found;
}

/**
 * Refuses a database that another version of the program has migrated and this one cannot go on from. Reads only.
 * @throws {ForeignDatabaseError}
 */
export async function refuseForeignDatabase(db: Database, folder: string): Promise<void> {
  await readStanding(db, listMigrations(folder));
}

/**
 * Applies the files the database does not have yet, each in one transaction together with its record.
 * @returns the names of the files applied now.
 * @throws {ForeignDatabaseError} when another version of the program migrated it and this one cannot go on from there.
 * @throws {MigrationError}
 */
export async function runMigrations(db: Database, folder: string): Promise<string[]> {
  const files = listMigrations(folder);
  const { versions, isReplaced } = await readStanding(db, files);
  if (isReplaced) await adoptBaseline(db, files);
  const pending = files.filter((migration) => !versions.has(migration.version));
  for (const migration of pending) await applyMigration(db, folder, migration);
  return pending.map((migration) => migration.file);
}

async function applyMigration(
  db: Database,
  folder: string,
  { file, version, name }: MigrationFile,
): Promise<void> {
  const sql = fs.readFileSync(path.join(folder, file), "utf8");
  try {
    await db.transaction(async (tx) => {
      await tx.exec(sql);
      // A dump sets its own search_path and friends; on an embedded Postgres the one session would keep them.
      await tx.exec("reset all; reset role;");
      await tx.query(
        "insert into supabase_migrations.schema_migrations(version, name, statements) values ($1, $2, array[$3])",
        [version, name, sql],
      );
    });
  } catch (error) {
    throw new MigrationError(file, error);
  }
}

/** Postgres keeps the useful part of some errors beside the message. */
function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code, detail, hint, where } = error as Error & Partial<Record<string, string>>;
  const parts = [detail, hint && `hint: ${hint}`, where && `at ${where}`].filter(Boolean);
  return `${error.message}${code ? ` (SQLSTATE ${code})` : ""}${parts.length > 0 ? `; ${parts.join("; ")}` : ""}`;
}
