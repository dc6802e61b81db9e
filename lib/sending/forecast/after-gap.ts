import { Temporal } from "temporal-polyfill";
import type { SendWindow } from "@/lib/schedule/send-window";

/**
 * The opening of the `gap`-th open day after `from` (epoch milliseconds), or `from` itself for no gap: how far a follow-up
 * keeps from the mail before it as that one really left. The same as the SQL function `after_gap`.
 */
export function afterGap(from: number, gap: number, zone: string, window: SendWindow): number {
  if (gap <= 0) return from;
  let day = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(zone).toPlainDate();
  let left = gap;
  for (let tries = 0; tries < 366 && left > 0; tries++) {
    day = day.add({ days: 1 });
    if (window.days.includes(day.dayOfWeek) && !window.closedDates.has(day.toString())) left--;
  }
  return day.toZonedDateTime({ timeZone: zone, plainTime: window.start }).epochMilliseconds;
}
