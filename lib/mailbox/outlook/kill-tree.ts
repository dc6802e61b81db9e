import "server-only";
import path from "node:path";
import { execa, type ResultPromise } from "execa";

/**
 * Ends a program and everything it started, at once. On Windows `taskkill /T` walks the tree; elsewhere the program was
 * started as the leader of a process group of its own.
 */
export async function killTree(
  child: Pick<ResultPromise, "pid" | "kill">,
  platform: NodeJS.Platform = process.platform,
): Promise<void> {
  if (child.pid === undefined) return;
  if (platform === "win32") {
    const taskkill = path.win32.join(process.env.SystemRoot ?? "C:\\Windows", "System32", "taskkill.exe");
    await execa(taskkill, ["/PID", String(child.pid), "/T", "/F"], {
      reject: false,
      timeout: 5000,
      windowsHide: true,
    });
  } else {
    try {
      process.kill(-child.pid, "SIGKILL");
    } catch (error) {
      // ESRCH: it ended by itself a moment ago.
      if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
    }
  }
  child.kill("SIGKILL");
}
