/**
 * At most `limit` visits of one visitor, and ten times as many of everybody, in any span of `spanMs`. Kept in memory: it
 * guards a process against being hammered, it is not a promise over several of them.
 */
export class VisitLimit {
  private visits: { readonly at: number; readonly who: string }[] = [];

  constructor(
    private readonly limit: number,
    private readonly spanMs: number,
  ) {}

  /** Counts a visit; false when it is one too many. */
  allows(who: string, now = Date.now()): boolean {
    const first = this.visits.findIndex((visit) => visit.at > now - this.spanMs);
    this.visits = first === -1 ? [] : this.visits.slice(first);
    if (this.visits.length >= this.limit * 10) return false;
    if (this.visits.filter((visit) => visit.who === who).length >= this.limit) return false;
    this.visits.push({ at: now, who });
    return true;
  }
}
