import { type ReadPart, remainderOf, spansOf } from "./words/read-part";
import { readStart } from "./words/read-start";
import { readWindow } from "./words/read-window";

const TITLES =
  "broker agent assistant attorney lawyer accountant manager partner director president owner trustee principal".split(
    " ",
  );
const ONE = `(?:(?:the|all|any)\\s+)?(?:${TITLES.join("|")})s?\\b`;
const SKIP = new RegExp(
  String.raw`\b(?:skip|drop|leave out|no|without|exclude)\s+${ONE}(?:\s*(?:,|and|or|,\s*and|,\s*or)\s*${ONE})*`,
  "g",
);

/** "skip brokers and attorneys": the job titles of contacts who are to be left out. */
function readSkippedTitles(text: string): ReadPart<readonly string[]> | null {
  const found = [...text.matchAll(SKIP)];
  if (found.length === 0) return null;
  const said = found.map(([match]) => match).join(" ");
  const value = TITLES.filter((title) => new RegExp(`\\b${title}s?\\b`).test(said));
  return {
    value,
    understood: [`leaves out everyone whose title says ${value.join(" or ")}`],
    spans: spansOf(found),
  };
}

const STEPS: readonly (readonly [RegExp, readonly number[]])[] = [
  [/\b(?:first|1st|mail 1)\b/, [1]],
  [/\b(?:second|2nd|mail 2)\b/, [2]],
  [/\b(?:third|3rd|last|final|mail 3)\b/, [3]],
  [/\bfollow-?\s?ups?\b/, [2, 3]],
];
const SOFTER = /[^,;.\n]*\b(?:softer|gentler|friendlier|kinder|less pushy|less aggressive)\b[^,;.\n]*/g;

/** "softer second mail": which mails are to be written in softer words; all three when none is named. */
function readSofter(text: string): ReadPart<readonly number[]> | null {
  const clauses = [...text.matchAll(SOFTER)];
  if (clauses.length === 0) return null;
  const steps = new Set(
    clauses.flatMap(([clause]) => {
      const named = STEPS.filter(([name]) => name.test(clause)).flatMap(([, these]) => these);
      return named.length > 0 ? named : [1, 2, 3];
    }),
  );
  // What comes of it is said where the mails are known: one a person wrote is not written over.
  return { value: [...steps].sort(), understood: [], spans: spansOf(clauses) };
}

/** What a person's words ask of a plan, as far as rules can read them. The rest is kept and shown, never guessed at. */
export interface ReadFeedback {
  readonly startDate: string | null;
  readonly skipTitles: readonly string[];
  readonly perDayLimit: number | null;
  readonly gaps: readonly [number, number, number] | null;
  /** Clock times like "10:00"; null where the words leave that end of the window alone */
  readonly windowStart: string | null;
  readonly windowEnd: string | null;
  /** Mails to be written in softer words, by step */
  readonly softerSteps: readonly number[];
  /** What was understood, in words a person reads beside the new plan */
  readonly understood: readonly string[];
  /** What was not, as they wrote it */
  readonly unread: readonly string[];
}

/**
 * Reads "skip brokers, start next Tuesday, at most 100 a day, gaps 0/4/7, only between 10 and 3, softer second mail". Scheduling is rules,
 * so its feedback is too.
 * @param today ISO date in the campaign's zone.
 */
export function readFeedback(words: string, today: string): ReadFeedback {
  const text = words.toLowerCase();
  const start = readStart(text, today);
  const skipped = readSkippedTitles(text);
  const limit = readDailyLimit(text);
  const gaps = readGaps(text);
  const window = readWindow(text);
  const softer = readSofter(text);
  const parts = [start, skipped, limit, gaps, window, softer].filter((part) => part !== null);
  return {
    startDate: start?.value ?? null,
    skipTitles: skipped?.value ?? [],
    perDayLimit: limit?.value ?? null,
    gaps: gaps?.value ?? null,
    windowStart: window?.value.start ?? null,
    windowEnd: window?.value.end ?? null,
    softerSteps: softer?.value ?? [],
    understood: parts.flatMap(({ understood }) => understood),
    unread: remainderOf(
      words,
      parts.flatMap(({ spans }) => spans),
    ),
  };
}

function readDailyLimit(text: string): ReadPart<number> | null {
  const found =
    /\b(?:at most|max(?:imum)?|no more than|only|limit(?:ed)? to|up to)\s+([\d,]+)\s*(?:mails?|e-?mails?|sends?)?\s*(?:a|per|each)\s*day/.exec(
      text,
    );
  if (!found?.[1]) return null;
  const value = Math.min(10_000, Math.max(1, Number(found[1].replaceAll(",", ""))));
  return {
    value,
    understood: [`sends at most ${value.toLocaleString("en-US")} mails in any 24 hours`],
    spans: spansOf([found]),
  };
}

function readGaps(text: string): ReadPart<readonly [number, number, number]> | null {
  const found = /\bgaps?\s*(?:of|:|to)?\s*(\d+)\s*[/,]\s*(\d+)\s*[/,]\s*(\d+)/.exec(text);
  if (!found) return null;
  const value = [Number(found[1]), Number(found[2]), Number(found[3])] as const;
  if (value.some((gap) => gap > 60)) return null;
  return {
    value,
    understood: [`waits ${value.join("/")} business days`],
    spans: spansOf([found]),
  };
}
