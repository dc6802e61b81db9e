import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import type { Child } from "./child";

export interface KeepRunning<Ready> {
  /** Starts the process; called again after each loss. */
  readonly start: () => Child;
  /** Waits until a started process answers. @throws {Error} when it does not. */
  readonly waitForReady: (child: Child) => Promise<Ready>;
  /** One line for the operator. */
  readonly say: (line: string) => void;
  /** Called when it is given up on. */
  readonly onLost: () => void;
  /** A process that sends nothing for this long is hung, ms. */
  readonly hungAfterMs?: number;
  /** Pause before the first restart, ms; it doubles with each that follows soon after. */
  readonly firstPauseMs?: number;
}

export interface KeptRunning<Ready> {
  /** What the first start answered. */
  readonly ready: Ready;
  stop(): Promise<void>;
}

/** Longer than any statement of the product, and than reading a large folder for a backup. */
const HUNG_AFTER_MS = 30_000;
const START_LIMIT_MS = 180_000;
const FIRST_PAUSE_MS = 250;
const MAX_PAUSE_MS = 10_000;
/** So many losses in a row, each within the calm time of the last start, are no accident. */
const MAX_RESTARTS = 6;
const CALM_MS = 120_000;

/**
 * Keeps a process running that sends a message now and then: one that died or hangs is ended and started again, with
 * growing pauses, and given up on when it never stays up.
 * @throws {Error} when the first start does not come up.
 */
export async function keepRunning<Ready>(options: KeepRunning<Ready>): Promise<KeptRunning<Ready>> {
  const { start, waitForReady, say, onLost } = options;
  let stopping = false;
  let child = start();
  const ready = await waitForReady(child);

  const follow = async (): Promise<void> => {
    let losses = 0;
    for (let startedAt = Date.now(); ; startedAt = Date.now()) {
      const why = await waitForLoss(child, options.hungAfterMs ?? HUNG_AFTER_MS);
      if (stopping) return;
      losses = Date.now() - startedAt > CALM_MS ? 1 : losses + 1;
      if (!(await bringBack(why, losses))) break;
    }
    if (!stopping) onLost();
  };

  /** False when it is not to be started again. */
  const bringBack = async (why: string, losses: number): Promise<boolean> => {
    if (losses > MAX_RESTARTS) {
      say(`The stack server ${why} for the ${losses}th time in a row; it is not started again.`);
      return false;
    }
    say(`The stack server ${why}; starting it again. Nothing stored is lost.`);
    await pause(Math.min((options.firstPauseMs ?? FIRST_PAUSE_MS) * 2 ** (losses - 1), MAX_PAUSE_MS));
    if (stopping) return false;
    child = start();
    const limit = setTimeout(() => child.process.kill("SIGKILL"), START_LIMIT_MS);
    await waitForReady(child).then(
      () => say("The stack server is back."),
      (error: unknown) => {
        // The next loss tells of it; a process that did not come up must not stay either.
        say(`The stack server did not come up: ${error instanceof Error ? error.message : String(error)}`);
        child.process.kill("SIGKILL");
      },
    );
    clearTimeout(limit);
    return true;
  };

  const following = follow();
  return {
    ready,
    stop: async () => {
      stopping = true;
      await child.stop();
      await following;
    },
  };
}

/** Resolves when the process is gone, with how. One that hangs is ended first. */
async function waitForLoss({ process: child }: Child, hungAfterMs: number): Promise<string> {
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  const exit = hasEnded() ? Promise.resolve() : once(child, "exit");
  let isHung = false;
  let heardAt = Date.now();
  let lookedAt = Date.now();
  const hear = () => {
    heardAt = Date.now();
  };
  child.on("message", hear);
  const timer = setInterval(() => {
    const now = Date.now();
    // We were not running ourselves (a lid was closed): the silence says nothing about the other.
    if (now - lookedAt > hungAfterMs / 2) heardAt = now;
    lookedAt = now;
    if (now - heardAt < hungAfterMs || isHung) return;
    isHung = true;
    child.kill("SIGKILL");
  }, hungAfterMs / 10);
  await exit;
  clearInterval(timer);
  child.off("message", hear);
  if (isHung) return `has not answered for ${Math.round(hungAfterMs / 1000)} s`;
  return `ended by itself (${child.signalCode ?? child.exitCode})`;
}
