import { Temporal } from "temporal-polyfill";
import type { Until } from "./auto-limits";

/**
 * The moment a day and clock time mean in a zone; one the clocks skip is the next that exists.
 * @param zone an IANA name
 */
export function readUntil({ day, clock }: Until, zone: string): string {
  return Temporal.PlainDateTime.from(`${day}T${clock}`).toZonedDateTime(zone).toInstant().toString();
}

/** A moment as the day and clock time of a zone, to begin editing from. */
export function writeUntil(iso: string, zone: string): Until {
  const at = Temporal.Instant.from(new Date(iso).toISOString()).toZonedDateTimeISO(zone);
  return { day: at.toPlainDate().toString(), clock: at.toPlainTime().toString().slice(0, 5) };
}

/** The Friday whose 17:00 is still to come, in the desk's zone, as an ISO date. */
export function nextFriday(now: Date, zone: string): string {
  const here = Temporal.Instant.from(now.toISOString()).toZonedDateTimeISO(zone);
  const ahead = (5 - here.dayOfWeek + 7) % 7;
  const friday = here.add({ days: ahead === 0 && here.hour >= 17 ? 7 : ahead });
  return friday.toPlainDate().toString();
}
