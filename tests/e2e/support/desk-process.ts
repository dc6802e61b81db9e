import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";

const START_MS = 240_000;

export interface DeskProcess {
  readonly process: ChildProcess;
  /** Where the stand-in phone is. */
  readonly phoneUrl: string;
  /** Ctrl-C, and wait. */
  stop(): Promise<void>;
  /** SIGKILL to every process of the desk at one instant. */
  killTree(): Promise<void>;
}

export interface DeskPorts {
  readonly port: number;
  readonly apiPort: number;
  readonly enginePort: number;
}

/** Starts a demo desk exactly as `npm start -- --demo` does, and waits until it says that it runs. */
export async function startDeskProcess(
  data: string,
  { port, apiPort, enginePort }: DeskPorts,
  admin: { email: string; password: string },
): Promise<DeskProcess> {
  const desk = spawn(
    process.execPath,
    [
      ...["stack/start.mjs", "--demo", "--data", data, "--port", String(port), "--api-port", String(apiPort)],
      ...["--engine-port", String(enginePort), "--log-level", "WARNING"],
    ],
    {
      stdio: ["ignore", "pipe", "inherit"],
      env: {
        ...process.env,
        SUPABASE_URL: "",
        UPSTREAM_ADMIN_EMAIL: admin.email,
        UPSTREAM_ADMIN_PASSWORD: admin.password,
        COSTAR_REQUESTS_PER_MINUTE: "570",
      },
    },
  );
  const phoneUrl = await readPhoneUrl(desk);
  const ended = once(desk, "exit");
  return {
    process: desk,
    phoneUrl,
    stop: async () => {
      desk.kill("SIGTERM");
      await ended;
    },
    killTree: async () => {
      for (const pid of descendantsOf(desk.pid ?? -1)) kill(pid);
      await ended;
    },
  };
}

function readPhoneUrl(desk: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`The desk did not start within ${START_MS / 1000} s.`)),
      START_MS,
    );
    desk.once("exit", (code) => reject(new Error(`The desk ended while starting (${code}).`)));
    let printed = "";
    desk.stdout?.setEncoding("utf8");
    desk.stdout?.on("data", (text: string) => {
      printed += text;
      const phone = /Phone for the CoStar sign-in: (\S+)/.exec(printed)?.[1];
      if (!phone || !/Open (?:this link|http)/.test(printed)) return;
      clearTimeout(timer);
      resolve(phone);
    });
  });
}

function descendantsOf(root: number): number[] {
  const rows = execFileSync("ps", ["-eo", "pid=,ppid="], { encoding: "utf8" })
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number));
  const found = [root];
  for (const parent of found) for (const [pid, ppid] of rows) if (ppid === parent && pid) found.push(pid);
  return found;
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    // It ended by itself between being listed and being killed.
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
