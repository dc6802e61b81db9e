import { type ReadPart, spansOf } from "./read-part";

export interface WindowWords {
  readonly start: string | null;
  readonly end: string | null;
}

const HOUR = String.raw`(?:\d{1,2}(?::[0-5]\d)?\s*(?:a\.?m\.?|p\.?m\.?)?|noon)`;
const MARKED = String.raw`(?:\d{1,2}(?::[0-5]\d)?\s*(?:a\.?m\.?|p\.?m\.?)|\d{1,2}:[0-5]\d|noon)`;
const BETWEEN = new RegExp(
  String.raw`\b(?:(?:send\s+)?(?:only\s+)?(?:between|from)|(?:send\s+)?window(?:\s+(?:of|is|to|from))?|send(?:\s+only)?|only)\s+(${HOUR})\s*(?:-|–|to|and|until|till)\s*(${HOUR})(?![\d/]|\s*(?:mails?|e-?mails?|(?:a|per|each) day))`,
  "g",
);
const NOT_BEFORE = new RegExp(
  String.raw`\b(?:not before|not earlier than|no earlier than|(?<!not )after)\s+(${MARKED})`,
  "g",
);
const NOT_AFTER = new RegExp(
  String.raw`\b(?:not after|not later than|no later than|(?<!not )before|until|by)\s+(${MARKED})`,
  "g",
);
const HALVES = /\b(?:only\s+(?:in\s+the\s+)?(morning|afternoon)s?|(morning|afternoon)s?\s+only)\b/g;

/** "only between 10 and 3", "not after 4pm", "mornings only": when in the day mails may leave, as clock times of the contact's own zone. */
export function readWindow(text: string): ReadPart<WindowWords> | null {
  for (const read of [readBetween, readHalf, readEnds]) {
    const found = read(text);
    if (!found) continue;
    const { start, end } = found.value;
    if ((start || end) && (!start || !end || start < end)) return found;
  }
  return null;
}

function readBetween(text: string): ReadPart<WindowWords> | null {
  const matches = [...text.matchAll(BETWEEN)];
  const [, from, to] = matches[0] ?? [];
  if (!from || !to) return null;
  // Nobody means 3 in the night: "1 to 4" is the afternoon, and "10 to 3" ends in it.
  const start = readHour(from, 7);
  const end = start && readHour(to, Number(start.slice(0, 2)) + 1);
  if (!start || !end) return null;
  return toPart({ start, end }, `between ${start} and ${end}`, matches);
}

function readHalf(text: string): ReadPart<WindowWords> | null {
  const matches = [...text.matchAll(HALVES)];
  if (!matches[0]) return null;
  const isMorning = matches[0][0].includes("morning");
  const [start, end] = isMorning ? (["09:00", "12:00"] as const) : (["12:00", "17:00"] as const);
  return toPart({ start, end }, `between ${start} and ${end}`, matches);
}

function readEnds(text: string): ReadPart<WindowWords> | null {
  const [from, to] = [[...text.matchAll(NOT_BEFORE)], [...text.matchAll(NOT_AFTER)]];
  const start = from[0]?.[1] ? readHour(from[0][1], 0) : null;
  const end = to[0]?.[1] ? readHour(to[0][1], 0) : null;
  const words = start && end ? `between ${start} and ${end}` : start ? `from ${start} on` : `until ${end}`;
  return toPart({ start, end }, words, [...from, ...to]);
}

function toPart(value: WindowWords, words: string, matches: RegExpExecArray[]): ReadPart<WindowWords> {
  return { value, understood: [`sends ${words}, in each contact's own time`], spans: spansOf(matches) };
}

/** A clock time like "15:00". @param earliest an hour without "am" or "pm" that is earlier than this is one of the afternoon. */
function readHour(said: string, earliest: number): string | null {
  if (said === "noon") return "12:00";
  const [, hours = "", minutes = "00", half] = /^(\d{1,2})(?::(\d{2}))?\s*(a|p)?/.exec(said) ?? [];
  const plain = Number(hours);
  if (hours === "" || plain > 24 || (half && (plain < 1 || plain > 12))) return null;
  const hour = half
    ? (plain % 12) + (half === "p" ? 12 : 0)
    : plain > 0 && plain < earliest && plain < 12
      ? plain + 12
      : plain;
  return hour > 24 || (hour === 24 && minutes !== "00")
    ? null
    : `${String(hour).padStart(2, "0")}:${minutes}`;
}
