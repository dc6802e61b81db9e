// npm run house -- [--json]: the house in figures, beside what it aims at.
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { listFiles, readArrows } from "./import-graph";
import { TWINS } from "./twins";
import { findBackArrows, findCircles, roomArrows, roomOf } from "./walls";

const root = path.resolve(import.meta.dirname, "../..");
const files = listFiles(root);
const arrows = readArrows(root, files);
const rooms = roomArrows(arrows);
const product = files.filter((file) => /^(?:app|components|lib|inngest)\/.*\.(?:ts|tsx|mts)$/.test(file));
const written = product.filter((file) => !file.endsWith("database.types.ts"));
const lengths = written.map((file) => readFileSync(path.join(root, file), "utf8").split("\n").length - 1);
const sorted = [...lengths].sort((a, b) => a - b);

/** Functions whose body stands more than once in the schemas; the baseline is made from them and not read. */
function countTwoBodies(): number {
  const folder = path.join(root, "supabase/schemas");
  const names = readdirSync(folder).flatMap((file) =>
    [
      ...readFileSync(path.join(folder, file), "utf8").matchAll(
        /create (?:or replace )?function\s+([\w.]+)\s*\(([^)]*)\)/gi,
      ),
    ].map(([, name, args]) => `${name}(${(args ?? "").replace(/\s+/g, " ").toLowerCase()})`),
  );
  return names.length - new Set(names).size;
}

function countUnusedExports(): number {
  const run = spawnSync(
    "npx",
    ["knip", "--no-progress", "--include", "exports,types", "--reporter", "json"],
    {
      cwd: root,
      encoding: "utf8",
    },
  );
  const report = JSON.parse(run.stdout) as { issues: { exports?: unknown[]; types?: unknown[] }[] };
  return report.issues.reduce((sum, { exports = [], types = [] }) => sum + exports.length + types.length, 0);
}

const figures = {
  lib_rooms: new Set(product.flatMap((file) => roomOf(file) ?? []).filter((room) => room.startsWith("lib/")))
    .size,
  room_arrows: [...rooms]
    .filter(([room]) => room.startsWith("lib/"))
    .reduce((sum, [, to]) => sum + to.size, 0),
  room_circles: findCircles(rooms).length,
  back_arrows: findBackArrows(arrows).length,
  sql_functions_with_two_bodies: countTwoBodies(),
  product_files: product.length,
  files_under_20_lines: lengths.filter((length) => length < 20).length,
  unused_exports: countUnusedExports(),
  median_file: sorted[Math.floor(sorted.length / 2)] ?? 0,
  files_over_250: lengths.filter((length) => length > 250).length,
  duplicate_rules: TWINS.filter(({ heldBy }) => !files.includes(heldBy)).length,
};

const AIMS: Readonly<Record<keyof typeof figures, string>> = {
  lib_rooms: "at most 25",
  room_arrows: "about 76",
  room_circles: "0",
  back_arrows: "0",
  sql_functions_with_two_bodies: "0",
  product_files: "at most 1,000",
  files_under_20_lines: "at most 110",
  unused_exports: "0",
  median_file: "45 to 75",
  files_over_250: "0",
  duplicate_rules: "0",
};

if (process.argv.includes("--json")) console.log(JSON.stringify(figures));
else
  for (const [name, value] of Object.entries(figures))
    console.log(`${name.padEnd(30)} ${String(value).padStart(6)}   (${AIMS[name as keyof typeof figures]})`);
