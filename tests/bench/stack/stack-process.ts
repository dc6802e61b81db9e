import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";
import { type StackConfig, type StackReady, stackReadySchema } from "@/stack/server/stack-config";

const root = path.resolve(import.meta.dirname, "../../..");

/** The stack server as `npm start` runs it: one bundled file in a process of its own. */
export interface StackProcess {
  readonly pid: number;
  readonly ready: StackReady;
  /** From the start of the process until it said that everything answers, ms. */
  readonly startMs: number;
  /** Resident memory, MB. */
  residentMb(): number;
  stop(): Promise<void>;
}

/** Bundles the stack server in a folder of its own below `build/`, where its packages are found. Call `remove` at the end. */
export async function buildStackServer(): Promise<{ readonly file: string; remove(): void }> {
  const folder = path.join(root, "build", `bench-${process.pid}`);
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, "stack-server.mjs");
  await build({
    absWorkingDir: root,
    entryPoints: ["stack/server/main.ts"],
    outfile: file,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    packages: "external",
    alias: { "server-only": path.join(root, "stack/bootstrap/nothing.mjs") },
    logLevel: "error",
  });
  return { file, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Starts it and waits for its word. @throws {Error} with what it said when it did not start. */
export async function startStackProcess(file: string, config: StackConfig): Promise<StackProcess> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, [...profiling(), file], {
    cwd: root,
    env: { ...process.env, UPSTREAM_STACK: JSON.stringify(config) },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const ready = await waitForWord(child);
  const startMs = performance.now() - startedAt;
  const { pid = -1 } = child;
  return {
    pid,
    ready,
    startMs,
    residentMb: () => Number(execFileSync("ps", ["-o", "rss=", "-p", String(pid)])) / 1024,
    stop: async () => {
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      await ended;
    },
  };
}

/** `BENCH_PROFILE=folder` has the server write a CPU profile there when it ends. */
function profiling(): string[] {
  const folder = process.env.BENCH_PROFILE;
  return folder ? ["--cpu-prof", `--cpu-prof-dir=${folder}`] : [];
}

async function waitForWord(child: ChildProcess): Promise<StackReady> {
  const [word] = (await Promise.race([
    once(child, "message"),
    once(child, "exit").then(([code]) => {
      throw new Error(`the stack server ended while starting (${code})`);
    }),
  ])) as [unknown];
  const ready = stackReadySchema.safeParse(word);
  if (!ready.success) throw new Error(`the stack server did not start: ${JSON.stringify(word)}`);
  return ready.data;
}
