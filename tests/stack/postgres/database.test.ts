import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import fc from "fast-check";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { DataFolderInUseError, lockDataFolder } from "@/stack/postgres/data-lock";
import type { Database } from "@/stack/postgres/database";
import { inlineParameters } from "@/stack/postgres/inline-parameters";
import { openPglite } from "@/stack/postgres/open-pglite";
import { openPostgres } from "@/stack/postgres/open-postgres";
import { startNativePostgres } from "@/tests/support/native-postgres";

async function openEither(engine: string): Promise<{ db: Database; drop(): Promise<void> }> {
  if (engine === "postgres") {
    const server = await startNativePostgres();
    const db = await openPostgres(server.url);
    return { db, drop: () => db.close().then(() => server.stop()) };
  }
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "upstream-database-"));
  const db = await openPglite(path.join(folder, "data"));
  return { db, drop: () => db.close().then(() => fs.rmSync(folder, { recursive: true, force: true })) };
}

describe.each(["pglite", "postgres"])("A database on %s", (engine) => {
  let db: Database;
  let drop: () => Promise<void>;
  beforeAll(async () => {
    ({ db, drop } = await openEither(engine));
    await db.exec(
      "create role visitor nologin; create table t(id int primary key, v text); insert into t values (1, 'one')",
    );
  });
  afterAll(() => drop?.());

  const settings = { role: "visitor", claims: { sub: "o'brien \\ \u0000 é", n: 1 } };

  it("carries any text unharmed into a one-message query", async () => {
    const text = fc.string({
      unit: fc.constantFrom("'", "\\", '"', "$1", "$$", "E", ";", "--", "/*", "é", "\n", "x", "\u2028", "😀"),
    });
    await fc.assert(
      fc.asyncProperty(text, text, async (first, second) => {
        const sql = `select $2::text as "b$1", $1::text as a, '$1''' as c, E'\\'$2' as d`;
        const [row] = await db.queryOnce(sql, [first, second], {});
        expect(row).toEqual({ b$1: second, a: first, c: "$1'", d: "'$2" });
      }),
      { numRuns: 200 },
    );
  });

  it("runs a one-message query as the role asked for, and only that one", async () => {
    const who = "select current_user::text as who, current_setting('request.jwt.claims', true) as claims";
    const [inside] = await db.queryOnce<{ who: string; claims: string }>(who, [], {
      settings,
      readOnly: true,
    });
    expect([inside?.who, JSON.parse(inside?.claims ?? "{}")]).toEqual(["visitor", settings.claims]);
    const [after] = await db.query<{ who: string; claims: string | null }>(who);
    expect([after?.who, after?.claims || null]).toEqual(["postgres", null]);
  });

  it("undoes a one-message query that fails, and goes back to its own role", async () => {
    await expect(db.queryOnce("select v from t", [], { settings })).rejects.toMatchObject({ code: "42501" });
    await expect(db.queryOnce("update t set v = 'x'", [], { readOnly: true })).rejects.toMatchObject({
      code: "25006",
    });
    await expect(
      db.queryOnce("insert into t values (2, $1), (1, 'again')", ["two"], {}),
    ).rejects.toMatchObject({ code: "23505" });
    expect(await db.query("select id, v, current_user::text as who from t")).toEqual([
      { id: 1, v: "one", who: "postgres" },
    ]);
  });

  it("undoes a transaction that throws, scripts included", async () => {
    const undo = new Error("undo");
    const work = db.transaction(async (tx) => {
      await tx.exec("create table gone(id int); insert into t values (3, 'three');");
      throw undo;
    });
    await expect(work).rejects.toBe(undo);
    expect(await db.query("select to_regclass('gone') as gone, count(*)::int as n from t")).toEqual([
      { gone: null, n: 1 },
    ]);
  });

  it("hears a notification once it is committed, and none after it stopped listening", async () => {
    const heard: string[] = [];
    const stop = await db.listen("Mixed Case", (payload) => heard.push(payload));
    await db.query(`select pg_notify('Mixed Case', 'hello')`);
    await vi.waitFor(() => expect(heard).toEqual(["hello"]));
    await stop();
    await db.query(`select pg_notify('Mixed Case', 'too late')`);
    await db.query("select 1");
    expect(heard).toEqual(["hello"]);
  });
});

describe("A statement with its parameters written in", () => {
  it("leaves quoted text and names alone", () => {
    expect(inlineParameters(`select "$1", '$1', E'\\'$1', $1, $2`, ["a'b\\", null])).toBe(
      `select "$1", '$1', E'\\'$1',  E'a''b\\\\',  null`,
    );
  });

  it("refuses a missing value and a NUL character, which would cut the statement short", () => {
    expect(() => inlineParameters("select $2", ["a"])).toThrow(/\$2/);
    expect(() => inlineParameters("select $1", ["a\u0000b"])).toThrow(/NUL/);
  });
});

describe("A native server that restarts", () => {
  it("is listened to again afterwards", async () => {
    const server = await startNativePostgres();
    const db = await openPostgres(server.url);
    const heard: string[] = [];
    const stop = await db.listen("news", (payload) => heard.push(payload));
    await db.query("select pg_terminate_backend(pid) from pg_stat_activity where query like 'listen %'");
    await vi.waitFor(
      async () => {
        await db.query("select pg_notify('news', 'again')");
        await vi.waitFor(() => expect(heard).toContain("again"), { timeout: 100 });
      },
      { timeout: 10_000 },
    );
    await stop();
    await db.close();
    await server.stop();
  });
});

describe("The lock of a data folder", () => {
  let parent: string;
  let folder: string;
  beforeEach(() => {
    parent = fs.mkdtempSync(path.join(os.tmpdir(), "upstream-lock-"));
    folder = path.join(parent, "data");
  });
  afterEach(() => fs.rmSync(parent, { recursive: true, force: true }));

  const bootedAt = () => Date.now() - os.uptime() * 1000;
  const leaveLock = (content: unknown) => fs.writeFileSync(`${folder}.lock`, JSON.stringify(content));

  it("keeps a second opener out, in this process and in another", async () => {
    const unlock = lockDataFolder(folder);
    expect(() => lockDataFolder(folder)).toThrow(DataFolderInUseError);
    unlock();
    const other = spawn(process.execPath, ["-e", "process.stdin.resume()"], {
      stdio: ["pipe", "ignore", "ignore"],
    });
    leaveLock({ pid: other.pid, bootedAt: bootedAt() });
    expect(() => lockDataFolder(folder)).toThrow(new RegExp(`process ${other.pid}`));
    const gone = new Promise((resolve) => other.once("exit", resolve));
    other.stdin?.end();
    await gone;
    lockDataFolder(folder)();
  });

  it("is taken over from before a restart of the machine, even if the number is in use again", () => {
    leaveLock({ pid: process.ppid, bootedAt: bootedAt() - 3_600_000 });
    lockDataFolder(folder)();
    leaveLock("cut off");
    lockDataFolder(folder)();
    expect(fs.existsSync(`${folder}.lock`)).toBe(false);
  });
});
