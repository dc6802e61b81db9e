// npm run types: writes lib/db/database.types.ts from supabase/migrations.
import fs from "node:fs";
import { typesOfMigrations } from "./schema-types";

void typesOfMigrations("supabase/migrations").then((types) => {
  fs.writeFileSync("lib/db/database.types.ts", types);
});
