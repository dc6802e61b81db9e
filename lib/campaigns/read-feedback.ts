import { type ReadPart, remainderOf, spansOf } from "./words/read-part";
import { readSkippedTitles } from "./words/read-skipped-titles";
import { readSofter } from "./words/read-softer";
import { readStart } from "./words/read-start";
import { readWindow } from "./words/read-window";

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
