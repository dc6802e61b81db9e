import { type Chrono, de, en, es, fr, it, ja, nl, pt, sv } from "chrono-node";
import { Temporal } from "temporal-polyfill";
import {
  MONTH_PATTERN,
  monthNumber,
  nearestYear,
  plainDate,
  WEEKDAY_PATTERN,
  weekdayNumber,
} from "./calendar-words";
import { HOLIDAY_PATTERN, holidayDate } from "./holiday-words";
import type { Language } from "./mail-language";

/** What dates of a mail are counted from and how its numbers are ordered. */
export interface Calendar {
  today: Temporal.PlainDate;
  language: Language;
  /** Whether "3/9" is 3 September; null where nobody can tell. */
  dayFirst: boolean | null;
}

/** A day, or a span of days, a text states. */
export interface FoundDay {
  index: number;
  end: number;
  words: string;
  date: Temporal.PlainDate;
  /** The last day of a span; null for one day. */
  last: Temporal.PlainDate | null;
  /** "month" for a month without a day: `date` is its first. "weekday": counted from today. */
  grain: "day" | "month" | "weekday";
}

type Read = (match: RegExpExecArray, calendar: Calendar) => Pick<FoundDay, "date" | "last" | "grain"> | null;

/** Numbers that are never dates: rates, money, sizes, parcels, telephones, suites, hours of the day, "24/7". */
const NEVER = new RegExp(
  [
    String.raw`(?:\+?\d[ .-]?)?\(?\b\d{3}\)?[ .-]\d{3}[ .-]\d{4}\b`,
    String.raw`\b(?:suite|ste\.?|unit|apn|parcel|lot|loan|account|acct|po box|room|floor|ext\.?|zip|case|ticket|no\.|number)\s*#?:?\s*[\d][\d.\-/]*`,
    String.raw`[$€£]\s?\d[\d,.]*(?:\s?(?:m|mm|k|million|bn)(?![\p{L}]))?`,
    String.raw`\b\d[\d,.]*\s?(?:%|(?:percent|per cent|prozent|caps?|mm?|mil|million|k|thousand|acres?|ac|sf|psf|sq|square|feet|foot|ft|units?|doors?|keys?|beds?|stories|miles|bps|points|x)(?![\p{L}]))`,
    String.raw`\bcap(?: rate)?(?: of| at| is)?\s?\d[\d.]*%?`,
    String.raw`\b24\s?/\s?7\b|\b1031\b`,
    String.raw`\b\d{1,2}(?::\d\d)?\s?(?:am|pm|a\.m\.|p\.m\.|uhr|h|o'?clock)(?![\p{L}])`,
    String.raw`\b\d{1,2}:\d\d\b`,
    String.raw`\b\d{1,2} (?:to|-|–|until|till) \d{1,2}(?:\.\d+)?(?=\s*(?:[.,;!?)]|$))`,
    String.raw`\b\d{1,3}\.\d{1,3}\b(?!\.)(?!\.?\s*\d)`,
  ].join("|"),
  "giu",
);
/** In languages that write "11.09." a dotted pair may be a day; everywhere else it is a number. */
const NEVER_DOTTED = new RegExp(NEVER.source.slice(0, NEVER.source.lastIndexOf("|")), "giu");
const DOTTED: ReadonlySet<Language> = new Set(["de", "it", "nl", "pt", "es", "fr", "sv"]);

const YEAR = String.raw`(?:,?\s+(?:de\s+|del\s+)?|[-/. ])((?:20)?\d{2})(?![\d:])`;
const NTH = String.raw`(\d{1,2})(?:st|nd|rd|th|er|e|º|°|ª|\.)?`;
const LEAD = String.raw`(?:(?:${WEEKDAY_PATTERN})\.?,?\s+(?:the\s+|den\s+|le\s+|il\s+|el\s+)?)?`;
const NO_LETTER = String.raw`(?<![\p{L}\p{N}])`;
const TO = String.raw`\s*(?:-|–|—|\bto\b|\bthrough\b|\bthru\b|\buntil\b|\btill\b|\bbis(?: zum)?\b|\bau\b|\bal\b|\ba\b|\bao?\b|\baté\b|\btot(?: en met)?\b|\bt\/m\b|\btill(?: och med)?\b|\bal\b|〜|~|から)\s*(?:the\s+|el\s+|le\s+|il\s+|den\s+)?`;

