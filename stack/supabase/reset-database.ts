import fs from "node:fs";
import path from "node:path";
import { lockDataFolder } from "../postgres/data-lock";
import { openPglite } from "../postgres/open-pglite";
import { bootstrapDatabase } from "./bootstrap/bootstrap-database";
import { runMigrations } from "./run-migrations";
import { runSeedOnce } from "./run-seed";

export interface ResetJob {
  /** The data of one desk: everything in it is thrown away. */
  readonly dataDir: string;
  readonly migrationsDir: string;
  readonly seedFile: string;
}

/** The folder is not one that a desk keeps its data in, so nothing in it is touched. */
export class NotADeskError extends Error {}

/**
 * Throws a desk's data away and makes its embedded database anew.
 * @throws {DataFolderInUseError} when the desk runs.
 * @throws {NotADeskError} when the folder holds something else.
 */
export async function resetDatabase({ dataDir, migrationsDir, seedFile }: ResetJob): Promise<void> {
  const data = path.join(dataDir, "postgres");
  const isDesk = fs.existsSync(path.join(data, "PG_VERSION"));
  if (!isDesk && fs.existsSync(dataDir) && fs.readdirSync(dataDir).length > 0)
    throw new NotADeskError(`${dataDir} holds something else than a desk. Nothing was changed.`);
  const unlock = lockDataFolder(path.join(dataDir, "desk"));
  try {
    for (const name of fs.readdirSync(dataDir))
      if (name !== "desk.lock") fs.rmSync(path.join(dataDir, name), { recursive: true });
    const db = await openPglite(data);
    try {
      await bootstrapDatabase(db);
      await runMigrations(db, migrationsDir);
      await runSeedOnce(db, seedFile);
    } finally {
      await db.close();
    }
  } finally {
    unlock();
  }
}
