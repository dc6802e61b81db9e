import fs from "node:fs";
import path from "node:path";
import { PGlite, type Transaction as PGliteTransaction, protocol } from "@electric-sql/pglite";
import { citext } from "@electric-sql/pglite/contrib/citext";
import { pg_trgm } from "@electric-sql/pglite/contrib/pg_trgm";
import { pgcrypto } from "@electric-sql/pglite/contrib/pgcrypto";
import { NodeFS } from "@electric-sql/pglite/nodefs";
import { transactionScope } from "./begin-request";
import { checkDataFolder, explainOpenFailure } from "./check-folder";
import { lockDataFolder } from "./data-lock";
import type { Database, Sql, SqlParam, TransactionOptions } from "./database";
import { quoteIdentifier } from "./inline-parameters";
import { PreparedStatements } from "./prepared-statements";

// Parameters go over the wire as text, as a driver for a server would send them.
const asText = {
  serializers: new Proxy({}, { get: () => String }) as Record<number, (value: unknown) => string>,
};

/** A request's statement comes again and again with another key: its plan may be kept like that of any server. */
const GENERIC_PLANS = [["plan_cache_mode", "auto"]] as const;

interface EmscriptenStream {
  nfd?: number;
}
interface EmscriptenModule {
  NODEFS?: { stream_ops: Record<string, unknown> };
  FS: { filesystems: { NODEFS: { stream_ops: Record<string, unknown> } } };
}

/** PGlite's folder file system has no fsync of its own; without it a power cut can lose commits. */
class DurableNodeFS extends NodeFS {
  override async init(...args: Parameters<NodeFS["init"]>): ReturnType<NodeFS["init"]> {
    const result = await super.init(...args);
    const options = result.emscriptenOpts as { preRun?: Array<(module: EmscriptenModule) => void> };
    const preRun = options.preRun ?? [];
    options.preRun = preRun;
    preRun.push((module) => {
      const nodefs = module.NODEFS ?? module.FS.filesystems.NODEFS;
      nodefs.stream_ops.fsync = (stream: EmscriptenStream) => {
        if (stream.nfd !== undefined) fs.fdatasyncSync(stream.nfd);
        return 0;
      };
    });
    return result;
  }
}

/**
 * Opens (or creates) an embedded Postgres in `dataDir`, with a real fsync per commit and an owner lock.
 * @throws {DataFolderInUseError} when another process has it open.
 * @throws {DamagedFolderError} when the folder is damaged, of another version or something else; nothing is changed then.
 */
export async function openPglite(dataDir: string): Promise<Database> {
  fs.mkdirSync(path.dirname(path.resolve(dataDir)), { recursive: true });
  checkDataFolder(dataDir);
  const isNew = !fs.existsSync(path.join(dataDir, "PG_VERSION"));
  const unlock = lockDataFolder(dataDir);
  try {
    const db = await PGlite.create({
      fs: new DurableNodeFS(dataDir),
      startParams: [
        ...PGlite.defaultStartParams.filter((param) => param !== "-F"),
        ...["-c", "wal_sync_method=fsync", "-c", "jit=off"],
        // The engine's statements take one row or a thousand, and its tables grow fast: they are planned for what they get.
        ...["-c", "plan_cache_mode=force_custom_plan"],
      ],
      extensions: { pgcrypto, pg_trgm, citext },
    });
    return wrap(db, unlock);
  } catch (error) {
    unlock();
    throw isNew ? error : explainOpenFailure(dataDir, error);
  }
}

function wrap(db: PGlite, unlock: () => void): Database {
  const statements = new PreparedStatements(db);
  /** Holds the session against everything else, also against a transaction that is open. */
  const alone = <T>(work: () => Promise<T>) => db._runExclusiveTransaction(() => db._runExclusiveQuery(work));
  const query = async <Row>(text: string, params: readonly SqlParam[] = []): Promise<Row[]> => {
    if (!PreparedStatements.takes(text)) return (await db.query<Row>(text, [...params], asText)).rows;
    return alone(async () => {
      await statements.trim();
      return (await statements.run([{ text, params }])) as Row[];
    });
  };
  const inTransaction = (transaction: PGliteTransaction): Sql => ({
    query: async <Row>(text: string, params: readonly SqlParam[] = []) => {
      if (!PreparedStatements.takes(text))
        return (await transaction.query<Row>(text, [...params], asText)).rows;
      if (transaction.closed) throw new Error("the transaction is over");
      return (await db._runExclusiveQuery(() => statements.run([{ text, params }]))) as Row[];
    },
  });
  return {
    engine: "pglite",
    query,
    // A script may change the schema under the plans that are kept.
    exec: async (sql) => {
      await db.exec(sql);
      await alone(() => statements.forgetAll());
    },
    transaction: (work, options = {}) =>
      db.transaction(async (transaction) => {
        const own = inTransaction(transaction);
        const scope = transactionScope(options);
        if (scope) await own.query(scope.text, scope.params);
        return work({
          ...own,
          exec: async (sql) => {
            await transaction.exec(sql);
            await db._runExclusiveQuery(() => statements.forgetAll());
          },
        });
      }),
    queryOnce: async <Row>(text: string, params: readonly SqlParam[], options: TransactionOptions) => {
      const scope = transactionScope(options, GENERIC_PLANS);
      // A plan holds the row security of the role it was made for.
      const statement = { text, params, plan: options.settings?.role ?? "" };
      return alone(async () => {
        await statements.trim();
        return (await statements.run([...(scope ? [scope] : []), statement])) as Row[];
      });
    },
    listen: async (channel, onPayload) => {
      const name = quoteIdentifier(channel);
      await db.listen(name, onPayload);
      // Not the function listen returns: it folds the name to lower case once too often.
      return () => db.unlisten(name, onPayload);
    },
    whileStill: (work) =>
      alone(async () => {
        await db.execProtocolStream(protocol.serialize.query("checkpoint"), { syncToFs: false });
        return work();
      }),
    close: async () => {
      await db.close();
      unlock();
    },
  };
}
