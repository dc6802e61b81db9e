/** When things happened for the first time, on the clock of this process, ms. */
export class Marks {
  readonly #times = new Map<string, number>();
  readonly #waiting = new Map<string, (at: number) => void>();
  #count = 0;

  mark(name: string): void {
    if (this.#times.has(name)) return;
    const at = performance.now();
    this.#times.set(name, at);
    this.#waiting.get(name)?.(at);
    this.#waiting.delete(name);
  }

  /** When it happened; waits until it does. */
  at(name: string): Promise<number> {
    const known = this.#times.get(name);
    if (known !== undefined) return Promise.resolve(known);
    return new Promise((resolve) => this.#waiting.set(name, resolve));
  }

  /** Counts one, and marks `counted <n>`. */
  count(): void {
    this.#count += 1;
    this.mark(`counted ${this.#count}`);
  }

  get counted(): number {
    return this.#count;
  }
}
