import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

const root = path.resolve(import.meta.dirname, "../../..");
const map = readFileSync(path.join(root, "docs/map.md"), "utf8");
const words = new Set(map.match(/[\w-]+/g));
const folders = (of: string) =>
  readdirSync(path.join(root, of), { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? [entry.name] : [],
  );

test("every room of lib is on the map", () => {
  expect(folders("lib").filter((room) => !map.includes(`\`${room}\``))).toEqual([]);
});

test("every table is on the map", () => {
  const tables = readdirSync(path.join(root, "supabase/schemas")).flatMap((file) =>
    [
      ...readFileSync(path.join(root, "supabase/schemas", file), "utf8").matchAll(
        /^create table (?:public\.)?(\w+)/gim,
      ),
    ].flatMap((match) => match[1] ?? []),
  );
  expect(tables.length).toBeGreaterThan(60);
  expect(tables.filter((table) => !words.has(table))).toEqual([]);
});

test("every durable function is on the map", () => {
  const names = readdirSync(path.join(root, "inngest/functions")).map((file) => file.replace(/\.ts$/, ""));
  expect(names.filter((name) => name !== "index" && !words.has(name))).toEqual([]);
});

test("every file the map names is there", () => {
  const named = [...map.matchAll(/`((?:lib|inngest|app|tests)\/[^`…]+\.(?:ts|tsx))`/g)].flatMap(
    (match) => match[1] ?? [],
  );
  expect(named.length).toBeGreaterThan(5);
  for (const file of named) expect(() => readFileSync(path.join(root, file)), file).not.toThrow();
});
