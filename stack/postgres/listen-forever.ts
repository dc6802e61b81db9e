import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";

const RETRY_MS = 500;

/**
 * Listens on a connection of its own, and on a new one when that breaks (a server restart). What was notified in
 * between is lost, as NOTIFY is.
 * @returns stops listening.
 */
export async function listenForever(
  connectionString: string,
  channel: string,
  onPayload: (payload: string) => void,
): Promise<() => Promise<void>> {
  let stopped = false;
  let client = await connect();

  async function connect(): Promise<pg.Client> {
    const next = new pg.Client({ connectionString });
    next.on("error", () => {}); // "end" follows
    next.on("notification", (message) => {
      if (message.channel === channel) onPayload(message.payload ?? "");
    });
    await next.connect();
    await next.query(`listen ${next.escapeIdentifier(channel)}`);
    next.on("end", () => void reconnect());
    return next;
  }

  async function reconnect(): Promise<void> {
    while (!stopped) {
      await wait(RETRY_MS, undefined, { ref: false });
      try {
        client = await connect();
        return;
      } catch {
        // Still down; the next turn tries again.
      }
    }
  }

  return async () => {
    stopped = true;
    await client.end();
  };
}
