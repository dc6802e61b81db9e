/** Which apps do not answer, and why. Their calls stay queued and use up no attempts. */
export class AppHealth {
  readonly #down = new Map<string, string>();

  /** True when this is news. */
  markDown(appId: string, reason: string): boolean {
    const isNews = !this.#down.has(appId);
    this.#down.set(appId, reason);
    return isNews;
  }

  /** True when this is news. */
  markUp(appId: string): boolean {
    return this.#down.delete(appId);
  }

  reasonDown(appId: string): string | undefined {
    return this.#down.get(appId);
  }

  get down(): readonly string[] {
    return [...this.#down.keys()];
  }
}
