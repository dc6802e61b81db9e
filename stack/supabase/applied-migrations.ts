import type { Database } from "../postgres/database";

/** Another version of the program wrote this database, and this one cannot go on from there. Nothing was changed. */
export class ForeignDatabaseError extends Error {}

/** The database has migrations this version of the program has never heard of: a newer version wrote it. */
export class NewerDatabaseError extends ForeignDatabaseError {
  constructor(readonly unknownVersions: readonly string[]) {
    super(
      `This database was written by a newer version of the program: migration ${unknownVersions.join(", ")} is not known here. ` +
        "Nothing was changed. Update the program, or use another data folder.",
    );
    this.name = "NewerDatabaseError";
  }
}

/** The database stopped half way through the migrations that the baseline replaces, which are no longer here. */
export class OlderDatabaseError extends ForeignDatabaseError {
  constructor(readonly newestVersion: string) {
    super(
      `This database was written by an early version of the program, up to migration ${newestVersion}. This version goes on ` +
        `from ${LAST_REPLACED} only. Nothing was changed. Start it once with the version that has migration ${LAST_REPLACED}, ` +
        "or use another data folder.",
    );
    this.name = "OlderDatabaseError";
  }
}

/** Migrations 0001 to 0049 made what `0001_baseline` makes at once. Their numbers are given again; the names tell them apart. */
const BASELINE = "baseline";
export const LAST_REPLACED = "0049";

interface Migration {
  readonly version: string;
  readonly name: string;
}

interface Standing {
  readonly versions: ReadonlySet<string>;
  /** Everything the baseline replaces is applied, under its old numbers. */
  readonly isReplaced: boolean;
}

/**
 * Which of these migrations a database has. Reads only.
 * @throws {NewerDatabaseError} when it has others too.
 * @throws {OlderDatabaseError} when it has some, but not all, of those the baseline replaces.
 */
export async function readStanding(db: Database, known: readonly Migration[]): Promise<Standing> {
  const applied = await readApplied(db);
  const baseline = findBaseline(known);
  const first = applied.find(({ version }) => version === baseline?.version);
  if (first && first.name !== BASELINE) {
    const newest = applied.at(-1)?.version ?? first.version;
    if (newest < LAST_REPLACED) throw new OlderDatabaseError(newest);
    if (newest > LAST_REPLACED) throw new NewerDatabaseError([newest]);
    return { versions: new Set([first.version]), isReplaced: true };
  }
  const unknown = applied.filter(({ version }) => !known.some((one) => one.version === version));
  if (unknown.length > 0) throw new NewerDatabaseError(unknown.map(({ version }) => version));
  return { versions: new Set(applied.map(({ version }) => version)), isReplaced: false };
}

/** Writes the baseline down in place of the migrations it replaces, so that later numbers are free. */
export async function adoptBaseline(db: Database, known: readonly Migration[]): Promise<void> {
  const baseline = findBaseline(known);
  if (!baseline) return;
  await db.transaction(async (tx) => {
    await tx.query("delete from supabase_migrations.schema_migrations");
    await tx.query("insert into supabase_migrations.schema_migrations (version, name) values ($1, $2)", [
      baseline.version,
      baseline.name,
    ]);
  });
}

export function findBaseline<M extends Migration>(known: readonly M[]): M | undefined {
  return known.find(({ name }) => name === BASELINE);
}

async function readApplied(db: Database): Promise<{ version: string; name: string | null }[]> {
  const [table] = await db.query<{ found: string | null }>(
    "select to_regclass('supabase_migrations.schema_migrations')::text as found",
  );
  if (!table?.found) return [];
  return db.query("select version, name from supabase_migrations.schema_migrations order by version");
}