const RULES: readonly (readonly [RegExp, Read])[] = [
  [
    /\b(20\d{2})-(\d{2})-(\d{2})\b/,
    (match) => day(plainDate(Number(match[1]), Number(match[2]), Number(match[3]))),
  ],
  [
    /(?:(20\d\d)年)?(\d{1,2})月(\d{1,2})日/,
    (match, { today }) => day(dated(today, Number(match[2]), Number(match[3]), match[1])),
  ],
  [
    new RegExp(
      String.raw`${NO_LETTER}${LEAD}${NTH}${TO}${LEAD}${NTH}\s*(?:of\s+|de\s+|-)?\s*(${MONTH_PATTERN})(?![\p{L}])\.?(?:${YEAR})?`,
      "iu",
    ),
    (match, { today }) => span(today, monthNumber(match[3] ?? ""), match[1], match[2], match[4]),
  ],
  [
    new RegExp(
      String.raw`${NO_LETTER}${LEAD}(${MONTH_PATTERN})\.?\s+${NTH}${TO}${NTH}(?![\d/:.])(?:,?\s+(20\d\d))?`,
      "iu",
    ),
    (match, { today }) => span(today, monthNumber(match[1] ?? ""), match[2], match[3], match[4]),
  ],
  [
    new RegExp(String.raw`${NO_LETTER}${LEAD}(${MONTH_PATTERN})\.?\s+${NTH}(?![\d:])(?:${YEAR})?`, "iu"),
    (match, { today }) => day(named(today, match[1], match[2], match[3])),
  ],
  [
    new RegExp(
      String.raw`(?<![\p{L}\d/])${LEAD}${NTH}\s*(?:of\s+|de\s+|-)?\s*(${MONTH_PATTERN})(?![\p{L}])\.?(?:${YEAR})?`,
      "iu",
    ),
    (match, { today }) => day(named(today, match[2], match[1], match[3])),
  ],
  [/(?<![\d/.$])(\d{1,2})([/.-])(\d{1,2})(?:\2((?:20)?\d{2}))?\.?(?![\d/%:])/, readNumbers],
  [
    new RegExp(
      String.raw`${NO_LETTER}(${WEEKDAY_PATTERN})\.?,?\s+(?:the|den|el|le|il|de|dia)\s+${NTH}(?![\p{L}\d])`,
      "iu",
    ),
    (match, { today }) => {
      const date = comingDay(today, Number(match[2]));
      return date && date.dayOfWeek === weekdayNumber(match[1] ?? "") ? day(date) : null;
    },
  ],
  [
    /\bthe (\d{1,2})(?:st|nd|rd|th)\b(?! (?:floor|street|st\b|ave|time|one|request|anniversary))/i,
    (match, { today }) => day(comingDay(today, Number(match[1]))),
  ],
  [
    /\bend of (?:the|this) month\b|\bmonth[- ]end\b|\bmonatsende\b|\bfin de mes\b|\bfin du mois\b|\bfine (?:del )?mese\b|\bfim do mês\b|\beind van de maand\b/i,
    (_, { today }) => day(today.with({ day: today.daysInMonth })),
  ],
  [
    new RegExp(
      String.raw`${NO_LETTER}(?:first|1st) week (?:of|in) (${MONTH_PATTERN})(?![\p{L}])(?:,?\s+(20\d\d))?`,
      "iu",
    ),
    (match, { today }) => {
      const first = monthStart(today, match[1], match[2]);
      return first && day(first.dayOfWeek <= 5 ? first : first.add({ days: 8 - first.dayOfWeek }));
    },
  ],
  [new RegExp(HOLIDAY_PATTERN, "i"), (match, { today }) => day(holidayDate(match[0], today))],
  [
    new RegExp(
      String.raw`(?<![\p{L}\p{N}.,])(${MONTH_PATTERN})(?![\p{L}])\.?(?:\s+(?:of\s+|de\s+|del\s+)?(20\d\d))?(?!\s*\d)`,
      "iu",
    ),
    (match, { today }) => {
      if (isNoMonth(match[1] ?? "", match[2])) return null;
      const date = monthStart(today, match[1], match[2]);
      return date && { date, last: null, grain: "month" };
    },
  ],
];

const CHRONO: Readonly<Record<Language, Chrono>> = {
  en: en.casual,
  de: de.casual,
  fr: fr.casual,
  es: es.casual,
  it: it.casual,
  pt: pt.casual,
  nl: nl.casual,
  sv: sv.casual,
  ja: ja.casual,
};

