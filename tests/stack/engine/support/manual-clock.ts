import type { Clock } from "@/stack/engine";

/** A clock that stands still until it is told to go on. */
export class ManualClock implements Clock {
  #now: number;
  #timers: { at: number; run: () => void }[] = [];

  constructor(start: string) {
    this.#now = Date.parse(start);
  }

  now(): number {
    return this.#now;
  }

  after(ms: number, run: () => void): () => void {
    const timer = { at: this.#now + Math.max(0, ms), run };
    this.#timers.push(timer);
    // What is due at once runs at once, as on a real clock.
    if (ms <= 0) setImmediate(() => this.#fire());
    return () => {
      this.#timers = this.#timers.filter((each) => each !== timer);
    };
  }

  moveTo(time: string): void {
    this.#now = Date.parse(time);
    this.#fire();
  }

  #fire(): void {
    const due = this.#timers.filter((timer) => timer.at <= this.#now);
    this.#timers = this.#timers.filter((timer) => timer.at > this.#now);
    for (const timer of due) timer.run();
  }
}
