import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { createServer } from "node:net";
import path from "node:path";
import { buildProcesses, ROOT } from "./build-processes";

export const ACCOUNTS = ["first@desk.test", "second@desk.test"] as const;
type Part = "stack" | "app" | "relay";
/** What may be killed: a part, or the program a relay has started to hand one mail over. */
export type Victim = Part | "host";

export interface DeskProcesses {
  readonly apiUrl: string;
  readonly engineUrl: string;
  /** SIGKILL, and the part is started anew; false when there was nothing to kill. */
  kill(victim: Victim): Promise<boolean>;
  /** Whatever a part wrote to its standard error last, for a failed run */
  complaints(): string;
  close(): Promise<void>;
}

/** Starts a desk's processes on `folder`: database with engine, the app's functions, a relay with its Outlook host. */
export async function startDesk(folder: string, journal: string): Promise<DeskProcesses> {
  const files = await buildProcesses(folder);
  const [apiPort, enginePort, appPort, relayPort] = await Promise.all([
    freePort(),
    freePort(),
    freePort(),
    freePort(),
  ]);
  const engineUrl = `http://127.0.0.1:${enginePort}`;
  const apiUrl = `http://127.0.0.1:${apiPort}`;
  const env = {
    ...process.env,
    SUPABASE_URL: apiUrl,
    INNGEST_BASE_URL: engineUrl,
    INNGEST_DEV: "1",
    CONSOLE_URL: `http://127.0.0.1:${appPort}`,
    RELAY_URL: `http://127.0.0.1:${relayPort}`,
    OUTLOOK_HOST: files["recording-host"],
    CRASH_JOURNAL: journal,
    CRASH_ACCOUNTS: ACCOUNTS.join(","),
    LOG_LEVEL: "ERROR",
  };
  const argumentsOf: Record<Part, string[]> = {
    stack: [
      files["stack-process"],
      ...[path.join(folder, "postgres"), String(apiPort), String(enginePort)],
      ...[`${env.CONSOLE_URL}/api/inngest`, path.join(ROOT, "supabase/migrations")],
    ],
    app: [files["door-process"], "app", String(appPort)],
    relay: [files["door-process"], "relay", String(relayPort)],
  };
  let complaint = "";
  const start = async (part: Part): Promise<ChildProcess> => {
    const child = spawn(process.execPath, argumentsOf[part], {
      env,
      cwd: ROOT,
      stdio: ["ignore", "pipe", "pipe"],
    });
    child.stderr?.on("data", (chunk: Buffer) => {
      // A word about Node's version at each of three hundred starts is no complaint.
      if (!chunk.includes("deprecated")) complaint = `${complaint}${part}: ${chunk}`.slice(-4000);
    });
    await new Promise<void>((resolve, reject) => {
      child.stdout?.on("data", (chunk: Buffer) => chunk.toString().includes("ready") && resolve());
      child.once("exit", (code) =>
        reject(new Error(`${part} ended with ${code} while it started: ${complaint}`)),
      );
    });
    child.removeAllListeners("exit");
    return child;
  };
  const [stack, app, relay] = await Promise.all([start("stack"), start("app"), start("relay")]);
  const running: Record<Part, ChildProcess> = { stack, app, relay };
  return {
    apiUrl,
    engineUrl,
    complaints: () => complaint,
    kill: async (victim) => {
      if (victim === "host") return killHost(running.relay.pid ?? -1);
      await end(running[victim]);
      running[victim] = await start(victim);
      return true;
    },
    close: async () => {
      await Promise.all(Object.values(running).map(end));
    },
  };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGKILL");
  await gone;
}

/** Ends the host a relay is running just now, if it is. */
function killHost(relay: number): boolean {
  const rows = execFileSync("ps", ["-eo", "pid=,ppid="], { encoding: "utf8" }).trim().split("\n");
  for (const row of rows) {
    const [pid, parent] = row.trim().split(/\s+/).map(Number);
    if (parent !== relay || !pid) continue;
    try {
      process.kill(pid, "SIGKILL");
      return true;
    } catch (error) {
      // It ended by itself between being listed and being killed.
      if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
    }
  }
  return false;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}
