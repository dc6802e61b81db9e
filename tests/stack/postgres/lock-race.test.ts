import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { buildSync } from "esbuild";
import { afterAll, beforeAll, expect, it } from "vitest";

const RIVALS = 6;
const ROUNDS = 8;

let folder: string;
let script: string;

beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "upstream-race-"));
  script = path.join(folder, "rival.mjs");
  const source = `import { lockDataFolder } from "@/stack/postgres/data-lock";
    process.send("ready");
    process.on("message", (target) => {
      try { const unlock = lockDataFolder(target); process.send("won"); process.once("disconnect", unlock); }
      catch (error) { process.send(error.name); }
    });`;
  buildSync({
    stdin: { contents: source, resolveDir: process.cwd() },
    alias: { "@": process.cwd() },
    outfile: script,
    bundle: true,
    platform: "node",
    format: "esm",
  });
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const word = async (rival: ChildProcess) => ((await once(rival, "message")) as [unknown])[0];

it("lets exactly one of several launchers take over a dead one's lock at the same instant", async () => {
  const rivals = Array.from({ length: RIVALS }, () =>
    spawn(process.execPath, [script], { stdio: ["ignore", "inherit", "inherit", "ipc"] }),
  );
  try {
    await Promise.all(rivals.map(word));
    for (let round = 0; round < ROUNDS; round += 1) {
      const target = path.join(folder, `data-${round}`);
      fs.writeFileSync(`${target}.lock`, JSON.stringify({ pid: 2_000_000_000, bootedAt: Date.now() }));
      const answers = rivals.map(word);
      for (const rival of rivals) rival.send(target);
      const said = (await Promise.all(answers)).map(String).sort();
      expect(said).toEqual([...Array.from({ length: RIVALS - 1 }, () => "DataFolderInUseError"), "won"]);
      // Nothing is left behind but the winner's lock.
      expect(fs.readdirSync(folder).filter((file) => file.startsWith(`data-${round}.`))).toEqual([
        `data-${round}.lock`,
      ]);
    }
  } finally {
    for (const rival of rivals) rival.kill("SIGKILL");
  }
});
