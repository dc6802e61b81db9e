import { afterAll, beforeAll, expect, it } from "vitest";
import { openSpoiledEngine, type SpoiledEngine } from "./spoiled-engine";

const LIMIT_MS = 3_000;

let engine: SpoiledEngine;
beforeAll(async () => {
  engine = await openSpoiledEngine(LIMIT_MS);
  await engine.db.exec("create table t (id int primary key)");
});
afterAll(() => engine?.close());

const caller = { role: "postgres", claims: { sub: "ada" }, method: "POST", path: "/rpc/slow" };

it.each([
  ["sleeps", "select pg_sleep(600)"],
  ["counts for ever", "select count(*) from generate_series(1, 1000000000000)"],
  ["never leaves a loop", "select endless()"],
])(
  "a statement that %s is stopped, named, and holds nobody else up; what was stored stays",
  async (_, sql) => {
    await engine.db.exec(
      "create or replace function endless() returns void language plpgsql as $$ begin loop null; end loop; end $$",
    );
    engine.replaced.length = 0;
    const [{ n } = { n: 0 }] = await engine.db.query<{ n: number }>("select count(*)::int as n from t");
    await engine.db.query("insert into t values ($1)", [n + 1]);
    const slow = engine.db.queryOnce(sql, [], { settings: caller });
    const behind = engine.db.query("select count(*)::int as n from t");
    await expect(slow).rejects.toMatchObject({ kind: "overrun", code: "57014" });
    expect(await behind).toEqual([{ n: n + 1 }]);
    expect(engine.replaced).toMatchObject([{ kind: "overrun", who: "postgres ada, POST /rpc/slow" }]);
  },
);

it("a transaction that holds the database for too long is undone", async () => {
  const late = engine.db.transaction(async (tx) => {
    await tx.query("insert into t values (1000)");
    const until = performance.now() + LIMIT_MS;
    while (performance.now() <= until) await new Promise((resolve) => setImmediate(resolve));
    await tx.query("insert into t values (1001)");
  });
  await expect(late).rejects.toMatchObject({ code: "57014" });
  expect(await engine.db.query("select id from t where id >= 1000")).toEqual([]);
});

const deep = (open: string, close = "") => `${open.repeat(200_000)}${close.repeat(200_000)}`;

it.each([
  ["JSON", "select $1::jsonb", [deep("[", "]")]],
  ["a search term", "select to_tsquery($1)", [deep("(")]],
  ["a path into JSON", "select $1::jsonpath", [`$ ? (${deep("(")}1`]],
  ["a statement", `select ${"(select ".repeat(20_000)}1${")".repeat(20_000)}`, []],
  ["refusals", `select ${"not ".repeat(200_000)}true`, []],
  ["a function that calls itself", "select down(1000000)", []],
])(
  "%s that goes far too deep is an error of the statement and leaves the engine as it was",
  async (_, sql, params) => {
    await engine.db.exec(
      "create or replace function down(n int) returns int language plpgsql as $$ begin return down(n - 1); end $$",
    );
    engine.replaced.length = 0;
    await expect(engine.db.queryOnce(sql, params, {})).rejects.toMatchObject({
      code: expect.stringMatching(/^(?!XX)/),
    });
    expect(engine.replaced).toEqual([]);
    expect(await engine.db.query("select 1 as n")).toEqual([{ n: 1 }]);
  },
);
