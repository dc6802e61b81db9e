/** Counts failures per key in a sliding window. An attempt counts from its start until it succeeds. */
export interface AttemptLimit {
  /** @returns what to call when the attempt succeeded, or undefined when there were too many. */
  begin(key: string): (() => void) | undefined;
}

/** Keys remembered at most; the oldest is forgotten first, so memory stays flat under a flood of names. */
const MAX_KEYS = 10_000;

export function limitAttempts(max: number, windowMs: number, now: () => number = Date.now): AttemptLimit {
  const starts = new Map<string, number[]>();
  return {
    begin: (key) => {
      const startedAt = now();
      const recent = (starts.get(key) ?? []).filter((time) => time > startedAt - windowMs);
      starts.delete(key);
      starts.set(key, recent);
      const [oldest] = starts.keys();
      if (starts.size > MAX_KEYS && oldest !== undefined) starts.delete(oldest);
      if (recent.length >= max) return undefined;
      recent.push(startedAt);
      return () => {
        const place = recent.indexOf(startedAt);
        if (place >= 0) recent.splice(place, 1);
      };
    },
  };
}
