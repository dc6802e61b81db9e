import { setTimeout as pause } from "node:timers/promises";
import { EngineFault } from "@/stack/postgres/engine-fault";
import type { Caller, Logger } from "../http/exchange";
import { ApiError } from "./api-error";

interface Offender {
  offences: number;
  lastAt: number;
  /** Its requests run one after the other. */
  turn: Promise<unknown>;
  waiting: number;
}

export interface Penalties {
  /**
   * Runs a request, when its caller's turn has come.
   * @throws {ApiError} 429 when too many requests of a caller wait who is being slowed down.
   */
  run<T>(caller: Caller, path: string, work: () => Promise<T>): Promise<T>;
}

const FIRST_DELAY_MS = 500;
const MAX_DELAY_MS = 30_000;
const FORGIVEN_AFTER_MS = 5 * 60_000;
const MAX_WAITING = 20;
/** Offenders remembered at most; the one longest ago is forgotten first. */
const MAX_OFFENDERS = 1_000;

/**
 * A caller whose requests cost the database its engine (too long a statement, an internal error) waits before each further one,
 * twice as long with each offence, until five minutes have passed without.
 */
export function slowOffenders(logger: Logger, wait: (ms: number) => Promise<unknown> = pause): Penalties {
  const offenders = new Map<string, Offender>();

  const note = (key: string): void => {
    const now = Date.now();
    const known = offenders.get(key) ?? { offences: 0, lastAt: now, turn: Promise.resolve(), waiting: 0 };
    known.offences += 1;
    known.lastAt = now;
    offenders.delete(key);
    offenders.set(key, known);
    const [oldest] = offenders.keys();
    if (offenders.size > MAX_OFFENDERS && oldest !== undefined) offenders.delete(oldest);
    logger.warn(
      { caller: key, offences: known.offences, delayMs: delayOf(known) },
      "a caller cost the database its engine and is slowed down",
    );
  };

  return {
    run: async (caller, path, work) => {
      const key = nameOffender(caller, path);
      const known = offenders.get(key);
      if (known && Date.now() - known.lastAt > FORGIVEN_AFTER_MS) offenders.delete(key);
      const isSlowed = offenders.has(key) ? known : undefined;
      const watched = () =>
        work().catch((error: unknown) => {
          if (error instanceof EngineFault && (error.kind === "overrun" || error.kind === "internal"))
            note(key);
          throw error;
        });
      if (!isSlowed) return watched();
      if (isSlowed.waiting >= MAX_WAITING)
        throw new ApiError(429, "54000", "Too many requests after some that cost the database its engine");
      isSlowed.waiting += 1;
      const own = isSlowed.turn
        .then(() => wait(delayOf(isSlowed)))
        .then(watched)
        .finally(() => {
          isSlowed.waiting -= 1;
        });
      isSlowed.turn = own.catch(() => undefined); // told to its own caller
      return own;
    },
  };
}

function delayOf({ offences }: Offender): number {
  return Math.min(FIRST_DELAY_MS * 2 ** (offences - 1), MAX_DELAY_MS);
}

/** A person by their id. The console's own server speaks for everybody: of it only what it called is slowed down. */
function nameOffender({ role, claims }: Caller, path: string): string {
  if (role === "service_role") return `service_role /${path}`;
  return typeof claims.sub === "string" ? `${role} ${claims.sub}` : role;
}
