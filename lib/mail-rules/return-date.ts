import { Temporal } from "temporal-polyfill";
import { cutText, quoteForWhy } from "@/lib/files/text-limits";
import { type Calendar, type FoundDay, findDays } from "./find-days";
import { languageOf, writesDayFirst } from "./mail-language";

/** When an absent person is back, as an automatic reply says it. */
export interface ReturnDate {
  /** Calendar date, "2026-03-09". */
  isoDate: string;
  /** "back_on": the first day there. "away_through": the last day away ("through Friday", "March 2 - 9"). */
  meaning: "back_on" | "away_through";
  /** The words it was read from. */
  words: string;
}

/** What the mail says about how its dates are to be read. */
export interface DateContext {
  contentLanguage?: string;
  /** Offset of its Date field, "-0500". */
  offset?: string;
}

const EDGE = String.raw`(?<![\p{L}\p{N}])`;
const END = String.raw`(?![\p{L}])`;
const cue = (words: string, flags = "iu") => new RegExp(`${EDGE}(?:${words})${END}`, flags);

/** Before or after a day: the first one there again. Nine languages. */
const BACK = cue(
  "return|returns|returning|returned|back|(?:be )?available again|available|resum(?:e|es|ing)|reachable again|reopen(?:s|ing)?|re-open(?:s|ing)?|open again|in (?:the )?office again|zurück|wieder|erreichbar|de retour|retour|reprend(?:s|rai|ra)?|rouvr\\w+|regres(?:o|aré|ando|a)|vuelvo|volveré|de vuelta|de nuevo|nuevamente|me (?:re)?incorpor\\w+|reincorpor\\w+|estaré disponible|al volver|rientr(?:o|erò|a)|torn(?:o|erò|a)|di ritorno|di nuovo|riapr\\w+|terug|weer|às? volta|retorn(?:o|arei|a)|volt(?:o|arei|a)|de regresso|novamente|tillbaka|åter|igen",
);
const UNTIL =
  /(?<![\p{L}])(?:until|till?|'til|bis(?: zum| zur| auf)?|jusqu['’]?(?:au|à|aux)?|hasta(?: el| al?)?|fino (?:al?|alla|ad)|tot(?: aan)?|até(?: o| ao?| dia)?|till|fram till)\s*(?:(?:and )?(?:about|around|approximately|circa|the|den|dem|el|le|il|o|on|dia|le)\s+)*(?:at (?:least|the earliest)\s+)?$/iu;
