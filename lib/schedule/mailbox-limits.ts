import { Temporal } from "temporal-polyfill";

/** A mailbox's daily limit and its warm-up, as `mailbox_daily_limit` computes with them. */
export interface MailboxLimits {
  readonly dailyLimit: number;
  /** ISO date in the desk's zone */
  readonly rampStartedOn: string | null;
  readonly rampStartPerDay: number | null;
  readonly rampStepPerDay: number | null;
}

/** The limits of a row of `mailboxes`. */
export function limitsOf(row: {
  readonly daily_limit: number;
  readonly ramp_started_on: string | null;
  readonly ramp_start_per_day: number | null;
  readonly ramp_step_per_day: number | null;
}): MailboxLimits {
  return {
    dailyLimit: row.daily_limit,
    rampStartedOn: row.ramp_started_on,
    rampStartPerDay: row.ramp_start_per_day,
    rampStepPerDay: row.ramp_step_per_day,
  };
}

/**
 * How many mails a mailbox may hand over in any 24 hours as of `at` (epoch milliseconds): its limit, or less while it
 * warms up. The same sum as the SQL function `mailbox_daily_limit`; a test holds the two together.
 * @param zone the desk's zone, whose days count.
 */
export function dailyLimitAt(limits: MailboxLimits, at: number, zone: string): number {
  const { dailyLimit, rampStartedOn, rampStartPerDay, rampStepPerDay } = limits;
  if (rampStartedOn === null || rampStartPerDay === null || rampStepPerDay === null) return dailyLimit;
  const today = dayOf(at, zone);
  const days = Math.max(0, Temporal.PlainDate.from(rampStartedOn).until(today, { largestUnit: "day" }).days);
  return Math.min(dailyLimit, rampStartPerDay + rampStepPerDay * days);
}

/** When the limit rises next, or null when it stays as it is. */
export function nextRiseAt(limits: MailboxLimits, at: number, zone: string): number | null {
  if (limits.rampStartedOn === null || !limits.rampStepPerDay) return null;
  if (dailyLimitAt(limits, at, zone) >= limits.dailyLimit) return null;
  const start = Temporal.PlainDate.from(limits.rampStartedOn);
  const today = dayOf(at, zone);
  const from = Temporal.PlainDate.compare(today, start) < 0 ? start : today;
  return from.add({ days: 1 }).toZonedDateTime(zone).epochMilliseconds;
}

function dayOf(at: number, zone: string): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate();
}
