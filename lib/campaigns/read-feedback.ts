import { Temporal } from "temporal-polyfill";

/** What a person's words ask of a plan, as far as rules can read them. The rest is kept and shown, never guessed at. */
export interface ReadFeedback {
  readonly startDate: string | null;
  readonly skipTitles: readonly string[];
  readonly perDayLimit: number | null;
  readonly gaps: readonly [number, number, number] | null;
  /** What was understood, in words a person reads beside the new plan */
  readonly understood: readonly string[];
}

const WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/**
 * Reads "skip brokers, start next Tuesday, at most 100 a day, gaps 0/4/7". Scheduling is rules, so its feedback is too.
 * @param today ISO date in the campaign's zone.
 */
export function readFeedback(words: string, today: string): ReadFeedback {
  const text = words.toLowerCase();
  const understood: string[] = [];
  const startDate = readStart(text, Temporal.PlainDate.from(today));
  if (startDate) understood.push(`starts on ${startDate}`);
  const skipTitles = [
    ...text.matchAll(
      /\b(?:skip|drop|leave out|no|without|exclude)\s+(?:the\s+|all\s+|any\s+)?([a-z]+?)s?\b/g,
    ),
  ]
    .map(([, title = ""]) => title)
    .filter((title) => TITLES.has(title));
  if (skipTitles.length > 0)
    understood.push(`leaves out everyone whose title says ${skipTitles.join(" or ")}`);
  const perDay =
    /\b(?:at most|max(?:imum)?|no more than|only|limit(?:ed)? to|up to)\s+([\d,]+)\s*(?:mails?|e-?mails?|sends?)?\s*(?:a|per|each)\s*day/.exec(
      text,
    );
  const perDayLimit = perDay?.[1]
    ? Math.min(10_000, Math.max(1, Number(perDay[1].replaceAll(",", ""))))
    : null;
  if (perDayLimit)
    understood.push(`sends at most ${perDayLimit.toLocaleString("en-US")} mails in any 24 hours`);
  const gap = /\bgaps?\s*(?:of|:|to)?\s*(\d+)\s*[/,]\s*(\d+)\s*[/,]\s*(\d+)/.exec(text);
  const gaps = gap ? ([Number(gap[1]), Number(gap[2]), Number(gap[3])] as const) : null;
  if (gaps) understood.push(`waits ${gaps.join("/")} business days`);
  return { startDate, skipTitles, perDayLimit, gaps, understood };
}

const TITLES = new Set([
  "broker",
  "agent",
  "assistant",
  "attorney",
  "lawyer",
  "accountant",
  "manager",
  "partner",
  "director",
  "president",
  "owner",
  "trustee",
  "principal",
]);

function readStart(text: string, today: Temporal.PlainDate): string | null {
  const wanted = /\b(?:start|begin|from|not before|wait until)\w*\s+(?:on\s+)?(.{0,40})/.exec(text)?.[1];
  if (!wanted) return null;
  const iso = /^(\d{4}-\d{2}-\d{2})/.exec(wanted)?.[1];
  if (iso) return isDate(iso) ? iso : null;
  if (/^tomorrow/.test(wanted)) return today.add({ days: 1 }).toString();
  if (/^next week/.test(wanted)) return today.add({ days: 8 - today.dayOfWeek }).toString();
  const match = new RegExp(`^(next )?(${WEEKDAYS.join("|")})`).exec(wanted);
  if (!match?.[2]) return null;
  const ahead = (WEEKDAYS.indexOf(match[2]) + 1 - today.dayOfWeek + 7) % 7 || 7;
  // "next Tuesday", said on a Monday, is the one a week later; "Tuesday" is the coming one.
  const extra = match[1] && ahead + today.dayOfWeek <= 7 ? 7 : 0;
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
