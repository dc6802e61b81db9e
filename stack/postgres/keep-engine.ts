import { Mutex } from "@electric-sql/pglite";
import { EngineFault, type FaultKind } from "./engine-fault";
import type { EngineThread } from "./engine-thread";
import { quoteIdentifier } from "./inline-parameters";
import type { Notification } from "./read-answer";
import { Session } from "./session";

/** One engine that was replaced by another on the same folder. */
export interface Replacement {
  readonly kind: FaultKind;
  readonly reason: string;
  /** Whose work it was: a role or person and what they called, or `the stack itself`. */
  readonly who: string;
  /** From the moment the fault was seen until the next engine answered, ms. */
  readonly tookMs: number;
}

export interface EngineOptions {
  readonly start: () => Promise<EngineThread>;
  readonly onReplaced?: (replacement: Replacement) => void;
  /** No engine could be started any more. */
  readonly onLost?: (error: unknown) => void;
}

export interface Job {
  readonly limitMs: number;
  readonly who: string;
  /** May be done again after an engine that failed under it: it reads only. */
  readonly isRepeatable?: boolean;
}

/** Tries to start an engine before it is said to be lost. */
const MAX_STARTS = 3;
/** For what this does by itself after a start. */
const OWN_LIMIT_MS = 30_000;

/**
 * The one session of the embedded Postgres, held by one piece of work at a time. An engine that answers what it should not, or does not
 * answer in time, is ended and replaced by a new one on the same folder before the next piece of work comes up; whatever it had not
 * committed is undone by that.
 */
export class Engine {
  readonly #turns = new Mutex();
  readonly #listeners = new Map<string, Set<(payload: string) => void>>();
  #current: { readonly thread: EngineThread; readonly session: Session } | undefined;

  constructor(readonly options: EngineOptions) {}

  /** @throws what the engine says when it does not start. */
  open(): Promise<void> {
    return this.#turns.runExclusive(() => this.#start());
  }

  /**
   * Gives the session to `work` alone, with the time by which it must be done.
   * @throws {EngineFault} when the engine failed under it; it is replaced by then.
   */
  hold<T>(job: Job, work: (session: Session, deadline: number) => Promise<T>): Promise<T> {
    return this.#turns.runExclusive(async () => {
      try {
        return await this.#attempt(job, work);
      } catch (error) {
        // Its own doing would only happen again; an answer that went astray would not.
        const isAstray = error instanceof EngineFault && (error.kind === "protocol" || error.kind === "lost");
        if (!job.isRepeatable || !isAstray) throw error;
        return this.#attempt(job, work);
      }
    });
  }

  async listen(channel: string, onPayload: (payload: string) => void): Promise<() => Promise<void>> {
    const heard = this.#listeners.get(channel) ?? new Set();
    this.#listeners.set(channel, heard.add(onPayload));
    if (heard.size === 1) await this.#say(`listen ${quoteIdentifier(channel)}`);
    return async () => {
      heard.delete(onPayload);
      if (heard.size > 0) return;
      this.#listeners.delete(channel);
      await this.#say(`unlisten ${quoteIdentifier(channel)}`);
    };
  }

  close(): Promise<void> {
    return this.#turns.runExclusive(async () => {
      const thread = this.#current?.thread;
      this.#current = undefined;
      await thread?.close();
    });
  }

  #say(command: string): Promise<void> {
    const job = { limitMs: OWN_LIMIT_MS, who: "the stack itself", isRepeatable: true };
    return this.hold(job, (session, deadline) => session.script(command, { deadline, leaves: "I" }));
  }

  async #attempt<T>(job: Job, work: (session: Session, deadline: number) => Promise<T>): Promise<T> {
    if (!this.#current) await this.#start();
    if (!this.#current) throw new EngineFault("lost", "Postgres is not there");
    try {
      return await work(this.#current.session, performance.now() + job.limitMs);
    } catch (error) {
      if (error instanceof EngineFault) await this.#replace(error, job);
      throw error;
    }
  }

  async #replace(fault: EngineFault, { who }: Job): Promise<void> {
    const seenAt = performance.now();
    const broken = this.#current?.thread;
    this.#current = undefined;
    await broken?.terminate();
    // What it does not come up after is told to whoever comes next.
    await this.#start().catch(() => undefined);
    const tookMs = Math.round(performance.now() - seenAt);
    this.options.onReplaced?.({ kind: fault.kind, reason: fault.message, who, tookMs });
  }

  async #start(): Promise<void> {
    for (let tries = 1; ; tries += 1)
      try {
        const thread = await this.options.start();
        const session = new Session(thread, (told) => this.#tell(told));
        const deadline = performance.now() + OWN_LIMIT_MS;
        await session.learnArrays(deadline);
        for (const channel of this.#listeners.keys())
          await session.script(`listen ${quoteIdentifier(channel)}`, { deadline, leaves: "I" });
        this.#current = { thread, session };
        return;
      } catch (error) {
        if (tries < MAX_STARTS && error instanceof EngineFault) continue;
        this.options.onLost?.(error);
        throw error;
      }
  }

  #tell({ channel, payload }: Notification): void {
    for (const onPayload of this.#listeners.get(channel) ?? []) queueMicrotask(() => onPayload(payload));
  }
}
