import { openPostgres } from "@/stack/postgres/open-postgres";
import { startSupabase } from "@/stack/supabase/start-supabase";

// The API in a process of its own, as beside a real desk: api-process <database url> <migrations>
const [url = "", migrationsDir = ""] = process.argv.slice(2);
const api = await startSupabase({ db: await openPostgres(url, 16), port: 0, migrationsDir });
process.send?.(api.url);
process.on("disconnect", () => process.exit(0));