/**
 * Every day a text states, in its order. Calendar dates are read by rules of ours, which know whose order of day and month it
 * is, and never out of a rate, a price, a size or a telephone number; weekdays and counts of days and weeks by chrono-node in
 * the text's language. What is ambiguous ("06/04" of an unknown country, "next Friday" on a Monday) is not there.
 */
export function findDays(text: string, calendar: Calendar): FoundDay[] {
  if (!MAY_STATE.test(text)) return [];
  let rest = text.slice(0, 1_000).replace(DOTTED.has(calendar.language) ? NEVER_DOTTED : NEVER, blank);
  const found: FoundDay[] = [];
  for (const [pattern, read] of RULES) {
    for (let match = pattern.exec(rest); match && found.length < 20; match = pattern.exec(rest)) {
      const end = match.index + match[0].length;
      const date = read(match, calendar);
      if (date) found.push({ ...date, index: match.index, end, words: text.slice(match.index, end).trim() });
      rest = rest.slice(0, match.index) + "\ue000".repeat(match[0].length) + rest.slice(end);
    }
  }
  found.push(...countedDays(rest, text, calendar));
  return joinSpans(
    found.sort((a, b) => a.index - b.index),
    text,
  );
}

/** A digit, a month, a weekday, a holiday or a count: without any there is no day. */
const MAY_STATE = new RegExp(
  String.raw`\d|${NO_LETTER}(?:${MONTH_PATTERN}|${WEEKDAY_PATTERN})|${HOLIDAY_PATTERN}|month|mes\b|mois|mese|mês|maand|monat|week|woche|semaine|semana|settiman|veck|tomorrow|morgen|demain|mañana|domani|amanhã|[曜明来]`,
  "iu",
);

function countedDays(rest: string, text: string, { today, language }: Calendar): FoundDay[] {
  if (!MAY_COUNT.test(rest)) return [];
  const instant = new Date(`${today.toString()}T12:00:00Z`);
  const results = CHRONO[language].parse(rest, { instant, timezone: 0 }, { forwardDate: true });
  return results.flatMap((result): FoundDay[] => {
    const { start, text: words, index } = result;
    const written = text.slice(index, index + words.length);
    if (/\d{1,2}\s?[:.]\s?\d|\ue000/.test(words)) return [];
    const read = Temporal.PlainDate.from(start.date().toISOString().slice(0, 10));
    const at = { index, end: index + words.length, words: written, last: null };
    if (start.isCertain("weekday") && !start.isCertain("day")) {
      const weekday = weekdayIn(words) ?? read.dayOfWeek;
      const ahead = (weekday - today.dayOfWeek + 7) % 7 || 7;
      const isNext = NEXT.test(words) || NEXT.test(rest.slice(Math.max(0, index - 14), index));
      // "Next Friday", said on a Monday, is either of two.
      if (isNext && weekday > today.dayOfWeek) return [];
      return [{ ...at, date: today.add({ days: ahead }), grain: "weekday" }];
    }
    const counts = start.isCertain("day") && start.isCertain("month") && COUNTED.test(words);
    return counts ? [{ ...at, date: read, grain: "day" }] : [];
  });
}

/** Without one of these chrono-node, which tries dozens of patterns, has nothing to find. */
const MAY_COUNT = new RegExp(
  String.raw`${NO_LETTER}(?:(?:${WEEKDAY_PATTERN})(?![\p{L}])|in|en|dans|tra|fra|over|om|em|dentro|tomorrow|morgen|demain|mañana|domani|amanhã|imorgon)|[曜明来]`,
  "iu",
);
const NEXT =
  /\b(?:next|kommende[nr]?|nächste[nr]?|prochaine?|próxim[oa]|proximo|prossim[oa]|volgende|nästa|que vem)\b|来週/i;
/** A count of days or weeks that is stated, or tomorrow: "next week" is no day. */
const COUNTED =
  /\b(?:in|en|dans|tra|fra|over|om|em|dentro de)\s.*(?:day|week|tag|woche|jour|semaine|día|dia|semana|giorn|settiman|dag|we[ek]*k|veck)|\b(?:tomorrow|morgen|demain|mañana|domani|amanhã|imorgon|i morgon)\b|明日/i;

