import { createHash } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import tar from "tar-stream";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { type BackupJob, backUp } from "@/stack/backup/back-up";
import { restore } from "@/stack/backup/restore";
import { writeBackup } from "@/stack/backup/write-backup";
import { lockDataFolder } from "@/stack/postgres/data-lock";
import { openPglite } from "@/stack/postgres/open-pglite";
import { startSupabase } from "@/stack/supabase/start-supabase";

let parent: string;
let dataDir: string;
let file: string;
let migrationsDir: string;
let whole: Buffer;

const job = (change: Partial<BackupJob> = {}): BackupJob => ({
  dataDir,
  file,
  force: false,
  apiUrl: "http://127.0.0.1:1",
  secretKey: "sb_secret_of_a_test",
  databaseUrl: undefined,
  ...change,
});
const putBack = (change: Partial<Parameters<typeof restore>[0]> = {}) =>
  restore({ dataDir, file, force: true, migrationsDir, databaseUrl: undefined, ...change });

/** What a reader would notice of a folder: every file with its content. */
function fingerprint(folder: string): string {
  const hash = createHash("sha256");
  for (const name of fs.readdirSync(folder, { recursive: true, encoding: "utf8" }).sort())
    if (!name.endsWith(".lock")) {
      hash.update(name);
      if (fs.statSync(path.join(folder, name)).isFile())
        hash.update(fs.readFileSync(path.join(folder, name)));
    }
  return hash.digest("hex");
}
async function inDatabase<T>(work: (db: Awaited<ReturnType<typeof openPglite>>) => Promise<T>): Promise<T> {
  const db = await openPglite(path.join(dataDir, "postgres"));
  try {
    return await work(db);
  } finally {
    await db.close();
  }
}
const readWords = () =>
  inDatabase(async (db) =>
    (await db.query<{ body: string }>("select body from public.words order by body")).map((row) => row.body),
  );

beforeAll(async () => {
  parent = fs.mkdtempSync(path.join(os.tmpdir(), "upstream-backup-"));
  dataDir = path.join(parent, "desk");
  file = path.join(parent, "desk.backup");
  migrationsDir = path.join(parent, "migrations");
  fs.mkdirSync(migrationsDir);
  fs.writeFileSync(
    path.join(migrationsDir, "0001_words.sql"),
    "create table public.words (body text primary key); grant all on public.words to service_role;",
  );
  fs.mkdirSync(path.join(dataDir, "outlook"), { recursive: true });
  fs.writeFileSync(path.join(dataDir, "outlook", "mail.json"), '{"subject":"Ünïcode"}');
  await inDatabase(async (db) => {
    const supabase = await startSupabase({ db, port: 0, migrationsDir });
    await db.query("insert into public.words select 'first' || n from generate_series(1, 2000) n");
    await supabase.close();
  });
  await backUp(job());
  whole = fs.readFileSync(file);
});
afterAll(() => fs.rmSync(parent, { recursive: true, force: true }));
beforeEach(() => fs.writeFileSync(file, whole));

it("a backup does not replace a file unless it is told to", async () => {
  fs.writeFileSync(file, "something of mine");
  await expect(backUp(job())).rejects.toThrow("exists");
  expect(fs.readFileSync(file, "utf8")).toBe("something of mine");
  expect(await backUp(job({ force: true }))).toBeGreaterThan(100_000);
  expect(fs.readdirSync(parent).sort()).toEqual(["desk", "desk.backup", "migrations"]);
});

it("a restore brings back every row and file, and keeps its hands off data unless it is told to", async () => {
  await inDatabase((db) => db.exec("delete from public.words; insert into public.words values ('later')"));
  fs.rmSync(path.join(dataDir, "outlook"), { recursive: true });
  const later = fingerprint(dataDir);
  await expect(putBack({ force: false })).rejects.toThrow("--force");
  expect(fingerprint(dataDir)).toBe(later);
  await putBack();
  expect(await readWords()).toHaveLength(2000);
  expect(fs.readFileSync(path.join(dataDir, "outlook", "mail.json"), "utf8")).toBe('{"subject":"Ünïcode"}');
  expect(fs.readdirSync(dataDir).sort()).toEqual(["outlook", "postgres"]);
});

it("a desk that runs is backed up by itself, with what was stored a moment ago", async () => {
  const unlock = lockDataFolder(path.join(dataDir, "desk"));
  try {
    await inDatabase(async (db) => {
      const { close, url, secretKey } = await startSupabase({
        db,
        port: 0,
        migrationsDir,
        writeBackup: () => writeBackup(db, dataDir),
      });
      try {
        await db.query("insert into public.words values ('just now')");
        const running = { force: true, apiUrl: url, secretKey };
        await backUp(job(running));
        await expect(backUp(job({ ...running, secretKey: "wrong" }))).rejects.toThrow("refused (401)");
        const browser = await fetch(`${url}/backup`, {
          method: "POST",
          headers: { apikey: secretKey, origin: "https://x.example" },
        });
        expect(browser.status).toBe(401);
        const other = path.join(parent, "other");
        fs.cpSync(path.join(dataDir, "postgres"), path.join(other, "postgres"), { recursive: true });
        fs.writeFileSync(path.join(other, "desk.lock"), fs.readFileSync(path.join(dataDir, "desk.lock")));
        fs.writeFileSync(
          path.join(other, "desk.lock"),
          JSON.stringify({ pid: process.ppid, bootedAt: Date.now() - os.uptime() * 1000 }),
        );
        await expect(backUp(job({ ...running, dataDir: other }))).rejects.toThrow(`not in ${other}`);
        fs.rmSync(other, { recursive: true });
        await expect(putBack()).rejects.toThrow("The desk is running");
      } finally {
        await close();
      }
    });
  } finally {
    unlock();
  }
  await inDatabase((db) => db.exec("delete from public.words"));
  await putBack();
  expect(await readWords()).toContain("just now");
});

