const UNIT_MS: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};
const PART = /(\d+(?:\.\d+)?)(ns|us|µs|ms|s|m|h|d|w)/y;

/** Milliseconds in a duration such as `90s`, `1h30m` or `2d`; `undefined` when it is not one. */
export function readDurationMs(text: string): number | undefined {
  let total = 0;
  let at = 0;
  while (at < text.length) {
    PART.lastIndex = at;
    const part = PART.exec(text);
    if (!part) return undefined;
    total += Number(part[1]) * (UNIT_MS[part[2] ?? ""] ?? 0);
    at += part[0].length;
  }
  return at === 0 ? undefined : total;
}

const LONGEST_MS = 366 * 86_400_000;

/**
 * When a duration or an ISO date is over, in epoch milliseconds and at most 366 days ahead (Inngest's own limit).
 * `undefined` when the text is neither.
 */
export function readDueTime(text: string, now: number): number | undefined {
  if (text === "") return now;
  const duration = readDurationMs(text);
  const at = duration === undefined ? Date.parse(text) : now + duration;
  return Number.isNaN(at) ? undefined : Math.min(at, now + LONGEST_MS);
}
