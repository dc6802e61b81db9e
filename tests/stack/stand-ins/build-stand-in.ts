import { chmod, mkdtemp } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { build } from "esbuild";

const root = path.resolve(import.meta.dirname, "../../..");

/** Bundles a stand-in as the launcher does and returns the executable file's path. */
export async function buildStandIn(entry: string): Promise<string> {
  const outfile = path.join(await mkdtemp(path.join(os.tmpdir(), "stand-in-")), "main.mjs");
  await build({
    entryPoints: [path.join(root, entry)],
    outfile,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "esm",
    alias: { "@": root },
    banner: { js: "#!/usr/bin/env node" },
    logLevel: "error",
  });
  await chmod(outfile, 0o755);
  return outfile;
}
