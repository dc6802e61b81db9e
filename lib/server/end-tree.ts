import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";

/** taskkill itself can hang; nobody waits longer for it. */
const LONGEST_MS = 5000;

export interface EndTreeOptions {
  /** SIGTERM asks, SIGKILL forces; on Windows taskkill without and with `/F`. */
  readonly signal?: "SIGTERM" | "SIGKILL";
  readonly platform?: NodeJS.Platform;
}

/**
 * Ends a program and everything it started: on Windows its tree, elsewhere the process group it must lead (`detached`). The
 * signal is on its way when this returns, so it also works in an `exit` handler, where nothing can be awaited; the promise
 * resolves when Windows has walked the tree. A program that has ended by itself is no error.
 * @throws what the system says when it may not end the program (EPERM).
 */
export function endTree(
  pid: number,
  { signal = "SIGKILL", platform = process.platform }: EndTreeOptions = {},
): Promise<void> {
  if (platform === "win32") return runTaskkill(pid, signal);
  try {
    process.kill(-pid, signal);
  } catch (error) {
    // ESRCH: it ended by itself a moment ago.
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") return Promise.reject(error);
  }
  return Promise.resolve();
}

async function runTaskkill(pid: number, signal: "SIGTERM" | "SIGKILL"): Promise<void> {
  // In full: a `taskkill` lying in the working folder must not be the one that runs.
  const program = path.win32.join(process.env.SystemRoot ?? "C:\\Windows", "System32", "taskkill.exe");
  const forced = signal === "SIGKILL" ? ["/F"] : [];
  const taskkill = spawn(program, ["/PID", String(pid), "/T", ...forced], {
    windowsHide: true,
    stdio: "ignore",
    timeout: LONGEST_MS,
  });
  // It is missing, or the tree was gone before it came: there is nothing left to end.
  await once(taskkill, "exit").catch(() => undefined);
}
