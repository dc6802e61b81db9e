import fs from "node:fs";
import path from "node:path";
import { Mutex } from "@electric-sql/pglite";
import { transactionScope } from "./begin-request";
import { checkDataFolder, explainOpenFailure } from "./check-folder";
import { lockDataFolder } from "./data-lock";
import type { Database, RequestSettings, SqlParam, Transaction, TransactionOptions } from "./database";
import { EngineFault } from "./engine-fault";
import { startEngineThread } from "./engine-thread";
import { Engine, type EngineOptions } from "./keep-engine";
import type { Bound, How, Session } from "./session";

/** A request's statement comes again and again with another key: its plan may be kept like that of any server. */
const GENERIC_PLANS = [["plan_cache_mode", "auto"]] as const;

/** Hosted's `statement_timeout` of the three roles; what runs without one of them is held to the same as a signed-in person. */
const LIMIT_MS = 8_000;
const ANONYMOUS_LIMIT_MS = 3_000;
/** Migrations, a seed, a checkpoint: the program's own, at its start or end. */
const SCRIPT_LIMIT_MS = 600_000;
/** A commit or rollback, however much time the statements before it took. */
const END_LIMIT_MS = 5_000;

/** As Postgres says it of a statement. */
class TransactionTimeoutError extends Error {
  override name = "TransactionTimeoutError";
  readonly code = "57014";

  constructor() {
    super("canceling the transaction: it held the database for too long");
  }
}

export interface PgliteOptions extends Partial<EngineOptions> {
  /** How long a statement, or a whole transaction, may hold the one session, ms. Scripts take what they need. */
  readonly limitMs?: number;
}

/**
 * Opens (or creates) an embedded Postgres in `dataDir`, with a real fsync per commit and an owner lock.
 * @throws {DataFolderInUseError} when another process has it open.
 * @throws {DamagedFolderError} when the folder is damaged, of another version or something else; nothing is changed then.
 */
export async function openPglite(dataDir: string, options: PgliteOptions = {}): Promise<Database> {
  fs.mkdirSync(path.dirname(path.resolve(dataDir)), { recursive: true });
  checkDataFolder(dataDir);
  const isNew = !fs.existsSync(path.join(dataDir, "PG_VERSION"));
  const unlock = lockDataFolder(dataDir);
  const engine = new Engine({ start: () => startEngineThread(dataDir), ...options });
  try {
    await engine.open();
    return wrap(engine, unlock, options.limitMs ?? LIMIT_MS);
  } catch (error) {
    unlock();
    throw isNew ? error : explainOpenFailure(dataDir, error);
  }
}

function wrap(engine: Engine, unlock: () => void, mostMs: number): Database {
  const jobFor = (settings: RequestSettings | undefined, isRepeatable = false) => ({
    who: sayWho(settings),
    limitMs: settings?.role === "anon" ? Math.min(mostMs, ANONYMOUS_LIMIT_MS) : mostMs,
    isRepeatable,
  });
  const script = { ...jobFor(undefined), limitMs: SCRIPT_LIMIT_MS };
  return {
    engine: "pglite",
    query: <Row>(text: string, params: readonly SqlParam[] = []) =>
      engine.hold(jobFor(undefined), async (session, deadline) => {
        await session.trim(deadline);
        return (await session.run([{ text, params }], { deadline, leaves: "I" })) as Row[];
      }),
    exec: (sql) => engine.hold(script, (session, deadline) => session.script(sql, { deadline, leaves: "I" })),
    transaction: (work, options = {}) =>
      engine.hold(jobFor(options.settings), (session, deadline) =>
        runTransaction(session, deadline, work, options),
      ),
    queryOnce: <Row>(text: string, params: readonly SqlParam[], options: TransactionOptions) => {
      const scope = transactionScope(options, GENERIC_PLANS);
      // A plan holds the row security of the role it was made for.
      const statement = { text, params, plan: options.settings?.role ?? "" };
      const isRead = options.readOnly === true;
      return engine.hold(jobFor(options.settings, isRead), async (session, deadline) => {
        await session.trim(deadline);
        const how = { deadline, leaves: "I", isRead } as const;
        return (await session.run([...(scope ? [scope] : []), statement], how)) as Row[];
      });
    },
    listen: (channel, onPayload) => engine.listen(channel, onPayload),
    whileStill: (work) =>
      engine.hold(script, async (session, deadline) => {
        await session.script("checkpoint", { deadline, leaves: "I" });
        return work();
      }),
    close: async () => {
      await engine.close();
      unlock();
    },
  };
}

async function runTransaction<T>(
  session: Session,
  deadline: number,
  work: (tx: Transaction) => Promise<T>,
  options: TransactionOptions,
): Promise<T> {
  const scope = transactionScope(options);
  /** Travels with the first statement. */
  const before: Bound[] = [{ text: "begin", params: [] }, ...(scope ? [scope] : [])];
  const turns = new Mutex();
  let fault: EngineFault | undefined;
  let isOver = false;
  /** Statements share the limit; what a script takes is its own and moves it on. */
  let until = deadline;
  const run = <R>(ask: (how: How) => Promise<R>, ownMs?: number): Promise<R> =>
    turns.runExclusive(async () => {
      if (isOver) throw new Error("the transaction is over");
      if (fault) throw fault;
      const began = performance.now();
      const limit = ownMs === undefined ? until : began + ownMs;
      if (began > limit) throw new TransactionTimeoutError();
      try {
        return await ask({ deadline: limit, leaves: "T" });
      } catch (error) {
        if (error instanceof EngineFault) fault = error;
        throw error;
      } finally {
        if (ownMs !== undefined) until += performance.now() - began;
      }
    });
  const end = (command: "commit" | "rollback"): Promise<void> =>
    turns.runExclusive(async () => {
      isOver = true;
      if (fault) throw fault;
      // Never begun: it asked for nothing.
      if (before.length > 0) return;
      const how = { deadline: performance.now() + END_LIMIT_MS, leaves: "I" } as const;
      await session.run([{ text: command, params: [] }], how);
    });
  try {
    const result = await work({
      query: <Row>(text: string, params: readonly SqlParam[] = []) =>
        run((how) => session.run([...before.splice(0), { text, params }], how)) as Promise<Row[]>,
      exec: (sql) =>
        run(async (how) => {
          const first = before.splice(0);
          if (first.length > 0) await session.run(first, how);
          await session.script(sql, how);
        }, SCRIPT_LIMIT_MS),
    });
    await end("commit");
    return result;
  } catch (error) {
    if (!isOver) await end("rollback");
    throw error;
  }
}

function sayWho(settings: RequestSettings | undefined): string {
  if (!settings) return "the stack itself";
  const { role, claims, method = "", path: place = "" } = settings;
  const person = typeof claims.sub === "string" ? ` ${claims.sub}` : "";
  return `${role}${person}, ${method} ${place}`;
}
