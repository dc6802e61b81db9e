import type { Temporal } from "temporal-polyfill";
import {
  MONTH_PATTERN,
  monthNumber,
  nearestYear,
  plainDate,
  WEEKDAY_PATTERN,
  weekdayNumber,
} from "./calendar-words";

/** A date found in a text, with the words it was read from. */
export interface DateWords {
  date: Temporal.PlainDate;
  words: string;
  /** Where the words begin in the text. */
  index: number;
}

const YEAR = String.raw`(?:,?\s+(?:de\s+)?|[-/. ])((?:20)?\d{2})(?![\d:])`;
const DAY = String.raw`(\d{1,2})(?:st|nd|rd|th|er|º|\.)?`;
const LEAD = String.raw`(?:(?:${WEEKDAY_PATTERN})\.?,?\s+(?:the\s+|den\s+|le\s+|il\s+)?)?`;

const ISO = /\b(20\d{2})-(\d{2})-(\d{2})\b/;
const MONTH_DAY = new RegExp(
  String.raw`(?<![\p{L}])${LEAD}(${MONTH_PATTERN})\.?\s+${DAY}(?![\d:])(?:${YEAR})?`,
  "iu",
);
const DAY_MONTH = new RegExp(
  String.raw`(?<![\p{L}\d/])${LEAD}${DAY}\s*(?:of\s+|de\s+|-)?\s*(${MONTH_PATTERN})(?![\p{L}])\.?(?:${YEAR})?`,
  "iu",
);
const SLASHED = /(?<![\d/.$])(\d{1,2})([/.-])(\d{1,2})(?:\2((?:20)?\d{2}))?(?![\d/%:])/;
const WEEKDAY = new RegExp(
  String.raw`(?<![\p{L}])(?:(this|next|coming|kommenden|nächsten|prochain)\s+)?(${WEEKDAY_PATTERN})(?![\p{L}])`,
  "iu",
);
const TOMORROW = /\b(tomorrow|morgen|demain|mañana|domani|amanhã)\b/i;
const TODAY = /\b(today|this (?:afternoon|morning|evening))\b/i;

/** The first date a text states, relative to the day it was written; null when it states none that exists. */
export function readDateWords(text: string, writtenOn: Temporal.PlainDate): DateWords | null {
  const sample = text.slice(0, 400);
  return (
    readIso(sample) ??
    readNamedMonth(sample, writtenOn) ??
    readSlashed(sample, writtenOn) ??
    readWeekday(sample, writtenOn)
  );
}

function readIso(text: string): DateWords | null {
  const match = ISO.exec(text);
  return match && found(match, plainDate(Number(match[1]), Number(match[2]), Number(match[3])));
}

function readNamedMonth(text: string, writtenOn: Temporal.PlainDate): DateWords | null {
  const monthFirst = MONTH_DAY.exec(text);
  const dayFirst = DAY_MONTH.exec(text);
  const useDayFirst = dayFirst && (!monthFirst || dayFirst.index < monthFirst.index);
  const match = useDayFirst ? dayFirst : monthFirst;
  if (!match) return null;
  const month = monthNumber((useDayFirst ? match[2] : match[1]) ?? "");
  const day = Number(useDayFirst ? match[1] : match[2]);
  return month === null ? null : found(match, dated(writtenOn, month, day, match[3]));
}

/** "3/9" is 9 March to the American senders this desk writes to; dots, and a first number over 12, mean day first. */
function readSlashed(text: string, writtenOn: Temporal.PlainDate): DateWords | null {
  const match = SLASHED.exec(text);
  if (!match) return null;
  const [first, second] = [Number(match[1]), Number(match[3])];
  if (match[2] !== "/" && match[4] === undefined && match[2] !== ".") return null;
  const dayFirst = match[2] === "." || first > 12;
  return found(match, dated(writtenOn, dayFirst ? second : first, dayFirst ? first : second, match[4]));
}

function readWeekday(text: string, writtenOn: Temporal.PlainDate): DateWords | null {
  const tomorrow = TOMORROW.exec(text);
  if (tomorrow) return found(tomorrow, writtenOn.add({ days: 1 }));
  const match = WEEKDAY.exec(text);
  const weekday = weekdayNumber(match?.[2] ?? "");
  if (!match || weekday === null || /^(?:mar|out|set|sat|sun)$/.test(match[2] ?? "")) {
    const today = TODAY.exec(text);
    return today && found(today, writtenOn);
  }
  const ahead = (weekday - writtenOn.dayOfWeek + 7) % 7 || 7;
  return found(match, writtenOn.add({ days: ahead }));
}

function dated(
  writtenOn: Temporal.PlainDate,
  month: number,
  day: number,
  year: string | undefined,
): Temporal.PlainDate | null {
  if (year === undefined) return nearestYear(writtenOn, month, day);
  return plainDate(Number(year) < 100 ? 2000 + Number(year) : Number(year), month, day);
}

function found(match: RegExpExecArray, date: Temporal.PlainDate | null): DateWords | null {
  return date && { date, words: match[0].trim(), index: match.index };
}
