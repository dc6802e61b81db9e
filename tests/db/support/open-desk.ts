import { afterAll, beforeAll, beforeEach } from "vitest";
import type { Database } from "@/stack/postgres/database";
import { openPostgres } from "@/stack/postgres/open-postgres";
import { type NativePostgres, startNativePostgres } from "@/tests/support/native-postgres";
import { createDesk, type Desk } from "./desk";
import { prepareDatabase } from "./prepare-database";
import { keepPristineRows, resetRows } from "./reset-database";

/** 12 sessions that race, some that hold a lock, and one that looks. */
const POOL_SIZE = 16;

/**
 * One native server for the test file, migrated once; every test starts with the rows of a new desk.
 * @returns the desk of the running test; `database` is there before the first test.
 */
export function openDesk(options: { generous?: boolean } = {}): (() => Desk) & { database(): Database } {
  let server: NativePostgres | undefined;
  let db: Database | undefined;
  let desk: Desk | undefined;

  beforeAll(async () => {
    server = await startNativePostgres();
    db = await openPostgres(server.url, POOL_SIZE);
    await prepareDatabase(db, options);
    await keepPristineRows(db);
  });
  beforeEach(async () => {
    if (!db) throw new Error("the server did not start");
    await resetRows(db);
    desk = await createDesk(db);
  });
  afterAll(async () => {
    await db?.close();
    await server?.stop();
  });

  const current = () => {
    if (!desk) throw new Error("no test is running");
    return desk;
  };
  const database = () => {
    if (!db) throw new Error("the server did not start");
    return db;
  };
  return Object.assign(current, { database });
}
