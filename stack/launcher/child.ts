import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";

export interface Stoppable {
  /** Asks the process to end, and ends it when it does not. */
  stop(): Promise<void>;
}

export interface Child extends Stoppable {
  readonly process: ChildProcess;
}

const GRACE_MS = 8000;

/**
 * Starts a Node program that cannot outlive this one: it shares a channel, and a small preload ends it when the channel
 * closes, even after SIGKILL. Its output goes line by line to `onLine`.
 */
export function startChild(
  root: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  onLine: (line: string) => void,
): Child {
  const preload = path.join(root, "stack", "bootstrap", "exit-with-parent.cjs");
  const child = spawn(process.execPath, ["--require", preload, ...args], {
    cwd: root,
    env,
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    // Ctrl-C reaches a whole terminal group; these are stopped in order by us instead.
    detached: process.platform !== "win32",
  });
  for (const stream of [child.stdout, child.stderr]) splitLines(stream, onLine);
  return {
    process: child,
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, "exit");
      child.kill("SIGTERM");
      const timer = setTimeout(() => child.kill("SIGKILL"), GRACE_MS);
      await exited;
      clearTimeout(timer);
    },
  };
}

function splitLines(stream: NodeJS.ReadableStream | null, onLine: (line: string) => void): void {
  let rest = "";
  stream?.setEncoding("utf8");
  stream?.on("data", (chunk: string) => {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) if (line.trim()) onLine(line);
  });
}
