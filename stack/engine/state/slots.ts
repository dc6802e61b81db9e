/** Calls in flight, counted in total and per concurrency key. Rebuilt from nothing at start: then no call is in flight. */
export class Slots {
  readonly #held = new Map<string, readonly string[]>();
  readonly #counts = new Map<string, number>();
  /** Due calls may be waiting in the database; the next commit looks there before it admits anything new. */
  backlog = true;

  constructor(readonly capacity: number) {}

  get free(): number {
    return this.capacity - this.#held.size;
  }

  get inFlight(): number {
    return this.#held.size;
  }

  /** Names of the dispatches in flight. */
  get tokens(): Iterable<string> {
    return this.#held.keys();
  }

  /** Whether a key with this limit has room for one more call. */
  hasRoom(key: string, limit: number): boolean {
    return (this.#counts.get(key) ?? 0) < limit;
  }

  hold(token: string, keys: readonly string[]): void {
    this.#held.set(token, keys);
    for (const key of keys) this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
  }

  release(token: string): readonly string[] | undefined {
    const keys = this.#held.get(token);
    if (!keys) return undefined;
    this.#held.delete(token);
    for (const key of keys) {
      const left = (this.#counts.get(key) ?? 1) - 1;
      if (left <= 0) this.#counts.delete(key);
      else this.#counts.set(key, left);
    }
    // What was held back by this key, or by a full house, is in the database.
    if (keys.length > 0) this.backlog = true;
    return keys;
  }
}
