import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

const SOURCES = [
  ...["app", "components", "inngest", "lib", "public", "stack"],
  ...[
    "instrumentation.ts",
    "next.config.ts",
    "package-lock.json",
    "postcss.config.mjs",
    "proxy.ts",
    "tsconfig.json",
  ],
];

/**
 * Builds console and stack when any source changed since the last build; for development the stack alone, which takes
 * a second: the console compiles what is asked for.
 * @param {string} root @param {{ dev: boolean }} options
 */
export async function buildIfChanged(root, { dev }) {
  const marker = path.join(root, "build", ".sources");
  const sources = hashSources(root);
  if (existsSync(marker) && readFileSync(marker, "utf8") === sources) return;
  if (!dev) console.error("Building (once per change) ...");
  rmSync(marker, { force: true });
  mkdirSync(path.dirname(marker), { recursive: true });
  const { bundleStack } = await import("./bundle.mjs");
  await bundleStack(root);
  if (dev) return;
  const next = path.join(root, "node_modules", "next", "dist", "bin", "next");
  const result = spawnSync(process.execPath, [next, "build"], {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
  });
  if (result.status !== 0) throw new Error(`next build failed:\n${result.stdout}\n${result.stderr}`);
  writeFileSync(marker, sources);
}

/** @param {string} root */
function hashSources(root) {
  const hash = createHash("sha256");
  for (const source of SOURCES) {
    for (const file of listFiles(path.join(root, source))) hash.update(file).update(readFileSync(file));
  }
  return hash.digest("hex");
}

/** @param {string} place @returns {string[]} */
function listFiles(place) {
  if (!existsSync(place)) return [];
  const entries = (() => {
    try {
      return readdirSync(place, { withFileTypes: true });
    } catch (error) {
      if (error.code === "ENOTDIR") return null;
      throw error;
    }
  })();
  if (!entries) return [place];
  return entries
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => listFiles(path.join(place, entry.name)));
}
