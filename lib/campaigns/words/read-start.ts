import { Temporal } from "temporal-polyfill";
import { type ReadPart, spansOf } from "./read-part";

const WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
const START = new RegExp(
  String.raw`\b(?:start|begin|from|not before|wait until)\w*\s+(?:on\s+)?(\d{4}-\d{2}-\d{2}|today|now|at once|immediately|tomorrow|next week|in (?:a|\d{1,2}) (?:day|week)s?|(?:next )?(?:${WEEKDAYS.join("|")}))\b`,
);

/** "start next Tuesday", "not before 2026-12-15": the ISO date of the first mail. @param today ISO date. */
export function readStart(text: string, today: string): ReadPart<string> | null {
  const found = START.exec(text);
  const value = found?.[1] ? readDay(found[1], Temporal.PlainDate.from(today)) : null;
  if (!found || !value) return null;
  return { value, understood: [`starts on ${value}`], spans: spansOf([found]) };
}

function readDay(wanted: string, today: Temporal.PlainDate): string | null {
  if (/^\d/.test(wanted)) return isDate(wanted) ? wanted : null;
  if (/^(today|now|at once|immediately)$/.test(wanted)) return today.toString();
  if (wanted === "tomorrow") return today.add({ days: 1 }).toString();
  if (wanted === "next week") return today.add({ days: 8 - today.dayOfWeek }).toString();
  const later = /^in (a|\d+) (day|week)/.exec(wanted);
  if (later) {
    const count = later[1] === "a" ? 1 : Number(later[1]);
    return today.add(later[2] === "day" ? { days: count } : { weeks: count }).toString();
  }
  const isNext = wanted.startsWith("next ");
  const weekday = WEEKDAYS.indexOf(wanted.replace("next ", "")) + 1;
  const ahead = (weekday - today.dayOfWeek + 7) % 7 || 7;
  // "next Tuesday", said on a Monday, is the one a week later; "Tuesday" is the coming one.
  const extra = isNext && ahead + today.dayOfWeek <= 7 ? 7 : 0;
  return today.add({ days: ahead + extra }).toString();
}

function isDate(text: string): boolean {
  try {
    Temporal.PlainDate.from(text);
    return true;
  } catch {
    // Looks like a date but is none (2026-02-31): then nothing was understood.
    return false;
  }
}
