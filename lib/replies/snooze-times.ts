import { Temporal } from "temporal-polyfill";

/** What "put off" offers besides a day. */
export const SNOOZES = ["tomorrow", "next_week"] as const;

/** When a mail that was put off is looked at again on its day. */
const MORNING = { hour: 8 };

/**
 * When a mail put off until "tomorrow", "next_week" (the coming Monday) or a day ("2026-12-01") comes back: at eight in the
 * morning of the desk's zone.
 * @throws {RangeError} when it is none of these.
 */
export function snoozeUntil(choice: string, now: Date, zone: string): Date {
  const today = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(zone).toPlainDate();
  const day =
    choice === "tomorrow"
      ? today.add({ days: 1 })
      : choice === "next_week"
        ? today.add({ days: 8 - today.dayOfWeek })
        : Temporal.PlainDate.from(choice);
  const morning = day.toZonedDateTime({ timeZone: zone, plainTime: MORNING });
  return new Date(morning.epochMilliseconds);
}

/** What "put off" offers now: the quick choices with their instants, and the first and last day of the calendar. */
export function listSnoozes(now: Date, zone: string) {
  const choices = [
    { choice: "tomorrow" as const, label: "Tomorrow" },
    { choice: "next_week" as const, label: "Next week" },
  ].map((one) => ({ ...one, at: snoozeUntil(one.choice, now, zone).toISOString() }));
  const today = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(zone).toPlainDate();
  return {
    zone,
    choices,
    firstDay: today.add({ days: 1 }).toString(),
    lastDay: today.add({ days: 360 }).toString(),
  };
}
