import { Temporal } from "temporal-polyfill";

/** Month names, long and short, in English, German, French, Spanish, Italian, Dutch, Portuguese and Swedish. */
const MONTHS: readonly string[] = [
  "january jan januar janvier enero ene gennaio gen januari janeiro jänner janv",
  "february feb februar février fevrier fév févr febrero febbraio februari fevereiro fev",
  "march mar märz maerz mrz mars marzo maart mrt março marco",
  "april apr avril avr abril abr aprile",
  "may mai mayo maggio mag mei maio maj",
  "june jun juni juin junio giugno giu junho",
  "july jul juli juillet juil julio luglio lug julho",
  "august aug août aout agosto ago augustus augusti",
  "september sep sept septembre septiembre settembre set setembro",
  "october oct oktober okt octobre octubre ottobre ott outubro out",
  "november nov novembre noviembre novembro",
  "december dec dezember dez décembre decembre déc diciembre dic dicembre dezembro",
];

/** Weekday names in the same languages, Monday first (ISO 8601). */
const WEEKDAYS: readonly string[] = [
  "monday mon montag måndag lundi lunes lunedì lunedi maandag segunda segunda-feira",
  "tuesday tue tues dienstag tisdag mardi martes martedì martedi dinsdag terça terça-feira",
  "wednesday wed mittwoch onsdag mercredi miércoles miercoles mercoledì mercoledi woensdag quarta quarta-feira",
  "thursday thu thur thurs donnerstag torsdag jeudi jueves giovedì giovedi donderdag quinta quinta-feira",
  "friday fri freitag fredag vendredi viernes venerdì venerdi vrijdag sexta sexta-feira",
  "saturday sat samstag lördag samedi sábado sabado sabato zaterdag",
  "sunday sun sonntag söndag dimanche domingo domenica zondag",
];

const names = (lists: readonly string[]) =>
  new Map(lists.flatMap((list, at) => list.split(" ").map((name) => [name, at + 1])));
const MONTH_NUMBER = names(MONTHS);
const WEEKDAY_NUMBER = names(WEEKDAYS);
const alternatives = (map: Map<string, number>) =>
  [...map.keys()].sort((a, b) => b.length - a.length).join("|");

export const MONTH_PATTERN = alternatives(MONTH_NUMBER);
export const WEEKDAY_PATTERN = alternatives(WEEKDAY_NUMBER);

export function monthNumber(word: string): number | null {
  return MONTH_NUMBER.get(word.toLowerCase().replace(/\.$/, "")) ?? null;
}

/** 1 = Monday … 7 = Sunday. */
export function weekdayNumber(word: string): number | null {
  return WEEKDAY_NUMBER.get(word.toLowerCase().replace(/\.$/, "")) ?? null;
}

/** A calendar date, or null for one that does not exist (31 February). */
export function plainDate(year: number, month: number, day: number): Temporal.PlainDate | null {
  try {
    return Temporal.PlainDate.from({ year, month, day }, { overflow: "reject" });
  } catch {
    return null;
  }
}

/**
 * The year a date without one means: the nearest such date that is not over a month before `from`. "January 5"
 * in a mail of 20 December is next January; "March 2" in a mail of 4 March is two days ago, not next year.
 */
export function nearestYear(from: Temporal.PlainDate, month: number, day: number): Temporal.PlainDate | null {
  const candidates = [from.year, from.year + 1].map((year) => plainDate(year, month, day));
  const oldest = from.subtract({ days: 31 });
  return candidates.find((date) => date !== null && Temporal.PlainDate.compare(date, oldest) >= 0) ?? null;
}
