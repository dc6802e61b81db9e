import { createHash } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { DamagedFolderError } from "@/stack/postgres/check-folder";
import { openPglite } from "@/stack/postgres/open-pglite";

let parent: string;
let good: string;

beforeAll(async () => {
  parent = fs.mkdtempSync(path.join(os.tmpdir(), "upstream-damaged-"));
  good = path.join(parent, "good");
  await (await openPglite(good)).close();
});
afterAll(() => fs.rmSync(parent, { recursive: true, force: true }));

function fingerprint(folder: string): string {
  const hash = createHash("sha256");
  for (const name of fs.readdirSync(folder, { recursive: true, encoding: "utf8" }).sort()) {
    hash.update(name);
    if (fs.statSync(path.join(folder, name)).isFile()) hash.update(fs.readFileSync(path.join(folder, name)));
  }
  return hash.digest("hex");
}

const cut = (name: string, size: number) => (folder: string) =>
  fs.truncateSync(path.join(folder, name), size);
const write = (name: string, text: string | Buffer) => (folder: string) =>
  fs.writeFileSync(path.join(folder, name), text);

it.each<[string, (folder: string) => void, string]>([
  ["of a newer Postgres", write("PG_VERSION", "19\n"), "of Postgres 19"],
  ["of an older Postgres", write("PG_VERSION", "17\n"), "of Postgres 17"],
  ["with an empty PG_VERSION", write("PG_VERSION", ""), "PG_VERSION is empty"],
  ["without PG_VERSION", (folder) => fs.rmSync(path.join(folder, "PG_VERSION")), "PG_VERSION is missing"],
  ["with a control file that is cut off", cut("global/pg_control", 100), "cut off at 100 bytes"],
  ["with an empty control file", cut("global/pg_control", 0), "global/pg_control is missing or empty"],
  ["with a control file of garbage", write("global/pg_control", Buffer.alloc(8192, 7)), "does not open"],
  [
    "without its catalog's map",
    (folder) => fs.rmSync(path.join(folder, "global/pg_filenode.map")),
    "pg_filenode.map is missing",
  ],
  [
    "without its transactions",
    (folder) => fs.rmSync(path.join(folder, "pg_xact"), { recursive: true }),
    "pg_xact is missing",
  ],
])("a data folder %s is refused with what to do, and nothing in it changes", async (name, damage, reason) => {
  const folder = path.join(parent, name.replace(/\W/g, "-"));
  fs.cpSync(good, folder, { recursive: true });
  damage(folder);
  const before = fingerprint(folder);
  const refusal = await openPglite(folder).then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(refusal).toBeInstanceOf(DamagedFolderError);
  expect(String(refusal)).toContain(reason);
  expect(String(refusal)).toMatch(/--data/);
  expect(fingerprint(folder)).toBe(before);
  expect(fs.existsSync(`${folder}.lock`)).toBe(false);
});

it("a folder of something else, and a file, are refused and left alone", async () => {
  const photos = path.join(parent, "photos");
  fs.mkdirSync(photos);
  fs.writeFileSync(path.join(photos, "holiday.jpg"), "x");
  await expect(openPglite(photos)).rejects.toThrow("holds something else (holiday.jpg)");
  expect(fs.readdirSync(photos)).toEqual(["holiday.jpg"]);
  await expect(openPglite(path.join(photos, "holiday.jpg"))).rejects.toThrow("is a file, not a folder");
});

it("a folder this user may not write to is refused with what to do", async () => {
  const before = fingerprint(good);
  // Said by the system, not arranged on the disk: root, and some file systems, may write anywhere.
  const access = vi.spyOn(fs, "accessSync").mockImplementation((target) => {
    throw Object.assign(new Error(`EACCES: permission denied, access '${String(target)}'`), {
      code: "EACCES",
    });
  });
  try {
    await expect(openPglite(good)).rejects.toThrow("cannot be written to");
  } finally {
    access.mockRestore();
  }
  expect(fingerprint(good)).toBe(before);
});

it("an empty folder is a new desk", async () => {
  const folder = path.join(parent, "empty");
  fs.mkdirSync(folder);
  const db = await openPglite(folder);
  expect(await db.query("select 1 as one")).toEqual([{ one: 1 }]);
  await db.close();
});
