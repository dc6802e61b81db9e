// npm run types: writes lib/server/database.types.ts from supabase/migrations.
import fs from "node:fs";
import { typesOfMigrations } from "./schema-types";

void typesOfMigrations("supabase/migrations").then((types) => {
  fs.writeFileSync("lib/server/database.types.ts", types);
});
