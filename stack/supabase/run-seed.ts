import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import type { Database } from "../postgres/database";
import { MigrationError } from "./run-migrations";

/**
 * Runs the seed file once in the life of a database: after its first migrations, in one transaction with its record.
 * @returns whether it ran now.
 * @throws {MigrationError} naming the seed file and what Postgres said.
 */
export async function runSeedOnce(db: Database, seedFile: string): Promise<boolean> {
  if (!fs.existsSync(seedFile)) return false;
  const seeded = await db.query("select 1 from supabase_migrations.seed_files limit 1");
  if (seeded.length > 0) return false;
  const sql = fs.readFileSync(seedFile, "utf8");
  const file = path.basename(seedFile);
  try {
    await db.transaction(async (tx) => {
      await tx.exec(sql);
      await tx.exec("reset all; reset role;");
      await tx.query("insert into supabase_migrations.seed_files(path, hash) values ($1, $2)", [
        file,
        createHash("sha256").update(sql).digest("hex"),
      ]);
    });
  } catch (error) {
    throw new MigrationError(file, error);
  }
  return true;
}
