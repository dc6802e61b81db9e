import { endTree } from "@/lib/server/end-tree";

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
      for (const one of started) void endTree(one).catch(() => {});
    });
  }
  started.add(pid);
  return () => started.delete(pid);
}
