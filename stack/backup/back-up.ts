import fs from "node:fs";
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { DataFolderInUseError, lockDataFolder } from "@/stack/postgres/data-lock";
import { openPglite } from "@/stack/postgres/open-pglite";
import { BackupError } from "./backup-error";
import { readArchive } from "./read-archive";
import { syncPath } from "./sync-path";
import { writeBackup } from "./write-backup";

export interface BackupJob {
  readonly dataDir: string;
  readonly file: string;
  readonly force: boolean;
  /** Where the desk answers when it runs. */
  readonly apiUrl: string;
  readonly secretKey: string;
  readonly databaseUrl: string | undefined;
}

/**
 * Writes everything a desk has stored into one file, whether it runs or not: checked, on the disk, and under its name only
 * when it is complete. Returns its size in bytes.
 * @throws {BackupError} saying why not; an existing file is as it was.
 */
export async function backUp(job: BackupJob): Promise<number> {
  const { dataDir, file, force, databaseUrl } = job;
  if (databaseUrl)
    throw new BackupError(
      'The desk\'s database is a server of its own: pg_dump --format=custom --file=FILE "$UPSTREAM_DATABASE_URL"',
    );
  if (!force && fs.existsSync(file))
    throw new BackupError(`${file} exists. Choose another name, or replace it with --force.`);
  if (!fs.existsSync(path.dirname(file))) throw new BackupError(`There is no folder ${path.dirname(file)}.`);
  if (!fs.existsSync(path.join(dataDir, "postgres", "PG_VERSION")))
    throw new BackupError(`There is no data in ${dataDir}. Another folder is chosen with --data.`);
  const draft = `${file}.${process.pid}.partial`;
  try {
    await writeDraft(job, draft);
    await readArchive(draft, undefined);
    syncPath(draft);
    fs.renameSync(draft, file);
    syncPath(path.dirname(file));
  } finally {
    fs.rmSync(draft, { force: true });
  }
  return fs.statSync(file).size;
}

async function writeDraft(job: BackupJob, draft: string): Promise<void> {
  const unlock = lockIfStopped(job.dataDir);
  if (!unlock) return fetchDraft(job, draft);
  try {
    const db = await openPglite(path.join(job.dataDir, "postgres"));
    try {
      const written = await writeBackup(db, job.dataDir);
      fs.copyFileSync(written, draft);
      fs.rmSync(written);
    } finally {
      await db.close();
    }
  } finally {
    unlock();
  }
}

function lockIfStopped(dataDir: string): (() => void) | undefined {
  try {
    return lockDataFolder(path.join(dataDir, "desk"));
  } catch (error) {
    if (error instanceof DataFolderInUseError) return undefined;
    throw error;
  }
}

/** From the desk that runs: only the process that owns the folder can hold it still. */
async function fetchDraft({ apiUrl, secretKey, dataDir }: BackupJob, draft: string): Promise<void> {
  const response = await fetch(`${apiUrl}/backup`, { method: "POST", headers: { apikey: secretKey } }).catch(
    (cause: unknown) => {
      throw new BackupError(
        `The desk runs, but nothing answers at ${apiUrl}. Say its --api-port, or stop it and try again.`,
        { cause },
      );
    },
  );
  if (!response.ok || !response.body)
    throw new BackupError(
      `The desk at ${apiUrl} refused (${response.status}). Check SUPABASE_SERVICE_KEY, or stop it and try again.`,
    );
  const servedFrom = decodeURIComponent(response.headers.get("x-upstream-data") ?? "");
  if (servedFrom !== fs.realpathSync(dataDir))
    throw new BackupError(
      `The desk at ${apiUrl} stores in ${servedFrom || "another place"}, not in ${dataDir}.`,
    );
  await pipeline(
    Readable.fromWeb(response.body as never),
    fs.createWriteStream(draft, { flags: "wx", mode: 0o600 }),
  );
}
