// npm run db:baseline: writes supabase/migrations/0001_baseline.sql from supabase/schemas, as long as it is the only migration.
import fs from "node:fs";
import path from "node:path";
import { listMigrations } from "../run-migrations";
import { joinSchemaFiles, readSchemaFiles } from "./schema-files";

const FOLDER = "supabase/migrations";
const BASELINE = "0001_baseline.sql";
const HEAD = "-- Made from supabase/schemas by `npm run db:baseline`. Read and edit it there.\n\n";

const later = listMigrations(FOLDER).filter(({ file }) => file !== BASELINE);
if (later.length > 0) {
  console.error(
    `${later.map(({ file }) => file).join(", ")} came after the baseline: databases have it as it is. Add one small migration instead.`,
  );
  process.exitCode = 1;
} else
  fs.writeFileSync(path.join(FOLDER, BASELINE), HEAD + joinSchemaFiles(readSchemaFiles("supabase/schemas")));