const edit = (change: (text: string) => string) =>
  gzipSync(Buffer.from(change(gunzipSync(whole).toString("latin1")), "latin1"), { level: 1 });
/** The same entries under other names. */
async function rename(change: (name: string) => string): Promise<Buffer> {
  const [extract, pack] = [tar.extract(), tar.pack()];
  extract.end(gunzipSync(whole));
  for await (const entry of extract) {
    const chunks: Buffer[] = [];
    for await (const chunk of entry as unknown as AsyncIterable<Buffer>) chunks.push(chunk);
    pack.entry({ ...entry.header, name: change(entry.header.name) }, Buffer.concat(chunks));
  }
  pack.finalize();
  const packed: Buffer[] = [];
  for await (const chunk of pack as unknown as AsyncIterable<Buffer>) packed.push(chunk);
  return gzipSync(Buffer.concat(packed), { level: 1 });
}
it.each<[string, () => Buffer | Promise<Buffer>, string]>([
  ["cut off", () => whole.subarray(0, whole.length - 1000), "damaged"],
  [
    "cut off between two files",
    () => edit((text) => text.slice(0, text.lastIndexOf("upstream-seal.json"))),
    "damaged: it ends too early",
  ],
  [
    "changed in one byte",
    () => edit((text) => text.replace("first1999", "first1998")),
    "damaged: its checksum is wrong",
  ],
  ["empty", () => Buffer.alloc(0), "damaged: it cannot be unpacked"],
  ["something else", () => Buffer.from("%PDF-1.7 something else"), "damaged: it cannot be unpacked"],
  ["something else, compressed", () => gzipSync("a diary\nof mine\n"), "not a backup"],
  ["of a newer format", () => edit((text) => text.replace('"version":2', '"version":3')), "newer version"],
  [
    "of a newer schema",
    () => edit((text) => text.replace('"migrations":["0001"]', '"migrations":["0099"]')),
    "migration 0099",
  ],
  [
    "of another Postgres",
    () => edit((text) => text.replace('"postgres":"18"', '"postgres":"19"')),
    "Postgres 19",
  ],
  [
    "reaching outside",
    () => rename((name) => name.replace(/^outlook/, "../evil")),
    "damaged: an entry cannot be read",
  ],
  [
    "renamed in one entry",
    () => rename((name) => name.replace("mail.json", "male.json")),
    "checksum is wrong",
  ],
])("a backup that is %s is refused and touches nothing", async (_, make, reason) => {
  const before = fingerprint(dataDir);
  fs.writeFileSync(file, await make());
  await expect(putBack()).rejects.toThrow(reason);
  expect(fingerprint(dataDir)).toBe(before);
});

/** As the program wrote it before: lines of JSON, each file's bytes after its own. */
function writeOldBackup(): Buffer {
  const hash = createHash("sha256");
  const parts: Buffer[] = [];
  const add = (bytes: Buffer) => {
    hash.update(bytes);
    parts.push(bytes);
  };
  const addLine = (value: object) => add(Buffer.from(`${JSON.stringify(value)}\n`));
  addLine({
    format: "upstream-backup",
    version: 1,
    createdAt: "2026-11-01T00:00:00Z",
    postgres: "18",
    migrations: ["0001"],
  });
  const names = fs
    .readdirSync(dataDir, { recursive: true, encoding: "utf8" })
    .filter((name) => !/\.lock$|postmaster/.test(name))
    .sort();
  for (const name of names) {
    const place = path.join(dataDir, name);
    const isFile = fs.statSync(place).isFile();
    const bytes = isFile ? fs.readFileSync(place) : Buffer.alloc(0);
    addLine({
      path: name,
      kind: isFile ? "file" : "folder",
      size: bytes.length,
      mode: isFile ? 0o600 : 0o700,
    });
    add(bytes);
  }
  const seal = { sealed: names.length, sha256: hash.digest("hex") };
  return gzipSync(Buffer.concat([...parts, Buffer.from(`${JSON.stringify(seal)}\n`)]), { level: 1 });
}

it("a backup of the first format is still put back, and refused when it is damaged", async () => {
  const old = writeOldBackup();
  await inDatabase((db) => db.exec("delete from public.words"));
  fs.writeFileSync(file, old);
  await putBack();
  expect((await readWords()).length).toBeGreaterThanOrEqual(2000);
  const before = fingerprint(dataDir);
  const text = gunzipSync(old).toString("latin1");
  for (const [spoilt, reason] of [
    [text.replace("first1999", "first1998"), "its checksum is wrong"],
    [text.slice(0, text.lastIndexOf('{"sealed"')), "it ends too early"],
    [text.replace('{"path":"outlook"', '{"path":"../evil"'), "an entry cannot be read"],
  ] as const) {
    fs.writeFileSync(file, gzipSync(Buffer.from(spoilt, "latin1"), { level: 1 }));
    await expect(putBack()).rejects.toThrow(`damaged: ${reason}`);
  }
  expect(fingerprint(dataDir)).toBe(before);
});

it("says what to use instead for a database server of its own, and for no data", async () => {
  await expect(backUp(job({ databaseUrl: "postgres://x" }))).rejects.toThrow("pg_dump");
  await expect(putBack({ databaseUrl: "postgres://x" })).rejects.toThrow("pg_restore");
  await expect(
    backUp(job({ dataDir: path.join(parent, "none"), file: path.join(parent, "n") })),
  ).rejects.toThrow("no data");
});
