import type { Database } from "@/stack/postgres/database";
import { EngineAlreadyRunningError, messageOf } from "../errors";

// Any number will do, as long as every engine uses the same.
const LOCK_KEY = 7_201_138;
const HEARTBEAT_MS = 5_000;

/**
 * Makes this engine the only one on its database. An embedded database already has one owner process; on a native server a
 * transaction that stays open holds an advisory lock, which a killed process loses with its connection.
 * The result gives the lock back. @throws {EngineAlreadyRunningError}
 */
export async function takeOwnership(
  db: Database,
  onLost: (reason: string) => void,
): Promise<() => Promise<void>> {
  if (db.engine === "pglite") return async () => {};
  const release = new AbortController();
  let isOurs = false;
  let holding: Promise<void> = Promise.resolve();
  await new Promise<void>((resolve, reject) => {
    holding = db
      .transaction(async (tx) => {
        const rows = await tx.query<{ locked: boolean }>(
          "select pg_try_advisory_xact_lock($1::bigint) as locked",
          [LOCK_KEY],
        );
        if (!rows[0]?.locked) throw new EngineAlreadyRunningError();
        isOurs = true;
        resolve();
        while (!release.signal.aborted) {
          await pause(HEARTBEAT_MS, release.signal);
          await tx.query("select 1");
        }
      })
      .catch((error: unknown) => {
        if (!isOurs) reject(error instanceof Error ? error : new Error(String(error)));
        else if (!release.signal.aborted) onLost(messageOf(error));
      });
  });
  return async () => {
    release.abort();
    await holding;
  };
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
