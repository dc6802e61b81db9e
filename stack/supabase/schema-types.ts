import { generateTypes } from "./generate-types";
import { runMigrations } from "./run-migrations";
import { withScratchDatabase } from "./schema/scratch-database";

/** The types of the schema as the migrations make it. */
export function typesOfMigrations(migrationsDir: string): Promise<string> {
  return withScratchDatabase(async (db) => {
    await runMigrations(db, migrationsDir);
    return generateTypes(db);
  });
}
