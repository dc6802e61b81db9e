import { startEngine } from "@/stack/engine";
import { openPglite } from "@/stack/postgres/open-pglite";
import { startSupabase } from "@/stack/supabase/start-supabase";

// Database, API and engine in one process, as the stack server runs them: stack-process <data> <api port> <engine port> <app url> <migrations>
const [data = "", apiPort = "0", enginePort = "0", appUrl = "", migrationsDir = ""] = process.argv.slice(2);
const db = await openPglite(data);
await startSupabase({ db, port: Number(apiPort), migrationsDir });
await startEngine({
  db,
  port: Number(enginePort),
  appUrls: [appUrl],
  // A desk waits half a minute before it tries again; three hundred kills would take hours.
  retryDelayMs: () => 100,
  probeEveryMs: 100,
  syncEveryMs: 500,
});
process.stdout.write("ready\n");
