import type { Database, Transaction } from "../../postgres/database";
import { runMigrations } from "../run-migrations";
import { compareCatalogs } from "./compare-catalogs";
import { type Catalog, readCatalog } from "./read-catalog";
import { findUnreadable, joinSchemaFiles, readSchemaFiles } from "./schema-files";

/**
 * Holds the migrations to the schema files: a database made from either has the same catalog, every function's body compiles,
 * and the files can be read.
 * @param db a project's database before any migration; it has the migrations afterwards.
 * @returns what is wrong, one sentence each.
 */
export async function checkSchemas(
  db: Database,
  schemasDir: string,
  migrationsDir: string,
): Promise<string[]> {
  const files = readSchemaFiles(schemasDir);
  const described = await describeSchema(db, joinSchemaFiles(files));
  await runMigrations(db, migrationsDir);
  const migrated = await readCatalog(db);
  const names: [string, string] = ["the migrations", "the schemas"];
  return [
    ...findUnreadable(files),
    ...compareCatalogs(migrated, described.catalog, names),
    ...described.broken,
  ];
}

interface Described {
  readonly catalog: Catalog;
  readonly broken: readonly string[];
}

/** Thrown to have a transaction undone whose work is done. */
class Undone extends Error {}

/** In a transaction that is undone: to open a second embedded database takes longer than everything here. */
async function describeSchema(db: Database, sql: string): Promise<Described> {
  let described: Described | undefined;
  await db
    .transaction(async (tx) => {
      await tx.exec(sql);
      described = { catalog: await readCatalog(tx), broken: await findBrokenBodies(tx) };
      throw new Undone();
    })
    .catch((error: unknown) => {
      if (!(error instanceof Undone)) throw error;
    });
  if (!described) throw new Error("the schema was not read");
  return described;
}

/** The files are run with unchecked bodies, since a body may name what comes after it. */
async function findBrokenBodies(tx: Transaction): Promise<string[]> {
  await tx.exec(`
    reset check_function_bodies;
    create function pg_temp.why_broken(p_oid oid, p_language text) returns text language plpgsql as $$
    begin
      if p_language = 'sql' then perform fmgr_sql_validator(p_oid); else perform plpgsql_validator(p_oid); end if;
      return null;
    exception when others then
      return sqlerrm;
    end $$;`);
  const broken = await tx.query<{ name: string; why: string }>(`
    select name, why from (
      select p.oid::regprocedure::text as name, pg_temp.why_broken(p.oid, l.lanname) as why
        from pg_proc p join pg_language l on l.oid = p.prolang
       where p.pronamespace = 'public'::regnamespace and l.lanname in ('sql', 'plpgsql')) x
     where why is not null order by 1`);
  return broken.map(({ name, why }) => `function ${name} does not compile: ${why}`);
}
