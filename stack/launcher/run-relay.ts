import { readRole } from "@/lib/mailbox/relay/read-role";
import { ConfigError, type Env } from "@/lib/server/env";
import type { Stoppable } from "./child";
import { type Flags, StartError } from "./flags";
import { isTaken } from "./ports";
import { startConsole } from "./start-console";
import { waitForPort } from "./wait-for";

interface RelayProgram {
  readonly root: string;
  readonly flags: Flags;
  readonly env: Env;
  readonly source: NodeJS.ProcessEnv;
  readonly dataDir: string;
  readonly log: (line: string) => void;
  readonly children: Stoppable[];
  readonly stop: (code: number, why?: unknown) => Promise<void>;
}

/**
 * Starts the relay alone, on the PC whose mailboxes it sends from: no database, no engine, no page. It listens where
 * RELAY_PUBLIC_URL says it is reached, and answers signed requests only.
 * @throws {StartError} when its settings leave it unprotected or unreachable.
 */
export async function runRelay(program: RelayProgram): Promise<void> {
  const { flags, env, source, dataDir, log, children } = program;
  const { publicUrl, consoleUrl } = readRelay(env, source);
  const { hostname, port: told } = new URL(publicUrl);
  const port = told ? Number(told) : flags.port;
  const host = env.RELAY_LISTEN ?? hostname;
  if (await isTaken(port))
    throw new StartError(
      `Port ${port} of RELAY_PUBLIC_URL is taken by another program. Stop it, or name another.`,
    );
  const settings = {
    ...source,
    UPSTREAM_ROLE: "relay",
    UPSTREAM_DATA_DIR: dataDir,
    LOG_LEVEL: env.LOG_LEVEL,
  };
  const relay = startConsole({ root: program.root, port, host, settings, log, children });
  let ended = false;
  relay.process.on("exit", () => {
    ended = true;
  });
  await waitForPort(host, port, () => {
    if (ended)
      throw new StartError(
        `This computer cannot listen on ${host}:${port}. RELAY_PUBLIC_URL must name this computer; behind a proxy or a tunnel set RELAY_LISTEN to the address it forwards to.`,
      );
  });
  relay.process.on("exit", () => void program.stop(1, new StartError("The relay ended; its log is above.")));
  console.log(
    `\nThe relay is running. Ctrl-C stops it.\n\n  Reached at   ${publicUrl}\n  Reports to   ${consoleUrl}\n  Data         ${dataDir}\n`,
  );
}

function readRelay(env: Env, source: NodeJS.ProcessEnv) {
  try {
    if (!source.CONSOLE_URL)
      throw new ConfigError(["CONSOLE_URL is missing: the address at which this relay reaches its console"]);
    const role = readRole({ ...env, UPSTREAM_ROLE: "relay" });
    if (!role) throw new Error("a relay always has a role");
    return role;
  } catch (error) {
    if (error instanceof ConfigError) throw new StartError(error.message, 2);
    throw error;
  }
}
