import fs from "node:fs";
import path from "node:path";

/** The version of Postgres this program embeds, as `PG_VERSION` says it. */
export const SUPPORTED_POSTGRES = "18";

/** A data folder that cannot be opened. The message says what was found and what to do; nothing was touched. */
export class DamagedFolderError extends Error {
  override name = "DamagedFolderError";
}

/** Without any of these there is no database; a file cut to nothing is as bad as a missing one. */
const ESSENTIAL = ["global/pg_control", "global/pg_filenode.map", "base/1/PG_VERSION", "pg_xact"];
const CONTROL_BYTES = 8192;

/**
 * Refuses a folder that is no data folder of this version, before anything opens (and would change) it. A folder that is
 * missing or empty is fine: it will be made.
 * @throws {DamagedFolderError}
 */
export function checkDataFolder(folder: string): void {
  const found = listFolder(folder);
  if (found === undefined || found.length === 0) return;
  requireWritable(folder);
  const version = readVersion(folder, found);
  if (version !== SUPPORTED_POSTGRES)
    throw new DamagedFolderError(
      `The data folder ${folder} is of Postgres ${version}; this version runs ${SUPPORTED_POSTGRES}. Update the program, or ` +
        "use another folder with --data. Nothing was changed.",
    );
  for (const name of ESSENTIAL)
    if (!isWhole(path.join(folder, name))) throw damaged(folder, `${name} is missing or empty`);
  const { size } = fs.statSync(path.join(folder, "global", "pg_control"));
  if (size < CONTROL_BYTES) throw damaged(folder, `global/pg_control is cut off at ${size} bytes`);
}

/** What a failed opening of such a folder means to a person. */
export function explainOpenFailure(folder: string, cause: unknown): DamagedFolderError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return damaged(folder, `it does not open (${reason})`, cause);
}

function listFolder(folder: string): string[] | undefined {
  try {
    return fs.readdirSync(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return undefined;
    if (code === "ENOTDIR")
      throw new DamagedFolderError(`${folder} is a file, not a folder. Choose another with --data.`);
    throw error;
  }
}

function requireWritable(folder: string): void {
  try {
    fs.accessSync(folder, fs.constants.W_OK);
    fs.accessSync(path.join(folder, "global"), fs.constants.W_OK);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
    throw new DamagedFolderError(
      `The data folder ${folder} cannot be written to. Give this user the right to, or choose another with --data.`,
      { cause: error },
    );
  }
}

function readVersion(folder: string, found: readonly string[]): string {
  if (found.includes("PG_VERSION")) {
    const version = fs.readFileSync(path.join(folder, "PG_VERSION"), "utf8").trim();
    return version || fail(damaged(folder, "PG_VERSION is empty"));
  }
  if (found.some((name) => ["base", "global", "pg_wal"].includes(name)))
    return fail(damaged(folder, "PG_VERSION is missing"));
  return fail(
    new DamagedFolderError(
      `${folder} holds something else (${found.slice(0, 3).join(", ")}). Choose another folder with --data; nothing was changed.`,
    ),
  );
}

function isWhole(place: string): boolean {
  const stat = fs.statSync(place, { throwIfNoEntry: false });
  return stat !== undefined && (stat.isDirectory() || stat.size > 0);
}

function damaged(folder: string, what: string, cause?: unknown): DamagedFolderError {
  return new DamagedFolderError(
    `The data folder ${folder} is damaged: ${what}. Put a backup back with npm run restore -- FILE --force, or use another ` +
      "folder with --data. Nothing was changed.",
    { cause },
  );
}

function fail(error: Error): never {
  throw error;
}
