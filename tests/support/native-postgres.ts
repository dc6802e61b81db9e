import { type ChildProcess, execFile, execFileSync, spawn } from "node:child_process";
import fs from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import pg from "pg";

/** No `initdb` or `postgres` program was found on this machine. */
class NativePostgresMissingError extends Error {
  constructor(readonly lookedIn: readonly string[]) {
    super(
      `No native Postgres server was found (looked in ${lookedIn.join(", ") || "PATH"}). ` +
        "Install the package `postgresql` (Debian/Ubuntu: apt-get install postgresql; macOS: brew install postgresql).",
    );
    this.name = "NativePostgresMissingError";
  }
}

export interface NativePostgres {
  /** Connection string of the `postgres` database, as a superuser. */
  readonly url: string;
  /** Creates an empty database and returns its connection string. */
  createDatabase(name?: string): Promise<string>;
  /** Stops the server and removes its folder. */
  stop(): Promise<void>;
}

// Postgres refuses to run as root; 65534 is the user "nobody" on every Unix.
const UNPRIVILEGED = { uid: 65534, gid: 65534 };
const isRoot = process.getuid?.() === 0;

/**
 * Starts a throw-away Postgres server on a free port of 127.0.0.1, in a folder of its own under the temp folder.
 * It trades durability (no fsync) for speed: for tests only.
 * @throws {NativePostgresMissingError} when the machine has no server programs.
 */
export async function startNativePostgres(): Promise<NativePostgres> {
  const bin = findServerPrograms();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "upstream-postgres-"));
  const data = path.join(folder, "data");
  const owner = isRoot ? UNPRIVILEGED : {};
  if (isRoot) fs.chownSync(folder, UNPRIVILEGED.uid, UNPRIVILEGED.gid);
  const remove = () => fs.rmSync(folder, { recursive: true, force: true });
  try {
    const initdb = ["-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"];
    await promisify(execFile)(path.join(bin, "initdb"), initdb, { ...owner, cwd: folder });
    const port = await findFreePort();
    const server = spawn(path.join(bin, "postgres"), serverArguments(data, port), {
      ...owner,
      cwd: folder,
      stdio: ["ignore", "ignore", "pipe"],
    });
    // A killed test run must not leave the server behind.
    const stopNow = () => server.kill("SIGQUIT");
    process.once("exit", stopNow);
    const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
    await waitUntilReady(server, url);
    return {
      url,
      createDatabase: (name) => createDatabase(url, name),
      stop: async () => {
        process.off("exit", stopNow);
        await stopServer(server);
        remove();
      },
    };
  } catch (error) {
    remove();
    throw error;
  }
}

function findServerPrograms(): string {
  const debian = "/usr/lib/postgresql";
  const versions = fs.existsSync(debian)
    ? fs.readdirSync(debian).sort((a, b) => Number(b) - Number(a)) // newest first
    : [];
  const folders = [
    ...versions.map((version) => path.join(debian, version, "bin")),
    ...askPgConfig(),
    ...(process.env.PATH ?? "").split(path.delimiter).filter(Boolean),
  ];
  const found = folders.find((folder) =>
    ["initdb", "postgres"].every((program) => fs.existsSync(path.join(folder, program))),
  );
  if (!found) throw new NativePostgresMissingError(folders);
  return found;
}

function askPgConfig(): string[] {
  try {
    return [execFileSync("pg_config", ["--bindir"], { encoding: "utf8", stdio: "pipe" }).trim()];
  } catch {
    return []; // pg_config belongs to the development package and is often absent
  }
}

function serverArguments(data: string, port: number): string[] {
  const settings = {
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    port,
    fsync: "off",
    synchronous_commit: "off",
    full_page_writes: "off",
    max_connections: 120,
    shared_buffers: "32MB",
    log_min_messages: "fatal",
  };
  return ["-D", data, ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`])];
}

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      const port = typeof address === "object" && address ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}

async function waitUntilReady(server: ChildProcess, url: string): Promise<void> {
  let complaint = "";
  server.stderr?.on("data", (chunk) => {
    complaint = `${complaint}${chunk}`.slice(-2000);
  });
  const deadline = Date.now() + 30_000;
  for (;;) {
    if (server.exitCode !== null) throw new Error(`postgres did not start: ${complaint}`);
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      await client.end().catch(() => {});
      if (Date.now() > deadline) throw new Error("postgres did not answer within 30 s", { cause: error });
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

async function createDatabase(url: string, name?: string): Promise<string> {
  const database = name ?? `test_${Date.now()}_${Math.random().toString(36).slice(2, 8)}`;
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(`create database ${client.escapeIdentifier(database)}`);
  } finally {
    await client.end();
  }
  const target = new URL(url);
  target.pathname = `/${encodeURIComponent(database)}`;
  return target.href;
}

async function stopServer(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const gone = new Promise<void>((resolve) => server.once("exit", () => resolve()));
  server.kill("SIGINT"); // "fast shutdown": disconnects clients, then stops
  await gone;
}
