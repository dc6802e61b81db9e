import { Temporal } from "temporal-polyfill";

/** When mail may arrive: a daily window in the contact's own zone, on some weekdays, never on closed dates. */
export interface SendWindow {
  /** "09:00" */
  readonly start: string;
  /** "17:00"; exclusive */
  readonly end: string;
  /** ISO weekdays, 1 = Monday */
  readonly days: readonly number[];
  /** ISO dates, already including holidays */
  readonly closedDates: ReadonlySet<string>;
}

export interface OpenDay {
  readonly opensAt: number;
  readonly closesAt: number;
}

/**
 * The open days of one zone, computed once each and remembered: asking for an instant is then two comparisons.
 * Instants are epoch milliseconds. Daylight saving is the zone's own: a window of eight hours by the clock stays so.
 */
export class ZoneWindows {
  private readonly days: OpenDay[] = [];
  private nextDate: Temporal.PlainDate;
  /** Where the last answer was found: a schedule asks in ascending order, so the next is mostly there too */
  private near = 0;

  constructor(
    readonly zone: string,
    private readonly window: SendWindow,
    from: number,
  ) {
    this.nextDate = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(zone).toPlainDate();
  }

  /** The earliest instant at or after `at` inside the window. */
  nextOpen(at: number): number {
    const day = this.day(this.indexAt(at));
    return Math.max(at, day.opensAt);
  }

  /** Whether `at` is inside the window. */
  isOpen(at: number): boolean {
    return this.nextOpen(at) === at;
  }

  /** When the window opens `businessDays` open days after the one `at` falls in (0: the same day, or the next open one). */
  opensAfter(at: number, businessDays: number): number {
    return this.day(this.indexAt(at) + businessDays).opensAt;
  }

  /** Index of the first open day that has not closed at `at`. */
  private indexAt(at: number): number {
    const near = this.days[this.near];
    if (near && near.closesAt > at && (this.days[this.near - 1]?.closesAt ?? Number.NEGATIVE_INFINITY) <= at)
      return this.near;
    while (this.days.length === 0 || (this.days[this.days.length - 1] as OpenDay).closesAt <= at)
      this.append();
    let low = 0;
    let high = this.days.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.days[middle] as OpenDay).closesAt > at) high = middle;
      else low = middle + 1;
    }
    this.near = low;
    return low;
  }

  private day(index: number): OpenDay {
    while (this.days.length <= index) this.append();
    return this.days[index] as OpenDay;
  }

  private append(): void {
    // A year of closed days in a row means the window can never open; that is a setting to refuse, not to search on.
    for (let tries = 0; tries < 366; tries++) {
      const date = this.nextDate;
      this.nextDate = date.add({ days: 1 });
      if (!this.window.days.includes(date.dayOfWeek) || this.window.closedDates.has(date.toString()))
        continue;
      this.days.push({
        opensAt: instantOf(date, this.window.start, this.zone),
        closesAt: instantOf(date, this.window.end, this.zone),
      });
      return;
    }
    throw new RangeError("The send window never opens: no weekday is chosen, or every day is closed.");
  }
}

function instantOf(date: Temporal.PlainDate, time: string, zone: string): number {
  // "24:00" is the end of the day; Temporal knows it only as the next midnight.
  const [day, clock] = time.startsWith("24:") ? [date.add({ days: 1 }), "00:00"] : [date, time];
  return day
    .toPlainDateTime(Temporal.PlainTime.from(clock))
    .toZonedDateTime(zone, { disambiguation: "compatible" }).epochMilliseconds;
}
