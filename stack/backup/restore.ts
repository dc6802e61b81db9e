import fs from "node:fs";
import path from "node:path";
import { SUPPORTED_POSTGRES } from "@/stack/postgres/check-folder";
import { DataFolderInUseError, lockDataFolder } from "@/stack/postgres/data-lock";
import { openPglite } from "@/stack/postgres/open-pglite";
import { ForeignDatabaseError, findBaseline, LAST_REPLACED } from "@/stack/supabase/applied-migrations";
import { listMigrations, refuseForeignDatabase } from "@/stack/supabase/run-migrations";
import { BackupError } from "./backup-error";
import type { Manifest } from "./manifest";
import { readArchive } from "./read-archive";
import { swapIn, undoHalfRestore } from "./swap-data";
import { syncTree } from "./sync-path";

export interface RestoreJob {
  readonly dataDir: string;
  readonly file: string;
  readonly force: boolean;
  readonly migrationsDir: string;
  readonly databaseUrl: string | undefined;
}

/**
 * Puts a backup back. It is unpacked beside the data, checked byte by byte and opened once, before anything is replaced; the
 * old data stays aside until the new is in place.
 * @throws {BackupError} saying why not (the desk runs, the backup is no good); the data is as it was.
 */
export async function restore(job: RestoreJob): Promise<Manifest> {
  const { dataDir, file, force, databaseUrl } = job;
  if (databaseUrl)
    throw new BackupError(
      "The desk's database is a server of its own: use pg_restore with UPSTREAM_DATABASE_URL.",
    );
  if (!fs.existsSync(file)) throw new BackupError(`There is no file ${file}.`);
  fs.mkdirSync(dataDir, { recursive: true });
  const unlock = lockStopped(dataDir);
  const fresh = path.join(dataDir, ".restoring");
  try {
    undoHalfRestore(dataDir);
    if (!force && fs.existsSync(path.join(dataDir, "postgres")))
      throw new BackupError(
        `${dataDir} holds data. Replace it with --force, or choose another folder with --data.`,
      );
    fs.rmSync(fresh, { recursive: true, force: true });
    fs.mkdirSync(fresh);
    const manifest = await readArchive(file, fresh, (found) => refuseForeign(found, job));
    await openOnce(fresh, job);
    syncTree(fresh);
    swapIn(dataDir, fresh);
    return manifest;
  } finally {
    fs.rmSync(fresh, { recursive: true, force: true });
    unlock();
  }
}

function lockStopped(dataDir: string): () => void {
  try {
    return lockDataFolder(path.join(dataDir, "desk"));
  } catch (error) {
    if (error instanceof DataFolderInUseError)
      throw new BackupError(
        `The desk is running (process ${error.pid}). Stop it first; nothing was changed.`,
        {
          cause: error,
        },
      );
    throw error;
  }
}

function refuseForeign({ postgres, migrations }: Manifest, { migrationsDir }: RestoreJob): void {
  const known = listMigrations(migrationsDir);
  const unknown = migrations.filter((version) => !known.some((one) => one.version === version));
  // Without the names nobody can tell the numbers the baseline replaced from those given again: the database itself is asked.
  const isReplaced = findBaseline(known) !== undefined && (migrations.at(-1) ?? "") <= LAST_REPLACED;
  if (unknown.length > 0 && !isReplaced)
    throw new BackupError(
      `This backup is of a newer version (migration ${unknown.join(", ")}). Update the program first; nothing was changed.`,
    );
  if (postgres !== SUPPORTED_POSTGRES)
    throw new BackupError(
      `This backup is of Postgres ${postgres}; this version runs ${SUPPORTED_POSTGRES}. Nothing was changed.`,
    );
}

async function openOnce(fresh: string, { migrationsDir }: RestoreJob): Promise<void> {
  const db = await openPglite(path.join(fresh, "postgres")).catch((cause: unknown) => {
    throw new BackupError("This backup cannot be opened as a database. Nothing was changed.", { cause });
  });
  try {
    await refuseForeignDatabase(db, migrationsDir);
  } catch (error) {
    if (error instanceof ForeignDatabaseError) throw new BackupError(error.message, { cause: error });
    throw error;
  } finally {
    await db.close();
  }
}
