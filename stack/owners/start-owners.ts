import { type Clock, systemClock } from "../engine/clock";
import { OwnersDesk, type OwnersSettings } from "./owners-desk";

export interface OwnersOptions extends OwnersSettings {
  logger?: OwnersLogger;
  clock?: Clock;
  /** How often the sent folder is looked at, ms. Default 500. */
  lookEveryMs?: number;
}

export interface OwnersLogger {
  info(message: string, details?: Readonly<Record<string, unknown>>): void;
  warn(message: string, details?: Readonly<Record<string, unknown>>): void;
}

export interface Owners {
  /** Resolves when a look under way has ended. */
  close(): Promise<void>;
}

const silent: OwnersLogger = { info() {}, warn() {} };

/**
 * Starts the owners that answer our mail in a demonstration. The mail store must have been prepared. Every answer comes
 * once, also when this stops and starts again; what was sent meanwhile is answered then.
 */
export function startOwners(options: OwnersOptions): Owners {
  const { clock = systemClock, logger = silent, lookEveryMs = 500 } = options;
  let desk: OwnersDesk | undefined;
  let closed = false;
  let problem = "";
  let cancel = () => {};
  let look = Promise.resolve();

  const lookOnce = async () => {
    try {
      desk ??= await OwnersDesk.open(options);
      const answers = await desk.look(clock.now());
      if (answers > 0) logger.info("owners: answered", { answers });
      problem = "";
    } catch (error) {
      // The next look tries again; what stays wrong is said once.
      const message = error instanceof Error ? error.message : String(error);
      if (message !== problem) logger.warn("owners: could not answer", { error: message });
      problem = message;
    }
    if (!closed) cancel = clock.after(lookEveryMs, next);
  };
  const next = () => {
    look = lookOnce();
  };
  next();
  return {
    close: async () => {
      closed = true;
      cancel();
      await look;
    },
  };
}
