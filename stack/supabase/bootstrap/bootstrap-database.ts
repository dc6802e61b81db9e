import type { Database } from "../../postgres/database";
import { AUTH_SCHEMA_SQL } from "./auth-schema";
import { REALTIME_SCHEMA_SQL } from "./realtime-schema";
import { ROLES_SQL } from "./roles";

/** Everything a hosted Supabase database has before the first migration, as far as an app relies on it. */
export const BOOTSTRAP_SQL = `set local client_min_messages = warning;${ROLES_SQL}${AUTH_SCHEMA_SQL}${REALTIME_SCHEMA_SQL}`;

/** Brings an empty or an already prepared database to that state; running it again changes nothing. */
export async function bootstrapDatabase(db: Database): Promise<void> {
  await db.transaction((tx) => tx.exec(BOOTSTRAP_SQL));
}
