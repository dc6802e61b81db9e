import { Temporal } from "temporal-polyfill";
import { cutText, quoteForWhy } from "@/lib/files/text-limits";
import { plainDate } from "./calendar-words";
import { type Calendar, findDays } from "./find-days";
import { languageOf, writesDayFirst } from "./mail-language";
import type { DateContext } from "./return-date";

/** When a person who says "not now" wants to hear from us again, with the words it was read from. */
export interface FollowUp {
  /** Calendar date, "2027-03-01": the first day of what they name, or the day after it ("after Q2"). */
  isoDate: string;
  words: string;
}

type Read = (match: RegExpExecArray, day: Temporal.PlainDate) => Temporal.PlainDate | null;

/** Words that ask for another try, or put one off: they make a time in their clause one to write again at. */
const LATER =
  /\b(?:again|back|later|not (?:now|yet|right now|at this time|looking|planning|ready|interested|before|until|till)|no plans|before|follow(?:ing)? up|touch base|reach(?: out| me| us)?|contact|call|e-?mail|write|ping|try|ask|remind|bug|knock|come (?:see|back)|revisit|reconsider|reconnect|regroup|circle|check|talk|discuss|consider|look at|maybe|perhaps|might|may|could|sell(?:ing)?|list(?:ing)?|go(?:ing)? to market|next|in (?:a|an|\w+) (?:few )?(?:days|weeks?|months?|quarters?|years?)|soonest|earliest|get (?:in touch|back)|hear from|speak|pick (?:this|it) up|wait|hold off|after)\b/i;
