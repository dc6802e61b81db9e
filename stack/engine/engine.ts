import { Dispatcher } from "./calls/dispatcher";
import { HttpClient } from "./calls/post";
import type { Core } from "./core";
import { messageOf } from "./errors";
import { AppHealth } from "./functions/app-health";
import { AppWatch } from "./functions/app-watch";
import { loadFunctions } from "./functions/load-functions";
import { FunctionRegistry, type RegisteredApp } from "./functions/registry";
import { listen } from "./http/server";
import { type EngineOptions, withDefaults } from "./options";
import { migrate } from "./schema/migrate";
import { keepOwnership } from "./state/keep-ownership";
import { Ledger } from "./state/ledger";
import { Slots } from "./state/slots";
import { loadWaitPaths, releaseInterrupted } from "./timers/recover";
import { Scheduler } from "./timers/scheduler";

export interface Engine {
  /** Where apps and consoles reach it, e.g. `http://127.0.0.1:8288`. */
  readonly url: string;
  /**
   * Registers the app at a serve endpoint now and keeps it registered.
   * @throws {AppUnreachableError} when nothing listens there (it stays watched).
   * @throws {RequestError} when its functions cannot be registered.
   */
  register(url: string): Promise<RegisteredApp>;
  /** Calls to apps that have not been answered. */
  readonly inFlight: number;
  /** Stops; the database stays open. Work that was cut off goes on at the next start. */
  close(): Promise<void>;
}

/**
 * Starts a durable engine that speaks the Inngest protocol on `db`.
 * @throws {EngineAlreadyRunningError} when another one uses the same database.
 * @throws {Error} when the port is taken.
 */
export async function startEngine(options: EngineOptions): Promise<Engine> {
  const settings = withDefaults(options);
  const { db } = options;
  const core: Core = {
    db,
    settings,
    functions: new FunctionRegistry(),
    apps: new AppHealth(),
    slots: new Slots(settings.maxInFlight),
    active: new Map(),
    waitPaths: new Map(),
  };
  const client = new HttpClient();
  const dispatcher = new Dispatcher(core, client, (appId) => watch.probe(appId));
  const ledger = new Ledger(core, {
    dispatch: (dispatches) => dispatcher.start(ledger, dispatches),
    wakeAt: (dueAt) => scheduler.wakeAt(dueAt),
  });
  const watch = new AppWatch(ledger, client);
  const scheduler = new Scheduler(ledger);

  await migrate(db);
  const disown = await keepOwnership(db, settings.logger);
  try {
    const interrupted = await releaseInterrupted(db);
    if (interrupted > 0)
      settings.logger.info("calls cut off by the last stop run again", { calls: interrupted });
    await loadFunctions(db, core.functions);
    await loadWaitPaths(db, core.waitPaths);
    const server = await listen({ ledger, watch, eventKey: settings.eventKey }, options.port);
    scheduler.start();
    for (const url of settings.appUrls) watch.watch(url);
    return {
      url: server.url,
      register: async (url) => (await watch.add(url)).app,
      get inFlight() {
        return core.slots.inFlight;
      },
      close: async () => {
        await watch.close();
        await scheduler.close();
        await dispatcher.close(settings.closeGraceMs);
        await server.close();
        await ledger.idle();
        client.close();
        await disown();
      },
    };
  } catch (error) {
    client.close();
    await disown();
    settings.logger.error("the engine did not start", { reason: messageOf(error) });
    throw error;
  }
}
