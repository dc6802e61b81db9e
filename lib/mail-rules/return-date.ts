import { Temporal } from "temporal-polyfill";
import { cutText, quoteForWhy } from "@/lib/files/text-limits";
import { readDateWords } from "./date-words";

/** When an absent person is back, as an automatic reply says it. */
export interface ReturnDate {
  /** Calendar date, "2026-03-09". */
  isoDate: string;
  /** "back_on": the first day there. "away_through": the last day away ("through Friday", "March 2 - 9"). */
  meaning: "back_on" | "away_through";
  /** The words it was read from. */
  words: string;
}

const BACK =
  /\b(?:return(?:ing)?|back|be available|available again|resume|reachable again|zurück|erreichbar|wieder (?:da|im|für)|de retour|serai (?:de retour|disponible)|regres(?:o|aré|ando)|vuelvo|estaré de vuelta|de vuelta|rientr(?:o|erò)|torn(?:o|erò)|di ritorno|terug|ab dem|ab|às? volta|retorn(?:o|arei)|volt(?:o|arei))\b/i;
const UNTIL =
  /\b(?:until|till?|'til|bis(?: zum| einschließlich)?|jusqu['’]?(?:au|à)|hasta(?: el)?|fino al?|tot(?: en met)?|até)\b/i;
const THROUGH = /\b(?:through|thru|bis einschließlich|inclus|incluido|compreso|tot en met)\b/i;
const SPAN = /(?:\s[-–—]\s?|\s?[-–—]\s|[-–—]|\bto\b|\band\b|\bau\b|\bal\b|\bbis\b)\s*/i;

/**
 * The return date in an out-of-office text, relative to the day the mail was written. "until" is taken as the day
 * of return (its common use), "through" and date spans as the last day away. Null when no date is stated, or the
 * stated one lies before the mail or more than a year after it.
 */
export function readReturnDate(text: string, writtenOn: string): ReturnDate | null {
  const day = writtenDay(writtenOn);
  if (!day) return null;
  const flat = cutText(text, 3_000).replace(/\s+/g, " ");
  const sentences = flat.split(/(?<=[^\d][.!?])\s+(?=\p{Lu})/u).slice(0, 40);
  for (const [pattern, meaning] of [
    [THROUGH, "away_through"],
    [UNTIL, "back_on"],
    [BACK, "back_on"],
  ] as const) {
    for (const sentence of sentences) {
      const cue = pattern.exec(sentence);
      const read =
        cue && readDateWords(sentence.slice(cue.index + cue[0].length, cue.index + cue[0].length + 90), day);
      if (cue && read && isPlausible(read.date, day)) {
        const words = quoteForWhy(
          sentence.slice(cue.index, cue.index + cue[0].length + read.index + read.words.length),
          100,
        );
        return { isoDate: read.date.toString(), meaning, words };
      }
    }
  }
  return readSpan(sentences, day);
}

/** "out of the office March 2 - 9", "from 12/20 to 1/3": the second date, with the first one's month if it has none. */
function readSpan(sentences: string[], day: Temporal.PlainDate): ReturnDate | null {
  for (const sentence of sentences.filter((one) =>
    /out of|away|leave|vacation|holiday|travel|urlaub|absen|office/i.test(one),
  )) {
    const first = readDateWords(sentence, day);
    if (!first) continue;
    const rest = sentence.slice(first.index + first.words.length, first.index + first.words.length + 40);
    const joint = SPAN.exec(rest);
    if (!joint || joint.index > 2) continue;
    const after = rest.slice(joint.index + joint[0].length);
    const dayOnly = /^(\d{1,2})(?:st|nd|rd|th)?(?![\d/:.])/.exec(after);
    const second = dayOnly
      ? withDay(first.date, Number(dayOnly[1]))
      : (readDateWords(after, day)?.date ?? null);
    if (second && isPlausible(second, day)) {
      return { isoDate: second.toString(), meaning: "away_through", words: quoteForWhy(sentence, 100) };
    }
  }
  return null;
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

function withDay(date: Temporal.PlainDate, day: number): Temporal.PlainDate | null {
  return day >= 1 && day <= date.daysInMonth ? date.with({ day }) : null;
}

function isPlausible(date: Temporal.PlainDate, writtenOn: Temporal.PlainDate): boolean {
  const days = writtenOn.until(date, { largestUnit: "days" }).days;
  return days >= 0 && days <= 366;
}
