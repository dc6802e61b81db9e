import { once } from "node:events";
import net from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { StartError } from "./flags";

const LIMIT_MS = 90_000;

async function until(what: string, isThere: () => Promise<boolean>, check?: () => void): Promise<void> {
  const deadline = Date.now() + LIMIT_MS;
  while (!(await isThere().catch(() => false))) {
    check?.();
    if (Date.now() > deadline)
      throw new StartError(`${what} did not answer within ${LIMIT_MS / 1000} seconds.`);
    await pause(100);
  }
}

/** Waits until something listens there; `check` may give up by throwing. @throws {StartError} */
export function waitForPort(host: string, port: number, check: () => void): Promise<void> {
  return until(
    `${host}:${port}`,
    async () => {
      const socket = net.connect({ host, port });
      try {
        await once(socket, "connect", { signal: AbortSignal.timeout(1000) });
        return true;
      } finally {
        socket.destroy();
      }
    },
    check,
  );
}

/** Waits until the console answers its health endpoint. @throws {StartError} */
export function waitForConsole(consoleUrl: string): Promise<void> {
  return until(`The console at ${consoleUrl}`, async () => {
    const response = await fetch(`${consoleUrl}/api/health`, { signal: AbortSignal.timeout(5000) });
    return response.status < 500;
  });
}

/**
 * Waits until the engine knows the product's functions. The embedded engine asks the console by itself; another engine
 * is told by the same request its own tools make.
 * @throws {StartError}
 */
export async function waitForFunctions(
  engineUrl: string,
  consoleUrl: string,
  embedded: boolean,
): Promise<void> {
  await until(`The engine at ${engineUrl}`, async () => {
    if (!embedded) {
      const response = await fetch(`${consoleUrl}/api/inngest`, {
        method: "PUT",
        signal: AbortSignal.timeout(10_000),
      });
      return response.ok;
    }
    const response = await fetch(`${engineUrl}/v1/apps/upstream/functions`, {
      signal: AbortSignal.timeout(5000),
    });
    const { data } = (await response.json()) as { data?: unknown[] };
    return response.ok && (data?.length ?? 0) > 0;
  });
}
