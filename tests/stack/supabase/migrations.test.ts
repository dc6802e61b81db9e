import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Database } from "@/stack/postgres/database";
import { openPostgres } from "@/stack/postgres/open-postgres";
import { NewerDatabaseError } from "@/stack/supabase/applied-migrations";
import { MigrationError } from "@/stack/supabase/run-migrations";
import { startSupabase } from "@/stack/supabase/start-supabase";
import { type NativePostgres, startNativePostgres } from "@/tests/support/native-postgres";
import { connect, openEmptyDatabase } from "./project/start-project";

describe("Migrations", () => {
  let server: NativePostgres;
  let db: Database;
  let folder: string;
  beforeAll(async () => {
    server = await startNativePostgres();
  });
  beforeEach(async () => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "upstream-migrations-"));
    db = await openPostgres(await server.createDatabase());
  });
  afterEach(async () => {
    await db.close();
    fs.rmSync(folder, { recursive: true, force: true });
  });
  afterAll(() => server?.stop());

  const write = (file: string, sql: string) => fs.writeFileSync(path.join(folder, file), sql);
  const start = async (on: Database = db) => {
    const api = await startSupabase({
      db: on,
      port: 0,
      migrationsDir: folder,
      seedFile: path.join(folder, "seed.sql"),
    });
    await api.close();
    return api.applied;
  };
  const countTables = async () =>
    (
      await db.query<{ n: number }>(
        "select count(*)::int as n from pg_class where relnamespace::regnamespace::text not like 'pg\\_%'",
      )
    )[0]?.n;

  it("applies each file once, in order", async () => {
    write("0002_second.sql", "insert into public.a values (2);");
    write("0001_first.sql", "create table public.a(id int);");
    expect(await start()).toEqual(["0001_first.sql", "0002_second.sql"]);
    write("0003_third.sql", "insert into public.a values (3);");
    expect(await start()).toEqual(["0003_third.sql"]);
    expect(await start()).toEqual([]);
    expect(await db.query("select id from public.a order by id")).toEqual([{ id: 2 }, { id: 3 }]);
  });

  it("undoes a file that fails, and names it with what Postgres said", async () => {
    write("0001_good.sql", "create table public.a(id int);");
    write("0002_bad.sql", "create table public.b(id int); insert into public.a values ('x');");
    const failure = await start().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(MigrationError);
    expect(String(failure)).toMatch(/0002_bad\.sql.*invalid input syntax.*22P02/);
    const [left] = await db.query(
      "select to_regclass('public.a') is not null as a, to_regclass('public.b') is not null as b",
    );
    expect(left).toEqual({ a: true, b: false });
    write("0002_bad.sql", "create table public.b(id int);");
    expect(await start()).toEqual(["0002_bad.sql"]);
  });

  it("refuses a database that a newer version wrote, and touches nothing", async () => {
    write("0001_first.sql", "create table public.a(id int);");
    await start();
    await db.exec(
      "insert into supabase_migrations.schema_migrations(version, name) values ('0009', 'later'); drop event trigger upstream_after_ddl;",
    );
    const before = await countTables();
    write("0002_second.sql", "create table public.b(id int);");
    const failure = await start().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(NewerDatabaseError);
    expect(String(failure)).toMatch(/0009/);
    expect(await countTables()).toBe(before);
    expect(await db.query("select 1 from pg_event_trigger")).toEqual([]);
  });

  it("refuses two files of one version", async () => {
    write("0001_a.sql", "select 1");
    write("0001_b.sql", "select 1");
    await expect(start()).rejects.toThrow(/0001 exists twice/);
  });

  it("runs the seed once in the life of a database, on either engine", async () => {
    write("0001_first.sql", "create table public.a(id int);");
    write("seed.sql", "insert into public.a values (1);");
    const embedded = await openEmptyDatabase("pglite");
    for (const on of [db, embedded.db]) {
      await start(on);
      await start(on);
      expect(await on.query("select count(*)::int as n from public.a")).toEqual([{ n: 1 }]);
    }
    await embedded.drop();
  });

  it("does not let a migration's settings leak into requests", async () => {
    write(
      "0001_dump.sql",
      "select set_config('search_path', '', false); set datestyle = 'German'; create table public.a(at date default '2024-03-01'); insert into public.a default values; grant select on public.a to anon;",
    );
    const embedded = await openEmptyDatabase("pglite");
    const api = await startSupabase({ db: embedded.db, port: 0, migrationsDir: folder });
    const { data } = await connect(api.url, api.publishableKey).from("a").select("at");
    expect(data).toEqual([{ at: "2024-03-01" }]);
    expect(await embedded.db.query("show datestyle")).toEqual([{ DateStyle: "ISO, MDY" }]);
    await api.close();
    await embedded.drop();
  });

  it("serves a table that was created while it runs", async () => {
    const api = await startSupabase({ db, port: 0 });
    await db.exec(
      "create table public.late(id int); insert into public.late values (7); grant select on public.late to anon;",
    );
    const client = connect(api.url, api.publishableKey);
    await expect.poll(async () => (await client.from("late").select("id")).data).toEqual([{ id: 7 }]);
    await api.close();
  });
});
