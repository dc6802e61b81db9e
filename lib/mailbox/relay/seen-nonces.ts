/**
 * Remembers nonces for as long as their requests could be made again, and never more than `most`: when it is full of
 * fresh ones it takes no new one, because forgetting one would let its request through twice.
 */
export class SeenNonces {
  /** In the order in which they came, with the instant each may be forgotten at */
  private readonly seen = new Map<string, number>();

  constructor(
    private readonly keepMs: number,
    private readonly most: number,
  ) {}

  /** @returns `new` and remembered, `seen` before, or `full`. */
  take(nonce: string, now: number): "new" | "seen" | "full" {
    for (const [old, until] of this.seen) {
      if (until > now) break;
      this.seen.delete(old);
    }
    if (this.seen.has(nonce)) return "seen";
    if (this.seen.size >= this.most) return "full";
    this.seen.set(nonce, now + this.keepMs);
    return "new";
  }
}