const THROUGH =
  /(?<![\p{L}])(?:through|thru|until and including|up to and including|bis (?:und mit|einschließlich|einschl\.?|inklusive)|jusqu['’]?(?:au|à) (?:inclus)|hasta (?:el )?(?:inclusive)|fino a(?:l)? (?:compreso)|tot en met|t\/m|até (?:inclusive)|till och med|t\.?o\.?m\.?)\s*(?:(?:the|den|el|le|il|o)\s+)*$/iu;
const INCLUDED =
  /^[\s,()]*(?:inclusive|included|einschließlich|inclus|incluido|compreso|incluso|inkluderad)/iu;
/** A day the absence begins with, or on which something else happens. */
const STARTS =
  /(?<![\p{L}])(?:from|starting|beginning|as of|effective|since|leaving|ab|seit|vom|von|à partir du|depuis|du|desde|a partir de|dal|a partire dal|vanaf|sinds|van|från|fr\.o\.m\.?|desde o?|a partir de)\s*(?:(?:the|den|dem|el|le|il|o|del|dia)\s+)*$/iu;
const AWAY = cue(
  "out|away|limited|absent|absence|leave|vacation|holidays?|ooo|pto|off|closed|travell?ing|unavailable|conference|abwesen\\w*|urlaub|nicht im|außer haus|absen\\w+|congés?|vacances|fermé|fermeture|fuera|ausen\\w+|vacaciones|cerrad\\w+|assen\\w+|fuori|ferie|chius\\w+|afwezig\\w*|vakantie|gesloten|ausênc\\w+|férias|fechad\\w+|frånvar\\w*|semester|ledig|föräldraledig|stängt",
);
/** "Office hours are Monday to Friday": no absence. */
const HOURS =
  /\b(?:office|business|opening|working|open) hours\b|\b(?:mon(?:day)?s?)\s?(?:to|through|thru|-|–)\s?(?:fri|thurs?)(?:day)?s?\b|\b(?:bürozeiten|öffnungszeiten|geschäftszeiten|horaires?|horario|orari[o]?|openingstijden|horário|öppettider)\b/i;
const TODAY =
  /\b(?:out|away|off|closed|unavailable|not in)\b[^.!?]{0,40}\b(?:today|this afternoon|for the day)\b(?! (?:and|through|until|till|-))/i;

/** No end that can be told: nobody is written to until a person has looked. */
const OPEN =
  /\b(?:until further notice|indefinite(?:ly)?|no return date|without a return date|bis auf weiteres|jusqu['’]à nouvel ordre|hasta nuevo aviso|sin fecha de (?:regreso|retorno)|fino a (?:nuovo|ulteriore) avviso|a tempo indeterminato|tot nader order|até (?:novo|segunda) aviso|sem (?:data|previsão) de (?:retorno|regresso)|tills vidare|for the foreseeable future|return(?:ing)? (?:date )?(?:is )?(?:unknown|not known|uncertain))\b/i;

/**
 * The return date in an out-of-office text, relative to the day the mail was written. "until" is taken as the day
 * of return (its common use), "through" and date spans as the last day away. Null when no date is stated, when the stated
 * ones contradict each other or can be read in two ways, and when one lies before the mail or more than a year after it.
 */
export function readReturnDate(
  text: string,
  writtenOn: string,
  context: DateContext = {},
): ReturnDate | null {
  const today = writtenDay(writtenOn);
  if (!today || OPEN.test(text)) return null;
  const flat = cutText(text, 3_000).replace(/\s+/g, " ");
  const language = languageOf(flat, context.contentLanguage);
  const dayFirst = writesDayFirst(language, context.contentLanguage ?? "", context.offset ?? "");
  const calendar: Calendar = { today, language, dayFirst };
  const sentences = splitSentences(flat).filter((sentence) => !HOURS.test(sentence));
  const stated = sentences.slice(0, 40).flatMap((sentence) => readSentence(sentence, calendar));
  const kept = stated.filter((one) => isPlausible(one.date, today));
  for (const rank of [1, 2, 3]) {
    const same = kept.filter((one) => one.rank === rank);
    const [first] = same;
    if (!first) continue;
    const away = kept.find((one) => one.rank > 1);
    if (rank === 1 && first.isWeekday && away && Temporal.PlainDate.compare(first.date, away.date) <= 0) {
      // "through September 11 and back Monday": the Monday after that.
      const days = (first.date.dayOfWeek - away.date.dayOfWeek + 7) % 7 || 7;
      first.date = away.date.add({ days });
    }
    if (same.some((one) => !one.date.equals(first.date))) return null;
    return { isoDate: first.date.toString(), meaning: first.meaning, words: quoteForWhy(first.words, 100) };
  }
  if (stated.length > 0) return null;
  const todayOnly = sentences.find((sentence) => TODAY.test(sentence));
  return todayOnly
    ? { isoDate: today.toString(), meaning: "away_through", words: quoteForWhy(todayOnly, 100) }
    : null;
}

interface Stated {
  date: Temporal.PlainDate;
  meaning: ReturnDate["meaning"];
  words: string;
  isWeekday: boolean;
  /** 1: "back on"; 2: a last day or a span; 3: "until". */
  rank: number;
}

function readSentence(sentence: string, calendar: Calendar): Stated[] {
  const days = findDays(sentence, calendar);
  return days.flatMap((day, at): Stated[] => {
    const before = sentence.slice(days[at - 1]?.end ?? 0, day.index);
    const after = sentence.slice(day.end, days[at + 1]?.index ?? sentence.length);
    const state = (rank: number, date: Temporal.PlainDate, meaning: Stated["meaning"]): Stated[] => [
      {
        rank,
        date,
        meaning,
        isWeekday: day.grain === "weekday",
        words: `${before.slice(-30)}${sentence.slice(day.index, day.end)}`.trim(),
      },
    ];
    if (day.last) return isAbsence(sentence) ? state(2, day.last, "away_through") : [];
    if (THROUGH.test(before) || INCLUDED.test(after) || isThroughEnd(before, day))
      return state(2, day.date, "away_through");
    if (/^\s*まで/.test(after)) return state(2, day.date, "away_through");
    if (/\bafter\s+(?:the\s+)?$/i.test(before)) return [];
    if (UNTIL.test(before)) return state(3, day.date, "back_on");
    if (isBackDay(before, after, days[at + 1])) return state(1, day.date, "back_on");
    return [];
  });
}

const isAbsence = (sentence: string) =>
  AWAY.test(sentence) || sentence.length < 60 || STARTS.test(sentence.slice(0, 12));

/** "until the end of the month" ends with its last day. */
function isThroughEnd(before: string, day: FoundDay): boolean {
  return (
    UNTIL.test(before.replace(/\b(?:the|zum|al)\s*$/i, "")) &&
    /end|fin|fine|fim|eind/i.test(day.words) &&
    /month|mes|mois|mese|mês|maand|monat/i.test(day.words)
  );
}

/** "back on March 9"; "from Monday, 16 March, I am back"; but not "leaving on Friday, back soon". */
function isBackDay(before: string, after: string, next: FoundDay | undefined): boolean {
  if (/から/.test(after) && /(?:出社|復帰|戻)/.test(after)) return true;
  const cues = [...before.matchAll(new RegExp(BACK.source, "giu"))];
  const last = cues.at(-1);
  if (
    last &&
    before.length - last.index - last[0].length <= 45 &&
    !AWAY.test(before.slice(last.index + last[0].length))
  )
    return true;
  const ahead = BACK.exec(after);
  if (!ahead || ahead.index > 45 || next) return false;
  return !AWAY.test(after.slice(0, ahead.index)) && !AWAY.test(before.slice(-40));
}

function splitSentences(text: string): string[] {
  return text.split(
    /(?<=[^\d\s.][.!?。])\s*(?=[\p{Lu}\p{Lo}¡¿])|(?<=\d[.!?])\s+(?=[\p{Lu}][\p{Ll}']*\s)(?!(?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)\b)/u,
  );
}

/**
 * First day after `isoDate` that is neither Saturday, Sunday nor in `closedDays` (ISO dates, such as federal
 * holidays). Returns `isoDate` unchanged when it is not a date.
 */
export function nextBusinessDayAfter(isoDate: string, closedDays: ReadonlySet<string> = new Set()): string {
  let day = writtenDay(isoDate);
  if (!day) return isoDate;
  for (let step = 0; step < 400; step += 1) {
    day = day.add({ days: 1 });
    if (day.dayOfWeek <= 5 && !closedDays.has(day.toString())) return day.toString();
  }
  return day.toString();
}

function writtenDay(iso: string): Temporal.PlainDate | null {
  try {
    return Temporal.PlainDate.from(iso.slice(0, 10));
  } catch {
    return null;
  }
}

function isPlausible(date: Temporal.PlainDate, writtenOn: Temporal.PlainDate): boolean {
  const days = writtenOn.until(date, { largestUnit: "days" }).days;
  return days >= 0 && days <= 366;
}
