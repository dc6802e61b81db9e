import { chmodSync, symlinkSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";

export const ROOT = path.resolve(import.meta.dirname, "../..");
const PROCESSES = ["stack-process", "door-process", "recording-host"] as const;

/** Bundles the processes into `folder`, so that starting one three hundred times costs no compiling. */
export async function buildProcesses(folder: string): Promise<Record<(typeof PROCESSES)[number], string>> {
  symlinkSync(path.join(ROOT, "node_modules"), path.join(folder, "node_modules"));
  await build({
    entryPoints: PROCESSES.map((name) => path.join(ROOT, "tests/crash/processes", `${name}.ts`)),
    outdir: folder,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    splitting: true,
    packages: "external",
    platform: "node",
    format: "esm",
    target: "node20",
    alias: { "@": ROOT, "server-only": path.join(ROOT, "tests/support/server-only.ts") },
    logLevel: "error",
  });
  const fileOf = (name: string) => path.join(folder, `${name}.mjs`);
  chmodSync(fileOf("recording-host"), 0o755);
  return {
    "stack-process": fileOf("stack-process"),
    "door-process": fileOf("door-process"),
    "recording-host": fileOf("recording-host"),
  };
}
