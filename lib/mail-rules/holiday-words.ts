import { Temporal } from "temporal-polyfill";

type Rule = (year: number) => Temporal.PlainDate;

/** The `nth` weekday (1 = Monday) of a month; -1 is the last. */
function nth(year: number, month: number, weekday: number, count: number): Temporal.PlainDate {
  const first = Temporal.PlainDate.from({ year, month, day: 1 });
  const date = first.add({ days: ((weekday - first.dayOfWeek + 7) % 7) + 7 * (count - 1) });
  if (count > 0) return date;
  const last = first.with({ day: first.daysInMonth });
  return last.subtract({ days: (last.dayOfWeek - weekday + 7) % 7 });
}

const fixed =
  (month: number, day: number): Rule =>
  (year) =>
    Temporal.PlainDate.from({ year, month, day });

/** Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher). */
function easter(year: number): Temporal.PlainDate {
  const [a, b, c] = [year % 19, Math.floor(year / 100), year % 100];
  const h = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const sum = h + l - 7 * m + 114;
  return Temporal.PlainDate.from({ year, month: Math.floor(sum / 31), day: (sum % 31) + 1 });
}

/** American holidays people count by, and the end of the tax season. */
const HOLIDAYS: readonly (readonly [string, Rule])[] = [
  ["labor day", (year) => nth(year, 9, 1, 1)],
  ["memorial day", (year) => nth(year, 5, 1, -1)],
  ["thanksgiving", (year) => nth(year, 11, 4, 4)],
  ["(?:the )?(?:4th|fourth) of july|independence day|july 4th", fixed(7, 4)],
  ["presidents['’]? day", (year) => nth(year, 2, 1, 3)],
  ["mlk day", (year) => nth(year, 1, 1, 3)],
  ["columbus day", (year) => nth(year, 10, 1, 2)],
  ["veterans['’]? day", fixed(11, 11)],
  ["christmas(?: day)?", fixed(12, 25)],
  ["new year['’]?s?(?: day)?", fixed(1, 1)],
  ["easter(?: sunday)?", easter],
  ["tax (?:season|day|time)", fixed(4, 15)],
];

export const HOLIDAY_PATTERN = String.raw`\b(?:${HOLIDAYS.map(([name]) => name).join("|")})\b(?! (?:eve|week|party))`;

/** The next day of this name after `today`. */
export function holidayDate(words: string, today: Temporal.PlainDate): Temporal.PlainDate | null {
  const rule = HOLIDAYS.find(([name]) => new RegExp(`^(?:${name})$`, "i").test(words.trim()))?.[1];
  if (!rule) return null;
  const date = rule(today.year);
  return Temporal.PlainDate.compare(date, today) >= 0 ? date : rule(today.year + 1);
}
