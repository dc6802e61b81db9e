import { spawn } from "node:child_process";

const started = new Set<number>();
let watching = false;

/**
 * Remembers a program that leads a process group of its own, so that it ends with this process.
 * @returns the way to forget it.
 */
export function guardTree(pid: number): () => void {
  if (!watching) {
    watching = true;
    process.on("exit", () => {
      for (const one of started) endTree(one, "SIGKILL");
    });
  }
  started.add(pid);
  return () => started.delete(pid);
}

/** Ends a program and everything it started: its process group, on Windows its tree. */
export function endTree(pid: number, signal: "SIGTERM" | "SIGKILL", platform = process.platform): void {
  if (platform === "win32") {
    const forced = signal === "SIGKILL" ? ["/F"] : [];
    const taskkill = spawn("taskkill", ["/pid", String(pid), "/T", ...forced], { windowsHide: true });
    // taskkill itself missing, or the tree gone before it came: there is nothing left to end.
    taskkill.on("error", () => {});
    return;
  }
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
