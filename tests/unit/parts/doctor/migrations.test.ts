import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { migrations } from "@/lib/parts/doctor/checks/migrations";
import { readTraces } from "@/lib/parts/doctor/read-migrations";
import { look } from "./fake-tools";

const files: Record<string, string> = {
  "0001_first.sql": "create table public.old (id int); create table public.mail (id int);",
  "0002_second.sql": `
    -- create table public.only_a_comment (id int);
    create function public.f() returns void as $$ begin create table public.inside (id int); end $$ language plpgsql;
    alter table public.mail add column sent_at timestamptz, add column if not exists key text;`,
  "0003_third.sql": "alter table public.mail drop column key; drop table if exists public.old;",
};
const checkout = {
  listFiles: () => [...Object.keys(files), "README.md"],
  readText: (file: string) => files[path.basename(file)] ?? "",
};
const knowing = (...known: string[]) => ({
  ...checkout,
  fetch: async (url: string) => {
    const { pathname, searchParams } = new URL(url);
    const asked = `${pathname.split("/").at(-1)}.${searchParams.get("select")}`;
    return known.includes(asked)
      ? Response.json([])
      : Response.json({ code: searchParams.get("select") === "*" ? "PGRST205" : "42703" }, { status: 404 });
  },
});

describe("migrations", () => {
  test("leave tables and columns, without what a later one takes away", () => {
    expect(readTraces(Object.entries(files).map(([name, sql]) => ({ name, sql })))).toEqual([
      { file: "0001_first.sql", table: "mail", column: undefined },
      { file: "0002_second.sql", table: "mail", column: "sent_at" },
    ]);
  });

  test("of this checkout leave traces that are all in the database's generated types", () => {
    const folder = "supabase/migrations";
    const names = readdirSync(folder).sort();
    const traces = readTraces(
      names.map((name) => ({ name, sql: readFileSync(path.join(folder, name), "utf8") })),
    );
    const types = readFileSync("lib/server/database.types.ts", "utf8");
    expect(traces.length).toBeGreaterThan(20);
    for (const { table, column } of traces) {
      const [, row = ""] = new RegExp(`\\n      ${table}: \\{\\s+Row: \\{([^}]*)\\}`).exec(types) ?? [];
      expect(row, table).not.toBe("");
      if (column) expect(row, `${table}.${column}`).toMatch(new RegExp(`\\b${column}: `));
    }
  });

  test("are current when every trace is there", async () => {
    expect(await look(migrations, knowing("mail.*", "mail.sent_at"))).toMatchObject({ status: "fine" });
  });

  test("that are missing are named, the oldest first", async () => {
    expect(await look(migrations, knowing("mail.*"))).toMatchObject({
      status: "mend",
      says: expect.stringMatching(/0002_second\.sql is not applied/),
    });
    expect((await look(migrations, knowing())).says).toMatch(/0001_first\.sql and 1 more are not applied/);
  });

  test("of a desk that is not running are not a fault", async () => {
    expect((await look(migrations, checkout)).status).toBe("note");
    expect(
      (await look(migrations, { ...checkout, env: { SUPABASE_URL: "https://db.example" } })).status,
    ).toBe("mend");
  });
});
