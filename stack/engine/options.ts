import type { Database } from "@/stack/postgres/database";
import { type Clock, systemClock } from "./clock";

/** Where the engine writes what it does; pino, console and a test's collector all fit. */
export interface EngineLogger {
  debug(message: string, details?: Readonly<Record<string, unknown>>): void;
  info(message: string, details?: Readonly<Record<string, unknown>>): void;
  warn(message: string, details?: Readonly<Record<string, unknown>>): void;
  error(message: string, details?: Readonly<Record<string, unknown>>): void;
}

export interface EngineOptions {
  /** Opened and closed by the caller. The engine keeps everything in its schema `engine`. */
  readonly db: Database;
  /** 0 picks a free port; the handle's `url` says which. */
  readonly port: number;
  readonly host?: string;
  /** Serve endpoints to register and keep registered, e.g. `http://127.0.0.1:3000/api/inngest`. */
  readonly appUrls?: readonly string[];
  /** `signkey-…`: calls are signed, and register, checkpoint and API requests must carry it. */
  readonly signingKey?: string;
  /** When set, events must be posted to `/e/<this key>`. */
  readonly eventKey?: string;
  readonly logger?: EngineLogger;
  readonly clock?: Clock;
  /** Calls to apps at one time. Default 50. */
  readonly maxInFlight?: number;
  /** Longest a call may take, ms. Default 2 h, the protocol's maximum. */
  readonly callTimeoutMs?: number;
  /** How often an app that answers is asked for its functions, ms. Default 5,000. */
  readonly syncEveryMs?: number;
  /** How often an app that does not answer is tried again, ms. Default 500. */
  readonly probeEveryMs?: number;
  /** Delay before attempt `attempt` (1-based) of a failed call, ms. Default: Inngest's table with jitter. */
  readonly retryDelayMs?: (attempt: number) => number;
  /** Finished runs and events older than this are deleted. Default 14 days. */
  readonly keepFinishedMs?: number;
  /** How long `close()` lets calls in flight finish, ms; what is cut off runs again at the next start. Default 2,000. */
  readonly closeGraceMs?: number;
  /** Host header names accepted besides loopback, for an engine behind its own name. */
  readonly allowedHosts?: readonly string[];
}

export type Settings = Required<
  Omit<EngineOptions, "db" | "port" | "signingKey" | "eventKey" | "logger" | "clock">
> &
  Pick<EngineOptions, "signingKey" | "eventKey"> & { readonly logger: EngineLogger; readonly clock: Clock };

const MINUTE_MS = 60_000;
// Inngest's back-off table; the last entry repeats.
const RETRY_TABLE_MS = [15_000, 30_000, 1, 2, 5, 10, 20, 40, 60, 120].map((entry) =>
  entry < 1_000 ? entry * MINUTE_MS : entry,
);
const RETRY_JITTER_MS = 30_000;

function defaultRetryDelay(attempt: number): number {
  const entry = RETRY_TABLE_MS[Math.min(attempt, RETRY_TABLE_MS.length) - 1] ?? RETRY_TABLE_MS[0] ?? 0;
  return entry + Math.random() * RETRY_JITTER_MS;
}

const silent: EngineLogger = { debug() {}, info() {}, warn() {}, error() {} };

export function withDefaults(options: EngineOptions): Settings {
  return {
    host: options.host ?? "127.0.0.1",
    appUrls: options.appUrls ?? [],
    logger: options.logger ?? silent,
    clock: options.clock ?? systemClock,
    maxInFlight: options.maxInFlight ?? 50,
    callTimeoutMs: options.callTimeoutMs ?? 120 * MINUTE_MS,
    syncEveryMs: options.syncEveryMs ?? 5_000,
    probeEveryMs: options.probeEveryMs ?? 500,
    retryDelayMs: options.retryDelayMs ?? defaultRetryDelay,
    keepFinishedMs: options.keepFinishedMs ?? 14 * 24 * 60 * MINUTE_MS,
    closeGraceMs: options.closeGraceMs ?? 2_000,
    allowedHosts: options.allowedHosts ?? [],
    ...(options.signingKey === undefined ? {} : { signingKey: options.signingKey }),
    ...(options.eventKey === undefined ? {} : { eventKey: options.eventKey }),
  };
}
