import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { DataFolderInUseError, lockDataFolder } from "@/stack/postgres/data-lock";
import { openPglite } from "@/stack/postgres/open-pglite";
import { resetDatabase } from "@/stack/supabase/reset-database";

let folder: string;
const reset = (dataDir: string) =>
  resetDatabase({
    dataDir,
    migrationsDir: path.join(folder, "migrations"),
    seedFile: path.join(folder, "seed.sql"),
  });
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "upstream-reset-"));
  fs.mkdirSync(path.join(folder, "migrations"));
  fs.writeFileSync(
    path.join(folder, "migrations/0001_baseline.sql"),
    "create table public.words (body text);",
  );
  fs.writeFileSync(path.join(folder, "seed.sql"), "insert into public.words values ('seeded');");
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

it("a reset makes the database anew and leaves nothing of the old data, but never under a desk that runs", async () => {
  const dataDir = path.join(folder, "demo");
  await reset(dataDir);
  fs.writeFileSync(path.join(dataDir, "mail.json"), "{}");
  const open = () => openPglite(path.join(dataDir, "postgres"));
  const used = await open();
  await used.exec("insert into public.words values ('mine')");
  await used.close();
  const unlock = lockDataFolder(path.join(dataDir, "desk"));
  await expect(reset(dataDir)).rejects.toThrow(DataFolderInUseError);
  expect(fs.readdirSync(dataDir)).toContain("mail.json");
  unlock();
  await reset(dataDir);
  expect(fs.readdirSync(dataDir)).toEqual(["postgres"]);
  const fresh = await open();
  expect(await fresh.query("select body from public.words")).toEqual([{ body: "seeded" }]);
  await fresh.close();
});

it("a reset keeps its hands off a folder that is no desk's", async () => {
  const other = path.join(folder, "photos");
  fs.mkdirSync(other);
  fs.writeFileSync(path.join(other, "one.jpg"), "");
  await expect(reset(other)).rejects.toThrow("holds something else");
  expect(fs.readdirSync(other)).toEqual(["one.jpg"]);
});
