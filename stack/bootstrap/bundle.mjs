import { chmodSync } from "node:fs";
import path from "node:path";

const PROGRAMS = {
  launcher: "stack/launcher/main.ts",
  "stack-server": "stack/server/main.ts",
  claude: "stack/claude/main.ts",
  "outlook-host": "stack/outlook-host/main.ts",
};

/**
 * Bundles each program of the stack into one file, so that it starts at once. Packages stay outside.
 * @param {string} root
 */
export async function bundleStack(root) {
  await bundlePrograms(root, PROGRAMS);
}

/**
 * Bundles one program into `build/<name>.mjs` and leaves the others alone: a desk may be running from them.
 * @param {string} root @param {string} name @param {string} entry
 */
export async function bundleProgram(root, name, entry) {
  await bundlePrograms(root, { [name]: entry });
}

/** @param {string} root @param {Record<string, string>} programs */
async function bundlePrograms(root, programs) {
  const { build } = await import("esbuild");
  await build({
    absWorkingDir: root,
    entryPoints: programs,
    outdir: "build",
    outExtension: { ".js": ".mjs" },
    bundle: true,
    splitting: false,
    platform: "node",
    format: "esm",
    target: "node20",
    packages: "external",
    // Outside Next's bundler there is no client bundle to guard against.
    alias: { "server-only": path.join(root, "stack/bootstrap/nothing.mjs") },
    banner: { js: "#!/usr/bin/env node" },
    logLevel: "warning",
  });
  for (const name of Object.keys(programs)) chmodSync(path.join(root, "build", `${name}.mjs`), 0o755);
}
