import type { Database } from "@/stack/postgres/database";
import type { Core } from "../core";

/**
 * Takes over from an engine that stopped at any instant. No call of this process is in flight yet, so every job marked as running
 * is queued again with its attempt not used up; its old dispatch is fenced off by the next generation.
 */
export async function releaseInterrupted(db: Database): Promise<number> {
  const rows = await db.query(
    "update engine.job set state = 'queued', lease_until = null where state = 'running' returning id",
  );
  return rows.length;
}

/** Loads the paths waits are filed under. */
export async function loadWaitPaths(db: Database, waitPaths: Core["waitPaths"]): Promise<void> {
  const rows = await db.query<{ event_name: string; key_path: string }>(
    "select distinct event_name, key_path from engine.wait where kind in ('event', 'cancel')",
  );
  for (const { event_name, key_path } of rows)
    waitPaths.set(event_name, (waitPaths.get(event_name) ?? new Set()).add(key_path));
}
