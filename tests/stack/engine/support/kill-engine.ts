import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";

/** Starts an engine process and resolves when it listens. */
export async function spawnEngine(folder: string, port: number, appUrl: string): Promise<ChildProcess> {
  const script = path.join(import.meta.dirname, "engine-process.ts");
  const child = spawn(process.execPath, ["--import", "tsx", script, folder, String(port), appUrl], {
    stdio: ["ignore", "pipe", "pipe"],
    cwd: path.resolve(import.meta.dirname, "../../../.."),
  });
  let complaint = "";
  child.stderr?.on("data", (chunk: Buffer) => {
    complaint += chunk.toString();
  });
  await new Promise<void>((resolve, reject) => {
    child.stdout?.on("data", (chunk: Buffer) => chunk.toString().includes("listening") && resolve());
    child.once("exit", (code) => reject(new Error(`the engine exited with ${code}: ${complaint}`)));
  });
  return child;
}

/** Ends a process the hard way and waits until it is gone. */
export async function kill(child: ChildProcess): Promise<void> {
  const gone = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGKILL");
  await gone;
}
