import { messageOf } from "../errors";
import type { Ledger } from "../state/ledger";
import { Alarm } from "./alarm";
import { releaseExpiredLeases } from "./expired-leases";
import { prune } from "./prune";
import { tick } from "./tick";

const SWEEP_EVERY_MS = 60_000;
const AFTER_FAILURE_MS = 1_000;

/** Wakes for the next thing due, and once a minute for what nobody else notices: lost dispatches and old rows. */
export class Scheduler {
  readonly #alarm: Alarm;
  #isClosed = false;
  #running: Promise<void> | undefined;
  #cancelSweep: (() => void) | undefined;
  #sweeping: Promise<void> | undefined;

  constructor(readonly ledger: Ledger) {
    this.#alarm = new Alarm(ledger.core.settings.clock, () => this.#ring());
  }

  start(): void {
    this.wakeAt(0);
    this.#planSweep(0);
  }

  /** Something becomes due at this time, epoch ms. */
  wakeAt(dueAt: number): void {
    if (!this.#isClosed) this.#alarm.setNoLaterThan(dueAt);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#alarm.stop();
    this.#cancelSweep?.();
    await this.#running;
    await this.#sweeping;
  }

  #ring(): void {
    if (this.#isClosed) return;
    if (this.#running) {
      this.#running = this.#running.then(() => this.#tick());
      return;
    }
    this.#running = this.#tick().finally(() => {
      this.#running = undefined;
    });
  }

  async #tick(): Promise<void> {
    try {
      this.wakeAt(await this.ledger.submit(tick));
    } catch (error) {
      const { logger, clock } = this.ledger.core.settings;
      logger.error("due work could not be done", { reason: messageOf(error) });
      this.wakeAt(clock.now() + AFTER_FAILURE_MS);
    }
  }

  #planSweep(ms: number): void {
    if (this.#isClosed) return;
    this.#cancelSweep = this.ledger.core.settings.clock.after(ms, () => {
      this.#sweeping = this.#sweep().finally(() => this.#planSweep(SWEEP_EVERY_MS));
    });
  }

  async #sweep(): Promise<void> {
    const { settings } = this.ledger.core;
    try {
      await this.ledger.submit(releaseExpiredLeases);
      // One bounded delete per transaction, so that pruning never holds up a run for long.
      while (
        !this.#isClosed &&
        (await this.ledger.submit((unit) => prune(unit, settings.keepFinishedMs))) > 0
      );
    } catch (error) {
      settings.logger.error("the sweep failed", { reason: messageOf(error) });
    }
  }
}
