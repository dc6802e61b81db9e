import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { swapIn, undoHalfRestore } from "@/stack/backup/swap-data";

const OLD = { "postgres/base": "old rows", "outlook/1.json": "old mail", "keys.json": "old keys" };
const NEW = { "postgres/base": "new rows", "costar/cookies": "new cookies", "keys.json": "new keys" };
/** More than any of the calls below takes. */
const MOST = 60;

let parent: string;
let dataDir: string;
let fresh: string;

beforeEach(() => {
  parent = fs.mkdtempSync(path.join(os.tmpdir(), "upstream-swap-"));
  dataDir = path.join(parent, "desk");
  fresh = path.join(dataDir, ".restoring");
  write(dataDir, OLD);
  fs.writeFileSync(path.join(dataDir, "desk.lock"), "1");
  write(fresh, NEW);
});
afterEach(() => {
  vi.restoreAllMocks();
  fs.rmSync(parent, { recursive: true, force: true });
});

function write(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), text);
  }
}

function read(folder: string): Record<string, string> {
  const names = fs.readdirSync(folder, { recursive: true, encoding: "utf8" });
  const files = names.filter(
    (name) => !/^\.restoring|\.lock$/.test(name) && fs.statSync(path.join(folder, name)).isFile(),
  );
  return Object.fromEntries(files.map((name) => [name, fs.readFileSync(path.join(folder, name), "utf8")]));
}

/** Runs `work` as a process that is killed before its `step`-th change of the disk. @returns whether it was. */
function killedBefore(step: number, work: () => void): boolean {
  let changes = 0;
  const stop = (): void => {
    changes += 1;
    // Once dead, it does nothing more, whatever its own error handling would.
    if (changes >= step) throw new Error("killed");
  };
  const rename = fs.renameSync;
  const write = fs.writeFileSync;
  const make = fs.mkdirSync;
  vi.spyOn(fs, "renameSync").mockImplementation((...args) => {
    stop();
    rename(...args);
  });
  vi.spyOn(fs, "writeFileSync").mockImplementation((...args) => {
    stop();
    write(...args);
  });
  vi.spyOn(fs, "mkdirSync").mockImplementation(((...args: Parameters<typeof fs.mkdirSync>) => {
    stop();
    return make(...args);
  }) as typeof fs.mkdirSync);
  const remove = fs.rmSync;
  vi.spyOn(fs, "rmSync").mockImplementation((target, options) => {
    if (!fs.existsSync(target)) return;
    // A folder goes file by file, and the process may end after each.
    if (fs.statSync(target).isDirectory())
      for (const name of fs.readdirSync(target)) fs.rmSync(path.join(String(target), name), options);
    stop();
    remove(target, options);
  });
  try {
    work();
    return false;
  } catch (error) {
    expect(String(error)).toContain("killed");
    return true;
  } finally {
    vi.restoreAllMocks();
  }
}

it("a restore that is killed at any instant leaves the data of before or the new, whole", () => {
  const left = new Set<string>();
  let step = 1;
  for (; step <= MOST; step += 1) {
    fs.rmSync(dataDir, { recursive: true });
    write(dataDir, OLD);
    write(fresh, NEW);
    if (!killedBefore(step, () => swapIn(dataDir, fresh))) break;
    undoHalfRestore(dataDir);
    const found = read(dataDir);
    expect([OLD, NEW], `killed before change ${step}`).toContainEqual(found);
    left.add(found["keys.json"] ?? "");
  }
  expect(step).toBeGreaterThan(8);
  expect(step).toBeLessThan(MOST);
  expect([...left].sort()).toEqual(["new keys", "old keys"]);
});

it("undoing may be killed at any instant as well, and is done the next time", () => {
  for (let first = 1; first <= MOST; first += 1)
    for (let second = 1; second <= MOST; second += 1) {
      fs.rmSync(dataDir, { recursive: true });
      write(dataDir, OLD);
      write(fresh, NEW);
      if (!killedBefore(first, () => swapIn(dataDir, fresh))) return;
      const wasKilled = killedBefore(second, () => undoHalfRestore(dataDir));
      undoHalfRestore(dataDir);
      expect([OLD, NEW], `killed before ${first}, then before ${second}`).toContainEqual(read(dataDir));
      if (!wasKilled) break;
    }
  expect.unreachable("the restore never came to its end");
});

it("what is put in place is the new data alone, and nothing is left aside", () => {
  swapIn(dataDir, fresh);
  expect(read(dataDir)).toEqual(NEW);
  expect(fs.readdirSync(dataDir).sort()).toEqual([
    ".restoring",
    "costar",
    "desk.lock",
    "keys.json",
    "postgres",
  ]);
});
