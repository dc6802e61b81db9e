export type Verdict = "agree" | "would_change" | "would_reject";

/** How many of the newest verdicts are looked at together. */
const BURST_WINDOW = 5;
/** So many of them that are no agreement put a checkpoint back into plan. */
export const BURST_SIZE = 2;

/** How many of the last five verdicts on sampled items were no agreement. Newest first. */
export function countBad(newestFirst: readonly Verdict[]): number {
  return newestFirst.slice(0, BURST_WINDOW).filter((verdict) => verdict !== "agree").length;
}

/** Whether verdicts on sampled items take auto back, as the database decides it. Newest first. */
export function isBurst(newestFirst: readonly Verdict[]): boolean {
  return countBad(newestFirst) >= BURST_SIZE;
}