/** "Ask me then": the time is the one just named. */
const THEN =
  /\b(?:then|after that|at that (?:time|point)|thereafter|afterwards?|around then|that(?:['’]s| is) when)\b/i;
/** A lease, a loan, an estate has a term of its own; it is no time to write unless somebody says so. */
const OF_SOMETHING =
  /\b(?:leased|lease (?:is|runs|goes|ends|expires|term)|(?:loan|mortgage|debt|note|option) (?:is|runs|matures|comes|goes)|leases? (?:are|run|expire)|expires?|expiring|matures?|runs? (?:until|till|through|to)|due|fiscal|year[- ]end with|closing|closes?|spoken for|built|in escrow|term|is up|are up|out by|has to be)\b/i;
/** "When the lease is renewed" lies ahead; "we renewed it" does not. */
const PAST =
  /(?<!\b(?:is|are|be|gets?|get it|have it|once|when)\s)\b(?:sold|bought|purchased|acquired|since|back in (?:19|20)\d\d|owned|built|refinanced|renewed|closed|ago|last)\b/i;

const COUNT: Readonly<Record<string, number>> = {
  a: 1,
  an: 1,
  one: 1,
  two: 2,
  "a couple of": 2,
  "a couple": 2,
  three: 3,
  "a few": 3,
  few: 3,
  several: 3,
  four: 4,
  five: 5,
  six: 6,
  eight: 8,
  nine: 9,
  ten: 10,
  twelve: 12,
  eighteen: 18,
};
const ORDINALS = ["first", "second", "third", "fourth"];
const SEASON_START: Readonly<Record<string, number>> = {
  spring: 3,
  summer: 6,
  fall: 9,
  autumn: 9,
  winter: 12,
};
const YEAR = String.raw`(?:,?\s*(?:of\s+)?(20\d\d))?`;
const EDGE = String.raw`(?:(after|end of|the end of|late|early|beginning of|start of|mid|middle of)[\s-]+)?`;

const RULES: readonly (readonly [RegExp, Read])[] = [
  [
    /\bin (?:about |around |roughly |maybe |another )?(\d{1,2}|a couple of|a couple|a few|an?|one|two|three|few|several|four|five|six|eight|nine|ten|twelve|eighteen)(?: more)? (day|week|month|quarter|year)s?\b/i,
    (match, day) => later(day, COUNT[match[1]?.toLowerCase() ?? ""] ?? Number(match[1]), match[2] ?? ""),
  ],
  [/\b(?:six|6)[- ]months? from now\b/i, (_match, day) => day.add({ months: 6 })],
  [/\ba year from now\b/i, (_match, day) => day.add({ years: 1 })],
  [
    new RegExp(String.raw`\b${EDGE}(?:the )?(?:q([1-4])|(first|second|third|fourth) quarter)\b${YEAR}`, "i"),
    (match, day) => {
      const quarter = match[2] ? Number(match[2]) : ORDINALS.indexOf(match[3]?.toLowerCase() ?? "") + 1;
      return period(day, quarter * 3 - 2, 3, match[1], match[4]);
    },
  ],
  [
    new RegExp(String.raw`\b${EDGE}(?:the )?(spring|summer|fall|autumn|winter)\b${YEAR}`, "i"),
    (match, day) => period(day, SEASON_START[match[2]?.toLowerCase() ?? ""] ?? 3, 3, match[1], match[3]),
  ],
  [/\bnext (week|month|quarter)\b/i, (match, day) => startOfNext(day, match[1]?.toLowerCase() ?? "")],
  [
    /\b(?:(?:after|end of|by) (?:the )?(?:year(?:[- ]end)?|holidays|first of the year|new year)|year[- ]end|new year|next year|first of the year)\b/i,
    (_match, day) => plainDate(day.year + 1, 1, 5),
  ],
  [
    /\b(?:in|until|till|before|sometime in|early|late|after|by|of) (20\d\d)\b/i,
    (match) => plainDate(Number(match[1]) + (/^after/i.test(match[0]) ? 1 : 0), 1, 5),
  ],
];

/**
 * The time a "not now" names, counted from the day it was written; null when it names none between tomorrow and five
 * years on. A whole month, quarter or season is taken from its first day, "after" and "end of" from the day after it. A time is
 * taken only from a clause that asks for another try, or points back to it ("ask me then").
 */
export function readFollowUp(
  visibleText: string,
  writtenAt: string | null,
  context: DateContext = {},
): FollowUp | null {
  const today = startDay(writtenAt);
  if (!today) return null;
  const language = languageOf(visibleText, context.contentLanguage);
  const dayFirst = writesDayFirst(language, context.contentLanguage ?? "", context.offset ?? "");
  const calendar: Calendar = { today, language, dayFirst };
  const clauses = cutText(visibleText, 4_000)
    .split(/(?<=[a-z\d)][.!?])\s+|\n+/)
    .slice(0, 60)
    .flatMap((sentence) =>
      cutText(sentence, 500).split(/[,;]\s| and (?!a half)| but | so (?=ask|call|write|try|check)/i),
    )
    .filter((clause) => clause.trim() !== "");
  let named: FollowUp | null = null;
  for (const clause of clauses) {
    if (!MAY_NAME.test(clause) && !THEN.test(clause)) continue;
    if (PAST.test(clause)) continue;
    const found = readClause(clause, calendar);
    if (found && LATER.test(clause) && !isOfSomething(clause)) return found;
    if (named && THEN.test(clause)) return named;
    named = found ?? named;
  }
  return null;
}

/** Something a time can be made of. */
const MAY_NAME =
  /\d|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|\b(?:spring|summer|fall|autumn|winter|quarter|week|month|year|day|season|holiday|christmas|thanksgiving|easter|tax)s?\b/i;
const isOfSomething = (clause: string) => OF_SOMETHING.test(clause) && !ASKS.test(clause);
const ASKS =
  /\b(?:ask|call|write|try|check|ping|circle|touch|reach|contact|e-?mail|talk|revisit|reconnect|follow|come back|get back|consider|sell|knock|remind|speak|look at|discuss|maybe|perhaps)\b/i;

function readClause(clause: string, calendar: Calendar): FollowUp | null {
  const { today } = calendar;
  for (const [pattern, read] of RULES) {
    const match = pattern.exec(clause);
    const date = match && read(match, today);
    if (match && date && isAhead(date, today))
      return { isoDate: date.toString(), words: quoteForWhy(match[0], 80) };
  }
  return readDated(clause, calendar);
}

/** A day or month of the calendar ("after June 15", "3/1/2027", "late March"), never a bare weekday: that is a call time. */
function readDated(clause: string, calendar: Calendar): FollowUp | null {
  const { today } = calendar;
  const [found, ...others] = findDays(clause, calendar).filter((one) => one.grain !== "weekday");
  if (!found || others.some((one) => !one.date.equals(found.date)) || !/\d|month|[a-z]{3}/i.test(found.words))
    return null;
  const before = clause.slice(0, found.index);
  const edge = EDGE_BEFORE.exec(before)?.[1];
  const whole = found.last ?? found.date;
  const date =
    found.grain === "month"
      ? period(today, found.date.month, 1, edge, String(found.date.year))
      : /after|past/i.test(edge ?? "")
        ? whole.add({ days: 1 })
        : found.date;
  const isNear = found.grain === "day" && /\b(?:tomorrow|morgen|demain|mañana)\b/i.test(found.words);
  return date && !isNear && isAhead(date, today)
    ? { isoDate: date.toString(), words: quoteForWhy(`${edge ?? ""} ${found.words}`.trim(), 80) }
    : null;
}

const EDGE_BEFORE =
  /\b(after|past|end of|the end of|late|early|beginning of|start of|mid|middle of)[\s-]+(?:the\s+)?$/i;

/** A named part of a year: its start, its middle, or what comes after it; of the year that is next unless one is said. */
function period(
  day: Temporal.PlainDate,
  firstMonth: number,
  months: number,
  edge: string | undefined,
  year: string | undefined,
): Temporal.PlainDate | null {
  const words = edge?.toLowerCase() ?? "";
  const first = plainDate(year ? Number(year) : day.year, firstMonth, 1);
  if (!first) return null;
  const place = (start: Temporal.PlainDate) => {
    if (/after|end/.test(words)) return start.add({ months });
    if (/late/.test(words)) return start.add({ months }).subtract({ days: 10 });
    return /mid/.test(words) ? start.add({ months: months - 1, days: 14 }) : start;
  };
  const date = place(first);
  return year || isAhead(date, day) ? date : place(first.add({ years: 1 }));
}

function later(day: Temporal.PlainDate, count: number, unit: string): Temporal.PlainDate | null {
  if (!Number.isFinite(count)) return null;
  if (unit === "quarter") return day.add({ months: count * 3 });
  return day.add({ [`${unit}s`]: count });
}

function startOfNext(day: Temporal.PlainDate, unit: string): Temporal.PlainDate {
  if (unit === "week") return day.add({ days: 8 - day.dayOfWeek });
  const months = unit === "month" ? 1 : 3 - ((day.month - 1) % 3);
  return day.with({ day: 1 }).add({ months });
}

function isAhead(date: Temporal.PlainDate, day: Temporal.PlainDate): boolean {
  const days = day.until(date, { largestUnit: "days" }).days;
  return days >= 1 && days <= 5 * 366;
}

function startDay(writtenAt: string | null): Temporal.PlainDate | null {
  try {
    return Temporal.PlainDate.from((writtenAt ?? "").slice(0, 10));
  } catch {
    return null;
  }
}
