import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { backUp } from "@/stack/backup/back-up";
import { restore } from "@/stack/backup/restore";
import type { Database } from "@/stack/postgres/database";
import { openPglite } from "@/stack/postgres/open-pglite";
import { openPostgres } from "@/stack/postgres/open-postgres";
import { NewerDatabaseError, OlderDatabaseError } from "@/stack/supabase/applied-migrations";
import { readCatalog } from "@/stack/supabase/schema/read-catalog";
import { startSupabase } from "@/stack/supabase/start-supabase";
import { type NativePostgres, startNativePostgres } from "@/tests/support/native-postgres";
import { recordAsBefore } from "./support/early-desk";

const readRecords = (db: Database) =>
  db.query("select version, name from supabase_migrations.schema_migrations order by version");
const BASELINE_ALONE = [{ version: "0001", name: "baseline" }];

async function start(db: Database, migrationsDir: string): Promise<readonly string[]> {
  const api = await startSupabase({ db, port: 0, migrationsDir });
  await api.close();
  return api.applied;
}

describe("A database of the time before the baseline", () => {
  let server: NativePostgres;
  let db: Database;
  let migrationsDir: string;
  beforeAll(async () => {
    server = await startNativePostgres();
  });
  beforeEach(async () => {
    migrationsDir = fs.mkdtempSync(path.join(os.tmpdir(), "upstream-early-"));
    fs.cpSync("supabase/migrations/0001_baseline.sql", path.join(migrationsDir, "0001_baseline.sql"));
    db = await openPostgres(await server.createDatabase());
    await start(db, migrationsDir);
    await db.exec(
      "insert into public.companies (name, name_key, source) values ('Acme LLC', 'acme', 'costar')",
    );
  });
  afterEach(async () => {
    await db.close();
    fs.rmSync(migrationsDir, { recursive: true, force: true });
  });
  afterAll(() => server?.stop());

  it("goes on under the baseline when it has everything it replaces, and takes what comes next", async () => {
    await recordAsBefore(db, "0049");
    const before = await readCatalog(db);
    expect(await start(db, migrationsDir)).toEqual([]);
    expect(await readCatalog(db)).toEqual(before);
    expect(await readRecords(db)).toEqual(BASELINE_ALONE);
    fs.writeFileSync(path.join(migrationsDir, "0002_next.sql"), "create table public.next (id int);");
    expect(await start(db, migrationsDir)).toEqual(["0002_next.sql"]);
    expect(await start(db, migrationsDir)).toEqual([]);
    expect(await db.query("select name from public.companies")).toEqual([{ name: "Acme LLC" }]);
  });

  it.each(["0001", "0031", "0048"])("is refused, untouched, when it stopped at %s", async (newest) => {
    await recordAsBefore(db, newest);
    await db.exec("drop event trigger upstream_after_ddl");
    const before = [await readCatalog(db), await readRecords(db)];
    const failure = await start(db, migrationsDir).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(OlderDatabaseError);
    expect(String(failure)).toMatch(
      new RegExp(
        `early version of the program, up to migration ${newest}.*goes on from 0049 only.*Nothing was changed`,
      ),
    );
    expect([await readCatalog(db), await readRecords(db)]).toEqual(before);
    expect(await db.query("select 1 from pg_event_trigger")).toEqual([]);
  });

  it("is refused when it went past what the baseline replaces", async () => {
    await recordAsBefore(db, "0049");
    await db.exec(
      "insert into supabase_migrations.schema_migrations (version, name) values ('0050', 'later')",
    );
    await expect(start(db, migrationsDir)).rejects.toThrow(NewerDatabaseError);
  });
});

describe("A backup of the time before the baseline", () => {
  let parent: string;
  let dataDir: string;
  let file: string;
  let migrationsDir: string;
  const inDatabase = async <T>(work: (db: Database) => Promise<T>): Promise<T> => {
    const db = await openPglite(path.join(dataDir, "postgres"));
    try {
      return await work(db);
    } finally {
      await db.close();
    }
  };
  const putBack = () => restore({ dataDir, file, force: true, migrationsDir, databaseUrl: undefined });
  /** Every file of the data with its size and the moment it was written. */
  const listFiles = () =>
    fs
      .readdirSync(dataDir, { recursive: true, encoding: "utf8" })
      .map((name) => [name, fs.statSync(path.join(dataDir, name))] as const)
      .map(([name, stat]) => (stat.isFile() ? `${name} ${stat.size} ${stat.mtimeMs}` : name))
      .sort();
  const backUpAsOf = async (newest: string) => {
    await inDatabase((db) => recordAsBefore(db, newest));
    await backUp({
      ...{ dataDir, file, force: true, databaseUrl: undefined },
      ...{ apiUrl: "http://127.0.0.1:1", secretKey: "sb_secret_of_a_test" },
    });
  };
  beforeAll(async () => {
    parent = fs.mkdtempSync(path.join(os.tmpdir(), "upstream-early-backup-"));
    [dataDir, file] = [path.join(parent, "desk"), path.join(parent, "desk.backup")];
    migrationsDir = path.join(parent, "migrations");
    fs.mkdirSync(migrationsDir);
    fs.writeFileSync(path.join(migrationsDir, "0001_baseline.sql"), "create table public.words (body text);");
    await inDatabase(async (db) => {
      await start(db, migrationsDir);
      await db.exec("insert into public.words values ('kept')");
    });
  });
  afterAll(() => fs.rmSync(parent, { recursive: true, force: true }));

  it("is refused when it stopped half way, and the data stays as it is", async () => {
    await backUpAsOf("0031");
    const before = listFiles();
    await expect(putBack()).rejects.toThrow("up to migration 0031");
    expect(listFiles()).toEqual(before);
  });

  it("comes back when it has everything, and the desk starts on it", async () => {
    await backUpAsOf("0049");
    fs.rmSync(path.join(dataDir, "postgres"), { recursive: true });
    await putBack();
    await inDatabase(async (db) => {
      expect(await start(db, migrationsDir)).toEqual([]);
      expect(await readRecords(db)).toEqual(BASELINE_ALONE);
      expect(await db.query("select body from public.words")).toEqual([{ body: "kept" }]);
    });
  });
});
