import assert from "node:assert/strict";
import type { Context } from "./context";
import type { AnyFunction, Kit } from "./kit";

/** A promise of the engine: functions that exercise it, and a check from outside. */
export interface Scenario {
  /** What the user is promised. */
  readonly name: string;
  readonly define: (kit: Kit) => AnyFunction | readonly AnyFunction[];
  readonly check: (context: Context) => Promise<void>;
  /** Takes a minute of real time, as cron does; left out of quick runs. */
  readonly slow?: boolean;
  /** Relies on the embedded engine's own behaviour. */
  readonly embeddedOnly?: boolean;
}

/** Waits for the event's run, and checks its status and what its function returned. */
export async function expectRun(
  context: Context,
  eventId: string,
  expected: { status?: string; returned?: unknown },
  nudge?: () => Promise<unknown>,
): Promise<string> {
  const run = await context.ended(eventId, nudge);
  assert.equal(run.status, expected.status ?? "Completed");
  if ("returned" in expected) assert.deepEqual(context.kit.returned(run.id), expected.returned);
  return run.id;
}
