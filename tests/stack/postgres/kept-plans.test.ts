import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Database, RequestSettings } from "@/stack/postgres/database";
import { openPglite } from "@/stack/postgres/open-pglite";

const ROUNDS = 8;

let folder: string;
let db: Database;

beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "upstream-plans-"));
  db = await openPglite(path.join(folder, "data"));
  await db.exec(`
    create role alice; create role bob;
    create table t (id int primary key, owner text not null);
    insert into t select n, case n % 2 when 0 then 'alice' else 'bob' end from generate_series(1, 10) n;
    alter table t enable row level security;
    create policy own on t using (owner = current_user);
    grant select, insert on t to alice, bob;`);
});
afterAll(async () => {
  await db.close();
  fs.rmSync(folder, { recursive: true, force: true });
});

const as = (role: string): { settings: RequestSettings } => ({ settings: { role, claims: { sub: role } } });
const COUNT = "select count(*)::int as n, min(owner) as owner from t where id <= $1";

it("a statement that comes again and again shows each role its own rows", async () => {
  for (let round = 0; round < ROUNDS; round += 1)
    for (const role of ["alice", "bob"])
      expect(await db.queryOnce(COUNT, ["10"], as(role))).toEqual([{ n: 5, owner: role }]);
  expect(await db.query("select current_user::text as who, current_setting('role') as role")).toEqual([
    { who: "postgres", role: "none" },
  ]);
});

it("a plan that is kept follows the schema: columns, types and tables that came or went", async () => {
  const read = () => db.queryOnce("select * from shape where v = $1", ["1"], {});
  await db.exec("create table shape (v int); insert into shape values (1)");
  for (let round = 0; round < ROUNDS; round += 1) expect(await read()).toEqual([{ v: 1 }]);
  await db.exec("alter table shape add column w text default 'new'");
  expect(await read()).toEqual([{ v: 1, w: "new" }]);
  for (let round = 0; round < ROUNDS; round += 1) await read();
  // Not by a script that says so: from inside a function, which nobody sees.
  await db.query(
    "create function retype() returns void language plpgsql as $$ begin alter table shape alter v type text; end $$",
  );
  await db.query("select retype()");
  expect(await read()).toEqual([{ v: "1", w: "new" }]);
  await db.exec("drop table shape; create table shape (v bigint); insert into shape values (1)");
  expect(await read()).toEqual([{ v: 1 }]);
});

it("an error leaves nothing behind: not a row, not a role, not a broken plan", async () => {
  const insert = "insert into t values ($1, $2) returning id";
  for (let round = 0; round < ROUNDS; round += 1) {
    await expect(db.queryOnce(insert, ["1", "alice"], as("alice"))).rejects.toMatchObject({ code: "23505" });
    await expect(db.queryOnce(insert, ["x", "alice"], as("alice"))).rejects.toMatchObject({ code: "22P02" });
    await expect(db.queryOnce("select nothing from t", [], as("bob"))).rejects.toMatchObject({
      code: "42703",
    });
    await expect(
      db.queryOnce(insert, [String(100 + round), "alice"], { ...as("alice"), readOnly: true }),
    ).rejects.toMatchObject({ code: "25006" });
  }
  expect(await db.query("select count(*)::int as n from t")).toEqual([{ n: 10 }]);
  expect(await db.queryOnce(insert, ["11", "bob"], as("bob"))).toEqual([{ id: 11 }]);
});

it("a transaction sees its own writes and undoes them as a whole", async () => {
  const count = async () => (await db.query<{ n: number }>("select count(*)::int as n from t"))[0]?.n;
  const before = await count();
  for (let round = 0; round < 3; round += 1) {
    const failing = db.transaction(async (tx) => {
      await tx.query("insert into t values ($1, 'bob')", [500]);
      expect(await tx.query("select count(*)::int as n from t")).toEqual([{ n: (before ?? 0) + 1 }]);
      await tx.query("insert into t values ($1, 'bob')", [500]);
    });
    await expect(failing).rejects.toMatchObject({ code: "23505" });
    expect(await count()).toBe(before);
  }
});

it("a thousand different statements do not pile up", async () => {
  for (let index = 0; index < 400; index += 1)
    for (let again = 0; again < 2; again += 1)
      expect(await db.query(`select ${index} as n, $1::text as t`, ["x"])).toEqual([{ n: index, t: "x" }]);
  const [kept] = await db.query<{ n: number }>("select count(*)::int as n from pg_prepared_statements");
  expect(kept?.n).toBeLessThanOrEqual(125);
});

it("values of every kind come back as they would from a driver", async () => {
  const text =
    "select $1::int as i, $2::text as t, null as nothing, array['a','b'] as list, '{\"a\":1}'::jsonb as j, true as yes, 1.5::float8 as f";
  for (let round = 0; round < 3; round += 1)
    expect(await db.query(text, [1, "ü\\'\"\n"])).toEqual([
      { i: 1, t: "ü\\'\"\n", nothing: null, list: ["a", "b"], j: { a: 1 }, yes: true, f: 1.5 },
    ]);
});
