import { setImmediate as nextTurn, setTimeout as pause } from "node:timers/promises";
import type { Core } from "../core";
import { messageOf } from "../errors";
import { routeEvents } from "../events/route-events";
import { admitCalls } from "../runs/admit-calls";
import { type Dispatch, Unit } from "./unit";

/** A change of state. It may run again when its transaction fails, so it changes nothing outside its unit. */
export type Transition<T> = (unit: Unit) => Promise<T>;

interface Entry {
  readonly runIds: readonly string[];
  readonly attempt: (unit: Unit) => Promise<void>;
  readonly succeed: () => void;
  readonly fail: (error: unknown) => void;
}

export interface LedgerHooks {
  /** Starts calls whose dispatch has been committed. */
  dispatch(dispatches: readonly Dispatch[]): void;
  /** Something committed becomes due at this time, epoch ms. */
  wakeAt(dueAt: number): void;
}

const MAX_BATCH = 200;
const MAX_TURNS = 50;
const QUIET_TURNS = 2;
const BUSY_CALLS = 8;
const MIN_LINGER_MS = 4;
const MAX_LINGER_MS = 12;
// System events trigger functions whose failure emits system events; the protocol stops after one level, this stops a bug.
const MAX_ROUNDS = 20;

/**
 * The only writer. Transitions queue here; whatever has gathered while the last commit was under way is committed together
 * (one fsync for all), in order. When a joint transaction fails each transition is tried alone, so that a bad one fails alone.
 */
export class Ledger {
  readonly #queue: Entry[] = [];
  #draining: Promise<void> | undefined;
  #lastCommitMs = 0;

  constructor(
    readonly core: Core,
    readonly hooks: LedgerHooks,
  ) {}

  /** Runs a transition and resolves once it is committed. `runIds` are loaded together with those of its batch. */
  submit<T>(transition: Transition<T>, runIds: readonly string[] = []): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      let outcome: { value: T } | undefined;
      this.#queue.push({
        runIds,
        attempt: async (unit) => {
          outcome = { value: await transition(unit) };
        },
        succeed: () => outcome && resolve(outcome.value),
        fail: reject,
      });
      this.#draining ??= this.#drain();
    });
  }

  /** Looks for due calls. */
  async kick(): Promise<void> {
    this.core.slots.backlog = true;
    await this.submit(async () => {});
  }

  /** Resolves when nothing is queued. */
  async idle(): Promise<void> {
    while (this.#draining) await this.#draining;
  }

  async #drain(): Promise<void> {
    while (this.#queue.length > 0) {
      await this.#gather();
      const startedAt = performance.now();
      await this.#commit(this.#queue.splice(0, MAX_BATCH));
      this.#lastCommitMs = performance.now() - startedAt;
    }
    this.#draining = undefined;
  }

  // An embedded commit never yields to the event loop, so replies pile up in sockets meanwhile and need two or three turns of
  // the loop to be read. Alone, a transition waits those turns (0.1 ms); with many calls in flight it is worth waiting for
  // company, since a commit costs nearly the same for one as for fifty (1,000 runs: 2,000 commits without, 60 with). How long is
  // a matter of what a commit takes, that is of the disk.
  async #gather(): Promise<void> {
    if (this.core.slots.inFlight >= BUSY_CALLS && this.#queue.length < this.core.slots.inFlight)
      await pause(Math.min(Math.max(this.#lastCommitMs / 2, MIN_LINGER_MS), MAX_LINGER_MS));
    for (let quiet = 0, turn = 0; quiet < QUIET_TURNS && turn < MAX_TURNS; turn += 1) {
      const before = this.#queue.length;
      await nextTurn();
      quiet = this.#queue.length === before ? quiet + 1 : 0;
    }
  }

  async #commit(entries: readonly Entry[]): Promise<void> {
    let unit: Unit | undefined;
    try {
      await this.core.db.transaction(async (tx) => {
        unit = new Unit(this.core, tx);
        await unit.load(entries.flatMap((entry) => entry.runIds));
        for (const entry of entries) await entry.attempt(unit);
        for (let round = 0; unit.emitted.length > 0; round += 1) {
          if (round === MAX_ROUNDS) throw new Error("system events keep triggering each other");
          await routeEvents(unit, unit.emitted.splice(0));
        }
        await admitCalls(unit);
        await unit.flush();
      });
    } catch (error) {
      unit?.abandon();
      if (entries.length > 1) {
        for (const entry of entries) await this.#commit([entry]);
        return;
      }
      this.core.settings.logger.warn("a change could not be stored", { reason: messageOf(error) });
      for (const entry of entries) entry.fail(error);
      return;
    }
    if (!unit) return;
    unit.settle();
    this.hooks.dispatch(unit.dispatches);
    if (unit.earliestDue < Number.POSITIVE_INFINITY) this.hooks.wakeAt(unit.earliestDue);
    for (const entry of entries) entry.succeed();
  }
}
