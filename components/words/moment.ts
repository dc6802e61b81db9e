const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

type DateParts = Record<"weekday" | "day" | "month" | "year" | "hour" | "minute" | "timeZoneName", string>;

/** The parts, put together by hand: Node's and the browser's own joining differ by release, and hydration sees it. */
function readParts(at: Date, zone: string): DateParts {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZoneName: "short",
  });
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
  return parts as DateParts;
}

/**
 * A moment in full with its zone named: `Tue 3 Nov 2026, 16:50 PST`.
 * @param zone an IANA name
 * @throws RangeError when the moment or the zone is none
 */
export function describeMoment(at: Date, zone: string): string {
  const { weekday, day, month, year, hour, minute, timeZoneName } = readParts(at, zone);
  return `${weekday} ${day} ${month} ${year}, ${hour}:${minute} ${timeZoneName}`;
}

/**
 * A moment as short as it can be said with its zone: `16:50 PST` today, else `Tue 3 Nov 16:50 PST`, with the year
 * where it is another.
 */
export function describeMomentShort(at: Date, zone: string, now: Date): string {
  const moment = readParts(at, zone);
  const today = readParts(now, zone);
  const clock = `${moment.hour}:${moment.minute} ${moment.timeZoneName}`;
  if (moment.year !== today.year) return `${moment.day} ${moment.month} ${moment.year} ${clock}`;
  if (moment.month === today.month && moment.day === today.day) return clock;
  return `${moment.weekday} ${moment.day} ${moment.month} ${clock}`;
}

/** How long ago or ahead: `just now`, `now`, `4 min ago`, `in 3 h`, `2 d ago`; beyond two weeks the day: `3 Nov`, `3 Nov 2025`. */
export function describeDistance(at: Date, zone: string, now: Date): string {
  const ms = at.getTime() - now.getTime();
  const size = Math.abs(ms);
  // The page's clock ticks each half minute, so what has just happened may lie ahead of it: "now" is right for both.
  if (size < 45_000) return ms > 0 ? "now" : "just now";
  if (size >= 14 * DAY) return describeDay(at, zone, now);
  const amount = amountOf(size);
  return ms < 0 ? `${amount} ago` : `in ${amount}`;
}

function amountOf(size: number): string {
  if (size < 59.5 * MINUTE) return `${Math.round(size / MINUTE)} min`;
  if (size < 23.5 * HOUR) return `${Math.round(size / HOUR)} h`;
  return `${Math.round(size / DAY)} d`;
}

function describeDay(at: Date, zone: string, now: Date): string {
  const { day, month, year } = readParts(at, zone);
  return year === readParts(now, zone).year ? `${day} ${month}` : `${day} ${month} ${year}`;
}
