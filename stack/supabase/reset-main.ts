// npm run db:reset [-- --data DIR]: makes the demo's embedded database anew. The desk's own data is never touched.
import path from "node:path";
import { parseArgs } from "node:util";
import { DataFolderInUseError } from "../postgres/data-lock";
import { NotADeskError, resetDatabase } from "./reset-database";

const { values } = parseArgs({ options: { data: { type: "string" } } });
const dataDir = path.resolve(values.data ?? (process.env.UPSTREAM_DATA_DIR || ".upstream"), "demo");
resetDatabase({ dataDir, migrationsDir: "supabase/migrations", seedFile: "supabase/seed.sql" }).then(
  () => console.log(`${dataDir} is new.`),
  (error: unknown) => {
    const isExpected = error instanceof DataFolderInUseError || error instanceof NotADeskError;
    console.error(isExpected ? error.message : error);
    process.exitCode = 1;
  },
);
