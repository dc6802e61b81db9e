import type { GetStepTools } from "inngest";
import type { Checkpoint } from "@/lib/approvals/proposals";
import { type Decision, readDecision } from "@/lib/approvals/read-decision";
import type { inngest } from "./client";
import { approvalDecided } from "./events";

export type Step = GetStepTools<typeof inngest>;

/** How long to trust the event before the row is read again; the last one repeats. */
const TIMEOUTS = ["30s", "1m", "2m", "5m", "15m", "1h", "3h"] as const;

export function timeoutOf(round: number): string {
  return TIMEOUTS[Math.min(round, TIMEOUTS.length - 1)] ?? "3h";
}

/**
 * Pauses a run until its checkpoint is decided. The decision may have come before the run waits, or its event may be
 * lost: the row is read first and again after every time-out, so an event only makes it fast.
 * @param label makes the step ids of this wait unique within the run.
 */
export async function waitForDecision(
  step: Step,
  runKey: string,
  checkpoint: Checkpoint,
  label: string,
): Promise<Decision> {
  for (let round = 0; ; round++) {
    const decision = await step.run(`read ${checkpoint} decision ${label}.${round}`, () =>
      readDecision(runKey, checkpoint),
    );
    if (decision) return decision as Decision;
    await step.waitForEvent(`wait for ${checkpoint} decision ${label}.${round}`, {
      event: approvalDecided,
      if: `async.data.runKey == "${runKey}" && async.data.checkpoint == "${checkpoint}"`,
      timeout: timeoutOf(round),
    });
  }
}
