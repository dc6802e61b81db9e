import { dailyLimitAt, type MailboxLimits, nextRiseAt } from "@/lib/schedule/mailbox-limits";

/** From `from` on (epoch milliseconds), `limit` mails in any 24 hours. */
export interface LimitStep {
  readonly from: number;
  readonly limit: number;
}

// A warm-up that is longer than this is planned with the limit it has reached by then: less than allowed, never more.
const LONGEST_WARM_UP_DAYS = 400;

/**
 * A mailbox's daily limit from `from` on, a step for each day its warm-up lets more through.
 * @param zone the desk's zone, whose days count.
 */
export function limitSteps(limits: MailboxLimits, from: number, zone: string): LimitStep[] {
  const steps: LimitStep[] = [{ from, limit: dailyLimitAt(limits, from, zone) }];
  for (let day = 0; day < LONGEST_WARM_UP_DAYS; day++) {
    const rise = nextRiseAt(limits, steps.at(-1)?.from ?? from, zone);
    if (rise === null) return steps;
    const limit = dailyLimitAt(limits, rise, zone);
    const last = steps.at(-1);
    if (last && last.limit === limit && last.from === rise) return steps;
    steps.push({ from: rise, limit });
  }
  return steps;
}
