/** The engine's only source of time, so that a test can turn it by hand. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Calls back once after `ms`; the result cancels. */
  after(ms: number, run: () => void): () => void;
}

// A longer timer would overflow setTimeout's 32-bit milliseconds; the computer may also sleep, so look again each minute.
const LONGEST_TIMER_MS = 60_000;

export const systemClock: Clock = {
  now: () => Date.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, Math.max(0, Math.min(ms, LONGEST_TIMER_MS)));
    return () => clearTimeout(timer);
  },
};
