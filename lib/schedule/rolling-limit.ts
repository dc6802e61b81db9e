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

  constructor(
    private readonly limit: number,
    private readonly spanMs: number,
    /** Epoch milliseconds of sends already scheduled, ascending. */
    private readonly taken: readonly number[] = [],
  ) {}

  /** The earliest instant at or after `at` when one more is allowed: `at` itself when there is room now. */
  freeAt(at: number): number {
    this.slide(at);
    if (this.own.length - this.ownStart + this.takenTo - this.takenFrom < this.limit) return at;
    const oldestOwn = this.own[this.ownStart] ?? Number.POSITIVE_INFINITY;
    const oldestTaken = this.taken[this.takenFrom] ?? Number.POSITIVE_INFINITY;
    return Math.min(oldestOwn, oldestTaken) + this.spanMs;
  }

  record(at: number): void {
    this.own.push(at);
  }

  private slide(at: number): void {
    const from = at - this.spanMs;
    while (this.ownStart < this.own.length && (this.own[this.ownStart] as number) <= from) this.ownStart++;
    while (this.takenTo < this.taken.length && (this.taken[this.takenTo] as number) < at + this.spanMs)
      this.takenTo++;
    while (this.takenFrom < this.takenTo && (this.taken[this.takenFrom] as number) <= from) this.takenFrom++;
  }
}
