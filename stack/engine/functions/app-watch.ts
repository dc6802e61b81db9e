import type { HttpClient } from "../calls/post";
import { AppUnreachableError, messageOf } from "../errors";
import type { Ledger } from "../state/ledger";
import type { Registered } from "./register";
import { syncApp } from "./sync-app";

interface Watched {
  readonly url: string;
  problem?: string | undefined;
  cancel?: () => void;
  running?: Promise<void>;
}

/**
 * Keeps apps registered: asks each for its functions until it answers, then every few seconds, so that a restart or an edit
 * is noticed. Apps that registered themselves are only asked while they do not answer calls.
 */
export class AppWatch {
  readonly #watched = new Map<string, Watched>();
  #isClosed = false;

  constructor(
    readonly ledger: Ledger,
    readonly client: HttpClient,
  ) {}

  /** Why the app at this address is not registered, in words. */
  problemAt(url: string): string | undefined {
    return this.#watched.get(url)?.problem;
  }

  get problems(): { url: string; problem: string }[] {
    return [...this.#watched.values()].flatMap(({ url, problem }) =>
      problem === undefined ? [] : [{ url, problem }],
    );
  }

  /** Registers the app now. Whether that works or not, it stays watched. */
  async add(url: string): Promise<Registered> {
    const watched = this.#watched.get(url) ?? { url };
    this.#watched.set(url, watched);
    try {
      return await this.#sync(watched);
    } finally {
      this.#plan(watched, false);
    }
  }

  /** Starts watching without waiting for an answer. */
  watch(url: string): void {
    if (this.#watched.has(url)) return;
    const watched: Watched = { url };
    this.#watched.set(url, watched);
    this.#round(watched, false);
  }

  /** Asks an app that did not answer a call until it does. */
  probe(appId: string): void {
    const url = this.ledger.core.functions.app(appId)?.url;
    if (url === undefined) return;
    const watched = this.#watched.get(url);
    if (watched) this.#plan(watched, false);
    else this.#round({ url }, true);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    const watched = [...this.#watched.values()];
    for (const { cancel } of watched) cancel?.();
    await Promise.all(watched.map(({ running }) => running));
  }

  #round(watched: Watched, untilUp: boolean): void {
    if (this.#isClosed) return;
    watched.running = this.#sync(watched).then(
      () => {
        if (!untilUp) this.#plan(watched, untilUp);
      },
      () => this.#plan(watched, untilUp),
    );
  }

  #plan(watched: Watched, untilUp: boolean): void {
    if (this.#isClosed) return;
    watched.cancel?.();
    const { syncEveryMs, probeEveryMs, clock } = this.ledger.core.settings;
    const isUp = watched.problem === undefined && !this.#isDown(watched.url);
    watched.cancel = clock.after(isUp ? syncEveryMs : probeEveryMs, () => this.#round(watched, untilUp));
  }

  #isDown(url: string): boolean {
    const { functions, apps } = this.ledger.core;
    return functions.apps.some((app) => app.url === url && apps.reasonDown(app.id) !== undefined);
  }

  async #sync(watched: Watched): Promise<Registered> {
    try {
      const registered = await syncApp(this.ledger, this.client, watched.url);
      watched.problem = undefined;
      return registered;
    } catch (error) {
      const problem = messageOf(error);
      // Something answers, so calls may be tried again even if it cannot be registered.
      if (!(error instanceof AppUnreachableError)) await this.#markUp(watched.url);
      if (watched.problem !== problem) {
        // An app that is still starting is no news for anybody.
        const { logger } = this.ledger.core.settings;
        const say = error instanceof AppUnreachableError ? logger.info : logger.warn;
        say.call(logger, "app not registered", { url: watched.url, reason: problem });
      }
      watched.problem = problem;
      throw error;
    }
  }

  async #markUp(url: string): Promise<void> {
    const { functions, apps } = this.ledger.core;
    const revived = functions.apps.filter((app) => app.url === url && apps.markUp(app.id));
    if (revived.length > 0) await this.ledger.kick();
  }
}