function weekdayIn(words: string): number | null {
  for (const word of words.toLowerCase().match(/[\p{L}-]+/gu) ?? []) {
    const number = weekdayNumber(word);
    if (number !== null) return number;
  }
  return null;
}

/** "from July 3 to July 10", "24/12 au 03/01": two days with nothing but a joint between them are one span. */
function joinSpans(days: FoundDay[], text: string): FoundDay[] {
  const joined: FoundDay[] = [];
  for (const one of days) {
    const before = joined.at(-1);
    const between = before ? text.slice(before.end, one.index) : "";
    const spans = before && !before.last && before.grain !== "month" && JOINT.test(between);
    if (spans && Temporal.PlainDate.compare(before.date, one.last ?? one.date) <= 0) {
      joined[joined.length - 1] = {
        ...before,
        end: one.end,
        last: one.last ?? one.date,
        words: text.slice(before.index, one.end).trim(),
      };
    } else joined.push(one);
  }
  return joined;
}

const JOINT =
  /^[\s,]*(?:-|–|—|\bto\b|\bthrough\b|\bthru\b|\buntil\b|\btill\b|\band(?: including)?\b|\bbis(?: (?:zum|einschließlich))?\b|\bau\b|\bal\b|\bhasta(?: el)?\b|\bfino al?\b|\ba\b|\bao?\b|\baté(?: o| ao| dia)?\b|\btot(?: en met)?\b|\bt\/m\b|\btill(?: och med)?\b|〜|~|から)[\s,]*(?:and including\s+|the\s+|le\s+|el\s+|il\s+|den\s+|dia\s+)?$/i;

function readNumbers(match: RegExpExecArray, { today, language, dayFirst }: Calendar): ReturnType<Read> {
  const [first, second] = [Number(match[1]), Number(match[3])];
  const [mark, year] = [match[2], match[4]];
  if (mark === "-" && year === undefined) return null;
  if (mark === "." && year === undefined && !DOTTED.has(language)) return null;
  const order = first > 12 ? true : second > 12 ? false : mark === "." && language === "en" ? null : dayFirst;
  if (order === null) return null;
  return day(dated(today, order ? second : first, order ? first : second, year));
}

const day = (date: Temporal.PlainDate | null): ReturnType<Read> => date && { date, last: null, grain: "day" };

function span(
  today: Temporal.PlainDate,
  month: number | null,
  from?: string,
  to?: string,
  year?: string,
): ReturnType<Read> {
  if (month === null) return null;
  const last = dated(today, month, Number(to), year);
  const first = last && plainDate(last.year, month, Number(from));
  return first && last && Number(from) < Number(to) ? { date: first, last, grain: "day" } : null;
}

function named(today: Temporal.PlainDate, month?: string, dayOfMonth?: string, year?: string) {
  const number = monthNumber(month ?? "");
  return number === null ? null : dated(today, number, Number(dayOfMonth), year);
}

function dated(
  today: Temporal.PlainDate,
  month: number,
  dayOfMonth: number,
  year?: string,
): Temporal.PlainDate | null {
  if (year === undefined) return nearestYear(today, month, dayOfMonth);
  return plainDate(Number(year) < 100 ? 2000 + Number(year) : Number(year), month, dayOfMonth);
}

function monthStart(today: Temporal.PlainDate, month?: string, year?: string): Temporal.PlainDate | null {
  const number = monthNumber(month ?? "");
  if (number === null) return null;
  if (year) return plainDate(Number(year), number, 1);
  const first = plainDate(today.year, number, 1);
  return first && (Temporal.PlainDate.compare(first, today) > 0 ? first : first.add({ years: 1 }));
}

/** The next day of this number, this month or the one after. */
function comingDay(today: Temporal.PlainDate, dayOfMonth: number): Temporal.PlainDate | null {
  for (const months of [0, 1, 2]) {
    const { year, month } = today.with({ day: 1 }).add({ months });
    const date = plainDate(year, month, dayOfMonth);
    if (date && Temporal.PlainDate.compare(date, today) > 0) return date;
  }
  return null;
}

/** Short forms that are also words ("may sell", "set", "mar") name a month only with a year or in full. */
function isNoMonth(word: string, year: string | undefined): boolean {
  if (year !== undefined) return false;
  return (
    word === "may" ||
    (word.length <= 4 && !/^(?:june|july|mars|maio|mayo|juin|août|mei|maj|mai|juni|juli)$/i.test(word))
  );
}

const blank = (match: string) => " ".repeat(match.length);
