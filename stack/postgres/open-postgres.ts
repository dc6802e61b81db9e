import pg from "pg";
import { applyRequestSettings, type Database, type Sql, type SqlParam } from "./database";

/** Opens any Postgres by URL through a small pool; the same stack then runs on a native server. */
export async function openPostgres(connectionString: string, poolSize = 10): Promise<Database> {
  const pool = new pg.Pool({ connectionString, max: poolSize });
  // An idle connection may drop when the server restarts; the pool replaces it on the next query.
  pool.on("error", () => {});
  const on = (target: Pick<pg.Pool, "query">): Sql => ({
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
        const tx = on(client as unknown as pg.Pool);
        await client.query(options.readOnly ? "begin read only" : "begin");
        if (options.settings) await applyRequestSettings(tx, options.settings);
        const result = await work(tx);
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
    listen: async (channel, onPayload) => {
      const client = new pg.Client({ connectionString });
      client.on("notification", (message) => {
        if (message.channel === channel) onPayload(message.payload ?? "");
      });
      client.on("error", () => {});
      await client.connect();
      await client.query(`listen ${client.escapeIdentifier(channel)}`);
      return () => client.end();
    },
    close: () => pool.end(),
  };
}
