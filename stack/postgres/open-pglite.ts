import fs from "node:fs";
import path from "node:path";
import { PGlite, type Transaction as PGliteTransaction } from "@electric-sql/pglite";
import { citext } from "@electric-sql/pglite/contrib/citext";
import { pg_trgm } from "@electric-sql/pglite/contrib/pg_trgm";
import { pgcrypto } from "@electric-sql/pglite/contrib/pgcrypto";
import { NodeFS } from "@electric-sql/pglite/nodefs";
import { writeTransactionScope } from "./begin-request";
import { lockDataFolder } from "./data-lock";
import type { Database, Sql, SqlParam, TransactionOptions } from "./database";
import { inlineParameters, quoteIdentifier } from "./inline-parameters";

// Parameters go over the wire as text, as a driver for a server would send them.
const asText = {
  serializers: new Proxy({}, { get: () => String }) as Record<number, (value: unknown) => string>,
};

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
 */
export async function openPglite(dataDir: string): Promise<Database> {
  fs.mkdirSync(path.dirname(path.resolve(dataDir)), { recursive: true });
  const unlock = lockDataFolder(dataDir);
  try {
    const db = await PGlite.create({
      fs: new DurableNodeFS(dataDir),
      startParams: [
        ...PGlite.defaultStartParams.filter((param) => param !== "-F"),
        ...["-c", "wal_sync_method=fsync", "-c", "jit=off"],
      ],
      extensions: { pgcrypto, pg_trgm, citext },
    });
    return wrap(db, unlock);
  } catch (error) {
    unlock();
    throw error;
  }
}

function wrap(db: PGlite, unlock: () => void): Database {
  const on = (target: Pick<PGliteTransaction, "query">): Sql => ({
    query: async <Row>(text: string, params?: readonly SqlParam[]) =>
      (await target.query<Row>(text, params ? [...params] : [], asText)).rows,
  });
  return {
    engine: "pglite",
    ...on(db),
    exec: async (sql) => void (await db.exec(sql)),
    transaction: (work, options = {}) =>
      db.transaction(async (transaction) => {
        const scope = writeTransactionScope(options);
        if (scope) await transaction.exec(scope);
        return work({ ...on(transaction), exec: async (sql) => void (await transaction.exec(sql)) });
      }),
    // Several statements in one message are one transaction, undone as a whole when one fails.
    queryOnce: async <Row>(text: string, params: readonly SqlParam[], options: TransactionOptions) =>
      ((await db.exec(`${writeTransactionScope(options)};${inlineParameters(text, params)}`)).at(-1)?.rows ??
        []) as Row[],
    listen: async (channel, onPayload) => {
      const name = quoteIdentifier(channel);
      await db.listen(name, onPayload);
      // Not the function listen returns: it folds the name to lower case once too often.
      return () => db.unlisten(name, onPayload);
    },
    close: async () => {
      await db.close();
      unlock();
    },
  };
}
