import type { LimitStep } from "./daily-limit";

/**
 * At most `limit` sends in any span of `spanMs`, counting those already scheduled elsewhere. Times must be asked for in
 * ascending order. Sends scheduled elsewhere count on both sides of an instant, so that adding one before them can never
 * push a later window over the limit.
 */
export class RollingLimit {
  private readonly own: number[] = [];
  private ownStart = 0;
  private takenFrom = 0;
  private takenTo = 0;
  private readonly steps: readonly LimitStep[];
  private step = 0;

  constructor(
    /** One limit, or steps by when each begins, ascending and never falling */
    limit: number | readonly LimitStep[],
    private readonly spanMs: number,
    /** Epoch milliseconds of sends already scheduled, ascending. */
    private readonly taken: readonly number[] = [],
  ) {
    this.steps = typeof limit === "number" ? [{ from: Number.NEGATIVE_INFINITY, limit }] : limit;
  }

  /** The earliest instant at or after `at` when one more may be allowed: `at` itself when there is room now. */
  freeAt(at: number): number {
    this.slide(at);
    const limit = (this.steps[this.step] as LimitStep).limit;
    if (this.own.length - this.ownStart + this.takenTo - this.takenFrom < limit) return at;
    const oldestOwn = this.own[this.ownStart] ?? Number.POSITIVE_INFINITY;
    const oldestTaken = this.taken[this.takenFrom] ?? Number.POSITIVE_INFINITY;
    const rises = this.steps[this.step + 1]?.from ?? Number.POSITIVE_INFINITY;
    return Math.min(Math.min(oldestOwn, oldestTaken) + this.spanMs, rises);
  }

  record(at: number): void {
    this.own.push(at);
  }

  private slide(at: number): void {
    const from = at - this.spanMs;
    while ((this.steps[this.step + 1]?.from ?? Number.POSITIVE_INFINITY) <= at) this.step++;
    while (this.ownStart < this.own.length && (this.own[this.ownStart] as number) <= from) this.ownStart++;
    while (this.takenTo < this.taken.length && (this.taken[this.takenTo] as number) < at + this.spanMs)
      this.takenTo++;
    while (this.takenFrom < this.takenTo && (this.taken[this.takenFrom] as number) <= from) this.takenFrom++;
  }
}
