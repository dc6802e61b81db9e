import { setMaxListeners } from "node:events";
import type { Core } from "../core";
import { messageOf } from "../errors";
import { applyReply } from "../runs/apply-reply";
import type { Ledger } from "../state/ledger";
import { DISCOVERY } from "../state/run-state";
import type { Dispatch } from "../state/unit";
import { callApp } from "./caller";
import type { HttpClient } from "./post";
import type { CallReply } from "./reply";

const STORE_RETRY_MS = [50, 250, 1_000, 5_000, 15_000];

/** Carries calls to apps and their replies back to the ledger. */
export class Dispatcher {
  readonly #inFlight = new Set<Promise<void>>();
  readonly #abort = new AbortController();

  constructor(
    readonly core: Core,
    readonly client: HttpClient,
    /** Called when an app turned out not to answer. */
    readonly onUnreachable: (appId: string) => void,
  ) {
    // Every call in flight listens.
    setMaxListeners(0, this.#abort.signal);
  }

  start(ledger: Ledger, dispatches: readonly Dispatch[]): void {
    for (const dispatch of dispatches) {
      const flight = this.#fly(ledger, dispatch).finally(() => this.#inFlight.delete(flight));
      this.#inFlight.add(flight);
    }
  }

  /** Lets calls in flight finish for a while, then cuts them off; what is cut off is called again at the next start. */
  async close(graceMs: number): Promise<void> {
    const all = Promise.all(this.#inFlight);
    let timer: NodeJS.Timeout | undefined;
    const grace = new Promise((resolve) => {
      timer = setTimeout(resolve, graceMs);
    });
    await Promise.race([all, grace]);
    clearTimeout(timer);
    this.#abort.abort();
    await all;
  }

  async #fly(ledger: Ledger, dispatch: Dispatch): Promise<void> {
    const { job, state, token } = dispatch;
    const ref = { runId: state.run.id, stepId: job.stepId ?? DISCOVERY, generation: job.generation };
    const reply = await this.#call(dispatch);
    // Cut off by close(): the job stays marked as running and is released at the next start, its attempt not used up.
    if (this.#abort.signal.aborted && reply.kind !== "ops" && reply.kind !== "returned") {
      this.core.slots.release(token);
      return;
    }
    for (let attempt = 0; ; attempt += 1) {
      try {
        await ledger.submit(
          async (unit) => {
            unit.releaseSlot(token);
            await applyReply(unit, ref, reply);
          },
          [ref.runId],
        );
        break;
      } catch (error) {
        const delay = STORE_RETRY_MS[attempt];
        if (delay === undefined || this.#abort.signal.aborted) {
          // The lease runs out and the call is made again: at least once, never lost.
          this.core.slots.release(token);
          this.core.settings.logger.error("a reply could not be stored", {
            run: ref.runId,
            reason: messageOf(error),
          });
          break;
        }
        await new Promise((resolve) => setTimeout(resolve, delay));
      }
    }
    if (reply.kind === "unreachable") this.onUnreachable(state.run.appId);
  }

  #call(dispatch: Dispatch): Promise<CallReply> {
    const { run } = dispatch.state;
    const fn = this.core.functions.byId(run.functionId);
    if (!fn) {
      const message = `function ${run.functionId} is no longer registered by app ${run.appId}`;
      return Promise.resolve({
        kind: "failed",
        error: { name: "FunctionNotFoundError", message },
        noRetry: false,
      });
    }
    return callApp(this.client, this.core.settings, fn.url, fn.slug, dispatch, this.#abort.signal);
  }
}
