// npm test: everything that must hold, on a fresh clone. Plain JavaScript, because nothing is installed yet.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { installPackages } from "../stack/bootstrap/install.mjs";
import { installSystemTools } from "./support/system-tools.mjs";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const reports = mkdtempSync(path.join(os.tmpdir(), "upstream-test-"));
const only = process.argv.slice(2);
let passed = 0;
let failed = 0;

/** Runs a program of this checkout; true when it ends well. */
function run(program, args, env = {}) {
  const bin = path.join(root, "node_modules", ".bin", program);
  const result = spawnSync(bin, args, {
    cwd: root,
    stdio: "inherit",
    shell: process.platform === "win32",
    env: { ...process.env, ...env },
  });
  return result.status === 0;
}

function count(name, good, bad, ended) {
  passed += good;
  // A runner that dies without a failing test has failed all the same.
  failed += bad + (!ended && bad === 0 ? 1 : 0);
  console.log(`\n${name}: ${good} passed, ${bad} failed${ended ? "" : " (ended with an error)"}\n`);
}

function readReport(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
}

const stages = {
  style() {
    const ended = run("biome", ["check", "."]);
    count("Format, lint and import directions", ended ? 1 : 0, ended ? 0 : 1, ended);
  },
  types() {
    const ended = run("tsc", ["--noEmit", "-p", "tests/tsconfig.json"]);
    count("Types", ended ? 1 : 0, ended ? 0 : 1, ended);
  },
  schemas() {
    const ended = run("tsx", ["stack/supabase/schema/check-main.ts"]);
    count("Schema files and migrations", ended ? 1 : 0, ended ? 0 : 1, ended);
  },
  vitest() {
    const file = path.join(reports, "vitest.json");
    const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
    const ended = run("vitest", ["run", "-c", "tests/vitest.config.ts", ...reporters]);
    const report = readReport(file);
    count("Unit, database and stack", report?.numPassedTests ?? 0, report?.numFailedTests ?? 0, ended);
  },
  e2e() {
    const file = path.join(reports, "playwright.json");
    const ended = run("playwright", ["test"], { PLAYWRIGHT_JSON_OUTPUT_NAME: file });
    const stats = readReport(file)?.stats;
    count("Chromium", (stats?.expected ?? 0) + (stats?.flaky ?? 0), stats?.unexpected ?? 0, ended);
  },
};

installPackages(root);
installSystemTools();
for (const [name, stage] of Object.entries(stages)) if (only.length === 0 || only.includes(name)) stage();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 || passed === 0 ? 1 : 0);
