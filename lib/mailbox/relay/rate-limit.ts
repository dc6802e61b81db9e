/** Counts per caller in windows of one length; callers are as many as `mostCallers`, the longest unseen makes room. */
export class RateLimit {
  private readonly windows = new Map<string, { from: number; count: number }>();

  constructor(
    private readonly most: number,
    private readonly windowMs: number,
    private readonly mostCallers = 1000,
  ) {}

  /** Whether the caller has used up its window. */
  isSpent(caller: string, now: number): boolean {
    const window = this.windows.get(caller);
    return window !== undefined && now - window.from < this.windowMs && window.count >= this.most;
  }

  /** Counts one; true while the caller is within its limit. */
  count(caller: string, now: number): boolean {
    const known = this.windows.get(caller);
    const window = known && now - known.from < this.windowMs ? known : { from: now, count: 0 };
    window.count++;
    this.windows.delete(caller);
    this.windows.set(caller, window);
    if (this.windows.size > this.mostCallers) {
      const [longestUnseen] = this.windows.keys();
      if (longestUnseen !== undefined) this.windows.delete(longestUnseen);
    }
    return window.count <= this.most;
  }
}
