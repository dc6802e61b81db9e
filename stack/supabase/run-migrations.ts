import fs from "node:fs";
import path from "node:path";
import type { Database } from "../postgres/database";

/** The database has migrations this version of the program has never heard of: a newer version wrote it. */
export class NewerDatabaseError extends Error {
  constructor(readonly unknownVersions: readonly string[]) {
    super(
      `This database was written by a newer version of the program: migration ${unknownVersions.join(", ")} is not known here. ` +
        "Nothing was changed. Update the program, or use another data folder.",
    );
    this.name = "NewerDatabaseError";
  }
}

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
 * Refuses a database that a newer version of the program has migrated. Reads only.
 * @throws {NewerDatabaseError}
 */
export async function refuseNewerDatabase(db: Database, folder: string): Promise<void> {
  const known = new Set(listMigrations(folder).map((migration) => migration.version));
  const unknown = [...(await readAppliedVersions(db))].filter((version) => !known.has(version));
  if (unknown.length > 0) throw new NewerDatabaseError(unknown.sort());
}

/**
 * Applies the files the database does not have yet, each in one transaction together with its record.
 * @returns the names of the files applied now.
 * @throws {MigrationError}
 */
export async function runMigrations(db: Database, folder: string): Promise<string[]> {
  const done = await readAppliedVersions(db);
  const pending = listMigrations(folder).filter((migration) => !done.has(migration.version));
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

async function readAppliedVersions(db: Database): Promise<Set<string>> {
  const [table] = await db.query<{ found: string | null }>(
    "select to_regclass('supabase_migrations.schema_migrations')::text as found",
  );
  if (!table?.found) return new Set();
  const rows = await db.query<{ version: string }>(
    "select version from supabase_migrations.schema_migrations",
  );
  return new Set(rows.map((row) => row.version));
}

/** Postgres keeps the useful part of some errors beside the message. */
function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code, detail, hint, where } = error as Error & Partial<Record<string, string>>;
  const parts = [detail, hint && `hint: ${hint}`, where && `at ${where}`].filter(Boolean);
  return `${error.message}${code ? ` (SQLSTATE ${code})` : ""}${parts.length > 0 ? `; ${parts.join("; ")}` : ""}`;
}
