import type { Database } from "@/stack/postgres/database";
import { tables } from "./001-tables";

/** In order; a migration that has been released is never edited. They are strings so that a bundle needs no files. */
const MIGRATIONS: readonly { readonly name: string; readonly sql: string }[] = [
  { name: "001-tables", sql: tables },
];

/** Brings the schema `engine` up to date. Runs on embedded Postgres 18 and native Postgres 15 and later. */
export async function migrate(db: Database): Promise<void> {
  await db.exec(`create schema if not exists engine;
    create table if not exists engine.migration (name text primary key, applied_at timestamptz not null default now());`);
  const applied = new Set(
    (await db.query<{ name: string }>("select name from engine.migration")).map((row) => row.name),
  );
  for (const { name, sql } of MIGRATIONS) {
    if (applied.has(name)) continue;
    await db.transaction(async (tx) => {
      for (const statement of sql.split(/;\s*\n/)) if (statement.trim() !== "") await tx.query(statement);
      await tx.query("insert into engine.migration (name) values ($1)", [name]);
    });
  }
}
