// The published formula once more, by which the database is judged. The product asks SQL alone.
const TWO_SIDED_95 = 1.959963984540054;

/**
 * The lower end of Wilson's score interval for `good` of `all`: with 95 % confidence the true share is at least this.
 * 0 while nothing was good. (E. B. Wilson, JASA 22, 1927.)
 */
export function wilsonLower(good: number, all: number): number {
  if (all <= 0 || good <= 0) return 0;
  const share = good / all;
  const squared = TWO_SIDED_95 ** 2;
  const margin = TWO_SIDED_95 * Math.sqrt((share * (1 - share) + squared / (4 * all)) / all);
  return Math.max(0, (share + squared / (2 * all) - margin) / (1 + squared / all));
}

export interface Bar {
  /** Share the bound must reach, 0 to 1. */
  readonly bar: number;
  readonly minDecisions: number;
  /** How many of the newest decisions count. */
  readonly windowSize: number;
}

/** Whether `good` of `all` counted decisions earn auto. */
export function passesBar(good: number, all: number, { bar, minDecisions }: Bar): boolean {
  return all >= minDecisions && wilsonLower(good, all) >= bar;
}

/**
 * How many approvals without a change, one after the other, would pass the bar; 0 when it is passed.
 * @param newestFirst the decisions that count now, true where approved unchanged. The oldest leave as new ones come.
 */
export function approvalsMissing(newestFirst: readonly boolean[], bar: Bar): number {
  for (let more = 0; more < bar.windowSize; more++) {
    const kept = newestFirst.slice(0, bar.windowSize - more);
    if (passesBar(kept.filter(Boolean).length + more, kept.length + more, bar)) return more;
  }
  return bar.windowSize;
}
