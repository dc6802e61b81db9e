import { Temporal } from "temporal-polyfill";
import { cutText, quoteForWhy } from "@/lib/files/text-limits";
import { findDays } from "./find-days";

export interface PhoneFact {
  /** E.164 ("+13105550142") when it is a US or Canadian number or was written with a country code, else null. */
  e164: string | null;
  /** Extension digits, `""` when none. */
  extension: string;
  words: string;
}

export interface CallTimeFact {
  /** ISO 8601 instant, only when day, hour and zone are all stated; else null and a person reads the words. */
  at: string | null;
  words: string;
}

export interface ContactFacts {
  phones: PhoneFact[];
  callTimes: CallTimeFact[];
}

const US_PHONE =
  /(?<![\w.+-])(?:\+?1[ .-]?)?\(?([2-9]\d{2})\)?[ .-]{0,2}([2-9]\d{2})[ .-]?(\d{4})(?![\d-])(?:\s?,?\s?(?:x|ext\.?|extension)\s?(\d{1,6}))?/gi;
const WORLD_PHONE = /(?<![\w])\+(?!1[ .-]?\(?\d{3})(\d{1,3}[ .()-]{0,2}(?:\d[ .()-]{0,2}){6,12}\d)(?!\d)/g;

const ZONES: Readonly<Record<string, string>> = {
  e: "America/New_York",
  c: "America/Chicago",
  m: "America/Denver",
  p: "America/Los_Angeles",
};
const CLOCK =
  /\b(1[0-2]|[1-9])(?::([0-5]\d))?\s?([ap])\.?m\b\.?(?:\s?\(?(?:([ecmp])[sd]?t|(eastern|central|mountain|pacific))(?: time)?\b)?|\b(noon)\b(?:\s(?:([ecmp])[sd]?t|(eastern|central|mountain|pacific))\b)?/i;
const CALL =
  /\b(?:call|phone|ring|talk|speak|chat|meet|zoom|available|free|reach(?: me| out)?|give (?:me|us) a|works? (?:for me|better|best)?|discuss|connect|catch up)\b/i;
const WHEN =
  /\b(?:mon|tues|wednes|thurs|fri|satur|sun)day|tomorrow|today|this (?:afternoon|morning|week)|next week|after (?:noon|lunch|\d)|before \d|between \d|any ?time|(?:1[0-2]|[1-9])(?::\d\d)? ?[ap]\.?m\b|\bnoon\b/i;

/**
 * Telephone numbers and proposed call times in the stripped text of a reply. `writtenAt` is the mail's own date
 * (ISO 8601), which "tomorrow" and "Tuesday" are counted from. Call times keep the words; the instant is given
 * only when nothing about it is guessed.
 */
export function readContactFacts(visibleText: string, writtenAt: string | null): ContactFacts {
  const text = cutText(visibleText, 8_000);
  return { phones: readPhones(text), callTimes: readCallTimes(text, writtenAt) };
}

function readPhones(text: string): PhoneFact[] {
  const phones = new Map<string, PhoneFact>();
  for (const match of text.matchAll(US_PHONE)) {
    const e164 = `+1${match[1]}${match[2]}${match[3]}`;
    if (!phones.has(e164)) phones.set(e164, { e164, extension: match[4] ?? "", words: match[0].trim() });
  }
  for (const match of text.matchAll(WORLD_PHONE)) {
    const e164 = `+${(match[1] ?? "").replace(/\D/g, "")}`;
    if (!phones.has(e164)) phones.set(e164, { e164, extension: "", words: match[0].trim() });
  }
  return [...phones.values()].slice(0, 10);
}

function readCallTimes(text: string, writtenAt: string | null): CallTimeFact[] {
  const sentences = text.split(/(?<=[a-z\d)][.!?])\s+|\n+/).slice(0, 100);
  return sentences
    .map((sentence) => cutText(sentence, 600))
    .filter((sentence) => CALL.test(sentence) && WHEN.test(sentence))
    .slice(0, 5)
    .map((sentence) => ({ words: quoteForWhy(sentence, 160), at: readInstant(sentence, writtenAt) }));
}

function readCallDay(sentence: string, today: Temporal.PlainDate): Temporal.PlainDate | null {
  const found = findDays(sentence, { today, language: "en", dayFirst: false }).filter(
    (one) => one.grain !== "month",
  );
  if (found[0]) return found[0].date;
  return /\b(?:today|this (?:afternoon|morning|evening))\b/i.test(sentence) ? today : null;
}

/** The writer's "Tuesday" is counted in the zone they name; a clock time in the spring gap is not guessed. */
function readInstant(sentence: string, writtenAt: string | null): string | null {
  const clock = CLOCK.exec(sentence);
  const zone = ZONES[(clock?.[4] ?? clock?.[5] ?? clock?.[7] ?? clock?.[8] ?? "").slice(0, 1).toLowerCase()];
  if (!clock || !zone || !writtenAt || /\b(?:between|after|before|or)\b/i.test(sentence)) return null;
  try {
    const writtenOn = Temporal.Instant.from(writtenAt).toZonedDateTimeISO(zone).toPlainDate();
    const day = readCallDay(sentence, writtenOn);
    if (!day || Temporal.PlainDate.compare(day, writtenOn) < 0) return null;
    const hour = clock[6] ? 12 : (Number(clock[1]) % 12) + (clock[3]?.toLowerCase() === "p" ? 12 : 0);
    const local = day.toPlainDateTime(Temporal.PlainTime.from({ hour, minute: Number(clock[2] ?? 0) }));
    return local.toZonedDateTime(zone, { disambiguation: "reject" }).toInstant().toString();
  } catch {
    return null;
  }
}
