import pg from "pg";
import { writeTransactionScope } from "./begin-request";
import type { Database, Sql, SqlParam, TransactionOptions } from "./database";
import { inlineParameters } from "./inline-parameters";
import { listenForever } from "./listen-forever";

/** Opens any Postgres by URL through a small pool; the same stack then runs on a native server. */
export async function openPostgres(connectionString: string, poolSize = 10): Promise<Database> {
  const pool = new pg.Pool({ connectionString, max: poolSize });
  // An idle connection may drop when the server restarts; the pool replaces it on the next query.
  pool.on("error", () => {});
  // One that drops while a transaction holds it says so by failing that transaction's next query.
  pool.on("connect", (client) => client.on("error", () => {}));
  const on = (target: pg.Pool | pg.PoolClient): Sql => ({
    query: async <Row>(text: string, params?: readonly SqlParam[]) =>
      (await target.query(text, params ? [...params] : [])).rows as Row[],
  });
  return {
    engine: "postgres",
    ...on(pool),
    exec: async (sql) => void (await pool.query(sql)),
    transaction: async (work, options = {}) => {
      const client = await pool.connect();
      let broken: Error | undefined;
      try {
        await client.query(`begin;${writeTransactionScope(options)}`);
        const result = await work({ ...on(client), exec: async (sql) => void (await client.query(sql)) });
        await client.query("commit");
        return result;
      } catch (error) {
        await client.query("rollback").catch((rollbackError: Error) => {
          broken = rollbackError;
        });
        throw error;
      } finally {
        client.release(broken);
      }
    },
    // Several statements in one message are one transaction, undone as a whole when one fails.
    queryOnce: async <Row>(text: string, params: readonly SqlParam[], options: TransactionOptions) => {
      const sql = `${writeTransactionScope(options)};${inlineParameters(text, params)}`;
      const results: unknown = await pool.query(sql); // one result per statement, or just one
      return ([results].flat().at(-1) as pg.QueryResult).rows as Row[];
    },
    listen: (channel, onPayload) => listenForever(connectionString, channel, onPayload),
    close: () => pool.end(),
  };
}
