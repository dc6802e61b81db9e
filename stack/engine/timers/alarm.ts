import type { Clock } from "../clock";

/** One wake-up for the earliest thing that becomes due. However many runs sleep, there is one timer. */
export class Alarm {
  #dueAt = Number.POSITIVE_INFINITY;
  #cancel: (() => void) | undefined;

  constructor(
    readonly clock: Clock,
    readonly ring: () => void,
  ) {}

  /** Makes sure the alarm rings no later than this, epoch ms. */
  setNoLaterThan(dueAt: number): void {
    if (dueAt >= this.#dueAt) return;
    this.#dueAt = dueAt;
    this.#arm();
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#dueAt = Number.POSITIVE_INFINITY;
  }

  #arm(): void {
    this.#cancel?.();
    this.#cancel = this.clock.after(this.#dueAt - this.clock.now(), () => {
      // A clock may call early: real timers are capped at a minute and may fire a millisecond too soon.
      if (this.clock.now() < this.#dueAt) {
        this.#arm();
        return;
      }
      this.stop();
      this.ring();
    });
  }
}
