import path from "node:path";
import type { Database } from "@/stack/postgres/database";
import { bootstrapDatabase } from "@/stack/supabase/bootstrap/bootstrap-database";
import { runMigrations } from "@/stack/supabase/run-migrations";

export const MIGRATIONS = path.resolve(import.meta.dirname, "../../../supabase/migrations");

/** Older hosted projects grant everything on every new object of `public` to the API's roles. */
const GENEROUS_DEFAULTS = ["tables", "sequences", "functions"]
  .map(
    (kind) =>
      `alter default privileges in schema public grant all on ${kind} to anon, authenticated, service_role;`,
  )
  .join("\n");

/** Brings an empty database to what a desk starts with. */
export async function prepareDatabase(db: Database, options: { generous?: boolean } = {}): Promise<void> {
  await bootstrapDatabase(db);
  if (options.generous) await db.exec(GENEROUS_DEFAULTS);
  await runMigrations(db, MIGRATIONS);
}
