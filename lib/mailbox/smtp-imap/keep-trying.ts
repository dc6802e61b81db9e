import { setTimeout as wait } from "node:timers/promises";
import { MailboxError } from "../mailbox-error";

const PAUSES_MS = [300, 1200] as const;

/**
 * Does `work` up to three times while a server cannot be reached and nothing was handed over; a lost packet must not cost
 * a mail its minute. Any other failure is final here.
 */
export async function keepTrying<Result>(work: () => Promise<Result>): Promise<Result> {
  for (const pause of PAUSES_MS) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof MailboxError) || !error.certain || error.kind !== "unreachable") throw error;
      await wait(pause);
    }
  }
  return work();
}
